// SPDX-License-Identifier: GPL-3.0-or-later
// What the decoder's own process costs: the same clip decoded here and through doorveil-worker, in turn.
// doorveil-bench-isolation CLIP [RUNS]
#include "base/file.h"
#include "decode/clipdecoder.h"
#include "isolation/videoreader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sys/resource.h>
#include <vector>

using namespace doorveil;

namespace {

using Opener = std::function<base::Result<std::unique_ptr<base::FrameSource>>(int)>;

struct Cost
{
    double wall = 0;
    double processor = 0; ///< user and system, of this process and its ended children
    double firstFrame = 0;
    long frames = 0;
};

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

double processorTime()
{
    double sum = 0;
    for (const auto who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        ::getrusage(who, &usage);
        sum += seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    return sum;
}

Cost decodeAll(int descriptor, const Opener &open)
{
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    const auto since = [&begin] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
    const double before = processorTime();
    Cost cost;
    {
        auto source = open(descriptor);
        if (!source) {
            std::fprintf(stderr, "%s\n", qPrintable(source.error().message));
            std::exit(1);
        }
        while (true) {
            const auto frame = (*source)->nextFrame();
            if (!frame)
                std::fprintf(stderr, "%s\n", qPrintable(frame.error().message));
            if (!frame || !frame->has_value())
                break;
            if (cost.frames++ == 0)
                cost.firstFrame = since();
        }
    } // the worker has ended and its time is counted
    cost.wall = since();
    cost.processor = processorTime() - before;
    return cost;
}

double median(const std::vector<Cost> &costs, double Cost::*member)
{
    std::vector<double> values;
    for (const Cost &cost : costs)
        values.push_back(cost.*member);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char *name, const std::vector<Cost> &costs)
{
    std::printf("%-12s wall %7.3f s   cpu %7.3f s   first frame %5.0f ms   %ld frames\n", name,
                median(costs, &Cost::wall), median(costs, &Cost::processor), 1000 * median(costs, &Cost::firstFrame),
                costs.front().frames);
}

} // namespace

int main(int argumentCount, char **arguments)
{
    if (argumentCount < 2) {
        std::fprintf(stderr, "usage: doorveil-bench-isolation CLIP [RUNS]\n");
        return 2;
    }
    const int runs = std::max(1, argumentCount > 2 ? std::atoi(arguments[2]) : 7);
    const auto file = base::openInput(arguments[1]);
    if (!file) {
        std::fprintf(stderr, "%s\n", qPrintable(file.error().message));
        return 3;
    }
    std::vector<Cost> here;
    std::vector<Cost> isolated;
    for (int run = 0; run < runs; ++run) {
        here.push_back(decodeAll(file->get(), [](int clip) { return decode::openClip(clip, {}); }));
        isolated.push_back(decodeAll(file->get(), [](int clip) { return isolation::openClip(clip); }));
    }
    print("in process", here);
    print("isolated", isolated);
    std::printf("cpu ratio %.3f (goal <= 1.20)   wall ratio %.3f   median of %d runs each\n",
                median(isolated, &Cost::processor) / median(here, &Cost::processor),
                median(isolated, &Cost::wall) / median(here, &Cost::wall), runs);
    return 0;
}
