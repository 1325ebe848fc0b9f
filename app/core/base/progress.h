// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <functional>

namespace doorveil::base {

/// How far a long piece of work is. `total` is an estimate (0 where unknown) and may change.
struct Progress
{
    QString stage; ///< "analyse", "export", "verify"
    std::int64_t done = 0;
    std::int64_t total = 0; ///< frames
};

/// Called on the thread that does the work, at most some dozens of times a second; must not block.
using ProgressCallback = std::function<void(const Progress &)>;

} // namespace doorveil::base
