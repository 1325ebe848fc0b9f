// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/clipwriter.h"

#include <QByteArray>
#include <QFile>
#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <vector>

namespace doorveil::encode::testsupport {

/// A file in a temporary folder of its own, open for reading and writing.
class ScratchFile
{
public:
    ScratchFile();
    [[nodiscard]] int descriptor() const { return m_file->handle(); }
    [[nodiscard]] QString path() const { return m_folder->filePath(QStringLiteral("clip.mp4")); }
    [[nodiscard]] QByteArray content() const;

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QFile> m_file;
};

/// Settings of a small progressive clip with time base 1/1000, fast to encode.
[[nodiscard]] EncodeSettings smallSettings(base::Size size = {64, 48});

/// A sample of plane 0 to 2 at (x, y), in the layout's depth.
using Painter = std::function<int(int plane, int x, int y)>;
[[nodiscard]] base::VideoFrame paintedFrame(base::Size size, base::PixelLayout layout, const Painter &painter);

/// A picture that differs from number to number: a gradient with a bar that moves.
[[nodiscard]] base::VideoFrame numberedFrame(base::Size size, int number, base::PixelLayout layout = {});

/// Writes frames at these times (the last one lasts `lastDuration`) and finishes. Sound, if any, as one call.
[[nodiscard]] base::Result<EncodeSummary> writeClip(int descriptor, const EncodeSettings &settings,
                                                    const std::vector<std::int64_t> &times, std::int64_t lastDuration,
                                                    const std::vector<base::AudioBlock> &sound = {});

/// ffprobe's answer as JSON; empty where it failed.
[[nodiscard]] QJsonObject probe(const QString &path, const QStringList &arguments);
/// Times of the video frames as decoded, in the track's ticks, and their durations.
struct ProbedFrames
{
    std::vector<std::int64_t> times;
    std::vector<std::int64_t> durations;
};
[[nodiscard]] ProbedFrames probeFrames(const QString &path);
[[nodiscard]] QJsonObject probeStream(const QString &path, const QString &kind);

[[nodiscard]] QJsonObject probeFirstFrame(const QString &path);

/// Packets in the order of the file.
struct ProbedPacket
{
    bool isVideo = false;
    double seconds = 0; ///< when it is to be decoded
};
[[nodiscard]] std::vector<ProbedPacket> probePackets(const QString &path);

enum class Turning { AsStored, AsDisplayed };
/// The decoded video as raw planes of `pixelFormat`, frames behind one another.
[[nodiscard]] QByteArray decodeVideo(const QString &path, const QString &pixelFormat = QStringLiteral("yuv420p"),
                                     Turning turning = Turning::AsStored);
/// The decoded sound as interleaved 32-bit float at that rate.
[[nodiscard]] std::vector<float> decodeAudio(const QString &path, int sampleRate);

} // namespace doorveil::encode::testsupport
