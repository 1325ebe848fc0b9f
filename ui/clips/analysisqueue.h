// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clips/analysisestimate.h"
#include "clips/clipjobs.h"

#include "base/result.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace doorveil::ui {

/// Analyses clips one after the other on a thread of its own (one analysis uses all cores already). Lives on the
/// window's thread. A clip that fails is told and the next one starts.
class AnalysisQueue final : public QObject
{
    Q_OBJECT

public:
    struct Job
    {
        int clip = 0; ///< the caller's number for it
        std::int64_t frameCountEstimate = 0; ///< 0 where unknown
    };

    /// How far the whole queue is since it last began to work.
    struct Overview
    {
        int position = 0; ///< of the running clip, from 1; 0: nothing runs
        int count = 0;
        int clip = 0; ///< the running one
        int percent = -1; ///< of the running clip; -1 where unknown
        std::optional<double> framesPerSecond;
        std::optional<std::int64_t> secondsLeft; ///< for all clips; nothing where one's length is unknown
        bool paused = false;
    };

    /// Asked when a clip's turn comes, so that the request knows of what was made before it.
    using RequestMaker = std::function<AnalysisRequest(int clip)>;

    explicit AnalysisQueue(RequestMaker requestFor, QObject *parent = nullptr);
    /// Cancels and waits for the running analysis: its workers are gone afterwards.
    ~AnalysisQueue() override;

    void add(const Job &job);
    /// Takes a waiting clip out, or stops the running one: cancelled() follows.
    void cancel(int clip);
    void cancelAll();
    /// The running analysis holds after its current frame; nothing new starts.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const;
    [[nodiscard]] bool isBusy() const; ///< something runs or waits
    [[nodiscard]] bool holds(int clip) const; ///< it runs or waits
    [[nodiscard]] Overview overview() const;

signals:
    void started(int clip);
    void finished(int clip, const doorveil::ui::AnalysisOutcome &outcome);
    void failed(int clip, const doorveil::base::Error &error);
    void cancelled(int clip);
    /// overview() is different: some times a second while something runs.
    void changed();
    void idle(); ///< nothing runs or waits any more

private:
    void startNext();
    void takeProgress(int clip, std::int64_t done, std::int64_t total);
    void takeOutcome(int clip, const base::Result<AnalysisOutcome> &outcome);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
