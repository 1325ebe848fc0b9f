// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mediatime.h"

#include <QTest>

using namespace doorveil::base;

class TestMediaTime final : public QObject
{
    Q_OBJECT

private slots:
    void rescalesExactly();
    void formatsAndParses();
    void refusesOtherText();
};

void TestMediaTime::rescalesExactly()
{
    QCOMPARE(rescale(1001, {1, 30000}, {1, 1000}), 33);
    QCOMPARE(rescale(-1001, {1, 30000}, {1, 1000}), -33);
    QCOMPARE(rescale(1, {1, 2}, {1, 1}), 1); // a tie goes away from zero
    // A day in nanoseconds times a large time scale would overflow 64 bits on the way.
    QCOMPARE(rescale(86'400'000'000'000, {1, 1'000'000'000}, {1, 1'000'000}), 86'400'000'000);
}

void TestMediaTime::formatsAndParses()
{
    QCOMPARE(formatMilliseconds(3'723'004), QStringLiteral("01:02:03.004"));
    QCOMPARE(formatMilliseconds(-5), QStringLiteral("-00:00:00.005"));
    QCOMPARE(parseMilliseconds(QStringLiteral("01:02:03.004")), 3'723'004);
    QCOMPARE(parseMilliseconds(QStringLiteral("2:03.5")), 123'500);
    QCOMPARE(parseMilliseconds(QStringLiteral("90")), 90'000);
}

void TestMediaTime::refusesOtherText()
{
    for (const char *text : {"", "x", "1:60", "60:00:00:00", "1:75:00", "-1", "1.0000", "1,5"})
        QVERIFY2(!parseMilliseconds(QString::fromLatin1(text)), text);
}

QTEST_APPLESS_MAIN(TestMediaTime)
#include "tst_mediatime.moc"
