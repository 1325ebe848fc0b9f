// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>

namespace doorveil::vision {

namespace {

constexpr int sizeStep = 32;
constexpr int personScore = 5; // after centre x, y, width, height and objectness; already multiplied by the latter

/// Yolo-Fastest 1.1 with the one class "body". RGB / 255; each output [N, 6], boxes as parts of the input's sides.
/// At scale 1 the area's longer side is scaled to the network's own input (never enlarged beyond `scale`).
class DarknetBody final : public PictureDetector
{
public:
    DarknetBody(const ModelDescription &model, const ModelContents &contents)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(Network::darknet(contents.at(0), contents.at(1))),
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
        const cv::Size size(roundedUp(tile.cols, sizeStep), roundedUp(tile.rows, sizeStep));
        std::vector<Candidate> candidates;
        for (const cv::Mat &output :
             m_network.run(padded(tile, size, {}, cv::Scalar::all(127)), {1.0 / 255.0, {}, true})) {
            CV_Assert(output.dims == 2 && output.cols == personScore + 1);
            for (int row = 0; row < output.rows; ++row) {
                const auto *values = output.ptr<float>(row);
                if (double(values[personScore]) < weakThreshold())
                    continue;
                const float width = values[2] * float(size.width);
                const float height = values[3] * float(size.height);
                candidates.push_back({values[0] * float(size.width) - width / 2,
                                      values[1] * float(size.height) - height / 2, width, height, values[personScore],
                                      false});
            }
        }
        return candidates;
    }

private:
    Network m_network;
    int m_side = 320;
};

} // namespace

std::unique_ptr<Detector> makeDarknetBody(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<DarknetBody>(model, contents);
}

} // namespace doorveil::vision
