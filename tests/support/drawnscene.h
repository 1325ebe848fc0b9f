// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <cstdint>
#include <vector>

namespace doorveil::testsupport {

/// A patterned patch in a drawn scene. The pattern is a function of `seed` and of the position inside the patch, so
/// that it can be followed.
struct DrawnPatch
{
    base::Rectangle box;
    std::uint32_t seed = 1;
    int contrast = 60; ///< grey levels above and below the level
    int level = 120; ///< grey level in the middle
};

/// A still, textured background with patches drawn over it, later ones on top; grain of `noise` grey levels that
/// differs from frame to frame. `brightness` is added everywhere. Yuv420, 8 bit.
[[nodiscard]] base::VideoFrame drawScene(base::Size size, std::int64_t pts, const std::vector<DrawnPatch> &patches,
                                         int noise = 0, int brightness = 0, std::uint32_t background = 7);

} // namespace doorveil::testsupport
