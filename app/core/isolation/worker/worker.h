// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"

#include <functional>
#include <memory>

namespace doorveil::isolation::worker {

/// Opens the clip on a descriptor: decode::openClip, or what a test puts in its place.
using SourceFactory =
    std::function<base::Result<std::unique_ptr<base::FrameSource>>(int descriptor, const base::FrameSourceOptions &)>;

/// What the process has given up.
struct Confined
{
    bool systemCallFilter = false;
    int landlockAbi = 0;
};

/// The whole life of a doorveil-worker: confines the process, then serves the host on socketDescriptor until the host
/// hangs up. Nothing of the clip is read before the process is confined; where it cannot be, this returns
/// exitNotConfined with the reason on standard error. Returns the process's exit code.
[[nodiscard]] int run(const SourceFactory &factory);

/// The second half of run(), for tests that need an unconfined worker as a control.
[[nodiscard]] int serve(const Confined &confined, const SourceFactory &factory);

/// The first half: limits, no new privileges, Landlock, system call filter. Irreversible. For the calling thread and
/// all it starts: call it before there are others. An error means that the process must not go on.
[[nodiscard]] base::Result<Confined> confine();

} // namespace doorveil::isolation::worker
