// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/applyedit_p.h"

#include <map>

namespace doorveil::project::internal {

namespace {

using Ranges = std::vector<base::TimeRange>;

/// Times of `range` that are not in `ranges` (sorted, disjoint).
Ranges missingFrom(const Ranges &ranges, base::TimeRange range)
{
    Ranges missing;
    for (const base::TimeRange &present : ranges) {
        if (present.end <= range.begin || present.begin >= range.end)
            continue;
        if (present.begin > range.begin)
            missing.push_back({range.begin, present.begin});
        range.begin = std::max(range.begin, present.end);
        if (range.begin >= range.end)
            return missing;
    }
    missing.push_back(range);
    return missing;
}

/// Times of `ranges` that lie in `range`.
Ranges commonWith(const Ranges &ranges, const base::TimeRange &range)
{
    Ranges common;
    for (const base::TimeRange &present : ranges) {
        const base::TimeRange part{std::max(present.begin, range.begin), std::min(present.end, range.end)};
        if (part.begin < part.end)
            common.push_back(part);
    }
    return common;
}

/// With `range` added: sorted, disjoint, nothing touching.
Ranges with(const Ranges &ranges, base::TimeRange range)
{
    Ranges result;
    for (const base::TimeRange &present : ranges) {
        if (present.end < range.begin || present.begin > range.end) {
            result.push_back(present);
        } else {
            range.begin = std::min(range.begin, present.begin);
            range.end = std::max(range.end, present.end);
        }
    }
    result.push_back(range);
    std::sort(result.begin(), result.end(),
              [](const base::TimeRange &a, const base::TimeRange &b) { return a.begin < b.begin; });
    return result;
}

Ranges without(const Ranges &ranges, const base::TimeRange &range)
{
    Ranges result;
    for (const base::TimeRange &present : ranges) {
        if (present.begin < range.begin)
            result.push_back({present.begin, std::min(present.end, range.begin)});
        if (present.end > range.end)
            result.push_back({std::max(present.begin, range.end), present.end});
    }
    return result;
}

template<typename Inverse> Edit inverseOf(const Ranges &parts, const QString &groupName)
{
    if (parts.size() == 1)
        return Inverse{parts.front()};
    std::vector<Edit> edits;
    for (const base::TimeRange &part : parts)
        edits.push_back(Inverse{part});
    return groupOf(groupName, std::move(edits));
}

Result<void> checkTrim(const ReviewDocument &document, const base::TimeRange &trim)
{
    if (Result<void> valid = validate(trim); !valid)
        return valid;
    const std::vector<base::FrameTime> &frames = document.source.frames;
    const auto first = std::lower_bound(frames.begin(), frames.end(), trim.begin,
                                        [](const base::FrameTime &frame, std::int64_t key) { return frame.pts < key; });
    if (!frames.empty() && (first == frames.end() || first->pts >= trim.end))
        return refused(QStringLiteral("no frame of the clip begins in the time range to keep"));
    return {};
}

/// What the owner did to one track, as far as an analysis must not touch it.
struct OwnersWork
{
    std::vector<base::Observation> manual;
    base::Decision decision;
    std::optional<base::CoverStyle> style;
    QString label;
    bool operator==(const OwnersWork &) const = default;
};

std::map<std::int64_t, OwnersWork> ownersWork(const std::vector<base::Track> &tracks)
{
    std::map<std::int64_t, OwnersWork> work;
    for (const base::Track &track : tracks) {
        OwnersWork of{{}, track.decision, track.style, track.label};
        std::copy_if(track.observations.begin(), track.observations.end(), std::back_inserter(of.manual),
                     [](const base::Observation &observation) { return observation.origin == base::Origin::Manual; });
        if (of != OwnersWork{})
            work.emplace(track.id, std::move(of));
    }
    return work;
}

} // namespace

Result<Edit> applyTo(ReviewDocument &document, const AddZone &edit)
{
    if (Result<void> valid = validate(edit.zone); !valid)
        return refused(valid);
    if (findZone(document, edit.zone.id) != nullptr)
        return refused(QStringLiteral("there is a zone %1 already").arg(edit.zone.id));
    if (document.zones.size() >= limits::zones)
        return refused(QStringLiteral("there are too many zones"));
    insertSorted(document.zones, edit.zone);
    return Edit(RemoveZone{edit.zone.id});
}

Result<Edit> applyTo(ReviewDocument &document, const RemoveZone &edit)
{
    const base::Zone *zone = findZone(document, edit.zone);
    if (zone == nullptr)
        return refused(QStringLiteral("there is no zone %1").arg(edit.zone));
    const base::Zone before = *zone;
    document.zones.erase(positionOf(document.zones, edit.zone));
    return Edit(AddZone{before});
}

Result<Edit> applyTo(ReviewDocument &document, const ChangeZone &edit)
{
    if (Result<void> valid = validate(edit.zone); !valid)
        return refused(valid);
    base::Zone *zone = findMutable(document.zones, edit.zone.id);
    if (zone == nullptr)
        return refused(QStringLiteral("there is no zone %1").arg(edit.zone.id));
    return Edit(ChangeZone{std::exchange(*zone, edit.zone)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetTrim &edit)
{
    if (edit.trim) {
        if (Result<void> valid = checkTrim(document, *edit.trim); !valid)
            return refused(valid);
    }
    return Edit(SetTrim{std::exchange(document.settings.trim, edit.trim)});
}

Result<Edit> applyTo(ReviewDocument &document, const MuteRange &edit)
{
    if (Result<void> valid = validate(edit.range); !valid)
        return refused(valid);
    Ranges &muted = document.settings.mutedRanges;
    if (muted.size() >= limits::ranges)
        return refused(QStringLiteral("there are too many muted ranges"));
    const Ranges added = missingFrom(muted, edit.range);
    muted = with(muted, edit.range);
    return inverseOf<UnmuteRange>(added, QStringLiteral("UnmuteRanges"));
}

Result<Edit> applyTo(ReviewDocument &document, const UnmuteRange &edit)
{
    if (Result<void> valid = validate(edit.range); !valid)
        return refused(valid);
    Ranges &muted = document.settings.mutedRanges;
    const Ranges removed = commonWith(muted, edit.range);
    Ranges kept = without(muted, edit.range);
    if (kept.size() > limits::ranges)
        return refused(QStringLiteral("there are too many muted ranges"));
    muted = std::move(kept);
    return inverseOf<MuteRange>(removed, QStringLiteral("MuteRanges"));
}

Result<Edit> applyTo(ReviewDocument &document, const SetClipSettings &edit)
{
    if (Result<void> valid = validate(edit.settings); !valid)
        return refused(valid);
    if (edit.settings.trim) {
        if (Result<void> valid = checkTrim(document, *edit.settings.trim); !valid)
            return refused(valid);
    }
    return Edit(SetClipSettings{std::exchange(document.settings, edit.settings)});
}

Result<Edit> applyTo(ReviewDocument &document, const AddCheck &edit)
{
    if (Result<void> valid = validate(edit.check); !valid)
        return refused(valid);
    if (findCheck(document, edit.check.id) != nullptr)
        return refused(QStringLiteral("there is a check %1 already").arg(edit.check.id));
    if (edit.check.track != 0 && findTrack(document, edit.check.track) == nullptr)
        return noTrack(edit.check.track);
    if (document.checks.size() >= limits::checks)
        return refused(QStringLiteral("there are too many things to check"));
    insertSorted(document.checks, edit.check);
    return Edit(RemoveCheck{edit.check.id});
}

Result<Edit> applyTo(ReviewDocument &document, const RemoveCheck &edit)
{
    const CheckItem *check = findCheck(document, edit.check);
    if (check == nullptr)
        return refused(QStringLiteral("there is no check %1").arg(edit.check));
    const CheckItem before = *check;
    document.checks.erase(positionOf(document.checks, edit.check));
    return Edit(AddCheck{before});
}

Result<Edit> applyTo(ReviewDocument &document, const ChangeCheck &edit)
{
    if (Result<void> valid = validate(edit.check); !valid)
        return refused(valid);
    CheckItem *check = findMutable(document.checks, edit.check.id);
    if (check == nullptr)
        return refused(QStringLiteral("there is no check %1").arg(edit.check.id));
    if (edit.check.track != 0 && findTrack(document, edit.check.track) == nullptr)
        return noTrack(edit.check.track);
    return Edit(ChangeCheck{std::exchange(*check, edit.check)});
}

Result<Edit> applyTo(ReviewDocument &document, const SettleCheck &edit)
{
    CheckItem *check = findMutable(document.checks, edit.check);
    if (check == nullptr)
        return refused(QStringLiteral("there is no check %1").arg(edit.check));
    return Edit(SettleCheck{edit.check, std::exchange(check->settled, edit.settled)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetWatched &edit)
{
    if (Result<void> valid = validate(edit.watched); !valid)
        return refused(valid);
    return Edit(SetWatched{std::exchange(document.watched, edit.watched)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetReviewed &edit)
{
    if (edit.reviewed && hasOpenFinds(document))
        return refused(QStringLiteral("what the verification found has to be settled first"));
    return Edit(SetReviewed{std::exchange(document.reviewed, edit.reviewed)});
}

Result<Edit> applyTo(ReviewDocument &document, const RelinkSource &edit)
{
    SourceRecord &source = document.source;
    if (edit.sha256 != source.sha256)
        return refused(QStringLiteral("%1 is another clip: its SHA-256 does not agree").arg(edit.path));
    if (edit.path.isEmpty() || edit.path.size() > limits::textLength || !edit.path.isValidUtf16()
        || edit.nativePath.size() > limits::textLength)
        return refused(QStringLiteral("the clip's new path is empty or too long"));
    return Edit(RelinkSource{std::exchange(source.path, edit.path), std::exchange(source.nativePath, edit.nativePath),
                             source.sha256});
}

Result<Edit> applyTo(ReviewDocument &document, const SetAnalysis &edit)
{
    if (ownersWork(document.tracks) != ownersWork(edit.tracks))
        return refused(
            QStringLiteral("an analysis may not alter boxes drawn by the owner, decisions, styles or names"));
    SetAnalysis inverse{edit.analysis, edit.tracks, edit.checks, edit.frames};
    const auto exchange = [&document, &inverse] {
        std::swap(document.analysis, inverse.analysis);
        std::swap(document.tracks, inverse.tracks);
        std::swap(document.checks, inverse.checks);
        if (inverse.frames) {
            std::swap(document.source.frames, inverse.frames->frames);
            std::swap(document.source.losses, inverse.frames->losses);
        }
    };
    const bool wasReviewed = std::exchange(document.reviewed, false);
    exchange();
    if (Result<void> valid = validate(document); !valid) {
        exchange();
        document.reviewed = wasReviewed;
        return refused(valid);
    }
    if (!wasReviewed)
        return Edit(std::move(inverse));
    return groupOf(QStringLiteral("UndoAnalysis"), {std::move(inverse), SetReviewed{true}});
}

} // namespace doorveil::project::internal
