// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace doorveil::vision {

namespace {

constexpr int sizeStep = 32; // the coarsest of the three strides
constexpr std::array<int, 3> strides = {8, 16, 32};
// Input is cut at 1280: three quarters of the speed of small tiles is lost to their overlap, and a larger one takes
// more memory than it gives speed (75 MB at 1280 × 736).
constexpr TileLimits limits = {1280, 96, 1.0};
// The network's receptive field ends near 300 pixels: a face at the door is found in a reduced picture.
constexpr int reducedSide = 448;
constexpr double reductionWorthwhile = 1.6;

/// YuNet, model of March 2023. Outputs for each stride s: cls_s, obj_s [1, N, 1], bbox_s [1, N, 4], cells row by row.
/// Decoding as in OpenCV 4.8's FaceDetectorYN (Apache-2.0), which 4.6 does not have:
/// score = sqrt(cls × obj); centre = (cell + b[0..1]) × s; size = exp(b[2..3]) × s.
class Yunet final : public PictureDetector
{
public:
    Yunet(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(Network::onnx(content))
    {
        for (const char *output : {"cls_", "obj_", "bbox_"}) {
            for (const int stride : strides)
                m_outputs.push_back(output + std::to_string(stride));
        }
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        std::vector<Tile> tiles = planTiles(area, scale, limits);
        const double longest = std::max(area.width, area.height) * scale;
        if (longest > reducedSide * reductionWorthwhile) {
            const std::vector<Tile> reduced = planTiles(area, scale * reducedSide / longest, {reducedSide, 0, 1.0});
            tiles.insert(tiles.end(), reduced.begin(), reduced.end());
        }
        return tiles;
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(roundedUp(tile.cols, sizeStep), roundedUp(tile.rows, sizeStep));
        const std::vector<cv::Mat> outputs = m_network.run(padded(tile, size, {}, {}), {}, m_outputs);
        std::vector<Candidate> candidates;
        for (std::size_t level = 0; level < strides.size(); ++level)
            decode(outputs[level], outputs[level + 3], outputs[level + 6], strides[level], size, candidates);
        return candidates;
    }

private:
    void decode(const cv::Mat &classes, const cv::Mat &objects, const cv::Mat &boxes, int stride, cv::Size size,
                std::vector<Candidate> &candidates) const
    {
        const int columns = size.width / stride;
        const int rows = size.height / stride;
        CV_Assert(classes.total() == std::size_t(columns) * std::size_t(rows) && objects.total() == classes.total()
                  && boxes.total() == 4 * classes.total());
        const auto *classScores = classes.ptr<float>();
        const auto *objectScores = objects.ptr<float>();
        const auto *box = boxes.ptr<float>();
        const auto least = float(weakThreshold() * weakThreshold());
        const auto step = float(stride);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column, ++classScores, ++objectScores, box += 4) {
                const float product = std::clamp(*classScores, 0.0F, 1.0F) * std::clamp(*objectScores, 0.0F, 1.0F);
                if (product < least)
                    continue;
                const float width = std::exp(box[2]) * step;
                const float height = std::exp(box[3]) * step;
                const float centreX = (float(column) + box[0]) * step;
                const float centreY = (float(row) + box[1]) * step;
                candidates.push_back(
                    {centreX - width / 2, centreY - height / 2, width, height, std::sqrt(product), false});
            }
        }
    }

    Network m_network;
    std::vector<std::string> m_outputs;
};

} // namespace

std::unique_ptr<Detector> makeYunet(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<Yunet>(model, contents.at(0));
}

} // namespace doorveil::vision
