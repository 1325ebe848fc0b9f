// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/watchedtime.h"

#include <algorithm>

namespace doorveil::ui {

TimeRanges withRange(const TimeRanges &ranges, const base::TimeRange &range)
{
    if (range.begin >= range.end)
        return ranges;
    TimeRanges result;
    base::TimeRange added = range;
    for (const base::TimeRange &present : ranges) {
        if (present.end < added.begin || present.begin > added.end) {
            result.push_back(present);
        } else {
            added.begin = std::min(added.begin, present.begin);
            added.end = std::max(added.end, present.end);
        }
    }
    result.insert(
        std::upper_bound(result.begin(), result.end(), added,
                         [](const base::TimeRange &a, const base::TimeRange &b) { return a.begin < b.begin; }),
        added);
    return result;
}

TimeRanges united(const TimeRanges &a, const TimeRanges &b)
{
    TimeRanges result = a;
    for (const base::TimeRange &range : b)
        result = withRange(result, range);
    return result;
}

TimeRanges missingFrom(const TimeRanges &ranges, const base::TimeRange &whole)
{
    TimeRanges missing;
    std::int64_t from = whole.begin;
    for (const base::TimeRange &present : ranges) {
        if (present.end <= from)
            continue;
        if (present.begin >= whole.end)
            break;
        if (present.begin > from)
            missing.push_back({from, present.begin});
        from = std::max(from, present.end);
    }
    if (from < whole.end)
        missing.push_back({from, whole.end});
    return missing;
}

namespace {

/// Walks frames and ranges together; both ascend.
template<typename Take>
void forEachFrame(const TimeRanges &ranges, const std::vector<base::FrameTime> &frames, const base::TimeRange &kept,
                  const Take &take)
{
    auto range = ranges.begin();
    for (const base::FrameTime &frame : frames) {
        if (!kept.contains(frame.pts))
            continue;
        while (range != ranges.end() && range->end <= frame.pts)
            ++range;
        take(frame, range != ranges.end() && range->contains(frame.pts));
    }
}

} // namespace

WatchedFrames watchedFrames(const TimeRanges &ranges, const std::vector<base::FrameTime> &frames,
                            const base::TimeRange &kept)
{
    WatchedFrames count;
    forEachFrame(ranges, frames, kept, [&count](const base::FrameTime &, bool watched) {
        ++count.total;
        count.watched += watched ? 1 : 0;
    });
    return count;
}

TimeRanges unwatched(const TimeRanges &ranges, const std::vector<base::FrameTime> &frames, const base::TimeRange &kept)
{
    TimeRanges result;
    bool open = false;
    forEachFrame(ranges, frames, kept, [&result, &open](const base::FrameTime &frame, bool watched) {
        const std::int64_t end = frame.pts + std::max<std::int64_t>(1, frame.duration);
        if (watched) {
            open = false;
        } else if (open) {
            result.back().end = end;
        } else {
            result.push_back({frame.pts, end});
            open = true;
        }
    });
    return result;
}

} // namespace doorveil::ui
