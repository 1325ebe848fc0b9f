// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"

#include <cstdint>
#include <vector>

namespace doorveil::ui {

/// How a stretch of a track came about, as a timeline shows it.
enum class SpanKind {
    Seen, ///< found or drawn
    Bridged, ///< between two finds
    Followed, ///< by the picture's motion
    Extended, ///< held before the first or after the last find
};

struct TrackSpan
{
    base::TimeRange range;
    SpanKind kind = SpanKind::Seen;
    bool operator==(const TrackSpan &) const = default;
};

/// A track as a lane: stretches without a gap between the frames of one, and where the owner set a box.
struct TrackShape
{
    std::vector<TrackSpan> spans; ///< in order, disjoint; of one kind each
    std::vector<std::int64_t> keyframes; ///< pts of boxes set by hand
};

[[nodiscard]] TrackShape shapeOf(const base::Track &track, const std::vector<base::FrameTime> &frames);

/// Where stepping by keyframe stops in a track: its first and last box, what the owner set, and where a stretch of
/// another kind begins. Ascending.
[[nodiscard]] std::vector<std::int64_t> stops(const TrackShape &shape);

} // namespace doorveil::ui
