// SPDX-License-Identifier: GPL-3.0-or-later
// A doorveil-worker with a fake decoder that can be told to crash, hang, or attack. Built under several names; the
// name decides what happens before the session begins.
#include "fakesource.h"
#include "hostiledeeds.h"
#include "isolation/worker/worker.h"
#include "obstacles.h"

#include <cstdio>
#include <string_view>

using namespace doorveil;

int main(int argumentCount, char **arguments)
{
    const std::string_view name = argumentCount > 0 ? arguments[0] : "";
    const isolation::worker::SourceFactory factory = [](int descriptor, const base::FrameSourceOptions &options) {
        return testing::openFake(descriptor, options, testing::hostileDeed);
    };
    if (name.ends_with("-unconfined"))
        return isolation::worker::serve({}, factory);
    if (name.ends_with("-no-seccomp"))
        testing::forbidSystemCallFilters();
    if (name.ends_with("-no-landlock"))
        testing::hideLandlock();
    if (name.ends_with("-landlock-fails"))
        testing::breakLandlock();
    return isolation::worker::run(factory);
}
