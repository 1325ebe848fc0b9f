// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/network_p.h"
#include "vision/onnxgraph_p.h"
#include "vision/planes_p.h"

#include <opencv2/core.hpp>

#include <memory>
#include <string>
#include <vector>

namespace doorveil::vision {

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

} // namespace doorveil::vision
