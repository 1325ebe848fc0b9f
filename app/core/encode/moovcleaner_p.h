// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace doorveil::encode {

/// Takes out of a finished MP4's index what FFmpeg's muxer cannot be told to leave out: the video track's edit list
/// (edit lists are on or off for the whole file there, and sound needs one to skip the encoder's priming) and an empty
/// `udta`. What is cut leaves a `free` box of zeros between index and samples, so that no sample moves.
/// For files this program has just written; the index is small and is held in memory.
[[nodiscard]] base::Result<void> cleanIndex(int descriptor);

} // namespace doorveil::encode
