// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/framering_p.h"

#include <utility>

namespace doorveil::tracking {

void FrameRing::push(RecentFrame frame)
{
    if (m_frames.size() >= m_maximumFrames)
        m_frames.pop_front();
    m_frames.push_back(std::move(frame));
}

void FrameRing::dropBefore(int index)
{
    while (!m_frames.empty() && m_frames.front().index < index)
        m_frames.pop_front();
}

const RecentFrame *FrameRing::find(int index) const
{
    if (m_frames.empty() || index < m_frames.front().index || index > m_frames.back().index)
        return nullptr;
    return &m_frames[std::size_t(index - m_frames.front().index)];
}

RecentFrame *FrameRing::find(int index)
{
    return const_cast<RecentFrame *>(std::as_const(*this).find(index));
}

} // namespace doorveil::tracking
