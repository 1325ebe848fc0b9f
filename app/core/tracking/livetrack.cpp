// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/livetrack_p.h"

#include <algorithm>

namespace doorveil::tracking {

namespace {
constexpr std::size_t speedPoints = 4;

Speed speedBetween(const TrackPoint &first, const TrackPoint &last, const std::vector<FrameEntry> &frames)
{
    const double ticks = double(frames[std::size_t(last.frame)].pts - frames[std::size_t(first.frame)].pts);
    if (ticks <= 0.0)
        return {};
    return {(last.box.centreX - first.box.centreX) / ticks, (last.box.centreY - first.box.centreY) / ticks};
}
} // namespace

Speed speedAtEnd(std::span<const TrackPoint> points, const std::vector<FrameEntry> &frames)
{
    if (points.size() < 2)
        return {};
    const std::size_t first = points.size() - std::min(points.size(), speedPoints);
    return speedBetween(points[first], points.back(), frames);
}

Speed speedAtStart(std::span<const TrackPoint> points, const std::vector<FrameEntry> &frames)
{
    if (points.size() < 2)
        return {};
    return speedBetween(points.front(), points[std::min(points.size(), speedPoints) - 1], frames);
}

namespace {
TrackBox ahead(const TrackPoint &point, Speed speed, int frame, const std::vector<FrameEntry> &frames)
{
    const double ticks = double(frames[std::size_t(frame)].pts - frames[std::size_t(point.frame)].pts);
    // Nobody keeps a straight line for long: the guess stops some sizes away.
    const double limit = 3.0 * point.box.size();
    return point.box.moved(std::clamp(speed.x * ticks, -limit, limit), std::clamp(speed.y * ticks, -limit, limit));
}
} // namespace

TrackBox LiveTrack::expectedAt(int frame, const std::vector<FrameEntry> &frames) const
{
    return ahead(last(), speedAtEnd(points, frames), frame, frames);
}

TrackBox LiveTrack::rememberedAt(int frame, const std::vector<FrameEntry> &frames) const
{
    std::vector<TrackPoint> known;
    for (auto point = points.rbegin(); point != points.rend() && known.size() < speedPoints; ++point) {
        if (point->frame <= lastFoundFrame)
            known.insert(known.begin(), *point);
    }
    return ahead(known.back(), speedAtEnd(known, frames), frame, frames);
}

void LiveTrack::dropStrayPoints(const TrackBox &box, int frame, const std::vector<FrameEntry> &frames)
{
    constexpr double smallestAgreement = 0.3;
    const auto ticks = [&](int index) { return double(frames[std::size_t(index)].pts); };
    const auto isStray = [&](const TrackPoint &point) {
        if (point.frame <= lastFoundFrame)
            return false;
        const double part = (ticks(point.frame) - ticks(lastFoundFrame)) / (ticks(frame) - ticks(lastFoundFrame));
        TrackBox straight =
            foundBox.moved((box.centreX - foundBox.centreX) * part, (box.centreY - foundBox.centreY) * part);
        straight.width += (box.width - straight.width) * part;
        straight.height += (box.height - straight.height) * part;
        return overlap(straight, point.box) < smallestAgreement;
    };
    points.erase(std::remove_if(points.begin(), points.end(), isStray), points.end());
}

void LiveTrack::put(const TrackPoint &point)
{
    const auto place = std::lower_bound(points.begin(), points.end(), point.frame,
                                        [](const TrackPoint &other, int frame) { return other.frame < frame; });
    if (place == points.end() || place->frame != point.frame)
        points.insert(place, point);
    else if (place->origin != base::Origin::Detected || point.score > place->score)
        *place = point;
}

} // namespace doorveil::tracking
