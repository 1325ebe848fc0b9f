// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/convolutionnetwork_p.h"
#include "vision/picturedetector_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace doorveil::vision {

namespace {

constexpr std::array<int, 3> strides = {8, 16, 32};
// Input is cut at 1280: three quarters of the speed of small tiles is lost to their overlap, and a larger one takes
// more memory than it gives speed (75 MB at 1280 × 736).
constexpr TileLimits limits = {1280, 96, 1.0};
// The network's receptive field ends near 300 pixels: a face at the door is found in a reduced picture.
constexpr int reducedSide = 448;

/// YuNet, model of March 2023. Outputs for each stride s: cls_s, obj_s [1, N, 1], bbox_s [1, N, 4], cells row by row.
/// Decoding as in OpenCV 4.8's FaceDetectorYN (Apache-2.0), which 4.6 does not have:
/// score = sqrt(cls × obj); centre = (cell + b[0..1]) × s; size = exp(b[2..3]) × s.
class Yunet final : public PictureDetector
{
public:
    Yunet(const ModelDescription &model, const QByteArray &content)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_network(networkOf(content))
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        return planTilesAndReduced(area, scale, limits, reducedSide);
    }

    bool findsConcurrently() const override { return true; }
    bool smoothsGrain() const override { return true; }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Size size(inputSide(tile.cols), inputSide(tile.rows));
        const std::vector<Planes> outputs = m_network->run(padded(tile, size, {}, {}), {});
        std::vector<Candidate> candidates;
        for (std::size_t level = 0; level < strides.size(); ++level)
            decode(outputs[level], outputs[level + 3], outputs[level + 6], strides[level], size, candidates);
        return candidates;
    }

private:
    static std::unique_ptr<ConvolutionNetwork> networkOf(const QByteArray &content)
    {
        OnnxGraph graph = readOnnxGraph(content);
        std::vector<std::string> outputs;
        for (const char *output : {"cls_", "obj_", "bbox_"}) {
            for (const int stride : strides) {
                bool sigmoid = false; // decode() applies it to classes and objects
                outputs.push_back(graph.sourceOf(output + std::to_string(stride), &sigmoid));
            }
        }
        return std::make_unique<ConvolutionNetwork>(std::move(graph), std::move(outputs));
    }

    void decode(const Planes &classes, const Planes &objects, const Planes &boxes, int stride, cv::Size size,
                std::vector<Candidate> &candidates) const
    {
        const int columns = size.width / stride;
        const int rows = size.height / stride;
        const auto fits = [&](const Planes &planes, int channels) {
            return planes.channels == channels && planes.height == rows && planes.width == columns;
        };
        CV_Assert(fits(classes, 1) && fits(objects, 1) && fits(boxes, 4));
        const auto least = float(weakThreshold() * weakThreshold());
        const float leastValue = inverseSigmoid(least); // of each factor, the other being 1 at most
        const auto step = float(stride);
        std::size_t index = 0;
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column, ++index) {
                if (classes.values[index] < leastValue || objects.values[index] < leastValue)
                    continue;
                const float product = sigmoid(classes.values[index]) * sigmoid(objects.values[index]);
                if (product < least)
                    continue;
                const float width = std::exp(boxes.channel(2)[index]) * step;
                const float height = std::exp(boxes.channel(3)[index]) * step;
                const float centreX = (float(column) + boxes.channel(0)[index]) * step;
                const float centreY = (float(row) + boxes.channel(1)[index]) * step;
                candidates.push_back(
                    {centreX - width / 2, centreY - height / 2, width, height, std::sqrt(product), false});
            }
        }
    }

    std::unique_ptr<ConvolutionNetwork> m_network;
};

} // namespace

std::unique_ptr<Detector> makeYunet(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<Yunet>(model, contents.at(0));
}

} // namespace doorveil::vision
