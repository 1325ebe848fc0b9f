// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

/// What one detector found, judged by another, or by itself once more, which looks at the surroundings of each box
/// alone. What is next to nothing to both is left out. Each find's own threshold says from which score on it starts a
/// track.
///
/// Plates of another detector: looked at where the judge sees best. Where it is sure at more than one scale the score
/// rises to the mean of both, so that a weak find starts a track; where it is not sure, the score falls to the mean.
/// What the judge does not see, or has not the shape of a plate, stays below the threshold: it only continues a track,
/// unless the first is beyond doubt.
///
/// Faces of the judge's own: looked at in two sizes. The score becomes the mean of the three, as logarithms of odds:
/// faces are seen at every size, what only resembles one is not.
///
/// Plates of its own: looked at enlarged in the same way, but the score only rises. What is small and sharp is seen
/// better so, what is coarse or grainy is not seen any more.
///
/// Faces of another detector: a large one that by the same mean is no likely face starts no track, and one that is
/// an unlikely face is left out, unless the first is beyond doubt. A wall or a vehicle that fills a third of the
/// picture is easily taken for a face.
[[nodiscard]] base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &judge,
                                                             const base::Picture &picture);

/// Those of the found faces that may start a track, and of which finder and judge together are so sure: the mean, as
/// logarithms of odds, of the find's score and of two looks of the judge's.
[[nodiscard]] base::Result<std::vector<Detection>> sureFaces(std::vector<Detection> found, Detector &judge,
                                                             const base::Picture &picture, float least);

} // namespace doorveil::vision
