// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "project/reviewdocument.h"

#include <cstddef>
#include <filesystem>

namespace doorveil::ui {

/// Writes one frame, covered as in an export, as a PNG without any metadata: whole and durable or not at all, never
/// over the clip or the project. The picture has square pixels: where the clip's are not, it is stretched sideways.
/// Blocks: not for the window's thread.
[[nodiscard]] base::Result<void> saveFrameAsPicture(const project::ReviewDocument &document, std::size_t index,
                                                    const std::filesystem::path &target, bool replaceExisting,
                                                    const std::filesystem::path &projectFile,
                                                    const base::CancelToken &cancel);

} // namespace doorveil::ui
