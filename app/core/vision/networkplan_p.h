// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/arena_p.h"
#include "vision/networkoperations_p.h"
#include "vision/planes_p.h"

#include <dnnl.hpp>
#include <opencv2/core.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace doorveil::vision {

/// Whether the values between a network's steps are 16 bits wide on this processor.
[[nodiscard]] bool hasShortValues();

/// Weights in the layouts that plans asked for, made once and shared by all. Thread-safe.
class WeightStore
{
public:
    explicit WeightStore(const dnnl::engine &engine) : m_engine(engine) { }

    dnnl::memory weights(const OnnxConstant &constant, const std::string &name, const dnnl::memory::dims &dims,
                         const dnnl::memory::desc &wanted);

private:
    dnnl::engine m_engine;
    std::mutex m_mutex;
    std::deque<std::pair<std::string, dnnl::memory>> m_stored;
};

/// The steps of a network for one size of input, and where each tensor lies in a buffer of `bytes()`. Not thread-safe;
/// the graph and the weights are borrowed. The constructor throws std::runtime_error for operators it does not know.
class NetworkPlan
{
public:
    NetworkPlan(const OnnxGraph &graph, const std::vector<Operation> &operations,
                const std::vector<std::string> &outputs, WeightStore &weights, const dnnl::engine &engine,
                cv::Size size);

    [[nodiscard]] cv::Size size() const { return m_size; }
    [[nodiscard]] std::size_t bytes() const;

    /// `input`: 3 × height × width values; `buffer`: at least bytes(), aligned to Arena::alignment.
    [[nodiscard]] std::vector<Planes> run(dnnl::stream &stream, float *input, std::byte *buffer);

private:
    struct Step
    {
        dnnl::primitive primitive;
        std::unordered_map<int, dnnl::memory> arguments;
    };
    struct Tensor
    {
        dnnl::memory memory;
        std::optional<Arena::Place> place;
        int readers = 0;
    };

    [[nodiscard]] dnnl::memory memoryOf(const std::string &name) const;
    [[nodiscard]] const OnnxConstant &constant(const OnnxNode &node, std::size_t index) const;
    dnnl::memory place(const dnnl::memory::desc &desc, Arena::Place *taken);
    /// The same values in another layout; a copy that lives on to the end of the plan where it is a result, and to the
    /// next step otherwise.
    dnnl::memory inLayout(const dnnl::memory &source, const dnnl::memory::desc &wanted);
    /// Every primitive is made without a scratchpad of its own, and given one here.
    void addStep(const dnnl::primitive_desc_base &chosen, const dnnl::primitive &primitive,
                 std::unordered_map<int, dnnl::memory> arguments);
    void finish(const Operation &operation, const dnnl::memory &result, const Arena::Place &taken);
    void add(const Operation &operation);
    void addConvolution(const Operation &operation);
    [[nodiscard]] bool isPointwise(const Operation &operation, const OnnxConstant &kernel,
                                   const dnnl::memory::dims &strides, const dnnl::memory::dims &out) const;
    void addPointwise(const Operation &operation, const OnnxConstant &kernel);
    /// One block of 16 channels lies in memory just as 16 channels that come last, which the next steps want.
    dnnl::memory asChannelsLast(const dnnl::memory &memory, const Arena::Place &taken);
    void addPooling(const Operation &operation);
    void addConcatenation(const Operation &operation);
    void addSlice(const Operation &operation);
    void addShuffle(const Operation &operation);
    void addEnlargement(const Operation &operation);
    void addBinary(const Operation &operation, dnnl::algorithm algorithm);
    void addElementwise(const Operation &operation, dnnl::algorithm algorithm);

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

} // namespace doorveil::vision
