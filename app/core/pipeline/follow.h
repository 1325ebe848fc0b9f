// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "base/track.h"
#include "project/reviewdocument.h"

#include <cstddef>
#include <vector>

namespace doorveil::pipeline {

struct FollowParameters
{
    base::Rectangle box; ///< as the owner drew it, displayed pixels
    std::size_t index = 0; ///< of the frame it was drawn in, in source.frames
    bool backwards = false;
    std::size_t limit = 0; ///< frames to follow it at most; 0 for to the clip's end (or beginning)
};

struct Followed
{
    /// Propagated, one a frame, without the drawn one, in order of time. Empty where it is lost at once.
    std::vector<base::Observation> observations;
    bool lost = false; ///< it ended before the limit and before the clip did
};

/// Follows a drawn box through the clip's picture, forwards or backwards. Decodes in a worker of its own; backwards in
/// blocks, so that memory stays bounded. Runs on the calling thread. Progress counts frames.
[[nodiscard]] base::Result<Followed> followBox(const project::SourceRecord &source, const FollowParameters &parameters,
                                               const base::ProgressCallback &progress, const base::CancelToken &cancel);

} // namespace doorveil::pipeline
