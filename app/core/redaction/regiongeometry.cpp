// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/regiongeometry.h"

#include <algorithm>
#include <cmath>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

constexpr double leastMargin = 4.0; // pixels: a box of 12 px is wrong by one or two
constexpr double farAway = 1.0e8; // boxes come from files: keeps every sum below within an int

/// Rounded outwards, with corners far outside any picture pulled in.
Rectangle rounded(double left, double top, double right, double bottom)
{
    const auto bounded = [](double value) { return int(std::clamp(value, -farAway, farAway)); };
    const int x = bounded(std::floor(left));
    const int y = bounded(std::floor(top));
    return {x, y, bounded(std::ceil(right)) - x, bounded(std::ceil(bottom)) - y};
}

/// Grown by shares of its own width and height.
Rectangle grownBy(const Rectangle &box, double left, double top, double right, double bottom)
{
    const double width = box.width;
    const double height = box.height;
    return rounded(box.x - left * width, box.y - top * height, double(box.x) + width * (1.0 + right),
                   double(box.y) + height * (1.0 + bottom));
}

/// 0 for bodies that stand, 1 for boxes that say nothing of where the head is; steady in between, so that a cover does
/// not jump when somebody sits down.
double sprawl(const Rectangle &person)
{
    constexpr double standing = 0.8; // width : height
    constexpr double anywhere = 1.2;
    const double aspect = double(person.width) / double(person.height);
    return std::clamp((aspect - standing) / (anywhere - standing), 0.0, 1.0);
}

/// By the lower and by a side edge.
bool isCutTwice(const Rectangle &person, base::Size picture)
{
    constexpr int slackShare = 100; // boxes end that part of the picture before its edge
    const int beside = picture.width / slackShare;
    const int below = picture.height / slackShare;
    return person.bottom() >= picture.height - below
           && (person.x <= beside || person.right() >= picture.width - beside);
}

Rectangle upperPart(const Rectangle &person, double heightShare, double heightOfWidth, double widthShare)
{
    if (person.isEmpty())
        return {};
    const double width = person.width;
    const double height = person.height;
    const double upright = std::min(height, std::max(heightShare * height, heightOfWidth * width));
    const double loose = sprawl(person);
    const double partHeight = upright + (height - upright) * loose;
    const double partWidth = width * (widthShare + (1.0 - widthShare) * loose);
    const double left = person.x + (width - partWidth) / 2.0;
    return rounded(left, person.y, left + partWidth, person.y + partHeight);
}

} // namespace

Rectangle dilated(const Rectangle &box, double dilation)
{
    if (box.isEmpty())
        return {};
    const double horizontally = std::max(leastMargin, dilation * box.width);
    const double vertically = std::max(leastMargin, dilation * box.height);
    return rounded(box.x - horizontally, box.y - vertically, double(box.x) + box.width + horizontally,
                   double(box.y) + box.height + vertically);
}

Rectangle headOfFace(const Rectangle &face)
{
    return face.isEmpty() ? Rectangle{} : grownBy(face, 0.20, 0.40, 0.20, 0.15);
}

Rectangle headOfPerson(const Rectangle &person, base::Size picture)
{
    constexpr double above = 0.2; // of the part's height: the networks' boxes of bodies often begin below a hat
    const Rectangle part = upperPart(person, isCutTwice(person, picture) ? 0.5 : 0.18, 0.6, 0.7);
    if (part.isEmpty())
        return {};
    const int raise = int(std::ceil(above * part.height));
    return {part.x, part.y - raise, part.width, part.height + raise};
}

Rectangle likelyHeadOfPerson(const Rectangle &person)
{
    return upperPart(person, 0.13, 0.42, 0.4);
}

Rectangle coveredPart(const Rectangle &wherever, base::TrackKind kind, base::CoverScope scope, double dilation,
                      base::Size picture)
{
    const Rectangle box =
        rounded(wherever.x, wherever.y, double(wherever.x) + wherever.width, double(wherever.y) + wherever.height);
    const double share = std::max(leastDilation, dilation);
    switch (kind) {
    case base::TrackKind::Face: {
        if (scope == base::CoverScope::Face)
            return dilated(box, share);
        // The margin is a share of what was found; the head's own growth comes on top of it.
        const Rectangle margin = dilated(box, share);
        const Rectangle head = headOfFace(box);
        return {head.x - (box.x - margin.x), head.y - (box.y - margin.y), head.width + margin.width - box.width,
                head.height + margin.height - box.height};
    }
    case base::TrackKind::Person:
        switch (scope) {
        case base::CoverScope::Face:
            return {};
        case base::CoverScope::Head:
            return dilated(headOfPerson(box, picture), share);
        case base::CoverScope::Person:
            return dilated(box, share);
        }
        break;
    case base::TrackKind::Head:
    case base::TrackKind::Plate:
    case base::TrackKind::Region:
        break;
    }
    return dilated(box, share);
}

} // namespace doorveil::redaction
