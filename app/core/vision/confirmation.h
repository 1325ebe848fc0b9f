// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

/// What one detector found, judged by another, or by itself once more, which looks at the surroundings of each box
/// alone. What is next to nothing to both is left out.
///
/// Plates: looked at where the other sees best. Where the other is sure at more than one scale the score rises to the
/// mean of both, so that a weak find starts a track; where it is not sure, the score falls to the mean. What the other
/// does not see, or has not the shape of a plate, stays below `threshold`, from which a find of the first starts a
/// track: it only continues one, unless the first is beyond doubt.
///
/// Faces, where one detector judges its own: looked at in two sizes. The score becomes the mean of the three, as
/// logarithms of odds: faces are seen at every size, what only resembles one is not.
///
/// Faces of another detector: a large one that by the same mean is no likely face starts no track, and one that is
/// an unlikely face is left out, unless the first is beyond doubt. A wall or a vehicle that fills a third of the
/// picture is easily taken for a face.
///
/// `threshold`: of the first, for the kind that all of `found` are.
[[nodiscard]] base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &other,
                                                             const base::Picture &picture, float threshold);

} // namespace doorveil::vision
