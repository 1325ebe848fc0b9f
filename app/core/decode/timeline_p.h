// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace doorveil::decode {

/// Gives every shown picture a pts, strictly increasing, out of what the container has. Knows nothing of FFmpeg.
class Timeline
{
public:
    enum class Rule {
        Kept, ///< as the container says
        Synthesised, ///< the container has none: the previous one and a frame's duration
        Moved, ///< repeated or slightly early: one tick after the previous
        Restarted, ///< the clock jumps back by more than a second: continued behind the previous, and so from here on
    };
    struct Assigned
    {
        std::int64_t pts = 0;
        Rule rule = Rule::Kept;
    };

    Timeline() = default;
    /// Both in ticks of the stream's time base, at least 1 and less than 2^60.
    Timeline(std::int64_t frameDuration, std::int64_t second) : m_frameDuration(frameDuration), m_second(second) { }

    [[nodiscard]] Assigned assign(std::optional<std::int64_t> pts);
    /// Forgets what was shown, for a decode that starts elsewhere.
    void restart() { *this = Timeline(m_frameDuration, m_second); }

private:
    std::int64_t m_frameDuration = 1;
    std::int64_t m_second = 1;
    std::optional<std::int64_t> m_last;
    std::int64_t m_offset = 0;
};

} // namespace doorveil::decode
