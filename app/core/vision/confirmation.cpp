// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/confirmation.h"

#include <algorithm>
#include <array>

namespace doorveil::vision {

namespace {

constexpr std::array<double, 2> widths{56.0, 88.0}; // pixels of the box as it is looked at
constexpr float sure = 0.65F; // plates in the dark reach 0.69 and more, most of what is none stays below
// Raising a doubtful find's score needs more: with less the lattice of a window was covered throughout a clip, for one
// more plate of 21 in a smeared one.
constexpr float verySure = 0.8F;
constexpr double largestScale = 2.0; // enlarging further shows nothing new

/// The score of the other's best find in the box.
base::Result<float> secondScore(Detector &other, const base::Picture &picture, const base::Rectangle &box)
{
    const base::Rectangle around =
        box.grown(box.width * 3 / 4, std::max(box.height, box.width / 2)).clampedTo(picture.size);
    float best = 0.0F;
    double before = 0.0;
    for (const double width : widths) {
        const double scale = std::min(width / box.width, largestScale);
        if (scale == before)
            break;
        before = scale;
        const auto found = other.detect(picture, around, scale);
        if (!found)
            return found.error();
        for (const Detection &detection : *found) {
            const std::int64_t common = detection.box.intersected(box).area();
            if (common * 10 >= box.area() * 3 && common * 10 >= detection.box.area() * 3)
                best = std::max(best, detection.score);
        }
    }
    return best;
}

} // namespace

base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &other,
                                               const base::Picture &picture)
{
    for (Detection &detection : found) {
        if (detection.box.isEmpty())
            continue;
        const base::Result<float> second = secondScore(other, picture, detection.box);
        if (!second)
            return second.error();
        const float both = (detection.score + *second) / 2.0F;
        if (*second >= verySure)
            detection.score = std::max(detection.score, both);
        else if (*second < sure)
            detection.score = std::min(detection.score, both);
    }
    return found;
}

} // namespace doorveil::vision
