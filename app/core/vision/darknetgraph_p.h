// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/onnxgraph_p.h"

#include <utility>
#include <vector>

namespace doorveil::vision {

/// What a [yolo] section says of the tensor before it.
struct DarknetHead
{
    std::string tensor; ///< 5 values and the classes for each anchor, one channel each
    std::vector<std::pair<float, float>> anchors; ///< width and height in pixels of the input
};

struct DarknetGraph
{
    OnnxGraph graph; ///< the same network in ONNX's operators; leaky activations are an attribute of their convolution
    std::vector<DarknetHead> heads;
};

/// Reads a network of Darknet (github.com/AlexeyAB/darknet: parser.c): its configuration and its weights, with batch
/// normalisation folded into the convolutions. Throws std::runtime_error for sections and settings it does not know and
/// for weights that do not fit.
[[nodiscard]] DarknetGraph readDarknetGraph(const QByteArray &configuration, const QByteArray &weights);

} // namespace doorveil::vision
