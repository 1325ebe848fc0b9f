// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace doorveil::ui {

/// Called where decoding, detection or SQLite begins: the window's thread must never be there. On it the handler is
/// called; by default the program ends with a message. Tests replace the handler to see that a planted call is caught.
void assertNotGuiThread();

/// Makes decoding, detection and SQLite of the engine ask assertNotGuiThread() at their entry.
void installGuiThreadGuard();

/// For tests. An empty handler brings the default back.
void setGuiThreadViolationHandler(std::function<void()> handler);

} // namespace doorveil::ui
