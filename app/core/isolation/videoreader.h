// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/framesource.h"

#include <filesystem>
#include <memory>

namespace doorveil::isolation {

/// How well the decoder is confined on this system, for reports and manifests.
struct Confinement
{
    bool separateProcess = true;
    bool systemCallFilter = false; ///< seccomp
    bool fileSystemRules = false; ///< Landlock
    int landlockAbi = 0; ///< 0 where the kernel has none
    QString statement; ///< one sentence for people: "decoder isolated (seccomp, Landlock 7)" or what is missing
};

/// Opens a clip in a fresh doorveil-worker. The descriptor is duplicated into the worker (read-only); the host never
/// parses the file. A crash, a hang (10 s without a frame while one is awaited) or a bad message of the worker is an
/// error on this clip only. Errors do not name the file.
[[nodiscard]] base::Result<std::unique_ptr<base::FrameSource>> openClip(int descriptor,
                                                                        const base::FrameSourceOptions &options = {});

/// Where the worker program is: $DOORVEIL_WORKER (tests), beside this program, or the installed libexec folder.
[[nodiscard]] base::Result<std::filesystem::path> workerPath();

/// What the worker can set up on this system; asks a worker once and remembers.
[[nodiscard]] base::Result<Confinement> confinement();

} // namespace doorveil::isolation
