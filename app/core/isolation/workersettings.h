// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"
#include "isolation/workerclip.h"

#include <filesystem>
#include <memory>

namespace doorveil::isolation {

/// openClip() with everything that tests vary.
struct WorkerSettings
{
    std::filesystem::path program;
    SessionLimits limits;
};

[[nodiscard]] base::Result<std::unique_ptr<base::FrameSource>>
openClipWith(const WorkerSettings &settings, int descriptor, const base::FrameSourceOptions &options);

/// Starts a worker that gets no clip, and asks how it is confined.
[[nodiscard]] base::Result<HelloMessage> askWorker(const WorkerSettings &settings);

/// True in a sanitizer build, whose worker cannot be confined (its run-time library needs calls that the filter
/// refuses, and far more address space). Nothing at run time can turn it on.
[[nodiscard]] bool isUnconfinedBuild();

} // namespace doorveil::isolation
