// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectsummary.h"

#include "base/mediatime.h"

#include <algorithm>

namespace doorveil::ui {

RecordedTime RecordedTime::of(const project::ReviewDocument &document)
{
    return {document.settings.recordedAt, document.settings.clockOffsetMilliseconds};
}

ProjectSummary ProjectSummary::of(const project::ReviewDocument &document)
{
    const project::SourceRecord &source = document.source;
    ProjectSummary summary;
    summary.clip = std::filesystem::path(source.nativePath.isEmpty() ? source.path.toStdString()
                                                                     : source.nativePath.toStdString());
    summary.sha256 = source.sha256;
    summary.bytes = source.bytes;
    summary.durationMilliseconds = source.info.durationMilliseconds;
    if (!source.frames.empty()) {
        const base::FrameTime &last = source.frames.back();
        summary.durationMilliseconds =
            base::toMilliseconds(last.pts + last.duration - source.frames.front().pts, source.info.timeBase);
    }
    summary.hasSound = source.info.defaultAudioStream >= 0;
    summary.recorded = RecordedTime::of(document);
    summary.openChecks = int(std::count_if(document.checks.begin(), document.checks.end(),
                                           [](const project::CheckItem &check) { return !check.settled; }));
    summary.reviewed = document.reviewed;
    summary.basicDetectors = document.analysis.basic;
    return summary;
}

} // namespace doorveil::ui
