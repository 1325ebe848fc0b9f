// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "project/reviewdocument.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace doorveil::pipeline {

/// A clip's default sound track for a screen and a loudspeaker: 16-bit samples in memory, at most two channels, on the
/// clip's own clock. Gaps in the track are silence.
struct ClipSound
{
    int sampleRate = 0;
    int channels = 0; ///< 1 or 2
    std::int64_t firstSample = 0; ///< the time of the first one, in ticks of 1 / sampleRate
    std::vector<std::int16_t> samples; ///< interleaved
    bool truncated = false; ///< the track is longer than the budget allows
    std::int64_t peakFrames = 0; ///< sample frames of one entry of `peaks`
    std::vector<std::uint8_t> peaks; ///< the largest level, 0 to 255, of every so many: a whole hour is drawn from them

    [[nodiscard]] std::int64_t frameCount() const { return channels > 0 ? std::int64_t(samples.size()) / channels : 0; }
};

/// Decodes it in a worker of its own, at most `byteBudget` bytes of it. `sampleRate` is 0 where the clip has no sound.
[[nodiscard]] base::Result<ClipSound> readSound(const project::SourceRecord &source, std::size_t byteBudget,
                                                const base::CancelToken &cancel);

/// The largest level, 0 to 255, of each of `count` equal parts of [begin, end), in ticks of 1 / sampleRate. Looks at
/// single samples only where few of them make a part: cheap enough for painting.
[[nodiscard]] std::vector<std::uint8_t> soundLevels(const ClipSound &sound, std::int64_t begin, std::int64_t end,
                                                    std::size_t count);

/// The samples of [begin, begin + frames), silent where there is none and where a range of `muted` says so. Ranges are
/// in ticks of `timeBase`.
[[nodiscard]] std::vector<std::int16_t> audibleSamples(const ClipSound &sound, std::int64_t begin, std::int64_t frames,
                                                       const std::vector<base::TimeRange> &muted,
                                                       base::Rational timeBase);

} // namespace doorveil::pipeline
