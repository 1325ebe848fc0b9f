// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <vector>

namespace doorveil::vision {

/// An area to search, and the parts of it that then count as searched: the changed places themselves and the inner
/// part, not the margin, in which something may be cut in two.
struct SearchArea
{
    base::Rectangle area;
    std::vector<base::Rectangle> changed; ///< what it was made for
    std::vector<base::Rectangle> settled;
};

/// Grows changed areas by a margin, takes in the known boxes they touch, joins what overlaps, and widens the result to
/// a few sizes (networks plan anew for each new input size). Areas that fit together into a square of `fixedInput` are
/// joined, too: a network with one size of input takes as long for each of them as for both. One area for the whole
/// picture where that costs no more.
[[nodiscard]] std::vector<SearchArea> planSearchAreas(const std::vector<base::Rectangle> &changed,
                                                      const std::vector<base::Rectangle> &knownBoxes,
                                                      base::Size picture, int fixedInput = 0);

/// The part of an area that may count as searched when the whole of it was: shrunk by the margin where the picture goes
/// on.
[[nodiscard]] base::Rectangle settledPart(const base::Rectangle &area, int margin, base::Size picture);

} // namespace doorveil::vision
