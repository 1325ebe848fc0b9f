// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/redactor.h"

#include <algorithm>

namespace doorveil::redaction {

namespace {

/// `time` as a frame of the block, within [0, frames]. Unsigned: ranges may reach to the ends of the number line.
std::int64_t framesUntil(std::int64_t time, std::int64_t blockBegin, std::int64_t frames)
{
    if (time <= blockBegin)
        return 0;
    return std::int64_t(std::min(std::uint64_t(frames), std::uint64_t(time) - std::uint64_t(blockBegin)));
}

} // namespace

void mute(base::AudioBlock &block, const std::vector<base::TimeRange> &mutedSamples)
{
    const std::int64_t frames = block.frameCount();
    for (const base::TimeRange &range : mutedSamples) {
        const std::int64_t first = framesUntil(range.begin, block.pts, frames);
        const std::int64_t last = framesUntil(range.end, block.pts, frames);
        if (first >= last)
            continue;
        std::fill(block.samples.begin() + first * block.channels, block.samples.begin() + last * block.channels, 0.0F);
    }
}

} // namespace doorveil::redaction
