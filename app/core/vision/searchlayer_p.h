// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/changemap_p.h"

#include <limits>
#include <vector>

namespace doorveil::vision {

/// A connected part of the picture that differs from when it was last searched.
struct ChangedArea
{
    base::Rectangle area; ///< whole blocks, displayed pixels
    double lastSearched = 0.0; ///< seconds, the lower quartile of its blocks; -infinity for one never searched
    double changedShare = 1.0; ///< of the area
};

/// What one kind of search has seen of the picture: a copy of each block from when it was last searched, so that slow
/// change adds up until it counts, and the time of that search.
class SearchLayer
{
public:
    static constexpr double never = -std::numeric_limits<double>::infinity();

    /// Forgets everything: all is to be searched.
    void reset(const ChangeMap &map);
    /// Compares with the current frame.
    void update(const ChangeMap &map);
    [[nodiscard]] std::vector<ChangedArea> changedAreas(const ChangeMap &map) const;
    /// Blocks wholly inside the area count as searched in the current frame.
    void markSearched(const base::Rectangle &area, double now, const ChangeMap &map);
    /// The whole-block area around the block that waits longest since its last search, and that time.
    [[nodiscard]] ChangedArea longestWaiting(const ChangeMap &map) const;

private:
    cv::Mat m_reference;
    cv::Mat m_changed;
    cv::Mat m_lastSearched; ///< seconds, CV_64F
};

} // namespace doorveil::vision
