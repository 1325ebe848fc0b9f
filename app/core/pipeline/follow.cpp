// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/follow.h"

#include "pipeline/framereader.h"
#include "pipeline/source.h"
#include "tracking/boxfollower.h"

#include <algorithm>
#include <optional>

namespace doorveil::pipeline {

namespace {

using View = tracking::BoxFollower::View;

/// Frames decoded at a time when going backwards: small grey copies of so many are kept (about half a megabyte each).
constexpr std::size_t blockFrames = 64;

/// Reads frames of known times one after the other.
class ViewReader
{
public:
    ViewReader(const project::SourceRecord &source, const base::CancelToken &cancel)
        : m_source(source), m_cancel(cancel)
    {
    }

    [[nodiscard]] base::Result<void> open()
    {
        base::Result<ClipFile> file = ClipFile::open(sourcePath(m_source));
        if (!file)
            return file.error();
        m_file = std::move(*file);
        auto reader = m_file->reader();
        if (!reader)
            return reader.error();
        m_reader = std::move(*reader);
        return {};
    }

    /// The frame of that index; nothing where the decoder does not give it (again).
    [[nodiscard]] base::Result<std::optional<View>> at(std::size_t index)
    {
        if (m_cancel.isCancelled())
            return cancelledError();
        const std::int64_t pts = m_source.frames[index].pts;
        if (!m_positioned || index != m_next) {
            if (const base::Result<void> sought = m_reader->seek(pts); !sought)
                return m_file->named(sought.error());
            m_positioned = true;
        }
        while (true) {
            base::Result<std::optional<base::VideoFrame>> frame = m_reader->nextFrame();
            if (!frame)
                return m_file->named(frame.error());
            if (!frame->has_value() || (*frame)->pts > pts) {
                m_positioned = false;
                return std::optional<View>{};
            }
            if ((*frame)->pts == pts) {
                m_next = index + 1;
                return std::optional<View>(tracking::BoxFollower::viewOf(**frame));
            }
        }
    }

private:
    const project::SourceRecord &m_source;
    const base::CancelToken &m_cancel;
    std::optional<ClipFile> m_file;
    std::unique_ptr<base::FrameSource> m_reader;
    std::size_t m_next = 0;
    bool m_positioned = false;
};

class Following
{
public:
    Following(const project::SourceRecord &source, const FollowParameters &parameters,
              const base::ProgressCallback &progress, const base::CancelToken &cancel)
        : m_source(source), m_parameters(parameters), m_progress(progress), m_reader(source, cancel)
    {
    }

    [[nodiscard]] base::Result<Followed> run()
    {
        const std::size_t count = m_source.frames.size();
        if (m_parameters.index >= count || m_parameters.box.isEmpty())
            return base::Error{base::ErrorKind::Usage, QStringLiteral("there is nothing to follow")};
        const std::size_t available = m_parameters.backwards ? m_parameters.index : count - 1 - m_parameters.index;
        m_total = m_parameters.limit > 0 ? std::min(m_parameters.limit, available) : available;
        if (m_total == 0)
            return Followed{};
        if (const base::Result<void> opened = m_reader.open(); !opened)
            return opened.error();
        const base::Result<std::optional<View>> first = m_reader.at(m_parameters.index);
        if (!first)
            return first.error();
        if (!first->has_value())
            return base::Error{
                base::ErrorKind::Failure,
                QStringLiteral("%1: the frame cannot be decoded again; has the file changed?").arg(m_source.path)};
        m_follower.emplace(m_source.info.displayedSize(), **first, m_parameters.box);
        const base::Result<void> done = m_parameters.backwards ? backwards() : forwards();
        if (!done)
            return done.error();
        if (m_parameters.backwards)
            std::reverse(m_result.observations.begin(), m_result.observations.end());
        return std::move(m_result);
    }

private:
    [[nodiscard]] base::Result<void> forwards()
    {
        for (std::size_t step = 1; step <= m_total && !m_result.lost; ++step) {
            const base::Result<std::optional<View>> view = m_reader.at(m_parameters.index + step);
            if (!view)
                return view.error();
            take(m_parameters.index + step, *view);
        }
        return {};
    }

    [[nodiscard]] base::Result<void> backwards()
    {
        std::size_t end = m_parameters.index; // frames before this one are still to come
        const std::size_t last = m_parameters.index - m_total;
        while (end > last && !m_result.lost) {
            const std::size_t begin = std::max(last, end - std::min(end, blockFrames));
            std::vector<std::optional<View>> block;
            for (std::size_t index = begin; index < end; ++index) {
                base::Result<std::optional<View>> view = m_reader.at(index);
                if (!view)
                    return view.error();
                block.push_back(std::move(*view));
            }
            for (std::size_t index = end; index > begin && !m_result.lost; --index)
                take(index - 1, block[index - 1 - begin]);
            end = begin;
        }
        return {};
    }

    void take(std::size_t index, const std::optional<View> &view)
    {
        const std::optional<base::Rectangle> box = view ? m_follower->follow(*view) : std::nullopt;
        if (!box) {
            m_result.lost = true;
            return;
        }
        m_result.observations.push_back({m_source.frames[index].pts, *box, base::Origin::Propagated, 0.0F});
        if (m_progress)
            m_progress({QStringLiteral("follow"), std::int64_t(m_result.observations.size()), std::int64_t(m_total)});
    }

    const project::SourceRecord &m_source;
    const FollowParameters &m_parameters;
    const base::ProgressCallback &m_progress;
    ViewReader m_reader;
    std::optional<tracking::BoxFollower> m_follower;
    std::size_t m_total = 0;
    Followed m_result;
};

} // namespace

base::Result<Followed> followBox(const project::SourceRecord &source, const FollowParameters &parameters,
                                 const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    return Following(source, parameters, progress, cancel).run();
}

} // namespace doorveil::pipeline
