// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakesource.h"

namespace doorveil::testing {

/// What a decoder under an attacker's control might do, named by the clip's `mode=`. A deed that the system refused
/// comes back as an error "blocked: …", one that worked as "SUCCEEDED".
[[nodiscard]] base::Result<void> hostileDeed(const FakeClip &clip);

} // namespace doorveil::testing
