// SPDX-License-Identifier: GPL-3.0-or-later
#include "decodetesting.h"

#include "decode/clipdecoder.h"
#include "support/framecounter.h"
#include "support/media.h"

#include <QCryptographicHash>
#include <QFile>

#include <numeric>

namespace doorveil::decodetesting {

namespace {

void addSamples(QCryptographicHash &hash, const base::VideoFrame &frame)
{
    for (int index = 0; index < frame.layout().planeCount(); ++index) {
        const base::VideoFrame::Plane &plane = frame.plane(index);
        const int rowBytes = plane.size.width * frame.layout().bytesPerSample();
        for (int row = 0; row < plane.size.height; ++row)
            hash.addData({reinterpret_cast<const char *>(plane.data + row * plane.stride), rowBytes});
    }
}

} // namespace

OpenedClip open(const QString &path, const base::FrameSourceOptions &options)
{
    OpenedClip clip;
    auto descriptor = base::openInput(QFile::encodeName(path).toStdString());
    if (!descriptor) {
        clip.error = descriptor.error().message;
        clip.errorKind = descriptor.error().kind;
        return clip;
    }
    clip.descriptor = std::move(*descriptor);
    auto source = decode::openClip(clip.descriptor.get(), options);
    if (!source) {
        clip.error = source.error().message;
        clip.errorKind = source.error().kind;
        return clip;
    }
    clip.source = std::move(*source);
    return clip;
}

SeenFrame look(const base::VideoFrame &frame)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    addSamples(hash, frame);
    return {frame.pts,     frame.duration,   testsupport::readFrameCounter(frame),
            frame.damaged, frame.fieldOrder, hash.result()};
}

std::vector<SeenFrame> decodeAll(base::FrameSource &source)
{
    std::vector<SeenFrame> frames;
    while (true) {
        const auto frame = source.nextFrame();
        if (!frame || !*frame)
            return frames;
        frames.push_back(look(**frame));
    }
}

std::vector<std::int64_t> countersOf(const std::vector<SeenFrame> &frames)
{
    std::vector<std::int64_t> counters;
    for (const SeenFrame &frame : frames)
        counters.push_back(frame.counter);
    return counters;
}

std::vector<std::int64_t> ptsOf(const std::vector<SeenFrame> &frames)
{
    std::vector<std::int64_t> times;
    for (const SeenFrame &frame : frames)
        times.push_back(frame.pts);
    return times;
}

std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t count)
{
    std::vector<std::int64_t> result(std::size_t(count), 0);
    std::iota(result.begin(), result.end(), first);
    return result;
}

QByteArray sampleHash(base::FrameSource &source)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    while (true) {
        const auto frame = source.nextFrame();
        if (!frame || !*frame)
            return hash.result();
        addSamples(hash, **frame);
    }
}

QByteArray referenceHash(const QString &path, int videoStream, const QString &pixelFormat)
{
    QStringList arguments{QStringLiteral("-noautorotate"),
                          QStringLiteral("-i"),
                          path,
                          QStringLiteral("-map"),
                          QStringLiteral("0:%1").arg(videoStream),
                          QStringLiteral("-fps_mode"),
                          QStringLiteral("passthrough")};
    if (!pixelFormat.isEmpty())
        arguments << QStringLiteral("-pix_fmt") << pixelFormat;
    arguments << QStringLiteral("-f") << QStringLiteral("rawvideo") << QStringLiteral("-");
    QByteArray samples;
    if (!testsupport::runFfmpeg(arguments, &samples))
        return {};
    return QCryptographicHash::hash(samples, QCryptographicHash::Sha1);
}

} // namespace doorveil::decodetesting
