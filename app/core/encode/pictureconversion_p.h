// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/avhandles_p.h"

#include "base/videoframe.h"

namespace doorveil::encode {

/// The size that can be encoded: even, and in interlaced pictures a height of whole chroma row pairs of both fields.
[[nodiscard]] base::Size encodedSizeFor(base::Size storedSize, base::FieldOrder fieldOrder);

/// Writes `source` into `target` (yuv420p of encodedSizeFor()), which has to be writable.
///
/// Integer arithmetic on purpose, the same on every processor: values are rounded from 10 to 8 bits without dithering,
/// range and matrix stay what they are. Chroma is averaged to where 4:2:0 has it: between two rows (of one field in
/// interlaced pictures), and horizontally on the left luma column with the filter 1-2-1. What is missing to the encoded
/// size repeats the last column and the last row (of each field).
void convertPicture(const base::VideoFrame &source, base::FieldOrder fieldOrder, AVFrame &target);

} // namespace doorveil::encode
