// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/network_p.h"
#include "vision/onnxgraph_p.h"

#include <opencv2/core.hpp>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace doorveil::vision {

/// One output of a network: channels × height × width values, channel by channel, row by row.
struct Planes
{
    int channels = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values;

    [[nodiscard]] const float *channel(int index) const
    {
        return values.data() + std::size_t(index) * std::size_t(height) * std::size_t(width);
    }
};

/// A purely convolutional ONNX network run by oneDNN: two to three times as fast as cv::dnn of OpenCV 4.6, and for
/// pictures of any size that its strides divide, whatever size the file was exported for. Knows the operators that the
/// pinned detectors use; throws std::runtime_error on others.
///
/// Each run uses one thread, so that the result never depends on their number; several threads may run at once, each
/// with a context of its own (buffers and the plans of the last few sizes), kept for the next run.
class ConvolutionNetwork
{
public:
    /// `outputs` are tensors that make up the result, before any final reshape.
    ConvolutionNetwork(OnnxGraph graph, std::vector<std::string> outputs);
    ~ConvolutionNetwork();
    ConvolutionNetwork(const ConvolutionNetwork &) = delete;
    ConvolutionNetwork &operator=(const ConvolutionNetwork &) = delete;

    [[nodiscard]] std::vector<Planes> run(const cv::Mat &bgr, const Network::Normalisation &normalisation);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

[[nodiscard]] inline float sigmoid(float value)
{
    return 1.0F / (1.0F + std::exp(-value));
}
/// What sigmoid() makes the value of, for comparing before computing it.
[[nodiscard]] inline float inverseSigmoid(float value)
{
    return std::log(value / (1.0F - value));
}

} // namespace doorveil::vision
