// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/documentrules.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace doorveil::project {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error broken(const QString &message)
{
    return {ErrorKind::Failure, message};
}

bool isTime(std::int64_t ticks)
{
    return ticks >= -limits::ticks && ticks <= limits::ticks;
}

bool isCoordinate(int value)
{
    return value >= -limits::coordinate && value <= limits::coordinate;
}

bool isBox(const base::Rectangle &box)
{
    return isCoordinate(box.x) && isCoordinate(box.y) && isCoordinate(box.width) && isCoordinate(box.height);
}

bool isText(const QString &text, qsizetype longest = limits::textLength)
{
    return text.size() <= longest && text.isValidUtf16();
}

template<typename Item> bool idsAscend(const std::vector<Item> &items)
{
    std::int64_t before = 0;
    return std::all_of(items.begin(), items.end(),
                       [&before](const Item &item) { return item.id > std::exchange(before, item.id); });
}

template<typename Item> const Item *find(const std::vector<Item> &items, std::int64_t id)
{
    const auto found = std::lower_bound(items.begin(), items.end(), id,
                                        [](const Item &item, std::int64_t key) { return item.id < key; });
    return found != items.end() && found->id == id ? &*found : nullptr;
}

template<typename Items> Result<void> validateEach(const Items &items)
{
    for (const auto &item : items) {
        if (Result<void> valid = validate(item); !valid)
            return valid;
    }
    return {};
}

Result<void> validateSource(const SourceRecord &source)
{
    if (!isText(source.path) || source.nativePath.size() > limits::textLength || !isText(source.sha256, 64)
        || source.bytes < 0)
        return broken(QStringLiteral("the record of the clip is not valid"));
    const base::ClipInfo &info = source.info;
    if (info.tags.size() > limits::listLength || info.audioStreams.size() > limits::listLength
        || info.otherStreams.size() > limits::listLength || std::size_t(info.assumptions.size()) > limits::listLength
        || source.losses.size() > limits::losses)
        return broken(QStringLiteral("the record of the clip is too long"));
    if (!info.timeBase.isPositive())
        return broken(QStringLiteral("the clip's time base is not positive"));
    if (!isCoordinate(info.storedSize.width) || !isCoordinate(info.storedSize.height))
        return broken(QStringLiteral("the clip's picture is too large"));
    return {};
}

Result<void> validateTracks(const ReviewDocument &document)
{
    if (document.tracks.size() > limits::tracks)
        return broken(QStringLiteral("there are too many tracks"));
    if (!idsAscend(document.tracks))
        return broken(QStringLiteral("the ids of the tracks are not positive, unique and ascending"));
    if (Result<void> valid = validateEach(document.tracks); !valid)
        return valid;
    std::size_t total = 0;
    for (const base::Track &track : document.tracks) {
        total += track.observations.size();
        for (const base::Observation &observation : track.observations) {
            if (!isFrame(document, observation.pts))
                return broken(QStringLiteral("track %1 has a box at tick %2, where no frame is shown")
                                  .arg(track.id)
                                  .arg(observation.pts));
        }
    }
    if (total > limits::observations)
        return broken(QStringLiteral("there are too many boxes"));
    return {};
}

Result<void> validateChecks(const ReviewDocument &document)
{
    if (document.checks.size() > limits::checks || !idsAscend(document.checks))
        return broken(QStringLiteral("the ids of the things to check are not positive, unique and ascending"));
    for (const CheckItem &check : document.checks) {
        if (Result<void> valid = validate(check); !valid)
            return valid;
        if (check.track != 0 && findTrack(document, check.track) == nullptr)
            return broken(
                QStringLiteral("check %1 is about track %2, which does not exist").arg(check.id).arg(check.track));
    }
    return {};
}

} // namespace

Result<void> validate(const base::TimeRange &range)
{
    if (!isTime(range.begin) || !isTime(range.end) || range.begin >= range.end)
        return broken(QStringLiteral("a time range has to end after it begins"));
    return {};
}

Result<void> validate(const std::vector<base::TimeRange> &ranges)
{
    if (ranges.size() > limits::ranges)
        return broken(QStringLiteral("there are too many time ranges"));
    if (Result<void> valid = validateEach(ranges); !valid)
        return valid;
    for (std::size_t index = 1; index < ranges.size(); ++index) {
        if (ranges[index].begin <= ranges[index - 1].end)
            return broken(QStringLiteral("time ranges overlap, touch or are out of order"));
    }
    return {};
}

Result<void> validate(const base::Observation &observation)
{
    if (!isTime(observation.pts))
        return broken(QStringLiteral("a box has a time that is out of range"));
    if (observation.box.isEmpty() || !isBox(observation.box))
        return broken(QStringLiteral("a box is empty or far outside the picture"));
    if (!std::isfinite(observation.score) || observation.score < 0.0F || observation.score > 1.0F)
        return broken(QStringLiteral("a box has a score outside 0 to 1"));
    if (base::toText(observation.origin).isEmpty())
        return broken(QStringLiteral("a box has an unknown origin"));
    return {};
}

Result<void> validate(const std::vector<base::Observation> &observations)
{
    if (observations.size() > limits::observations)
        return broken(QStringLiteral("there are too many boxes"));
    if (Result<void> valid = validateEach(observations); !valid)
        return valid;
    const auto notAscending = std::adjacent_find(
        observations.begin(), observations.end(),
        [](const base::Observation &before, const base::Observation &after) { return before.pts >= after.pts; });
    if (notAscending != observations.end())
        return broken(QStringLiteral("boxes are not in the order of time, one a frame"));
    return {};
}

Result<void> validateLabel(const QString &label)
{
    if (!isText(label, limits::labelLength))
        return broken(QStringLiteral("a name may have at most %1 characters").arg(limits::labelLength));
    if (std::any_of(label.begin(), label.end(),
                    [](QChar character) { return character.category() == QChar::Other_Control; }))
        return broken(QStringLiteral("a name may not hold control characters"));
    return {};
}

Result<void> validate(const base::Track &track)
{
    if (track.id <= 0)
        return broken(QStringLiteral("the id of a track has to be positive"));
    if (track.observations.empty())
        return broken(QStringLiteral("track %1 has no box").arg(track.id));
    if (Result<void> valid = validateLabel(track.label); !valid)
        return valid;
    return validate(track.observations);
}

Result<void> validate(const base::Zone &zone)
{
    if (zone.id <= 0)
        return broken(QStringLiteral("the id of a zone has to be positive"));
    if (zone.polygon.size() < 3 || zone.polygon.size() > limits::corners)
        return broken(QStringLiteral("a zone has 3 to %1 corners").arg(limits::corners));
    for (const base::Point &corner : zone.polygon) {
        if (!isCoordinate(corner.x) || !isCoordinate(corner.y))
            return broken(QStringLiteral("a corner of zone %1 is far outside the picture").arg(zone.id));
    }
    if (base::boundingRectangle(zone.polygon).isEmpty())
        return broken(QStringLiteral("zone %1 has no area").arg(zone.id));
    if (zone.range) {
        if (Result<void> valid = validate(*zone.range); !valid)
            return valid;
    }
    return validateLabel(zone.label);
}

Result<void> validate(const CheckItem &check)
{
    const auto allowed = [](QChar character) {
        return (character >= QLatin1Char('a') && character <= QLatin1Char('z')) || character == QLatin1Char('-');
    };
    if (check.id <= 0 || check.track < 0 || !isTime(check.pts))
        return broken(QStringLiteral("a thing to check has an id or a time that is out of range"));
    if (check.kind.isEmpty() || check.kind.size() > 64 || !std::all_of(check.kind.begin(), check.kind.end(), allowed))
        return broken(QStringLiteral("check %1 has a kind that is no word").arg(check.id));
    if (!isBox(check.box) || check.box.width < 0 || check.box.height < 0)
        return broken(QStringLiteral("the box of check %1 is not valid").arg(check.id));
    return {};
}

Result<void> validate(const ClipSettings &settings)
{
    if (settings.trim) {
        if (Result<void> valid = validate(*settings.trim); !valid)
            return valid;
    }
    if (settings.recordedAt && !settings.recordedAt->isValid())
        return broken(QStringLiteral("the recorded time is no date and time"));
    if (!isTime(settings.clockOffsetMilliseconds))
        return broken(QStringLiteral("the clock offset is out of range"));
    return validate(settings.mutedRanges);
}

Result<void> validate(const AnalysisRecord &analysis)
{
    if (analysis.detectors.size() > limits::listLength || !isText(analysis.programVersion))
        return broken(QStringLiteral("the record of the analysis is too long"));
    for (const DetectorRecord &detector : analysis.detectors) {
        if (!std::isfinite(detector.threshold) || !std::isfinite(detector.aloneThreshold))
            return broken(QStringLiteral("a detector's threshold is no number"));
        if (!isText(detector.id) || !isText(detector.version) || !isText(detector.sha256) || !isText(detector.kind)
            || !isText(detector.licence))
            return broken(QStringLiteral("the record of a detector is too long"));
    }
    return {};
}

Result<void> validate(const std::vector<base::FrameTime> &frames)
{
    if (frames.size() > limits::frames)
        return broken(QStringLiteral("the clip has too many frames"));
    for (std::size_t index = 0; index < frames.size(); ++index) {
        if (!isTime(frames[index].pts) || frames[index].duration < 0 || frames[index].duration > limits::ticks)
            return broken(QStringLiteral("a frame has a time that is out of range"));
        if (index > 0 && frames[index].pts <= frames[index - 1].pts)
            return broken(QStringLiteral("frames are not in the order of time"));
    }
    return {};
}

Result<void> validate(const ReviewDocument &document)
{
    if (Result<void> valid = validateSource(document.source); !valid)
        return valid;
    if (Result<void> valid = validate(document.source.frames); !valid)
        return valid;
    if (Result<void> valid = validate(document.analysis); !valid)
        return valid;
    if (Result<void> valid = validateTracks(document); !valid)
        return valid;
    if (document.zones.size() > limits::zones || !idsAscend(document.zones))
        return broken(QStringLiteral("the ids of the zones are not positive, unique and ascending"));
    if (Result<void> valid = validateEach(document.zones); !valid)
        return valid;
    if (Result<void> valid = validate(document.settings); !valid)
        return valid;
    if (Result<void> valid = validateChecks(document); !valid)
        return valid;
    if (document.reviewed && hasOpenFinds(document))
        return broken(QStringLiteral("it is marked as reviewed although finds of the verification are open"));
    return validate(document.watched);
}

const base::Track *findTrack(const ReviewDocument &document, std::int64_t id)
{
    return find(document.tracks, id);
}

const base::Zone *findZone(const ReviewDocument &document, std::int64_t id)
{
    return find(document.zones, id);
}

const CheckItem *findCheck(const ReviewDocument &document, std::int64_t id)
{
    return find(document.checks, id);
}

std::int64_t nextTrackId(const ReviewDocument &document)
{
    return document.tracks.empty() ? 1 : document.tracks.back().id + 1;
}

std::int64_t nextZoneId(const ReviewDocument &document)
{
    return document.zones.empty() ? 1 : document.zones.back().id + 1;
}

std::int64_t nextCheckId(const ReviewDocument &document)
{
    return document.checks.empty() ? 1 : document.checks.back().id + 1;
}

bool isFrame(const ReviewDocument &document, std::int64_t pts)
{
    const std::vector<base::FrameTime> &frames = document.source.frames;
    if (frames.empty())
        return true;
    const auto found = std::lower_bound(frames.begin(), frames.end(), pts,
                                        [](const base::FrameTime &frame, std::int64_t key) { return frame.pts < key; });
    return found != frames.end() && found->pts == pts;
}

const base::FrameTime *frameShownAt(const ReviewDocument &document, std::int64_t ticks)
{
    const std::vector<base::FrameTime> &frames = document.source.frames;
    if (frames.empty())
        return nullptr;
    const auto after = std::upper_bound(frames.begin(), frames.end(), ticks,
                                        [](std::int64_t key, const base::FrameTime &frame) { return key < frame.pts; });
    return after == frames.begin() ? &frames.front() : &*std::prev(after);
}

bool hasOpenFinds(const ReviewDocument &document)
{
    return std::any_of(document.checks.begin(), document.checks.end(), [](const CheckItem &check) {
        return !check.settled && check.kind == QLatin1String(verificationFind);
    });
}

} // namespace doorveil::project
