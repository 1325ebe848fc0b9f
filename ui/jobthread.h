// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/handover.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace doorveil::ui {

/// One thread that does one piece of work after the other, so that nothing that waits happens on the window's thread.
/// Owned by the object that takes the answers: the destructor cancels what runs, drops what waits, and joins, so that
/// no answer comes later than that.
class JobThread
{
public:
    enum class Pace {
        Prompt, ///< somebody waits for the answer
        Patient ///< minutes of work on all processors, which must not make the window wait for one
    };

    explicit JobThread(const QString &name, Pace pace = Pace::Prompt);
    ~JobThread();
    JobThread(const JobThread &) = delete;
    JobThread &operator=(const JobThread &) = delete;

    /// Cancelled when the thread ends; work that takes long looks at it.
    [[nodiscard]] const base::CancelToken &ending() const { return m_ending; }

    void post(std::function<void()> work);

    /// Runs `work()` here and `done(result)` on the thread of `receiver`, which must outlive this object.
    template<typename Work, typename Done> void run(QObject *receiver, Work work, Done done)
    {
        using Answer = std::invoke_result_t<Work>;
        post([receiver, work = std::move(work), done = std::move(done)]() mutable {
            auto answer = std::make_shared<Answer>(work());
            base::post(receiver, [answer, done = std::move(done)]() mutable { done(std::move(*answer)); });
        });
    }

private:
    QThread m_thread;
    QObject *m_context; ///< lives on the thread, deleted when it finishes
    base::CancelToken m_ending;
};

} // namespace doorveil::ui
