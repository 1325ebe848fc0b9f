// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewedits.h"

#include "base/mediatime.h"
#include "project/documentrules.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace doorveil::ui {

namespace {

using base::Observation;
using base::Origin;
using base::Track;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::ReviewEdits)
};

/// No edit where nothing changes.
PlannedEdit planSettings(const project::ReviewDocument &document, const project::ClipSettings &settings,
                         const QString &text)
{
    PlannedEdit plan;
    plan.text = text;
    if (settings != document.settings)
        plan.edits.emplace_back(project::SetClipSettings{settings});
    return plan;
}

base::Error refusal(const QString &message)
{
    return {base::ErrorKind::Usage, message};
}

Plan gone() // a Plan, since lupdate loses its way in functions that return base::Error
{
    return refusal(Words::tr("This cover is no longer there."));
}

std::ptrdiff_t indexAt(const std::vector<Observation> &observations, std::int64_t pts)
{
    const auto found = std::lower_bound(observations.begin(), observations.end(), pts,
                                        [](const Observation &one, std::int64_t key) { return one.pts < key; });
    return found - observations.begin();
}

bool hasBoxAt(const Track &track, std::int64_t pts)
{
    return base::observationAt(track, pts) != nullptr;
}

base::Rectangle between(const base::Rectangle &from, const base::Rectangle &to, double share)
{
    const auto mix = [share](int a, int b) { return a + (b - a) * share; };
    const int left = int(std::floor(mix(from.x, to.x)));
    const int top = int(std::floor(mix(from.y, to.y)));
    const int right = int(std::ceil(mix(from.right(), to.right())));
    const int bottom = int(std::ceil(mix(from.bottom(), to.bottom())));
    return {left, top, std::max(1, right - left), std::max(1, bottom - top)};
}

/// Guesses on one side of `changed` (its index), nearest first, and where they lead: the next sure box, if there is
/// one.
struct Side
{
    std::vector<std::size_t> guesses;
    std::optional<std::size_t> anchor;
};

Side sideOf(const std::vector<Observation> &observations, std::size_t changed, int step)
{
    Side side;
    for (auto index = std::ptrdiff_t(changed) + step; index >= 0 && index < std::ptrdiff_t(observations.size());
         index += step) {
        if (isSure(observations[std::size_t(index)])) {
            side.anchor = std::size_t(index);
            break;
        }
        side.guesses.push_back(std::size_t(index));
    }
    return side;
}

void lead(std::vector<Observation> &observations, const Side &side, const Observation &from,
          const base::Rectangle &before)
{
    for (const std::size_t index : side.guesses) {
        Observation &guess = observations[index];
        if (side.anchor) {
            const Observation &to = observations[*side.anchor];
            const double share = double(guess.pts - from.pts) / double(to.pts - from.pts);
            guess.box = between(from.box, to.box, share);
        } else {
            // Nothing to lead to: the same way from where it was, with the new size.
            guess.box = {guess.box.x + from.box.x - before.x, guess.box.y + from.box.y - before.y,
                         std::max(1, guess.box.width + from.box.width - before.width),
                         std::max(1, guess.box.height + from.box.height - before.height)};
        }
    }
}

project::Edit decisionEdit(std::int64_t track, const base::Decision &decision)
{
    return project::SetDecision{track, decision};
}

/// Settles what is open about tracks: it no longer matters.
void settleAll(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks, PlannedEdit &plan)
{
    for (const project::CheckItem &check : document.checks) {
        if (!check.settled && std::find(tracks.begin(), tracks.end(), check.track) != tracks.end())
            plan.edits.emplace_back(project::SettleCheck{check.id, true});
    }
}

bool isHead(base::TrackKind kind)
{
    return kind == base::TrackKind::Face || kind == base::TrackKind::Head;
}

/// About what is covered of a box: of a body the upper part, and the boxes' margin. The plan knows exactly, frame by
/// frame; for a hint that two people are in the same place this is enough.
base::Rectangle aboutCovered(const base::Rectangle &box, base::TrackKind kind)
{
    constexpr int headShare = 3; // of a body's height
    const base::Rectangle part =
        kind == base::TrackKind::Person ? base::Rectangle{box.x, box.y, box.width, box.height / headShare} : box;
    return part.grown(part.width * 3 / 10, part.height * 3 / 10);
}

} // namespace

Plan planDecision(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                  const base::Decision &decision, const QString &name)
{
    PlannedEdit plan;
    for (const std::int64_t id : tracks) {
        const Track *track = project::findTrack(document, id);
        if (track == nullptr)
            return gone();
        if (track->decision != decision)
            plan.edits.push_back(decisionEdit(id, decision));
    }
    switch (decision.kind) {
    case base::DecisionKind::Cover:
        plan.text = Words::tr("Cover %1").arg(name);
        break;
    case base::DecisionKind::Show:
        plan.text = Words::tr("Show %1").arg(name);
        break;
    case base::DecisionKind::Dismissed:
        plan.text = Words::tr("Mark %1 as a mistake").arg(name);
        settleAll(document, tracks, plan);
        break;
    }
    return plan;
}

Plan planCoverEveryoneExcept(const project::ReviewDocument &document, const std::vector<std::int64_t> &shown,
                             const base::Decision &decision, const QString &name)
{
    if (shown.empty())
        return refusal(Words::tr("Choose somebody in the list first."));
    PlannedEdit plan;
    plan.text = Words::tr("Cover everyone except %1").arg(name);
    for (const Track &track : document.tracks) {
        const bool kept = std::find(shown.begin(), shown.end(), track.id) != shown.end();
        if (kept && track.decision.kind != base::DecisionKind::Show)
            plan.edits.push_back(decisionEdit(track.id, decision));
        else if (!kept && track.decision.kind == base::DecisionKind::Show)
            plan.edits.push_back(decisionEdit(track.id, base::Decision{}));
    }
    return plan;
}

std::vector<CoverOverShown> coversOverShown(const project::ReviewDocument &document)
{
    std::vector<CoverOverShown> found;
    for (const Track &shown : document.tracks) {
        if (shown.decision.kind != base::DecisionKind::Show || shown.observations.empty())
            continue;
        for (const Track &cover : document.tracks) {
            if (cover.decision.kind != base::DecisionKind::Cover || cover.observations.empty()
                || cover.observations.front().pts > shown.observations.back().pts
                || shown.observations.front().pts > cover.observations.back().pts)
                continue;
            auto other = cover.observations.begin();
            for (const Observation &seen : shown.observations) {
                while (other != cover.observations.end() && other->pts < seen.pts)
                    ++other;
                if (other == cover.observations.end())
                    break;
                const base::Rectangle covered = aboutCovered(other->box, cover.kind);
                const base::Rectangle visible = aboutCovered(seen.box, shown.kind);
                if (other->pts == seen.pts && !covered.intersected(visible).isEmpty()) {
                    found.push_back({cover.id, shown.id, seen.pts});
                    break;
                }
            }
        }
    }
    return found;
}

Plan planBox(const project::ReviewDocument &document, std::int64_t id, std::int64_t pts, const base::Rectangle &box,
             const QString &name, bool resize)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    if (box.clampedTo(document.source.info.displayedSize()).isEmpty())
        return refusal(Words::tr("A cover has to be inside the picture."));
    PlannedEdit plan;
    plan.text = resize ? Words::tr("Resize the cover of %1").arg(name) : Words::tr("Move the cover of %1").arg(name);
    if (!hasBoxAt(*track, pts)) {
        plan.edits.emplace_back(project::MoveObservation{id, {pts, box, Origin::Manual, 0.0F}});
        return plan;
    }
    std::vector<Observation> observations = track->observations;
    const auto index = std::size_t(indexAt(observations, pts));
    const base::Rectangle before = observations[index].box;
    if (before == box)
        return plan;
    observations[index].box = box;
    observations[index].origin = Origin::Manual;
    const Observation changed = observations[index];
    const Side earlier = sideOf(observations, index, -1);
    const Side later = sideOf(observations, index, 1);
    lead(observations, earlier, changed, before);
    lead(observations, later, changed, before);
    const std::size_t first = earlier.guesses.empty() ? index : earlier.guesses.back();
    const std::size_t last = later.guesses.empty() ? index : later.guesses.back();
    if (first == last) {
        plan.edits.emplace_back(project::MoveObservation{id, changed});
        return plan;
    }
    plan.edits.emplace_back(project::ReplaceObservations{
        id,
        {observations[first].pts, observations[last].pts + 1},
        {observations.begin() + std::ptrdiff_t(first), observations.begin() + std::ptrdiff_t(last) + 1}});
    return plan;
}

Plan planAddBox(const project::ReviewDocument &document, std::int64_t id, std::int64_t pts, const QString &name)
{
    constexpr base::Rational longestBridge{5, 1}; // seconds
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    if (hasBoxAt(*track, pts))
        return refusal(Words::tr("%1 is covered in this frame already.").arg(name));
    const auto &observations = track->observations;
    const std::ptrdiff_t next = indexAt(observations, pts);
    const Observation *before = next > 0 ? &observations[std::size_t(next - 1)] : nullptr;
    const Observation *after = next < std::ptrdiff_t(observations.size()) ? &observations[std::size_t(next)] : nullptr;
    if (before == nullptr && after == nullptr)
        return gone();
    const bool nearerBefore = after == nullptr || (before != nullptr && pts - before->pts <= after->pts - pts);
    const Observation added{pts, (nearerBefore ? before : after)->box, Origin::Manual, 0.0F};
    const std::int64_t longest = base::rescale(1, longestBridge, document.source.info.timeBase);
    const bool bridgeBefore = before != nullptr && pts - before->pts <= longest;
    const bool bridgeAfter = after != nullptr && after->pts - pts <= longest;
    std::vector<Observation> all;
    for (const base::FrameTime &frame : document.source.frames) {
        if (frame.pts == pts)
            all.push_back(added);
        else if (frame.pts < pts && bridgeBefore && frame.pts > before->pts)
            all.push_back({frame.pts,
                           between(before->box, added.box, double(frame.pts - before->pts) / double(pts - before->pts)),
                           Origin::Interpolated, 0.0F});
        else if (frame.pts > pts && bridgeAfter && frame.pts < after->pts)
            all.push_back({frame.pts,
                           between(added.box, after->box, double(frame.pts - pts) / double(after->pts - pts)),
                           Origin::Interpolated, 0.0F});
    }
    if (all.empty())
        return refusal(Words::tr("No frame is shown here."));
    const base::TimeRange range{all.front().pts, all.back().pts + 1};
    return PlannedEdit{Words::tr("Cover %1 here too").arg(name),
                       {project::ReplaceObservations{id, range, std::move(all)}}};
}

Plan planRemoveBox(const project::ReviewDocument &document, std::int64_t id, std::int64_t pts, const QString &name)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    if (!hasBoxAt(*track, pts))
        return refusal(Words::tr("%1 has no cover in this frame.").arg(name));
    if (track->observations.size() == 1)
        return refusal(Words::tr("This is the only frame in which %1 is covered. Shift + Delete removes the cover "
                                 "altogether.")
                           .arg(name));
    return PlannedEdit{Words::tr("Remove the cover of %1 in this frame").arg(name),
                       {project::RemoveObservation{id, pts}}};
}

Plan planRemoveTracks(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                      const QString &name)
{
    PlannedEdit plan;
    plan.text = Words::tr("Remove %1").arg(name);
    for (const std::int64_t track : tracks) {
        if (project::findTrack(document, track) == nullptr)
            return gone();
        plan.edits.emplace_back(project::RemoveTrack{track});
    }
    return plan;
}

Plan planDraw(const project::ReviewDocument &document, base::TrackKind kind, std::int64_t pts,
              const base::Rectangle &box)
{
    const base::Rectangle inside = box.clampedTo(document.source.info.displayedSize());
    if (inside.width < 4 || inside.height < 4)
        return refusal(Words::tr("That was too small for a cover. Drag over the whole head or plate."));
    Track track;
    track.id = project::nextTrackId(document);
    track.kind = kind;
    track.observations.push_back({pts, inside, Origin::Manual, 0.0F});
    return PlannedEdit{Words::tr("Draw a cover"), {project::AddTrack{track}}};
}

Plan planFollowed(const project::ReviewDocument &document, std::int64_t id, const std::vector<Observation> &followed,
                  bool backwards, const QString &name)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    PlannedEdit plan;
    plan.text = backwards ? Words::tr("Follow %1 backwards").arg(name) : Words::tr("Follow %1 forwards").arg(name);
    std::vector<Observation> taken;
    const auto take = [&](const Observation &one) {
        const std::ptrdiff_t index = indexAt(track->observations, one.pts);
        const bool here = hasBoxAt(*track, one.pts);
        if (here && isSure(track->observations[std::size_t(index)]))
            return false;
        taken.push_back(one);
        return true;
    };
    if (backwards) {
        for (auto one = followed.rbegin(); one != followed.rend() && take(*one); ++one) { }
        std::reverse(taken.begin(), taken.end());
    } else {
        for (auto one = followed.begin(); one != followed.end() && take(*one); ++one) { }
    }
    if (taken.empty())
        return plan;
    plan.edits.emplace_back(
        project::ReplaceObservations{id, {taken.front().pts, taken.back().pts + 1}, std::move(taken)});
    return plan;
}

Plan planSplit(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks, std::int64_t pts,
               const QString &name)
{
    PlannedEdit plan;
    plan.text = Words::tr("Split %1").arg(name);
    std::int64_t newTrack = project::nextTrackId(document);
    for (const std::int64_t id : tracks) {
        const Track *track = project::findTrack(document, id);
        if (track == nullptr)
            return gone();
        const std::ptrdiff_t index = indexAt(track->observations, pts);
        if (index > 0 && index < std::ptrdiff_t(track->observations.size()))
            plan.edits.emplace_back(project::SplitTrack{id, pts, newTrack++});
    }
    if (plan.edits.empty())
        return refusal(Words::tr("%1 can only be split where it is covered before and after this frame.").arg(name));
    return plan;
}

Plan planMerge(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks, const QString &name)
{
    if (tracks.size() < 2)
        return refusal(Words::tr("Choose two or more entries of the list that are the same person or car."));
    const Track *into = project::findTrack(document, tracks.front());
    if (into == nullptr)
        return gone();
    PlannedEdit plan;
    plan.text = Words::tr("Merge into %1").arg(name);
    for (auto id = tracks.begin() + 1; id != tracks.end(); ++id) {
        const Track *merged = project::findTrack(document, *id);
        if (merged == nullptr)
            return gone();
        if (merged->kind != into->kind) {
            if (!isHead(merged->kind) || !isHead(into->kind))
                return refusal(
                    Words::tr("A %1 and a %2 cannot be merged.").arg(kindText(into->kind), kindText(merged->kind)));
            plan.edits.emplace_back(project::SetKind{*id, into->kind});
        }
        plan.edits.emplace_back(project::MergeTracks{into->id, *id});
    }
    // Tried on a copy: the document's own reasons name tracks by numbers that nobody sees.
    project::ReviewDocument copy;
    copy.source.info = document.source.info;
    for (const std::int64_t id : tracks)
        copy.tracks.push_back(*project::findTrack(document, id));
    std::sort(copy.tracks.begin(), copy.tracks.end(), [](const Track &a, const Track &b) { return a.id < b.id; });
    for (const project::Edit &edit : plan.edits) {
        if (!project::apply(copy, edit))
            return refusal(Words::tr("They are in two places of the picture at the same time, so they are not the same "
                                     "person or car."));
    }
    return plan;
}

Plan planExtend(const project::ReviewDocument &document, std::int64_t id, bool toBeginning, const QString &name)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    const base::TimeRange clip = wholeClip(document.source);
    const Observation &end = toBeginning ? track->observations.front() : track->observations.back();
    std::vector<Observation> added;
    for (const base::FrameTime &frame : document.source.frames) {
        if (toBeginning ? frame.pts < end.pts : frame.pts > end.pts)
            added.push_back({frame.pts, end.box, Origin::Extended, 0.0F});
    }
    PlannedEdit plan;
    plan.text =
        toBeginning ? Words::tr("Cover %1 from the beginning").arg(name) : Words::tr("Cover %1 to the end").arg(name);
    if (added.empty())
        return refusal(Words::tr("%1 is covered there already.").arg(name));
    const base::TimeRange range = toBeginning ? base::TimeRange{clip.begin, end.pts}
                                              : base::TimeRange{end.pts + 1, std::max(clip.end, end.pts + 2)};
    plan.edits.emplace_back(project::ReplaceObservations{id, range, std::move(added)});
    return plan;
}

Plan planKind(const project::ReviewDocument &document, std::int64_t id, base::TrackKind kind, const QString &name)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    PlannedEdit plan;
    plan.text = Words::tr("%1 is a %2").arg(name, kindText(kind));
    if (track->kind != kind)
        plan.edits.emplace_back(project::SetKind{id, kind});
    return plan;
}

Plan planLabel(const project::ReviewDocument &document, std::int64_t id, const QString &label)
{
    const Track *track = project::findTrack(document, id);
    if (track == nullptr)
        return gone();
    const QString name = label.simplified().left(project::limits::labelLength);
    PlannedEdit plan;
    plan.text = name.isEmpty() ? Words::tr("Remove the name") : Words::tr("Name %1").arg(name);
    if (track->label != name)
        plan.edits.emplace_back(project::SetLabel{id, name});
    return plan;
}

Plan planZone(const project::ReviewDocument &document, const base::Polygon &polygon,
              std::optional<base::TimeRange> range, const QString &label)
{
    const base::Rectangle bounds = base::boundingRectangle(polygon);
    if (polygon.size() < 3 || bounds.width < 4 || bounds.height < 4)
        return refusal(Words::tr("A zone needs at least three corners and some area."));
    return PlannedEdit{
        Words::tr("Draw a zone"),
        {project::AddZone{{project::nextZoneId(document), polygon, range, label.left(project::limits::labelLength)}}}};
}

Plan planZoneRange(const project::ReviewDocument &document, std::int64_t id, std::optional<base::TimeRange> range)
{
    const base::Zone *zone = project::findZone(document, id);
    if (zone == nullptr)
        return gone();
    base::Zone changed = *zone;
    changed.range = range;
    PlannedEdit plan;
    plan.text = range ? Words::tr("Limit the zone in time") : Words::tr("Keep the zone for the whole clip");
    if (changed != *zone)
        plan.edits.emplace_back(project::ChangeZone{changed});
    return plan;
}

Plan planRemoveZone(const project::ReviewDocument &document, std::int64_t zone)
{
    if (project::findZone(document, zone) == nullptr)
        return gone();
    return PlannedEdit{Words::tr("Remove the zone"), {project::RemoveZone{zone}}};
}

Plan planMute(const project::ReviewDocument &, const base::TimeRange &range, bool mute)
{
    if (range.begin >= range.end)
        return refusal(Words::tr("Choose a stretch of time first."));
    if (mute)
        return PlannedEdit{Words::tr("Mute a stretch of sound"), {project::MuteRange{range}}};
    return PlannedEdit{Words::tr("Let a stretch of sound be heard"), {project::UnmuteRange{range}}};
}

Plan planKeepSound(const project::ReviewDocument &document, bool keep)
{
    project::ClipSettings settings = document.settings;
    settings.keepAudio = keep;
    return planSettings(document, settings, keep ? Words::tr("Keep the sound") : Words::tr("Leave the sound out"));
}

Plan planTrim(const project::ReviewDocument &document, std::optional<base::TimeRange> trim)
{
    const base::TimeRange clip = wholeClip(document.source);
    if (trim && trim->begin <= clip.begin && trim->end >= clip.end)
        trim.reset();
    if (trim && trim->begin >= trim->end)
        return refusal(Words::tr("The part to keep has to end after it begins."));
    PlannedEdit plan;
    plan.text = trim ? Words::tr("Choose the part to keep") : Words::tr("Keep the whole clip");
    if (document.settings.trim != trim)
        plan.edits.emplace_back(project::SetTrim{trim});
    return plan;
}

Plan planStyle(const project::ReviewDocument &document, base::CoverStyle style)
{
    project::ClipSettings settings = document.settings;
    settings.style = style;
    return planSettings(document, settings, Words::tr("Change how covers look"));
}

Plan planScope(const project::ReviewDocument &document, base::CoverScope scope)
{
    project::ClipSettings settings = document.settings;
    settings.scope = scope;
    return planSettings(document, settings, Words::tr("Change how much is covered"));
}

Plan planRecorded(const project::ReviewDocument &document, const std::optional<QDateTime> &recordedAt,
                  std::int64_t clockOffsetMilliseconds)
{
    project::ClipSettings settings = document.settings;
    settings.recordedAt = recordedAt;
    settings.clockOffsetMilliseconds = clockOffsetMilliseconds;
    return planSettings(document, settings, Words::tr("Set the recorded time"));
}

Plan planSettle(const project::ReviewDocument &document, std::int64_t id, Settlement how, const QString &what)
{
    const project::CheckItem *check = project::findCheck(document, id);
    if (check == nullptr)
        return refusal(Words::tr("This is no longer to be checked."));
    PlannedEdit plan;
    plan.text = Words::tr("Settle “%1”").arg(what);
    if (how == Settlement::Dismiss) {
        if (check->track == 0)
            return refusal(Words::tr("There is no cover here to dismiss."));
        plan.edits.push_back(decisionEdit(check->track, {base::DecisionKind::Dismissed, {}, {}}));
        settleAll(document, {check->track}, plan);
        return plan;
    }
    if (how == Settlement::Cover) {
        if (check->track != 0) {
            plan.edits.push_back(decisionEdit(check->track, base::Decision{}));
        } else if (!check->box.isEmpty()) {
            Plan drawn = planDraw(document, base::TrackKind::Region, check->pts, check->box);
            if (!drawn)
                return drawn;
            plan.edits = drawn->edits;
        }
    }
    plan.edits.emplace_back(project::SettleCheck{id, true});
    return plan;
}

Plan planSettleAlike(const project::ReviewDocument &document, std::int64_t id, const QString &what)
{
    const project::CheckItem *check = project::findCheck(document, id);
    if (check == nullptr)
        return refusal(Words::tr("This is no longer to be checked."));
    const std::vector<Subject> subjects = subjectsOf(document);
    const Subject *subject = subjectOfTrack(subjects, check->track);
    PlannedEdit plan;
    for (const project::CheckItem &other : document.checks) {
        const bool same =
            check->track == other.track || (subject != nullptr && subject == subjectOfTrack(subjects, other.track));
        if (!other.settled && other.kind == check->kind && same)
            plan.edits.emplace_back(project::SettleCheck{other.id, true});
    }
    plan.text = Words::tr("Settle every “%1”").arg(what);
    return plan;
}

Plan planSettleShown(const project::ReviewDocument &document, std::int64_t id, const base::Decision &decision,
                     const QString &what)
{
    const project::CheckItem *check = project::findCheck(document, id);
    if (check == nullptr || check->track == 0)
        return refusal(Words::tr("There is nobody here to show."));
    const std::vector<Subject> subjects = subjectsOf(document);
    const Subject *subject = subjectOfTrack(subjects, check->track);
    const std::vector<std::int64_t> tracks =
        subject != nullptr ? subject->tracks : std::vector<std::int64_t>{check->track};
    PlannedEdit plan;
    plan.text = Words::tr("Settle “%1”").arg(what);
    for (const std::int64_t track : tracks)
        plan.edits.push_back(decisionEdit(track, decision));
    settleAll(document, tracks, plan);
    return plan;
}

Plan planReopen(const project::ReviewDocument &document, std::int64_t id, const QString &what)
{
    if (project::findCheck(document, id) == nullptr)
        return refusal(Words::tr("This is no longer to be checked."));
    return PlannedEdit{Words::tr("Look at “%1” again").arg(what), {project::SettleCheck{id, false}}};
}

Plan planReviewed(const project::ReviewDocument &document, bool reviewed)
{
    if (reviewed && project::hasOpenFinds(document))
        return refusal(
            Words::tr("The check of the finished clip found somebody who is not covered. Settle that first."));
    PlannedEdit plan;
    plan.text = reviewed ? Words::tr("Mark as reviewed") : Words::tr("Take back “reviewed”");
    if (document.reviewed != reviewed)
        plan.edits.emplace_back(project::SetReviewed{reviewed});
    return plan;
}

base::TimeRange wholeClip(const project::SourceRecord &source)
{
    if (source.frames.empty())
        return {0, 1};
    return {source.frames.front().pts,
            source.frames.back().pts + std::max<std::int64_t>(1, source.frames.back().duration)};
}

base::TimeRange keptRange(const project::ReviewDocument &document)
{
    return document.settings.trim.value_or(wholeClip(document.source));
}

} // namespace doorveil::ui
