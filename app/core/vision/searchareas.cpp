// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/searchareas_p.h"

#include <algorithm>
#include <array>

namespace doorveil::vision {

namespace {
constexpr std::array<int, 12> preferredSides{96, 160, 224, 320, 416, 512, 640, 768, 960, 1152, 1408, 1664};
constexpr int innerMargin = 48; // pixels at the edge of a searched area in which something may be cut in two
constexpr double wholePictureShare = 0.7;

int marginOf(const base::Rectangle &area)
{
    return std::clamp(int(0.3 * std::max(area.width, area.height)), 32, 128);
}

/// A span of a preferred length around [begin, begin + length), moved inside [0, limit).
void widen(int &begin, int &length, int limit)
{
    const auto *preferred = std::lower_bound(preferredSides.begin(), preferredSides.end(), length);
    const int wanted = std::min(preferred == preferredSides.end() ? limit : *preferred, limit);
    begin = std::clamp(begin - (wanted - length) / 2, 0, limit - wanted);
    length = wanted;
}

base::Rectangle widened(base::Rectangle area, base::Size picture)
{
    widen(area.x, area.width, picture.width);
    widen(area.y, area.height, picture.height);
    return area;
}

bool worthJoining(const base::Rectangle &a, const base::Rectangle &b, int fixedInput)
{
    const base::Rectangle both = a.united(b);
    if (std::max(both.width, both.height) <= fixedInput)
        return true;
    return double(a.united(b).area()) <= 1.15 * double(a.area() + b.area());
}

void join(std::vector<SearchArea> &areas, int fixedInput)
{
    bool joined = true;
    while (joined) {
        joined = false;
        for (std::size_t first = 0; first < areas.size() && !joined; ++first) {
            for (std::size_t second = first + 1; second < areas.size(); ++second) {
                if (!worthJoining(areas[first].area, areas[second].area, fixedInput))
                    continue;
                areas[first].area = areas[first].area.united(areas[second].area);
                areas[first].changed.insert(areas[first].changed.end(), areas[second].changed.begin(),
                                            areas[second].changed.end());
                areas[first].settled.insert(areas[first].settled.end(), areas[second].settled.begin(),
                                            areas[second].settled.end());
                areas.erase(areas.begin() + std::ptrdiff_t(second));
                joined = true;
                break;
            }
        }
    }
}
} // namespace

std::vector<SearchArea> planSearchAreas(const std::vector<base::Rectangle> &changed,
                                        const std::vector<base::Rectangle> &knownBoxes, base::Size picture,
                                        int fixedInput)
{
    std::vector<SearchArea> areas;
    for (const base::Rectangle &place : changed) {
        const int margin = marginOf(place);
        base::Rectangle area = place.grown(margin, margin);
        for (const base::Rectangle &box : knownBoxes) {
            if (!box.intersected(place).isEmpty())
                area = area.united(box.grown(box.width / 3, box.height / 3));
        }
        areas.push_back({area.clampedTo(picture), {place}, {place}});
    }
    join(areas, fixedInput);
    for (SearchArea &area : areas)
        area.area = widened(area.area, picture);
    join(areas, fixedInput);

    std::int64_t pixels = 0;
    for (const SearchArea &area : areas)
        pixels += area.area.area();
    const base::Rectangle whole{0, 0, picture.width, picture.height};
    if (double(pixels) > wholePictureShare * double(whole.area()))
        return {{whole, changed, {whole}}};
    for (SearchArea &area : areas)
        area.settled.push_back(settledPart(area.area, innerMargin, picture));
    return areas;
}

base::Rectangle settledPart(const base::Rectangle &area, int margin, base::Size picture)
{
    const int left = area.x <= 0 ? 0 : area.x + margin;
    const int top = area.y <= 0 ? 0 : area.y + margin;
    const int right = area.right() >= picture.width ? picture.width : area.right() - margin;
    const int bottom = area.bottom() >= picture.height ? picture.height : area.bottom() - margin;
    const base::Rectangle part{left, top, right - left, bottom - top};
    return part.isEmpty() ? base::Rectangle{} : part;
}

} // namespace doorveil::vision
