// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace doorveil::vision {

/// A find before rounding: pixels of a network's input, of a tile or of the picture, as the function says.
struct Candidate
{
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    float score = 0;
    bool cut = false; ///< touches an inner edge of its tile: perhaps only a part of the object
};

/// Greedy non-maximum suppression: of two that overlap by more than `overlap` (intersection over union) the one with
/// the higher score stays. One that is cut by its tile's edge also gives way to a whole one that holds most of it,
/// whatever the scores. The order of the input does not matter; the result is sorted by score, best first.
[[nodiscard]] std::vector<Candidate> suppressed(std::vector<Candidate> candidates, double overlap);

} // namespace doorveil::vision
