// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace doorveil::vision {

namespace {

constexpr std::array<int, 3> strides = {8, 16, 32};
constexpr int valuesABox = 85; // centre x, y, log width, log height, objectness, 80 classes of COCO
constexpr int objectness = 4;
constexpr int person = 5;

/// YOLOX-nano, class "person" only. BGR 0 to 255, letterboxed to the top left, padded with 114; output [1, N, 85] raw:
/// centre = (cell + v[0..1]) × stride, size = exp(v[2..3]) × stride.
class YoloxPerson final : public PictureDetector
{
public:
    YoloxPerson(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(Network::onnx(content)),
          m_side(model.inputWidth)
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        const int longest = std::max(area.width, area.height);
        std::vector<Tile> tiles = planTiles(area, double(m_side) / longest, {m_side, 0, 1.0});
        if (scale > 1) {
            const std::vector<Tile> parts = planTiles(area, scale * m_side / longest, {m_side, m_side / 3, 1.0});
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        }
        return tiles;
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const std::vector<cv::Mat> outputs =
            m_network.run(padded(tile, {m_side, m_side}, {}, cv::Scalar::all(114)), {});
        const cv::Mat &output = outputs.at(0);
        CV_Assert(output.dims == 3 && output.size[2] == valuesABox);
        const auto *values = output.ptr<float>();
        std::vector<Candidate> candidates;
        for (const int stride : strides) {
            const int cells = m_side / stride;
            const auto step = float(stride);
            for (int row = 0; row < cells; ++row) {
                for (int column = 0; column < cells; ++column, values += valuesABox) {
                    const float score = values[objectness] * values[person];
                    if (double(score) < weakThreshold())
                        continue;
                    const float width = std::exp(values[2]) * step;
                    const float height = std::exp(values[3]) * step;
                    candidates.push_back({(float(column) + values[0]) * step - width / 2,
                                          (float(row) + values[1]) * step - height / 2, width, height, score, false});
                }
            }
        }
        return candidates;
    }

private:
    Network m_network;
    int m_side = 416;
};

} // namespace

std::unique_ptr<Detector> makeYoloxPerson(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<YoloxPerson>(model, contents.at(0));
}

} // namespace doorveil::vision
