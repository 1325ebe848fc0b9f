// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/follower_p.h"

#include "tracking/pictures_p.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include <vector>

namespace doorveil::tracking {

namespace {
constexpr double workingSide = 48.0; // longer side of a box after scaling: more adds cost, not certainty
constexpr int gridPoints = 7; // a side
constexpr double smallestKeptShare = 0.4; // of the points, that must come back
constexpr double smallestCorrelation = 0.55; // of the box before and after
constexpr double smallestTemplateCorrelation = 0.7; // where flow failed and only the search speaks for it
constexpr double unchangedDifference = 2.0; // mean grey levels: compression noise at rest
constexpr int lookSide = 16;

cv::Rect2d toSmall(const TrackBox &box, int factor)
{
    return {box.left() / factor, box.top() / factor, box.width / factor, box.height / factor};
}

/// Two windows around a box, cut out of both pictures at the same place and scaled to the working size.
struct Windows
{
    cv::Mat from;
    cv::Mat to;
    cv::Rect2d box; // inside `from`
    cv::Point2d fromOrigin; // of the windows, in the small pictures
    cv::Point2d toOrigin;
    double scale = 1.0;
};

cv::Rect windowAround(const cv::Rect2d &box, double margin, const cv::Size &size)
{
    const cv::Rect whole({0, 0}, size);
    const int x = int(std::floor(box.x - margin));
    const int y = int(std::floor(box.y - margin));
    const cv::Rect window(x, y, int(std::ceil(box.x + box.width + margin)) - x,
                          int(std::ceil(box.y + box.height + margin)) - y);
    return window & whole;
}

std::optional<Windows> cutWindows(const cv::Mat &from, const cv::Mat &to, const cv::Rect2d &box, cv::Point2d shift)
{
    const double side = std::max(box.width, box.height);
    const double margin = std::max(12.0, side);
    const cv::Rect fromWindow = windowAround(box, margin, from.size());
    // The expected motion moves the second window, so that the flow has only the rest to find.
    const cv::Rect2d expected(box.x + std::round(shift.x), box.y + std::round(shift.y), box.width, box.height);
    const cv::Rect wanted = windowAround(expected, margin, to.size());
    const int width = std::min(fromWindow.width, wanted.width);
    const int height = std::min(fromWindow.height, wanted.height);
    if (width < 8 || height < 8)
        return std::nullopt;

    Windows windows;
    windows.fromOrigin = fromWindow.tl();
    windows.toOrigin = wanted.tl();
    windows.scale = std::min(1.0, workingSide / side);
    const cv::Rect fromCut(fromWindow.tl(), cv::Size(width, height));
    const cv::Rect toCut(wanted.tl(), cv::Size(width, height));
    if (windows.scale < 1.0) {
        const cv::Size scaled(std::max(8, int(std::lround(width * windows.scale))),
                              std::max(8, int(std::lround(height * windows.scale))));
        cv::resize(from(fromCut), windows.from, scaled, 0, 0, cv::INTER_AREA);
        cv::resize(to(toCut), windows.to, scaled, 0, 0, cv::INTER_AREA);
    } else {
        windows.from = from(fromCut);
        windows.to = to(toCut);
    }
    windows.box = {(box.x - windows.fromOrigin.x) * windows.scale, (box.y - windows.fromOrigin.y) * windows.scale,
                   box.width * windows.scale, box.height * windows.scale};
    return windows;
}

struct Motion
{
    double x = 0.0; // inside the windows
    double y = 0.0;
    double scale = 1.0;
};

std::vector<cv::Point2f> gridInside(const cv::Rect2d &box, const cv::Size &size)
{
    std::vector<cv::Point2f> points;
    for (int row = 0; row < gridPoints; ++row) {
        for (int column = 0; column < gridPoints; ++column) {
            const double x = box.x + box.width * (0.1 + 0.8 * column / (gridPoints - 1));
            const double y = box.y + box.height * (0.1 + 0.8 * row / (gridPoints - 1));
            if (x >= 0 && y >= 0 && x <= size.width - 1 && y <= size.height - 1)
                points.emplace_back(float(x), float(y));
        }
    }
    return points;
}

double medianScale(const std::vector<cv::Point2f> &before, const std::vector<cv::Point2f> &after)
{
    std::vector<double> ratios;
    for (std::size_t first = 0; first < before.size(); ++first) {
        for (std::size_t second = first + 1; second < before.size(); ++second) {
            const double distance = cv::norm(before[first] - before[second]);
            if (distance > 1.0)
                ratios.push_back(cv::norm(after[first] - after[second]) / distance);
        }
    }
    return ratios.empty() ? 1.0 : median(ratios);
}

std::optional<Motion> flowOf(const Windows &windows)
{
    const std::vector<cv::Point2f> points = gridInside(windows.box, windows.from.size());
    if (points.size() < std::size_t(gridPoints))
        return std::nullopt;
    const int side = std::clamp(int(std::min(windows.box.width, windows.box.height) / 2.5) | 1, 5, 15);
    const cv::Size window(side, side);
    const cv::TermCriteria stop(cv::TermCriteria::COUNT + cv::TermCriteria::EPS, 15, 0.03);
    std::vector<cv::Point2f> forward;
    std::vector<cv::Point2f> back;
    std::vector<std::uint8_t> forwardFound;
    std::vector<std::uint8_t> backFound;
    std::vector<float> unused;
    cv::calcOpticalFlowPyrLK(windows.from, windows.to, points, forward, forwardFound, unused, window, 3, stop);
    cv::calcOpticalFlowPyrLK(windows.to, windows.from, forward, back, backFound, unused, window, 3, stop);

    const double allowed = std::max(1.0, 0.06 * std::max(windows.box.width, windows.box.height));
    std::vector<cv::Point2f> keptBefore;
    std::vector<cv::Point2f> keptAfter;
    std::vector<double> shiftX;
    std::vector<double> shiftY;
    for (std::size_t index = 0; index < points.size(); ++index) {
        if (forwardFound[index] == 0 || backFound[index] == 0 || cv::norm(back[index] - points[index]) > allowed)
            continue;
        keptBefore.push_back(points[index]);
        keptAfter.push_back(forward[index]);
        shiftX.push_back(double(forward[index].x) - double(points[index].x));
        shiftY.push_back(double(forward[index].y) - double(points[index].y));
    }
    if (double(keptBefore.size()) < smallestKeptShare * gridPoints * gridPoints)
        return std::nullopt;
    Motion motion{median(shiftX), median(shiftY), std::clamp(medianScale(keptBefore, keptAfter), 0.85, 1.18)};
    // Points that disagree follow different things: the box holds the border between two of them.
    std::size_t agreeing = 0;
    const double spread = std::max(2.0, 0.15 * std::max(windows.box.width, windows.box.height));
    for (std::size_t index = 0; index < keptBefore.size(); ++index) {
        const cv::Point2f shift = keptAfter[index] - keptBefore[index];
        agreeing += std::hypot(double(shift.x) - motion.x, double(shift.y) - motion.y) <= spread ? 1U : 0U;
    }
    if (double(agreeing) < smallestKeptShare * gridPoints * gridPoints)
        return std::nullopt;
    return motion;
}

cv::Rect insideRect(const cv::Rect2d &box, const cv::Size &size)
{
    const int x = int(std::lround(box.x));
    const int y = int(std::lround(box.y));
    return cv::Rect(x, y, int(std::lround(box.width)), int(std::lround(box.height))) & cv::Rect({0, 0}, size);
}

double correlation(const cv::Mat &a, const cv::Mat &b)
{
    cv::Mat first;
    cv::Mat second;
    cv::resize(a, first, {lookSide, lookSide}, 0, 0, cv::INTER_AREA);
    cv::resize(b, second, {lookSide, lookSide}, 0, 0, cv::INTER_AREA);
    cv::Mat result;
    cv::matchTemplate(first, second, result, cv::TM_CCOEFF_NORMED);
    return double(result.at<float>(0, 0));
}

bool looksTheSame(const Windows &windows, const Motion &motion)
{
    const cv::Rect before = insideRect(windows.box, windows.from.size());
    const double width = windows.box.width * motion.scale;
    const double height = windows.box.height * motion.scale;
    const cv::Rect2d moved(windows.box.x + windows.box.width / 2 + motion.x - width / 2,
                           windows.box.y + windows.box.height / 2 + motion.y - height / 2, width, height);
    const cv::Rect after = insideRect(moved, windows.to.size());
    if (before.width < 3 || before.height < 3 || after.width < 3 || after.height < 3)
        return false;
    return correlation(windows.from(before), windows.to(after)) >= smallestCorrelation;
}

std::optional<cv::Point2d> bestPlace(const cv::Mat &picture, const cv::Mat &pattern, double *best)
{
    if (pattern.cols > picture.cols || pattern.rows > picture.rows)
        return std::nullopt;
    cv::Mat result;
    cv::matchTemplate(picture, pattern, result, cv::TM_CCOEFF_NORMED);
    cv::Point place;
    cv::minMaxLoc(result, nullptr, best, nullptr, &place);
    return cv::Point2d(place);
}

std::optional<Motion> searchFor(const Windows &windows)
{
    const cv::Rect before = insideRect(windows.box, windows.from.size());
    if (before.width < 5 || before.height < 5)
        return std::nullopt;
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(windows.from(before), mean, deviation);
    if (deviation[0] < 4.0) // nothing in it to recognise
        return std::nullopt;
    double best = 0.0;
    const auto there = bestPlace(windows.to, windows.from(before), &best);
    if (!there || best < smallestTemplateCorrelation)
        return std::nullopt;
    const cv::Rect found(int(there->x), int(there->y), before.width, before.height);
    double bestBack = 0.0;
    const auto back = bestPlace(windows.from, windows.to(found), &bestBack);
    if (!back || std::hypot(back->x - before.x, back->y - before.y) > 0.1 * std::max(before.width, before.height) + 1)
        return std::nullopt;
    return Motion{there->x - before.x, there->y - before.y, 1.0};
}
} // namespace

std::optional<TrackBox> Follower::follow(const base::GreyPicture &from, const base::GreyPicture &to,
                                         const TrackBox &box, const TrackBox &expected) const
{
    if (from.isNull() || to.isNull() || from.size != to.size)
        return std::nullopt;
    if (isUnchanged(from, to, box))
        return box;
    try {
        const cv::Point2d shift((expected.centreX - box.centreX) / m_factor,
                                (expected.centreY - box.centreY) / m_factor);
        const auto windows = cutWindows(matrixOf(from), matrixOf(to), toSmall(box, m_factor), shift);
        if (!windows)
            return std::nullopt;
        std::optional<Motion> motion = flowOf(*windows);
        if (motion && !looksTheSame(*windows, *motion))
            motion.reset();
        if (!motion)
            motion = searchFor(*windows);
        if (!motion)
            return std::nullopt;
        const double x = motion->x / windows->scale + windows->toOrigin.x - windows->fromOrigin.x;
        const double y = motion->y / windows->scale + windows->toOrigin.y - windows->fromOrigin.y;
        return box.moved(x * m_factor, y * m_factor).scaled(motion->scale);
    } catch (const cv::Exception &) {
        return std::nullopt; // an odd shape at the picture's edge: the same as not being able to tell
    }
}

bool Follower::isUnchanged(const base::GreyPicture &from, const base::GreyPicture &to, const TrackBox &box) const
{
    const cv::Mat before = matrixOf(from);
    const cv::Mat after = matrixOf(to);
    const cv::Rect area = windowAround(toSmall(box, m_factor), 1.0, before.size());
    if (area.empty())
        return false;
    cv::Mat difference;
    cv::absdiff(before(area), after(area), difference);
    cv::Mat smooth;
    cv::blur(difference, smooth, {3, 3});
    double highest = 0.0;
    cv::minMaxLoc(smooth, nullptr, &highest);
    return cv::mean(difference)[0] <= unchangedDifference && highest <= 5.0 * unchangedDifference;
}

std::optional<Look> Follower::look(const base::GreyPicture &picture, const TrackBox &box) const
{
    const cv::Mat whole = matrixOf(picture);
    const cv::Rect area = insideRect(toSmall(box, m_factor), whole.size());
    if (area.width < 3 || area.height < 3)
        return std::nullopt;
    cv::Mat small;
    cv::resize(whole(area), small, {lookSide, lookSide}, 0, 0, cv::INTER_AREA);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(small, mean, deviation);
    Look result{};
    const double gain = 32.0 / std::max(deviation[0], 1.0);
    for (int index = 0; index < lookSide * lookSide; ++index) {
        const double value = (double(small.data[index]) - mean[0]) * gain;
        result[std::size_t(index)] = std::int8_t(std::clamp(std::lround(value), -127L, 127L));
    }
    return result;
}

double Follower::similarity(const Look &a, const Look &b)
{
    double product = 0.0;
    double firstPower = 0.0;
    double secondPower = 0.0;
    for (std::size_t index = 0; index < a.size(); ++index) {
        product += double(a[index]) * double(b[index]);
        firstPower += double(a[index]) * double(a[index]);
        secondPower += double(b[index]) * double(b[index]);
    }
    const double power = std::sqrt(firstPower * secondPower);
    return power > 0.0 ? product / power : 0.0;
}

} // namespace doorveil::tracking
