// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/player.h"

#include "base/handover.h"
#include "base/picture.h"

#include <QElapsedTimer>
#include <QThreadPool>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>

namespace doorveil::ui {

namespace {

constexpr double fastest = 8.0;
constexpr int tickMilliseconds = 8; // about twice the rate of a screen

QImage toImage(const base::VideoFrame &frame)
{
    const base::Picture picture = base::toPicture(frame);
    const QImage bgr(picture.bgr.data(), picture.size.width, picture.size.height, qsizetype(picture.size.width) * 3,
                     QImage::Format_BGR888);
    return bgr.convertToFormat(QImage::Format_RGB32); // a copy, in the format that is painted fastest
}

} // namespace

struct Player::DisplaySize
{
    std::atomic<int> width = 0; ///< read on the cache's thread
    std::atomic<int> height = 0;
};

struct Player::Answer
{
    std::uint64_t request = 0;
    std::size_t index = 0;
    QImage picture;
    QImage scaled;
    bool covered = false;
};

/// One for each clip that is opened: what its cache still says after that is dropped.
struct Player::Listener
{
    std::mutex mutex;
    Player *player = nullptr; ///< null from close() on

    template<typename Act> void tell(const std::shared_ptr<Listener> &self, Act act)
    {
        const std::lock_guard lock(mutex);
        if (player != nullptr)
            base::post(player, [self, act = std::move(act)] {
                if (self->player != nullptr) // the window's thread is the one that changes it
                    act();
            });
    }
};

struct Player::State
{
    std::shared_ptr<DisplaySize> displaySize = std::make_shared<DisplaySize>();

    project::SourceRecord source; ///< frames and time base only
    std::unique_ptr<pipeline::FrameCache> cache;
    std::shared_ptr<Listener> listener;
    bool covered = true;
    bool hasPlan = false;
    std::size_t position = 0;
    std::uint64_t lastRequest = 0;
    bool waiting = false; ///< for the answer to lastRequest

    QTimer timer;
    QElapsedTimer clock;
    std::int64_t clockStart = 0; ///< ticks at which the clock was started
    double speed = 1.0;
    bool playing = false;
    std::optional<base::TimeRange> loop;

    [[nodiscard]] std::size_t indexAt(std::int64_t ticks) const
    {
        const auto &frames = source.frames;
        const auto after =
            std::upper_bound(frames.begin(), frames.end(), ticks,
                             [](std::int64_t key, const base::FrameTime &frame) { return key < frame.pts; });
        return after == frames.begin() ? 0 : std::size_t(after - frames.begin()) - 1;
    }
    [[nodiscard]] base::TimeRange playedRange() const
    {
        const base::FrameTime &last = source.frames.back();
        const base::TimeRange whole{source.frames.front().pts, last.pts + std::max<std::int64_t>(1, last.duration)};
        return loop.value_or(whole);
    }
};

Player::Player(QObject *parent) : QObject(parent), m_state(std::make_unique<State>())
{
    m_state->timer.setTimerType(Qt::PreciseTimer);
    m_state->timer.setInterval(tickMilliseconds);
    connect(&m_state->timer, &QTimer::timeout, this, &Player::tick);
}

Player::~Player()
{
    close();
}

void Player::open(const std::filesystem::path &clip, const project::SourceRecord &source)
{
    close();
    State &state = *m_state;
    if (source.frames.empty())
        return;
    state.source.frames = source.frames;
    state.source.info = source.info;
    // Called on the cache's thread, where the conversion belongs, too.
    state.listener = std::make_shared<Listener>();
    state.listener->player = this;
    auto deliver = [this, listener = state.listener,
                    size = state.displaySize](base::Result<pipeline::FrameCache::Answer> answer) {
        if (!answer) {
            listener->tell(listener, [this, error = answer.error()] {
                m_state->waiting = false;
                pause();
                emit failed(error);
            });
            return;
        }
        Answer shown{answer->request, answer->index, {}, {}, !answer->covered.isNull()};
        shown.picture = toImage(shown.covered ? answer->covered : answer->frame);
        const QSize wanted(size->width, size->height);
        if (!wanted.isEmpty() && wanted.width() < shown.picture.width() && wanted.height() < shown.picture.height())
            shown.scaled = shown.picture.scaled(wanted, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
        listener->tell(listener, [this, shown = std::move(shown)] { showAnswer(shown); });
    };
    state.cache = std::make_unique<pipeline::FrameCache>(clip, state.source.frames, pipeline::FrameCache::Settings{},
                                                         std::move(deliver));
    state.position = 0;
    emit positionChanged(0);
    request();
}

void Player::close()
{
    State &state = *m_state;
    if (!state.cache)
        return;
    pause();
    {
        const std::lock_guard lock(state.listener->mutex);
        state.listener->player = nullptr;
    }
    // Its threads end after the seek that they are in, for which the window does not wait.
    QThreadPool::globalInstance()->start(base::Handed(
        [cache = std::shared_ptr<pipeline::FrameCache>(std::move(state.cache))]() mutable { cache.reset(); }));
    state.source = {};
    state.hasPlan = false;
    state.waiting = false;
    state.position = 0;
    state.loop.reset();
    state.speed = 1.0;
    state.covered = true;
}

bool Player::isOpen() const
{
    return m_state->cache != nullptr;
}

void Player::setPlan(std::shared_ptr<const redaction::CoverPlan> plan)
{
    if (!m_state->cache)
        return;
    m_state->hasPlan = plan != nullptr;
    m_state->cache->setPlan(std::move(plan));
    if (m_state->covered)
        request();
}

void Player::setCovered(bool covered)
{
    if (m_state->covered == covered)
        return;
    m_state->covered = covered;
    request();
}

bool Player::isCovered() const
{
    return m_state->covered;
}

std::size_t Player::position() const
{
    return m_state->position;
}

std::int64_t Player::positionPts() const
{
    return m_state->position < m_state->source.frames.size() ? m_state->source.frames[m_state->position].pts : 0;
}

std::size_t Player::frameCount() const
{
    return m_state->source.frames.size();
}

bool Player::isPlaying() const
{
    return m_state->playing;
}

double Player::speed() const
{
    return m_state->speed;
}

void Player::setLoop(std::optional<base::TimeRange> range)
{
    m_state->loop = range;
    if (m_state->playing)
        restartClock();
}

const std::optional<base::TimeRange> &Player::loop() const
{
    return m_state->loop;
}

void Player::request()
{
    State &state = *m_state;
    if (!state.cache || (state.covered && !state.hasPlan))
        return;
    state.lastRequest = state.cache->request(state.position, state.covered);
    state.waiting = state.lastRequest != 0;
}

void Player::showAnswer(const Answer &answer)
{
    State &state = *m_state;
    if (answer.request != state.lastRequest) {
        // Overtaken by a newer request. While scrubbing it is still worth showing, unless it shows what is covered now.
        if (!state.cache || answer.covered != state.covered)
            return;
    } else {
        state.waiting = false;
    }
    emit frameShown(answer.picture, answer.scaled, answer.index, answer.covered);
}

void Player::setDisplaySize(QSize size)
{
    m_state->displaySize->width = size.width();
    m_state->displaySize->height = size.height();
}

void Player::seek(std::size_t index)
{
    State &state = *m_state;
    if (state.source.frames.empty())
        return;
    index = std::min(index, state.source.frames.size() - 1);
    const bool moved = index != state.position;
    state.position = index;
    if (state.playing)
        restartClock();
    if (!moved)
        return;
    request();
    emit positionChanged(index);
}

void Player::seekToTicks(std::int64_t ticks)
{
    if (!m_state->source.frames.empty())
        seek(m_state->indexAt(ticks));
}

void Player::step(int frames)
{
    pause();
    const std::ptrdiff_t wanted = std::ptrdiff_t(m_state->position) + frames;
    seek(std::size_t(std::max<std::ptrdiff_t>(0, wanted)));
}

void Player::restartClock()
{
    m_state->clock.restart();
    m_state->clockStart = positionPts();
    emit clockChanged();
}

void Player::play(double speed)
{
    State &state = *m_state;
    if (!state.cache || speed == 0.0)
        return;
    state.speed = std::clamp(speed, -fastest, fastest);
    const base::TimeRange range = state.playedRange();
    // From the end (or outside the loop) it starts over, as every player does.
    if (state.speed > 0 && (state.position + 1 >= state.source.frames.size() || !range.contains(positionPts())))
        seekToTicks(range.begin);
    else if (state.speed < 0 && (state.position == 0 || !range.contains(positionPts())))
        seekToTicks(range.end - 1);
    state.playing = true;
    state.timer.start();
    restartClock();
    emit playingChanged(true, state.speed);
}

void Player::pause()
{
    if (!m_state->playing)
        return;
    m_state->playing = false;
    m_state->timer.stop();
    emit clockChanged();
    emit playingChanged(false, m_state->speed);
}

void Player::togglePlaying()
{
    if (m_state->playing)
        pause();
    else
        play(1.0);
}

void Player::faster()
{
    if (!m_state->playing)
        play(1.0);
    else if (m_state->speed < 0)
        play(m_state->speed <= -2.0 ? m_state->speed / 2 : 1.0);
    else
        play(m_state->speed * 2);
}

void Player::slower()
{
    if (!m_state->playing)
        play(-1.0);
    else if (m_state->speed > 0)
        play(m_state->speed >= 2.0 ? m_state->speed / 2 : -1.0);
    else
        play(m_state->speed * 2);
}

void Player::tick()
{
    State &state = *m_state;
    // Decoding that cannot keep up: the clock runs on, frames are left out, but each one asked for is shown.
    if (!state.playing || state.waiting)
        return;
    const double seconds = double(state.clock.nsecsElapsed()) / 1e9 * state.speed;
    const std::int64_t ticks =
        state.clockStart + std::int64_t(std::llround(seconds / state.source.info.timeBase.toDouble()));
    const base::TimeRange range = state.playedRange();
    if (ticks >= range.end || ticks < range.begin) {
        if (state.loop) {
            state.position = state.indexAt(state.speed > 0 ? range.begin : range.end - 1);
            restartClock();
            request();
            emit positionChanged(state.position);
            return;
        }
        seekToTicks(state.speed > 0 ? range.end - 1 : range.begin);
        pause();
        return;
    }
    const std::size_t index = state.indexAt(ticks);
    if (index == state.position)
        return;
    state.position = index;
    request();
    emit positionChanged(index);
}

} // namespace doorveil::ui
