// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/convolutionnetwork_p.h"

#include "vision/networkplan_p.h"

#include <omp.h>

#include <algorithm>
#include <iterator>
#include <list>
#include <mutex>
#include <new>

namespace doorveil::vision {

namespace {

constexpr std::size_t plansKept = 64; // areas that change come in many sizes; a plan costs as much as it runs
// Of oneDNN, shared by all plans: 60 primitives a plan, tens of kilobytes each. Its own limit of 1024 made a third of
// the time planning; 8192 took 300 MB.
constexpr int primitivesKept = 4096;

/// Held while primitives are made and while the cache is emptied. oneDNN 2.6 describes a primitive after one of its
/// kind in the cache, whose own description is gone by then; if another thread pushes that one out before the new one
/// is made, it is made of freed memory: another activation than the network's, or a crash.
std::mutex &cacheMutex()
{
    static std::mutex mutex;
    return mutex;
}

std::size_t pixelsOf(cv::Size size)
{
    return std::size_t(size.width) * std::size_t(size.height);
}

/// Colours one after the other, as networks take them.
void fillInput(const cv::Mat &bgr, const Network::Normalisation &normalisation, float *input)
{
    cv::Mat colour;
    for (int channel = 0; channel < 3; ++channel) {
        const int place = normalisation.swapRedBlue ? 2 - channel : channel; // the mean is given in the network's order
        cv::Mat plane(bgr.rows, bgr.cols, CV_32F, input + std::size_t(place) * pixelsOf(bgr.size()));
        cv::extractChannel(bgr, colour, channel);
        colour.convertTo(plane, CV_32F, normalisation.factor, -normalisation.mean[place] * normalisation.factor);
    }
}

struct AlignedDelete
{
    void operator()(std::byte *bytes) const { ::operator delete[](bytes, std::align_val_t(Arena::alignment)); }
};

/// What a thread needs to run networks. One for each thread and not for each network: several networks look at the same
/// frames, one after the other in each thread, and one of these takes up to a hundred megabytes.
class Scratch
{
public:
    static Scratch &ofThisThread()
    {
        thread_local Scratch scratch;
        return scratch;
    }

    std::byte *bufferOf(std::size_t needed)
    {
        if (needed > m_bytes) {
            m_buffer.reset(); // before the new one: both would be needed at once
            m_bytes = 0; // should there be no memory for it
            const std::size_t bytes = std::max(needed, leastBytes);
            m_buffer.reset(new (std::align_val_t(Arena::alignment)) std::byte[bytes]);
            m_bytes = bytes;
        }
        return m_buffer.get();
    }

private:
    // Pages that nothing writes to take no memory. Blocks of up to 32 MB come out of malloc's heaps, where the ones
    // that were outgrown stay as holes between smaller blocks: a hundred megabytes a thread after a busy clip.
    static constexpr std::size_t leastBytes = std::size_t(64) << 20;

    std::unique_ptr<std::byte[], AlignedDelete> m_buffer;
    std::size_t m_bytes = 0;
};

} // namespace

struct ConvolutionNetwork::State
{
    State(OnnxGraph ownGraph, std::vector<std::string> wantedOutputs)
        : graph(std::move(ownGraph)),
          outputs(std::move(wantedOutputs)),
          operations(operationsOf(graph, outputs)),
          engine(dnnl::engine::kind::cpu, 0),
          weights(engine)
    {
    }

    /// One plan, taken out of those that are not in use.
    [[nodiscard]] std::list<NetworkPlan> takePlan(cv::Size size)
    {
        std::list<NetworkPlan> taken;
        {
            const std::lock_guard lock(mutex);
            const auto found =
                std::find_if(plans.begin(), plans.end(), [&](const NetworkPlan &plan) { return plan.size() == size; });
            if (found != plans.end())
                taken.splice(taken.begin(), plans, found);
        }
        if (taken.empty()) {
            const std::lock_guard lock(cacheMutex());
            taken.emplace_front(graph, operations, outputs, weights, engine, size);
        }
        return taken;
    }

    void giveBack(std::list<NetworkPlan> taken)
    {
        std::list<NetworkPlan> dropped; // destroyed outside the lock
        const std::lock_guard lock(mutex);
        plans.splice(plans.begin(), taken);
        if (plans.size() > plansKept)
            dropped.splice(dropped.begin(), plans, std::prev(plans.end()));
    }

    OnnxGraph graph;
    std::vector<std::string> outputs;
    std::vector<Operation> operations;
    dnnl::engine engine;
    WeightStore weights;
    std::mutex mutex;
    std::list<NetworkPlan> plans; ///< not in use, the last used first
};

ConvolutionNetwork::ConvolutionNetwork(OnnxGraph graph, std::vector<std::string> outputs)
    : m_state(std::make_unique<State>(std::move(graph), std::move(outputs)))
{
    {
        const std::lock_guard lock(cacheMutex());
        dnnl::set_primitive_cache_capacity(primitivesKept);
    }
    // A small one now, so that a network that cannot run is refused when it is loaded.
    const cv::Mat small(64, 64, CV_8UC3, cv::Scalar::all(0));
    (void)run(small, {});
}

ConvolutionNetwork::~ConvolutionNetwork()
{
    // What was planned stays in oneDNN's cache, a hundred megabytes after a busy clip, through stages that have no use
    // for it. Networks that are still there keep their plans, and others are planned again.
    const std::lock_guard lock(cacheMutex());
    // The C functions: a destructor throws nothing, and a cache that stays full is no reason to stop.
    (void)dnnl_set_primitive_cache_capacity(0);
    (void)dnnl_set_primitive_cache_capacity(primitivesKept);
}

std::vector<Planes> ConvolutionNetwork::run(const cv::Mat &bgr, const Network::Normalisation &normalisation)
{
    omp_set_num_threads(1); // of this thread's calls: what follows is the same on every machine with its kind of CPU
    std::list<NetworkPlan> plan = m_state->takePlan(bgr.size());
    const std::size_t bytes = plan.front().bytes(); // the input lies behind them
    std::byte *buffer = Scratch::ofThisThread().bufferOf(bytes + 3 * pixelsOf(bgr.size()) * sizeof(float));
    auto *input = reinterpret_cast<float *>(buffer + bytes);
    fillInput(bgr, normalisation, input);
    dnnl::stream stream(m_state->engine);
    std::vector<Planes> results = plan.front().run(stream, input, buffer);
    m_state->giveBack(std::move(plan)); // what threw is not given back
    return results;
}

} // namespace doorveil::vision
