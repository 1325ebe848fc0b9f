// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <cstdint>

namespace doorveil::testsupport {

/// Burns `value` (24 bits) into the luma along the lower edge: a white and a black guard square, then one square a
/// bit, least significant first, white for 1. Squares are wide enough to survive lossy coding. 8-bit frames.
void drawFrameCounter(base::VideoFrame &frame, std::uint32_t value);

/// Width and height of one square in pictures of this size.
[[nodiscard]] int frameCounterSquare(base::Size size);

/// Reads it back from a frame of any layout as stored; -1 where the guard squares are not there.
[[nodiscard]] std::int64_t readFrameCounter(const base::VideoFrame &frame);

} // namespace doorveil::testsupport
