// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "tracking/tracker.h"

#include <deque>
#include <vector>

namespace doorveil::tracking {

/// What is kept of a recent frame: a small grey picture to follow motion in, and the weak finds that no track took.
struct RecentFrame
{
    int index = 0; ///< of the frame in the clip
    base::GreyPicture grey;
    std::vector<Find> looseFinds;
};

/// The last frames since a cut, at most `seconds` of them and at most `maximumFrames`, whatever the frame rate: this
/// bounds the tracker's memory.
class FrameRing
{
public:
    FrameRing(std::size_t maximumFrames) : m_maximumFrames(maximumFrames) { }

    void clear() { m_frames.clear(); }
    void push(RecentFrame frame);
    /// Drops the frames before `index`.
    void dropBefore(int index);

    [[nodiscard]] const RecentFrame *find(int index) const;
    [[nodiscard]] RecentFrame *find(int index);
    [[nodiscard]] int firstIndex() const { return m_frames.empty() ? 0 : m_frames.front().index; }
    [[nodiscard]] bool isEmpty() const { return m_frames.empty(); }

private:
    std::deque<RecentFrame> m_frames;
    std::size_t m_maximumFrames;
};

} // namespace doorveil::tracking
