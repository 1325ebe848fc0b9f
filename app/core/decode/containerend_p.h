// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/descriptorio_p.h"

namespace doorveil::decode {

/// Whether a file is shorter than the sizes that its container names: FFmpeg reads such a file to its last byte and
/// reports an ordinary end. Knows MP4 and MOV (boxes), Matroska (segment) and AVI (RIFF); false for others.
[[nodiscard]] bool endsBeforeItsEnd(const DescriptorIo &file);

} // namespace doorveil::decode
