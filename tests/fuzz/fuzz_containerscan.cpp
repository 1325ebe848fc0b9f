// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "encode/containerscan.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

/// Any bytes: the scan ends, with an error or with findings, inside its bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const doorveil::base::FileDescriptor file(memfd_create("clip", MFD_CLOEXEC));
    if (!file.isValid() || write(file.get(), data, size) != ssize_t(size))
        std::abort();
    const auto scan = doorveil::encode::scanContainer(file.get());
    if (scan && scan->findings.size() > 101)
        std::abort();
    return 0;
}
