// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/tracker.h"

#include "base/picture.h"
#include "tracking/association_p.h"
#include "tracking/follower_p.h"
#include "tracking/framering_p.h"
#include "tracking/livetrack_p.h"
#include "tracking/trackfinish_p.h"

#include <algorithm>
#include <list>
#include <optional>
#include <tuple>

namespace doorveil::tracking {

namespace {
// 1280 keeps a 12-pixel face at 6 pixels in 1080p; smaller ones cannot be followed.
constexpr int followingSide = 1280;
// 72 pictures of at most 1280 x 1280: two seconds at 30 fps and about 60 MB for 16:9.
constexpr std::size_t rememberedFrames = 72;
constexpr double sameFindOverlap = 0.45;
constexpr double sameSubjectOverlap = 0.25;
constexpr double stillThere = 0.6; // correlation with what was last found
constexpr double smallestVisibleShare = 0.35;
// Two finds are the same subject where motion led from the one to the other, or where they look alike, or, if motion
// led near, where nobody else is. In the benchmark's clips the same face correlates at 0.84 and more with its last look
// where motion could not be followed, and somebody else in its place at 0.52 and less.
constexpr double provenOverlap = 0.4;
constexpr double provenLooks = 0.6;
constexpr double neighbourDistance = 2.0; // of centres, in sizes
// Over a jump the still background is followed as well as somebody who stood still.
constexpr double provenLooksOverJump = 0.85;
constexpr double largestFollowedGrowth = 1.6; // of a box since it was last found: more is drift

bool isStrong(const Find &find)
{
    return find.score >= find.strongThreshold;
}

/// Finds are handed out in rounds: strong ones first; then weak ones; then what is left of the strong ones to tracks
/// that were followed astray (to what hid them, say) and are remembered by their earlier motion.
enum class Round { Strong, Weak, Remembered };

/// One find for each object: finds of several detectors and scales of the same thing are joined, the best kept.
std::vector<Find> withoutDuplicates(const std::vector<Find> &finds)
{
    std::vector<Find> sorted;
    for (const Find &find : finds) {
        if (!find.box.isEmpty())
            sorted.push_back(find);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const Find &a, const Find &b) {
        return a.score - a.strongThreshold > b.score - b.strongThreshold;
    });
    std::vector<Find> kept;
    for (const Find &find : sorted) {
        const bool known = std::any_of(kept.begin(), kept.end(), [&](const Find &other) {
            return other.kind == find.kind && base::intersectionOverUnion(other.box, find.box) > sameFindOverlap;
        });
        if (!known)
            kept.push_back(find);
    }
    return kept;
}

/// Where a track was before it was found: points in falling order of frame.
struct Past
{
    std::vector<TrackPoint> points;
    std::vector<Doubt> doubts;
};

bool isInside(const base::Rectangle &box, const std::vector<base::Rectangle> &areas)
{
    return std::any_of(areas.begin(), areas.end(),
                       [&](const base::Rectangle &area) { return area.intersected(box).area() * 2 > box.area(); });
}
} // namespace

struct Tracker::State
{
    State(base::Size displayedSize, base::Rational timeBase, const TrackerSettings &trackerSettings)
        : size(displayedSize),
          settings(trackerSettings),
          ticksPerSecond(timeBase.isPositive() ? double(timeBase.denominator) / double(timeBase.numerator) : 1000.0)
    {
    }

    base::Size size;
    TrackerSettings settings;
    double ticksPerSecond;
    std::vector<FrameEntry> frames;
    FrameRing ring{rememberedFrames};
    std::optional<Follower> follower;
    std::list<LiveTrack> live; ///< in order of start
    std::vector<LiveTrack> ended;

    [[nodiscard]] double secondsBetween(int earlier, int later) const
    {
        return double(frames[std::size_t(later)].pts - frames[std::size_t(earlier)].pts) / ticksPerSecond;
    }
    [[nodiscard]] int now() const { return int(frames.size()) - 1; }

    void endAll();
    void beginFrame(const base::VideoFrame &frame, base::SceneChange change);
    [[nodiscard]] bool isDoubtful(const LiveTrack &track, const std::optional<TrackBox> &followed,
                                  const TrackBox &box) const;
    [[nodiscard]] bool hasNeighbour(const LiveTrack &track, const TrackBox &box) const;
    void doubtOverJump(const std::vector<std::optional<TrackBox>> &followed);
    [[nodiscard]] bool looksAlike(const RecentFrame *frame, const TrackBox &box, const std::optional<Look> &looks,
                                  double least) const;
    [[nodiscard]] std::vector<std::optional<TrackBox>> followAll();
    void takeFinds(std::vector<Find> &finds, const std::vector<std::optional<TrackBox>> &followed,
                   std::vector<bool> &matched, Round round);
    [[nodiscard]] std::optional<Expectation> expectationOf(const LiveTrack &track,
                                                           const std::optional<TrackBox> &followed, Round round) const;
    void found(LiveTrack &track, const Find &find);
    void missed(LiveTrack &track, const std::optional<TrackBox> &followed,
                const std::vector<base::Rectangle> &searched);
    [[nodiscard]] static bool isSure(const LiveTrack &track);
    [[nodiscard]] static bool isLikely(const LiveTrack &track);
    [[nodiscard]] bool mayFollow(const LiveTrack &track, const TrackBox &box) const;
    [[nodiscard]] Past followBack(base::TrackKind kind, const TrackBox &box, int frame, int until, double seconds);
    [[nodiscard]] bool continuesOldTrack(const Find &find, const Past &past,
                                         const std::vector<const LiveTrack *> &missedTracks);
    void start(const Find &find, const std::vector<const LiveTrack *> &missedTracks);
    void dropEnded();
};

void Tracker::State::endAll()
{
    for (LiveTrack &track : live)
        ended.push_back(std::move(track));
    live.clear();
}

void Tracker::State::beginFrame(const base::VideoFrame &frame, base::SceneChange change)
{
    if (frames.empty())
        change = base::SceneChange::None;
    if (change == base::SceneChange::Cut) {
        endAll();
        ring.clear();
    }
    if (!frames.empty())
        frames.back().end = frame.pts;
    frames.push_back({frame.pts, frame.pts + std::max<std::int64_t>(frame.duration, 0), change});
    int factor = 1;
    RecentFrame recent{now(), base::toGreyPicture(frame, followingSide, &factor), {}};
    if (!follower)
        follower.emplace(size, factor);
    ring.push(std::move(recent));
    while (!ring.isEmpty() && secondsBetween(ring.firstIndex(), now()) > settings.followBackSeconds + 0.5
           && ring.firstIndex() < now() - 1)
        ring.dropBefore(ring.firstIndex() + 1);
}

std::vector<std::optional<TrackBox>> Tracker::State::followAll()
{
    std::vector<std::optional<TrackBox>> followed;
    const RecentFrame *before = ring.find(now() - 1);
    const RecentFrame *current = ring.find(now());
    for (const LiveTrack &track : live) {
        std::optional<TrackBox> box;
        if (!track.lost && before != nullptr && track.last().frame == now() - 1) {
            const TrackBox expected = track.expectedAt(now(), frames);
            box = follower->follow(before->grey, current->grey, track.last().box, expected);
            if (box && isStrayAtEdge(*box, expected, size))
                box.reset();
        }
        followed.push_back(box);
    }
    return followed;
}

bool Tracker::State::looksAlike(const RecentFrame *frame, const TrackBox &box, const std::optional<Look> &looks,
                                double least) const
{
    if (frame == nullptr || !looks)
        return false;
    const auto shown = follower->look(frame->grey, box);
    return shown && Follower::similarity(*shown, *looks) >= least;
}

bool Tracker::State::isDoubtful(const LiveTrack &track, const std::optional<TrackBox> &followed,
                                const TrackBox &box) const
{
    if (followed && overlap(*followed, box) >= provenOverlap)
        return false;
    // A body looks different with each gesture, and is too large for somebody else to take its place unseen.
    if ((followed || track.kind == base::TrackKind::Person) && !hasNeighbour(track, box))
        return false;
    return !looksAlike(ring.find(now()), box, track.look, provenLooks);
}

bool Tracker::State::hasNeighbour(const LiveTrack &track, const TrackBox &box) const
{
    int bodies = 0;
    for (const LiveTrack &other : live) {
        const TrackBox place = other.expectedAt(now(), frames);
        if (other.kind == base::TrackKind::Person && place.left() <= box.centreX && place.right() >= box.centreX
            && place.top() <= box.centreY && place.bottom() >= box.centreY)
            ++bodies;
        if (&other != &track && other.kind == track.kind && relativeDistance(place, box) < neighbourDistance)
            return true;
    }
    return bodies > 1;
}

void Tracker::State::doubtOverJump(const std::vector<std::optional<TrackBox>> &followed)
{
    std::size_t index = 0;
    for (LiveTrack &track : live) {
        const std::optional<TrackBox> &box = followed[index++];
        // Of a body's box the background is a large part, and stays: only where all of it stays is it the same.
        const bool isSame = box
                            && (track.kind == base::TrackKind::Person
                                    ? follower->isUnchanged(ring.find(now() - 1)->grey, ring.find(now())->grey, *box)
                                    : looksAlike(ring.find(now()), *box, track.look, provenLooksOverJump));
        if (!isSame)
            track.doubts.push_back({now() - 1, now()});
    }
}

std::optional<Expectation> Tracker::State::expectationOf(const LiveTrack &track,
                                                         const std::optional<TrackBox> &followed, Round round) const
{
    // Where motion could not be followed the find may be a step away; a walker takes about two head sizes in half a
    // second.
    // A vehicle takes two widths of its plate, which is several times as wide as high. Weak finds are too many to be
    // taken from that far.
    const TrackBox &box = track.last().box;
    const bool reachesFar = track.kind == base::TrackKind::Plate && round != Round::Weak;
    const double unit = reachesFar ? box.longerSide() / box.size() : 1.0;
    const auto reachAfter = [unit](double seconds) { return unit * std::min(0.9 + 2.0 * seconds, 2.5); };
    if (round != Round::Remembered) {
        if (followed)
            return Expectation{*followed, 0.8};
        return Expectation{track.expectedAt(now(), frames), reachAfter(secondsBetween(track.last().frame, now()))};
    }
    const double unfound = secondsBetween(track.lastFoundFrame, now());
    if (unfound > settings.bridgeSeconds)
        return std::nullopt;
    return Expectation{track.rememberedAt(now(), frames), reachAfter(unfound)};
}

void Tracker::State::takeFinds(std::vector<Find> &finds, const std::vector<std::optional<TrackBox>> &followed,
                               std::vector<bool> &matched, Round round)
{
    for (const auto kind : {base::TrackKind::Face, base::TrackKind::Head, base::TrackKind::Person,
                            base::TrackKind::Plate, base::TrackKind::Region}) {
        std::vector<Expectation> expectations;
        std::vector<LiveTrack *> tracks;
        std::vector<std::size_t> places;
        std::size_t place = 0;
        for (LiveTrack &track : live) {
            const std::size_t index = place++;
            if (matched[index] || track.kind != kind)
                continue;
            if (const auto expectation = expectationOf(track, followed[index], round)) {
                expectations.push_back(*expectation);
                tracks.push_back(&track);
                places.push_back(index);
            }
        }
        std::vector<TrackBox> boxes;
        std::vector<std::size_t> sources;
        for (std::size_t index = 0; index < finds.size(); ++index) {
            if (finds[index].kind == kind && isStrong(finds[index]) == (round != Round::Weak)) {
                boxes.push_back(TrackBox::of(finds[index].box));
                sources.push_back(index);
            }
        }
        std::vector<std::size_t> used;
        for (const Match &match : associate(expectations, boxes)) {
            LiveTrack &track = *tracks[match.expectation];
            if (isDoubtful(track, followed[places[match.expectation]], boxes[match.find]))
                track.doubts.push_back({track.lastFoundFrame, now()});
            if (round == Round::Remembered)
                track.dropStrayPoints(boxes[match.find], now(), frames);
            found(track, finds[sources[match.find]]);
            matched[places[match.expectation]] = true;
            used.push_back(sources[match.find]);
        }
        std::sort(used.rbegin(), used.rend());
        for (const std::size_t index : used)
            finds.erase(finds.begin() + std::ptrdiff_t(index));
    }
}

void Tracker::State::found(LiveTrack &track, const Find &find)
{
    const TrackBox box = TrackBox::of(find.box);
    if (track.last().frame < now() - 1) {
        // Back after a gap: the motion from here into the gap knows more than a straight line.
        const Past past = followBack(track.kind, box, now(), track.last().frame + 1, settings.followBackSeconds);
        for (const TrackPoint &point : past.points)
            track.put(point);
        track.doubts.insert(track.doubts.end(), past.doubts.begin(), past.doubts.end());
    }
    track.put({now(), box, base::Origin::Detected, find.score});
    track.lastFoundFrame = now();
    track.foundBox = box;
    track.lost = false;
    track.searchedSinceFound = false;
    ++track.timesFound;
    track.bestMargin = std::max(track.bestMargin, find.score - find.strongThreshold);
    track.timesFoundStrong += isStrong(find) && !find.isKept ? 1 : 0;
    track.foundAlone = track.foundAlone || (isStrong(find) && find.score >= find.aloneThreshold);
    if (const RecentFrame *current = ring.find(now()))
        track.look = follower->look(current->grey, box);
}

bool Tracker::State::isSure(const LiveTrack &track)
{
    // False finds come once or twice, just above the threshold; what is there is found again or found clearly.
    constexpr int oftenEnough = 3;
    constexpr float clearly = 0.15F;
    return track.timesFound >= oftenEnough || track.bestMargin >= clearly;
}

/// Whether its finds speak for a track. What a detector takes for an object once, and not that clearly, is a window or
/// a lamp more often than not; what it finds again when it looks again is there.
bool Tracker::State::isLikely(const LiveTrack &track)
{
    return track.foundAlone || track.timesFoundStrong > 1;
}

bool Tracker::State::mayFollow(const LiveTrack &track, const TrackBox &box) const
{
    if (visibleShare(box, size) < smallestVisibleShare)
        return false; // it has left the picture
    if (!track.searchedSinceFound)
        return true;
    const double unfound = secondsBetween(track.lastFoundFrame, now());
    if (!isSure(track))
        return unfound <= settings.unsureFollowSeconds;
    if (unfound <= settings.followSeconds)
        return true;
    if (unfound > settings.rememberSeconds)
        return false;
    return looksAlike(ring.find(now()), box, track.look, stillThere);
}

void Tracker::State::missed(LiveTrack &track, const std::optional<TrackBox> &followed,
                            const std::vector<base::Rectangle> &searched)
{
    if (track.lost || !followed) {
        track.lost = true;
        return;
    }
    TrackBox box = *followed;
    // Never smaller than last found, and not much larger: the rest is the flow's own drift.
    box.width = std::clamp(box.width, track.foundBox.width, track.foundBox.width * largestFollowedGrowth);
    box.height = std::clamp(box.height, track.foundBox.height, track.foundBox.height * largestFollowedGrowth);
    track.searchedSinceFound = track.searchedSinceFound || isInside(box.rectangle(), searched);
    if (!mayFollow(track, box)) {
        track.lost = true;
        return;
    }
    track.put({now(), box, base::Origin::Propagated, 0.0F});
}

Past Tracker::State::followBack(base::TrackKind kind, const TrackBox &box, int frame, int until, double seconds)
{
    Past past;
    TrackBox current = box;
    TrackBox reference = box;
    double stepX = 0.0;
    double stepY = 0.0;
    for (int earlier = frame - 1; earlier >= until; --earlier) {
        const RecentFrame *from = ring.find(earlier + 1);
        RecentFrame *to = ring.find(earlier);
        if (from == nullptr || to == nullptr || secondsBetween(earlier, frame) > seconds)
            break;
        auto before = follower->follow(from->grey, to->grey, current, current.moved(stepX, stepY));
        TrackPoint point{earlier, {}, base::Origin::Propagated, 0.0F};
        const Expectation expectation{before ? *before : current.moved(stepX, stepY), before ? 0.6 : 1.0};
        double bestFit = 0.0;
        std::size_t best = to->looseFinds.size();
        for (std::size_t index = 0; index < to->looseFinds.size(); ++index) {
            const Find &find = to->looseFinds[index];
            const double fit = find.kind == kind ? affinity(expectation, TrackBox::of(find.box)) : 0.0;
            if (fit > bestFit) {
                bestFit = fit;
                best = index;
            }
        }
        if (best < to->looseFinds.size()) {
            const Find find = to->looseFinds[best];
            to->looseFinds.erase(to->looseFinds.begin() + std::ptrdiff_t(best));
            point = {earlier, TrackBox::of(find.box), base::Origin::Detected, find.score};
            reference = point.box;
            if (!before && !looksAlike(to, point.box, follower->look(from->grey, current), provenLooks))
                past.doubts.push_back({earlier, earlier + 1});
        } else if (before) {
            // Walkers come nearer: into the past a box may shrink, but not below half of what was found.
            before->width = std::clamp(before->width, reference.width * 0.5, reference.width * largestFollowedGrowth);
            before->height =
                std::clamp(before->height, reference.height * 0.5, reference.height * largestFollowedGrowth);
            point.box = *before;
        } else {
            break;
        }
        if (visibleShare(point.box, size) < smallestVisibleShare)
            break;
        stepX = point.box.centreX - current.centreX;
        stepY = point.box.centreY - current.centreY;
        current = point.box;
        if (frames[std::size_t(earlier) + 1].change == base::SceneChange::Jump)
            past.doubts.push_back({earlier, earlier + 1});
        past.points.push_back(point);
    }
    return past;
}

bool Tracker::State::continuesOldTrack(const Find &find, const Past &past,
                                       const std::vector<const LiveTrack *> &missedTracks)
{
    for (LiveTrack &track : live) {
        if (track.kind != find.kind
            || std::find(missedTracks.begin(), missedTracks.end(), &track) == missedTracks.end())
            continue;
        // Where the way back crosses a place in which the other was really found, they are the same subject.
        const auto same = std::find_if(past.points.begin(), past.points.end(), [&](const TrackPoint &point) {
            const auto place = std::lower_bound(track.points.begin(), track.points.end(), point.frame,
                                                [](const TrackPoint &other, int frame) { return other.frame < frame; });
            return place != track.points.end() && place->frame == point.frame
                   && (place->origin == base::Origin::Detected || track.lost)
                   && overlap(place->box, point.box) >= sameSubjectOverlap;
        });
        if (same == past.points.end())
            continue;
        const int joined = same->frame;
        while (track.last().frame > joined)
            track.points.pop_back(); // followed astray
        for (auto point = past.points.begin(); point != same; ++point)
            track.put(*point);
        for (const Doubt &doubt : past.doubts) {
            if (doubt.lastOfFormer >= joined)
                track.doubts.push_back(doubt);
        }
        found(track, find);
        return true;
    }
    return false;
}

void Tracker::State::start(const Find &find, const std::vector<const LiveTrack *> &missedTracks)
{
    const TrackBox box = TrackBox::of(find.box);
    const Past past = followBack(find.kind, box, now(), ring.firstIndex(), settings.followBackSeconds);
    if (continuesOldTrack(find, past, missedTracks))
        return;
    LiveTrack track;
    track.kind = find.kind;
    for (const TrackPoint &point : past.points)
        track.put(point);
    track.doubts = past.doubts;
    track.put({now(), box, base::Origin::Detected, find.score});
    live.push_back(std::move(track));
    found(live.back(), find);
}

void Tracker::State::dropEnded()
{
    for (auto track = live.begin(); track != live.end();) {
        if (track->lost && secondsBetween(track->last().frame, now()) > settings.bridgeSeconds) {
            ended.push_back(std::move(*track));
            track = live.erase(track);
        } else {
            ++track;
        }
    }
}

Tracker::Tracker(base::Size displayedSize, base::Rational timeBase, const TrackerSettings &settings)
    : m_state(std::make_unique<State>(displayedSize, timeBase, settings))
{
}

Tracker::~Tracker() = default;

void Tracker::addFrame(const base::VideoFrame &frame, const std::vector<Find> &finds,
                       const std::vector<base::Rectangle> &searched, base::SceneChange change)
{
    State &state = *m_state;
    state.beginFrame(frame, change);
    std::vector<Find> open = withoutDuplicates(finds);
    const auto followed = state.followAll();
    if (state.frames.back().change == base::SceneChange::Jump)
        state.doubtOverJump(followed);
    std::vector<bool> matched(state.live.size(), false);
    state.takeFinds(open, followed, matched, Round::Strong);
    state.takeFinds(open, followed, matched, Round::Weak);
    state.takeFinds(open, followed, matched, Round::Remembered);

    std::vector<const LiveTrack *> missedTracks;
    std::size_t index = 0;
    for (LiveTrack &track : state.live) {
        if (!matched[index]) {
            state.missed(track, followed[index], searched);
            missedTracks.push_back(&track);
        }
        ++index;
    }
    RecentFrame *recent = state.ring.find(state.now());
    for (const Find &find : open) {
        if (isStrong(find))
            state.start(find, missedTracks);
        else
            recent->looseFinds.push_back(find);
    }
    state.dropEnded();
}

std::vector<base::Track> Tracker::finish()
{
    State &state = *m_state;
    state.endAll();
    std::vector<base::Track> tracks;
    for (const LiveTrack &track : state.ended) {
        if (!State::isLikely(track))
            continue;
        for (std::vector<base::Observation> &observations :
             finishTrack(track, state.frames, state.ticksPerSecond, state.settings, state.size)) {
            base::Track result;
            result.kind = track.kind;
            result.observations = std::move(observations);
            tracks.push_back(std::move(result));
        }
    }
    state.ended.clear();
    std::stable_sort(tracks.begin(), tracks.end(), [](const base::Track &a, const base::Track &b) {
        const base::Observation &first = a.observations.front();
        const base::Observation &second = b.observations.front();
        return std::tie(first.pts, first.box.x, first.box.y) < std::tie(second.pts, second.box.x, second.box.y);
    });
    std::int64_t id = 0;
    for (base::Track &track : tracks)
        track.id = ++id;
    return tracks;
}

} // namespace doorveil::tracking
