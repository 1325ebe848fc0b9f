// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

enum class OffVehicle {
    Doubted, ///< a doubtful find that is on no vehicle counts for less
    Dropped, ///< no find counts that is on no vehicle
};

/// Plates that were found, weighed by what they are on: a vehicle has one plate. Around each doubtful one `vehicles`
/// looks at a square in which its vehicle would be of the size that is known best, so that small ones far away are seen
/// as well. What lies on a vehicle and is the best find there counts for more, everything else that is doubtful for
/// less. Sure finds stay as they are: there are plates on walls and trolleys, and vehicles that nothing sees in the
/// dark.
///
/// `hidden` are plates of which the picture shows nothing, because they are covered: their vehicles have no other one.
///
/// Doubtful is what only just starts a track, of a detector whose single finds may be wrong
/// (DetectorInfo::aloneThreshold); of others, what only just does not.
[[nodiscard]] base::Result<std::vector<Detection>> weighedByVehicles(std::vector<Detection> plates, Detector &vehicles,
                                                                     const base::Picture &picture, OffVehicle off,
                                                                     const std::vector<base::Rectangle> &hidden = {});

/// Whether there may be a vehicle at all, for searches that are only for what is on one.
[[nodiscard]] base::Result<bool> mayHoldVehicle(Detector &vehicles, const base::Picture &picture,
                                                const base::Rectangle &area);

} // namespace doorveil::vision
