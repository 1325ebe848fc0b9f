// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/changemap_p.h"
#include "vision/detector.h"
#include "vision/searchlayer_p.h"

#include <opencv2/core.hpp>

#include <vector>

namespace doorveil::vision {

/// What was found and still stands there: as long as the pixels of a find do not change it is given again in every
/// frame, searched or not. Bounded in number.
class KeptFinds
{
public:
    void clear() { m_kept.clear(); }
    /// Looks which finds still hold in a frame, given by its small picture.
    void check(const ChangeMap &map, const cv::Mat &picture);
    /// Boxes of finds of a kind that no longer hold and wait for a search, with the time when they were found.
    [[nodiscard]] std::vector<ChangedArea> doubtful(base::TrackKind kind) const;
    /// Takes the finds of the frame that was checked last, drops those that have changed and were searched again, and
    /// gives all that hold in that frame.
    [[nodiscard]] std::vector<Detection> update(const std::vector<Detection> &found,
                                                const std::vector<base::Rectangle> &searchedFaces,
                                                const std::vector<base::Rectangle> &searchedPlates,
                                                const std::vector<base::Rectangle> &searchedPersons,
                                                const ChangeMap &map, const cv::Mat &picture, double now);
    [[nodiscard]] std::vector<base::Rectangle> boxes(base::TrackKind kind) const;

private:
    struct Kept
    {
        Detection detection;
        cv::Mat patch; ///< of the small picture, from when it was found
        double foundAt = 0.0; ///< seconds
        bool holds = true;
    };
    std::vector<Kept> m_kept;
};

/// Non-maximum suppression within each kind, best score first; of a find cut by the edge of a searched area and a whole
/// one the whole one stays.
[[nodiscard]] std::vector<Detection> withoutDoubles(std::vector<Detection> detections);

} // namespace doorveil::vision
