// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/playback.h"

#include "base/file.h"
#include "pipeline/clipwalker_p.h"
#include "pipeline/exportplan.h"
#include "pipeline/framestore_p.h"
#include "redaction/redactor.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
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
/// Frames that the second thread brings in at a time: the more, the fewer seeks; two such blocks lie behind the
/// position at most, and leave a fifth of the budget to what lies ahead.
constexpr std::size_t longestBlockBehind = 96;
/// Who has looked at a frame for so long may step back next. While scrubbing nothing is fetched on suspicion.
constexpr std::chrono::milliseconds standingStill{150};

struct Request
{
    std::uint64_t number = 0;
    std::size_t index = 0;
    bool covered = false;
};

struct Block
{
    std::size_t first = 0;
    std::size_t end = 0;

    [[nodiscard]] bool contains(std::size_t index) const { return index >= first && index < end; }
};

} // namespace

/// Two threads. The first answers, and decodes forwards. The second brings in frames behind the position, because a
/// decoder only walks forwards: a step back decodes everything from the keyframe before it, which may be seconds away.
struct FrameCache::State
{
    State(const std::filesystem::path &path, const std::vector<base::FrameTime> &times, const Settings &chosen,
          Deliver answer)
        : clip(path), frames(times), settings(chosen), deliver(std::move(answer)), store(chosen.byteBudget)
    {
    }

    // Set once, before the threads start.
    std::filesystem::path clip;
    std::vector<base::FrameTime> frames;
    Settings settings;
    Deliver deliver;

    // Shared, under the mutex. All that changes is told through `changed`.
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::optional<Request> wanted;
    std::uint64_t lastNumber = 0;
    std::shared_ptr<const redaction::CoverPlan> plan;
    FrameStore store;
    bool wantsBehind = false; ///< frames behind the position may be needed soon
    std::optional<Block> reading; ///< what the second thread brings in
    bool stopping = false;

    ClipWalker walker{clip, frames}; ///< the first thread's own
    std::thread thread;
    std::thread behindThread; ///< started when it is needed

    void run();
    void runBehind();
    [[nodiscard]] std::optional<Request> nextRequest();
    [[nodiscard]] base::Result<std::optional<base::VideoFrame>> frameAt(std::size_t index);
    [[nodiscard]] base::Result<void> walkTo(std::size_t index);
    [[nodiscard]] base::Result<base::VideoFrame> cover(base::VideoFrame frame);
    void readAhead();
    [[nodiscard]] std::optional<Block> missingBehind() const; // under the mutex
    [[nodiscard]] bool readBehind(ClipWalker &back, const Block &block);
    [[nodiscard]] bool isDisturbed() const;
};

base::Result<void> FrameCache::State::walkTo(std::size_t index)
{
    if (base::Result<void> opened = walker.open(); !opened)
        return opened;
    const std::size_t next = walker.nextIndex();
    if (index < next || index - next > longestWalk) {
        std::size_t fitting = 0;
        {
            const std::lock_guard lock(mutex);
            fitting = store.capacity() / 2; // what is kept must not push out the frame that was asked for
        }
        const bool isStepBack = index < next && next - index <= longestWalk;
        const std::size_t before = isStepBack ? std::min({index, backwardBlock, fitting}) : 0;
        if (base::Result<void> sought = walker.goTo(index - before); !sought)
            return sought;
    }
    while (walker.nextIndex() <= index) {
        base::Result<std::optional<ClipWalker::Step>> step = walker.next();
        if (!step)
            return step.error();
        if (!step->has_value())
            break;
        const std::lock_guard lock(mutex);
        store.keep((*step)->index, std::move((*step)->frame));
    }
    return {};
}

/// Nothing where a newer request made this one void.
base::Result<std::optional<base::VideoFrame>> FrameCache::State::frameAt(std::size_t index)
{
    {
        std::unique_lock lock(mutex);
        store.moveTo(index);
        changed.notify_all();
        // On its way already: a seek of our own would not be sooner.
        changed.wait(lock, [this, index] {
            return stopping || wanted || store.contains(index) || !reading || !reading->contains(index);
        });
        if (std::optional<base::VideoFrame> here = store.find(index))
            return here;
        if (reading && reading->contains(index))
            return std::optional<base::VideoFrame>{};
    }
    if (base::Result<void> walked = walkTo(index); !walked)
        return walked.error();
    const std::lock_guard lock(mutex);
    if (std::optional<base::VideoFrame> here = store.find(index))
        return here;
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
    std::size_t position = 0;
    {
        const std::lock_guard lock(mutex);
        position = store.position();
    }
    const std::size_t end = std::min(frames.size(), position + 1 + settings.readAhead);
    while (walker.isOpen() && walker.nextIndex() > position && walker.nextIndex() < end && !isDisturbed()) {
        base::Result<std::optional<ClipWalker::Step>> step = walker.next();
        if (!step || !step->has_value())
            return; // an error is told when the frame is asked for
        const std::lock_guard lock(mutex);
        store.keep((*step)->index, std::move((*step)->frame));
    }
}

std::optional<Request> FrameCache::State::nextRequest()
{
    std::unique_lock lock(mutex);
    const auto isDue = [this] { return stopping || wanted.has_value(); };
    if (!changed.wait_for(lock, standingStill, isDue)) {
        wantsBehind = true;
        if (!behindThread.joinable() && missingBehind())
            behindThread = std::thread([this] { runBehind(); });
        changed.notify_all();
        changed.wait(lock, isDue);
    }
    if (stopping)
        return std::nullopt;
    const std::size_t position = store.position();
    const bool isStepBack = wanted->index < position && position - wanted->index <= longestWalk;
    wantsBehind = isStepBack || wanted->index == position;
    if (isStepBack && !behindThread.joinable())
        behindThread = std::thread([this] { runBehind(); });
    return std::exchange(wanted, std::nullopt);
}

void FrameCache::State::run()
{
    // The first frame is wanted soon, whatever is still to be worked out before it may be shown: the worker starts and
    // decodes meanwhile. An error is told when a frame is asked for.
    if (!frames.empty() && !isDisturbed())
        (void)walkTo(0);
    while (const std::optional<Request> request = nextRequest()) {
        base::Result<std::optional<base::VideoFrame>> frame = frameAt(request->index);
        if (!frame) {
            deliver(frame.error());
            continue;
        }
        if (!frame->has_value())
            continue;
        Answer answer;
        answer.request = request->number;
        answer.index = request->index;
        answer.frame = **frame;
        if (request->covered) {
            base::Result<base::VideoFrame> covered = cover(std::move(**frame));
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

std::optional<Block> FrameCache::State::missingBehind() const
{
    const std::size_t size = std::min(store.capacity() * 2 / 5, longestBlockBehind);
    const std::size_t behind = store.framesBehind();
    const std::size_t end = store.position() - behind;
    if (size == 0 || end == 0 || behind > size)
        return std::nullopt;
    return Block{end - std::min(end, size), end};
}

/// False where it cannot be done: that is told when one of these frames is asked for.
bool FrameCache::State::readBehind(ClipWalker &back, const Block &block)
{
    if (!back.goTo(block.first))
        return false;
    while (back.nextIndex() < block.end) {
        base::Result<std::optional<ClipWalker::Step>> step = back.next();
        if (!step || !step->has_value())
            return false;
        const std::lock_guard lock(mutex);
        // Not for somebody who has gone elsewhere meanwhile.
        const std::size_t position = store.position();
        if (stopping || position < block.first || position > block.end + longestBlockBehind)
            return true;
        store.keep((*step)->index, std::move((*step)->frame));
        changed.notify_all();
    }
    const std::lock_guard lock(mutex);
    return store.contains(block.end - 1);
}

void FrameCache::State::runBehind()
{
    ClipWalker back(clip, frames);
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [this] { return stopping || (wantsBehind && missingBehind()); });
        if (stopping)
            return;
        const Block block = *missingBehind();
        reading = block;
        lock.unlock();
        const bool possible = readBehind(back, block);
        lock.lock();
        reading.reset();
        if (!possible)
            wantsBehind = false; // not again before something else is asked for
        changed.notify_all();
    }
}

FrameCache::FrameCache(const std::filesystem::path &clip, const std::vector<base::FrameTime> &frames,
                       const Settings &settings, Deliver deliver)
    : m_state(std::make_unique<State>(clip, frames, settings, std::move(deliver)))
{
    m_state->thread = std::thread([state = m_state.get()] { state->run(); });
}

FrameCache::~FrameCache()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->changed.notify_all();
    m_state->thread.join();
    if (m_state->behindThread.joinable())
        m_state->behindThread.join();
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
    m_state->changed.notify_all();
    return m_state->lastNumber;
}

std::size_t FrameCache::bytesHeld() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->store.bytesHeld();
}

std::shared_ptr<const redaction::CoverPlan> coverPlanOf(const project::ReviewDocument &document)
{
    return std::make_shared<const redaction::CoverPlan>(
        document.tracks, document.zones, document.source.info.displayedSize(), coverSettings(document.settings));
}

} // namespace doorveil::pipeline
