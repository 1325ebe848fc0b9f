// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobthread.h"

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

namespace doorveil::ui {

namespace {

/// For this thread and all threads and workers that it starts: they inherit it.
void stepBack()
{
#ifdef Q_OS_LINUX
    // Linux's nice value is a thread's own, and 0 is the calling one. Not SCHED_IDLE, which Qt would choose: that never
    // runs beside other work, and would keep what it has locked while the window waits for it.
    constexpr int nice = 10;
    if (::getpriority(PRIO_PROCESS, 0) < nice)
        (void)::setpriority(PRIO_PROCESS, 0, nice); // where it is refused, the work is done all the same
#else
    QThread::currentThread()->setPriority(QThread::LowPriority);
#endif
}

} // namespace

JobThread::JobThread(const QString &name, Pace pace) : m_context(new QObject)
{
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.setObjectName(name);
    m_thread.start();
    if (pace == Pace::Patient)
        post(stepBack);
}

JobThread::~JobThread()
{
    m_ending.cancel();
    m_thread.quit();
    m_thread.wait();
}

void JobThread::post(std::function<void()> work)
{
    base::post(m_context, [work = std::move(work), ending = m_ending] {
        if (!ending.isCancelled())
            work();
    });
}

} // namespace doorveil::ui
