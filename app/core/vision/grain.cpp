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
    cv::extractChannel(bgr, grey, 1); // green: as much as there is of luma
    static const cv::Matx33f difference(1, -2, 1, -2, 4, -2, 1, -2, 1);
    cv::Mat response;
    cv::filter2D(grey, response, CV_16S, difference);
    cv::Mat inner = cv::abs(response(cv::Rect(1, 1, grey.cols - 2, grey.rows - 2)));
    cv::Mat means;
    inner.convertTo(inner, CV_32F);
    cv::resize(inner, means, {std::max(1, inner.cols / blockSide), std::max(1, inner.rows / blockSide)}, 0, 0,
               cv::INTER_AREA);
    std::vector<float> blocks(means.begin<float>(), means.end<float>());
    std::sort(blocks.begin(), blocks.end());
    const double scale = std::sqrt(std::numbers::pi / 2) / 6.0;
    const double lower = scale * double(blocks[blocks.size() / 4]);
    const double upper = scale * double(blocks[blocks.size() * 3 / 4]);
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
