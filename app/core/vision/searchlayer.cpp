// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/searchlayer_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace doorveil::vision {

namespace {
/// What moves steps into blocks that were last searched long ago: a few of them make no new object.
double lowerQuartile(const cv::Mat &values, const cv::Mat &mask)
{
    std::vector<double> chosen;
    for (int row = 0; row < values.rows; ++row) {
        for (int column = 0; column < values.cols; ++column) {
            if (mask.at<std::uint8_t>(row, column) != 0)
                chosen.push_back(values.at<double>(row, column));
        }
    }
    if (chosen.empty())
        return 0.0;
    const auto quartile = chosen.begin() + std::ptrdiff_t(chosen.size() / 4);
    std::nth_element(chosen.begin(), quartile, chosen.end());
    return *quartile;
}
} // namespace

void SearchLayer::reset(const ChangeMap &map)
{
    m_reference = map.current().clone();
    m_changed = cv::Mat(map.blocks(), CV_8U, cv::Scalar(255));
    m_lastSearched = cv::Mat(map.blocks(), CV_64F, cv::Scalar(never));
}

void SearchLayer::update(const ChangeMap &map)
{
    m_changed = map.changedAgainst(m_reference);
    m_changed.setTo(255, m_lastSearched == never);
}

std::vector<ChangedArea> SearchLayer::changedAreas(const ChangeMap &map) const
{
    // Parts of one walker belong together: gaps of one block are closed.
    cv::Mat closed;
    cv::dilate(m_changed, closed, cv::Mat::ones(3, 3, CV_8U));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(closed, labels, stats, centres, 8, CV_32S);
    std::vector<ChangedArea> areas;
    for (int label = 1; label < count; ++label) {
        const cv::Rect blocks(stats.at<int>(label, cv::CC_STAT_LEFT), stats.at<int>(label, cv::CC_STAT_TOP),
                              stats.at<int>(label, cv::CC_STAT_WIDTH), stats.at<int>(label, cv::CC_STAT_HEIGHT));
        const cv::Mat mine = (labels(blocks) == label) & m_changed(blocks);
        ChangedArea area;
        area.area = map.areaOfBlocks(blocks);
        area.lastSearched = lowerQuartile(m_lastSearched(blocks), mine);
        area.changedShare = double(cv::countNonZero(mine)) / double(blocks.area());
        areas.push_back(area);
    }
    return areas;
}

void SearchLayer::markSearched(const base::Rectangle &area, double now, const ChangeMap &map)
{
    const cv::Rect blocks = map.blocksInside(area);
    if (blocks.empty())
        return;
    const cv::Rect pixels = map.pixelsOfBlocks(blocks);
    map.current()(pixels).copyTo(m_reference(pixels));
    m_lastSearched(blocks).setTo(now);
    m_changed(blocks).setTo(0);
}

ChangedArea SearchLayer::longestWaiting(const ChangeMap &map) const
{
    ChangedArea waiting;
    cv::Point block;
    cv::minMaxLoc(m_lastSearched, &waiting.lastSearched, nullptr, &block, nullptr);
    waiting.area = map.areaOfBlocks({block, cv::Size(1, 1)});
    return waiting;
}

} // namespace doorveil::vision
