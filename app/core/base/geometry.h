// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace doorveil::base {

struct Size
{
    int width = 0;
    int height = 0;

    [[nodiscard]] bool isEmpty() const { return width <= 0 || height <= 0; }
    bool operator==(const Size &) const = default;
};

struct Point
{
    int x = 0;
    int y = 0;
    bool operator==(const Point &) const = default;
};

/// Corners in order, in pixels; closed by an edge from the last to the first.
using Polygon = std::vector<Point>;

/// Integer pixels, half open: x in [x, x + width), y in [y, y + height).
struct Rectangle
{
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    [[nodiscard]] bool isEmpty() const { return width <= 0 || height <= 0; }
    [[nodiscard]] int right() const { return x + width; } ///< first column outside
    [[nodiscard]] int bottom() const { return y + height; } ///< first row outside
    [[nodiscard]] std::int64_t area() const { return isEmpty() ? 0 : std::int64_t(width) * height; }
    [[nodiscard]] bool contains(Point point) const
    {
        return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
    }

    [[nodiscard]] Rectangle intersected(const Rectangle &other) const
    {
        const int left = std::max(x, other.x);
        const int top = std::max(y, other.y);
        const Rectangle common{left, top, std::min(right(), other.right()) - left,
                               std::min(bottom(), other.bottom()) - top};
        return common.isEmpty() ? Rectangle{} : common;
    }

    /// The smallest rectangle that holds both; an empty one counts for nothing.
    [[nodiscard]] Rectangle united(const Rectangle &other) const
    {
        if (isEmpty())
            return other;
        if (other.isEmpty())
            return *this;
        const int left = std::min(x, other.x);
        const int top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
    }

    /// Grown by that many pixels on each side (negative values shrink).
    [[nodiscard]] Rectangle grown(int horizontally, int vertically) const
    {
        return {x - horizontally, y - vertically, width + 2 * horizontally, height + 2 * vertically};
    }

    [[nodiscard]] Rectangle clampedTo(Size size) const { return intersected({0, 0, size.width, size.height}); }

    bool operator==(const Rectangle &) const = default;
};

/// Intersection over union, in [0, 1].
[[nodiscard]] inline double intersectionOverUnion(const Rectangle &a, const Rectangle &b)
{
    const std::int64_t common = a.intersected(b).area();
    const std::int64_t all = a.area() + b.area() - common;
    return all > 0 ? double(common) / double(all) : 0.0;
}

/// The smallest rectangle that holds all corners.
[[nodiscard]] Rectangle boundingRectangle(const Polygon &polygon);

/// How the stored picture is turned to be displayed: first mirrored left to right (if `mirrored`), then turned
/// clockwise by `quarterTurns` × 90°. Container display matrices that are none of these eight are refused by decode.
struct Orientation
{
    int quarterTurns = 0; ///< 0 to 3, clockwise
    bool mirrored = false;

    [[nodiscard]] bool swapsAxes() const { return quarterTurns % 2 != 0; }
    [[nodiscard]] int degreesClockwise() const { return quarterTurns * 90; }
    bool operator==(const Orientation &) const = default;
};

/// Size as displayed of a stored picture, and the other way round (the two are the same map).
[[nodiscard]] Size orientedSize(Size size, Orientation orientation);

/// A rectangle of the displayed picture in stored coordinates. Exact: covers the very same pixels.
[[nodiscard]] Rectangle displayedToStored(const Rectangle &displayed, Size storedSize, Orientation orientation);

/// A rectangle of the stored picture in displayed coordinates. Exact: covers the very same pixels.
[[nodiscard]] Rectangle storedToDisplayed(const Rectangle &stored, Size storedSize, Orientation orientation);

/// The stored pixel shown at a displayed pixel.
[[nodiscard]] Point displayedToStored(Point displayed, Size storedSize, Orientation orientation);

} // namespace doorveil::base
