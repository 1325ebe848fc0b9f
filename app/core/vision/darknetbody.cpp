// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/convolutionnetwork_p.h"
#include "vision/darknetgraph_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <cmath>

namespace doorveil::vision {

namespace {

constexpr int sizeStep = 32;
constexpr int objectness = 4; // after centre x, y, width and height
constexpr int person = 5;
constexpr int valuesABox = 6;

/// Yolo-Fastest 1.1 with the one class "body". RGB / 255.
/// At scale 1 the area's longer side is scaled to the network's own input (never enlarged beyond `scale`).
class DarknetBody final : public PictureDetector
{
public:
    DarknetBody(const ModelDescription &model, const ModelContents &contents)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression), m_side(model.inputWidth)
    {
        DarknetGraph network = readDarknetGraph(contents.at(0), contents.at(1));
        std::vector<std::string> outputs;
        for (const DarknetHead &head : network.heads)
            outputs.push_back(head.tensor);
        m_heads = std::move(network.heads);
        m_network = std::make_unique<ConvolutionNetwork>(std::move(network.graph), std::move(outputs));
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        return planWholeAndParts(area, scale, m_side);
    }

    bool findsConcurrently() const override { return true; }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(roundedUp(tile.cols, sizeStep), roundedUp(tile.rows, sizeStep));
        const std::vector<Planes> outputs =
            m_network->run(padded(tile, size, {}, cv::Scalar::all(127)), {1.0 / 255.0, {}, true});
        std::vector<Candidate> candidates;
        for (std::size_t head = 0; head < outputs.size(); ++head)
            decode(outputs[head], m_heads[head], size, candidates);
        return candidates;
    }

private:
    /// As in Darknet's yolo_layer.c: centre = (sigmoid + cell) × stride, size = exp × anchor.
    void decode(const Planes &output, const DarknetHead &head, cv::Size size, std::vector<Candidate> &candidates) const
    {
        CV_Assert(output.channels == int(head.anchors.size()) * valuesABox);
        const float stepX = float(size.width) / float(output.width);
        const float stepY = float(size.height) / float(output.height);
        const float leastObjectness = inverseSigmoid(float(weakThreshold())); // the class is 1 at most
        for (std::size_t anchor = 0; anchor < head.anchors.size(); ++anchor) {
            const auto value = [&](int which) { return output.channel(int(anchor) * valuesABox + which); };
            std::size_t index = 0;
            for (int row = 0; row < output.height; ++row) {
                for (int column = 0; column < output.width; ++column, ++index) {
                    if (value(objectness)[index] < leastObjectness)
                        continue;
                    const float score = sigmoid(value(objectness)[index]) * sigmoid(value(person)[index]);
                    if (double(score) < weakThreshold())
                        continue;
                    const float width = std::exp(value(2)[index]) * head.anchors[anchor].first;
                    const float height = std::exp(value(3)[index]) * head.anchors[anchor].second;
                    const float centreX = (sigmoid(value(0)[index]) + float(column)) * stepX;
                    const float centreY = (sigmoid(value(1)[index]) + float(row)) * stepY;
                    candidates.push_back({centreX - width / 2, centreY - height / 2, width, height, score, false});
                }
            }
        }
    }

    std::vector<DarknetHead> m_heads;
    std::unique_ptr<ConvolutionNetwork> m_network;
    int m_side = 320;
};

} // namespace

std::unique_ptr<Detector> makeDarknetBody(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<DarknetBody>(model, contents);
}

} // namespace doorveil::vision
