// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/window.h"

#include "base/mediatime.h"
#include "base/recordedtime.h"

#include <QFileInfo>
#include <QTimeZone>

#include <algorithm>

namespace doorveil::consent {

std::int64_t shownDuration(const project::SourceRecord &source)
{
    if (source.frames.empty())
        return source.info.durationMilliseconds;
    const base::FrameTime &last = source.frames.back();
    return base::toMilliseconds(last.pts + last.duration - source.frames.front().pts, source.info.timeBase);
}

WindowMatch matchWindow(const RequestWindow &window, const project::SourceRecord &source,
                        const project::ClipSettings &settings)
{
    WindowMatch match;
    if (!window.start.isValid() || !window.end.isValid())
        return match;
    std::optional<QDateTime> recordedAt = settings.recordedAt;
    if (!recordedAt) {
        const auto guess =
            base::guessRecordedTime(source.info, QFileInfo(source.path).fileName(), QDateTime::currentDateTime());
        if (!guess)
            return match;
        recordedAt = guess->at;
        match.guessed = true;
    }
    const std::int64_t duration = shownDuration(source);
    match.clipStart = recordedAt->addMSecs(settings.clockOffsetMilliseconds).toTimeZone(window.start.timeZone());
    match.clipEnd = match.clipStart.addMSecs(duration);
    const qint64 begin = std::clamp<qint64>(match.clipStart.msecsTo(window.start), 0, duration);
    const qint64 end = std::clamp<qint64>(match.clipStart.msecsTo(window.end), 0, duration);
    if (begin >= end) {
        match.relation = WindowRelation::Outside;
        return match;
    }
    match.beginMilliseconds = begin;
    match.endMilliseconds = end;
    match.relation = begin == 0 && end == duration ? WindowRelation::Inside : WindowRelation::Partly;
    return match;
}

std::vector<std::size_t> clipsInside(const RequestWindow &window, const std::vector<project::ReviewDocument> &documents)
{
    std::vector<std::size_t> inside;
    for (std::size_t index = 0; index < documents.size(); ++index) {
        const WindowRelation relation =
            matchWindow(window, documents[index].source, documents[index].settings).relation;
        if (relation == WindowRelation::Inside || relation == WindowRelation::Partly)
            inside.push_back(index);
    }
    return inside;
}

} // namespace doorveil::consent
