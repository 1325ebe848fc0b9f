// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/tiling.h"

#include <algorithm>
#include <cmath>

namespace doorveil::vision {

namespace {

struct Span
{
    int begin = 0;
    int length = 0;
};

/// Equal spans of at most `longest` that overlap by at least `overlap`.
std::vector<Span> split(int length, double longest, double overlap, double slack)
{
    if (length <= longest * slack)
        return {{0, length}};
    const int count = int(std::ceil((length - overlap) / (longest * slack - overlap)));
    const int span = std::min(length, int(std::ceil((length + (count - 1) * overlap) / count)));
    std::vector<Span> spans;
    for (int index = 0; index < count; ++index) {
        const auto begin = int(std::int64_t(length - span) * index / (count - 1));
        spans.push_back({begin, span});
    }
    return spans;
}

int scaled(int length, double scale, int longest)
{
    return std::clamp(int(std::lround(length * scale)), 1, longest);
}

} // namespace

std::vector<Tile> planTiles(const base::Rectangle &area, double scale, const TileLimits &limits)
{
    if (area.isEmpty() || !(scale > 0) || limits.longestSide <= 0)
        return {};
    const double longest = limits.longestSide / scale;
    const double overlap = std::min(limits.overlap / scale, longest / 2);
    const std::vector<Span> columns = split(area.width, longest, overlap, limits.slack);
    const std::vector<Span> rows = split(area.height, longest, overlap, limits.slack);
    std::vector<Tile> tiles;
    for (const Span &row : rows) {
        for (const Span &column : columns) {
            const int longestSpan = std::max(column.length, row.length);
            const double tileScale = std::min(scale, double(limits.longestSide) / longestSpan);
            tiles.push_back({{area.x + column.begin, area.y + row.begin, column.length, row.length},
                             {scaled(column.length, tileScale, limits.longestSide),
                              scaled(row.length, tileScale, limits.longestSide)}});
        }
    }
    return tiles;
}

std::vector<Tile> planWholeAndParts(const base::Rectangle &area, double scale, int side)
{
    const int longest = std::max(area.width, area.height);
    std::vector<Tile> tiles = planTiles(area, double(side) / longest, {side, 0, 1.0});
    if (scale > 1) {
        const std::vector<Tile> parts = planTiles(area, scale * side / longest, {side, side / 3, 1.0});
        tiles.insert(tiles.end(), parts.begin(), parts.end());
    }
    return tiles;
}

std::vector<Tile> planTilesAndReduced(const base::Rectangle &area, double scale, const TileLimits &limits,
                                      int reducedSide)
{
    constexpr double worthwhile = 1.6;
    std::vector<Tile> tiles = planTiles(area, scale, limits);
    const double longest = std::max(area.width, area.height) * scale;
    if (longest > reducedSide * worthwhile) {
        const std::vector<Tile> reduced = planTiles(area, scale * reducedSide / longest, {reducedSide, 0, 1.0});
        tiles.insert(tiles.end(), reduced.begin(), reduced.end());
    }
    return tiles;
}

} // namespace doorveil::vision
