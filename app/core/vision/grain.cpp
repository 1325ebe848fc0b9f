// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/grain_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace doorveil::vision {

namespace {
constexpr double mostGrain = 2.8;
constexpr double mostSpread = 1.8;
constexpr int blockSide = 8;
constexpr double smoothing = 1.2; // pixels; measured from 0.8 to 1.8
} // namespace

Grain grainOf(const cv::Mat &bgr)
{
    if (bgr.cols < 3 || bgr.rows < 3)
        return {};
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    static const cv::Matx33f difference(1, -2, 1, -2, 4, -2, 1, -2, 1);
    cv::Mat response;
    cv::filter2D(grey, response, CV_16S, difference);
    const cv::Mat inner = cv::abs(response(cv::Rect(1, 1, grey.cols - 2, grey.rows - 2)));
    std::vector<double> blocks;
    for (int y = 0; y == 0 || y + blockSide <= inner.rows; y += blockSide) {
        for (int x = 0; x == 0 || x + blockSide <= inner.cols; x += blockSide) {
            const cv::Rect block = cv::Rect(x, y, blockSide, blockSide) & cv::Rect({0, 0}, inner.size());
            blocks.push_back(cv::mean(inner(block))[0]);
        }
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
