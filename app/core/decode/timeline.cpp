// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/timeline_p.h"

#include <algorithm>

namespace doorveil::decode {

namespace {

// Hostile files hold any number. Within this, sums of three stay far from overflowing.
constexpr std::int64_t limit = std::int64_t(1) << 60;

std::int64_t bounded(std::int64_t value)
{
    return std::clamp(value, -limit, limit);
}

} // namespace

Timeline::Assigned Timeline::assign(std::optional<std::int64_t> pts)
{
    Assigned assigned;
    if (!pts) {
        assigned = {m_last ? *m_last + m_frameDuration : 0, Rule::Synthesised};
    } else {
        const std::int64_t given = bounded(*pts);
        assigned = {bounded(given + m_offset), Rule::Kept};
        if (m_last && assigned.pts <= *m_last) {
            const bool jumpsBack = assigned.pts + m_second < *m_last;
            const std::int64_t moved = *m_last + (jumpsBack ? m_frameDuration : 1);
            if (jumpsBack)
                m_offset = moved - given;
            assigned = {moved, jumpsBack ? Rule::Restarted : Rule::Moved};
        }
    }
    m_last = assigned.pts;
    return assigned;
}

} // namespace doorveil::decode
