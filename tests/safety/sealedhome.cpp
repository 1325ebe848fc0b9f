// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/sealedhome.h"

#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QScopeGuard>
#include <QtEndian>

#include <array>
#include <cmath>
#include <cstdlib>
#include <sys/stat.h>

namespace doorveil::testsupport {

namespace {

constexpr int programTimeout = 150'000; // milliseconds; a hang is a failure, not a wait

/// Grey stripes of this width and these levels (limited range), so that a row of the picture is like nothing else.
constexpr int stripeWidth = 8;
constexpr std::array<int, 20> stripes = {61,  178, 93,  201, 47,  139, 84, 215, 112, 70,
                                         188, 52,  155, 99,  206, 127, 66, 171, 38,  147};
constexpr int stripesThatTell = 12;
constexpr int pictureHeight = 120;
constexpr int tolerance = 3; // conversions round differently

/// Square wave of two odd levels, `soundPeriod` samples each.
constexpr qint16 highSample = 12'347;
constexpr qint16 lowSample = -9'871;
constexpr int soundPeriod = 11;
constexpr int soundLength = 4 * soundPeriod;
constexpr int soundRate = 48'000;

int fullRange(int level)
{
    return int(std::lround((level - 16) * 255.0 / 219.0));
}

bool holdsPicture(const QByteArray &bytes)
{
    const auto *data = reinterpret_cast<const unsigned char *>(bytes.constData());
    for (const int bytesPerPixel : {1, 3, 4}) {
        const qsizetype step = qsizetype(stripeWidth) * bytesPerPixel;
        const qsizetype length = step * stripesThatTell;
        for (const bool full : {false, true}) {
            std::array<int, stripesThatTell> levels{};
            for (int index = 0; index < stripesThatTell; ++index)
                levels[std::size_t(index)] =
                    full ? fullRange(stripes[std::size_t(index)]) : stripes[std::size_t(index)];
            for (qsizetype begin = 0; begin + length <= bytes.size(); ++begin) {
                int index = 0;
                while (index < stripesThatTell
                       && std::abs(data[begin + step * index + step / 2 / 4 * 4] - levels[std::size_t(index)])
                              <= tolerance)
                    ++index;
                if (index == stripesThatTell)
                    return true;
            }
        }
    }
    return false;
}

bool holdsImageFile(const QByteArray &bytes)
{
    const qsizetype webp = bytes.indexOf("WEBPVP8");
    return bytes.contains("\x89PNG\r\n\x1a\n") || bytes.contains(QByteArray::fromHex("ffd8ffe0"))
           || bytes.contains(QByteArray::fromHex("ffd8ffe1")) || bytes.contains(QByteArray::fromHex("ffd8ffdb"))
           || (webp >= 8 && bytes.mid(webp - 8, 4) == "RIFF");
}

/// Content of zlib streams with Qt's length before them, or without. Most places that look like the beginning of one
/// are none, which Qt would say each time.
QList<QByteArray> unpacked(const QByteArray &bytes)
{
    const QtMessageHandler handler =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    const auto restore = qScopeGuard([handler] { qInstallMessageHandler(handler); });
    QList<QByteArray> found;
    for (const char *level : {"\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda"}) {
        for (qsizetype at = bytes.indexOf(level); at >= 0; at = bytes.indexOf(level, at + 1)) {
            QByteArray stream(4, '\0');
            qToBigEndian<quint32>(1 << 16, stream.data());
            const QByteArray content = qUncompress(stream + bytes.mid(at, 1 << 20));
            if (content.size() > 64)
                found.append(content);
        }
    }
    return found;
}

bool holdsText(const QByteArray &bytes, const QByteArray &mark)
{
    QByteArray wide;
    for (const char character : mark)
        wide += QByteArray(1, character) + '\0';
    if (bytes.contains(mark) || bytes.contains(wide))
        return true;
    // In base64 at any of three offsets; the characters at both ends depend on what stands beside them.
    for (int offset = 0; offset < 3; ++offset) {
        const QByteArray coded = (QByteArray(offset, 'x') + mark).toBase64(QByteArray::OmitTrailingEquals);
        if (bytes.contains(coded.mid(offset == 0 ? 0 : 4, coded.size() - 8)))
            return true;
    }
    return false;
}

/// Of the system, not of the home that a test made before.
const QString &temporaryFolder()
{
    static const QString folder = QDir::tempPath();
    return folder;
}

QString levelsExpression()
{
    QString text = QString::number(stripes.back());
    for (int index = int(stripes.size()) - 2; index >= 0; --index)
        text = QStringLiteral("if(lt(X,%1),%2,%3)")
                   .arg((index + 1) * stripeWidth)
                   .arg(stripes[std::size_t(index)])
                   .arg(text);
    return text;
}

ProgramRun resultOf(QProcess &process, bool finished)
{
    ProgramRun run;
    run.finished = finished && process.exitStatus() == QProcess::NormalExit;
    run.exitCode = run.finished ? process.exitCode() : -1;
    run.output += process.readAllStandardOutput();
    run.errors += process.readAllStandardError();
    stopAtSanitizerReport(run.errors);
    return run;
}

} // namespace

const QByteArray MarkedClip::nameMark = QByteArrayLiteral("canaryname4711porch");
const QByteArray MarkedClip::tagMark = QByteArrayLiteral("CanaryTag0815Owner");

SealedHome::SealedHome() : m_root(temporaryFolder() + QStringLiteral("/doorveil-home-XXXXXX"))
{
    const std::array<std::pair<const char *, const char *>, 8> folders = {{{"HOME", "home"},
                                                                           {"TMPDIR", "tmp"},
                                                                           {"XDG_CONFIG_HOME", "config"},
                                                                           {"XDG_DATA_HOME", "data"},
                                                                           {"XDG_CACHE_HOME", "cache"},
                                                                           {"XDG_STATE_HOME", "state"},
                                                                           {"XDG_RUNTIME_DIR", "runtime"},
                                                                           {"DOORVEIL_MODELS_DIR", "models"}}};
    for (const auto &[variable, name] : folders) {
        const QString folder = path(QString::fromLatin1(name));
        if (!QDir().mkpath(folder))
            qFatal("a test folder could not be made");
        ::chmod(folder.toLocal8Bit().constData(), 0700);
        qputenv(variable, folder.toLocal8Bit());
    }
    for (const char *name : {"clips", "work", "documents"}) {
        if (!QDir().mkpath(path(QString::fromLatin1(name))))
            qFatal("a test folder could not be made");
    }
    if (!writeAll(path(QStringLiteral("config/user-dirs.dirs")),
                  "XDG_DOCUMENTS_DIR=\"" + path(QStringLiteral("documents")).toLocal8Bit() + "\"\n"))
        qFatal("a test file could not be written");
    qputenv("DOORVEIL_KEY_PASSPHRASE", "correct horse");
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("LC_ALL", "C.UTF-8");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

QString SealedHome::path(const QString &below) const
{
    return QDir(m_root.path()).canonicalPath() + QLatin1Char('/') + below;
}

QMap<QString, int> SealedHome::entries() const
{
    QMap<QString, int> found;
    const QDir root(m_root.path());
    QDirIterator all(m_root.path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString name = all.next();
        struct stat status = {};
        if (::lstat(QFile::encodeName(name).constData(), &status) == 0)
            found.insert(root.relativeFilePath(name), int(status.st_mode & 07777));
    }
    return found;
}

ProgramRun SealedHome::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(path(QStringLiteral("work")));
    process.start(program, arguments);
    const bool finished = process.waitForFinished(programTimeout);
    if (!finished) {
        process.kill();
        process.waitForFinished();
    }
    return resultOf(process, finished);
}

ProgramRun SealedHome::runAndKill(const QString &program, const QStringList &arguments, const QByteArray &marker,
                                  int milliseconds) const
{
    QProcess process;
    process.setWorkingDirectory(path(QStringLiteral("work")));
    process.start(program, arguments);
    QByteArray output;
    QElapsedTimer waited;
    waited.start();
    while (!output.contains(marker) && process.state() != QProcess::NotRunning && waited.elapsed() < programTimeout) {
        process.waitForReadyRead(200);
        output += process.readAllStandardOutput();
    }
    if (!process.waitForFinished(milliseconds))
        process.kill();
    process.waitForFinished();
    ProgramRun run = resultOf(process, true);
    run.output.prepend(output);
    return run;
}

bool MarkedClip::make(const QString &path)
{
    const QString picture = QStringLiteral("color=gray:s=%1x%2:r=10:d=2,format=yuv420p,geq=lum='%3':cb=128:cr=128")
                                .arg(stripeWidth * int(stripes.size()))
                                .arg(pictureHeight)
                                .arg(levelsExpression());
    const QString sound = QStringLiteral("aevalsrc='if(lt(mod(n\\,%1)\\,%2)\\,%3/32768\\,%4/32768)':s=%5:d=2")
                              .arg(2 * soundPeriod)
                              .arg(soundPeriod)
                              .arg(highSample)
                              .arg(lowSample)
                              .arg(soundRate);
    QStringList words{QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), picture,
                      QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), sound};
    words << QStringLiteral("-c:v") << QStringLiteral("libx264") << QStringLiteral("-qp") << QStringLiteral("0")
          << QStringLiteral("-preset") << QStringLiteral("ultrafast") << QStringLiteral("-pix_fmt")
          << QStringLiteral("yuv420p") << QStringLiteral("-c:a") << QStringLiteral("pcm_s16le");
    for (const char *key : {"title", "artist", "comment", "location", "make", "model"})
        words << QStringLiteral("-metadata")
              << QString::fromLatin1(key) + QLatin1Char('=') + QString::fromLatin1(tagMark);
    return runFfmpeg(words + QStringList{path});
}

QByteArray MarkedClip::pictureRow(int bytesPerPixel)
{
    QByteArray row;
    for (const int level : stripes) {
        const char value = char(bytesPerPixel == 1 ? level : fullRange(level));
        for (int pixel = 0; pixel < stripeWidth; ++pixel) {
            row += QByteArray(std::min(bytesPerPixel, 3), value);
            if (bytesPerPixel == 4)
                row += char(255);
        }
    }
    return row;
}

QByteArray MarkedClip::soundSamples(bool asFloats)
{
    QByteArray samples;
    for (int index = 0; index < soundLength; ++index) {
        const qint16 sample = index % (2 * soundPeriod) < soundPeriod ? highSample : lowSample;
        const float scaled = float(sample) / 32768.0F;
        samples += asFloats ? QByteArray(reinterpret_cast<const char *>(&scaled), sizeof scaled)
                            : QByteArray(reinterpret_cast<const char *>(&sample), sizeof sample);
    }
    return samples;
}

QStringList MarkedClip::contentIn(const QByteArray &bytes)
{
    QStringList held;
    for (const QByteArray &part : QList<QByteArray>{bytes} + unpacked(bytes)) {
        if (holdsPicture(part))
            held.append(QStringLiteral("picture"));
        if (part.contains(soundSamples(false)) || part.contains(soundSamples(true)))
            held.append(QStringLiteral("sound"));
        if (holdsText(part, tagMark))
            held.append(QStringLiteral("tags"));
        if (holdsImageFile(part))
            held.append(QStringLiteral("image file"));
    }
    held.removeDuplicates();
    return held;
}

bool MarkedClip::nameIn(const QByteArray &bytes)
{
    for (const QByteArray &part : QList<QByteArray>{bytes} + unpacked(bytes)) {
        if (holdsText(part, nameMark))
            return true;
    }
    return false;
}

QString commandLineProgram()
{
    return QStringLiteral(DOORVEIL_BINARY_DIR "/app/doorveil-cli");
}

} // namespace doorveil::testsupport
