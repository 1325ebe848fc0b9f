// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>

namespace doorveil::isolation {

/// How a worker ended.
struct WorkerEnd
{
    enum class Kind { StillRunning, Exited, Signalled };
    Kind kind = Kind::StillRunning;
    int code = 0; ///< exit code or signal number
    QByteArray errorOutput; ///< the first bytes of its standard error, for logs and for the reason of a refusal
};

/// The process behind a WorkerClip, as far as it is concerned with it. Destroying it kills the process.
class WorkerHandle
{
public:
    WorkerHandle() = default;
    virtual ~WorkerHandle() = default;
    WorkerHandle(const WorkerHandle &) = delete;
    WorkerHandle &operator=(const WorkerHandle &) = delete;

    /// SIGKILL, or what the system has for it. Harmless when the worker is gone.
    virtual void kill() = 0;
    /// Waits for the end, no longer than `limit`.
    [[nodiscard]] virtual WorkerEnd waitForEnd(std::chrono::milliseconds limit) = 0;
};

} // namespace doorveil::isolation
