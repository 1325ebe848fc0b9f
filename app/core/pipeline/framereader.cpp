// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/framereader.h"

#include <optional>

namespace doorveil::pipeline {

namespace {

/// Below this many frames decoding from the start costs less than a seek's restart may gain.
constexpr std::int64_t worthSeeking = 50;

base::Error differs()
{
    return {base::ErrorKind::Failure,
            QStringLiteral("the clip decodes differently from when it was analysed; analyse it again"),
            QStringLiteral("source-differs")};
}

} // namespace

base::Result<void> readAllFrames(base::FrameSource &source, FrameQueue &queue, const base::CancelToken &cancel)
{
    while (!cancel.isCancelled()) {
        base::Result<std::optional<base::VideoFrame>> frame = source.nextFrame();
        if (!frame)
            return frame.error();
        if (!frame->has_value()) {
            queue.close();
            return {};
        }
        if (!queue.push(std::move(**frame)))
            return {};
    }
    return cancelledError();
}

base::Result<void> readPlannedFrames(base::FrameSource &source, const ExportPlan &plan, bool damaged, FrameQueue &queue,
                                     const base::CancelToken &cancel)
{
    if (!damaged && plan.firstIndex >= worthSeeking) {
        if (const base::Result<void> sought = source.seek(plan.begin()); !sought)
            return sought;
    }
    std::size_t next = 0;
    while (next < plan.frames.size()) {
        if (cancel.isCancelled())
            return cancelledError();
        base::Result<std::optional<base::VideoFrame>> frame = source.nextFrame();
        if (!frame)
            return frame.error();
        if (!frame->has_value())
            return differs();
        if ((*frame)->pts < plan.begin())
            continue;
        if ((*frame)->pts != plan.frames[next].pts)
            return differs();
        if (!queue.push(std::move(**frame)))
            return {};
        ++next;
    }
    queue.close();
    return {};
}

} // namespace doorveil::pipeline
