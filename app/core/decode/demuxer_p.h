// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "decode/descriptorio_p.h"
#include "decode/ffmpeg_p.h"

#include <memory>

namespace doorveil::decode {

/// One opened and probed container. Nothing but the descriptor is ever read: FFmpeg's protocols are closed and every
/// attempt to open something else is refused.
class Demuxer
{
public:
    /// Errors: InputNotOpenable with the reason.
    [[nodiscard]] static base::Result<std::unique_ptr<Demuxer>> open(int descriptor);

    [[nodiscard]] AVFormatContext *context() const { return m_context.get(); }
    [[nodiscard]] AVStream *stream(int index) const { return m_context->streams[index]; }
    [[nodiscard]] int streamCount() const { return int(m_context->nb_streams); }
    /// An H.264 stream without a container: no timestamps, no index.
    [[nodiscard]] bool isRawStream() const;
    /// AVI: packets have decoding times, and what FFmpeg makes of them as display times is wrong with B-frames.
    [[nodiscard]] bool hasOnlyDecodingTimes() const;
    [[nodiscard]] std::int64_t fileSize() const { return m_io.fileSize(); }
    /// Whether the file is shorter than its container says.
    [[nodiscard]] bool isCutShort() const;
    /// Packets of the other streams are skipped from here on.
    void keepOnly(int streamIndex);

    enum class ReadResult { Packet, Damaged, End };
    /// The next packet of a kept stream. `Damaged`: the container is broken here; the next call goes on behind it.
    [[nodiscard]] ReadResult read(AVPacket *packet);
    /// To a key packet at or before `ticks` of that stream's time base, where the container can.
    [[nodiscard]] bool seekBackward(int streamIndex, std::int64_t ticks);

private:
    explicit Demuxer(int descriptor) : m_io(descriptor) { }
    [[nodiscard]] base::Result<const AVInputFormat *> recognise();
    [[nodiscard]] base::Result<void> openContainer(const AVInputFormat *format);
    [[nodiscard]] base::Result<void> analyse();
    [[nodiscard]] base::Result<void> checkLimits() const;
    [[nodiscard]] bool hasPictureWithoutSize() const;

    DescriptorIo m_io; // before the context, which uses it until it is closed
    FormatContextPointer m_context;
    int m_keptStream = -1;
    int m_errorsInARow = 0;
};

/// A refusal: ErrorKind::InputNotOpenable with this text.
[[nodiscard]] base::Error notOpenable(const QString &message, const QString &failureClass = {});
/// The text for a clip whose picture has no size.
[[nodiscard]] QString missingSize();

} // namespace doorveil::decode
