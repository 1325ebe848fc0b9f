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
constexpr double fewestStrokes = 8; // four characters of one stroke each
constexpr double mostStrokes = 44; // more is foliage, gravel or noise

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

    cv::Mat mask;
    cv::threshold(small, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    std::vector<int> changes;
    for (int row = height / 3; row < height * 2 / 3; ++row) {
        int count = 0;
        for (int column = 1; column < width; ++column)
            count += mask.at<std::uint8_t>(row, column) != mask.at<std::uint8_t>(row, column - 1) ? 1 : 0;
        changes.push_back(count);
    }
    std::nth_element(changes.begin(), changes.begin() + std::ptrdiff_t(changes.size() / 2), changes.end());
    structure.strokes = changes[changes.size() / 2];
    return structure;
}

bool looksLikeAPlate(const cv::Mat &grey)
{
    const PlateStructure structure = plateStructure(grey);
    return structure.contrast >= leastContrast && structure.strokes >= fewestStrokes
           && structure.strokes <= mostStrokes;
}

} // namespace doorveil::vision
