// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"
#include "decode/ffmpeg_p.h"

#include <optional>

namespace doorveil::decode {

/// The layout pictures of this format are delivered in: the same where there is one, else the nearest that keeps all
/// chroma samples (4:1:1 and 4:4:0 become 4:2:2 and 4:4:4, RGB 4:4:4, more than 10 bits 10).
[[nodiscard]] base::PixelLayout layoutFor(AVPixelFormat format);

/// The planar format of a layout.
[[nodiscard]] AVPixelFormat pixelFormatOf(base::PixelLayout layout);

/// `format` without what its name says twice: the full-range formats by their plain names, alpha dropped (the planes
/// before it are the same).
[[nodiscard]] AVPixelFormat plainFormat(AVPixelFormat format);

/// Whether pictures of this format are delivered sample for sample.
[[nodiscard]] bool isNative(AVPixelFormat format);

[[nodiscard]] bool isRgb(AVPixelFormat format);

/// The matrix RGB pictures are converted with: BT.709 from 720 rows up, BT.601 below (H.273 code points 1 and 6).
[[nodiscard]] int matrixForRgb(int height);

/// Colour of pictures with these tags as delivered. RGB sources become limited-range Y'CbCr. Code points out of
/// H.273's range become 2 (unspecified).
[[nodiscard]] base::ColourInfo colourOf(AVPixelFormat format, int height, AVColorPrimaries primaries,
                                        AVColorTransferCharacteristic transfer, AVColorSpace matrix, AVColorRange range,
                                        AVChromaLocation location);

/// `matrix` (FFmpeg's display matrix, nine 16.16 numbers) as one of the eight orientations; nothing for any other.
/// A matrix of zeros says nothing and is the identity.
[[nodiscard]] std::optional<base::Orientation> orientationOf(const std::int32_t *matrix);

} // namespace doorveil::decode
