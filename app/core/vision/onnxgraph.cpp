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
