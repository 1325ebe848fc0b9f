// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/trackshape.h"

#include <algorithm>

namespace doorveil::ui {

namespace {

SpanKind kindOf(base::Origin origin)
{
    switch (origin) {
    case base::Origin::Interpolated:
        return SpanKind::Bridged;
    case base::Origin::Propagated:
        return SpanKind::Followed;
    case base::Origin::Extended:
        return SpanKind::Extended;
    case base::Origin::Detected:
    case base::Origin::Manual:
    case base::Origin::Verification:
    case base::Origin::Zone:
        break;
    }
    return SpanKind::Seen;
}

} // namespace

TrackShape shapeOf(const base::Track &track, const std::vector<base::FrameTime> &frames)
{
    TrackShape shape;
    if (track.observations.empty())
        return shape;
    auto frame = std::lower_bound(frames.begin(), frames.end(), track.observations.front().pts,
                                  [](const base::FrameTime &time, std::int64_t pts) { return time.pts < pts; });
    for (const base::Observation &observation : track.observations) {
        if (observation.origin == base::Origin::Manual)
            shape.keyframes.push_back(observation.pts);
        while (frame != frames.end() && frame->pts < observation.pts)
            ++frame;
        const bool known = frame != frames.end() && frame->pts == observation.pts;
        const std::int64_t end = observation.pts + std::max<std::int64_t>(1, known ? frame->duration : 1);
        const SpanKind kind = kindOf(observation.origin);
        // Frames follow each other without a gap where the one begins when the other ends.
        if (!shape.spans.empty() && shape.spans.back().kind == kind && shape.spans.back().range.end >= observation.pts)
            shape.spans.back().range.end = end;
        else
            shape.spans.push_back({{observation.pts, end}, kind});
    }
    return shape;
}

std::vector<std::int64_t> stops(const TrackShape &shape)
{
    std::vector<std::int64_t> all = shape.keyframes;
    for (const TrackSpan &span : shape.spans)
        all.push_back(span.range.begin);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

} // namespace doorveil::ui
