// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace doorveil::vision {

/// A constant of an ONNX graph: weights as `values`, shapes and positions as `integers`.
struct OnnxConstant
{
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    std::vector<std::int64_t> integers;
};

struct OnnxNode
{
    std::string type; ///< the operator: "Conv", "Relu", …
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::map<std::string, std::vector<std::int64_t>> attributes; ///< those that are integers or lists of integers
};

/// An ONNX file as far as convolutional detectors use the format. Nodes are in an order in which they can run.
struct OnnxGraph
{
    std::string input; ///< the picture
    std::vector<OnnxNode> nodes;
    std::map<std::string, OnnxConstant> constants;

    /// The node that makes a tensor; null for the input and for constants.
    [[nodiscard]] const OnnxNode *makerOf(const std::string &tensor) const;
    /// Tensors made by convolutions with so many output channels, in the order of the nodes.
    [[nodiscard]] std::vector<std::string> convolutionsTo(std::int64_t channels) const;
    /// Where a shaped output comes from: back over reshapes and transpositions, and over a sigmoid when `sigmoid` is
    /// given, which then tells whether there was one.
    [[nodiscard]] std::string sourceOf(const std::string &output, bool *sigmoid) const;
    /// The convolutions of a detector's heads that one of its outputs joins, in the order of the join: back over what
    /// follows it, by first inputs. Empty where there is no such join.
    [[nodiscard]] std::vector<std::string> headsOf(const std::string &output) const;
};

/// Attribute of a convolution, none of ONNX's: what its output has below zero becomes a tenth of it, as Darknet has it.
inline constexpr const char *leakyAttribute = "darknet_leaky";

/// How a batch normalisation changes each channel: (value - mean) / sqrt(variance + epsilon) × scale + bias.
struct Normalising
{
    std::vector<float> scales;
    std::vector<float> biases;
    std::vector<float> means;
    std::vector<float> variances;
    float epsilon = 0.0F;
};
/// Does it in the weights of the convolution before it (one set for each channel), and gives the bias that belongs to
/// them. Throws std::runtime_error where the numbers of channels differ.
[[nodiscard]] OnnxConstant foldInto(OnnxConstant &weights, const Normalising &normalising);
/// Puts batch normalisations, as networks are exported from training, into the convolutions before them.
void foldNormalisations(OnnxGraph &graph);

/// Puts a "focus" before the first convolution into that convolution: the picture's even and odd rows and columns as
/// four times the channels, seen with a kernel of side n, are the picture seen with one of side 2n at every second
/// pixel (YOLOv5 6.0 made the same change). Throws std::runtime_error where the graph does not begin with one.
void foldFocus(OnnxGraph &graph);

/// Throws std::runtime_error where the bytes are no such file.
[[nodiscard]] OnnxGraph readOnnxGraph(const QByteArray &model);

} // namespace doorveil::vision
