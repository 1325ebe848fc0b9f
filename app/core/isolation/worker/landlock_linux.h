// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace doorveil::isolation::worker {

/// Takes from this thread, and all it starts, every right that this kernel's Landlock knows: no file can be opened,
/// made, renamed or removed, no TCP port used, no process outside be signalled. Descriptors that are open stay usable.
/// Returns Landlock's ABI, 0 for a kernel without it; an error where the kernel has it and refuses.
/// Needs NO_NEW_PRIVS to be set.
[[nodiscard]] base::Result<int> restrictByLandlock();

} // namespace doorveil::isolation::worker
