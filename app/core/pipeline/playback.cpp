// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/playback.h"

#include "base/file.h"
#include "isolation/videoreader.h"
#include "pipeline/exportplan.h"
#include "redaction/redactor.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace doorveil::pipeline {

namespace {

/// Further ahead than this a seek is cheaper than decoding on.
constexpr std::size_t longestWalk = 32;
/// Going backwards a seek decodes from the frame before that a decoder can start at anyway: as many of those frames are
/// kept, so that the next steps back need no seek of their own.
constexpr std::size_t backwardBlock = 12;

struct Request
{
    std::uint64_t number = 0;
    std::size_t index = 0;
    bool covered = false;
};

} // namespace

struct FrameCache::State
{
    // Set once, before the thread starts.
    std::filesystem::path clip;
    std::vector<base::FrameTime> frames;
    Settings settings;
    Deliver deliver;

    // Shared, under the mutex.
    mutable std::mutex mutex;
    std::condition_variable wake;
    std::optional<Request> wanted;
    std::uint64_t lastNumber = 0;
    std::shared_ptr<const redaction::CoverPlan> plan;
    bool stopping = false;
    std::size_t bytes = 0;

    // The thread's own.
    base::FileDescriptor file;
    std::unique_ptr<base::FrameSource> source;
    std::size_t nextIndex = 0; ///< of the frame that source->nextFrame() gives
    std::size_t position = 0; ///< of the last answer
    std::map<std::size_t, base::VideoFrame> cache;

    std::thread thread;

    void run();
    [[nodiscard]] base::Result<void> openSource();
    [[nodiscard]] base::Result<base::VideoFrame> frameAt(std::size_t index);
    [[nodiscard]] std::size_t blockThatFits() const;
    [[nodiscard]] base::Result<bool> decodeOne();
    [[nodiscard]] base::Result<base::VideoFrame> cover(base::VideoFrame frame);
    void keep(std::size_t index, base::VideoFrame frame);
    void readAhead();
    [[nodiscard]] bool isDisturbed() const;
};

base::Result<void> FrameCache::State::openSource()
{
    base::Result<base::FileDescriptor> opened = base::openInput(clip);
    if (!opened)
        return opened.error();
    file = std::move(*opened);
    base::Result<std::unique_ptr<base::FrameSource>> reader = isolation::openClip(file.get(), {});
    if (!reader)
        return reader.error().prefixed(base::displayPath(clip));
    source = std::move(*reader);
    nextIndex = 0;
    return {};
}

void FrameCache::State::keep(std::size_t index, base::VideoFrame frame)
{
    std::size_t held = frame.byteCount();
    for (const auto &[other, cached] : cache)
        held += cached.byteCount();
    // What is furthest from the position goes first.
    while (held > settings.byteBudget && !cache.empty()) {
        const auto distance = [this](std::size_t other) {
            return other > position ? other - position : position - other;
        };
        const auto first = cache.begin();
        const auto last = std::prev(cache.end());
        const auto victim = distance(first->first) > distance(last->first) ? first : last;
        held -= victim->second.byteCount();
        cache.erase(victim);
    }
    cache.insert_or_assign(index, std::move(frame));
    const std::lock_guard lock(mutex);
    bytes = held;
}

std::size_t FrameCache::State::blockThatFits() const
{
    if (cache.empty())
        return 0;
    // Half of the budget: what is kept must not push out the frame that was asked for.
    const std::size_t fitting = settings.byteBudget / 2 / std::max<std::size_t>(1, cache.begin()->second.byteCount());
    return std::min(backwardBlock, fitting);
}

base::Result<bool> FrameCache::State::decodeOne()
{
    base::Result<std::optional<base::VideoFrame>> next = source->nextFrame();
    if (!next)
        return next.error().prefixed(base::displayPath(clip));
    if (!next->has_value())
        return false;
    base::VideoFrame &frame = **next;
    const auto found = std::lower_bound(frames.begin(), frames.end(), frame.pts,
                                        [](const base::FrameTime &time, std::int64_t pts) { return time.pts < pts; });
    nextIndex = std::size_t(found - frames.begin()) + 1;
    if (found != frames.end() && found->pts == frame.pts)
        keep(nextIndex - 1, std::move(frame));
    return true;
}

base::Result<base::VideoFrame> FrameCache::State::frameAt(std::size_t index)
{
    position = index;
    if (const auto cached = cache.find(index); cached != cache.end())
        return cached->second;
    if (!source) {
        if (base::Result<void> opened = openSource(); !opened)
            return opened.error();
    }
    if (index < nextIndex || index - nextIndex > longestWalk) {
        const bool isStepBack = index < nextIndex && nextIndex - index <= longestWalk;
        const std::size_t first = isStepBack ? index - std::min(index, blockThatFits()) : index;
        if (base::Result<void> sought = source->seek(frames[first].pts); !sought) {
            source.reset(); // a fresh worker for the next request
            return sought.error().prefixed(base::displayPath(clip));
        }
        nextIndex = first;
    }
    while (!cache.contains(index)) {
        const base::Result<bool> decoded = decodeOne();
        if (!decoded) {
            source.reset();
            return decoded.error();
        }
        if (!*decoded || nextIndex > index + 1)
            break;
    }
    if (const auto cached = cache.find(index); cached != cache.end())
        return cached->second;
    return base::Error{base::ErrorKind::Failure,
                       QStringLiteral("%1: frame %2 cannot be decoded again; has the file changed?")
                           .arg(base::displayPath(clip))
                           .arg(index)};
}

base::Result<base::VideoFrame> FrameCache::State::cover(base::VideoFrame frame)
{
    std::shared_ptr<const redaction::CoverPlan> current;
    {
        const std::lock_guard lock(mutex);
        current = plan;
    }
    // Without a plan nothing is known to be safe to show: fail closed.
    if (!current)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("what is covered is not known yet")};
    redaction::Redactor redactor;
    if (base::Result<void> covered = redactor.cover(frame, current->at(frame.pts)); !covered)
        return covered.error();
    return frame;
}

bool FrameCache::State::isDisturbed() const
{
    const std::lock_guard lock(mutex);
    return stopping || wanted.has_value();
}

void FrameCache::State::readAhead()
{
    const std::size_t end = std::min(frames.size(), position + 1 + settings.readAhead);
    while (source && nextIndex > position && nextIndex < end && !isDisturbed()) {
        const base::Result<bool> decoded = decodeOne();
        if (!decoded)
            source.reset(); // the error is told when the frame is asked for
        else if (!*decoded)
            return;
    }
}

void FrameCache::State::run()
{
    // The first frame is wanted soon, whatever is still to be worked out before it may be shown: the worker starts and
    // decodes meanwhile. An error is told when a frame is asked for.
    if (!frames.empty() && !isDisturbed())
        (void)frameAt(0);
    while (true) {
        Request request;
        {
            std::unique_lock lock(mutex);
            wake.wait(lock, [this] { return stopping || wanted.has_value(); });
            if (stopping)
                return;
            request = *wanted;
            wanted.reset();
        }
        base::Result<base::VideoFrame> frame = frameAt(request.index);
        if (!frame) {
            deliver(frame.error());
            continue;
        }
        Answer answer;
        answer.request = request.number;
        answer.index = request.index;
        answer.frame = *frame;
        if (request.covered) {
            base::Result<base::VideoFrame> covered = cover(std::move(*frame));
            if (!covered) {
                deliver(covered.error());
                continue;
            }
            answer.covered = std::move(*covered);
        }
        deliver(std::move(answer));
        readAhead();
    }
}

FrameCache::FrameCache(const std::filesystem::path &clip, const std::vector<base::FrameTime> &frames,
                       const Settings &settings, Deliver deliver)
    : m_state(std::make_unique<State>())
{
    m_state->clip = clip;
    m_state->frames = frames;
    m_state->settings = settings;
    m_state->deliver = std::move(deliver);
    m_state->thread = std::thread([state = m_state.get()] { state->run(); });
}

FrameCache::~FrameCache()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_one();
    m_state->thread.join();
}

void FrameCache::setPlan(std::shared_ptr<const redaction::CoverPlan> plan)
{
    const std::lock_guard lock(m_state->mutex);
    m_state->plan = std::move(plan);
}

std::uint64_t FrameCache::request(std::size_t index, bool covered)
{
    const std::lock_guard lock(m_state->mutex);
    if (index >= m_state->frames.size())
        return 0;
    m_state->wanted = Request{++m_state->lastNumber, index, covered};
    m_state->wake.notify_one();
    return m_state->lastNumber;
}

std::size_t FrameCache::bytesHeld() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->bytes;
}

std::shared_ptr<const redaction::CoverPlan> coverPlanOf(const project::ReviewDocument &document)
{
    return std::make_shared<const redaction::CoverPlan>(
        document.tracks, document.zones, document.source.info.displayedSize(), coverSettings(document.settings));
}

} // namespace doorveil::pipeline
