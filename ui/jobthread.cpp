// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobthread.h"

namespace doorveil::ui {

JobThread::JobThread(const QString &name) : m_context(new QObject)
{
    m_context->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread.setObjectName(name);
    m_thread.start();
}

JobThread::~JobThread()
{
    m_ending.cancel();
    m_thread.quit();
    m_thread.wait();
}

void JobThread::post(std::function<void()> work)
{
    QMetaObject::invokeMethod(m_context, [work = std::move(work), ending = m_ending] {
        if (!ending.isCancelled())
            work();
    });
}

} // namespace doorveil::ui
