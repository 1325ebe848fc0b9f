// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace doorveil::pipeline::batch {

/// Bytes that one clip takes while it is worked on, worker process included: an upper bound by measurement
/// (docs/architecture.md), from the size of its pictures; its length does not matter.
[[nodiscard]] std::int64_t memoryEstimate(base::Size picture);

/// Half of what this machine, or the control group that the program runs in, has.
[[nodiscard]] std::int64_t defaultMemoryBudget();

/// Lets work begin while the estimates of all that runs stay within a budget; first come, first served, so that a large
/// clip is not overtaken for ever. Something larger than the whole budget runs alone. Thread-safe.
class MemoryBudget
{
public:
    explicit MemoryBudget(std::int64_t bytes) : m_free(bytes) { }

    /// Held while a clip is worked on.
    class Share
    {
    public:
        Share(MemoryBudget &budget, std::int64_t bytes) : m_budget(budget), m_bytes(bytes) { m_budget.take(m_bytes); }
        ~Share() { m_budget.giveBack(m_bytes); }
        Share(const Share &) = delete;
        Share &operator=(const Share &) = delete;

    private:
        MemoryBudget &m_budget;
        std::int64_t m_bytes;
    };

private:
    void take(std::int64_t bytes);
    void giveBack(std::int64_t bytes);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::int64_t m_free;
    int m_holders = 0;
    std::uint64_t m_nextTicket = 0;
    std::uint64_t m_serving = 0;
};

} // namespace doorveil::pipeline::batch
