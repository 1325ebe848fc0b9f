// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/result.h"
#include "base/videoframe.h"
#include "decode/demuxer_p.h"

#include <memory>
#include <optional>

namespace doorveil::decode {

/// Decodes one sound track to interleaved float at the rate and channel count its AudioStreamInfo names, on the clip's
/// clock. Reads the container by itself, so that sound and pictures need not be read in step.
class SoundDecoder
{
public:
    /// Errors: InputNotOpenable.
    [[nodiscard]] static base::Result<std::unique_ptr<SoundDecoder>> open(int descriptor,
                                                                          const base::AudioStreamInfo &stream);

    /// The next block in order of time, never overlapping the one before; nothing at the end. What cannot be decoded
    /// is a gap.
    [[nodiscard]] std::optional<base::AudioBlock> next();

    /// The next block is the one that holds sample `position` (1/sampleRate), or the first after it.
    void seek(std::int64_t position);

private:
    SoundDecoder(int descriptor, const base::AudioStreamInfo &stream) : m_descriptor(descriptor), m_info(stream) { }
    [[nodiscard]] base::Result<void> start();
    [[nodiscard]] bool feed();
    [[nodiscard]] std::optional<base::AudioBlock> decodeBlock();
    [[nodiscard]] std::optional<base::AudioBlock> convert(const AVFrame &frame);
    [[nodiscard]] bool prepareResampler(const AVFrame &frame);
    [[nodiscard]] std::int64_t place(const AVFrame &frame) const;
    [[nodiscard]] std::optional<base::AudioBlock> firstBlockAt(std::int64_t position);

    int m_descriptor;
    base::AudioStreamInfo m_info;
    std::unique_ptr<Demuxer> m_demuxer;
    CodecContextPointer m_decoder;
    PacketPointer m_packet;
    FramePointer m_frame;
    ResamplerPointer m_resampler;
    int m_resamplerFormat = -1;
    int m_resamplerRate = 0;
    int m_resamplerChannels = 0;
    std::optional<std::int64_t> m_nextPts; // sample after the last block
    std::optional<base::AudioBlock> m_ahead; // found by seek()
    bool m_draining = false;
};

} // namespace doorveil::decode
