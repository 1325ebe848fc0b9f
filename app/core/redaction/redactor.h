// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"
#include "redaction/coverplan.h"

#include <memory>
#include <vector>

namespace doorveil::redaction {

/// The covered pixels of a frame, one byte a luma sample of the *stored* picture: 0 where nothing is covered, 1 where
/// something is. Rounded outwards in stored coordinates to multiples of 2 (vertically of 4 in interlaced frames).
struct CoverMask
{
    base::Size size;
    std::vector<std::uint8_t> covered;
    [[nodiscard]] bool at(int x, int y) const
    {
        return covered[std::size_t(y) * std::size_t(size.width) + std::size_t(x)] != 0;
    }
};

[[nodiscard]] CoverMask coverMask(const base::VideoFrame &frame, const std::vector<CoverRegion> &regions);

/// Covers frames of one clip, in order (the mosaic remembers its frozen blocks a track; blur and solid keep nothing).
/// The pixels under the union of all regions never influence the result: see DESIGN section 5.
class Redactor
{
public:
    Redactor();
    ~Redactor();
    Redactor(const Redactor &) = delete;
    Redactor &operator=(const Redactor &) = delete;

    /// Detaches and changes the frame. Any orientation, layout and depth.
    [[nodiscard]] base::Result<void> cover(base::VideoFrame &frame, const std::vector<CoverRegion> &regions);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Sets the samples of muted ranges to zero. Ranges are in samples of the block's own clock.
void mute(base::AudioBlock &block, const std::vector<base::TimeRange> &mutedSamples);

} // namespace doorveil::redaction
