// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

namespace doorveil::vision {

/// How rough a picture is from pixel to pixel. Grain is everywhere and much the same everywhere; texture is neither.
struct Grain
{
    double level = 0.0; ///< standard deviation in grey levels, of the lower quartile of 8 x 8 blocks
    double spread = 1.0; ///< of the upper quartile, as a multiple of that
};

/// Block by block after J. Immerkær, "Fast Noise Variance Estimation", Computer Vision and Image Understanding 64
/// (1996). Night cameras' grain gives a level of 3 to 8 and a spread of 1.2 to 1.7; clear pictures, however sharp, a
/// lower level or a spread of 2 to 5; grain that a coarse encoder has smoothed a level below 1.
[[nodiscard]] Grain grainOf(const cv::Mat &bgr);

/// What a detector should look at: the picture itself or, where it is grainy, a smoothed copy. Networks that were
/// trained on clear pictures take grain for texture: of the plates in a grainy night clip y5fu finds 0 % at their own
/// size, 71 % when the grain is smoothed.
[[nodiscard]] cv::Mat withoutGrain(const cv::Mat &bgr, bool *grainy);

} // namespace doorveil::vision
