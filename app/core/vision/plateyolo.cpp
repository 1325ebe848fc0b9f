// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>

namespace doorveil::vision {

namespace {

constexpr int valuesABox = 15; // centre x, y, width, height, objectness, 4 corners, single-row and double-row plate
constexpr int objectness = 4;
constexpr int singleRow = 13;
constexpr int doubleRow = 14;
// At scale 1 tiles are seen at half size: plates that can be read are 40 pixels wide or more, and the network was
// trained on ones that fill a good part of its input.
constexpr double sizeOfTiles = 0.5;

/// HyperLPR3's y5fu, a YOLOv5 for plates: fixed square input, letterboxed, RGB / 255; output [1, N, 15] decoded, in
/// pixels of the input.
class PlateYolo final : public PictureDetector
{
public:
    PlateYolo(const ModelDescription &model, const QByteArray &content)
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
        const std::vector<Tile> parts = planTiles(area, scale * sizeOfTiles, {m_side, m_side / 5, 1.25});
        if (parts.size() > 1)
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        return tiles;
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Point offset((m_side - tile.cols) / 2, (m_side - tile.rows) / 2);
        const std::vector<cv::Mat> outputs =
            m_network.run(padded(tile, {m_side, m_side}, offset, {}), {1.0 / 255.0, {}, true});
        const cv::Mat &output = outputs.at(0);
        CV_Assert(output.dims == 3 && output.size[2] == valuesABox);
        const auto *values = output.ptr<float>();
        std::vector<Candidate> candidates;
        for (int index = 0; index < output.size[1]; ++index, values += valuesABox) {
            const float score = values[objectness] * std::max(values[singleRow], values[doubleRow]);
            if (double(score) < weakThreshold())
                continue;
            candidates.push_back({values[0] - values[2] / 2 - float(offset.x),
                                  values[1] - values[3] / 2 - float(offset.y), values[2], values[3], score, false});
        }
        return candidates;
    }

private:
    Network m_network;
    int m_side = 320;
};

} // namespace

std::unique_ptr<Detector> makePlateYolo(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<PlateYolo>(model, contents.at(0));
}

} // namespace doorveil::vision
