// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <algorithm>
#include <cmath>

namespace doorveil::tracking {

/// A box with sub-pixel position, displayed pixels: centre and size, so that motion and scale act on it directly.
struct TrackBox
{
    double centreX = 0.0;
    double centreY = 0.0;
    double width = 0.0;
    double height = 0.0;

    [[nodiscard]] static TrackBox of(const base::Rectangle &rectangle)
    {
        return {rectangle.x + rectangle.width / 2.0, rectangle.y + rectangle.height / 2.0, double(rectangle.width),
                double(rectangle.height)};
    }
    [[nodiscard]] static TrackBox ofEdges(double left, double top, double right, double bottom)
    {
        return {(left + right) / 2.0, (top + bottom) / 2.0, right - left, bottom - top};
    }

    [[nodiscard]] double left() const { return centreX - width / 2.0; }
    [[nodiscard]] double top() const { return centreY - height / 2.0; }
    [[nodiscard]] double right() const { return centreX + width / 2.0; }
    [[nodiscard]] double bottom() const { return centreY + height / 2.0; }
    [[nodiscard]] double size() const { return std::sqrt(std::max(width * height, 1.0)); }
    [[nodiscard]] double longerSide() const { return std::max(width, height); }

    [[nodiscard]] TrackBox moved(double x, double y) const { return {centreX + x, centreY + y, width, height}; }
    [[nodiscard]] TrackBox scaled(double factor) const { return {centreX, centreY, width * factor, height * factor}; }
    [[nodiscard]] TrackBox united(const TrackBox &other) const
    {
        return ofEdges(std::min(left(), other.left()), std::min(top(), other.top()), std::max(right(), other.right()),
                       std::max(bottom(), other.bottom()));
    }

    /// Rounded outwards: never smaller than the box itself.
    [[nodiscard]] base::Rectangle rectangle() const
    {
        const int x = int(std::floor(left() + roundingSlack));
        const int y = int(std::floor(top() + roundingSlack));
        return {x, y, int(std::ceil(right() - roundingSlack)) - x, int(std::ceil(bottom() - roundingSlack)) - y};
    }

    /// Keeps a whole-number box whole after arithmetic noise.
    static constexpr double roundingSlack = 1e-6;
};

[[nodiscard]] inline double overlap(const TrackBox &a, const TrackBox &b)
{
    const double width = std::min(a.right(), b.right()) - std::max(a.left(), b.left());
    const double height = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
    if (width <= 0.0 || height <= 0.0)
        return 0.0;
    const double common = width * height;
    return common / (a.width * a.height + b.width * b.height - common);
}

/// Distance of the centres in units of the mean size.
[[nodiscard]] inline double relativeDistance(const TrackBox &a, const TrackBox &b)
{
    return 2.0 * std::hypot(a.centreX - b.centreX, a.centreY - b.centreY) / (a.size() + b.size());
}

/// How much of a box lies in the picture, in [0, 1].
[[nodiscard]] inline double visibleShare(const TrackBox &box, base::Size picture)
{
    const base::Rectangle whole = box.rectangle();
    return whole.isEmpty() ? 0.0 : double(whole.clampedTo(picture).area()) / double(whole.area());
}

/// Whether a box that was followed to one place is something else, because its motion leads out of the picture: of what
/// is cut off there too little is left to be recognised, so that what looks most like it is inside.
[[nodiscard]] inline bool isStrayAtEdge(const TrackBox &followed, const TrackBox &expected, base::Size picture)
{
    constexpr double leavingShare = 0.9;
    constexpr double strayDistance = 0.75;
    return visibleShare(expected, picture) < leavingShare && relativeDistance(followed, expected) > strayDistance;
}

} // namespace doorveil::tracking
