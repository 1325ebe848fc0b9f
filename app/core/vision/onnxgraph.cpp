// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/onnxgraph_p.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace doorveil::vision {

namespace {

template<typename Value> std::vector<Value> rawValues(const std::string &bytes)
{
    std::vector<Value> values(bytes.size() / sizeof(Value));
    if (!values.empty()) // a vector without elements may have no memory, which memcpy must not be given
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(Value));
    return values;
}

OnnxConstant constantOf(const onnx::TensorProto &tensor)
{
    OnnxConstant constant;
    constant.shape.assign(tensor.dims().begin(), tensor.dims().end());
    // Both encodings of the format; raw bytes are little-endian, as every system we run on.
    if (tensor.data_type() == onnx::TensorProto::FLOAT) {
        constant.values = tensor.has_raw_data()
                              ? rawValues<float>(tensor.raw_data())
                              : std::vector<float>(tensor.float_data().begin(), tensor.float_data().end());
    } else if (tensor.data_type() == onnx::TensorProto::INT64) {
        constant.integers = tensor.has_raw_data()
                                ? rawValues<std::int64_t>(tensor.raw_data())
                                : std::vector<std::int64_t>(tensor.int64_data().begin(), tensor.int64_data().end());
    }
    return constant;
}

OnnxNode nodeOf(const onnx::NodeProto &proto)
{
    OnnxNode node;
    node.type = proto.op_type();
    node.inputs.assign(proto.input().begin(), proto.input().end());
    node.outputs.assign(proto.output().begin(), proto.output().end());
    for (const onnx::AttributeProto &attribute : proto.attribute()) {
        if (attribute.type() == onnx::AttributeProto::INT)
            node.attributes[attribute.name()] = {attribute.i()};
        else if (attribute.type() == onnx::AttributeProto::INTS)
            node.attributes[attribute.name()].assign(attribute.ints().begin(), attribute.ints().end());
    }
    return node;
}

} // namespace

const OnnxNode *OnnxGraph::makerOf(const std::string &tensor) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const OnnxNode &node) {
        return std::find(node.outputs.begin(), node.outputs.end(), tensor) != node.outputs.end();
    });
    return found != nodes.end() ? &*found : nullptr;
}

std::vector<std::string> OnnxGraph::convolutionsTo(std::int64_t channels) const
{
    std::vector<std::string> tensors;
    for (const OnnxNode &node : nodes) {
        if (node.type != "Conv" || node.inputs.size() < 2)
            continue;
        const auto weights = constants.find(node.inputs[1]);
        if (weights != constants.end() && !weights->second.shape.empty() && weights->second.shape[0] == channels)
            tensors.push_back(node.outputs.at(0));
    }
    return tensors;
}

std::string OnnxGraph::sourceOf(const std::string &output, bool *sigmoid) const
{
    std::string tensor = output;
    for (const OnnxNode *maker = makerOf(tensor); maker != nullptr; maker = makerOf(tensor)) {
        const bool isSigmoid = maker->type == "Sigmoid" && sigmoid != nullptr;
        if (maker->type != "Reshape" && maker->type != "Transpose" && maker->type != "Identity" && !isSigmoid)
            break;
        if (isSigmoid)
            *sigmoid = true;
        tensor = maker->inputs.at(0);
    }
    return tensor;
}

std::vector<std::string> OnnxGraph::headsOf(const std::string &output) const
{
    std::string tensor = output;
    for (const OnnxNode *maker = makerOf(tensor); maker != nullptr; maker = makerOf(tensor)) {
        std::vector<std::string> heads;
        if (maker->type == "Concat") {
            for (const std::string &joined : maker->inputs) {
                const std::string source = sourceOf(joined, nullptr);
                const OnnxNode *convolution = makerOf(source);
                if (convolution != nullptr && convolution->type == "Conv" && source != joined)
                    heads.push_back(source);
            }
            if (heads.size() == maker->inputs.size())
                return heads;
        }
        if (maker->inputs.empty())
            break;
        tensor = maker->inputs[0];
    }
    return {};
}

OnnxConstant foldInto(OnnxConstant &weights, const Normalising &normalising)
{
    const auto channels = std::size_t(weights.shape.at(0));
    for (const std::vector<float> *values :
         {&normalising.scales, &normalising.biases, &normalising.means, &normalising.variances}) {
        if (values->size() != channels || weights.values.size() % channels != 0)
            throw std::runtime_error("the network's normalisation does not fit its convolution");
    }
    const std::size_t perChannel = weights.values.size() / channels;
    OnnxConstant bias{{weights.shape[0]}, std::vector<float>(channels), {}};
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const float factor =
            normalising.scales[channel] / std::sqrt(normalising.variances[channel] + normalising.epsilon);
        bias.values[channel] = normalising.biases[channel] - normalising.means[channel] * factor;
        for (std::size_t weight = 0; weight < perChannel; ++weight)
            weights.values[channel * perChannel + weight] *= factor;
    }
    return bias;
}

void foldNormalisations(OnnxGraph &graph)
{
    constexpr float epsilon = 1e-5F; // of every exporter in use; the attribute is no integer and is not read
    for (std::size_t index = 0; index < graph.nodes.size(); ++index) {
        if (graph.nodes[index].type != "BatchNormalization")
            continue;
        const OnnxNode normalisation = graph.nodes[index];
        const auto convolution = std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const OnnxNode &node) {
            return node.type == "Conv" && node.outputs.at(0) == normalisation.inputs.at(0);
        });
        const auto values = [&](std::size_t input) -> const std::vector<float> & {
            return graph.constants.at(normalisation.inputs.at(input)).values;
        };
        if (convolution == graph.nodes.end() || convolution->inputs.size() != 2)
            throw std::runtime_error("the network normalises what no plain convolution made");
        OnnxConstant bias =
            foldInto(graph.constants.at(convolution->inputs[1]), {values(1), values(2), values(3), values(4), epsilon});
        const std::string biasName = convolution->inputs[1] + ".folded";
        convolution->inputs.push_back(biasName);
        convolution->outputs[0] = normalisation.outputs.at(0);
        graph.constants[biasName] = std::move(bias);
        graph.nodes.erase(graph.nodes.begin() + std::ptrdiff_t(index));
        --index;
    }
}

namespace {

/// Which rows and columns of the picture a tensor of a focus consists of; those of the picture itself are (-1, -1).
struct FocusPart
{
    std::int64_t row = -1;
    std::int64_t column = -1;
};

std::int64_t integerOf(const OnnxGraph &graph, const OnnxNode &node, std::size_t input)
{
    const auto found = node.inputs.size() > input ? graph.constants.find(node.inputs[input]) : graph.constants.end();
    if (found == graph.constants.end() || found->second.integers.size() != 1)
        throw std::runtime_error("the network slices by more than one axis");
    return found->second.integers[0];
}

/// Of a slice with step 2 along rows (axis 2) or columns (axis 3) of the picture or of such a slice.
FocusPart focusPartOf(const OnnxGraph &graph, const std::string &tensor)
{
    const OnnxNode *slice = graph.makerOf(tensor);
    if (slice == nullptr && tensor == graph.input)
        return {};
    if (slice == nullptr || slice->type != "Slice")
        throw std::runtime_error("the network does not begin with a focus");
    FocusPart part = focusPartOf(graph, slice->inputs.at(0));
    const std::int64_t axis = integerOf(graph, *slice, 3);
    std::int64_t &along = axis == 2 ? part.row : part.column;
    if ((axis != 2 && axis != 3) || integerOf(graph, *slice, 4) != 2 || along >= 0)
        throw std::runtime_error("the network's focus is of another kind");
    along = integerOf(graph, *slice, 1);
    return part;
}

} // namespace

void foldFocus(OnnxGraph &graph)
{
    constexpr std::size_t colours = 3;
    const auto convolution =
        std::find_if(graph.nodes.begin(), graph.nodes.end(), [](const OnnxNode &node) { return node.type == "Conv"; });
    const OnnxNode *join = convolution != graph.nodes.end() ? graph.makerOf(convolution->inputs.at(0)) : nullptr;
    if (join == nullptr || join->type != "Concat" || join->inputs.size() != 4)
        throw std::runtime_error("the network does not begin with a focus");
    OnnxConstant &weights = graph.constants.at(convolution->inputs.at(1));
    const std::vector<std::int64_t> shape = weights.shape;
    if (shape.size() != 4 || shape[1] != std::int64_t(4 * colours) || shape[2] != shape[3]
        || std::int64_t(weights.values.size()) != shape[0] * shape[1] * shape[2] * shape[3]
        || convolution->attributes["strides"] != std::vector<std::int64_t>{1, 1}
        || convolution->attributes["pads"] != std::vector<std::int64_t>(4, (shape[2] - 1) / 2))
        throw std::runtime_error("the network's first convolution does not fit its focus");
    const auto side = std::size_t(shape[2]);
    std::vector<float> unfolded(weights.values.size());
    for (std::size_t part = 0; part < join->inputs.size(); ++part) {
        const FocusPart at = focusPartOf(graph, join->inputs[part]);
        if (at.row < 0 || at.row > 1 || at.column < 0 || at.column > 1)
            throw std::runtime_error("the network's focus is of another kind");
        for (std::size_t out = 0; out < std::size_t(shape[0]); ++out) {
            for (std::size_t colour = 0; colour < colours; ++colour) {
                const float *kernel = weights.values.data() + ((out * 4 + part) * colours + colour) * side * side;
                float *wider = unfolded.data() + (out * colours + colour) * 4 * side * side;
                for (std::size_t row = 0; row < side; ++row) {
                    for (std::size_t column = 0; column < side; ++column)
                        wider[(2 * row + std::size_t(at.row)) * 2 * side + 2 * column + std::size_t(at.column)] =
                            kernel[row * side + column];
                }
            }
        }
    }
    weights.shape = {shape[0], std::int64_t(colours), 2 * shape[2], 2 * shape[3]};
    weights.values = std::move(unfolded);
    convolution->inputs[0] = graph.input;
    convolution->attributes["strides"] = {2, 2};
    convolution->attributes["pads"].assign(4, shape[2] - 1);
    convolution->attributes["kernel_shape"] = {2 * shape[2], 2 * shape[3]};
}

OnnxGraph readOnnxGraph(const QByteArray &model)
{
    onnx::ModelProto proto;
    if (!proto.ParseFromArray(model.constData(), int(model.size())) || !proto.has_graph())
        throw std::runtime_error("this is no ONNX model");
    const onnx::GraphProto &source = proto.graph();
    OnnxGraph graph;
    for (const onnx::TensorProto &tensor : source.initializer())
        graph.constants[tensor.name()] = constantOf(tensor);
    for (const onnx::NodeProto &node : source.node())
        graph.nodes.push_back(nodeOf(node));
    for (const onnx::ValueInfoProto &input : source.input()) {
        if (graph.constants.find(input.name()) == graph.constants.end())
            graph.input = input.name();
    }
    if (graph.input.empty())
        throw std::runtime_error("the ONNX model has no input");
    return graph;
}

} // namespace doorveil::vision
