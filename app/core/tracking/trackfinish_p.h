// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tracking/livetrack_p.h"
#include "tracking/tracker.h"

#include <vector>

namespace doorveil::tracking {

/// From the points of a track that has ended to the final observations of each subject in it: gaps bridged, parted
/// where its identity is in doubt, smoothed (never smaller than what was seen), both ends extended. What lies inside a
/// doubt belongs to both sides. `ticksPerSecond` of the clip's time base.
[[nodiscard]] std::vector<std::vector<base::Observation>>
finishTrack(const LiveTrack &track, const std::vector<FrameEntry> &frames, double ticksPerSecond,
            const TrackerSettings &settings, base::Size displayedSize);

} // namespace doorveil::tracking
