// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/convolutionnetwork_p.h"

#include <dnnl.hpp>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace doorveil::vision {

namespace {

using Dims = dnnl::memory::dims;
using Desc = dnnl::memory::desc;

constexpr std::size_t plansKept = 16; // areas that change come in many sizes; a plan costs as much as it runs
// Of oneDNN, shared by all plans: 60 primitives a plan, tens of kilobytes each. Its own limit of 1024 made a third of
// the time planning; 8192 took 300 MB.
constexpr int primitivesKept = 3072;
constexpr std::size_t alignment = 64; // bytes, of a cache line and of the widest vector

[[noreturn]] void refuse(const std::string &what)
{
    throw std::runtime_error("the network uses what is not supported: " + what);
}

Desc describe(const Dims &dims, dnnl::memory::format_tag tag)
{
    return {dims, dnnl::memory::data_type::f32, tag};
}

std::int64_t attributeOf(const OnnxNode &node, const std::string &name, std::size_t index, std::int64_t otherwise)
{
    const auto found = node.attributes.find(name);
    return found != node.attributes.end() && index < found->second.size() ? found->second[index] : otherwise;
}

enum class Activation { None, Relu, Swish };

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

/// The graph's nodes as operations: activations folded into the convolutions before them, and the three steps of a
/// channel shuffle (reshape, transpose, reshape) made one.
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
        if (node.type == "Conv" && m_wanted.count(operation.output) == 0)
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

/// Weights in the layouts that plans asked for, made once and shared by all.
class WeightStore
{
public:
    explicit WeightStore(const dnnl::engine &engine) : m_engine(engine) { }

    dnnl::memory weights(const OnnxConstant &constant, const std::string &name, const Dims &dims, const Desc &wanted)
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[known, memory] : m_stored) {
            if (known == name && memory.get_desc() == wanted)
                return memory;
        }
        const auto tag = dims.size() == 5   ? dnnl::memory::format_tag::goihw
                         : dims.size() == 4 ? dnnl::memory::format_tag::oihw
                                            : dnnl::memory::format_tag::x;
        dnnl::memory plain(describe(dims, tag), m_engine, const_cast<float *>(constant.values.data()));
        dnnl::memory stored(wanted, m_engine);
        dnnl::stream stream(m_engine);
        dnnl::reorder(plain, stored).execute(stream, plain, stored);
        stream.wait();
        m_stored.emplace_back(name, stored);
        return stored;
    }

private:
    dnnl::engine m_engine;
    std::mutex m_mutex;
    std::deque<std::pair<std::string, dnnl::memory>> m_stored;
};

struct Step
{
    dnnl::primitive primitive;
    std::unordered_map<int, dnnl::memory> arguments;
};

/// Places of tensors in one block of memory; what is no longer read gives its place to later ones.
class Arena
{
public:
    struct Place
    {
        std::size_t offset = 0;
        std::size_t bytes = 0;
    };

    Place take(std::size_t bytes)
    {
        bytes = (bytes + alignment - 1) / alignment * alignment;
        auto best = m_free.end();
        for (auto place = m_free.begin(); place != m_free.end(); ++place) {
            if (place->bytes >= bytes && (best == m_free.end() || place->bytes < best->bytes))
                best = place;
        }
        if (best == m_free.end()) {
            const Place place{m_end, bytes};
            m_end += bytes;
            return place;
        }
        const Place place{best->offset, bytes};
        best->offset += bytes;
        best->bytes -= bytes;
        if (best->bytes == 0)
            m_free.erase(best);
        return place;
    }

    void give(const Place &place)
    {
        auto next =
            std::find_if(m_free.begin(), m_free.end(), [&](const Place &other) { return other.offset > place.offset; });
        next = m_free.insert(next, place);
        if (const auto after = std::next(next); after != m_free.end() && next->offset + next->bytes == after->offset) {
            next->bytes += after->bytes;
            m_free.erase(after);
        }
        if (next != m_free.begin()) {
            const auto before = std::prev(next);
            if (before->offset + before->bytes == next->offset) {
                before->bytes += next->bytes;
                m_free.erase(next);
            }
        }
    }

    [[nodiscard]] std::size_t bytes() const { return m_end; }

private:
    std::list<Place> m_free; ///< by offset, no two touching
    std::size_t m_end = 0;
};

/// The steps for one size of input.
class Plan
{
public:
    Plan(const OnnxGraph &graph, const std::vector<Operation> &operations, const std::vector<std::string> &outputs,
         WeightStore &weights, const dnnl::engine &engine, cv::Size size)
        : m_graph(graph), m_weights(weights), m_engine(engine), m_size(size)
    {
        m_input =
            dnnl::memory(describe({1, 3, size.height, size.width}, dnnl::memory::format_tag::nchw), engine, nullptr);
        m_tensors[graph.input] = {m_input, std::nullopt, 0};
        for (const Operation &operation : operations) {
            for (const std::string &input : operation.inputs)
                ++m_tensors[input].readers;
        }
        for (const std::string &output : outputs)
            ++m_tensors[output].readers;
        for (const Operation &operation : operations)
            add(operation);
        for (const std::string &output : outputs) {
            const dnnl::memory source = memoryOf(output);
            m_results.push_back(inLayout(source, describe(source.get_desc().dims(), dnnl::memory::format_tag::nchw)));
        }
    }

    [[nodiscard]] cv::Size size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const { return m_arena.bytes(); }

    std::vector<Planes> run(dnnl::stream &stream, float *input, std::byte *buffer)
    {
        m_input.set_data_handle(input);
        if (buffer != m_buffer) {
            for (auto &[memory, offset] : m_placed)
                memory.set_data_handle(buffer + offset);
            m_buffer = buffer;
        }
        for (const Step &step : m_steps)
            step.primitive.execute(stream, step.arguments);
        stream.wait();
        std::vector<Planes> results;
        for (const dnnl::memory &result : m_results) {
            const Dims dims = result.get_desc().dims();
            Planes planes{int(dims[1]), int(dims[2]), int(dims[3]), {}};
            const auto *values = static_cast<const float *>(result.get_data_handle());
            planes.values.assign(values, values + dims[1] * dims[2] * dims[3]);
            results.push_back(std::move(planes));
        }
        return results;
    }

private:
    struct Tensor
    {
        dnnl::memory memory;
        std::optional<Arena::Place> place;
        int readers = 0;
    };

    [[nodiscard]] dnnl::memory memoryOf(const std::string &name) const
    {
        const auto found = m_tensors.find(name);
        if (found == m_tensors.end() || !found->second.memory)
            refuse("a tensor that nothing makes, " + name);
        return found->second.memory;
    }

    [[nodiscard]] const OnnxConstant &constant(const OnnxNode &node, std::size_t index) const
    {
        const auto found =
            index < node.inputs.size() ? m_graph.constants.find(node.inputs[index]) : m_graph.constants.end();
        if (found == m_graph.constants.end())
            refuse(node.type + " without constants");
        return found->second;
    }

    dnnl::memory place(const Desc &desc, Arena::Place *taken)
    {
        *taken = m_arena.take(desc.get_size());
        dnnl::memory memory(desc, m_engine, nullptr);
        m_placed.emplace_back(memory, taken->offset);
        return memory;
    }

    /// The same values in another layout; a copy that lives on to the end of the plan where it is a result, and to the
    /// next step otherwise.
    dnnl::memory inLayout(const dnnl::memory &source, const Desc &wanted)
    {
        if (source.get_desc() == wanted)
            return source;
        Arena::Place taken;
        const dnnl::memory copy = place(wanted, &taken);
        m_steps.push_back({dnnl::reorder(source, copy), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, copy}}});
        m_passing.push_back(taken);
        return copy;
    }

    void finish(const Operation &operation, const dnnl::memory &result, const Arena::Place &taken)
    {
        Tensor &tensor = m_tensors[operation.output];
        tensor.memory = result;
        tensor.place = taken;
        for (const Arena::Place &passing : m_passing)
            m_arena.give(passing);
        m_passing.clear();
        for (const std::string &input : operation.inputs) {
            Tensor &read = m_tensors[input];
            if (--read.readers == 0 && read.place)
                m_arena.give(*read.place);
        }
    }

    void add(const Operation &operation)
    {
        if (operation.type == "Conv")
            addConvolution(operation);
        else if (operation.type == "MaxPool")
            addPooling(operation);
        else if (operation.type == "Concat")
            addConcatenation(operation);
        else if (operation.type == "Slice")
            addSlice(operation);
        else if (operation.type == "ChannelShuffle")
            addShuffle(operation);
        else if (operation.type == "Resize")
            addEnlargement(operation);
        else if (operation.type == "Add")
            addBinary(operation, dnnl::algorithm::binary_add);
        else if (operation.type == "Mul")
            addBinary(operation, dnnl::algorithm::binary_mul);
        else if (operation.type == "Relu")
            addElementwise(operation, dnnl::algorithm::eltwise_relu);
        else if (operation.type == "Sigmoid")
            addElementwise(operation, dnnl::algorithm::eltwise_logistic);
        else
            refuse("the operator " + operation.type);
    }

    void addConvolution(const Operation &operation)
    {
        const OnnxNode &node = *operation.node;
        const OnnxConstant &kernel = constant(node, 1);
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        const Dims in = source.get_desc().dims();
        const std::int64_t groups = attributeOf(node, "group", 0, 1);
        if (kernel.shape.size() != 4 || in[1] != kernel.shape[1] * groups)
            refuse("a convolution of another shape");
        const Dims strides{attributeOf(node, "strides", 0, 1), attributeOf(node, "strides", 1, 1)};
        const Dims dilation{attributeOf(node, "dilations", 0, 1) - 1, attributeOf(node, "dilations", 1, 1) - 1};
        const Dims before{attributeOf(node, "pads", 0, 0), attributeOf(node, "pads", 1, 0)};
        const Dims after{attributeOf(node, "pads", 2, 0), attributeOf(node, "pads", 3, 0)};
        Dims out{1, kernel.shape[0], 0, 0};
        for (std::size_t axis = 0; axis < 2; ++axis) {
            const std::int64_t extent = (kernel.shape[2 + axis] - 1) * (dilation[axis] + 1) + 1;
            out[2 + axis] = (in[2 + axis] + before[axis] + after[axis] - extent) / strides[axis] + 1;
        }
        Dims weightDims(kernel.shape.begin(), kernel.shape.end());
        if (groups > 1)
            weightDims = {groups, kernel.shape[0] / groups, kernel.shape[1], kernel.shape[2], kernel.shape[3]};

        const auto any = dnnl::memory::format_tag::any;
        const bool biased = node.inputs.size() > 2;
        const Dims biasDims{kernel.shape[0]};
        const Desc biasDesc = biased ? describe(biasDims, dnnl::memory::format_tag::x) : Desc();
        // The picture stays as it is: copying three channels into a padded layout costs more than it gains.
        const Desc from = in[1] == 3 ? source.get_desc() : describe(in, any);
        const dnnl::convolution_forward::desc wanted(
            dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, from, describe(weightDims, any),
            biasDesc, describe(out, any), strides, dilation, before, after);
        dnnl::primitive_attr attributes;
        if (operation.activation != Activation::None) {
            dnnl::post_ops activation;
            if (operation.activation == Activation::Relu)
                activation.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
            else
                activation.append_eltwise(1.0F, dnnl::algorithm::eltwise_swish, 1.0F, 0.0F);
            attributes.set_post_ops(activation);
        }
        const dnnl::convolution_forward::primitive_desc chosen(wanted, attributes, m_engine);
        const dnnl::memory input = inLayout(source, chosen.src_desc());
        Arena::Place taken;
        const dnnl::memory result = place(chosen.dst_desc(), &taken);
        Step step{dnnl::convolution_forward(chosen),
                  {{DNNL_ARG_SRC, input},
                   {DNNL_ARG_WEIGHTS, m_weights.weights(kernel, node.inputs[1], weightDims, chosen.weights_desc())},
                   {DNNL_ARG_DST, result}}};
        if (biased) {
            step.arguments.emplace(DNNL_ARG_BIAS,
                                   m_weights.weights(constant(node, 2), node.inputs[2], biasDims, chosen.bias_desc()));
        }
        m_steps.push_back(std::move(step));
        finish(operation, asChannelsLast(result, taken), taken);
    }

    /// One block of 16 channels lies in memory just as 16 channels that come last, which the next steps want.
    dnnl::memory asChannelsLast(const dnnl::memory &memory, const Arena::Place &taken)
    {
        const Desc desc = memory.get_desc();
        if (desc.dims()[1] != 16 || desc != describe(desc.dims(), dnnl::memory::format_tag::nChw16c))
            return memory;
        m_placed.emplace_back(dnnl::memory(describe(desc.dims(), dnnl::memory::format_tag::nhwc), m_engine, nullptr),
                              taken.offset);
        return m_placed.back().first;
    }

    void addPooling(const Operation &operation)
    {
        const OnnxNode &node = *operation.node;
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        const Dims in = source.get_desc().dims();
        const bool upwards = attributeOf(node, "ceil_mode", 0, 0) != 0;
        Dims kernel(2);
        Dims strides(2);
        Dims before(2);
        Dims after(2);
        Dims out{1, in[1], 0, 0};
        for (std::size_t axis = 0; axis < 2; ++axis) {
            kernel[axis] = attributeOf(node, "kernel_shape", axis, 1);
            strides[axis] = attributeOf(node, "strides", axis, 1);
            before[axis] = attributeOf(node, "pads", axis, 0);
            after[axis] = attributeOf(node, "pads", axis + 2, 0);
            const std::int64_t room = in[2 + axis] + before[axis] + after[axis] - kernel[axis];
            out[2 + axis] = (room + (upwards ? strides[axis] - 1 : 0)) / strides[axis] + 1;
            after[axis] = (out[2 + axis] - 1) * strides[axis] + kernel[axis] - in[2 + axis] - before[axis];
        }
        const dnnl::pooling_forward::desc wanted(dnnl::prop_kind::forward_inference, dnnl::algorithm::pooling_max,
                                                 source.get_desc(), describe(out, dnnl::memory::format_tag::any),
                                                 strides, kernel, before, after);
        const dnnl::pooling_forward::primitive_desc chosen(wanted, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(chosen.dst_desc(), &taken);
        m_steps.push_back({dnnl::pooling_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}}});
        finish(operation, result, taken);
    }

    void addConcatenation(const Operation &operation)
    {
        if (attributeOf(*operation.node, "axis", 0, 1) != 1)
            refuse("a concatenation of anything but channels");
        std::vector<Desc> descs;
        Step step;
        for (std::size_t index = 0; index < operation.inputs.size(); ++index) {
            const dnnl::memory source = memoryOf(operation.inputs[index]);
            descs.push_back(source.get_desc());
            step.arguments.emplace(DNNL_ARG_MULTIPLE_SRC + int(index), source);
        }
        const dnnl::concat::primitive_desc chosen(1, descs, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(chosen.dst_desc(), &taken);
        step.primitive = dnnl::concat(chosen);
        step.arguments.emplace(DNNL_ARG_DST, result);
        m_steps.push_back(std::move(step));
        finish(operation, result, taken);
    }

    void addSlice(const Operation &operation)
    {
        const OnnxNode &node = *operation.node;
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        Dims dims = source.get_desc().dims();
        if (constant(node, 3).integers != std::vector<std::int64_t>{1})
            refuse("a slice of anything but channels");
        const std::int64_t begin = constant(node, 1).integers.at(0);
        const std::int64_t end = std::min(constant(node, 2).integers.at(0), dims[1]);
        if (begin < 0 || begin >= end)
            refuse("a slice counted from the end");
        dims[1] = end - begin;
        const Desc part = source.get_desc().submemory_desc(dims, {0, begin, 0, 0});
        const Desc own = describe(dims, dnnl::memory::format_tag::nhwc);
        Arena::Place taken;
        const dnnl::memory result = place(own, &taken);
        const dnnl::reorder::primitive_desc chosen(m_engine, part, m_engine, own);
        m_steps.push_back({dnnl::reorder(chosen), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, result}}});
        finish(operation, result, taken);
    }

    void addShuffle(const Operation &operation)
    {
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        const Desc desc = source.get_desc();
        const dnnl::shuffle_forward::desc wanted(dnnl::prop_kind::forward_inference, desc, 1,
                                                 int(desc.dims()[1] / operation.shuffleGroups));
        const dnnl::shuffle_forward::primitive_desc chosen(wanted, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(desc, &taken);
        m_steps.push_back({dnnl::shuffle_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}}});
        finish(operation, result, taken);
    }

    void addEnlargement(const Operation &operation)
    {
        // Detectors enlarge by whole factors, to the nearest pixel; the factors are the last constant with values.
        const OnnxNode &node = *operation.node;
        const std::vector<float> *factors = nullptr;
        for (const std::string &name : node.inputs) {
            const auto found = m_graph.constants.find(name);
            if (found != m_graph.constants.end() && found->second.values.size() == 4)
                factors = &found->second.values;
        }
        if (factors == nullptr)
            refuse("an enlargement to a fixed size");
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        const Dims in = source.get_desc().dims();
        const Dims out{1, in[1], std::lround(float(in[2]) * (*factors)[2]), std::lround(float(in[3]) * (*factors)[3])};
        const dnnl::resampling_forward::desc wanted(dnnl::prop_kind::forward_inference,
                                                    dnnl::algorithm::resampling_nearest, source.get_desc(),
                                                    describe(out, dnnl::memory::format_tag::any));
        const dnnl::resampling_forward::primitive_desc chosen(wanted, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(chosen.dst_desc(), &taken);
        m_steps.push_back({dnnl::resampling_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}}});
        finish(operation, result, taken);
    }

    void addBinary(const Operation &operation, dnnl::algorithm algorithm)
    {
        if (operation.inputs.size() != 2)
            refuse("arithmetic with constants");
        const dnnl::memory first = memoryOf(operation.inputs[0]);
        const dnnl::memory second = inLayout(memoryOf(operation.inputs[1]), first.get_desc());
        const dnnl::binary::desc wanted(algorithm, first.get_desc(), second.get_desc(), first.get_desc());
        const dnnl::binary::primitive_desc chosen(wanted, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(first.get_desc(), &taken);
        m_steps.push_back(
            {dnnl::binary(chosen), {{DNNL_ARG_SRC_0, first}, {DNNL_ARG_SRC_1, second}, {DNNL_ARG_DST, result}}});
        finish(operation, result, taken);
    }

    void addElementwise(const Operation &operation, dnnl::algorithm algorithm)
    {
        const dnnl::memory source = memoryOf(operation.inputs.at(0));
        const dnnl::eltwise_forward::desc wanted(dnnl::prop_kind::forward_inference, algorithm, source.get_desc(), 0.0F,
                                                 0.0F);
        const dnnl::eltwise_forward::primitive_desc chosen(wanted, m_engine);
        Arena::Place taken;
        const dnnl::memory result = place(source.get_desc(), &taken);
        m_steps.push_back({dnnl::eltwise_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}}});
        finish(operation, result, taken);
    }

    const OnnxGraph &m_graph;
    WeightStore &m_weights;
    dnnl::engine m_engine;
    cv::Size m_size;
    dnnl::memory m_input;
    std::map<std::string, Tensor> m_tensors;
    Arena m_arena;
    std::vector<std::pair<dnnl::memory, std::size_t>> m_placed;
    std::vector<Arena::Place> m_passing; ///< copies for the step being added
    std::vector<Step> m_steps;
    std::vector<dnnl::memory> m_results;
    std::byte *m_buffer = nullptr;
};

/// Colours one after the other, as networks take them.
void fillInput(const cv::Mat &bgr, const Network::Normalisation &normalisation, std::vector<float> &input)
{
    const auto pixels = std::size_t(bgr.rows) * std::size_t(bgr.cols);
    input.resize(3 * pixels);
    for (int channel = 0; channel < 3; ++channel) {
        float *out = input.data() + std::size_t(normalisation.swapRedBlue ? 2 - channel : channel) * pixels;
        const int meanIndex = normalisation.swapRedBlue ? 2 - channel : channel; // given in the network's order
        const auto mean = float(normalisation.mean[meanIndex]);
        const auto factor = float(normalisation.factor);
        for (int y = 0; y < bgr.rows; ++y) {
            const std::uint8_t *row = bgr.ptr<std::uint8_t>(y) + channel;
            for (int x = 0; x < bgr.cols; ++x)
                *out++ = (float(row[3 * x]) - mean) * factor;
        }
    }
}

struct AlignedDelete
{
    void operator()(std::byte *bytes) const { ::operator delete[](bytes, std::align_val_t(alignment)); }
};

/// What one thread needs to run the network.
struct Context
{
    explicit Context(const dnnl::engine &engine) : stream(engine) { }

    dnnl::stream stream;
    std::list<Plan> plans; ///< most recently used first
    std::unique_ptr<std::byte[], AlignedDelete> buffer;
    std::size_t bytes = 0;
    std::vector<float> input;

    std::byte *bufferOf(std::size_t needed)
    {
        if (needed > bytes) {
            buffer.reset(); // before the new one: both would be needed at once
            buffer.reset(new (std::align_val_t(alignment)) std::byte[needed]);
            bytes = needed;
        }
        return buffer.get();
    }
};

} // namespace

struct ConvolutionNetwork::State
{
    State(OnnxGraph ownGraph, std::vector<std::string> wantedOutputs)
        : graph(std::move(ownGraph)),
          outputs(std::move(wantedOutputs)),
          operations(OperationList(graph, outputs).take()),
          engine(dnnl::engine::kind::cpu, 0),
          weights(engine)
    {
    }

    [[nodiscard]] std::unique_ptr<Context> takeContext()
    {
        const std::lock_guard lock(mutex);
        if (idle.empty())
            return std::make_unique<Context>(engine);
        std::unique_ptr<Context> context = std::move(idle.back());
        idle.pop_back();
        return context;
    }

    void giveBack(std::unique_ptr<Context> context)
    {
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(context));
    }

    [[nodiscard]] Plan &planFor(Context &context, cv::Size size)
    {
        const auto found = std::find_if(context.plans.begin(), context.plans.end(),
                                        [&](const Plan &plan) { return plan.size() == size; });
        if (found != context.plans.end()) {
            context.plans.splice(context.plans.begin(), context.plans, found);
        } else {
            if (context.plans.size() >= plansKept)
                context.plans.pop_back();
            context.plans.emplace_front(graph, operations, outputs, weights, engine, size);
        }
        return context.plans.front();
    }

    OnnxGraph graph;
    std::vector<std::string> outputs;
    std::vector<Operation> operations;
    dnnl::engine engine;
    WeightStore weights;
    std::mutex mutex;
    std::vector<std::unique_ptr<Context>> idle;
};

ConvolutionNetwork::ConvolutionNetwork(OnnxGraph graph, std::vector<std::string> outputs)
    : m_state(std::make_unique<State>(std::move(graph), std::move(outputs)))
{
    dnnl::set_primitive_cache_capacity(primitivesKept);
    // A small one now, so that a network that cannot run is refused when it is loaded.
    const cv::Mat small(64, 64, CV_8UC3, cv::Scalar::all(0));
    (void)run(small, {});
}

ConvolutionNetwork::~ConvolutionNetwork()
{
    // What was planned stays in oneDNN's cache, a hundred megabytes after a busy clip, through stages that have no use
    // for it. Networks that are still there keep their plans, and others are planned again.
    dnnl::set_primitive_cache_capacity(0);
    dnnl::set_primitive_cache_capacity(primitivesKept);
}

std::vector<Planes> ConvolutionNetwork::run(const cv::Mat &bgr, const Network::Normalisation &normalisation)
{
    omp_set_num_threads(1); // of this thread's calls: what follows is the same on every machine with its kind of CPU
    std::unique_ptr<Context> context = m_state->takeContext();
    fillInput(bgr, normalisation, context->input);
    Plan &plan = m_state->planFor(*context, bgr.size());
    std::byte *buffer = context->bufferOf(plan.bytes());
    std::vector<Planes> results = plan.run(context->stream, context->input.data(), buffer);
    m_state->giveBack(std::move(context)); // one that threw is not given back
    return results;
}

} // namespace doorveil::vision
