// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"

#include <memory>

namespace doorveil::decode {

/// Decodes one clip with FFmpeg through custom I/O on a handed descriptor: an empty protocol list, a container and
/// codec allow-list, limits on pixels, streams and probing. Runs inside doorveil-worker only; the descriptor is
/// borrowed, read with pread (its offset does not matter) and must outlive the returned object.
/// Error kinds: InputNotOpenable with the reason (no supported container, no video, playlist, too large, …).
[[nodiscard]] base::Result<std::unique_ptr<base::FrameSource>> openClip(int descriptor,
                                                                        const base::FrameSourceOptions &options);

} // namespace doorveil::decode
