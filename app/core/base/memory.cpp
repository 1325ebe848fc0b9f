// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/memory.h"

#include <cstdlib> // defines __GLIBC__ where it is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace doorveil::base {

void keepMemoryForFrames()
{
#ifdef __GLIBC__
    constexpr int largestKept = 32 << 20; // the most that glibc takes: an 8-bit frame of 20 megapixels
    constexpr int mostKept = 128 << 20;
    (void)mallopt(M_MMAP_THRESHOLD, largestKept);
    (void)mallopt(M_TRIM_THRESHOLD, mostKept);
#endif
}

void returnFreedMemory()
{
#ifdef __GLIBC__
    (void)malloc_trim(0); // 0: nothing to give back
#endif
}

} // namespace doorveil::base
