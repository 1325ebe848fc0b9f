// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/boundedqueue.h"
#include "base/canceltoken.h"
#include "base/framesource.h"
#include "pipeline/exportplan.h"

namespace doorveil::pipeline {

/// Frames that may wait between two stages. Enough to even out the stages' pace; bounds memory by the frame's size,
/// whatever the clip's length.
inline constexpr std::size_t queuedFrames = 4;
using FrameQueue = base::BoundedQueue<base::VideoFrame>;

/// Reads every frame into the queue and closes it.
[[nodiscard]] base::Result<void> readAllFrames(base::FrameSource &source, FrameQueue &queue,
                                               const base::CancelToken &cancel);

/// Reads exactly the planned frames into the queue and closes it; frames before and after are not decoded where a seek
/// can be trusted (no damage in the source). An error where the source gives other frames than planned: nothing that
/// was not planned may reach an export.
[[nodiscard]] base::Result<void> readPlannedFrames(base::FrameSource &source, const ExportPlan &plan, bool damaged,
                                                   FrameQueue &queue, const base::CancelToken &cancel);

[[nodiscard]] inline base::Error cancelledError()
{
    return {base::ErrorKind::Cancelled, QStringLiteral("cancelled")};
}

} // namespace doorveil::pipeline
