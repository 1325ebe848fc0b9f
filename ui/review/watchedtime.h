// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"

#include <cstdint>
#include <vector>

/// What has been watched in covered view, as sets of times: sorted, disjoint and not touching, as a document keeps
/// them.
namespace doorveil::ui {

using TimeRanges = std::vector<base::TimeRange>;

[[nodiscard]] TimeRanges withRange(const TimeRanges &ranges, const base::TimeRange &range);
[[nodiscard]] TimeRanges united(const TimeRanges &a, const TimeRanges &b);
/// The parts of `whole` that are in none of `ranges`.
[[nodiscard]] TimeRanges missingFrom(const TimeRanges &ranges, const base::TimeRange &whole);

struct WatchedFrames
{
    std::size_t watched = 0;
    std::size_t total = 0;

    /// Rounded down: 100 only when nothing is missing.
    [[nodiscard]] int percent() const { return total == 0 ? 0 : int(watched * 100 / total); }
    [[nodiscard]] bool isComplete() const { return total > 0 && watched == total; }
};

/// Frames that lie in `kept` (the trim, or the whole clip) and how many of them have been watched.
[[nodiscard]] WatchedFrames watchedFrames(const TimeRanges &ranges, const std::vector<base::FrameTime> &frames,
                                          const base::TimeRange &kept);
/// Stretches of frames that were not watched, joined over the frames of one stretch.
[[nodiscard]] TimeRanges unwatched(const TimeRanges &ranges, const std::vector<base::FrameTime> &frames,
                                   const base::TimeRange &kept);

} // namespace doorveil::ui
