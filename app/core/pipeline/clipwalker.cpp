// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/clipwalker_p.h"

#include "isolation/videoreader.h"

#include <algorithm>

namespace doorveil::pipeline {

ClipWalker::ClipWalker(std::filesystem::path clip, const std::vector<base::FrameTime> &frames)
    : m_clip(std::move(clip)), m_frames(frames)
{
}

base::Error ClipWalker::failed(const base::Error &error)
{
    m_source.reset();
    return error.prefixed(base::displayPath(m_clip));
}

base::Result<void> ClipWalker::open()
{
    if (m_source)
        return {};
    base::Result<base::FileDescriptor> opened = base::openInput(m_clip);
    if (!opened)
        return opened.error();
    m_file = std::move(*opened);
    base::Result<std::unique_ptr<base::FrameSource>> reader = isolation::openClip(m_file.get(), {});
    if (!reader)
        return failed(reader.error());
    m_source = std::move(*reader);
    m_nextIndex = 0;
    return {};
}

base::Result<void> ClipWalker::goTo(std::size_t index)
{
    if (base::Result<void> opened = open(); !opened)
        return opened;
    if (index == m_nextIndex)
        return {};
    if (base::Result<void> sought = m_source->seek(m_frames[index].pts); !sought)
        return failed(sought.error());
    m_nextIndex = index;
    return {};
}

base::Result<std::optional<ClipWalker::Step>> ClipWalker::next()
{
    if (base::Result<void> opened = open(); !opened)
        return opened.error();
    while (true) {
        base::Result<std::optional<base::VideoFrame>> frame = m_source->nextFrame();
        if (!frame)
            return failed(frame.error());
        if (!frame->has_value())
            return std::optional<Step>{};
        const auto found =
            std::lower_bound(m_frames.begin(), m_frames.end(), (*frame)->pts,
                             [](const base::FrameTime &time, std::int64_t pts) { return time.pts < pts; });
        m_nextIndex = std::size_t(found - m_frames.begin()) + 1;
        if (found != m_frames.end() && found->pts == (*frame)->pts)
            return std::optional<Step>{{m_nextIndex - 1, std::move(**frame)}};
    }
}

} // namespace doorveil::pipeline
