// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/media.h"

#include "support/framecounter.h"

#include <QFile>
#include <QProcess>
#include <QtDebug>
#include <QtEndian>

#include <cstring>

namespace doorveil::testsupport {

namespace {

constexpr int programTimeout = 120'000; // milliseconds; a hang is a failure, not a wait

bool runProgram(const QString &program, const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start();
    if (!process.waitForFinished(programTimeout)) {
        qWarning() << program << "did not finish:" << process.errorString();
        process.kill();
        process.waitForFinished();
        return false;
    }
    if (output != nullptr)
        *output = process.readAllStandardOutput();
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return true;
    qWarning().noquote() << program << arguments.join(QLatin1Char(' ')) << process.readAllStandardError();
    return false;
}

QString counterGraph(const CounterClip &clip)
{
    const int side = frameCounterSquare(clip.size);
    // The strip of squares is drawn at its own size: geq is slow on whole pictures.
    const QString counter =
        QStringLiteral("color=black:s=%1x%2:r=%3,format=gray,geq=lum='if(lt(X,%2),235,if(lt(X,2*%2),16,"
                       "16+219*mod(floor(N/pow(2,floor(X/%2)-2)),2)))',format=yuv420p[counter]")
            .arg(side * 26)
            .arg(side)
            .arg(clip.rate);
    // The source draws even sizes only.
    const bool isOdd = clip.size.width % 2 != 0 || clip.size.height % 2 != 0;
    const QString picture = QStringLiteral("testsrc2=s=%1x%2:r=%3,format=%4,crop=%5:%6:0:0:exact=1[picture]")
                                .arg(clip.size.width + clip.size.width % 2)
                                .arg(clip.size.height + clip.size.height % 2)
                                .arg(clip.rate, isOdd ? QStringLiteral("yuv444p") : QStringLiteral("yuv420p"))
                                .arg(clip.size.width)
                                .arg(clip.size.height);
    // Ended by a filter: -frames:v would end the sound with the picture.
    QString graph = QStringLiteral("%1;%2;[picture][counter]overlay=0:H-h:format=%3,trim=end_frame=%4")
                        .arg(picture, counter, isOdd ? QStringLiteral("yuv444") : QStringLiteral("yuv420"))
                        .arg(clip.frames);
    if (!clip.filters.isEmpty())
        graph += QLatin1Char(',') + clip.filters;
    return graph + QStringLiteral("[out]");
}

} // namespace

bool runFfmpeg(const QStringList &arguments, QByteArray *output)
{
    const QStringList quiet{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-nostdin"),
                            QStringLiteral("-y")};
    return runProgram(QStringLiteral("ffmpeg"), quiet + arguments, output);
}

QStringList runFfprobe(const QStringList &arguments)
{
    QByteArray output;
    if (!runProgram(QStringLiteral("ffprobe"), QStringList{QStringLiteral("-v"), QStringLiteral("error")} + arguments,
                    &output))
        return {};
    return QString::fromUtf8(output).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

bool makeCounterClip(const QString &path, const CounterClip &clip)
{
    QStringList arguments = clip.inputs;
    arguments << QStringLiteral("-filter_complex") << counterGraph(clip);
    arguments << QStringLiteral("-map") << QStringLiteral("[out]");
    for (int index = 0; index < clip.inputs.count(QStringLiteral("-i")); ++index)
        arguments << QStringLiteral("-map") << QString::number(index);
    arguments << QStringLiteral("-fps_mode:v") << QStringLiteral("passthrough");
    arguments << clip.encoder << path;
    return runFfmpeg(arguments);
}

bool patchDisplayMatrix(const QString &path, const std::int32_t (&matrix)[9])
{
    QByteArray bytes = readAll(path);
    const qsizetype header = bytes.indexOf("tkhd");
    // ISO/IEC 14496-12, 8.3.2: version and flags, times and durations (20 or 32 bytes), 16 bytes, then the matrix.
    const qsizetype times = header >= 0 && header + 5 < bytes.size() && bytes[header + 4] == 1 ? 32 : 20;
    const qsizetype position = header + 4 + 4 + times + 16;
    if (header < 0 || position + qsizetype(sizeof matrix) > bytes.size())
        return false;
    for (qsizetype index = 0; index < 9; ++index)
        qToBigEndian(matrix[index], bytes.data() + position + 4 * index);
    return writeAll(path, bytes);
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool writeAll(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

} // namespace doorveil::testsupport
