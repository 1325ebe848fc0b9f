// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace doorveil::isolation::worker {

/// Installs the worker's seccomp filter: what decoding needs is allowed, calls that libraries try and can do without
/// fail with EPERM, every other call kills the whole process. Needs NO_NEW_PRIVS to be set.
[[nodiscard]] base::Result<void> installSystemCallFilter();

} // namespace doorveil::isolation::worker
