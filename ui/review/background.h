// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/handover.h"

#include <QObject>
#include <QThreadPool>

#include <utility>
#include <vector>

namespace doorveil::ui {

/// Work beside the window's thread whose results come back to it. Owns its threads: destroying it cancels what runs,
/// waits for it, and drops results that have not been delivered.
class Background final : public QObject
{
    Q_OBJECT

public:
    explicit Background(int threads, QObject *parent = nullptr) : QObject(parent) { m_pool.setMaxThreadCount(threads); }
    ~Background() override
    {
        cancelAll();
        m_pool.clear();
        m_pool.waitForDone();
    }

    /// Runs `work(cancelToken)` on a thread of its own and `done(result)` on this object's. The token is this object's,
    /// or the caller's own.
    template<typename Work, typename Done> void run(Work work, Done done)
    {
        run(m_cancel, std::move(work), std::move(done));
    }

    template<typename Work, typename Done> void run(const base::CancelToken &cancel, Work work, Done done)
    {
        // Kept for cancelAll(): the foreign ones too. They are a pointer each.
        m_tokens.push_back(cancel);
        m_pool.start(base::Handed([this, cancel, work = std::move(work), done = std::move(done)]() mutable {
            auto result = work(cancel);
            base::post(this,
                       [done = std::move(done), result = std::move(result)]() mutable { done(std::move(result)); });
        }));
    }

    /// Cancels everything that runs or waits; results of cancelled work still arrive.
    void cancelAll()
    {
        for (const base::CancelToken &token : m_tokens)
            token.cancel();
        m_tokens.clear();
        m_cancel.cancel();
        m_cancel = base::CancelToken();
    }

    [[nodiscard]] const base::CancelToken &token() const { return m_cancel; }

private:
    QThreadPool m_pool;
    base::CancelToken m_cancel;
    std::vector<base::CancelToken> m_tokens;
};

} // namespace doorveil::ui
