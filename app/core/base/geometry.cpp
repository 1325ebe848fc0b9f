// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/geometry.h"

namespace doorveil::base {

Rectangle boundingRectangle(const Polygon &polygon)
{
    if (polygon.empty())
        return {};
    int left = polygon.front().x;
    int right = left;
    int top = polygon.front().y;
    int bottom = top;
    for (const Point &corner : polygon) {
        left = std::min(left, corner.x);
        right = std::max(right, corner.x);
        top = std::min(top, corner.y);
        bottom = std::max(bottom, corner.y);
    }
    return {left, top, right - left, bottom - top};
}

Size orientedSize(Size size, Orientation orientation)
{
    return orientation.swapsAxes() ? Size{size.height, size.width} : size;
}

Point displayedToStored(Point displayed, Size storedSize, Orientation orientation)
{
    Point stored;
    switch (orientation.quarterTurns & 3) {
    case 0:
        stored = displayed;
        break;
    case 1: // clockwise: stored (x, y) is shown at (height - 1 - y, x)
        stored = {displayed.y, storedSize.height - 1 - displayed.x};
        break;
    case 2:
        stored = {storedSize.width - 1 - displayed.x, storedSize.height - 1 - displayed.y};
        break;
    default: // counter-clockwise: stored (x, y) is shown at (y, width - 1 - x)
        stored = {storedSize.width - 1 - displayed.y, displayed.x};
        break;
    }
    if (orientation.mirrored)
        stored.x = storedSize.width - 1 - stored.x;
    return stored;
}

Rectangle displayedToStored(const Rectangle &displayed, Size storedSize, Orientation orientation)
{
    if (displayed.isEmpty())
        return {};
    const Point first = displayedToStored(Point{displayed.x, displayed.y}, storedSize, orientation);
    const Point last = displayedToStored(Point{displayed.right() - 1, displayed.bottom() - 1}, storedSize, orientation);
    const int left = std::min(first.x, last.x);
    const int top = std::min(first.y, last.y);
    return {left, top, std::max(first.x, last.x) - left + 1, std::max(first.y, last.y) - top + 1};
}

Rectangle storedToDisplayed(const Rectangle &stored, Size storedSize, Orientation orientation)
{
    if (stored.isEmpty())
        return {};
    const auto shown = [&](Point point) -> Point {
        if (orientation.mirrored)
            point.x = storedSize.width - 1 - point.x;
        switch (orientation.quarterTurns & 3) {
        case 0:
            return point;
        case 1:
            return {storedSize.height - 1 - point.y, point.x};
        case 2:
            return {storedSize.width - 1 - point.x, storedSize.height - 1 - point.y};
        default:
            return {point.y, storedSize.width - 1 - point.x};
        }
    };
    const Point first = shown({stored.x, stored.y});
    const Point last = shown({stored.right() - 1, stored.bottom() - 1});
    const int left = std::min(first.x, last.x);
    const int top = std::min(first.y, last.y);
    return {left, top, std::max(first.x, last.x) - left + 1, std::max(first.y, last.y) - top + 1};
}

} // namespace doorveil::base
