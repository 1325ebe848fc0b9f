// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blockingwork.h"

#include <atomic>

namespace doorveil::base {

namespace {

std::atomic<BlockingWorkGuard> &currentGuard()
{
    static std::atomic<BlockingWorkGuard> guard = nullptr;
    return guard;
}

} // namespace

void setBlockingWorkGuard(BlockingWorkGuard guard)
{
    currentGuard().store(guard, std::memory_order_release);
}

void enterBlockingWork(BlockingWork work)
{
    if (const BlockingWorkGuard guard = currentGuard().load(std::memory_order_acquire))
        guard(work);
}

} // namespace doorveil::base
