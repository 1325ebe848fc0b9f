// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/networkplan_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace doorveil::vision {

namespace {

using Dims = dnnl::memory::dims;
using Desc = dnnl::memory::desc;

[[noreturn]] void refuse(const std::string &what)
{
    throw std::runtime_error("the network uses what is not supported: " + what);
}

/// Of the values between the steps: bfloat16 where the processor multiplies such ones itself, which takes a quarter off
/// the time and half of the memory. The result is the same on every processor of a type. On one without it the scores
/// differ in the third digit, and in the benchmark's clips all that is labelled is found just the same.
dnnl::memory::data_type innerType()
{
    return hasShortValues() ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
}

std::size_t innerBytes()
{
    return dnnl::memory::data_type_size(innerType());
}

Desc describe(const Dims &dims, dnnl::memory::format_tag tag)
{
    return {dims, innerType(), tag};
}

/// Of what goes in and comes out, and of what is added in a convolution.
Desc describeWhole(const Dims &dims, dnnl::memory::format_tag tag)
{
    return {dims, dnnl::memory::data_type::f32, tag};
}

constexpr auto channelsLast = dnnl::memory::format_tag::nhwc;

// Pixels that a step of a pointwise convolution takes, a multiple of the row that its kernel works on. What is left
// over goes by the smallest, into room that the result has for it.
constexpr std::array<std::int64_t, 4> pointwiseParts{4096, 1024, 256, 64};
constexpr std::int64_t pointwiseRow = 64;
constexpr std::size_t mostReadBeyond = std::size_t(pointwiseRow) * 1024 * sizeof(float); // of 1024 channels

std::int64_t pointwisePart(std::int64_t pixels)
{
    const auto *fitting = std::find_if(pointwiseParts.begin(), pointwiseParts.end(),
                                       [pixels](std::int64_t part) { return part <= pixels; });
    return fitting != pointwiseParts.end() ? *fitting : pointwiseParts.back();
}

/// With a scratchpad from the plan: oneDNN's own is of the thread that made the primitive, and a plan is run by others,
/// for which it is too small or gone.
dnnl::primitive_attr withOurScratchpad()
{
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    return attributes;
}

dnnl::primitive_attr attributesFor(Activation activation)
{
    dnnl::primitive_attr attributes = withOurScratchpad();
    dnnl::post_ops operations;
    if (activation == Activation::Relu)
        operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.0F, 0.0F);
    else if (activation == Activation::LeakyRelu)
        operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_relu, 0.1F, 0.0F);
    else if (activation != Activation::None)
        operations.append_eltwise(1.0F, dnnl::algorithm::eltwise_swish, 1.0F, 0.0F);
    attributes.set_post_ops(operations);
    return attributes;
}

} // namespace

bool hasShortValues()
{
    const dnnl::cpu_isa isa = dnnl::get_effective_cpu_isa();
    return isa == dnnl::cpu_isa::avx512_core_bf16 || isa == dnnl::cpu_isa::avx512_core_amx;
}

dnnl::memory WeightStore::weights(const OnnxConstant &constant, const std::string &name, const Dims &dims,
                                  const Desc &wanted)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[known, memory] : m_stored) {
        if (known == name && memory.get_desc() == wanted)
            return memory;
    }
    const auto tag = dims.size() == 5   ? dnnl::memory::format_tag::goihw
                     : dims.size() == 4 ? dnnl::memory::format_tag::oihw
                                        : dnnl::memory::format_tag::x;
    dnnl::memory plain(describeWhole(dims, tag), m_engine, const_cast<float *>(constant.values.data()));
    dnnl::memory stored(wanted, m_engine);
    dnnl::stream stream(m_engine);
    dnnl::reorder(plain, stored).execute(stream, plain, stored);
    stream.wait();
    m_stored.emplace_back(name, stored);
    return stored;
}

NetworkPlan::NetworkPlan(const OnnxGraph &graph, const std::vector<Operation> &operations,
                         const std::vector<std::string> &outputs, WeightStore &weights, const dnnl::engine &engine,
                         cv::Size size)
    : m_graph(graph), m_weights(weights), m_engine(engine), m_size(size)
{
    const Dims inputDims{1, 3, size.height, size.width};
    const auto planes = dnnl::memory::format_tag::nchw;
    m_input = dnnl::memory(describeWhole(inputDims, planes), engine, nullptr);
    Tensor &inputTensor = m_tensors[graph.input];
    inputTensor.memory = inLayout(m_input, describe(inputDims, planes));
    if (!m_passing.empty()) { // a copy, which stays until its last reader and not until the first step
        inputTensor.place = m_passing.back();
        m_passing.clear();
    }
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
        m_results.push_back(inLayout(source, describeWhole(source.get_desc().dims(), dnnl::memory::format_tag::nchw)));
    }
}

std::size_t NetworkPlan::bytes() const
{
    return m_arena.bytes() + mostReadBeyond;
}

std::vector<Planes> NetworkPlan::run(dnnl::stream &stream, float *input, std::byte *buffer)
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

dnnl::memory NetworkPlan::memoryOf(const std::string &name) const
{
    const auto found = m_tensors.find(name);
    if (found == m_tensors.end() || !found->second.memory)
        refuse("a tensor that nothing makes, " + name);
    return found->second.memory;
}

const OnnxConstant &NetworkPlan::constant(const OnnxNode &node, std::size_t index) const
{
    const auto found =
        index < node.inputs.size() ? m_graph.constants.find(node.inputs[index]) : m_graph.constants.end();
    if (found == m_graph.constants.end())
        refuse(node.type + " without constants");
    return found->second;
}

dnnl::memory NetworkPlan::place(const Desc &desc, Arena::Place *taken)
{
    *taken = m_arena.take(desc.get_size());
    dnnl::memory memory(desc, m_engine, nullptr);
    m_placed.emplace_back(memory, taken->offset);
    return memory;
}

dnnl::memory NetworkPlan::inLayout(const dnnl::memory &source, const Desc &wanted)
{
    if (source.get_desc() == wanted)
        return source;
    Arena::Place taken;
    const dnnl::memory copy = place(wanted, &taken);
    const dnnl::reorder::primitive_desc chosen(m_engine, source.get_desc(), m_engine, wanted, withOurScratchpad());
    addStep(chosen, dnnl::reorder(chosen), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, copy}});
    m_passing.push_back(taken);
    return copy;
}

void NetworkPlan::addStep(const dnnl::primitive_desc_base &chosen, const dnnl::primitive &primitive,
                          std::unordered_map<int, dnnl::memory> arguments)
{
    const Desc scratchpad = chosen.scratchpad_desc();
    if (scratchpad.get_size() > 0) {
        Arena::Place taken;
        arguments.emplace(DNNL_ARG_SCRATCHPAD, place(scratchpad, &taken));
        m_arena.give(taken); // what is placed from here on is written by later steps
    } else if (chosen.query_s64(dnnl::query::memory_consumption_s64) > 0) {
        refuse("a primitive that keeps its own scratchpad");
    }
    m_steps.push_back({primitive, std::move(arguments)});
}

void NetworkPlan::finish(const Operation &operation, const dnnl::memory &result, const Arena::Place &taken)
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

void NetworkPlan::add(const Operation &operation)
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

void NetworkPlan::addConvolution(const Operation &operation)
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
    if (isPointwise(operation, kernel, strides, out)) {
        addPointwise(operation, kernel);
        return;
    }
    Dims weightDims(kernel.shape.begin(), kernel.shape.end());
    if (groups > 1)
        weightDims = {groups, kernel.shape[0] / groups, kernel.shape[1], kernel.shape[2], kernel.shape[3]};

    const auto any = dnnl::memory::format_tag::any;
    const bool biased = node.inputs.size() > 2;
    const Dims biasDims{kernel.shape[0]};
    const Desc biasDesc = biased ? describeWhole(biasDims, dnnl::memory::format_tag::x) : Desc();
    // The picture stays as it is: copying three channels into a padded layout costs more than it gains.
    const Desc from = in[1] == 3 ? source.get_desc() : describe(in, any);
    const dnnl::convolution_forward::desc wanted(dnnl::prop_kind::forward_inference,
                                                 dnnl::algorithm::convolution_direct, from, describe(weightDims, any),
                                                 biasDesc, describe(out, any), strides, dilation, before, after);
    const dnnl::convolution_forward::primitive_desc chosen(wanted, attributesFor(operation.activation), m_engine);
    const dnnl::memory input = inLayout(source, chosen.src_desc());
    Arena::Place taken;
    const dnnl::memory result = place(chosen.dst_desc(), &taken);
    std::unordered_map<int, dnnl::memory> arguments{
        {DNNL_ARG_SRC, input},
        {DNNL_ARG_WEIGHTS, m_weights.weights(kernel, node.inputs[1], weightDims, chosen.weights_desc())},
        {DNNL_ARG_DST, result}};
    if (biased) {
        arguments.emplace(DNNL_ARG_BIAS,
                          m_weights.weights(constant(node, 2), node.inputs[2], biasDims, chosen.bias_desc()));
    }
    addStep(chosen, dnnl::convolution_forward(chosen), std::move(arguments));
    finish(operation, asChannelsLast(result, taken), taken);
}

bool NetworkPlan::isPointwise(const Operation &operation, const OnnxConstant &kernel, const Dims &strides,
                              const Dims &out) const
{
    const Tensor &source = m_tensors.at(operation.inputs.at(0));
    const Desc desc = source.memory.get_desc();
    const Dims in = desc.dims();
    return source.place && kernel.shape[1] == in[1] && kernel.shape[2] == 1 && kernel.shape[3] == 1
           && strides == Dims{1, 1} && out[2] == in[2] && out[3] == in[3]
           && std::size_t(pointwiseRow * in[1]) * sizeof(float) <= mostReadBeyond && desc == describe(in, channelsLast);
}

void NetworkPlan::addPointwise(const Operation &operation, const OnnxConstant &kernel)
{
    // With channels last a picture is a row of pixels: it is taken in parts of few lengths, whose primitives oneDNN's
    // cache keeps for every size of input. One for each size took a tenth of an analysis to make.
    const OnnxNode &node = *operation.node;
    const Tensor &source = m_tensors.at(operation.inputs.at(0));
    Dims dims = source.memory.get_desc().dims();
    const std::int64_t pixels = dims[2] * dims[3];
    const std::int64_t inputs = dims[1];
    const std::int64_t outputs = kernel.shape[0];
    dims[1] = outputs;
    const std::int64_t rows = (pixels + pointwiseRow - 1) / pointwiseRow;
    const Arena::Place taken = m_arena.take(std::size_t(rows * pointwiseRow * outputs) * innerBytes());
    const auto view = [this](const Desc &desc, std::size_t offset) {
        return m_placed.emplace_back(dnnl::memory(desc, m_engine, nullptr), offset).first;
    };
    const bool biased = node.inputs.size() > 2;
    const Dims weightDims(kernel.shape.begin(), kernel.shape.end());
    const Dims biasDims{outputs};
    for (std::int64_t begin = 0; begin < pixels;) {
        const std::int64_t part = pointwisePart(pixels - begin);
        const auto withChannels = [part](std::int64_t channels) {
            return describe({1, channels, part / pointwiseRow, pointwiseRow}, channelsLast);
        };
        const dnnl::convolution_forward::desc wanted(
            dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct, withChannels(inputs),
            describe(weightDims, dnnl::memory::format_tag::any),
            biased ? describeWhole(biasDims, dnnl::memory::format_tag::x) : Desc(), withChannels(outputs), {1, 1},
            {0, 0}, {0, 0}, {0, 0});
        const dnnl::convolution_forward::primitive_desc chosen(wanted, attributesFor(operation.activation), m_engine);
        const auto offsetOf = [begin](const Arena::Place &place, std::int64_t channels) {
            return place.offset + std::size_t(begin * channels) * innerBytes();
        };
        std::unordered_map<int, dnnl::memory> arguments{
            {DNNL_ARG_SRC, view(chosen.src_desc(), offsetOf(*source.place, inputs))},
            {DNNL_ARG_WEIGHTS, m_weights.weights(kernel, node.inputs[1], weightDims, chosen.weights_desc())},
            {DNNL_ARG_DST, view(chosen.dst_desc(), offsetOf(taken, outputs))}};
        if (biased) {
            arguments.emplace(DNNL_ARG_BIAS,
                              m_weights.weights(constant(node, 2), node.inputs[2], biasDims, chosen.bias_desc()));
        }
        addStep(chosen, dnnl::convolution_forward(chosen), std::move(arguments));
        begin += part;
    }
    finish(operation, view(describe(dims, channelsLast), taken.offset), taken);
}

dnnl::memory NetworkPlan::asChannelsLast(const dnnl::memory &memory, const Arena::Place &taken)
{
    const Desc desc = memory.get_desc();
    if (desc.dims()[1] != 16 || desc != describe(desc.dims(), dnnl::memory::format_tag::nChw16c))
        return memory;
    m_placed.emplace_back(dnnl::memory(describe(desc.dims(), channelsLast), m_engine, nullptr), taken.offset);
    return m_placed.back().first;
}

void NetworkPlan::addPooling(const Operation &operation)
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
                                             source.get_desc(), describe(out, dnnl::memory::format_tag::any), strides,
                                             kernel, before, after);
    const dnnl::pooling_forward::primitive_desc chosen(wanted, withOurScratchpad(), m_engine);
    Arena::Place taken;
    const dnnl::memory result = place(chosen.dst_desc(), &taken);
    addStep(chosen, dnnl::pooling_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}});
    finish(operation, result, taken);
}

void NetworkPlan::addConcatenation(const Operation &operation)
{
    if (attributeOf(*operation.node, "axis", 0, 1) != 1)
        refuse("a concatenation of anything but channels");
    std::vector<Desc> descs;
    std::unordered_map<int, dnnl::memory> arguments;
    for (std::size_t index = 0; index < operation.inputs.size(); ++index) {
        const dnnl::memory source = memoryOf(operation.inputs[index]);
        descs.push_back(source.get_desc());
        arguments.emplace(DNNL_ARG_MULTIPLE_SRC + int(index), source);
    }
    const dnnl::concat::primitive_desc chosen(1, descs, m_engine, withOurScratchpad());
    Arena::Place taken;
    const dnnl::memory result = place(chosen.dst_desc(), &taken);
    arguments.emplace(DNNL_ARG_DST, result);
    addStep(chosen, dnnl::concat(chosen), std::move(arguments));
    finish(operation, result, taken);
}

void NetworkPlan::addSlice(const Operation &operation)
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
    const Desc own = describe(dims, channelsLast);
    Arena::Place taken;
    const dnnl::memory result = place(own, &taken);
    const dnnl::reorder::primitive_desc chosen(m_engine, part, m_engine, own, withOurScratchpad());
    addStep(chosen, dnnl::reorder(chosen), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, result}});
    finish(operation, result, taken);
}

void NetworkPlan::addShuffle(const Operation &operation)
{
    // Groups of channels one after the other become groups of one channel each of them: a transposition, which oneDNN
    // does faster than what it calls a shuffle.
    const dnnl::memory made = memoryOf(operation.inputs.at(0));
    const dnnl::memory source = inLayout(made, describe(made.get_desc().dims(), channelsLast));
    const Desc desc = source.get_desc();
    const Dims dims = desc.dims();
    const Dims parts{dims[2] * dims[3], operation.shuffleGroups, dims[1] / operation.shuffleGroups};
    const Desc before(parts, desc.data_type(), Dims{dims[1], parts[2], 1});
    const Desc after(parts, desc.data_type(), Dims{dims[1], 1, parts[1]});
    Arena::Place taken;
    const dnnl::memory result = place(desc, &taken);
    const dnnl::reorder::primitive_desc chosen(m_engine, before, m_engine, after, withOurScratchpad());
    addStep(chosen, dnnl::reorder(chosen), {{DNNL_ARG_FROM, source}, {DNNL_ARG_TO, result}});
    finish(operation, result, taken);
}

void NetworkPlan::addEnlargement(const Operation &operation)
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
    const dnnl::resampling_forward::desc wanted(dnnl::prop_kind::forward_inference, dnnl::algorithm::resampling_nearest,
                                                source.get_desc(), describe(out, dnnl::memory::format_tag::any));
    const dnnl::resampling_forward::primitive_desc chosen(wanted, withOurScratchpad(), m_engine);
    Arena::Place taken;
    const dnnl::memory result = place(chosen.dst_desc(), &taken);
    addStep(chosen, dnnl::resampling_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}});
    finish(operation, result, taken);
}

void NetworkPlan::addBinary(const Operation &operation, dnnl::algorithm algorithm)
{
    if (operation.inputs.size() != 2)
        refuse("arithmetic with constants");
    const dnnl::memory first = memoryOf(operation.inputs[0]);
    const dnnl::memory second = inLayout(memoryOf(operation.inputs[1]), first.get_desc());
    const dnnl::binary::desc wanted(algorithm, first.get_desc(), second.get_desc(), first.get_desc());
    const dnnl::binary::primitive_desc chosen(wanted, withOurScratchpad(), m_engine);
    Arena::Place taken;
    const dnnl::memory result = place(first.get_desc(), &taken);
    addStep(chosen, dnnl::binary(chosen), {{DNNL_ARG_SRC_0, first}, {DNNL_ARG_SRC_1, second}, {DNNL_ARG_DST, result}});
    finish(operation, result, taken);
}

void NetworkPlan::addElementwise(const Operation &operation, dnnl::algorithm algorithm)
{
    const dnnl::memory source = memoryOf(operation.inputs.at(0));
    const dnnl::eltwise_forward::desc wanted(dnnl::prop_kind::forward_inference, algorithm, source.get_desc(), 0.0F,
                                             0.0F);
    const dnnl::eltwise_forward::primitive_desc chosen(wanted, withOurScratchpad(), m_engine);
    Arena::Place taken;
    const dnnl::memory result = place(source.get_desc(), &taken);
    addStep(chosen, dnnl::eltwise_forward(chosen), {{DNNL_ARG_SRC, source}, {DNNL_ARG_DST, result}});
    finish(operation, result, taken);
}

} // namespace doorveil::vision
