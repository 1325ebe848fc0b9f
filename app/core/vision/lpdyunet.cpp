// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace doorveil::vision {

namespace {

constexpr int sizeStep = 64; // the coarsest stride: then every feature map is an exact part of the input
constexpr TileLimits limits = {640, 96, 1.1};

// As for y5fu, tiles are seen at half size at scale 1: at full size a 1080p picture takes some seconds.
constexpr double sizeOfTiles = 0.5;

struct PriorLevel
{
    int stride = 0;
    std::array<int, 3> sizes{};
    int count = 0;
};

/// Prior boxes of the published network (opencv_zoo, license_plate_detection_yunet, Apache-2.0).
constexpr std::array<PriorLevel, 4> levels = {
    {{8, {10, 16, 24}, 3}, {16, {32, 48, 0}, 2}, {32, {64, 96, 0}, 2}, {64, {128, 192, 256}, 3}}};
constexpr float variance = 0.1F;

/// LPD-YuNet of March 2023. BGR, any multiple of 64; outputs `loc` [N, 14], `conf` [N, 2], `iou` [N, 1]. The plate's
/// four corners are loc[4..7] and loc[10..13], each an offset from the prior's centre.
class LpdYunet final : public PictureDetector
{
public:
    LpdYunet(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(Network::onnx(content))
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        const double whole = double(limits.longestSide) / std::max(area.width, area.height);
        std::vector<Tile> tiles = planTiles(area, whole, {limits.longestSide, 0, 1.0});
        const std::vector<Tile> parts = planTiles(area, scale * sizeOfTiles, limits);
        if (parts.size() > 1)
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        return tiles;
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(roundedUp(tile.cols, sizeStep), roundedUp(tile.rows, sizeStep));
        const std::vector<cv::Mat> outputs = m_network.run(padded(tile, size, {}, {}), {}, {"loc", "conf", "iou"});
        const auto *location = outputs[0].ptr<float>();
        const auto *confidence = outputs[1].ptr<float>();
        const auto *overlap = outputs[2].ptr<float>();
        std::size_t priors = 0;
        for (const PriorLevel &level : levels)
            priors += std::size_t((size.width / level.stride) * (size.height / level.stride) * level.count);
        CV_Assert(outputs[0].total() == 14 * priors && outputs[1].total() == 2 * priors
                  && outputs[2].total() == priors);

        std::vector<Candidate> candidates;
        for (const PriorLevel &level : levels) {
            for (int row = 0; row < size.height / level.stride; ++row) {
                for (int column = 0; column < size.width / level.stride; ++column) {
                    for (int index = 0; index < level.count; ++index) {
                        const float score =
                            std::sqrt(std::clamp(confidence[1], 0.0F, 1.0F) * std::clamp(*overlap, 0.0F, 1.0F));
                        if (double(score) >= weakThreshold()) {
                            const float centreX = (float(column) + 0.5F) * float(level.stride);
                            const float centreY = (float(row) + 0.5F) * float(level.stride);
                            const float step = variance * float(level.sizes[std::size_t(index)]);
                            candidates.push_back(aroundCorners(location, centreX, centreY, step, score));
                        }
                        location += 14;
                        confidence += 2;
                        ++overlap;
                    }
                }
            }
        }
        return candidates;
    }

private:
    static Candidate aroundCorners(const float *location, float centreX, float centreY, float step, float score)
    {
        constexpr std::array<int, 4> corners = {4, 6, 10, 12};
        float left = centreX + location[4] * step;
        float right = left;
        float top = centreY + location[5] * step;
        float bottom = top;
        for (const int corner : corners) {
            const float x = centreX + location[corner] * step;
            const float y = centreY + location[corner + 1] * step;
            left = std::min(left, x);
            right = std::max(right, x);
            top = std::min(top, y);
            bottom = std::max(bottom, y);
        }
        return {left, top, right - left, bottom - top, score, false};
    }

    Network m_network;
};

} // namespace

std::unique_ptr<Detector> makeLpdYunet(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<LpdYunet>(model, contents.at(0));
}

} // namespace doorveil::vision
