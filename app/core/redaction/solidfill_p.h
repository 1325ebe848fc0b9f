// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

namespace doorveil::redaction {

/// The sample of plane 0 to 2 that the solid cover shows: a neutral dark grey, a fifth of the way from black to white,
/// the same in every frame of a clip. Black and white levels: ITU-R BT.709 (16 and 235 of 8 bits) or full range.
[[nodiscard]] inline int solidSample(const base::PixelLayout &layout, bool fullRange, int plane)
{
    const int scale = 1 << (layout.bitDepth - 8);
    if (plane != 0)
        return 128 * scale;
    return (fullRange ? 51 : 16 + 44) * scale;
}

} // namespace doorveil::redaction
