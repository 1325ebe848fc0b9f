// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/checks.h"

#include "project/documentrules.h"

#include <algorithm>
#include <array>
#include <optional>

namespace doorveil::project {

namespace {

constexpr std::array<const char *, 8> kindsByRisk{verificationFind,   "damaged-frames",     "bridged-gap",
                                                  "weak-score",       "new-track",          "track-ends-inside",
                                                  "motion-uncovered", "person-without-face"};

/// Below a quarter of the way from the detector's threshold to a perfect score.
constexpr double weakShare = 0.25;
constexpr double defaultThreshold = 0.3; ///< where no detector of the kind is on record
// Seconds. Faces are looked for in every frame; plates and bodies only about every 0.35 and 0.45 s where nothing else
// calls for it, so that a gap begins to say something when a search has come to nothing.
constexpr base::Rational shortestFaceGap{1, 4};
constexpr base::Rational shortestPlateGap{6, 10};
constexpr base::Rational shortestPersonGap{3, 4};
constexpr base::Rational clipEdge{1, 2}; ///< seconds; covers are extended that far anyway
constexpr int edgeDivisor = 40; ///< of the picture's longer side: that near the edge counts as leaving

/// A thing to check with what orders it within its kind: higher first.
struct Candidate
{
    CheckItem item;
    double risk = 0.0;
};

class Finder
{
public:
    explicit Finder(const ReviewDocument &document)
        : m_document(document), m_size(document.source.info.displayedSize()), m_edgeTicks(ticksOf(clipEdge))
    {
    }

    std::vector<CheckItem> run()
    {
        addDamagedFrames();
        for (const base::Track &track : m_document.tracks) {
            if (track.decision.kind != base::DecisionKind::Cover || !hasFind(track))
                continue;
            addGaps(track);
            addWeakScore(track);
            addEnds(track);
            if (track.kind == base::TrackKind::Person && !hasFace(track))
                add("person-without-face", track, largest(track), double(largest(track).box.area()));
        }
        return ordered();
    }

private:
    static bool hasFind(const base::Track &track)
    {
        return std::any_of(track.observations.begin(), track.observations.end(), base::isFind);
    }

    [[nodiscard]] std::int64_t ticksOf(base::Rational seconds) const
    {
        return base::rescale(1, seconds, m_document.source.info.timeBase);
    }

    void add(const char *kind, const base::Track &track, const base::Observation &at, double risk)
    {
        m_candidates.push_back({{0, QString::fromLatin1(kind), track.id, at.pts, at.box, false}, risk});
    }

    void addDamagedFrames()
    {
        bool before = false;
        for (const base::FrameTime &frame : m_document.source.frames) {
            if (frame.damaged && !before)
                m_candidates.push_back({{0, QStringLiteral("damaged-frames"), 0, frame.pts, {}, false}, 0.0});
            before = frame.damaged;
        }
    }

    /// Runs without a find between two finds. A box the owner drew says as much as a find.
    void addGaps(const base::Track &track)
    {
        const auto &boxes = track.observations;
        const std::int64_t shortestGap = ticksOf(track.kind == base::TrackKind::Person  ? shortestPersonGap
                                                 : track.kind == base::TrackKind::Plate ? shortestPlateGap
                                                                                        : shortestFaceGap);
        auto sure = std::find_if(boxes.begin(), boxes.end(), base::isSure);
        while (sure != boxes.end()) {
            const auto next = std::find_if(sure + 1, boxes.end(), base::isSure);
            if (next == boxes.end())
                return;
            const std::int64_t length = next->pts - sure->pts;
            if (next - sure > 1 && length >= shortestGap && !hasFaceBetween(track, sure->pts, next->pts))
                add("bridged-gap", track, *(sure + (next - sure) / 2), double(length));
            sure = next;
        }
    }

    void addWeakScore(const base::Track &track)
    {
        const auto best =
            std::max_element(track.observations.begin(), track.observations.end(),
                             [](const base::Observation &a, const base::Observation &b) { return a.score < b.score; });
        const double threshold = thresholdOf(track.kind);
        if (double(best->score) < threshold + weakShare * (1.0 - threshold))
            add("weak-score", track, *best, 1.0 - double(best->score));
    }

    [[nodiscard]] double thresholdOf(base::TrackKind kind) const
    {
        std::optional<double> lowest;
        for (const DetectorRecord &detector : m_document.analysis.detectors) {
            if (detector.kind == base::toText(kind) && (!lowest || detector.threshold < *lowest))
                lowest = detector.threshold;
        }
        return std::clamp(lowest.value_or(defaultThreshold), 0.0, 1.0);
    }

    void addEnds(const base::Track &track)
    {
        const std::vector<base::FrameTime> &frames = m_document.source.frames;
        if (frames.empty() || m_size.isEmpty())
            return;
        const auto first = std::find_if(track.observations.begin(), track.observations.end(), base::isFind);
        const auto last = std::find_if(track.observations.rbegin(), track.observations.rend(), base::isFind);
        if (first->pts - frames.front().pts > m_edgeTicks && isInside(first->box) && !goesOnIn(track, *first))
            add("track-ends-inside", track, *first, double(first->box.area()));
        if (frames.back().pts - last->pts > m_edgeTicks && isInside(last->box) && &*last != &*first
            && !goesOnIn(track, *last))
            add("track-ends-inside", track, *last, double(last->box.area()));
    }

    /// Another covered track of the kind is there too: the end of one is the beginning of the other.
    [[nodiscard]] bool goesOnIn(const base::Track &track, const base::Observation &end) const
    {
        const auto isThere = [&end](const base::Track &other) {
            const base::Observation *there = base::observationAt(other, end.pts);
            return there != nullptr && there->box.intersected(end.box).area() * 2 > end.box.area();
        };
        return std::any_of(m_document.tracks.begin(), m_document.tracks.end(), [&](const base::Track &other) {
            return other.id != track.id && other.kind == track.kind && other.decision.kind == base::DecisionKind::Cover
                   && isThere(other);
        });
    }

    [[nodiscard]] bool isInside(const base::Rectangle &box) const
    {
        const int margin = std::max(4, std::max(m_size.width, m_size.height) / edgeDivisor);
        const base::Rectangle inner = base::Rectangle{0, 0, m_size.width, m_size.height}.grown(-margin, -margin);
        return box.intersected(inner) == box;
    }

    static const base::Observation &largest(const base::Track &track)
    {
        return *std::max_element(
            track.observations.begin(), track.observations.end(),
            [](const base::Observation &a, const base::Observation &b) { return a.box.area() < b.box.area(); });
    }

    [[nodiscard]] bool hasFace(const base::Track &person) const
    {
        return std::any_of(m_document.tracks.begin(), m_document.tracks.end(), [&person](const base::Track &track) {
            return (track.kind == base::TrackKind::Face || track.kind == base::TrackKind::Head)
                   && isFaceOf(track, person);
        });
    }

    /// Whether a face was found in the body meanwhile. Only for bodies.
    [[nodiscard]] bool hasFaceBetween(const base::Track &person, std::int64_t begin, std::int64_t end) const
    {
        if (person.kind != base::TrackKind::Person)
            return false;
        const auto isThere = [&person, begin, end](const base::Track &face) {
            if (face.kind != base::TrackKind::Face && face.kind != base::TrackKind::Head)
                return false;
            base::Track found = {};
            for (const base::Observation &seen : face.observations) {
                if (seen.pts > begin && seen.pts < end && isFind(seen))
                    found.observations.push_back(seen);
            }
            return !found.observations.empty() && isFaceOf(found, person);
        };
        return std::any_of(m_document.tracks.begin(), m_document.tracks.end(), isThere);
    }

    /// Whether in some frame most of the face lies in the body.
    static bool isFaceOf(const base::Track &face, const base::Track &person)
    {
        auto body = person.observations.begin();
        for (const base::Observation &seen : face.observations) {
            while (body != person.observations.end() && body->pts < seen.pts)
                ++body;
            if (body == person.observations.end())
                return false;
            if (body->pts == seen.pts && 2 * body->box.intersected(seen.box).area() >= seen.box.area())
                return true;
        }
        return false;
    }

    std::vector<CheckItem> ordered()
    {
        std::stable_sort(m_candidates.begin(), m_candidates.end(), [](const Candidate &a, const Candidate &b) {
            const int rankA = riskRank(a.item.kind);
            const int rankB = riskRank(b.item.kind);
            return rankA != rankB ? rankA < rankB : a.risk > b.risk;
        });
        std::vector<CheckItem> items;
        for (Candidate &candidate : m_candidates) {
            candidate.item.id = std::int64_t(items.size()) + 1;
            items.push_back(std::move(candidate.item));
        }
        return items;
    }

    const ReviewDocument &m_document;
    base::Size m_size;
    std::int64_t m_edgeTicks;
    std::vector<Candidate> m_candidates;
};

} // namespace

std::vector<CheckItem> checksFor(const ReviewDocument &document)
{
    return Finder(document).run();
}

int riskRank(const QString &kind)
{
    const auto found = std::find_if(kindsByRisk.begin(), kindsByRisk.end(),
                                    [&kind](const char *word) { return kind == QLatin1String(word); });
    return int(found - kindsByRisk.begin());
}

std::vector<CheckItem> inOrderOfRisk(const ReviewDocument &document)
{
    std::vector<CheckItem> items = document.checks;
    std::stable_sort(items.begin(), items.end(),
                     [](const CheckItem &a, const CheckItem &b) { return riskRank(a.kind) < riskRank(b.kind); });
    return items;
}

} // namespace doorveil::project
