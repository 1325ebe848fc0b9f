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

constexpr TileLimits limits = {1280, 96, 1.0}; // of larger ones memory grows and speed does not
// The largest prior is 256 pixels: a face at the door is found in a reduced picture.
constexpr int reducedSide = 320;

/// Square boxes from which the network measures, at each place of an output.
struct PriorLevel
{
    int stride = 0;
    std::array<int, 3> sizes{}; ///< pixels of the input
    int count = 0;
};

constexpr std::array<PriorLevel, 4> priorLevels = {
    {{8, {10, 16, 24}, 3}, {16, {32, 48, 0}, 2}, {32, {64, 96, 0}, 2}, {64, {128, 192, 256}, 3}}};
constexpr float centreVariance = 0.1F;
constexpr float sizeVariance = 0.2F;

/// Ultra-Light-Fast-Generic-Face-Detector (RFB). RGB, (value - 127) / 128. The file was exported for one size of input;
/// the convolutions take any, and what follows them (priors, classes, corners) is done here.
class UltraLightFace final : public PictureDetector
{
public:
    UltraLightFace(const ModelDescription &model, const QByteArray &content)
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

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        constexpr double grey = 127;
        const cv::Size size(inputSide(tile.cols), inputSide(tile.rows));
        const std::vector<Planes> outputs =
            m_network->run(padded(tile, size, {}, cv::Scalar::all(grey)), {1.0 / 128.0, cv::Scalar::all(grey), true});
        std::vector<Candidate> candidates;
        for (std::size_t level = 0; level < priorLevels.size(); ++level)
            decode(outputs[level], outputs[level + priorLevels.size()], priorLevels[level], candidates);
        return candidates;
    }

private:
    static std::unique_ptr<ConvolutionNetwork> networkOf(const QByteArray &content)
    {
        OnnxGraph graph = readOnnxGraph(content);
        foldNormalisations(graph);
        std::vector<std::string> outputs = graph.headsOf("scores");
        const std::vector<std::string> boxes = graph.headsOf("boxes");
        outputs.insert(outputs.end(), boxes.begin(), boxes.end());
        if (outputs.size() != 2 * priorLevels.size())
            throw std::runtime_error("this is no network of the ultra-light family");
        return std::make_unique<ConvolutionNetwork>(std::move(graph), std::move(outputs));
    }

    /// Of each prior: background and face; then the offset of the centre and the logarithm of the size.
    void decode(const Planes &classes, const Planes &boxes, const PriorLevel &level,
                std::vector<Candidate> &candidates) const
    {
        CV_Assert(classes.channels == 2 * level.count && boxes.channels == 4 * level.count);
        CV_Assert(classes.width == boxes.width && classes.height == boxes.height);
        const float least = inverseSigmoid(float(weakThreshold()));
        for (int prior = 0; prior < level.count; ++prior) {
            const float *background = classes.channel(2 * prior);
            const float *face = classes.channel(2 * prior + 1);
            const auto side = float(level.sizes[std::size_t(prior)]);
            std::size_t index = 0;
            for (int row = 0; row < classes.height; ++row) {
                for (int column = 0; column < classes.width; ++column, ++index) {
                    if (face[index] - background[index] < least)
                        continue;
                    const auto at = [&](int which) { return boxes.channel(4 * prior + which)[index]; };
                    const float centreX = (float(column) + 0.5F) * float(level.stride) + at(0) * centreVariance * side;
                    const float centreY = (float(row) + 0.5F) * float(level.stride) + at(1) * centreVariance * side;
                    const float width = std::exp(at(2) * sizeVariance) * side;
                    const float height = std::exp(at(3) * sizeVariance) * side;
                    candidates.push_back({centreX - width / 2, centreY - height / 2, width, height,
                                          sigmoid(face[index] - background[index]), false});
                }
            }
        }
    }

    std::unique_ptr<ConvolutionNetwork> m_network;
};

} // namespace

std::unique_ptr<Detector> makeUltraLightFace(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<UltraLightFace>(model, contents.at(0));
}

} // namespace doorveil::vision
