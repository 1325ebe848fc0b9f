// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/analysisestimate.h"

#include <cmath>

namespace doorveil::ui {

namespace {
constexpr std::int64_t windowMilliseconds = 10'000;
constexpr std::int64_t shortestMilliseconds = 500; ///< below, one frame more or less says too much
} // namespace

void AnalysisEstimate::restart()
{
    m_samples.clear();
}

void AnalysisEstimate::add(std::int64_t milliseconds, std::int64_t framesDone)
{
    m_samples.push_back({milliseconds, framesDone});
    while (m_samples.size() > 2 && milliseconds - m_samples[1].milliseconds > windowMilliseconds)
        m_samples.pop_front();
    const std::int64_t elapsed = milliseconds - m_samples.front().milliseconds;
    const std::int64_t frames = framesDone - m_samples.front().frames;
    if (elapsed >= shortestMilliseconds && frames > 0)
        m_rate = double(frames) * 1000.0 / double(elapsed);
}

std::optional<double> AnalysisEstimate::framesPerSecond() const
{
    return m_rate;
}

std::optional<std::int64_t> AnalysisEstimate::secondsFor(std::int64_t frames) const
{
    if (!m_rate || frames < 0)
        return std::nullopt;
    return std::int64_t(std::ceil(double(frames) / *m_rate));
}

} // namespace doorveil::ui
