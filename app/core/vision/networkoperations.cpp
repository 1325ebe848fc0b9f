// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/networkoperations_p.h"

#include <algorithm>
#include <map>
#include <set>

namespace doorveil::vision {

namespace {

/// How often each tensor is read.
std::map<std::string, int> readersOf(const OnnxGraph &graph)
{
    std::map<std::string, int> readers;
    for (const OnnxNode &node : graph.nodes) {
        for (const std::string &input : node.inputs)
            ++readers[input];
    }
    return readers;
}

const OnnxNode *onlyReader(const OnnxGraph &graph, const std::map<std::string, int> &readers, const std::string &tensor,
                           const std::string &type)
{
    if (readers.at(tensor) != 1)
        return nullptr;
    const auto found = std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const OnnxNode &node) {
        return !node.inputs.empty() && node.inputs[0] == tensor;
    });
    return found != graph.nodes.end() && found->type == type ? &*found : nullptr;
}

class OperationList
{
public:
    OperationList(const OnnxGraph &graph, const std::vector<std::string> &outputs)
        : m_graph(graph), m_readers(readersOf(graph)), m_wanted(outputs.begin(), outputs.end())
    {
        for (const OnnxNode &node : graph.nodes) {
            if (m_done.count(&node) == 0)
                add(node);
        }
        keepNeeded();
    }

    [[nodiscard]] std::vector<Operation> take() { return std::move(m_operations); }

private:
    void add(const OnnxNode &node)
    {
        Operation operation{node.type, {}, node.outputs.at(0), &node, Activation::None, 0};
        for (const std::string &input : node.inputs) {
            if (m_graph.constants.find(input) == m_graph.constants.end() && !input.empty())
                operation.inputs.push_back(input);
        }
        if (node.type == "Conv" && attributeOf(node, leakyAttribute, 0, 0) != 0)
            operation.activation = Activation::LeakyRelu;
        else if (node.type == "Conv" && m_wanted.count(operation.output) == 0)
            foldActivation(operation);
        else if (node.type == "Reshape")
            foldShuffle(operation);
        m_operations.push_back(std::move(operation));
    }

    void foldActivation(Operation &convolution)
    {
        const std::string tensor = convolution.output;
        if (m_readers[tensor] == 1) {
            if (const OnnxNode *relu = onlyReader(m_graph, m_readers, tensor, "Relu")) {
                convolution.activation = Activation::Relu;
                convolution.output = relu->outputs.at(0);
                m_done.insert(relu);
            }
            return;
        }
        if (m_readers[tensor] != 2) // x × sigmoid(x) reads x twice
            return;
        const OnnxNode *sigmoid = nullptr;
        const OnnxNode *product = nullptr;
        for (const OnnxNode &node : m_graph.nodes) {
            if (node.type == "Sigmoid" && node.inputs.at(0) == tensor)
                sigmoid = &node;
            else if (node.type == "Mul" && (node.inputs.at(0) == tensor || node.inputs.at(1) == tensor))
                product = &node;
        }
        if (sigmoid == nullptr || product == nullptr || m_readers[sigmoid->outputs.at(0)] != 1)
            return;
        const std::string &gate = sigmoid->outputs.at(0);
        if (product->inputs.at(0) != gate && product->inputs.at(1) != gate)
            return;
        convolution.activation = Activation::Swish;
        convolution.output = product->outputs.at(0);
        m_done.insert(sigmoid);
        m_done.insert(product);
    }

    void foldShuffle(Operation &reshape)
    {
        const auto shape = m_graph.constants.find(reshape.node->inputs.at(1));
        if (shape == m_graph.constants.end() || shape->second.integers.size() != 5)
            return;
        const OnnxNode *transpose = onlyReader(m_graph, m_readers, reshape.output, "Transpose");
        if (transpose == nullptr)
            return;
        const std::vector<std::int64_t> order{0, 2, 1, 3, 4};
        const auto permutation = transpose->attributes.find("perm");
        if (permutation == transpose->attributes.end() || permutation->second != order)
            return;
        const OnnxNode *back = onlyReader(m_graph, m_readers, transpose->outputs.at(0), "Reshape");
        if (back == nullptr)
            return;
        reshape.type = "ChannelShuffle";
        reshape.shuffleGroups = shape->second.integers[1];
        reshape.output = back->outputs.at(0);
        m_done.insert(transpose);
        m_done.insert(back);
    }

    void keepNeeded()
    {
        std::set<std::string> needed = m_wanted;
        for (auto operation = m_operations.rbegin(); operation != m_operations.rend(); ++operation) {
            if (needed.count(operation->output) == 0)
                operation->type.clear();
            else
                needed.insert(operation->inputs.begin(), operation->inputs.end());
        }
        std::erase_if(m_operations, [](const Operation &operation) { return operation.type.empty(); });
    }

    const OnnxGraph &m_graph;
    std::map<std::string, int> m_readers;
    std::set<std::string> m_wanted;
    std::set<const OnnxNode *> m_done;
    std::vector<Operation> m_operations;
};

} // namespace

std::int64_t attributeOf(const OnnxNode &node, const std::string &name, std::size_t index, std::int64_t otherwise)
{
    const auto found = node.attributes.find(name);
    return found != node.attributes.end() && index < found->second.size() ? found->second[index] : otherwise;
}

std::vector<Operation> operationsOf(const OnnxGraph &graph, const std::vector<std::string> &outputs)
{
    return OperationList(graph, outputs).take();
}

} // namespace doorveil::vision
