// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Systems that lack what the sandbox needs, played by a system call filter of their own.
namespace doorveil::testing {

void forbidSystemCallFilters(); ///< seccomp() and prctl(PR_SET_SECCOMP) fail
void hideLandlock(); ///< as on a kernel without it
void breakLandlock(); ///< the kernel has it, restricting fails

} // namespace doorveil::testing
