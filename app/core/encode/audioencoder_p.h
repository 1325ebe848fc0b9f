// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/avhandles_p.h"
#include "encode/clipwriter.h"
#include "encode/videoencoder_p.h"

#include <span>
#include <vector>

namespace doorveil::encode {

/// AAC by FFmpeg's own encoder, at the source's rate where AAC has it, else at the next higher (at most 96 kHz).
/// Blocks come with times; what leaves is one unbroken stream from time 0.
class AudioEncoder
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<AudioEncoder>> create(const AudioSettings &settings);

    [[nodiscard]] base::Result<void> encode(const base::AudioBlock &block, const PacketSink &sink);
    [[nodiscard]] base::Result<void> finish(const PacketSink &sink);

    [[nodiscard]] const AVCodecContext &context() const { return *m_context; }

private:
    AudioEncoder() = default;
    [[nodiscard]] base::Result<void> openEncoder(const AudioSettings &settings);
    [[nodiscard]] base::Result<void> openResampler();
    [[nodiscard]] base::Result<void> append(std::span<const float> samples, const PacketSink &sink);
    [[nodiscard]] base::Result<void> appendSilence(std::int64_t frames, const PacketSink &sink);
    [[nodiscard]] base::Result<void> resample(std::span<const float> samples, const PacketSink &sink);
    [[nodiscard]] base::Result<void> queue(std::span<const float> samples, const PacketSink &sink);
    [[nodiscard]] base::Result<void> sendPending(const PacketSink &sink);
    [[nodiscard]] base::Result<void> drain(const AVFrame *frame, const PacketSink &sink);

    CodecContextHandle m_context;
    ResamplerHandle m_resampler; ///< only where AAC does not have the source's rate
    FrameHandle m_frame;
    PacketHandle m_packet;
    std::vector<float> m_pending; ///< interleaved, less than one AAC frame
    std::int64_t m_appended = 0; ///< sample frames of the source since time 0
    std::int64_t m_sent = 0; ///< sample frames given to the encoder
    int m_sourceRate = 0;
    int m_channels = 0;
};

} // namespace doorveil::encode
