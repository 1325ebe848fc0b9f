// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/boundedqueue.h"
#include "pipeline/workgroup.h"

#include <QTest>

#include <stdexcept>

using namespace doorveil;
using base::Result;

class TestWorkGroup final : public QObject
{
    Q_OBJECT

private slots:
    void stagesPassEverythingOn();
    void anErrorStopsTheOthers();
    void anExceptionIsAnError();
    void leavingWithoutJoiningStopsAll();
};

void TestWorkGroup::stagesPassEverythingOn()
{
    base::BoundedQueue<int> queue(2);
    std::int64_t sum = 0;
    pipeline::WorkGroup group;
    group.onStop([&queue] { queue.abort(); });
    group.run([&queue]() -> Result<void> {
        for (int number = 1; number <= 1000; ++number) {
            if (!queue.push(number))
                return {};
        }
        queue.close();
        return {};
    });
    group.runHere([&]() -> Result<void> {
        while (const auto number = queue.pop())
            sum += *number;
        return {};
    });
    QVERIFY(group.join());
    QCOMPARE(sum, 500500);
}

void TestWorkGroup::anErrorStopsTheOthers()
{
    base::BoundedQueue<int> queue(2);
    pipeline::WorkGroup group;
    group.onStop([&queue] { queue.abort(); });
    group.run([&queue]() -> Result<void> {
        while (queue.push(1)) { }
        return {}; // was woken by the abort
    });
    group.runHere([]() -> Result<void> {
        return base::Error{base::ErrorKind::InputNotOpenable, QStringLiteral("planted")};
    });
    const Result<void> done = group.join();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, base::ErrorKind::InputNotOpenable);
    QCOMPARE(done.error().message, QStringLiteral("planted"));
}

void TestWorkGroup::anExceptionIsAnError()
{
    pipeline::WorkGroup group;
    group.run([]() -> Result<void> { throw std::runtime_error("planted"); });
    const Result<void> done = group.join();
    QVERIFY(!done);
    QCOMPARE(done.error().kind, base::ErrorKind::Failure);
    QVERIFY(done.error().message.contains(QStringLiteral("planted")));
}

void TestWorkGroup::leavingWithoutJoiningStopsAll()
{
    base::BoundedQueue<int> queue(1);
    bool ended = false;
    {
        pipeline::WorkGroup group;
        group.onStop([&queue] { queue.abort(); });
        group.run([&]() -> Result<void> {
            while (queue.pop()) { }
            ended = true;
            return {};
        });
    }
    QVERIFY(ended);
}

QTEST_GUILESS_MAIN(TestWorkGroup)
#include "tst_workgroup.moc"
