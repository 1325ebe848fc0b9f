// SPDX-License-Identifier: GPL-3.0-or-later
// Sanitizer builds only: their run-time library needs system calls that the filter refuses, and far more address
// space. The host of an ordinary build refuses such a worker.
#include "isolation/worker/worker.h"

namespace doorveil::isolation::worker {

base::Result<Confined> confine()
{
    return Confined{};
}

} // namespace doorveil::isolation::worker
