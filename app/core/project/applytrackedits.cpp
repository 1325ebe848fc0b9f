// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/applyedit_p.h"

#include <limits>

namespace doorveil::project::internal {

namespace {

using Observations = std::vector<base::Observation>;

Observations::iterator positionAt(Observations &observations, std::int64_t pts)
{
    return std::lower_bound(
        observations.begin(), observations.end(), pts,
        [](const base::Observation &observation, std::int64_t key) { return observation.pts < key; });
}

Result<void> checkFrames(const ReviewDocument &document, const Observations &observations)
{
    for (const base::Observation &observation : observations) {
        if (!isFrame(document, observation.pts))
            return refused(QStringLiteral("no frame is shown at tick %1").arg(observation.pts));
    }
    return {};
}

bool agree(const base::Decision &a, const base::Decision &b)
{
    return a.kind == b.kind && (a.kind != base::DecisionKind::Show || a == b);
}

/// Both lists in the order of time. `united` decides what a frame of both gets.
Result<Observations> mergedObservations(const base::Track &track, const base::Track &merged, bool covered)
{
    Observations all;
    all.reserve(track.observations.size() + merged.observations.size());
    auto own = track.observations.begin();
    auto other = merged.observations.begin();
    while (own != track.observations.end() || other != merged.observations.end()) {
        if (other == merged.observations.end() || (own != track.observations.end() && own->pts < other->pts)) {
            all.push_back(*own++);
        } else if (own == track.observations.end() || other->pts < own->pts) {
            all.push_back(*other++);
        } else {
            if (own->box.intersected(other->box).isEmpty())
                return refused(
                    QStringLiteral("tracks %1 and %2 are in different places in the frame at tick %3, so they "
                                   "are not one subject")
                        .arg(track.id)
                        .arg(merged.id)
                        .arg(own->pts));
            all.push_back(*own++);
            if (covered)
                all.back().box = all.back().box.united(other->box);
            ++other;
        }
    }
    return all;
}

/// Things to check about one track become about another; gives the ones from before.
std::vector<CheckItem> retargetChecks(ReviewDocument &document, std::int64_t from, std::int64_t to,
                                      std::int64_t firstPts)
{
    std::vector<CheckItem> before;
    for (CheckItem &check : document.checks) {
        if (check.track != from || check.pts < firstPts)
            continue;
        before.push_back(check);
        check.track = to;
    }
    return before;
}

} // namespace

Result<Edit> applyTo(ReviewDocument &document, const AddTrack &edit)
{
    if (Result<void> valid = validate(edit.track); !valid)
        return refused(valid);
    if (findTrack(document, edit.track.id) != nullptr)
        return refused(QStringLiteral("there is a track %1 already").arg(edit.track.id));
    if (document.tracks.size() >= limits::tracks)
        return refused(QStringLiteral("there are too many tracks"));
    if (Result<void> valid = checkFrames(document, edit.track.observations); !valid)
        return refused(valid);
    insertSorted(document.tracks, edit.track);
    return Edit(RemoveTrack{edit.track.id});
}

Result<Edit> applyTo(ReviewDocument &document, const RemoveTrack &edit)
{
    const base::Track *track = findTrack(document, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    std::vector<Edit> inverse{AddTrack{*track}};
    for (const CheckItem &check : document.checks) {
        if (check.track == edit.track)
            inverse.push_back(AddCheck{check});
    }
    std::erase_if(document.checks, [&edit](const CheckItem &check) { return check.track == edit.track; });
    document.tracks.erase(positionOf(document.tracks, edit.track));
    return inverse.size() == 1 ? inverse.front() : groupOf(QStringLiteral("RestoreTrack"), std::move(inverse));
}

Result<Edit> applyTo(ReviewDocument &document, const MoveObservation &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    if (Result<void> valid = validate(edit.observation); !valid)
        return refused(valid);
    if (!isFrame(document, edit.observation.pts))
        return refused(QStringLiteral("no frame is shown at tick %1").arg(edit.observation.pts));
    const auto position = positionAt(track->observations, edit.observation.pts);
    if (position == track->observations.end() || position->pts != edit.observation.pts) {
        track->observations.insert(position, edit.observation);
        return Edit(RemoveObservation{edit.track, edit.observation.pts});
    }
    return Edit(MoveObservation{edit.track, std::exchange(*position, edit.observation)});
}

Result<Edit> applyTo(ReviewDocument &document, const RemoveObservation &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    const auto position = positionAt(track->observations, edit.pts);
    if (position == track->observations.end() || position->pts != edit.pts)
        return refused(QStringLiteral("track %1 has no box at tick %2").arg(edit.track).arg(edit.pts));
    if (track->observations.size() == 1)
        return refused(QStringLiteral("this is the only box of track %1; remove the track, or dismiss it, instead")
                           .arg(edit.track));
    const base::Observation before = *position;
    track->observations.erase(position);
    return Edit(MoveObservation{edit.track, before});
}

Result<Edit> applyTo(ReviewDocument &document, const ReplaceObservations &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    if (Result<void> valid = validate(edit.range); !valid)
        return refused(valid);
    if (Result<void> valid = validate(edit.observations); !valid)
        return refused(valid);
    if (!edit.observations.empty()
        && (!edit.range.contains(edit.observations.front().pts) || !edit.range.contains(edit.observations.back().pts)))
        return refused(QStringLiteral("a new box lies outside the time range"));
    if (Result<void> valid = checkFrames(document, edit.observations); !valid)
        return refused(valid);
    const auto first = positionAt(track->observations, edit.range.begin);
    const auto last = positionAt(track->observations, edit.range.end);
    if (edit.observations.empty() && first == track->observations.begin() && last == track->observations.end())
        return refused(
            QStringLiteral("track %1 would keep no box; remove the track, or dismiss it, instead").arg(edit.track));
    ReplaceObservations inverse{edit.track, edit.range, {first, last}};
    const auto gap = track->observations.erase(first, last);
    track->observations.insert(gap, edit.observations.begin(), edit.observations.end());
    return Edit(std::move(inverse));
}

Result<Edit> applyTo(ReviewDocument &document, const SplitTrack &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    if (edit.newTrack <= 0 || findTrack(document, edit.newTrack) != nullptr)
        return refused(QStringLiteral("the id of the new track has to be positive and free"));
    if (document.tracks.size() >= limits::tracks)
        return refused(QStringLiteral("there are too many tracks"));
    const auto position = positionAt(track->observations, edit.pts);
    if (position == track->observations.begin() || position == track->observations.end())
        return refused(QStringLiteral("track %1 has no boxes on both sides of tick %2").arg(edit.track).arg(edit.pts));
    base::Track second{edit.newTrack,   track->kind,  {position, track->observations.end()},
                       track->decision, track->style, track->label};
    track->observations.erase(position, track->observations.end());
    insertSorted(document.tracks, second);
    retargetChecks(document, edit.track, edit.newTrack, edit.pts);
    return Edit(MergeTracks{edit.track, edit.newTrack});
}

Result<Edit> applyTo(ReviewDocument &document, const MergeTracks &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    const base::Track *merged = findTrack(document, edit.merged);
    if (track == nullptr)
        return noTrack(edit.track);
    if (merged == nullptr)
        return noTrack(edit.merged);
    if (track == merged)
        return refused(QStringLiteral("a track cannot be merged with itself"));
    if (track->kind != merged->kind)
        return refused(QStringLiteral("track %1 is a %2 and track %3 a %4; give them one kind first")
                           .arg(track->id)
                           .arg(base::toText(track->kind))
                           .arg(merged->id)
                           .arg(base::toText(merged->kind)));
    const base::Decision decision = agree(track->decision, merged->decision) ? track->decision : base::Decision{};
    Result<Observations> all = mergedObservations(*track, *merged, decision.kind == base::DecisionKind::Cover);
    if (!all)
        return all.error();
    constexpr base::TimeRange always{-limits::ticks, limits::ticks};
    if (all->back().pts >= always.end)
        return refused(QStringLiteral("a box has a time that is out of range"));

    std::vector<Edit> inverse{ReplaceObservations{edit.track, always, track->observations},
                              SetDecision{edit.track, track->decision}, AddTrack{*merged}};
    track->observations = std::move(*all);
    track->decision = decision;
    for (const CheckItem &check :
         retargetChecks(document, edit.merged, edit.track, std::numeric_limits<std::int64_t>::min()))
        inverse.push_back(ChangeCheck{check});
    document.tracks.erase(positionOf(document.tracks, edit.merged));
    return groupOf(QStringLiteral("UnmergeTracks"), std::move(inverse));
}

Result<Edit> applyTo(ReviewDocument &document, const SetKind &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    return Edit(SetKind{edit.track, std::exchange(track->kind, edit.kind)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetLabel &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    if (Result<void> valid = validateLabel(edit.label); !valid)
        return refused(valid);
    return Edit(SetLabel{edit.track, std::exchange(track->label, edit.label)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetDecision &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    return Edit(SetDecision{edit.track, std::exchange(track->decision, edit.decision)});
}

Result<Edit> applyTo(ReviewDocument &document, const SetTrackStyle &edit)
{
    base::Track *track = findMutable(document.tracks, edit.track);
    if (track == nullptr)
        return noTrack(edit.track);
    return Edit(SetTrackStyle{edit.track, std::exchange(track->style, edit.style)});
}

} // namespace doorveil::project::internal
