// SPDX-License-Identifier: GPL-3.0-or-later
// The session between host and worker, with a worker whose decoder is a fake.
#include "fakesource.h"
#include "testclip.h"

#include <QTest>

#include <unistd.h>

using namespace doorveil;
using namespace doorveil::testing;

class TestWorkerClip final : public QObject
{
    Q_OBJECT

private slots:
    void givesWhatTheDecoderGives_data();
    void givesWhatTheDecoderGives();
    void seeksToTheSameFrames();
    void keepsSoundWhole();
    void namesTheReasonOfARefusal();
    void reportsFailures_data();
    void reportsFailures();
    void opensManyAtOnce();
    void leavesTheHostsOffsetAlone();
    void carriesLongDescriptions();
};

namespace {

base::Result<std::unique_ptr<base::FrameSource>> openFakeHere(const base::FileDescriptor &file,
                                                              const base::FrameSourceOptions &options)
{
    return openFake(file.get(), options, {});
}

} // namespace

void TestWorkerClip::givesWhatTheDecoderGives_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("4:2:0") << QByteArray("frames=40 lost=17");
    QTest::newRow("odd size") << QByteArray("frames=12 width=61 height=37");
    QTest::newRow("grey") << QByteArray("frames=12 chroma=0");
    QTest::newRow("4:2:2 10 bit") << QByteArray("frames=12 chroma=2 depth=10");
    QTest::newRow("4:4:4 turned") << QByteArray("frames=12 chroma=3 turns=1");
    QTest::newRow("no frame") << QByteArray("frames=0");
}

void TestWorkerClip::givesWhatTheDecoderGives()
{
    QFETCH(QByteArray, words);
    const base::FileDescriptor file = fakeClipFile(words);
    auto direct = openFakeHere(file, {});
    auto isolated = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY2(isolated, reasonOf(isolated).constData());
    QCOMPARE((*isolated)->info(), (*direct)->info());
    while (true) {
        const auto expected = (*direct)->nextFrame();
        const auto found = (*isolated)->nextFrame();
        QVERIFY2(found, reasonOf(found).constData());
        QCOMPARE(found->has_value(), expected->has_value());
        QCOMPARE((*isolated)->losses(), (*direct)->losses());
        if (!found->has_value())
            break;
        QVERIFY(sameFrame(**found, **expected));
    }
    QVERIFY(!(*isolated)->nextFrame()->has_value()); // and stays at the end
}

void TestWorkerClip::seeksToTheSameFrames()
{
    const base::FileDescriptor file = fakeClipFile("frames=50");
    auto direct = openFakeHere(file, {});
    auto isolated = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY(isolated);
    for (const std::int64_t ticks : {0LL, 90000LL, 60001LL, 1LL << 50, -5LL, 149999LL, 3000LL}) {
        QVERIFY((*isolated)->seek(ticks));
        QVERIFY((*direct)->seek(ticks));
        for (int count = 0; count < 12; ++count) {
            const auto expected = (*direct)->nextFrame();
            const auto found = (*isolated)->nextFrame();
            QVERIFY2(found, reasonOf(found).constData());
            QCOMPARE(found->has_value(), expected->has_value());
            QVERIFY(!found->has_value() || sameFrame(**found, **expected));
        }
    }

    const base::FileDescriptor fixed = fakeClipFile("frames=50 unseekable=1");
    auto refusing = isolation::openClipWith(testWorker(), fixed.get(), {});
    QVERIFY(refusing);
    QCOMPARE((*refusing)->seek(5).error().message, QStringLiteral("this clip cannot be searched"));
}

void TestWorkerClip::keepsSoundWhole()
{
    // Blocks of 6000 frames do not fit into one message: they come in parts whose times fit.
    for (const QByteArray &words : {QByteArray("blocks=30"), QByteArray("blocks=7 block=6000")}) {
        const base::FileDescriptor file = fakeClipFile(words + " frames=30");
        const base::FrameSourceOptions options{true, 0, 1, {}};
        auto direct = openFakeHere(file, options);
        auto isolated = isolation::openClipWith(testWorker(), file.get(), options);
        QVERIFY(isolated);
        std::vector<float> expected;
        while (const auto block = *(*direct)->nextAudio())
            expected.insert(expected.end(), block->samples.begin(), block->samples.end());
        std::vector<float> found;
        while (true) {
            auto block = (*isolated)->nextAudio();
            QVERIFY2(block, reasonOf(block).constData());
            if (!block->has_value())
                break;
            QCOMPARE((*block)->pts, std::int64_t(found.size() / 2));
            found.insert(found.end(), (*block)->samples.begin(), (*block)->samples.end());
        }
        QCOMPARE(found, expected);
        QCOMPARE(harvest(**isolated).frames.size(), std::size_t(30));
    }
}

void TestWorkerClip::namesTheReasonOfARefusal()
{
    const base::FileDescriptor file = fakeClipFile("mode=refuse");
    const auto refused = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, base::ErrorKind::InputNotOpenable);
    QCOMPARE(refused.error().message, QStringLiteral("this is not a clip [31m")); // cannot steer a terminal

    isolation::WorkerSettings nowhere = testWorker();
    nowhere.program = "/nonexistent/doorveil-worker";
    QVERIFY(
        isolation::openClipWith(nowhere, file.get(), {}).error().message.contains(QStringLiteral("cannot be started")));
}

void TestWorkerClip::reportsFailures_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("frames");
    QTest::addColumn<QString>("message");
    QTest::newRow("segmentation fault") << QByteArray("mode=crash at=7") << 7 << "the decoder crashed (signal 11)";
    QTest::newRow("abort") << QByteArray("mode=abort at=0") << 0 << "the decoder crashed (signal 6)";
    QTest::newRow("exit") << QByteArray("mode=exit at=2") << 2 << "ended unexpectedly (exit code 3)";
    QTest::newRow("exception") << QByteArray("mode=throw at=2") << 2 << "ended unexpectedly (exit code 13)";
    QTest::newRow("garbage") << QByteArray("mode=garbage at=3") << 3 << "cannot be true";
    QTest::newRow("times backwards") << QByteArray("backwards=4") << 4 << "a frame's time";
    QTest::newRow("size changes") << QByteArray("grows=4") << 4 << "the picture changes its size";
    QTest::newRow("more frames than bytes") << QByteArray("frames=100000") << 2000 << "than the file can hold";
}

void TestWorkerClip::reportsFailures()
{
#ifdef DOORVEIL_UNCONFINED_WORKER
    if (qstrcmp(QTest::currentDataTag(), "segmentation fault") == 0)
        return; // the sanitizer turns it into an exit code
#endif
    QFETCH(QByteArray, words);
    QFETCH(int, frames);
    QFETCH(QString, message);
    const base::FileDescriptor file = fakeClipFile(words);
    auto source = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY2(source, reasonOf(source).constData());
    const Harvest result = harvest(**source);
    QVERIFY(result.error);
    QVERIFY2(result.error->message.contains(message), qPrintable(result.error->message));
    // Frames sent before the end may be lost with it, but never more are given than were decoded.
    QVERIFY(result.frames.size() <= std::size_t(frames));
    QCOMPARE((*source)->nextFrame().error(), *result.error); // and stays so
}

void TestWorkerClip::opensManyAtOnce()
{
    const base::FileDescriptor file = fakeClipFile("frames=25");
    std::vector<std::unique_ptr<base::FrameSource>> sources;
    for (int count = 0; count < 8; ++count) {
        auto source = isolation::openClipWith(testWorker(), file.get(), {});
        QVERIFY2(source, reasonOf(source).constData());
        sources.push_back(std::move(*source));
    }
    for (const auto &source : sources)
        QCOMPARE(harvest(*source).frames.size(), std::size_t(25));
}

void TestWorkerClip::leavesTheHostsOffsetAlone()
{
    const base::FileDescriptor file = fakeClipFile("frames=2");
    QCOMPARE(::lseek(file.get(), 11, SEEK_SET), off_t(11));
    auto source = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY(source);
    QCOMPARE(harvest(**source).frames.size(), std::size_t(2));
    QCOMPARE(::lseek(file.get(), 0, SEEK_CUR), off_t(11));
}

void TestWorkerClip::carriesLongDescriptions()
{
    const base::FileDescriptor file = fakeClipFile("frames=1 tags=700");
    auto direct = openFakeHere(file, {});
    auto isolated = isolation::openClipWith(testWorker(), file.get(), {});
    QVERIFY2(isolated, reasonOf(isolated).constData());
    QCOMPARE((*isolated)->info(), (*direct)->info()); // about 250 kB

    const base::FileDescriptor huge = fakeClipFile("frames=1 tags=20000");
    auto cut = isolation::openClipWith(testWorker(), huge.get(), {});
    QVERIFY2(cut, reasonOf(cut).constData());
    QVERIFY((*cut)->info().tags.size() > 1000);
    QVERIFY((*cut)->info().assumptions.first().contains(QStringLiteral("more tags")));
}

QTEST_APPLESS_MAIN(TestWorkerClip)
#include "tst_workerclip.moc"
