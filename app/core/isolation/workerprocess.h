// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "isolation/workerhandle.h"

#include <filesystem>
#include <memory>

namespace doorveil::isolation {

/// Starts `program` with an empty environment and the descriptors of protocol.h, everything else closed. The three
/// descriptors are borrowed and stay open in the host. The worker dies with the host process, not with the thread
/// that called this.
[[nodiscard]] base::Result<std::unique_ptr<WorkerHandle>> startWorker(const std::filesystem::path &program, int clip,
                                                                      int ring, int socket);

/// A descriptor of the same file that can only read and has its own offset, whatever the given one can do.
[[nodiscard]] base::Result<base::FileDescriptor> reopenReadOnly(int descriptor);

} // namespace doorveil::isolation
