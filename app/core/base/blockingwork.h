// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace doorveil::base {

/// Work that may block for longer than a window may stand still. Decoding, detection and SQLite say so at their entry,
/// so that a program with a window can make sure that none of it ever starts on the window's thread.
enum class BlockingWork { Decoding, Detection, Database };

/// Called on the thread that is about to do the work. Must be cheap: it is called for every frame.
using BlockingWorkGuard = void (*)(BlockingWork work);

/// Sets who is asked; null (as at the start) for nobody. Thread-safe.
void setBlockingWorkGuard(BlockingWorkGuard guard);

/// Asks the guard.
void enterBlockingWork(BlockingWork work);

} // namespace doorveil::base
