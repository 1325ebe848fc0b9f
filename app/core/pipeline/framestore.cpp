// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/framestore_p.h"

#include <algorithm>
#include <iterator>

namespace doorveil::pipeline {

void FrameStore::keep(std::size_t index, base::VideoFrame frame)
{
    if (const auto before = m_frames.find(index); before != m_frames.end()) {
        m_bytes -= before->second.byteCount();
        m_frames.erase(before);
    }
    const auto distance = [this](std::size_t other) {
        return other > m_position ? other - m_position : m_position - other;
    };
    m_bytes += frame.byteCount();
    while (m_bytes > m_byteBudget && !m_frames.empty()) {
        const auto first = m_frames.begin();
        const auto last = std::prev(m_frames.end());
        const auto victim = distance(first->first) > distance(last->first) ? first : last;
        m_bytes -= victim->second.byteCount();
        m_frames.erase(victim);
    }
    m_frames.emplace(index, std::move(frame));
}

std::optional<base::VideoFrame> FrameStore::find(std::size_t index) const
{
    const auto found = m_frames.find(index);
    return found != m_frames.end() ? std::optional(found->second) : std::nullopt;
}

std::size_t FrameStore::framesBehind() const
{
    std::size_t count = 0;
    for (auto at = m_frames.lower_bound(m_position); at != m_frames.begin() && count < m_position; ++count) {
        --at;
        if (at->first != m_position - 1 - count)
            break;
    }
    return count;
}

std::size_t FrameStore::capacity() const
{
    if (m_frames.empty())
        return 0;
    return m_byteBudget / std::max<std::size_t>(1, m_frames.begin()->second.byteCount());
}

} // namespace doorveil::pipeline
