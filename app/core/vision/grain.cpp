// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/grain_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace doorveil::vision {

namespace {
constexpr double mostGrain = 2.8;
constexpr double mostSpread = 1.8;
constexpr int blockSide = 8;
constexpr double enoughBlocks = 400; // evenly over the picture; two quartiles need no more
constexpr double smoothing = 1.2; // pixels; measured from 0.8 to 1.8

/// Mean magnitude of the second difference (rows 1 -2 1, -2 4 -2, 1 -2 1) over a block, in green: as much as there is
/// of luma.
double roughness(const cv::Mat &bgr, cv::Point corner)
{
    int sum = 0;
    for (int y = corner.y; y < corner.y + blockSide; ++y) {
        const std::uint8_t *above = bgr.ptr<std::uint8_t>(y - 1) + 1;
        const std::uint8_t *here = bgr.ptr<std::uint8_t>(y) + 1;
        const std::uint8_t *below = bgr.ptr<std::uint8_t>(y + 1) + 1;
        for (std::ptrdiff_t x = corner.x; x < corner.x + blockSide; ++x) {
            const auto across = [x](const std::uint8_t *row) {
                return int(row[3 * (x - 1)]) - 2 * int(row[3 * x]) + int(row[3 * (x + 1)]);
            };
            sum += std::abs(across(above) - 2 * across(here) + across(below));
        }
    }
    return double(sum) / (blockSide * blockSide);
}
} // namespace

Grain grainOf(const cv::Mat &bgr)
{
    const int columns = (bgr.cols - 2) / blockSide;
    const int rows = (bgr.rows - 2) / blockSide;
    if (columns < 1 || rows < 1)
        return {};
    const int step = std::max(1, int(std::sqrt(double(columns) * double(rows) / enoughBlocks)));
    std::vector<double> blocks;
    for (int row = 0; row < rows; row += step) {
        for (int column = 0; column < columns; column += step)
            blocks.push_back(roughness(bgr, {1 + column * blockSide, 1 + row * blockSide}));
    }
    std::sort(blocks.begin(), blocks.end());
    const double scale = std::sqrt(std::numbers::pi / 2) / 6.0;
    const double lower = scale * blocks[blocks.size() / 4];
    const double upper = scale * blocks[blocks.size() * 3 / 4];
    return {lower, lower > 0.0 ? upper / lower : 1.0};
}

cv::Mat withoutGrain(const cv::Mat &bgr, bool *grainy)
{
    const Grain grain = grainOf(bgr);
    *grainy = grain.level > mostGrain && grain.spread < mostSpread;
    if (!*grainy)
        return bgr;
    cv::Mat smooth;
    cv::GaussianBlur(bgr, smooth, {}, smoothing);
    return smooth;
}

} // namespace doorveil::vision
