// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>

namespace doorveil::vision {

namespace {

/// Ultra-Light-Fast-Generic-Face-Detector (RFB). Fixed input, RGB, (value - 127) / 128. Outputs: `scores` [1, N, 2]
/// (background, face) and `boxes` [1, N, 4], corners as parts of the input's width and height.
class UltraLightFace final : public PictureDetector
{
public:
    UltraLightFace(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(Network::onnx(content)),
          m_size(model.inputWidth, model.inputHeight)
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        // The input is not square, so that tiles are planned for its shorter side in both directions.
        const double longest = std::max(area.width, area.height) * scale;
        const int side = m_size.width;
        std::vector<Tile> tiles = planTiles(area, fitting(area), {side, 0, 1.0});
        if (longest > side * 1.25) {
            const std::vector<Tile> parts = planTiles(area, scale, {m_size.height, m_size.height / 6, 1.2});
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        }
        return tiles;
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const std::vector<cv::Mat> outputs =
            m_network.run(padded(tile, m_size, {}, cv::Scalar::all(127)), {1.0 / 128.0, cv::Scalar::all(127), true},
                          {"scores", "boxes"});
        const cv::Mat &scores = outputs[0];
        const cv::Mat &boxes = outputs[1];
        CV_Assert(2 * scores.total() == boxes.total());
        const auto *score = scores.ptr<float>();
        const auto *box = boxes.ptr<float>();
        const auto width = float(m_size.width);
        const auto height = float(m_size.height);
        std::vector<Candidate> candidates;
        for (std::size_t index = 0; index < scores.total() / 2; ++index, score += 2, box += 4) {
            if (double(score[1]) >= weakThreshold()) {
                candidates.push_back({box[0] * width, box[1] * height, (box[2] - box[0]) * width,
                                      (box[3] - box[1]) * height, score[1], false});
            }
        }
        return candidates;
    }

private:
    [[nodiscard]] double fitting(const base::Rectangle &area) const
    {
        return std::min(double(m_size.width) / area.width, double(m_size.height) / area.height);
    }

    Network m_network;
    cv::Size m_size;
};

} // namespace

std::unique_ptr<Detector> makeUltraLightFace(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<UltraLightFace>(model, contents.at(0));
}

} // namespace doorveil::vision
