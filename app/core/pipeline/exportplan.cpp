// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/exportplan.h"

#include "pipeline/jobs.h"

#include "base/mediatime.h"

#include <algorithm>

namespace doorveil::pipeline {

redaction::CoverSettings coverSettings(const project::ClipSettings &settings)
{
    redaction::CoverSettings cover;
    cover.style = settings.style;
    cover.scope = settings.scope;
    return cover;
}

base::Result<ExportPlan> makeExportPlan(const project::ReviewDocument &document)
{
    const std::vector<base::FrameTime> &all = document.source.frames;
    const auto earlier = [](const base::FrameTime &frame, std::int64_t pts) { return frame.pts < pts; };
    auto first = all.begin();
    auto last = all.end();
    if (document.settings.trim) {
        first = std::lower_bound(all.begin(), all.end(), document.settings.trim->begin, earlier);
        last = std::lower_bound(first, all.end(), std::max(document.settings.trim->begin, document.settings.trim->end),
                                earlier);
    }
    if (first == last)
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1: the trim leaves no frame").arg(document.source.path)};
    ExportPlan plan;
    plan.firstIndex = first - all.begin();
    plan.frames.assign(first, last);
    plan.cover = std::make_shared<const redaction::CoverPlan>(
        document.tracks, document.zones, document.source.info.displayedSize(), coverSettings(document.settings));
    return plan;
}

std::int64_t shownMilliseconds(const project::SourceRecord &source, std::int64_t pts)
{
    const std::int64_t start = source.frames.empty() ? 0 : source.frames.front().pts;
    return base::toMilliseconds(pts - start, source.info.timeBase);
}

base::Result<base::TimeRange> trimFromMilliseconds(const project::SourceRecord &source, std::int64_t begin,
                                                   std::int64_t end)
{
    const auto earlier = [&source](const base::FrameTime &frame, std::int64_t milliseconds) {
        return shownMilliseconds(source, frame.pts) < milliseconds;
    };
    const auto first = std::lower_bound(source.frames.begin(), source.frames.end(), begin, earlier);
    const auto last = std::lower_bound(source.frames.begin(), source.frames.end(), end, earlier);
    if (first == source.frames.end() || first >= last)
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 shows no frame from %2 to %3")
                               .arg(source.path, base::formatMilliseconds(begin), base::formatMilliseconds(end))};
    const std::int64_t after = last == source.frames.end()
                                   ? source.frames.back().pts + std::max<std::int64_t>(source.frames.back().duration, 1)
                                   : last->pts;
    return base::TimeRange{first->pts, after};
}

} // namespace doorveil::pipeline
