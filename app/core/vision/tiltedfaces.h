// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

/// Faces that lean to a side. Detectors know upright ones, up to some 25 degrees: of somebody who bends down, looks
/// round the corner or stands at the rim of a wide lens they often see nothing. So the area is turned by `degrees`
/// (anticlockwise) first. What is found counts, as the upright box around the face, if `judge` is sure of it as well.
///
/// `scale` as in Detector::detect().
[[nodiscard]] base::Result<std::vector<Detection>> tiltedFaces(double degrees, Detector &detector, Detector &judge,
                                                               const base::Picture &picture,
                                                               const base::Rectangle &area, double scale);

} // namespace doorveil::vision
