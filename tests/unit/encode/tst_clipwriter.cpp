// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"

#include <QTest>

using namespace doorveil::encode;
using namespace doorveil::encode::testsupport;
using doorveil::base::Rational;

namespace {

std::vector<std::int64_t> evenTimes(int count, std::int64_t step)
{
    std::vector<std::int64_t> times;
    for (int index = 0; index < count; ++index)
        times.push_back(index * step);
    return times;
}

} // namespace

class TestClipWriter final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTimes_data();
    void keepsTimes();
};

void TestClipWriter::keepsTimes_data()
{
    QTest::addColumn<Rational>("timeBase");
    QTest::addColumn<std::vector<std::int64_t>>("times");
    QTest::addColumn<qint64>("lastDuration");

    // 120 frames pass x264's look-ahead, so that frames come out before the end too.
    std::vector<std::int64_t> variable = {0};
    for (int index = 1; index < 120; ++index)
        variable.push_back(variable.back() + 3 + index * index * 37 % 251);
    std::vector<std::int64_t> freezing = variable;
    for (std::size_t index = 5; index < freezing.size(); ++index)
        freezing[index] += 5'000;
    QTest::newRow("variable frame rate") << Rational{1, 1000} << variable << qint64(77);
    QTest::newRow("five seconds frozen") << Rational{1, 1000} << freezing << qint64(1);
    QTest::newRow("29.97") << Rational{1001, 30000} << evenTimes(60, 1) << qint64(1);
    QTest::newRow("90 kHz") << Rational{1, 90000} << evenTimes(60, 3003) << qint64(3003);
    QTest::newRow("1/15360") << Rational{1, 15360} << evenTimes(60, 512) << qint64(1024);
    QTest::newRow("1/25") << Rational{1, 25} << evenTimes(60, 1) << qint64(1);
    QTest::newRow("nanoseconds") << Rational{1, 1'000'000'000} << evenTimes(20, 33'366'700) << qint64(33'366'700);
    QTest::newRow("one frame") << Rational{1, 1000} << evenTimes(1, 1) << qint64(40);
    QTest::newRow("two frames") << Rational{1, 1000} << evenTimes(2, 500) << qint64(2000);
}

void TestClipWriter::keepsTimes()
{
    QFETCH(Rational, timeBase);
    QFETCH(std::vector<std::int64_t>, times);
    QFETCH(qint64, lastDuration);

    ScratchFile file;
    EncodeSettings settings = smallSettings();
    settings.timeBase = timeBase;
    const auto summary = writeClip(file.descriptor(), settings, times, lastDuration);
    QVERIFY2(summary.hasValue(), summary ? "" : qPrintable(summary.error().message));
    QCOMPARE(summary->frames, std::int64_t(times.size()));
    QCOMPARE(summary->bytes, std::int64_t(file.content().size()));
    QVERIFY(!summary->padded);

    std::vector<std::int64_t> expected;
    for (const std::int64_t time : times)
        expected.push_back(time * timeBase.numerator);
    const ProbedFrames frames = probeFrames(file.path());
    QCOMPARE(frames.times, expected);

    const QJsonObject stream = probeStream(file.path(), QStringLiteral("v"));
    QCOMPARE(stream.value(QLatin1String("time_base")).toString(), QStringLiteral("1/%1").arg(timeBase.denominator));
    QCOMPARE(stream.value(QLatin1String("start_pts")).toInteger(-1), 0);
    QCOMPARE(stream.value(QLatin1String("duration_ts")).toInteger(),
             (times.back() + lastDuration) * timeBase.numerator);
    QCOMPARE(stream.value(QLatin1String("profile")).toString(), QStringLiteral("High"));
    QCOMPARE(stream.value(QLatin1String("pix_fmt")).toString(), QStringLiteral("yuv420p"));
}

QTEST_GUILESS_MAIN(TestClipWriter)
#include "tst_clipwriter.moc"
