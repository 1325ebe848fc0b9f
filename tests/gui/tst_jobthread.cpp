// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobthread.h"

#include <QSemaphore>
#include <QTest>

#include <thread>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace doorveil::ui;

/// The window's threads for work.
class TestJobThread final : public QObject
{
    Q_OBJECT

private slots:
    void answersComeInOrder();
    void longWorkStepsBackWithAllItStarts();
};

void TestJobThread::answersComeInOrder()
{
    std::vector<int> answers;
    JobThread thread(QStringLiteral("test"));
    for (int number = 0; number < 5; ++number)
        thread.run(
            this, [number] { return number; }, [&answers](int answer) { answers.push_back(answer); });
    QTRY_COMPARE(answers, (std::vector<int>{0, 1, 2, 3, 4}));
}

void TestJobThread::longWorkStepsBackWithAllItStarts()
{
#ifdef Q_OS_LINUX
    const auto niceOf = [](JobThread::Pace pace) {
        int own = -1;
        int started = -1;
        QSemaphore done;
        JobThread thread(QStringLiteral("test"), pace);
        thread.post([&] {
            own = ::getpriority(PRIO_PROCESS, 0);
            std::thread([&started] { started = ::getpriority(PRIO_PROCESS, 0); }).join();
            done.release();
        });
        done.acquire();
        return std::pair(own, started);
    };
    const int here = ::getpriority(PRIO_PROCESS, 0);
    QCOMPARE(niceOf(JobThread::Pace::Prompt), std::pair(here, here)); // the control
    const int behind = niceOf(JobThread::Pace::Patient).first;
    QVERIFY(behind > here || here >= 10);
    QCOMPARE(niceOf(JobThread::Pace::Patient).second, behind);
    QCOMPARE(::getpriority(PRIO_PROCESS, 0), here); // the window's own thread is not touched
#endif
}

QTEST_GUILESS_MAIN(TestJobThread)
#include "tst_jobthread.moc"
