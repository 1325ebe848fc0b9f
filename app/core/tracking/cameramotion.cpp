// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/cameramotion.h"

#include "tracking/pictures_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace doorveil::tracking {

namespace {

constexpr int partsAcross = 4;
constexpr double leastContrast = 4.0; // standard deviation: of a bare wall no shift can be told
constexpr double leastShift = 0.2; // pixels of the small picture: below it is the codec's noise
constexpr double sameWay = 0.5; // pixels between the shifts of two parts
constexpr std::size_t fewestParts = 5; // with a pattern
constexpr double mostParts = 0.7;

std::vector<cv::Point2d> shiftsOf(const cv::Mat &from, const cv::Mat &to)
{
    const cv::Size part(from.cols / partsAcross, from.rows / partsAcross);
    cv::Mat window;
    cv::createHanningWindow(window, part, CV_32F);
    std::vector<cv::Point2d> shifts;
    for (int row = 0; row < partsAcross; ++row) {
        for (int column = 0; column < partsAcross; ++column) {
            const cv::Rect place(column * part.width, row * part.height, part.width, part.height);
            cv::Scalar mean;
            cv::Scalar deviation;
            cv::meanStdDev(from(place), mean, deviation);
            if (deviation[0] >= leastContrast)
                shifts.push_back(cv::phaseCorrelate(from(place), to(place), window));
        }
    }
    return shifts;
}

cv::Point2d middleOf(const std::vector<cv::Point2d> &shifts)
{
    std::vector<double> x;
    std::vector<double> y;
    for (const cv::Point2d &shift : shifts) {
        x.push_back(shift.x);
        y.push_back(shift.y);
    }
    return {median(x), median(y)};
}

} // namespace

bool CameraMotion::addPicture(base::GreyPicture picture)
try {
    const base::GreyPicture last = std::exchange(m_last, std::move(picture));
    const base::Size size = m_last.size;
    constexpr int smallestPart = 8;
    if (last.size != size || std::min(size.width, size.height) < smallestPart * partsAcross)
        return false;
    cv::Mat from;
    cv::Mat to;
    matrixOf(last).convertTo(from, CV_32F);
    matrixOf(m_last).convertTo(to, CV_32F);
    const std::vector<cv::Point2d> shifts = shiftsOf(from, to);
    if (shifts.size() < fewestParts)
        return false;
    const cv::Point2d whole = middleOf(shifts);
    if (std::hypot(whole.x, whole.y) < leastShift)
        return false;
    const auto along = std::count_if(shifts.begin(), shifts.end(), [&whole](const cv::Point2d &shift) {
        return std::hypot(shift.x - whole.x, shift.y - whole.y) <= sameWay
               && std::hypot(shift.x, shift.y) >= leastShift;
    });
    return double(along) >= mostParts * double(shifts.size());
} catch (const cv::Exception &) {
    return false; // then movement is listed once too often
}

} // namespace doorveil::tracking
