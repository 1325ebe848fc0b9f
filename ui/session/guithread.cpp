// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/guithread.h"

#include "base/blockingwork.h"

#include <QCoreApplication>
#include <QThread>

namespace doorveil::ui {

namespace {

std::function<void()> &handler()
{
    static std::function<void()> current;
    return current;
}

} // namespace

void installGuiThreadGuard()
{
    base::setBlockingWorkGuard([](base::BlockingWork) { assertNotGuiThread(); });
}

void setGuiThreadViolationHandler(std::function<void()> replacement)
{
    handler() = std::move(replacement);
}

void assertNotGuiThread()
{
    const QCoreApplication *application = QCoreApplication::instance();
    if (application == nullptr || QThread::currentThread() != application->thread())
        return;
    if (handler())
        handler()();
    else
        qFatal("work that may block was started on the window's thread");
}

} // namespace doorveil::ui
