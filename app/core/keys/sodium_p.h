// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sodium.h>

namespace doorveil::keys {

/// Before any other call of the library.
void ensureSodium();

} // namespace doorveil::keys
