// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThread>

#include <atomic>
#include <latch>
#include <utility>

namespace doorveil::base {

/// Work on its way to another thread through a queue of Qt's: everything that was done before it was put there has
/// happened when it runs. Qt sees to that; but ThreadSanitizer cannot know, because Qt's libraries are not
/// instrumented, and would report every value that is handed over. So it is said once more, where it can be seen.
template<typename Work> class Handed
{
public:
    explicit Handed(Work work) : m_work(std::move(work)) { give(); }
    Handed(const Handed &other) : m_work(other.m_work) { give(); }
    Handed(Handed &&other) noexcept : m_work(std::move(other.m_work)) { give(); }
    Handed &operator=(const Handed &) = delete;
    Handed &operator=(Handed &&) = delete;
    ~Handed() { take(); } // dropped where it would have run

    void operator()()
    {
        take();
        m_work();
    }

private:
    // Qt moves it to where the other thread finds it, so that this is the last that is done on this side.
    void give() { m_given.store(true, std::memory_order_release); }
    void take() { (void)m_given.load(std::memory_order_acquire); }

    Work m_work;
    std::atomic<bool> m_given = false;
};

/// Runs `work()` on the thread of `receiver`, which must be alive by then or the work is dropped; never at once.
template<typename Work> void post(QObject *receiver, Work work)
{
    QMetaObject::invokeMethod(receiver, Handed<Work>(std::move(work)), Qt::QueuedConnection);
}

/// Ends a thread when all that was posted to `receiver`, which lives in it and is not busy for ever, has run. Not by a
/// posted quit(): the thread could end, and its event queue go, while the one who posted it still wakes that queue up.
/// Qt holds no lock there.
inline void endAfterPosted(QObject *receiver, QThread &thread)
{
    std::latch done(1);
    post(receiver, [&done] { done.count_down(); });
    done.wait();
    thread.quit();
    thread.wait();
}

} // namespace doorveil::base
