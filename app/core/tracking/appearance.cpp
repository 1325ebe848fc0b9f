// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/appearance.h"

#include "tracking/pictures_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace doorveil::tracking {

namespace {

constexpr int smallestHead = 14; // pixels: of less the clothes are a few blocks of the codec
constexpr double smallestShare = 0.6; // of each part, within the picture
constexpr double leastChroma = 4.0; // mean distance from grey in CIELAB, of 128

// Brightness changes with every step towards the lamp; colour much less.
constexpr int lightnessBins = 14;
constexpr int chromaBins = 32;
constexpr float chromaReach = 42.0F; // around grey: hardly any cloth is stronger

/// Parts of somebody in units of the head's box: left, top, width, height from the box's top left corner. Narrower than
/// shoulders are, so that what is behind stays outside.
constexpr double parts[3][4] = {{0.1, -0.1, 0.8, 1.1}, {-0.25, 1.35, 1.5, 0.9}, {-0.2, 2.25, 1.4, 0.9}};

cv::Rect2d partOf(const base::Rectangle &head, const double (&part)[4])
{
    return {head.x + part[0] * head.width, head.y + part[1] * head.height, part[2] * head.width, part[3] * head.height};
}

/// CIELAB, each value from -128 or 0 as it is defined.
cv::Mat labOf(const cv::Mat &bgr)
{
    cv::Mat small;
    cv::Mat lab;
    bgr.convertTo(small, CV_32F, 1.0 / 255.0);
    cv::GaussianBlur(small, small, {3, 3}, 0); // grain is no colour
    cv::cvtColor(small, lab, cv::COLOR_BGR2Lab);
    return lab;
}

double meanChroma(const cv::Mat &lab)
{
    double sum = 0.0;
    for (int row = 0; row < lab.rows; ++row) {
        const auto *line = lab.ptr<cv::Vec3f>(row);
        for (int column = 0; column < lab.cols; ++column)
            sum += std::hypot(double(line[column][1]), double(line[column][2]));
    }
    return sum / double(std::max<std::size_t>(1, lab.total()));
}

std::vector<float> histogramOf(const cv::Mat &lab)
{
    const int channels[] = {0, 1, 2};
    const int bins[] = {lightnessBins, chromaBins, chromaBins};
    const float lightness[] = {0.0F, 100.001F};
    const float chroma[] = {-chromaReach, chromaReach};
    const float *ranges[] = {lightness, chroma, chroma};
    cv::Mat clamped = lab.clone();
    for (int row = 0; row < clamped.rows; ++row) {
        auto *line = clamped.ptr<cv::Vec3f>(row);
        for (int column = 0; column < clamped.cols; ++column) {
            for (int channel : {1, 2})
                line[column][channel] = std::clamp(line[column][channel], -chromaReach + 0.01F, chromaReach - 0.01F);
        }
    }
    cv::Mat histogram;
    cv::calcHist(&clamped, 1, channels, cv::Mat(), histogram, 3, bins, ranges);
    // A shade more or less belongs to the same cloth: spread over the neighbouring bins, one axis after the other.
    cv::Mat flat(lightnessBins, chromaBins * chromaBins, CV_32F, histogram.ptr<float>());
    const cv::Mat kernel = (cv::Mat_<float>(1, 3) << 0.25F, 0.5F, 0.25F);
    cv::Mat spread;
    cv::sepFilter2D(flat, spread, CV_32F, cv::Mat::ones(1, 1, CV_32F), kernel.t(), {-1, -1}, 0, cv::BORDER_REPLICATE);
    std::vector<float> values;
    for (int lightnessBin = 0; lightnessBin < lightnessBins; ++lightnessBin) {
        cv::Mat plane(chromaBins, chromaBins, CV_32F, spread.ptr<float>(lightnessBin));
        cv::Mat smooth;
        cv::sepFilter2D(plane, smooth, CV_32F, kernel, kernel.t(), {-1, -1}, 0, cv::BORDER_REPLICATE);
        values.insert(values.end(), smooth.begin<float>(), smooth.end<float>());
    }
    float sum = 0.0F;
    for (const float value : values)
        sum += value;
    for (float &value : values)
        value /= std::max(sum, 1e-6F);
    return values;
}

} // namespace

base::Rectangle appearanceArea(const base::Rectangle &head)
{
    return {head.x - head.width / 2, head.y - head.height / 4, head.width * 2, head.height * 7 / 2};
}

Appearance appearanceOf(const base::Picture &picture, const base::Rectangle &head)
try {
    if (picture.isNull() || std::min(head.width, head.height) < smallestHead)
        return {};
    const cv::Mat bgr = matrixOf(picture);
    const cv::Rect2d all(0, 0, picture.size.width, picture.size.height);
    Appearance appearance;
    double chroma = 0.0;
    for (const auto &part : parts) {
        const cv::Rect2d wanted = partOf(head, part);
        const cv::Rect2d there = wanted & all;
        if (there.area() < smallestShare * wanted.area())
            return {};
        const cv::Rect pixels(int(there.x), int(there.y), std::max(1, int(there.width)),
                              std::max(1, int(there.height)));
        const cv::Mat lab = labOf(bgr(pixels & cv::Rect(0, 0, bgr.cols, bgr.rows)));
        chroma = std::max(chroma, meanChroma(lab));
        const std::vector<float> values = histogramOf(lab);
        appearance.colours.insert(appearance.colours.end(), values.begin(), values.end());
    }
    return chroma >= leastChroma ? appearance : Appearance{};
} catch (const cv::Exception &) {
    return {}; // no suggestion
}

Appearance meanOf(const std::vector<Appearance> &views)
{
    Appearance mean;
    int count = 0;
    for (const Appearance &view : views) {
        if (view.isEmpty())
            continue;
        mean.colours.resize(view.colours.size());
        for (std::size_t index = 0; index < view.colours.size(); ++index)
            mean.colours[index] += view.colours[index];
        ++count;
    }
    for (float &value : mean.colours)
        value /= float(count);
    return mean;
}

double likeness(const Appearance &a, const Appearance &b)
{
    if (a.isEmpty() || a.colours.size() != b.colours.size())
        return 0.0;
    // Bhattacharyya's coefficient of each part, and their mean, in which clothes weigh twice as much as hair and face.
    constexpr double weights[3] = {0.34, 0.33, 0.33};
    const std::size_t size = a.colours.size() / 3;
    double all = 0.0;
    for (std::size_t part = 0; part < 3; ++part) {
        double common = 0.0;
        for (std::size_t index = part * size; index < (part + 1) * size; ++index)
            common += std::sqrt(double(a.colours[index]) * double(b.colours[index]));
        all += weights[part] * common;
    }
    return all;
}

} // namespace doorveil::tracking
