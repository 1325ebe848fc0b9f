// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/worker/worker.h"

#include "isolation/protocol.h"
#include "isolation/worker/clipserver.h"

#include <cstdio>
#include <exception>
#include <new>

namespace doorveil::isolation::worker {

int serve(const Confined &confined, const SourceFactory &factory)
{
    try {
        HelloMessage hello;
        hello.systemCallFilter = confined.systemCallFilter;
        hello.landlockAbi = confined.landlockAbi;
        ClipServer server(socketDescriptor);
        return server.run(hello, factory);
    } catch (const std::bad_alloc &) {
        return exitOutOfMemory;
    } catch (const std::exception &error) {
        (void)std::fprintf(stderr, "%s\n", error.what());
        return exitInternalError;
    }
}

int run(const SourceFactory &factory)
{
    const auto confined = confine();
    if (!confined) {
        (void)std::fprintf(stderr, "%s\n", qPrintable(confined.error().message));
        return exitNotConfined;
    }
    return serve(*confined, factory);
}

} // namespace doorveil::isolation::worker
