// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-batch: many small clips covered by `batch`, against `ffmpeg` transcodes of the same clips, run as many
// at a time, and its memory against its budget. See docs/testing.md.
#include "processmeter.h"

#include "support/batchclips.h"
#include "support/media.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTextStream>

namespace {

QTextStream out(stdout);
QTextStream complaints(stderr);

/// Every clip below $0 with the encoder's settings that a policy has if it says nothing, $2 at a time, into $1. What is
/// no clip fails here as it does there.
constexpr const char *transcodeAll =
    R"(find "$0" -type f -print0 | xargs -0 -P "$2" -I {} sh -c )"
    R"('ffmpeg -v quiet -nostdin -y -i "$0" -an -c:v libx264 -preset medium -crf 20 "$1/$(basename "$0").mp4"' {} "$1")";

QString mebibytes(std::int64_t bytes)
{
    return QString::number(double(bytes) / (1 << 20), 'f', 0);
}

} // namespace

int main(int argumentCount, char **arguments)
{
    const QCoreApplication application(argumentCount, arguments);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Throughput and memory of a batch against plain transcodes"));
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("samples"),
                                 QStringLiteral("folder of clips to cut the small ones from"));
    parser.addOption(doorveil::bench::cliOption());
    parser.addOption({QStringLiteral("clips"), QStringLiteral("how many"), QStringLiteral("N"), QStringLiteral("200")});
    parser.addOption({QStringLiteral("jobs"), QStringLiteral("at a time"), QStringLiteral("N"), QStringLiteral("2")});
    parser.addOption({QStringLiteral("memory"), QStringLiteral("the batch's budget"), QStringLiteral("MiB"),
                      QStringLiteral("2048")});
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);

    const QTemporaryDir folder;
    const QString clips = folder.filePath(QStringLiteral("clips"));
    const QString transcodes = folder.filePath(QStringLiteral("transcodes"));
    const QString policy = folder.filePath(QStringLiteral("policy.toml"));
    const QString jobs = parser.value(QStringLiteral("jobs"));
    complaints << "making " << parser.value(QStringLiteral("clips")) << " clips\n" << Qt::flush;
    const auto made = doorveil::testsupport::makeBatchClips(clips, parser.value(QStringLiteral("clips")).toInt(),
                                                            parser.positionalArguments().constFirst());
    const QByteArray rules =
        "version = 1\n[run]\nmemory_mb = " + parser.value(QStringLiteral("memory")).toUtf8() + '\n';
    if (!made || !QDir().mkpath(transcodes) || !doorveil::testsupport::writeAll(policy, rules)) {
        complaints << "the clips cannot be made\n";
        return 1;
    }
    complaints << "plain transcodes\n" << Qt::flush;
    const auto plain = doorveil::bench::run(
        QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromLatin1(transcodeAll), clips, transcodes, jobs});
    complaints << "batch\n" << Qt::flush;
    const auto batch = doorveil::bench::run(parser.value(QStringLiteral("cli")),
                                            {QStringLiteral("batch"), clips, QStringLiteral("-o"),
                                             folder.filePath(QStringLiteral("covered")), QStringLiteral("--policy"),
                                             policy, QStringLiteral("--jobs"), jobs});
    // 1 is right: there are bad clips among them.
    if (batch.exitCode != 1) {
        complaints << "the batch ended with " << batch.exitCode << '\n';
        return 1;
    }
    out << "| clips | jobs | transcodes s | batch s | ratio | transcodes CPU s | batch CPU s | budget MiB | "
           "batch MiB (PSS peak) |\n|---|---|---|---|---|---|---|---|---|\n| "
        << made->count << " (" << made->unreadable << " unreadable) | " << jobs << " | "
        << QString::number(plain.wallSeconds, 'f', 1) << " | " << QString::number(batch.wallSeconds, 'f', 1) << " | "
        << QString::number(batch.wallSeconds / plain.wallSeconds, 'f', 1) << " | "
        << QString::number(plain.processorSeconds, 'f', 1) << " | " << QString::number(batch.processorSeconds, 'f', 1)
        << " | " << parser.value(QStringLiteral("memory")) << " | " << mebibytes(batch.peakProportionalBytes) << " |\n";
    return batch.peakProportionalBytes <= parser.value(QStringLiteral("memory")).toLongLong() << 20 ? 0 : 1;
}
