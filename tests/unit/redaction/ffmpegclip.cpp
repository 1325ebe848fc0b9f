// SPDX-License-Identifier: GPL-3.0-or-later
#include "ffmpegclip.h"

#include <QProcess>
#include <QTemporaryDir>

#include <cstring>

namespace doorveil::testsupport {

using base::VideoFrame;

namespace {

constexpr int patience = 120'000; // milliseconds

/// What the program wrote to its standard output; nothing where it failed.
QByteArray outputOf(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForStarted(patience))
        return {};
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

base::Size sizeOf(const QString &clip)
{
    const QByteArray text =
        outputOf(QStringLiteral("ffprobe"),
                 {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-select_streams"),
                  QStringLiteral("v:0"), QStringLiteral("-show_entries"), QStringLiteral("stream=width,height"),
                  QStringLiteral("-of"), QStringLiteral("csv=p=0:s=x"), clip});
    const QList<QByteArray> parts = text.trimmed().split('x');
    return parts.size() >= 2 ? base::Size{parts[0].toInt(), parts[1].toInt()} : base::Size{};
}

constexpr base::PixelLayout layout{base::ChromaLayout::Yuv420, 8};

std::vector<VideoFrame> framesOf(const QByteArray &raw, base::Size size)
{
    std::vector<VideoFrame> frames;
    const char *from = raw.constData();
    qsizetype left = raw.size();
    while (left > 0) {
        VideoFrame frame(size, layout);
        for (int plane = 0; plane < 3; ++plane) {
            const VideoFrame::Plane &samples = frame.plane(plane);
            for (int y = 0; y < samples.size.height; ++y) {
                if (left < samples.size.width)
                    return frames;
                std::memcpy(samples.data + std::ptrdiff_t(y) * samples.stride, from, std::size_t(samples.size.width));
                from += samples.size.width;
                left -= samples.size.width;
            }
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

/// Raw planes, an odd width or height padded by the last column or row.
QByteArray rawOf(const std::vector<VideoFrame> &frames)
{
    QByteArray raw;
    for (const VideoFrame &frame : frames) {
        for (int plane = 0; plane < 3; ++plane) {
            const VideoFrame::Plane &samples = frame.plane(plane);
            const bool luma = plane == 0;
            const auto addRow = [&](int y) {
                const char *row = reinterpret_cast<const char *>(samples.data + std::ptrdiff_t(y) * samples.stride);
                raw.append(row, samples.size.width);
                if (luma && samples.size.width % 2 != 0)
                    raw.append(row[samples.size.width - 1]);
            };
            for (int y = 0; y < samples.size.height; ++y)
                addRow(y);
            if (luma && samples.size.height % 2 != 0)
                addRow(samples.size.height - 1);
        }
    }
    return raw;
}

} // namespace

std::vector<VideoFrame> decodedByFfmpeg(const QString &clip, int frames)
{
    const base::Size size = sizeOf(clip);
    if (size.isEmpty())
        return {};
    QStringList arguments{
        QStringLiteral("-v"),   QStringLiteral("error"), QStringLiteral("-noautorotate"), QStringLiteral("-i"), clip,
        QStringLiteral("-map"), QStringLiteral("0:v:0")};
    if (frames > 0)
        arguments += {QStringLiteral("-frames:v"), QString::number(frames)};
    arguments += {QStringLiteral("-f"), QStringLiteral("rawvideo"), QStringLiteral("-pix_fmt"),
                  QStringLiteral("yuv420p"), QStringLiteral("-")};
    return framesOf(outputOf(QStringLiteral("ffmpeg"), arguments), size);
}

std::vector<VideoFrame> throughH264(const std::vector<VideoFrame> &frames, int crf, const QString &preset)
{
    const QTemporaryDir folder;
    const base::Size size = frames.front().storedSize();
    const QString clip = folder.filePath(QStringLiteral("clip.mp4"));
    const QString sizeText = QStringLiteral("%1x%2").arg((size.width + 1) / 2 * 2).arg((size.height + 1) / 2 * 2);
    outputOf(QStringLiteral("ffmpeg"),
             {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-f"), QStringLiteral("rawvideo"),
              QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), QStringLiteral("-s"), sizeText,
              QStringLiteral("-i"), QStringLiteral("-"), QStringLiteral("-c:v"), QStringLiteral("libx264"),
              QStringLiteral("-preset"), preset, QStringLiteral("-crf"), QString::number(crf), clip},
             rawOf(frames));
    return decodedByFfmpeg(clip, 0);
}

} // namespace doorveil::testsupport
