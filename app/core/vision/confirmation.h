// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

/// What one detector found, judged by another of the same kind, which looks at the surroundings of each box alone,
/// scaled to where it sees best. Where the other is sure the score rises to the mean of both, so that a
/// weak find starts a track; where it is not, the score falls to the mean, 0 counting for what the other does not see.
/// A find of which the first is very sure stays one.
[[nodiscard]] base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &other,
                                                             const base::Picture &picture);

} // namespace doorveil::vision
