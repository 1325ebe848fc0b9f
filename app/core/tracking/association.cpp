// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/association_p.h"

#include <algorithm>
#include <tuple>

namespace doorveil::tracking {

double affinity(const Expectation &expectation, const TrackBox &find)
{
    // Detectors disagree with themselves by a third in size at most; more is somebody else.
    constexpr double largestRatio = 2.2;
    const double ratio = find.size() / expectation.box.size();
    if (ratio > largestRatio || ratio < 1.0 / largestRatio)
        return 0.0;
    const double distance = relativeDistance(expectation.box, find);
    if (distance > expectation.reach)
        return 0.0;
    return overlap(expectation.box, find) + 0.5 * (1.0 - distance / expectation.reach) + 1e-6;
}

std::vector<Match> associate(const std::vector<Expectation> &expectations, const std::vector<TrackBox> &finds)
{
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (std::size_t index = 0; index < expectations.size(); ++index) {
        for (std::size_t find = 0; find < finds.size(); ++find) {
            const double fit = affinity(expectations[index], finds[find]);
            if (fit > 0.0)
                pairs.emplace_back(-fit, index, find);
        }
    }
    std::sort(pairs.begin(), pairs.end());

    std::vector<Match> matches;
    std::vector<bool> expectationTaken(expectations.size(), false);
    std::vector<bool> findTaken(finds.size(), false);
    for (const auto &[fit, index, find] : pairs) {
        if (expectationTaken[index] || findTaken[find])
            continue;
        expectationTaken[index] = true;
        findTaken[find] = true;
        matches.push_back({index, find});
    }
    return matches;
}

} // namespace doorveil::tracking
