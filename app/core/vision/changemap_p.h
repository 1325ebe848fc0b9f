// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scenechange.h"
#include "base/videoframe.h"

#include <opencv2/core.hpp>

#include <deque>
#include <vector>

namespace doorveil::vision {

/// Where a still camera's picture changes. Works on a grey picture scaled down by a whole factor, in blocks of
/// `blockSide` of its pixels. A difference is averaged over 3 x 3 of them before it counts, which keeps a 12-pixel face
/// in 1080p and averages grain away; what counts as a difference follows the noise of each block.
class ChangeMap
{
public:
    static constexpr int blockSide = 8;
    static constexpr int longestSide = 480;

    /// Takes the next frame. The first of a clip, and one of another size, is a cut.
    void update(const base::GreyPicture &grey, int factor, base::Size displayedSize);

    [[nodiscard]] bool isCut() const { return m_change == base::SceneChange::Cut; }
    [[nodiscard]] base::SceneChange change() const { return m_change; }
    [[nodiscard]] cv::Size blocks() const { return m_blocks; }
    /// Grey, CV_8U. A new one for each frame: what shares it keeps it as it is.
    [[nodiscard]] const cv::Mat &current() const { return m_current; }
    /// Blocks that changed against the last frame: 255, else 0. CV_8U, blocks() in size.
    [[nodiscard]] const cv::Mat &moving() const { return m_moving; }

    /// Blocks in which the current picture differs from `reference` by more than noise.
    [[nodiscard]] cv::Mat changedAgainst(const cv::Mat &reference) const;
    /// A copy of an area of a small picture, current() now or some frames ago, with a border for isUnchanged().
    [[nodiscard]] cv::Mat patchOf(const base::Rectangle &area, const cv::Mat &picture) const;
    /// Nothing in the area of such a picture differs from `patch`, its patchOf() an earlier one, by more than noise.
    [[nodiscard]] bool isUnchanged(const base::Rectangle &area, const cv::Mat &patch, const cv::Mat &picture) const;

    [[nodiscard]] base::Rectangle areaOfBlocks(const cv::Rect &blocks) const;
    /// Blocks that lie wholly inside the area (those at the picture's edge count when all of their picture does).
    [[nodiscard]] cv::Rect blocksInside(const base::Rectangle &area) const;
    [[nodiscard]] cv::Rect pixelsOfBlocks(const cv::Rect &blocks) const;

private:
    /// The part of the small picture that holds an area of the displayed one, and a border of one pixel.
    [[nodiscard]] cv::Rect smallArea(const base::Rectangle &area) const;
    [[nodiscard]] cv::Mat strengthAgainst(const cv::Mat &reference) const;
    [[nodiscard]] cv::Mat changedWhere(const cv::Mat &strength) const;
    [[nodiscard]] double threshold(int column, int row) const;
    void learnNoise(const cv::Mat &strength);
    /// Against the last frame, of whose blocks `share` changed strongly.
    [[nodiscard]] base::SceneChange changeOf(double share) const;

    base::Size m_displayedSize;
    int m_factor = 1;
    cv::Size m_blocks;
    cv::Mat m_current;
    cv::Mat m_last;
    cv::Mat m_moving;
    cv::Mat m_noise; ///< running median of each block's difference between frames, grey levels, CV_32F
    base::SceneChange m_change = base::SceneChange::Cut;
    std::deque<double> m_recentShares; ///< of strongly changed blocks, in the last frames of this scene
    int m_framesSinceCut = 0;
};

} // namespace doorveil::vision
