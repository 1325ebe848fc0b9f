// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace doorveil::vision {

/// What the structure of a plate is judged by.
struct PlateStructure
{
    int contrast = 0; ///< between the 5 % darkest and the 5 % brightest pixels, in grey levels
    double strokes = 0; ///< changes between dark and bright along a row, median of the middle rows
};

[[nodiscard]] PlateStructure plateStructure(const cv::Mat &grey);

/// Whether a box can hold a row of characters: two clearly different greys that alternate often along its middle rows,
/// as five to ten characters of one to three strokes do. Meant to drop a cascade's false boxes, not real plates.
[[nodiscard]] bool looksLikeAPlate(const cv::Mat &grey);

} // namespace doorveil::vision
