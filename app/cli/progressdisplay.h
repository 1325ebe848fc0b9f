// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "cli/context.h"

#include <chrono>
#include <optional>

namespace doorveil::cli {

/// Shows progress: a bar with rate and remaining time on a terminal, one JSON object a line where asked for, nothing
/// otherwise. Used from one thread.
class ProgressDisplay
{
public:
    ProgressDisplay(Context &context, bool jsonLines);
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay &) = delete;
    ProgressDisplay &operator=(const ProgressDisplay &) = delete;

    /// Refers to this object.
    [[nodiscard]] base::ProgressCallback callback();
    /// Ends the bar's line; what is said next starts on a line of its own.
    void finish();

private:
    using Clock = std::chrono::steady_clock;
    void show(const base::Progress &progress);
    void drawBar(const base::Progress &progress, double seconds);

    Context &m_context;
    bool m_jsonLines;
    QString m_stage;
    Clock::time_point m_stageStart;
    Clock::time_point m_lastShown;
    bool m_onBar = false;
};

} // namespace doorveil::cli
