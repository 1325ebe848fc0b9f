// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace doorveil::base {

/// Gives what was freed back to the system where the C library would keep it (glibc: several hundred megabytes after
/// an analysis, in the arenas of threads that are gone). Called between the stages of long work, so that their peaks do
/// not add up. Any thread; costs milliseconds.
void returnFreedMemory();

} // namespace doorveil::base
