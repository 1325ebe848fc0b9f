// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/result.h"
#include "decode/demuxer_p.h"

namespace doorveil::decode {

/// What the container says about a clip: the chosen video stream, its orientation, sound tracks, tags.
/// Where a picture has been decoded, the caller refines size, layout, colour and fields with it.
/// Errors: InputNotOpenable (no video, a codec that is not allowed, an orientation that is none of the eight).
[[nodiscard]] base::Result<base::ClipInfo> describe(const Demuxer &demuxer);

/// FFmpeg's decoder for a stream where the allow-list holds it, else null.
[[nodiscard]] const AVCodec *allowedDecoder(const AVCodecParameters *parameters);

/// Frames a second: the container's average, else FFmpeg's guess; 0 where both are silent or absurd.
[[nodiscard]] AVRational frameRateOf(const Demuxer &demuxer, int streamIndex);

} // namespace doorveil::decode
