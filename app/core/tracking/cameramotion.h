// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

namespace doorveil::tracking {

/// Tells a camera that moves from things that move before it: then parts all over the picture shift the same way.
class CameraMotion
{
public:
    /// Luma as displayed, at most this long a side: the shift of a tenth of its pixel is seen.
    static constexpr int longestSide = 256;

    /// Pictures of one size in order, without gaps; see clear(). True where the camera has moved since the last one.
    [[nodiscard]] bool addPicture(base::GreyPicture picture);
    /// After a cut, or where pictures were left out: the next one is the first.
    void clear() { m_last = {}; }

private:
    base::GreyPicture m_last;
};

} // namespace doorveil::tracking
