// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/candidate.h"

#include <algorithm>
#include <tuple>

namespace doorveil::vision {

namespace {

constexpr double mostOfACutOne = 0.7; // a part of an object lies almost wholly in the box of the whole object

double area(const Candidate &candidate)
{
    return double(candidate.width) * double(candidate.height);
}

double common(const Candidate &a, const Candidate &b)
{
    const double width =
        std::min(double(a.x) + double(a.width), double(b.x) + double(b.width)) - std::max(double(a.x), double(b.x));
    const double height =
        std::min(double(a.y) + double(a.height), double(b.y) + double(b.height)) - std::max(double(a.y), double(b.y));
    return width > 0 && height > 0 ? width * height : 0.0;
}

bool isBetter(const Candidate &a, const Candidate &b)
{
    // Whole ones first, so that they are there when the parts are looked at; then a total order for determinism.
    return std::make_tuple(a.cut, -a.score, a.x, a.y, a.width, a.height)
           < std::make_tuple(b.cut, -b.score, b.x, b.y, b.width, b.height);
}

bool suppresses(const Candidate &kept, const Candidate &other, double overlap)
{
    const double shared = common(kept, other);
    if (shared <= 0)
        return false;
    if (shared > overlap * (area(kept) + area(other) - shared))
        return true;
    return other.cut && shared > mostOfACutOne * area(other);
}

} // namespace

std::vector<Candidate> suppressed(std::vector<Candidate> candidates, double overlap)
{
    std::sort(candidates.begin(), candidates.end(), isBetter);
    std::vector<Candidate> kept;
    for (const Candidate &candidate : candidates) {
        const auto rival = std::find_if(kept.begin(), kept.end(),
                                        [&](const Candidate &other) { return suppresses(other, candidate, overlap); });
        if (rival == kept.end())
            kept.push_back(candidate);
        else
            rival->score = std::max(rival->score, candidate.score);
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Candidate &a, const Candidate &b) { return a.score > b.score; });
    return kept;
}

} // namespace doorveil::vision
