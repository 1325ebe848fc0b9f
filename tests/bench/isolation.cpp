// SPDX-License-Identifier: GPL-3.0-or-later
// What the decoder's own process costs: the same clip decoded, and redacted as a whole, here and through
// doorveil-worker, in turn. doorveil-bench-isolation CLIP [RUNS [REDACTIONS]]
#include "base/file.h"
#include "cli/runcli.h"
#include "decode/clipdecoder.h"
#include "isolation/videoreader.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sys/resource.h>
#include <vector>

using namespace doorveil;

using Opened = base::Result<std::unique_ptr<base::FrameSource>>;

// Nothing in the program can be told to decode in its own process, so that nobody can be talked into it. The linker
// puts the one in the place of the other for this driver alone (--wrap in CMakeLists.txt).
#define OPEN_CLIP "_ZN8doorveil9isolation8openClipEiRKNS_4base18FrameSourceOptionsE"
Opened openInWorker(int descriptor, const base::FrameSourceOptions &options) asm("__real_" OPEN_CLIP);
Opened openAsToldTo(int descriptor, const base::FrameSourceOptions &options) asm("__wrap_" OPEN_CLIP);

namespace {

enum class Where {
    Here,
    Worker,
};

Where decodesIn = Where::Worker; // the main thread sets it between the measurements

struct Cost
{
    double wall = 0;
    double processor = 0; ///< user and system, of this process and its ended children
    double firstFrame = 0;
    long frames = 0;
};

using Work = std::function<bool(Cost &)>;

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

double wallTime()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool decodeAll(int descriptor, Cost &cost)
{
    const double begin = wallTime();
    const Opened source = isolation::openClip(descriptor);
    if (!source) {
        std::fprintf(stderr, "%s\n", qPrintable(source.error().message));
        return false;
    }
    while (true) {
        const auto frame = (*source)->nextFrame();
        if (!frame)
            std::fprintf(stderr, "%s\n", qPrintable(frame.error().message));
        if (!frame || !frame->has_value())
            return bool(frame);
        if (cost.frames++ == 0)
            cost.firstFrame = wallTime() - begin;
    }
}

bool redact(const std::string &clip, const std::string &output)
{
    const testsupport::CliRun run = testsupport::runCli({"redact", clip, "-o", output, "--force"});
    if (run.exit != 0)
        std::fprintf(stderr, "%s", run.err.constData());
    return run.exit == 0;
}

double median(const std::vector<Cost> &costs, double Cost::*member)
{
    std::vector<double> values;
    for (const Cost &cost : costs)
        values.push_back(cost.*member);
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char *where, const std::vector<Cost> &costs)
{
    std::printf("  %-10s wall %7.3f s   cpu %7.3f s", where, median(costs, &Cost::wall),
                median(costs, &Cost::processor));
    if (costs.front().frames > 0)
        std::printf("   first frame %4.0f ms   %ld frames", 1000 * median(costs, &Cost::firstFrame),
                    costs.front().frames);
    std::printf("\n");
}

/// The same work with the decoder here and in the worker, in turn.
void compare(const char *name, double goal, int runs, const Work &work)
{
    std::vector<Cost> here;
    std::vector<Cost> isolated;
    for (int run = 0; run < 2 * runs; ++run) {
        decodesIn = run % 2 == 0 ? Where::Here : Where::Worker;
        Cost cost;
        const double begin = wallTime();
        const double before = processorTime();
        if (!work(cost)) // its workers have ended by then, so that their time is counted
            std::exit(1);
        cost.processor = processorTime() - before;
        cost.wall = wallTime() - begin;
        (decodesIn == Where::Here ? here : isolated).push_back(cost);
    }
    std::printf("%s, median of %d runs each\n", name, runs);
    print("in process", here);
    print("isolated", isolated);
    std::printf("  cpu ratio %.3f (goal <= %.2f)   wall ratio %.3f\n",
                median(isolated, &Cost::processor) / median(here, &Cost::processor), goal,
                median(isolated, &Cost::wall) / median(here, &Cost::wall));
}

} // namespace

Opened openAsToldTo(int descriptor, const base::FrameSourceOptions &options)
{
    return decodesIn == Where::Here ? decode::openClip(descriptor, options) : openInWorker(descriptor, options);
}

int main(int argumentCount, char **arguments)
{
    const QCoreApplication application(argumentCount, arguments);
    if (argumentCount < 2) {
        std::fprintf(stderr, "usage: doorveil-bench-isolation CLIP [RUNS [REDACTIONS]]\n");
        return 2;
    }
    const int runs = std::max(1, argumentCount > 2 ? std::atoi(arguments[2]) : 7);
    const int redactions = argumentCount > 3 ? std::atoi(arguments[3]) : 3;
    const auto file = base::openInput(arguments[1]);
    if (!file) {
        std::fprintf(stderr, "%s\n", qPrintable(file.error().message));
        return 3;
    }
    compare("decoding only", 1.20, runs, [&file](Cost &cost) { return decodeAll(file->get(), cost); });
    if (redactions > 0) {
        const QTemporaryDir folder;
        const std::string output = folder.filePath(QStringLiteral("covered.mp4")).toStdString();
        compare("whole redact", 1.05, redactions, [&](Cost &) { return redact(arguments[1], output); });
    }
    return 0;
}
