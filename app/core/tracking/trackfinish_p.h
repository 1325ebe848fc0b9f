// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tracking/livetrack_p.h"
#include "tracking/tracker.h"

#include <vector>

namespace doorveil::tracking {

/// From the points of a track that has ended to its final observations: gaps bridged, smoothed (never smaller than
/// what was seen), both ends extended. `ticksPerSecond` of the clip's time base.
[[nodiscard]] std::vector<base::Observation> finishTrack(const LiveTrack &track, const std::vector<FrameEntry> &frames,
                                                         double ticksPerSecond, const TrackerSettings &settings,
                                                         base::Size displayedSize);

} // namespace doorveil::tracking
