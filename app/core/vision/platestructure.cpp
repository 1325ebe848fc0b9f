// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/platestructure_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace doorveil::vision {

namespace {

constexpr int width = 96; // a character becomes some 10 pixels wide, a stroke 2
constexpr int height = 24;
constexpr int leastContrast = 25; // a plate at night, badly lit
constexpr int leastSwing = 8; // levels; less is noise
constexpr int swingDivisor = 6;
constexpr double fewestStrokes = 7; // real plates have 8 to 30, most false boxes 1 to 4
constexpr double mostStrokes = 44; // more is foliage, gravel or noise

/// How often a row turns from falling to rising or back by at least `swing` levels. Unlike a threshold for the whole
/// box this does not mind a dark body or a shadow beside the plate.
int swings(const std::uint8_t *row, int swing)
{
    int lowest = row[0]; // since the last turn
    int highest = row[0];
    int direction = 0; // of the last turn: 1 rising, -1 falling
    int count = 0;
    for (int column = 1; column < width; ++column) {
        const int value = row[column];
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
        const bool falls = direction >= 0 && value <= highest - swing;
        const bool rises = direction <= 0 && value >= lowest + swing;
        if (!falls && !rises)
            continue;
        direction = falls ? -1 : 1;
        lowest = value;
        highest = value;
        ++count;
    }
    return count;
}

int percentile(const std::array<int, 256> &histogram, int count)
{
    int sum = 0;
    for (int level = 0; level < 256; ++level) {
        sum += histogram[std::size_t(level)];
        if (sum >= count)
            return level;
    }
    return 255;
}

} // namespace

PlateStructure plateStructure(const cv::Mat &grey)
{
    if (grey.empty())
        return {};
    cv::Mat small;
    cv::resize(grey, small, {width, height}, 0, 0, cv::INTER_AREA);
    std::array<int, 256> histogram{};
    for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column)
            ++histogram[small.at<std::uint8_t>(row, column)];
    }
    PlateStructure structure;
    const int total = width * height;
    structure.contrast = percentile(histogram, total * 95 / 100) - percentile(histogram, total * 5 / 100);

    std::vector<int> strokes;
    const int swing = std::max(leastSwing, structure.contrast / swingDivisor);
    for (int row = height / 4; row < height * 3 / 4; ++row)
        strokes.push_back(swings(small.ptr<std::uint8_t>(row), swing));
    const auto middle = strokes.begin() + std::ptrdiff_t(strokes.size() / 2);
    std::nth_element(strokes.begin(), middle, strokes.end());
    structure.strokes = *middle;
    return structure;
}

bool looksLikeAPlate(const cv::Mat &grey)
{
    const PlateStructure structure = plateStructure(grey);
    return structure.contrast >= leastContrast && structure.strokes >= fewestStrokes
           && structure.strokes <= mostStrokes;
}

} // namespace doorveil::vision
