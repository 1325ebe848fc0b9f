// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/convolutionnetwork_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace doorveil::vision {

namespace {

constexpr int valuesABox = 15; // centre x, y, width, height, objectness, 4 corners, single-row and double-row plate
constexpr int objectness = 4;
constexpr int singleRow = 13;
constexpr int doubleRow = 14;
constexpr int anchorsALevel = 3;
struct AnchorSize
{
    float width = 0;
    float height = 0;
};
// Of the network's training, in pixels of the input: constants of the pinned files.
constexpr std::array<std::array<AnchorSize, anchorsALevel>, 3> anchors{
    {{{{4, 5}, {8, 10}, {13, 16}}}, {{{23, 29}, {43, 55}, {73, 105}}}, {{{146, 217}, {231, 300}, {335, 433}}}}};
// The network finds a plate best when it is 30 to 80 pixels wide: on half-size copies of street clips it finds 95 % at
// the picture's own size, 14 % at half of it; plates at the kerb it finds at half the size or when they fill the whole.
constexpr std::array<double, 2> partScales{0.5, 1.0};
constexpr double partsWorthwhile = 1.25; // of the side that the whole area is scaled to
constexpr TileLimits partLimits = {960, 96, 1.1};

/// HyperLPR3's y5fu, a YOLOv5 for plates: RGB / 255. The files were exported for one size of input; the convolutions
/// take any multiple of 32, and what follows them is done here.
class PlateYolo final : public PictureDetector
{
public:
    PlateYolo(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(networkOf(content)),
          m_side(model.inputWidth)
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        const int longest = std::max(area.width, area.height);
        std::vector<Tile> tiles = planTiles(area, double(m_side) / longest, {m_side, 0, 1.0});
        for (const double part : partScales) {
            if (longest * scale * part < m_side * partsWorthwhile)
                continue;
            const std::vector<Tile> parts = planTiles(area, scale * part, partLimits);
            tiles.insert(tiles.end(), parts.begin(), parts.end());
        }
        return tiles;
    }

    bool findsConcurrently() const override { return true; }
    bool smoothsGrain() const override { return true; }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(inputSide(tile.cols), inputSide(tile.rows));
        const std::vector<Planes> outputs = m_network->run(padded(tile, size, {}, {}), {1.0 / 255.0, {}, true});
        std::vector<Candidate> candidates;
        for (std::size_t level = 0; level < outputs.size(); ++level)
            decode(outputs[level], level, candidates);
        return candidates;
    }

private:
    static std::unique_ptr<ConvolutionNetwork> networkOf(const QByteArray &content)
    {
        OnnxGraph graph = readOnnxGraph(content);
        std::vector<std::string> outputs = graph.convolutionsTo(std::int64_t(valuesABox) * anchorsALevel);
        if (outputs.size() != anchors.size())
            throw std::runtime_error("this is no network of the y5fu family");
        return std::make_unique<ConvolutionNetwork>(std::move(graph), std::move(outputs));
    }

    /// As in YOLOv5: centre = (2 s − 0.5 + cell) × stride, size = (2 s)² × anchor, with s = sigmoid(output).
    void decode(const Planes &output, std::size_t level, std::vector<Candidate> &candidates) const
    {
        CV_Assert(output.channels == valuesABox * anchorsALevel);
        const auto stride = float(8 << level);
        const float leastObjectness = inverseSigmoid(float(weakThreshold())); // the classes are 1 at most
        for (int anchor = 0; anchor < anchorsALevel; ++anchor) {
            const auto value = [&](int which) { return output.channel(anchor * valuesABox + which); };
            const AnchorSize anchorSize = anchors[level][std::size_t(anchor)];
            std::size_t index = 0;
            for (int row = 0; row < output.height; ++row) {
                for (int column = 0; column < output.width; ++column, ++index) {
                    if (value(objectness)[index] < leastObjectness)
                        continue;
                    const auto at = [&](int which) { return sigmoid(value(which)[index]); };
                    const float score = at(objectness) * std::max(at(singleRow), at(doubleRow));
                    if (double(score) < weakThreshold())
                        continue;
                    const float centreX = (2.0F * at(0) - 0.5F + float(column)) * stride;
                    const float centreY = (2.0F * at(1) - 0.5F + float(row)) * stride;
                    const float halfWidth = 2.0F * at(2) * at(2) * anchorSize.width;
                    const float halfHeight = 2.0F * at(3) * at(3) * anchorSize.height;
                    candidates.push_back(
                        {centreX - halfWidth, centreY - halfHeight, 2 * halfWidth, 2 * halfHeight, score, false});
                }
            }
        }
    }

    std::unique_ptr<ConvolutionNetwork> m_network;
    int m_side = 320;
};

} // namespace

std::unique_ptr<Detector> makePlateYolo(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<PlateYolo>(model, contents.at(0));
}

} // namespace doorveil::vision
