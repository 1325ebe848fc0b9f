// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace doorveil::vision {

/// A picture as OpenCV takes it: CV_8UC3, BGR, the picture's own memory, which it must not outlive. OpenCV has no
/// matrix that is only read: nobody writes to one of somebody else's picture.
[[nodiscard]] inline cv::Mat matrixOf(const base::Picture &picture)
{
    return {picture.size.height, picture.size.width, CV_8UC3, const_cast<std::uint8_t *>(picture.bgr.data())};
}

/// A black picture, to be written through its matrix.
[[nodiscard]] inline base::Picture blankPicture(base::Size size)
{
    return {size, std::vector<std::uint8_t>(std::size_t(size.width) * std::size_t(size.height) * 3)};
}

/// OpenCV could not do something to a picture.
[[nodiscard]] inline base::Error pictureError(const cv::Exception &exception)
{
    return {base::ErrorKind::Failure,
            QStringLiteral("A picture could not be searched: %1").arg(QString::fromUtf8(exception.what()).simplified()),
            QStringLiteral("detector-failed")};
}

} // namespace doorveil::vision
