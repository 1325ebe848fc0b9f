// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/trackfinish_p.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace doorveil::tracking {

namespace {
// Half the window of the smoothing: short, so that a cover does not trail a fast walker.
constexpr double smoothingSeconds = 0.1;
// A bridged box grows towards the middle of the gap, an extended one with the time from the last sight.
constexpr double gapGrowth = 0.25;
constexpr double extensionGrowth = 0.2;

/// The points of a track without those at its beginning that were followed back astray. How it moved when it came in is
/// only known now: while it was followed back, its motion was not.
std::vector<TrackPoint> withoutStrayBeginning(const std::vector<TrackPoint> &points,
                                              const std::vector<FrameEntry> &frames, base::Size displayedSize)
{
    const auto found = std::find_if(points.begin(), points.end(),
                                    [](const TrackPoint &point) { return point.origin == base::Origin::Detected; });
    if (std::distance(found, points.end()) < 2)
        return points; // nor is it now
    for (auto later = found; later != points.begin(); --later) {
        const TrackPoint &earlier = *std::prev(later);
        const double ticks = double(frames[std::size_t(earlier.frame)].pts - frames[std::size_t(later->frame)].pts);
        const Speed speed = speedAtStart({later, points.end()}, frames);
        if (isStrayAtEdge(earlier.box, later->box.moved(speed.x * ticks, speed.y * ticks), displayedSize))
            return {later, points.end()};
    }
    return points;
}

/// Grown towards the edges that cut `cut` off, as far as `whole` would reach.
TrackBox grownTowardsEdges(const TrackBox &box, const TrackBox &cut, const TrackBox &whole, base::Size displayedSize)
{
    constexpr double slack = 2.0; // pixels: boxes of what is cut off end that far before the edge
    double left = box.left();
    double top = box.top();
    double right = box.right();
    double bottom = box.bottom();
    if (cut.left() <= slack)
        left = std::min(left, box.right() - whole.width);
    if (cut.right() >= displayedSize.width - slack)
        right = std::max(right, box.left() + whole.width);
    if (cut.top() <= slack)
        top = std::min(top, box.bottom() - whole.height);
    if (cut.bottom() >= displayedSize.height - slack)
        bottom = std::max(bottom, box.top() + whole.height);
    return TrackBox::ofEdges(left, top, right, bottom);
}

/// Between two finds, of which the picture's edge cut off a part of the first: more of it comes in with every frame,
/// and the box that was followed would only hold what was seen then. So it reaches as far towards that edge as the
/// whole does that was found later.
std::vector<TrackPoint> wholeAfterEdge(std::vector<TrackPoint> points, base::Size displayedSize)
{
    const auto isFound = [](const TrackPoint &point) { return point.origin == base::Origin::Detected; };
    auto cut = std::find_if(points.begin(), points.end(), isFound);
    while (cut != points.end()) {
        const auto whole = std::find_if(std::next(cut), points.end(), isFound);
        if (whole != points.end()) {
            for (auto between = std::next(cut); between != whole; ++between)
                between->box = grownTowardsEdges(between->box, cut->box, whole->box, displayedSize);
        }
        cut = whole;
    }
    return points;
}

/// Gaps filled in a straight line between what was seen on both sides.
std::vector<TrackPoint> bridged(const std::vector<TrackPoint> &points, const std::vector<FrameEntry> &frames)
{
    std::vector<TrackPoint> filled;
    for (const TrackPoint &point : points) {
        if (!filled.empty() && point.frame > filled.back().frame + 1) {
            const TrackPoint before = filled.back();
            const auto ticks = [&](int frame) { return double(frames[std::size_t(frame)].pts); };
            for (int frame = before.frame + 1; frame < point.frame; ++frame) {
                const double part = (ticks(frame) - ticks(before.frame)) / (ticks(point.frame) - ticks(before.frame));
                const auto mix = [part](double a, double b) { return a + (b - a) * part; };
                TrackBox box{mix(before.box.centreX, point.box.centreX), mix(before.box.centreY, point.box.centreY),
                             mix(before.box.width, point.box.width), mix(before.box.height, point.box.height)};
                box = box.scaled(1.0 + gapGrowth * 4.0 * part * (1.0 - part));
                filled.push_back({frame, box, base::Origin::Interpolated, 0.0F});
            }
        }
        filled.push_back(point);
    }
    return filled;
}

/// Doubts in order; those with nobody really found between them are one.
std::vector<Doubt> separateDoubts(std::vector<Doubt> doubts, const std::vector<TrackPoint> &points)
{
    std::sort(doubts.begin(), doubts.end(), [](const Doubt &a, const Doubt &b) {
        return std::make_tuple(a.lastOfFormer, a.firstOfLatter) < std::make_tuple(b.lastOfFormer, b.firstOfLatter);
    });
    const auto isFoundWithin = [&](int first, int last) {
        return std::any_of(points.begin(), points.end(), [&](const TrackPoint &point) {
            return point.origin == base::Origin::Detected && point.frame >= first && point.frame <= last;
        });
    };
    std::vector<Doubt> separate;
    for (const Doubt &doubt : doubts) {
        const int since = separate.empty() ? points.front().frame : separate.back().firstOfLatter;
        if (isFoundWithin(since, doubt.lastOfFormer))
            separate.push_back(doubt);
        else if (!separate.empty())
            separate.back().firstOfLatter = std::max(separate.back().firstOfLatter, doubt.firstOfLatter);
    }
    while (!separate.empty() && !isFoundWithin(separate.back().firstOfLatter, points.back().frame))
        separate.pop_back(); // nobody was found after it: nothing says that it is somebody else
    return separate;
}

std::vector<std::vector<TrackPoint>> parted(const std::vector<TrackPoint> &points, const std::vector<Doubt> &doubts)
{
    std::vector<std::vector<TrackPoint>> parts;
    for (std::size_t index = 0; index <= doubts.size(); ++index) {
        parts.emplace_back();
        for (const TrackPoint &point : points) {
            const bool isAfter = index == 0 || point.frame > doubts[index - 1].lastOfFormer;
            const bool isBefore = index == doubts.size() || point.frame < doubts[index].firstOfLatter;
            if (isAfter && isBefore)
                parts.back().push_back(point);
        }
    }
    return parts;
}

/// Edges averaged over a short time, then taken outwards to the box itself: it can only grow.
std::vector<TrackPoint> smoothed(const std::vector<TrackPoint> &points, const std::vector<FrameEntry> &frames,
                                 double window)
{
    std::vector<TrackPoint> result = points;
    std::size_t first = 0;
    std::size_t beyond = 0;
    for (std::size_t index = 0; index < points.size(); ++index) {
        const double now = double(frames[std::size_t(points[index].frame)].pts);
        const auto ticks = [&](std::size_t other) { return double(frames[std::size_t(points[other].frame)].pts); };
        while (ticks(first) < now - window)
            ++first;
        while (beyond < points.size() && ticks(beyond) <= now + window)
            ++beyond;
        // As far into the past as into the future, or the mean would lag at the ends.
        const std::size_t reach = std::min(index - first, beyond - 1 - index);
        double left = 0.0;
        double top = 0.0;
        double right = 0.0;
        double bottom = 0.0;
        const double count = double(2 * reach + 1);
        for (std::size_t other = index - reach; other <= index + reach; ++other) {
            left += points[other].box.left() / count;
            top += points[other].box.top() / count;
            right += points[other].box.right() / count;
            bottom += points[other].box.bottom() / count;
        }
        result[index].box = points[index].box.united(TrackBox::ofEdges(left, top, right, bottom));
    }
    return result;
}

/// The place held and grown, and the place where the motion would have taken it, one size away at most.
TrackBox extendedBox(const TrackBox &box, Speed speed, double ticks, double seconds)
{
    const double limit = box.size();
    const double x = std::clamp(speed.x * ticks, -limit, limit);
    const double y = std::clamp(speed.y * ticks, -limit, limit);
    return box.united(box.moved(x, y)).scaled(1.0 + extensionGrowth * std::min(1.0, seconds / 0.5));
}

void extendForwards(std::vector<TrackPoint> &points, const std::vector<FrameEntry> &frames, double ticksPerSecond,
                    double seconds)
{
    const TrackPoint last = points.back();
    const Speed speed = speedAtEnd(points, frames);
    const double shown = double(frames[std::size_t(last.frame)].pts);
    const double until = double(frames[std::size_t(last.frame)].end) + seconds * ticksPerSecond;
    for (int frame = last.frame + 1; frame < int(frames.size()); ++frame) {
        const FrameEntry &entry = frames[std::size_t(frame)];
        if (entry.change == base::SceneChange::Cut || double(entry.pts) >= until)
            break;
        const double ticks = double(entry.pts) - shown;
        points.push_back(
            {frame, extendedBox(last.box, speed, ticks, ticks / ticksPerSecond), base::Origin::Extended, 0.0F});
    }
}

std::vector<TrackPoint> extensionBefore(const std::vector<TrackPoint> &points, const std::vector<FrameEntry> &frames,
                                        double ticksPerSecond, double seconds)
{
    std::vector<TrackPoint> earlier;
    const TrackPoint &first = points.front();
    const Speed speed = speedAtStart(points, frames);
    const double shown = double(frames[std::size_t(first.frame)].pts);
    for (int frame = first.frame; frame > 0; --frame) {
        if (frames[std::size_t(frame)].change == base::SceneChange::Cut)
            break;
        const FrameEntry &entry = frames[std::size_t(frame - 1)];
        // A frame is on screen until the next one: it counts as long as any of that time is inside the extension.
        if (double(frames[std::size_t(frame)].pts) <= shown - seconds * ticksPerSecond)
            break;
        const double ticks = double(entry.pts) - shown;
        earlier.push_back(
            {frame - 1, extendedBox(first.box, speed, ticks, -ticks / ticksPerSecond), base::Origin::Extended, 0.0F});
    }
    std::reverse(earlier.begin(), earlier.end());
    return earlier;
}
} // namespace

namespace {
std::vector<base::Observation> finishPart(std::vector<TrackPoint> points, const std::vector<FrameEntry> &frames,
                                          double ticksPerSecond, const TrackerSettings &settings,
                                          base::Size displayedSize)
{
    points = smoothed(points, frames, smoothingSeconds * ticksPerSecond);
    std::vector<TrackPoint> all = extensionBefore(points, frames, ticksPerSecond, settings.extendSeconds);
    extendForwards(points, frames, ticksPerSecond, settings.extendSeconds);
    all.insert(all.end(), points.begin(), points.end());

    std::vector<base::Observation> observations;
    for (const TrackPoint &point : all) {
        const base::Rectangle box = point.box.rectangle().clampedTo(displayedSize);
        if (!box.isEmpty())
            observations.push_back({frames[std::size_t(point.frame)].pts, box, point.origin, point.score});
    }
    return observations;
}
} // namespace

std::vector<std::vector<base::Observation>> finishTrack(const LiveTrack &track, const std::vector<FrameEntry> &frames,
                                                        double ticksPerSecond, const TrackerSettings &settings,
                                                        base::Size displayedSize)
{
    const std::vector<TrackPoint> points =
        wholeAfterEdge(bridged(withoutStrayBeginning(track.points, frames, displayedSize), frames), displayedSize);
    std::vector<std::vector<base::Observation>> subjects;
    for (std::vector<TrackPoint> &part : parted(points, separateDoubts(track.doubts, points))) {
        std::vector<base::Observation> observations =
            finishPart(std::move(part), frames, ticksPerSecond, settings, displayedSize);
        if (!observations.empty())
            subjects.push_back(std::move(observations));
    }
    return subjects;
}

} // namespace doorveil::tracking
