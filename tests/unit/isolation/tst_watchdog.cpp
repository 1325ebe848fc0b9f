// SPDX-License-Identifier: GPL-3.0-or-later
// A decoder that hangs is stopped, and the next clip works. Times here are limits given to the host, not measured.
#include "testclip.h"

#include <QTest>

using namespace doorveil;
using namespace doorveil::testing;

class TestWatchdog final : public QObject
{
    Q_OBJECT

private slots:
    void waitsTenSeconds();
    void stopsAHangingDecoder_data();
    void stopsAHangingDecoder();
    void stopsAnEndlessDecoder();
    void waitsForALongSeek();
    void doesNotWaitForASilentSeek();
};

namespace {

isolation::WorkerSettings impatient(std::chrono::milliseconds limit)
{
    isolation::WorkerSettings settings = testWorker();
    settings.limits.answer = limit;
    return settings;
}

} // namespace

void TestWatchdog::waitsTenSeconds()
{
    QCOMPARE(isolation::SessionLimits().answer.count(), 10'000);
}

void TestWatchdog::stopsAHangingDecoder_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("spins") << QByteArray("mode=spin at=3");
    QTest::newRow("sleeps") << QByteArray("mode=sleep at=3");
    QTest::newRow("spins while opening") << QByteArray("mode=refuse-slowly");
}

void TestWatchdog::stopsAHangingDecoder()
{
    QFETCH(QByteArray, words);
    const base::FileDescriptor file = fakeClipFile(words);
    auto source = isolation::openClipWith(impatient(std::chrono::milliseconds(1500)), file.get(), {});
    const base::Error error = source ? harvest(**source).error.value_or(base::Error{}) : source.error();
    QCOMPARE(error.failureClass, QStringLiteral("decoder-hung"));
    QVERIFY2(error.message.contains(QStringLiteral("did not answer")), qPrintable(error.message));

    const base::FileDescriptor next = fakeClipFile("frames=20");
    auto good = isolation::openClipWith(testWorker(), next.get(), {});
    QVERIFY2(good, reasonOf(good).constData());
    QCOMPARE(harvest(**good).frames.size(), std::size_t(20));
}

void TestWatchdog::stopsAnEndlessDecoder()
{
    const base::FileDescriptor file = fakeClipFile("frames=2000000000");
    auto source = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY2(source, reasonOf(source).constData());
    const Harvest result = harvest(**source);
    QVERIFY(result.error);
    QVERIFY(result.error->message.contains(QStringLiteral("than the file can hold")));
}

void TestWatchdog::waitsForALongSeek()
{
    // A seek that takes longer than an answer may, of a decoder that shows that it goes on.
    isolation::WorkerSettings settings = impatient(std::chrono::milliseconds(4000));
    const base::FileDescriptor talking = fakeClipFile("frames=20 slow=50");
    auto source = isolation::openClipWith(settings, talking.get(), {});
    QVERIFY2(source, reasonOf(source).constData());
    const auto sought = (*source)->seek(30000);
    QVERIFY2(sought, reasonOf(sought).constData());
    QCOMPARE((*(*source)->nextFrame())->pts, 30000LL);

    // It does not wait for ever.
    settings.limits.seekProgress = 1;
    auto endless = isolation::openClipWith(settings, talking.get(), {});
    QVERIFY2(endless, reasonOf(endless).constData());
    QCOMPARE((*endless)->seek(30000).error().failureClass, QStringLiteral("decoder-misbehaved"));
}

void TestWatchdog::doesNotWaitForASilentSeek()
{
    const base::FileDescriptor silent = fakeClipFile("frames=20 slow=1000 silent=1");
    auto hung = isolation::openClipWith(impatient(std::chrono::milliseconds(3000)), silent.get(), {});
    QVERIFY2(hung, reasonOf(hung).constData());
    QCOMPARE((*hung)->seek(30000).error().failureClass, QStringLiteral("decoder-hung"));
}

QTEST_APPLESS_MAIN(TestWatchdog)
#include "tst_watchdog.moc"
