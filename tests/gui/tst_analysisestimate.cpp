// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/analysisestimate.h"
#include "clips/clipentry.h"

#include <QLocale>
#include <QTest>

using namespace doorveil;

class TestAnalysisEstimate final : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }
    void nothingIsKnownAtFirst();
    void followsTheLastSeconds();
    void pauseDoesNotCount();
    void texts();
};

void TestAnalysisEstimate::nothingIsKnownAtFirst()
{
    ui::AnalysisEstimate estimate;
    QVERIFY(!estimate.framesPerSecond());
    QVERIFY(!estimate.secondsFor(100));
    estimate.add(0, 0);
    estimate.add(100, 5); // too short to say anything
    QVERIFY(!estimate.framesPerSecond());
    QVERIFY(!estimate.secondsFor(-1));
}

void TestAnalysisEstimate::followsTheLastSeconds()
{
    ui::AnalysisEstimate estimate;
    std::int64_t frames = 0;
    for (std::int64_t second = 0; second <= 30; ++second)
        estimate.add(second * 1000, frames += 10);
    QCOMPARE(*estimate.framesPerSecond(), 10.0);
    QCOMPARE(*estimate.secondsFor(95), std::int64_t(10)); // rounded up
    // Slower from here on: after the window has passed the old speed is forgotten.
    for (std::int64_t second = 31; second <= 45; ++second)
        estimate.add(second * 1000, frames += 2);
    QCOMPARE(*estimate.framesPerSecond(), 2.0);
}

void TestAnalysisEstimate::pauseDoesNotCount()
{
    ui::AnalysisEstimate estimate;
    estimate.add(0, 0);
    estimate.add(1000, 10);
    estimate.restart();
    QCOMPARE(*estimate.framesPerSecond(), 10.0); // an idea for what comes
    estimate.add(600'000, 10);
    estimate.add(601'000, 20);
    QCOMPARE(*estimate.framesPerSecond(), 10.0);
}

void TestAnalysisEstimate::texts()
{
    QCOMPARE(ui::remainingText(0), QStringLiteral("0:00"));
    QCOMPARE(ui::remainingText(70), QStringLiteral("1:10"));
    QCOMPARE(ui::remainingText(3909), QStringLiteral("1:05:09"));
    QCOMPARE(ui::durationText(4667), QStringLiteral("4.7 s"));
    QCOMPARE(ui::durationText(31'400), QStringLiteral("0:31"));
    QCOMPARE(ui::durationText(3'600'000), QStringLiteral("1:00:00"));
}

QTEST_GUILESS_MAIN(TestAnalysisEstimate)
#include "tst_analysisestimate.moc"
