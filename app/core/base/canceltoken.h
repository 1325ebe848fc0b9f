// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>

namespace doorveil::base {

/// A flag shared by whoever may stop a piece of work and the work itself. Copies share the flag.
/// Thread-safe; cancel() is async-signal-safe (a lock-free atomic store).
class CancelToken
{
public:
    void cancel() const noexcept { m_cancelled->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const noexcept { return m_cancelled->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic<bool>> m_cancelled = std::make_shared<std::atomic<bool>>(false);
};

} // namespace doorveil::base
