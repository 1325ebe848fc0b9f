// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/changemap_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace doorveil::vision {

namespace {
// Below the floor nothing that a detector could find differs from its background (a face in the dark is at least six
// levels off); the ceiling keeps noise from hiding one. Measured on the clips of the benchmark.
constexpr double thresholdFloor = 4.0;
constexpr double thresholdCeiling = 12.0;
constexpr double noiseFactor = 2.2;
constexpr double noiseStep = 0.1; // grey levels a frame
constexpr int surrounding = 31; // pixels of the small picture, four blocks
constexpr double mostEven = 6.0; // grey levels: more is no drift, and would spread around what moves
constexpr double cutShare = 0.6;
constexpr double cutCorrelation = 0.35;
// A recording that leaves out time between two visitors keeps its background and changes where they stand, at once: in
// the benchmark's clips 4.9 to 23 times as much as the frames before. Gestures and steps swell over some frames.
constexpr double jumpShare = 0.12;
constexpr double jumpFactor = 3.0; // of the most in the recent frames
constexpr std::size_t recentFrames = 8; // a picture may be repeated several times to fill a frame rate

cv::Mat copyOf(const base::GreyPicture &picture)
{
    const cv::Mat view(picture.size.height, picture.size.width, CV_8UC1,
                       const_cast<std::uint8_t *>(picture.samples.data()));
    return view.clone();
}

/// |a - b| averaged over 3 x 3, times nine. What changes evenly over a wider surrounding is the exposure or a cloud:
/// it is taken off. No face comes with it, since a face of any size has eyes and a mouth that are narrower.
cv::Mat smoothDifference(const cv::Mat &a, const cv::Mat &b)
{
    cv::Mat difference;
    cv::subtract(a, b, difference, cv::noArray(), CV_16S);
    cv::Mat even = cv::min(cv::max(difference, -mostEven), mostEven);
    cv::boxFilter(even, even, CV_16S, cv::Size(surrounding, surrounding), {-1, -1}, true, cv::BORDER_REPLICATE);
    difference -= even;
    cv::Mat sum;
    cv::boxFilter(difference, sum, CV_16S, {3, 3}, {-1, -1}, false, cv::BORDER_REPLICATE);
    return cv::abs(sum);
}
constexpr double sumScale = 9.0; // of an unnormalised 3 x 3 box

/// What two pictures have in common apart from their brightness: correlation of the small high-passed pictures.
double structureCorrelation(const cv::Mat &a, const cv::Mat &b)
{
    const auto structure = [](const cv::Mat &picture) {
        cv::Mat small;
        cv::resize(picture, small, {64, 48}, 0, 0, cv::INTER_AREA);
        small.convertTo(small, CV_32F);
        cv::Mat smooth;
        cv::blur(small, smooth, {9, 9});
        return cv::Mat(small - smooth);
    };
    const cv::Mat first = structure(a);
    const cv::Mat second = structure(b);
    const double power = std::sqrt(first.dot(first) * second.dot(second));
    return power > 0.0 ? first.dot(second) / power : 1.0;
}
} // namespace

void ChangeMap::update(const base::GreyPicture &grey, int factor, base::Size displayedSize)
{
    m_last = m_current;
    m_current = copyOf(grey);
    const bool sameShape = !m_last.empty() && m_last.size() == m_current.size() && displayedSize == m_displayedSize;
    m_displayedSize = displayedSize;
    m_factor = std::max(1, factor);
    if (!sameShape) {
        m_blocks = {(m_current.cols + blockSide - 1) / blockSide, (m_current.rows + blockSide - 1) / blockSide};
        m_noise = cv::Mat::zeros(m_blocks, CV_32F);
        m_moving = cv::Mat(m_blocks, CV_8U, cv::Scalar(255));
        m_change = base::SceneChange::Cut;
        m_recentShares.clear();
        m_framesSinceCut = 0;
        return;
    }
    const cv::Mat strength = strengthAgainst(m_last);
    cv::Mat strong = strength > thresholdCeiling;
    const double changedShare = double(cv::countNonZero(strong)) / double(m_blocks.area());
    m_change = changeOf(changedShare);
    if (isCut())
        m_recentShares.clear();
    else
        m_recentShares.push_back(changedShare);
    if (m_recentShares.size() > recentFrames)
        m_recentShares.pop_front();
    m_framesSinceCut = isCut() ? 0 : m_framesSinceCut + 1;
    if (!isCut())
        learnNoise(strength);
    m_moving = changedWhere(strength);
}

base::SceneChange ChangeMap::changeOf(double share) const
{
    if (share > cutShare && structureCorrelation(m_last, m_current) < cutCorrelation)
        return base::SceneChange::Cut;
    if (share < jumpShare || m_recentShares.empty())
        return base::SceneChange::None;
    const double most = *std::max_element(m_recentShares.begin(), m_recentShares.end());
    return share >= jumpFactor * most ? base::SceneChange::Jump : base::SceneChange::None;
}

cv::Mat ChangeMap::strengthAgainst(const cv::Mat &reference) const
{
    const cv::Mat difference = smoothDifference(m_current, reference);
    cv::Mat strength = cv::Mat::zeros(m_blocks, CV_32F);
    for (int row = 0; row < m_blocks.height; ++row) {
        auto *out = strength.ptr<float>(row);
        const int bottom = std::min(difference.rows, (row + 1) * blockSide);
        for (int column = 0; column < m_blocks.width; ++column) {
            const int right = std::min(difference.cols, (column + 1) * blockSide);
            std::int16_t highest = 0;
            for (int y = row * blockSide; y < bottom; ++y) {
                const auto *line = difference.ptr<std::int16_t>(y);
                for (int x = column * blockSide; x < right; ++x)
                    highest = std::max(highest, line[x]);
            }
            out[column] = float(double(highest) / sumScale);
        }
    }
    return strength;
}

void ChangeMap::learnNoise(const cv::Mat &strength)
{
    if (m_framesSinceCut == 1) {
        // Most of a picture stands still: its median is a start for every block.
        std::vector<float> values(strength.begin<float>(), strength.end<float>());
        const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        m_noise.setTo(std::min(double(*middle), thresholdCeiling / noiseFactor));
        return;
    }
    for (int row = 0; row < m_blocks.height; ++row) {
        const auto *seen = strength.ptr<float>(row);
        auto *noise = m_noise.ptr<float>(row);
        for (int column = 0; column < m_blocks.width; ++column)
            noise[column] += float(seen[column] > noise[column] ? noiseStep : -noiseStep);
    }
}

double ChangeMap::threshold(int column, int row) const
{
    return std::clamp(noiseFactor * double(m_noise.at<float>(row, column)), thresholdFloor, thresholdCeiling);
}

cv::Mat ChangeMap::changedAgainst(const cv::Mat &reference) const
{
    if (reference.size() != m_current.size())
        return {m_blocks, CV_8U, cv::Scalar(255)};
    return changedWhere(strengthAgainst(reference));
}

cv::Mat ChangeMap::changedWhere(const cv::Mat &strength) const
{
    cv::Mat changed(m_blocks, CV_8U, cv::Scalar(255));
    for (int row = 0; row < m_blocks.height; ++row) {
        for (int column = 0; column < m_blocks.width; ++column) {
            if (double(strength.at<float>(row, column)) <= threshold(column, row))
                changed.at<std::uint8_t>(row, column) = 0;
        }
    }
    return changed;
}

bool ChangeMap::isUnchanged(const base::Rectangle &area, const cv::Mat &patch, const cv::Mat &picture) const
{
    const cv::Rect small = smallArea(area);
    if (small.empty() || small.size() != patch.size() || picture.size() != m_current.size())
        return false;
    const cv::Mat difference = smoothDifference(picture(small), patch);
    // The border has fewer neighbours to average with, and more noise for that.
    for (int y = 1; y < small.height - 1; ++y) {
        const auto *line = difference.ptr<std::int16_t>(y);
        for (int x = 1; x < small.width - 1; ++x) {
            if (double(line[x]) / sumScale > threshold((small.x + x) / blockSide, (small.y + y) / blockSide))
                return false;
        }
    }
    return true;
}

cv::Mat ChangeMap::patchOf(const base::Rectangle &area, const cv::Mat &picture) const
{
    return picture.size() == m_current.size() ? picture(smallArea(area)).clone() : cv::Mat();
}

cv::Rect ChangeMap::smallArea(const base::Rectangle &area) const
{
    const int left = area.x / m_factor - 1;
    const int top = area.y / m_factor - 1;
    const cv::Rect small(left, top, (area.right() + m_factor - 1) / m_factor + 1 - left,
                         (area.bottom() + m_factor - 1) / m_factor + 1 - top);
    return small & cv::Rect({0, 0}, m_current.size());
}

base::Rectangle ChangeMap::areaOfBlocks(const cv::Rect &blocks) const
{
    const int side = blockSide * m_factor;
    base::Rectangle area{blocks.x * side, blocks.y * side, blocks.width * side, blocks.height * side};
    // The small picture drops the columns and rows that do not fill a whole pixel: they belong to the last block.
    if (blocks.br().x >= m_blocks.width)
        area.width = m_displayedSize.width - area.x;
    if (blocks.br().y >= m_blocks.height)
        area.height = m_displayedSize.height - area.y;
    return area.clampedTo(m_displayedSize);
}

cv::Rect ChangeMap::blocksInside(const base::Rectangle &area) const
{
    const int side = blockSide * m_factor;
    const int left = (area.x + side - 1) / side;
    const int top = (area.y + side - 1) / side;
    const int right = area.right() >= m_displayedSize.width ? m_blocks.width : area.right() / side;
    const int bottom = area.bottom() >= m_displayedSize.height ? m_blocks.height : area.bottom() / side;
    return cv::Rect(left, top, std::max(0, right - left), std::max(0, bottom - top)) & cv::Rect({0, 0}, m_blocks);
}

cv::Rect ChangeMap::pixelsOfBlocks(const cv::Rect &blocks) const
{
    return cv::Rect(blocks.x * blockSide, blocks.y * blockSide, blocks.width * blockSide, blocks.height * blockSide)
           & cv::Rect({0, 0}, m_current.size());
}

} // namespace doorveil::vision
