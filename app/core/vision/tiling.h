// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <vector>

namespace doorveil::vision {

/// A part of a picture and the size it is scaled to before a network sees it.
struct Tile
{
    base::Rectangle source; ///< pixels of the picture
    base::Size input; ///< pixels of the network's input
    bool operator==(const Tile &) const = default;
};

struct TileLimits
{
    int longestSide = 0; ///< of a tile's input
    int overlap = 0; ///< of neighbouring tiles, in pixels of the input: what is smaller lies wholly in one of them
    double slack = 1.0; ///< a tile may cover this much more (being scaled less) where that saves a row or a column
};

/// Covers the area with equal tiles, scaled by `scale`. Every pixel of the area lies in at least one tile.
[[nodiscard]] std::vector<Tile> planTiles(const base::Rectangle &area, double scale, const TileLimits &limits);

/// For networks with an input of one side: the whole area scaled to it, and overlapping parts of it that are `scale`
/// times as large where that is more than 1.
[[nodiscard]] std::vector<Tile> planWholeAndParts(const base::Rectangle &area, double scale, int side);

/// For networks that see nothing larger than `reducedSide`: planTiles(), and the whole area reduced to that side where
/// it is a good deal larger, so that somebody who stands at the door is found.
[[nodiscard]] std::vector<Tile> planTilesAndReduced(const base::Rectangle &area, double scale, const TileLimits &limits,
                                                    int reducedSide);

} // namespace doorveil::vision
