// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-speed: what a whole `redact`, verification included, costs against a plain transcode of the same
// clip with the same preset and CRF. Ratios of one run on one machine; see docs/testing.md.
#include "processmeter.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

#include <optional>

namespace {

QTextStream out(stdout);
QTextStream complaints(stderr);

struct Row
{
    int frames = 0;
    doorveil::bench::Measurement transcode;
    doorveil::bench::Measurement redact;
};

/// The clip scaled to 1920 × 1080 and repeated until it has that many frames, nearly lossless.
bool makeSource(const QString &clip, const QString &path, int frames)
{
    QProcess ffmpeg;
    ffmpeg.start(QStringLiteral("ffmpeg"),
                 {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"), QStringLiteral("-stream_loop"),
                  QStringLiteral("-1"), QStringLiteral("-i"), clip, QStringLiteral("-frames:v"),
                  QString::number(frames), QStringLiteral("-an"), QStringLiteral("-vf"),
                  QStringLiteral("scale=1920:1080"), QStringLiteral("-c:v"), QStringLiteral("libx264"),
                  QStringLiteral("-preset"), QStringLiteral("veryfast"), QStringLiteral("-crf"), QStringLiteral("16"),
                  path});
    return ffmpeg.waitForFinished(-1) && ffmpeg.exitCode() == 0;
}

QString mebibytes(std::int64_t bytes)
{
    return QString::number(double(bytes) / (1 << 20), 'f', 0);
}

std::optional<Row> measure(const QString &clip, const QString &cli, const QString &folder, int frames,
                           const QStringList &extra)
{
    const QString source = folder + QStringLiteral("/source-%1.mp4").arg(frames);
    complaints << "making " << frames << " frames of 1920x1080\n" << Qt::flush;
    if (!makeSource(clip, source, frames)) {
        complaints << "the source clip could not be made from " << clip << '\n';
        return std::nullopt;
    }
    Row row;
    row.frames = frames;
    complaints << "plain transcode\n" << Qt::flush;
    row.transcode =
        doorveil::bench::run(QStringLiteral("ffmpeg"),
                             {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"), QStringLiteral("-i"),
                              source, QStringLiteral("-an"), QStringLiteral("-c:v"), QStringLiteral("libx264"),
                              QStringLiteral("-preset"), QStringLiteral("medium"), QStringLiteral("-crf"),
                              QStringLiteral("20"), folder + QStringLiteral("/transcode.mp4")});
    complaints << "redact\n" << Qt::flush;
    row.redact =
        doorveil::bench::run(cli, QStringList{QStringLiteral("redact"), source, QStringLiteral("-o"),
                                              folder + QStringLiteral("/redacted.mp4"), QStringLiteral("--force")}
                                      + extra);
    if (row.transcode.exitCode != 0 || row.redact.exitCode != 0) {
        complaints << "a run failed: ffmpeg " << row.transcode.exitCode << ", redact " << row.redact.exitCode << '\n';
        return std::nullopt;
    }
    return row;
}

} // namespace

int main(int argumentCount, char **arguments)
{
    const QCoreApplication application(argumentCount, arguments);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Speed and memory of a whole redact against a plain transcode"));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("clip"), QStringLiteral("source clip"));
    parser.addOption(doorveil::bench::cliOption());
    parser.addOption(
        {QStringLiteral("frames"), QStringLiteral("frame counts"), QStringLiteral("list"), QStringLiteral("300,3000")});
    parser.addOption({QStringLiteral("extra"), QStringLiteral("further arguments of redact"), QStringLiteral("list")});
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);

    const QTemporaryDir folder;
    const QString clip = parser.positionalArguments().constFirst();
    const QStringList extra = parser.value(QStringLiteral("extra")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    out << "| frames | transcode s | redact s | ratio | transcode CPU s | redact CPU s | transcode MiB (PSS peak) | "
           "redact MiB | file size ratio |\n"
        << "|---|---|---|---|---|---|---|---|---|\n";
    const QStringList counts = parser.value(QStringLiteral("frames")).split(QLatin1Char(','));
    for (const QString &frames : counts) {
        const std::optional<Row> row =
            measure(clip, parser.value(QStringLiteral("cli")), folder.path(), frames.toInt(), extra);
        if (!row)
            return 1;
        const double sizeRatio = double(QFileInfo(folder.path() + QStringLiteral("/redacted.mp4")).size())
                                 / double(QFileInfo(folder.path() + QStringLiteral("/transcode.mp4")).size());
        out << "| " << row->frames << " | " << QString::number(row->transcode.wallSeconds, 'f', 1) << " | "
            << QString::number(row->redact.wallSeconds, 'f', 1) << " | "
            << QString::number(row->redact.wallSeconds / row->transcode.wallSeconds, 'f', 2) << " | "
            << QString::number(row->transcode.processorSeconds, 'f', 1) << " | "
            << QString::number(row->redact.processorSeconds, 'f', 1) << " | "
            << mebibytes(row->transcode.peakProportionalBytes) << " | " << mebibytes(row->redact.peakProportionalBytes)
            << " | " << QString::number(sizeRatio, 'f', 2) << " |\n"
            << Qt::flush;
    }
    return 0;
}
