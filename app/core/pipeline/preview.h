// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/clipinfo.h"
#include "base/result.h"
#include "base/videoframe.h"

#include <cstdint>
#include <filesystem>

namespace doorveil::pipeline {

/// What a list shows of a clip before it is analysed.
struct ClipPreview
{
    base::ClipInfo info;
    std::int64_t bytes = 0;
    base::Picture picture; ///< of the first frame that decodes, as displayed, pixel aspect not applied; may be null
};

/// Opens and probes a clip and decodes one frame of it, in a worker. Reads little of the file; on the calling thread.
/// For the screen only: the picture shows whoever is in it and must never be written anywhere.
[[nodiscard]] base::Result<ClipPreview> previewClip(const std::filesystem::path &path,
                                                    const base::CancelToken &cancel = {});

/// SHA-256 of a file, read-only, lower-case hex.
[[nodiscard]] base::Result<QString> hashClip(const std::filesystem::path &path, const base::CancelToken &cancel = {});

} // namespace doorveil::pipeline
