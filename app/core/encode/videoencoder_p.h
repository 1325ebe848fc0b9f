// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/avhandles_p.h"
#include "encode/clipwriter.h"
#include "encode/trackclock_p.h"

#include <deque>
#include <functional>
#include <map>

namespace doorveil::encode {

/// Takes over nothing: the packet is the caller's and lives for the call.
using PacketSink = std::function<base::Result<void>(AVPacket &)>;

/// x264 behind libavcodec: frames in, H.264 packets without SEI out, in decoding order, timed for an MP4 track.
class VideoEncoder
{
public:
    /// Subtracted from every decoding time, so that no packet is to be decoded after it is shown, as libavformat asks.
    /// The muxer adds it back. FFmpeg 5.1 wants this lead and the longest gap together below 2^31 ticks.
    static constexpr std::int64_t decodingLead = std::int64_t(1) << 29;
    static constexpr std::int64_t longestGap = (std::int64_t(1) << 31) - 2 - decodingLead;

    [[nodiscard]] static base::Result<std::unique_ptr<VideoEncoder>>
    create(const EncodeSettings &settings, base::Size encodedSize, const TrackClock &clock);

    [[nodiscard]] base::Result<void> encode(const base::VideoFrame &frame,
                                            const std::vector<base::Rectangle> &evenAreas, const PacketSink &sink);
    [[nodiscard]] base::Result<void> finish(const PacketSink &sink);

    [[nodiscard]] const AVCodecContext &context() const { return *m_context; }
    [[nodiscard]] const AVCodecParameters &parameters() const { return *m_filter->par_out; }

private:
    VideoEncoder() = default;
    [[nodiscard]] base::Result<void> open(const EncodeSettings &settings);
    [[nodiscard]] base::Result<void> openFilter();
    [[nodiscard]] base::Result<void> markEven(const std::vector<base::Rectangle> &areas);
    [[nodiscard]] base::Result<void> accept(std::int64_t pts, std::int64_t duration);
    [[nodiscard]] base::Result<void> drain(const AVFrame *frame, const PacketSink &sink);
    [[nodiscard]] base::Result<void> filterPacket(AVPacket *packet);
    [[nodiscard]] base::Result<void> deliver(const PacketSink &sink);

    TrackClock m_clock;
    base::Size m_storedSize;
    base::FieldOrder m_fieldOrder = base::FieldOrder::Progressive;
    int m_crf = 0;
    CodecContextHandle m_context;
    BitstreamFilterHandle m_filter;
    FrameHandle m_frame;
    PacketHandle m_packet;
    std::deque<PacketHandle> m_ready; ///< encoded, waiting for their duration to be known; a few at most
    std::deque<std::int64_t> m_decodingTimes; ///< shown times not yet given out as decoding times
    std::map<std::int64_t, std::int64_t> m_durations; ///< by pts, of frames in the encoder; the last one's is its own
    std::int64_t m_lastPts = -1;
    std::int64_t m_lastDuration = 0;
    bool m_finishing = false;
};

} // namespace doorveil::encode
