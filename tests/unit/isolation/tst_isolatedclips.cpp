// SPDX-License-Identifier: GPL-3.0-or-later
// Real clips through the confined worker, and the same clips decoded here: nothing above may tell the difference.
#include "decode/clipdecoder.h"
#include "isolation/videoreader.h"
#include "support/testdata.h"
#include "testclip.h"

#include <QDirIterator>
#include <QTest>

using namespace doorveil;
using namespace doorveil::testing;

class TestIsolatedClips final : public QObject
{
    Q_OBJECT

private slots:
    void findsTheWorker();
    void decodesTheSame_data();
    void decodesTheSame();
    void seeksTheSame();
    void keepsTheSameSound();
};

namespace {

base::FileDescriptor opened(const QString &path)
{
    auto file = base::openInput(path.toStdString());
    return file ? std::move(*file) : base::FileDescriptor();
}

} // namespace

void TestIsolatedClips::findsTheWorker()
{
    const auto path = isolation::workerPath();
    QVERIFY2(path, reasonOf(path).constData());
    const auto confinement = isolation::confinement();
    QVERIFY2(confinement, reasonOf(confinement).constData());
    QVERIFY(confinement->systemCallFilter || isolation::isUnconfinedBuild());
    qInfo("%s", qPrintable(confinement->statement));
    qputenv("DOORVEIL_WORKER", "/nonexistent/worker");
    const auto wrong = isolation::workerPath();
    qputenv("DOORVEIL_WORKER", path->c_str());
    QVERIFY(!wrong);
    QVERIFY(wrong.error().message.contains(QStringLiteral("/nonexistent/worker")));
}

void TestIsolatedClips::decodesTheSame_data()
{
    QTest::addColumn<QString>("path");
    DOORVEIL_NEEDS_TEST_DATA("clips", folder);
    QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.endsWith(QStringLiteral(".json")) && !path.endsWith(QStringLiteral(".md")))
            QTest::newRow(qPrintable(path.mid(folder.size() + 1))) << path;
    }
}

void TestIsolatedClips::decodesTheSame()
{
    QFETCH(QString, path);
    const base::FileDescriptor file = opened(path);
    if (!file.isValid())
        return; // the empty one
    auto direct = decode::openClip(file.get(), {});
    auto isolated = isolation::openClip(file.get(), {});
    QCOMPARE(reasonOf(isolated), reasonOf(direct));
    QCOMPARE(isolated.hasValue(), direct.hasValue());
    if (!direct) {
        QCOMPARE(isolated.error(), direct.error());
        return;
    }
    QCOMPARE((*isolated)->info(), (*direct)->info());
    constexpr int enough = 150; // the beginning of a long clip
    for (int count = 0; count < enough; ++count) {
        const auto expected = (*direct)->nextFrame();
        const auto found = (*isolated)->nextFrame();
        QCOMPARE(reasonOf(found), reasonOf(expected));
        QCOMPARE((*isolated)->losses(), (*direct)->losses());
        if (!expected || !expected->has_value()) {
            QCOMPARE(found.hasValue() && found->has_value(), false);
            return;
        }
        QVERIFY(found->has_value());
        QVERIFY(sameFrame(**found, **expected));
    }
}

void TestIsolatedClips::seeksTheSame()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/chaplin.mp4", path);
    const base::FileDescriptor file = opened(path);
    auto direct = decode::openClip(file.get(), {});
    auto isolated = isolation::openClip(file.get(), {});
    QVERIFY2(isolated, reasonOf(isolated).constData());
    const base::ClipInfo info = (*direct)->info();
    for (const int milliseconds : {5000, 0, 9000, 9040, 3333, 99999}) {
        const std::int64_t ticks = base::rescale(milliseconds, {1, 1000}, info.timeBase);
        QVERIFY((*direct)->seek(ticks));
        QVERIFY((*isolated)->seek(ticks));
        for (int count = 0; count < 5; ++count) {
            const auto expected = (*direct)->nextFrame();
            const auto found = (*isolated)->nextFrame();
            QVERIFY2(found, reasonOf(found).constData());
            QCOMPARE(found->has_value(), expected->has_value());
            QVERIFY(!found->has_value() || sameFrame(**found, **expected));
        }
    }
}

void TestIsolatedClips::keepsTheSameSound()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/chaplin.mp4", path);
    const base::FileDescriptor file = opened(path);
    for (const bool video : {true, false}) {
        const base::FrameSourceOptions options{video, 0, 2, {}};
        auto direct = decode::openClip(file.get(), options);
        auto isolated = isolation::openClip(file.get(), options);
        QVERIFY2(isolated, reasonOf(isolated).constData());
        std::size_t samples = 0;
        while (true) {
            const auto expected = (*direct)->nextAudio();
            const auto found = (*isolated)->nextAudio();
            QVERIFY2(found, reasonOf(found).constData());
            QCOMPARE(found->has_value(), expected->has_value());
            if (!found->has_value())
                break;
            QCOMPARE((*found)->pts, (*expected)->pts);
            QCOMPARE((*found)->samples, (*expected)->samples);
            samples += (*found)->samples.size();
        }
        QVERIFY(samples > 100'000);
    }
}

QTEST_APPLESS_MAIN(TestIsolatedClips)
#include "tst_isolatedclips.moc"
