// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/analysismerge.h"

#include "project/checks.h"
#include "project/documentrules.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

namespace doorveil::project {

namespace {

using base::Observation;
using base::Origin;
using base::Track;

constexpr double samePlace = 0.3; ///< IoU, as DESIGN section 6 (c)

/// Calls the function with the indices of both boxes for every frame that both have.
template<typename Function> void forEachCommonFrame(const Track &a, const Track &b, Function &&function)
{
    if (a.observations.empty() || b.observations.empty() || a.observations.back().pts < b.observations.front().pts
        || b.observations.back().pts < a.observations.front().pts)
        return;
    std::size_t first = 0;
    std::size_t second = 0;
    while (first < a.observations.size() && second < b.observations.size()) {
        const std::int64_t ptsA = a.observations[first].pts;
        const std::int64_t ptsB = b.observations[second].pts;
        if (ptsA == ptsB)
            function(first, second);
        first += ptsA <= ptsB ? 1 : 0;
        second += ptsB <= ptsA ? 1 : 0;
    }
}

class Merger
{
public:
    Merger(const ReviewDocument &document, const std::vector<Track> &found)
        : m_document(document),
          m_found(found),
          m_result(document.tracks),
          m_nextId(nextTrackId(document)),
          m_second(std::max<std::int64_t>(1, base::rescale(1, {1, 1}, document.source.info.timeBase)))
    {
    }

    SetAnalysis run(const AnalysisRecord &analysis, const std::vector<CheckItem> &checks)
    {
        absorbDecided();
        for (std::size_t index = 0; index < m_found.size(); ++index)
            place(index);
        SetAnalysis edit{analysis, std::move(m_result), {}, std::nullopt};
        edit.checks = mergedChecks(checks);
        return edit;
    }

private:
    /// A box of a new track in the place of a box of a decided one.
    struct Match
    {
        double overlap = 0.0;
        std::size_t found = 0;
        std::size_t foundBox = 0;
        std::size_t decided = 0;
        std::size_t decidedBox = 0;
    };

    /// Takes the finds that belong to shown and dismissed subjects out of what is to be placed.
    void absorbDecided()
    {
        for (const Track &track : m_found)
            m_remaining.push_back(track.observations);
        std::vector<Match> matches;
        for (std::size_t found = 0; found < m_found.size(); ++found) {
            for (std::size_t decided = 0; decided < m_document.tracks.size(); ++decided) {
                const Track &track = m_document.tracks[decided];
                if (track.decision.kind == base::DecisionKind::Cover || track.kind != m_found[found].kind)
                    continue;
                forEachCommonFrame(m_found[found], track, [&](std::size_t foundBox, std::size_t decidedBox) {
                    const double overlap = base::intersectionOverUnion(m_found[found].observations[foundBox].box,
                                                                       track.observations[decidedBox].box);
                    if (overlap >= samePlace)
                        matches.push_back({overlap, found, foundBox, decided, decidedBox});
                });
            }
        }
        takeBest(matches);
    }

    /// One find for each box of a decided track, the best first.
    void takeBest(std::vector<Match> &matches)
    {
        std::stable_sort(matches.begin(), matches.end(),
                         [](const Match &a, const Match &b) { return a.overlap > b.overlap; });
        std::set<std::pair<std::size_t, std::size_t>> usedFound;
        std::set<std::pair<std::size_t, std::size_t>> usedDecided;
        for (const Match &match : matches) {
            if (usedFound.contains({match.found, match.foundBox})
                || usedDecided.contains({match.decided, match.decidedBox}))
                continue;
            usedFound.insert({match.found, match.foundBox});
            usedDecided.insert({match.decided, match.decidedBox});
        }
        for (std::size_t found = 0; found < m_found.size(); ++found) {
            std::vector<Observation> rest;
            for (std::size_t box = 0; box < m_found[found].observations.size(); ++box) {
                if (!usedFound.contains({found, box}))
                    rest.push_back(m_found[found].observations[box]);
            }
            const bool absorbed = rest.size() < m_found[found].observations.size();
            // Around a decided subject, guesses without a find stand for that subject.
            if (absorbed && std::none_of(rest.begin(), rest.end(), base::isFind))
                rest.clear();
            m_remaining[found] = std::move(rest);
        }
    }

    void place(std::size_t index)
    {
        Track track = m_found[index];
        track.observations = std::move(m_remaining[index]);
        if (track.observations.empty())
            return;
        if (Track *target = bestTarget(track)) {
            m_targets[m_found[index].id] = target->id;
            track.observations = refine(*target, track.observations);
        }
        if (track.observations.empty())
            return;
        const std::int64_t id = m_nextId++;
        m_targets.try_emplace(m_found[index].id, id);
        const Observation &first = track.observations.front();
        m_newTracks.push_back({0, QStringLiteral("new-track"), id, first.pts, first.box, false});
        m_result.push_back({id, track.kind, std::move(track.observations), {}, std::nullopt, {}});
    }

    /// The covered track in whose place the new one is in most of the frames they share.
    Track *bestTarget(const Track &track)
    {
        Track *best = nullptr;
        int bestVotes = 0;
        for (Track &candidate : m_result) {
            if (candidate.decision.kind != base::DecisionKind::Cover || candidate.kind != track.kind
                || candidate.id >= firstNewId())
                continue;
            int common = 0;
            int votes = 0;
            forEachCommonFrame(track, candidate, [&](std::size_t own, std::size_t other) {
                ++common;
                votes += base::intersectionOverUnion(track.observations[own].box, candidate.observations[other].box)
                                 >= samePlace
                             ? 1
                             : 0;
            });
            if (2 * votes >= common && votes > bestVotes) {
                best = &candidate;
                bestVotes = votes;
            }
        }
        return best;
    }

    [[nodiscard]] std::int64_t firstNewId() const { return nextTrackId(m_document); }

    /// Adds boxes to a covered track; gives those that have no place in it.
    std::vector<Observation> refine(Track &target, const std::vector<Observation> &boxes)
    {
        std::map<std::int64_t, Observation> merged;
        for (const Observation &box : target.observations)
            merged.emplace(box.pts, box);
        std::set<std::int64_t> &taken = m_taken[target.id];
        std::vector<Observation> rest;
        for (const Observation &box : boxes) {
            const auto [position, isNew] = merged.try_emplace(box.pts, box);
            if (isNew) {
                taken.insert(box.pts);
                continue;
            }
            Observation &own = position->second;
            const bool drawn = own.origin == Origin::Manual;
            const double overlap = base::intersectionOverUnion(own.box, box.box);
            const bool elsewhere = drawn ? overlap < samePlace : own.box.intersected(box.box).isEmpty();
            if (elsewhere || (isFind(box) && taken.contains(box.pts))) {
                rest.push_back(box);
                continue;
            }
            taken.insert(box.pts);
            if (drawn || !isFind(box))
                continue;
            const bool guessed = !isFind(own) && overlap >= samePlace;
            const base::Rectangle area = guessed ? box.box : own.box.united(box.box);
            own = {box.pts, area, box.origin, std::max(own.score, box.score)};
        }
        target.observations.clear();
        for (const auto &[pts, box] : merged)
            target.observations.push_back(box);
        return rest;
    }

    std::vector<CheckItem> mergedChecks(const std::vector<CheckItem> &checks)
    {
        std::vector<CheckItem> result = m_document.checks;
        std::int64_t id = nextCheckId(m_document);
        const auto add = [&result, &id, this](CheckItem item) {
            const bool known = std::any_of(result.begin(), result.end(), [&item, this](const CheckItem &other) {
                return other.kind == item.kind && other.track == item.track
                       && std::llabs(other.pts - item.pts) <= m_second;
            });
            if (known)
                return;
            item.id = id++;
            item.settled = false;
            result.push_back(std::move(item));
        };
        for (const CheckItem &item : m_newTracks)
            add(item);
        for (CheckItem item : checks) {
            if (item.track != 0) {
                const auto target = m_targets.find(item.track);
                if (target == m_targets.end())
                    continue; // about a subject that the owner has decided on
                item.track = target->second;
            }
            add(std::move(item));
        }
        return result;
    }

    const ReviewDocument &m_document;
    const std::vector<Track> &m_found;
    std::vector<Track> m_result;
    std::int64_t m_nextId;
    std::int64_t m_second;
    std::vector<std::vector<Observation>> m_remaining; ///< of each new track, what belongs to no decided one
    std::map<std::int64_t, std::int64_t> m_targets; ///< new track to the one it went into, or became
    std::map<std::int64_t, std::set<std::int64_t>> m_taken; ///< frames of a track that this analysis already spoke for
    std::vector<CheckItem> m_newTracks;
};

} // namespace

SetAnalysis mergeAnalysis(const ReviewDocument &document, const AnalysisRecord &analysis,
                          const std::vector<base::Track> &tracks, const std::vector<CheckItem> &checks)
{
    return Merger(document, tracks).run(analysis, checks);
}

base::Result<SetAnalysis> mergeAnalysis(const ReviewDocument &document, const ReviewDocument &analysed)
{
    if (document.source.sha256 != analysed.source.sha256)
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 is another clip than the project's: its SHA-256 does not agree")
                               .arg(analysed.source.path)};
    SetAnalysis edit = mergeAnalysis(document, analysed.analysis, analysed.tracks, analysed.checks);
    if (document.source.frames == analysed.source.frames && document.source.losses == analysed.source.losses)
        return edit;
    edit.frames = FrameRecord{analysed.source.frames, analysed.source.losses};
    return edit;
}

} // namespace doorveil::project
