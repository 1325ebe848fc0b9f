// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "base/videoframe.h"
#include "project/reviewdocument.h"

#include <cstddef>
#include <functional>
#include <vector>

/// Single pictures out of a clip, in memory. Each function decodes in a worker of its own and runs on the calling
/// thread.
namespace doorveil::pipeline {

/// One frame as an export would show it, for "save this frame as a picture": the source's hash is checked, the same
/// plan and the same redactor cover it, and a frame that cannot be covered is an error, never a picture.
[[nodiscard]] base::Result<base::Picture> coveredPicture(const project::ReviewDocument &document, std::size_t index,
                                                         const base::CancelToken &cancel);

/// A part of a frame as it was filmed, for a list on the owner's screen. Never to be stored.
struct PartRequest
{
    std::int64_t key = 0; ///< the caller's
    std::int64_t pts = 0;
    base::Rectangle area; ///< displayed pixels; clamped to the picture
};

/// Gives the parts in the order of time, each as soon as it is decoded. Frames that cannot be decoded are left out.
[[nodiscard]] base::Result<void> readParts(const project::SourceRecord &source, std::vector<PartRequest> requests,
                                           const std::function<void(const PartRequest &, base::Picture)> &take,
                                           const base::CancelToken &cancel);

} // namespace doorveil::pipeline
