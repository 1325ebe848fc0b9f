// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "consent/request.h"
#include "project/reviewdocument.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::consent {

enum class WindowRelation {
    Unknown, ///< nobody knows when the clip was recorded
    Outside,
    Inside, ///< whole
    Partly, ///< a trim would leave what lies inside
};

/// How a clip lies to the window asked for.
struct WindowMatch
{
    WindowRelation relation = WindowRelation::Unknown;
    bool guessed = false; ///< the owner has not said when it was recorded; its name or tags say so
    QDateTime clipStart; ///< invalid where unknown
    QDateTime clipEnd;
    std::int64_t beginMilliseconds = 0; ///< of the proposed trim, from the first shown frame
    std::int64_t endMilliseconds = 0;
};

/// By when the first shown frame was recorded: as the owner said, else as name or tags let guess, either with the error
/// of the camera's clock taken out. The window's start belongs to it, its end does not.
[[nodiscard]] WindowMatch matchWindow(const RequestWindow &window, const project::SourceRecord &source,
                                      const project::ClipSettings &settings);

/// Milliseconds from the first shown frame to the end of the last.
[[nodiscard]] std::int64_t shownDuration(const project::SourceRecord &source);

/// Indices of the clips that lie in the window, whole or in part, in the order given.
[[nodiscard]] std::vector<std::size_t> clipsInside(const RequestWindow &window,
                                                   const std::vector<project::ReviewDocument> &documents);

} // namespace doorveil::consent
