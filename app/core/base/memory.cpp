// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/memory.h"

#include <cstdlib> // defines __GLIBC__ where it is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace doorveil::base {

void returnFreedMemory()
{
#ifdef __GLIBC__
    (void)malloc_trim(0); // 0: nothing to give back
#endif
}

} // namespace doorveil::base
