// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/analysisqueue.h"

#include "base/handover.h"
#include "clips/pausegate.h"
#include "jobthread.h"

#include <QElapsedTimer>

#include <algorithm>
#include <atomic>
#include <deque>

namespace doorveil::ui {

namespace {
constexpr std::int64_t reportMilliseconds = 150;
}

struct AnalysisQueue::State
{
    RequestMaker requestFor;
    std::deque<Job> waiting;
    std::optional<Job> running;
    base::CancelToken runningCancel;
    int finishedCount = 0; ///< since the queue was last empty
    std::int64_t done = 0; ///< frames of the running clip
    std::int64_t total = 0;
    bool paused = false;
    AnalysisEstimate estimate;
    QElapsedTimer clock;
    PauseGate gate;
    std::unique_ptr<JobThread> thread; ///< ends before everything it uses
};

AnalysisQueue::AnalysisQueue(RequestMaker requestFor, QObject *parent)
    : QObject(parent), m_state(std::make_unique<State>())
{
    m_state->requestFor = std::move(requestFor);
    m_state->clock.start();
    m_state->thread = std::make_unique<JobThread>(QStringLiteral("analysis"), JobThread::Pace::Patient);
}

AnalysisQueue::~AnalysisQueue()
{
    m_state->waiting.clear();
    m_state->runningCancel.cancel();
    m_state->gate.setPaused(false);
    m_state->thread.reset();
}

void AnalysisQueue::add(const Job &job)
{
    if (holds(job.clip))
        return;
    m_state->waiting.push_back(job);
    startNext();
    emit changed();
}

void AnalysisQueue::cancel(int clip)
{
    if (m_state->running && m_state->running->clip == clip) {
        m_state->runningCancel.cancel();
        m_state->gate.setPaused(false); // so that it can end; the queue stays paused
        return;
    }
    const auto found = std::find_if(m_state->waiting.begin(), m_state->waiting.end(),
                                    [clip](const Job &job) { return job.clip == clip; });
    if (found == m_state->waiting.end())
        return;
    m_state->waiting.erase(found);
    emit cancelled(clip);
    emit changed();
}

void AnalysisQueue::cancelAll()
{
    const std::deque<Job> dropped = std::exchange(m_state->waiting, {});
    for (const Job &job : dropped)
        emit cancelled(job.clip);
    if (m_state->running)
        cancel(m_state->running->clip);
    m_state->paused = false;
    emit changed();
}

void AnalysisQueue::setPaused(bool paused)
{
    if (m_state->paused == paused)
        return;
    m_state->paused = paused;
    m_state->estimate.restart();
    if (!m_state->runningCancel.isCancelled())
        m_state->gate.setPaused(paused);
    startNext();
    emit changed();
}

bool AnalysisQueue::isPaused() const
{
    return m_state->paused;
}

bool AnalysisQueue::isBusy() const
{
    return m_state->running.has_value() || !m_state->waiting.empty();
}

bool AnalysisQueue::holds(int clip) const
{
    return (m_state->running && m_state->running->clip == clip)
           || std::any_of(m_state->waiting.begin(), m_state->waiting.end(),
                          [clip](const Job &job) { return job.clip == clip; });
}

AnalysisQueue::Overview AnalysisQueue::overview() const
{
    Overview overview;
    overview.paused = m_state->paused;
    overview.count = m_state->finishedCount + (m_state->running ? 1 : 0) + int(m_state->waiting.size());
    overview.framesPerSecond = m_state->estimate.framesPerSecond();
    if (!m_state->running)
        return overview;
    overview.position = m_state->finishedCount + 1;
    overview.clip = m_state->running->clip;
    std::int64_t left = -1;
    if (m_state->total > 0) {
        // The total is an estimate of the container's; a clip may hold more frames than it says.
        overview.percent = int(std::clamp<std::int64_t>(m_state->done * 100 / m_state->total, 0, 99));
        left = std::max<std::int64_t>(m_state->total - m_state->done, 0);
    }
    for (const Job &job : m_state->waiting)
        left = left < 0 || job.frameCountEstimate <= 0 ? -1 : left + job.frameCountEstimate;
    overview.secondsLeft = m_state->estimate.secondsFor(left);
    return overview;
}

void AnalysisQueue::startNext()
{
    if (m_state->running || m_state->paused)
        return;
    if (m_state->waiting.empty()) {
        m_state->finishedCount = 0;
        return;
    }
    m_state->running = m_state->waiting.front();
    m_state->waiting.pop_front();
    m_state->runningCancel = {};
    m_state->gate.setPaused(false);
    m_state->done = 0;
    m_state->total = m_state->running->frameCountEstimate;
    m_state->estimate.restart();

    const int clip = m_state->running->clip;
    const auto lastReport = std::make_shared<std::int64_t>(-reportMilliseconds); // the analysis thread's own
    const base::ProgressCallback progress = [this, clip, lastReport](const base::Progress &now) {
        const std::int64_t at = m_state->clock.elapsed();
        if (at - *lastReport < reportMilliseconds)
            return;
        *lastReport = at;
        base::post(this, [this, clip, done = now.done, total = now.total] { takeProgress(clip, done, total); });
    };
    m_state->thread->run(
        this,
        [request = m_state->requestFor(clip), progress, gate = &m_state->gate, cancel = m_state->runningCancel] {
            return analyseClip(
                request, progress, [gate] { gate->waitWhilePaused(); }, cancel);
        },
        [this, clip](const base::Result<AnalysisOutcome> &outcome) { takeOutcome(clip, outcome); });
    emit started(clip);
}

void AnalysisQueue::takeProgress(int clip, std::int64_t done, std::int64_t total)
{
    if (!m_state->running || m_state->running->clip != clip)
        return;
    m_state->done = done;
    if (total > 0)
        m_state->total = total;
    if (!m_state->paused)
        m_state->estimate.add(m_state->clock.elapsed(), done);
    emit changed();
}

void AnalysisQueue::takeOutcome(int clip, const base::Result<AnalysisOutcome> &outcome)
{
    m_state->running.reset();
    ++m_state->finishedCount;
    if (outcome)
        emit finished(clip, *outcome);
    else if (outcome.error().kind == base::ErrorKind::Cancelled)
        emit cancelled(clip);
    else
        emit failed(clip, outcome.error());
    startNext();
    emit changed();
    if (!isBusy())
        emit idle();
}

} // namespace doorveil::ui
