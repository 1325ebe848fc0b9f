// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/coverplan.h"

#include <cstdint>
#include <vector>

/// Made pictures and what is hidden in them, worked out without the code under test.
namespace doorveil::testsupport {

/// Deterministic noise, the same on every platform (xorshift).
class Noise
{
public:
    explicit Noise(std::uint32_t seed) : m_state(seed * 2654435761U + 1U) { }
    [[nodiscard]] int next(int maximum)
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 17;
        m_state ^= m_state << 5;
        return int(m_state % std::uint32_t(maximum + 1));
    }

private:
    std::uint32_t m_state;
};

[[nodiscard]] int sampleAt(const base::VideoFrame &frame, int plane, int x, int y);
void setSample(base::VideoFrame &frame, int plane, int x, int y, int value);

/// Smooth gradients with fine texture, in every plane.
[[nodiscard]] base::VideoFrame texturedFrame(base::Size storedSize, base::PixelLayout layout, std::uint32_t seed);

/// For each plane one byte a sample: 1 where the sample belongs to a pixel of the regions. A chroma sample belongs to
/// all luma pixels it colours; in an interlaced 4:2:0 frame a chroma row colours two rows of its own field.
using HiddenSamples = std::vector<std::vector<std::uint8_t>>;
[[nodiscard]] HiddenSamples hiddenSamples(const base::VideoFrame &frame,
                                          const std::vector<redaction::CoverRegion> &regions);

/// The frame with every hidden sample replaced by noise.
[[nodiscard]] base::VideoFrame withHiddenNoise(const base::VideoFrame &frame, const HiddenSamples &hidden,
                                               std::uint32_t seed);

/// A planted defect: that share of the source shines through where samples are hidden.
void mixIn(base::VideoFrame &covered, const base::VideoFrame &source, const HiddenSamples &hidden, double share);

/// Whether all samples are equal.
[[nodiscard]] bool sameSamples(const base::VideoFrame &a, const base::VideoFrame &b);

[[nodiscard]] redaction::CoverRegion region(std::int64_t track, base::Rectangle displayed,
                                            base::CoverStyle style = base::CoverStyle::Blur);
[[nodiscard]] redaction::CoverRegion zoneRegion(std::int64_t id, base::Polygon displayed, base::Size displayedSize,
                                                base::CoverStyle style = base::CoverStyle::Blur);

} // namespace doorveil::testsupport
