// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/workgroup.h"

#include <exception>
#include <new>

namespace doorveil::pipeline {

namespace {

/// Nothing is thrown across a thread: running out of memory is an error of this piece of work, too.
base::Result<void> guarded(const std::function<base::Result<void>()> &stage)
{
    try {
        return stage();
    } catch (const std::bad_alloc &) {
        return base::Error{base::ErrorKind::Failure, QStringLiteral("there is not enough memory")};
    } catch (const std::exception &problem) {
        return base::Error{base::ErrorKind::Failure, QString::fromLocal8Bit(problem.what())};
    }
}

} // namespace

WorkGroup::~WorkGroup()
{
    stop();
    joinThreads();
}

void WorkGroup::onStop(std::function<void()> action)
{
    m_stopActions.push_back(std::move(action));
}

void WorkGroup::run(std::function<base::Result<void>()> stage)
{
    m_threads.emplace_back([this, work = std::move(stage)] {
        if (const base::Result<void> done = guarded(work); !done)
            fail(done.error());
    });
}

void WorkGroup::runHere(const std::function<base::Result<void>()> &stage)
{
    if (const base::Result<void> done = guarded(stage); !done)
        fail(done.error());
}

base::Result<void> WorkGroup::join()
{
    joinThreads();
    const std::lock_guard lock(m_mutex);
    if (m_error)
        return *m_error;
    return {};
}

void WorkGroup::fail(const base::Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error)
            m_error = error;
    }
    stop();
}

void WorkGroup::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopped)
            return;
        m_stopped = true;
    }
    for (const auto &action : m_stopActions)
        action();
}

void WorkGroup::joinThreads()
{
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
    m_threads.clear();
}

} // namespace doorveil::pipeline
