// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "decode/ffmpeg_p.h"

#include <vector>

namespace doorveil::decode {

/// Text of a clip as it may be shown: control and formatting characters (line breaks, escapes, direction marks)
/// become spaces, invalid UTF-8 the replacement character, and what is over `limit` characters is cut with "…".
[[nodiscard]] QString cleanText(const char *text, int limit);

/// The tags of the container, its streams, programs and chapters, bounded in number and length.
[[nodiscard]] std::vector<base::Tag> readTags(const AVFormatContext *context);

} // namespace doorveil::decode
