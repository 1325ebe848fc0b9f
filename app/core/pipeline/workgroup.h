// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace doorveil::pipeline {

/// The stages of one piece of work, each on its own thread, joined before the work returns. The first error stops all
/// of them (by the stop actions, which abort the queues between them) and is the result of the whole.
class WorkGroup
{
public:
    WorkGroup() = default;
    /// Stops and joins what still runs.
    ~WorkGroup();
    WorkGroup(const WorkGroup &) = delete;
    WorkGroup &operator=(const WorkGroup &) = delete;

    /// Before the first run(): what wakes stages that wait. Called once, from the thread that failed.
    void onStop(std::function<void()> action);
    void run(std::function<base::Result<void>()> stage);
    /// The same on the calling thread.
    void runHere(const std::function<base::Result<void>()> &stage);
    /// Waits for all stages; the first error, if any.
    [[nodiscard]] base::Result<void> join();

private:
    void fail(const base::Error &error);
    void stop();
    void joinThreads();

    std::mutex m_mutex;
    std::optional<base::Error> m_error;
    bool m_stopped = false;
    std::vector<std::function<void()>> m_stopActions;
    std::vector<std::thread> m_threads;
};

} // namespace doorveil::pipeline
