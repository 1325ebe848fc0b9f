// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tracking/trackbox_p.h"

#include <cstddef>
#include <vector>

namespace doorveil::tracking {

/// Where a track is expected in this frame.
struct Expectation
{
    TrackBox box;
    double reach = 0.7; ///< how far from there a find may be, in sizes; grows with the time nothing was seen
};

struct Match
{
    std::size_t expectation = 0;
    std::size_t find = 0;
    bool operator==(const Match &) const = default;
};

/// Pairs expectations with finds one to one, best pair first (overlap and nearness), ties in order of index. Greedy: at
/// a doorbell two people rarely compete for one find, and a strict order keeps the result easy to predict.
[[nodiscard]] std::vector<Match> associate(const std::vector<Expectation> &expectations,
                                           const std::vector<TrackBox> &finds);

/// How well a find fits an expectation; 0 where it cannot be the same thing.
[[nodiscard]] double affinity(const Expectation &expectation, const TrackBox &find);

} // namespace doorveil::tracking
