// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/batchclips.h"

#include "support/democlip.h"
#include "support/media.h"

#include <QDir>
#include <QtDebug>

#include <algorithm>
#include <cmath>
#include <vector>

namespace doorveil::testsupport {

namespace {

struct Sample
{
    QString path;
    double seconds = 0;
};

/// The pictures and lengths of drawn clips follow from the number.
bool draw(const QString &path, int number)
{
    DemoSettings settings;
    settings.size = {160 + 16 * (number % 3), 96 + 8 * (number % 5)};
    settings.frameCount = 4 + number % 7 + number / 7;
    settings.framesPerSecond = 10;
    return writeDemoClip(path.toStdString(), settings).hasValue();
}

/// A cut of 1.0 to 1.6 s from somewhere in a sample, at one of four sizes and rates, some with sound.
bool cut(const QString &path, int number, const std::vector<Sample> &samples)
{
    static constexpr int heights[] = {180, 240, 144, 270};
    static constexpr int rates[] = {15, 10, 8, 12};
    const int round = number / int(samples.size());
    const Sample &sample = samples[std::size_t(number) % samples.size()];
    const double seconds = 1.0 + 0.1 * (number % 7);
    const double latest = std::max(0.0, sample.seconds - seconds);
    const double begin = latest > 0 ? std::fmod(0.37 * number, latest) : 0;
    const bool hasSound = number % 5 == 0;
    QStringList arguments{QStringLiteral("-ss"), QString::number(begin, 'f', 3),
                          QStringLiteral("-t"),  QString::number(seconds, 'f', 3),
                          QStringLiteral("-i"),  sample.path};
    if (hasSound)
        arguments += {QStringLiteral("-f"), QStringLiteral("lavfi"),
                      QStringLiteral("-t"), QString::number(seconds, 'f', 3),
                      QStringLiteral("-i"), QStringLiteral("sine=f=%1").arg(200 + number)};
    arguments += {QStringLiteral("-map"), QStringLiteral("0:v:0")};
    if (hasSound)
        arguments += {QStringLiteral("-map"), QStringLiteral("1:a")};
    arguments += {QStringLiteral("-vf"),
                  QStringLiteral("fps=%1,scale=-2:%2").arg(rates[number % 4]).arg(heights[(number + round) % 4]),
                  QStringLiteral("-c:v"),
                  QStringLiteral("libx264"),
                  QStringLiteral("-preset"),
                  QStringLiteral("veryfast"),
                  QStringLiteral("-crf"),
                  QString::number(18 + number * 7 % 13),
                  QStringLiteral("-pix_fmt"),
                  QStringLiteral("yuv420p"),
                  QStringLiteral("-threads"),
                  QStringLiteral("1"),
                  QStringLiteral("-fflags"),
                  QStringLiteral("+bitexact"),
                  QStringLiteral("-flags"),
                  QStringLiteral("+bitexact")};
    // With its index at the end a clip that loses its end is lost; with its index in front some of it is left.
    if (number % 16 < 8 && !path.endsWith(QStringLiteral(".mkv")))
        arguments += {QStringLiteral("-movflags"), QStringLiteral("+faststart")};
    return runFfmpeg(arguments << path);
}

std::optional<std::vector<Sample>> samplesIn(const QString &folder)
{
    std::vector<Sample> samples;
    const QDir clips(folder);
    const QStringList names =
        clips.entryList({QStringLiteral("*.mp4"), QStringLiteral("*.mkv")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QStringList probed = runFfprobe({QStringLiteral("-show_entries"), QStringLiteral("format=duration"),
                                               QStringLiteral("-of"), QStringLiteral("csv=p=0"), clips.filePath(name)});
        if (probed.isEmpty())
            return std::nullopt;
        samples.push_back({clips.filePath(name), probed.constFirst().toDouble()});
    }
    if (samples.empty()) {
        qWarning().noquote() << "there are no clips in" << folder;
        return std::nullopt;
    }
    return samples;
}

/// Where a clip goes; MP4 apart from some of those that are neither turned nor damaged.
QString pathOf(const QString &folder, int number, bool isDrawn)
{
    const char *ending = "mp4";
    if (!isDrawn && number % 16 == 4)
        ending = "mov";
    if (!isDrawn && number % 16 == 12)
        ending = "mkv";
    return QStringLiteral("%1/%2/clip%3.%4")
        .arg(folder, number % 2 == 0 ? QStringLiteral("front") : QStringLiteral("gate"))
        .arg(number, 3, 10, QLatin1Char('0'))
        .arg(QLatin1String(ending));
}

/// Turns or damages every other clip. False where that fails.
bool spoil(const QString &path, int number, BatchClips &made)
{
    if (number % 8 == 3) { // turned by 90 degrees
        constexpr std::int32_t one = 1 << 16;
        return patchDisplayMatrix(path, {0, one, 0, -one, 0, 0, 0, 0, 1 << 30});
    }
    if (number % 8 < 5)
        return true;
    QByteArray bytes = readAll(path);
    if (number % 8 == 5) // its end is missing
        bytes.truncate(bytes.size() * 4 / 5);
    if (number % 8 == 6) { // no clip at all
        bytes = QByteArray("nothing ") + QByteArray::number(number);
        ++made.unreadable;
    }
    if (number % 8 == 7) { // bits flipped in the pictures
        for (qsizetype offset = bytes.size() * 2 / 3; offset < bytes.size(); offset += 97)
            bytes[offset] = char(bytes[offset] ^ 0x20);
    }
    return writeAll(path, bytes);
}

} // namespace

std::optional<BatchClips> makeBatchClips(const QString &folder, int count, const QString &samples)
{
    std::vector<Sample> sources;
    if (!samples.isEmpty()) {
        const std::optional<std::vector<Sample>> found = samplesIn(samples);
        if (!found)
            return std::nullopt;
        sources = *found;
    }
    if (!QDir(folder).mkpath(QStringLiteral("front")) || !QDir(folder).mkpath(QStringLiteral("gate")))
        return std::nullopt;
    BatchClips made;
    for (; made.count < count; ++made.count) {
        const QString path = pathOf(folder, made.count, sources.empty());
        const bool isThere = sources.empty() ? draw(path, made.count) : cut(path, made.count, sources);
        if (!isThere || !spoil(path, made.count, made)) {
            qWarning().noquote() << path << "cannot be made";
            return std::nullopt;
        }
    }
    return made;
}

} // namespace doorveil::testsupport
