// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

namespace doorveil::base {

/// The frame as displayed, 8-bit B, G, R, with the frame's own matrix and range (unspecified matrix: BT.709 from
/// 720 rows up, BT.601 below). Chroma by nearest sample: detectors and screens, not for export.
[[nodiscard]] Picture toPicture(const VideoFrame &frame);

/// The same for a part of the displayed picture (clamped to it).
[[nodiscard]] Picture toPicture(const VideoFrame &frame, const Rectangle &displayedArea);

/// Luma as displayed, 8 bit, scaled down by whole factors (box average) so that no side is longer than `longestSide`;
/// `longestSide` 0 keeps the size. `factor`, where given, gets the whole factor used.
[[nodiscard]] GreyPicture toGreyPicture(const VideoFrame &frame, int longestSide = 0, int *factor = nullptr);

} // namespace doorveil::base
