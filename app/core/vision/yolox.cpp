// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/convolutionnetwork_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <stdexcept>

namespace doorveil::vision {

namespace {

constexpr int boxValues = 4; // centre x, y, log width, log height
constexpr int classCount = 80; // of COCO
constexpr std::size_t levels = 3; // strides 8, 16, 32
// Numbers of COCO's classes as the network has them.
constexpr std::array<int, 1> person{0};
constexpr std::array<int, 4> vehicles{2, 3, 5, 7}; // car, motorcycle, bus, truck

/// YOLOX-nano, some of its classes. BGR 0 to 255, the whole area scaled to the input's side, and in parts where more is
/// asked for. The file was exported for one size of input; the convolutions take any multiple of 32, and what follows
/// them is done here: centre = (cell + value) × stride, size = exp(value) × stride.
class Yolox final : public PictureDetector
{
public:
    Yolox(const ModelDescription &model, const QByteArray &content, std::span<const int> classes)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(networkOf(content)),
          m_classes(classes),
          m_side(model.inputWidth)
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        return planWholeAndParts(area, scale, m_side);
    }

    bool findsConcurrently() const override { return true; }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(inputSide(tile.cols), inputSide(tile.rows));
        const std::vector<Planes> outputs = m_network->run(padded(tile, size, {}, cv::Scalar::all(114)), {});
        std::vector<Candidate> candidates;
        for (std::size_t level = 0; level < levels; ++level)
            decode(outputs[level], outputs[levels + level], outputs[2 * levels + level], 8 << level, candidates);
        return candidates;
    }

private:
    static std::unique_ptr<ConvolutionNetwork> networkOf(const QByteArray &content)
    {
        OnnxGraph graph = readOnnxGraph(content);
        foldFocus(graph);
        std::vector<std::string> outputs;
        for (const int channels : {boxValues, 1, classCount}) {
            const std::vector<std::string> ofAllLevels = graph.convolutionsTo(channels);
            if (ofAllLevels.size() != levels)
                throw std::runtime_error("this is no network of the YOLOX family");
            outputs.insert(outputs.end(), ofAllLevels.begin(), ofAllLevels.end());
        }
        return std::make_unique<ConvolutionNetwork>(std::move(graph), std::move(outputs));
    }

    void decode(const Planes &boxes, const Planes &objectness, const Planes &classes, int stride,
                std::vector<Candidate> &candidates) const
    {
        CV_Assert(boxes.channels == boxValues && objectness.channels == 1 && classes.channels == classCount);
        const float leastObjectness = inverseSigmoid(float(weakThreshold())); // the classes are 1 at most
        const auto step = float(stride);
        std::size_t index = 0;
        for (int row = 0; row < boxes.height; ++row) {
            for (int column = 0; column < boxes.width; ++column, ++index) {
                const float object = objectness.channel(0)[index];
                if (object < leastObjectness)
                    continue;
                float best = classes.channel(m_classes.front())[index];
                for (const int one : m_classes.subspan(1))
                    best = std::max(best, classes.channel(one)[index]);
                const float score = sigmoid(object) * sigmoid(best);
                if (double(score) < weakThreshold())
                    continue;
                const float width = std::exp(boxes.channel(2)[index]) * step;
                const float height = std::exp(boxes.channel(3)[index]) * step;
                candidates.push_back({(float(column) + boxes.channel(0)[index]) * step - width / 2,
                                      (float(row) + boxes.channel(1)[index]) * step - height / 2, width, height, score,
                                      false});
            }
        }
    }

    std::unique_ptr<ConvolutionNetwork> m_network;
    std::span<const int> m_classes;
    int m_side = 416;
};

} // namespace

std::unique_ptr<Detector> makeYoloxPerson(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<Yolox>(model, contents.at(0), person);
}

std::unique_ptr<Detector> makeYoloxVehicle(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<Yolox>(model, contents.at(0), vehicles);
}

} // namespace doorveil::vision
