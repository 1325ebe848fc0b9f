// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/onnxgraph_p.h"

#include <cstdint>
#include <string>
#include <vector>

namespace doorveil::vision {

/// What follows a convolution within it; Swish is x × sigmoid(x).
enum class Activation { None, Relu, LeakyRelu, Swish }; ///< leaky: a tenth of what is below zero, as in Darknet

/// A convolution with what is folded into it, or another operator as it stands.
struct Operation
{
    std::string type;
    std::vector<std::string> inputs; ///< tensors, without constants
    std::string output;
    const OnnxNode *node = nullptr;
    Activation activation = Activation::None;
    std::int64_t shuffleGroups = 0;
};

/// An entry of an attribute; `otherwise` where the node does not say.
[[nodiscard]] std::int64_t attributeOf(const OnnxNode &node, const std::string &name, std::size_t index,
                                       std::int64_t otherwise);

/// What a graph does to make the wanted tensors, in order: activations folded into the convolutions before them, and
/// the three steps of a channel shuffle (reshape, transpose, reshape) made one. Refers to the graph's nodes.
[[nodiscard]] std::vector<Operation> operationsOf(const OnnxGraph &graph, const std::vector<std::string> &outputs);

} // namespace doorveil::vision
