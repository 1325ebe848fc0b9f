// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/candidate.h"
#include "vision/detector.h"
#include "vision/tiling.h"

#include <opencv2/core.hpp>

#include <mutex>
#include <vector>

namespace doorveil::vision {

/// What the adapters have in common: plans the tiles of an area, cuts and scales them, puts the finds of all tiles back
/// into the picture, suppresses the double ones, and keeps the libraries' exceptions inside.
class PictureDetector : public Detector
{
public:
    [[nodiscard]] const DetectorInfo &info() const final { return m_info; }
    [[nodiscard]] base::Result<std::vector<Detection>> detect(const base::Picture &picture, const base::Rectangle &area,
                                                              double scale) final;

protected:
    PictureDetector(DetectorInfo info, double weakThreshold, double suppression);

    [[nodiscard]] double weakThreshold() const { return m_weakThreshold; }

    /// Tiles in which to look for objects in the area (never empty), enlarged by `scale`.
    [[nodiscard]] virtual std::vector<Tile> plan(const base::Rectangle &area, double scale) const = 0;
    /// Whether the detector sees more when grain is smoothed first.
    [[nodiscard]] virtual bool smoothsGrain() const { return false; }
    /// Whether several threads may be in find() at once; otherwise they take turns.
    [[nodiscard]] virtual bool findsConcurrently() const { return false; }
    /// Finds in a tile of the planned input size, in its pixels. May throw; need not suppress double finds.
    [[nodiscard]] virtual std::vector<Candidate> find(const cv::Mat &tile) = 0;

private:
    [[nodiscard]] std::vector<Candidate> findAll(const cv::Mat &picture, const base::Rectangle &area, double scale);

    DetectorInfo m_info;
    double m_weakThreshold = 0.0;
    double m_suppression = 0.3;
    std::mutex m_turn;
};

/// `tile` on a canvas of `size`, its top left corner at `offset`, the rest in one colour.
[[nodiscard]] cv::Mat padded(const cv::Mat &tile, cv::Size size, cv::Point offset, const cv::Scalar &colour);

/// The side of a network's input that holds a tile's: multiples of 32, and of 64 from 256 on, so that there are few
/// sizes to plan for.
[[nodiscard]] constexpr int inputSide(int side)
{
    const int step = side <= 256 ? 32 : 64;
    return (side + step - 1) / step * step;
}

/// The next multiple of `step`.
[[nodiscard]] constexpr int roundedUp(int value, int step)
{
    return (value + step - 1) / step * step;
}

} // namespace doorveil::vision
