// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

/// What one detector of plates found, judged by another, which looks at the surroundings of each box alone, scaled to
/// where it sees best. Where the other is sure at more than one scale the score rises to the mean of both, so that a
/// weak find starts a track; where it is not sure, the score falls to the mean. What the other does not see, or has not
/// the shape of a plate, stays below `threshold`, from which a find of the first starts a track: it only continues
/// one, unless the first is beyond doubt. What is next to nothing to both is left out.
[[nodiscard]] base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &other,
                                                             const base::Picture &picture, float threshold);

/// What a detector of faces found, looked at by itself once more at two sizes, around each box alone. The score becomes
/// the mean of the three, as logarithms of odds: faces are seen at every size, what only resembles one is not. What is
/// next to nothing then is left out.
[[nodiscard]] base::Result<std::vector<Detection>> confirmedFaces(std::vector<Detection> found, Detector &detector,
                                                                  const base::Picture &picture);

} // namespace doorveil::vision
