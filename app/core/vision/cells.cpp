// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/convolutionnetwork_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace doorveil::vision {

namespace {

constexpr int valuesACell = 5; // score, and how far left, top, right and bottom lie from the cell's middle
constexpr float stride = 8.0F;
constexpr float mostLogarithm = 5.0F; // a distance of 150 cells: beyond it the network has not been
// The networks were trained on plates 16 to 170 pixels wide, on faces of 10 to 118.
constexpr std::array<double, 3> partScales{0.25, 0.5, 1.0};
constexpr int smallestPart = 160; // scaled to less than that, a picture shows nothing that the next scale does not
constexpr TileLimits limits = {960, 96, 1.1};

/// The project's own detectors (models/training): BGR, 0 to 255, one cell every 8 pixels.
class Cells final : public PictureDetector
{
public:
    Cells(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(networkOf(content))
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        std::vector<Tile> tiles;
        for (const double part : partScales) {
            if (part < 1.0 && std::max(area.width, area.height) * scale * part < smallestPart)
                continue;
            const std::vector<Tile> parts = planTiles(area, scale * part, limits);
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        }
        return tiles;
    }

    bool findsConcurrently() const override { return true; }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(inputSide(tile.cols), inputSide(tile.rows));
        const std::vector<Planes> outputs = m_network->run(padded(tile, size, {}, {}), {});
        const Planes &cells = outputs.at(0);
        CV_Assert(cells.channels == valuesACell);
        const float least = inverseSigmoid(float(weakThreshold()));
        std::vector<Candidate> candidates;
        std::size_t index = 0;
        for (int row = 0; row < cells.height; ++row) {
            for (int column = 0; column < cells.width; ++column, ++index) {
                const float score = cells.channel(0)[index];
                if (score < least)
                    continue;
                const auto distance = [&](int which) {
                    return std::exp(std::min(cells.channel(which)[index], mostLogarithm)) * stride;
                };
                const float x = (float(column) + 0.5F) * stride - distance(1);
                const float y = (float(row) + 0.5F) * stride - distance(2);
                candidates.push_back(
                    {x, y, distance(1) + distance(3), distance(2) + distance(4), sigmoid(score), false});
            }
        }
        return candidates;
    }

private:
    static std::unique_ptr<ConvolutionNetwork> networkOf(const QByteArray &content)
    {
        OnnxGraph graph = readOnnxGraph(content);
        std::vector<std::string> outputs = graph.convolutionsTo(valuesACell);
        if (outputs.size() != 1)
            throw std::runtime_error("this is no network of cells");
        return std::make_unique<ConvolutionNetwork>(std::move(graph), std::move(outputs));
    }

    std::unique_ptr<ConvolutionNetwork> m_network;
};

} // namespace

std::unique_ptr<Detector> makeCells(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<Cells>(model, contents.at(0));
}

} // namespace doorveil::vision
