// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

namespace doorveil::ui {

/// How fast frames are analysed, over the last seconds, and how long the rest will take. Times are given, in
/// milliseconds of any steady clock, so that it can be tested without one.
class AnalysisEstimate
{
public:
    /// Another clip, or the work goes on after a pause: what was measured before says nothing about the next seconds.
    void restart();
    void add(std::int64_t milliseconds, std::int64_t framesDone);
    /// Nothing until there is something to measure.
    [[nodiscard]] std::optional<double> framesPerSecond() const;
    /// Rounded up to whole seconds; nothing where the rate or the rest is unknown.
    [[nodiscard]] std::optional<std::int64_t> secondsFor(std::int64_t frames) const;

private:
    struct Sample
    {
        std::int64_t milliseconds = 0;
        std::int64_t frames = 0;
    };
    std::deque<Sample> m_samples;
    std::optional<double> m_rate; ///< kept over restart(): the next clip begins with an idea
};

} // namespace doorveil::ui
