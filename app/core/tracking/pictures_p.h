// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <vector>

namespace doorveil::tracking {

/// A picture as OpenCV takes it: CV_8UC1, the picture's own memory. OpenCV has no matrix that is only read: nobody
/// writes to it, and it does not outlive the picture.
[[nodiscard]] inline cv::Mat matrixOf(const base::GreyPicture &picture)
{
    return {picture.size.height, picture.size.width, CV_8UC1, const_cast<std::uint8_t *>(picture.samples.data())};
}

/// The same in colour: CV_8UC3, BGR.
[[nodiscard]] inline cv::Mat matrixOf(const base::Picture &picture)
{
    return {picture.size.height, picture.size.width, CV_8UC3, const_cast<std::uint8_t *>(picture.bgr.data())};
}

/// The upper one of two in the middle. Of one value at least; their order changes.
[[nodiscard]] inline double median(std::vector<double> &values)
{
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace doorveil::tracking
