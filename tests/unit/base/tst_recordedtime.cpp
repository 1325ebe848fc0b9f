// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/recordedtime.h"

#include <QTest>
#include <QTimeZone>

using namespace doorveil::base;

class TestRecordedTime final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void names_data();
    void names();
    void tags_data();
    void tags();
    void nameGoesBeforeTag();

private:
    const QDateTime m_now = QDateTime(QDate(2026, 6, 1), QTime(12, 0), Qt::UTC);
};

void TestRecordedTime::initTestCase()
{
    // Five hours behind UTC in January, so that a zone taken for local time shows.
    qputenv("TZ", "America/New_York");
    QCOMPARE(QDateTime(QDate(2024, 1, 31), QTime(0, 0)).offsetFromUtc(), -5 * 3600);
}

void TestRecordedTime::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected"); ///< local time; empty: no guess
    const auto row = [](const char *name, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromLatin1(expected);
    };
    row("RingVideo_20240131_074502.mp4", "2024-01-31T07:45:02");
    row("Front_Door_202401310745.mp4", "2024-01-31T07:45:00");
    row("20240131_074502_tp00012.mp4", "2024-01-31T07:45:02");
    row("FrontDoor-20240131-074502-1706705102.mp4", "2024-01-31T07:45:02");
    row("Doorbell-00-20240131074502.mp4", "2024-01-31T07:45:02");
    row("RecM07_20240131_074502_074532_0_A7E81B1A2_123456.mp4", "2024-01-31T07:45:02");
    row("Front Door_2024-01-31T12-45-02+00-00.mp4", "2024-01-31T07:45:02");
    row("2024-01-31T12-45-02Z.mp4", "2024-01-31T07:45:02");
    row("Porch 2024-01-31 07.45.02.mp4", "2024-01-31T07:45:02");
    row("2024-01-31_07-45-02.mkv", "2024-01-31T07:45:02");
    row("VID_20240131_074502123.mp4", "2024-01-31T07:45:02");
    row("G4 Doorbell 1-31-2024, 7.45.02 GMT-5 - 1-31-2024, 7.46.02 GMT-5.mp4", "2024-01-31T07:45:02");
    row("G4 Doorbell 1-31-2024, 12.45.02 UTC+0.mp4", "2024-01-31T07:45:02");
    row("1706705102000.mp4", "2024-01-31T07:45:02");
    row("clip-1706705102.mp4", "2024-01-31T07:45:02");
    row("matrícula 20240131_074502 ñ.mp4", "2024-01-31T07:45:02");
    row("porch.mp4", "");
    row("2024-01-31.mp4", ""); // no time
    row("20241331_074502.mp4", ""); // no such month
    row("20240230_074502.mp4", ""); // no such day
    row("20240131_254502.mp4", ""); // no such hour
    row("20990131_074502.mp4", ""); // not yet
    row("SN120240131074502777788.mp4", ""); // a serial number
    row("1920x1080.mp4", "");
    row("99999999999999999999.mp4", "");
    row("", "");
}

void TestRecordedTime::names()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    const std::optional<QDateTime> at = recordedTimeFromName(name, m_now);
    QCOMPARE(at ? at->toLocalTime().toString(Qt::ISODate) : QString(), expected);
}

void TestRecordedTime::tags_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *key, const char *value, const char *expected) {
        QTest::addRow("%s=%s", key, value)
            << QString::fromLatin1(key) << QString::fromLatin1(value) << QString::fromLatin1(expected);
    };
    row("creation_time", "2024-01-31T12:45:02.000000Z", "2024-01-31T07:45:02");
    row("CREATION_TIME", "2024-01-31 12:45:02Z", "2024-01-31T07:45:02");
    row("com.apple.quicktime.creationdate", "2024-01-31T13:45:02+01:00", "2024-01-31T07:45:02");
    row("date", "2024", "");
    row("creation_time", "1970-01-01T00:00:00.000000Z", "");
    row("creation_time", "1904-01-01T00:00:00.000000Z", "");
    row("creation_time", "\\xff:nonsense", "");
    row("title", "2024-01-31T12:45:02Z", "");
}

void TestRecordedTime::tags()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, expected);
    ClipInfo info;
    info.tags = {{QStringLiteral("container"), key, value}};
    const auto guess = guessRecordedTime(info, QStringLiteral("porch.mp4"), m_now);
    QCOMPARE(guess ? guess->at.toLocalTime().toString(Qt::ISODate) : QString(), expected);
    if (guess)
        QVERIFY(guess->source == RecordedTimeGuess::Source::Tag);
}

void TestRecordedTime::nameGoesBeforeTag()
{
    ClipInfo info;
    info.tags = {
        {QStringLiteral("container"), QStringLiteral("creation_time"), QStringLiteral("2025-03-01T10:00:00Z")}};
    const auto guess = guessRecordedTime(info, QStringLiteral("20240131_074502.mp4"), m_now);
    QVERIFY(guess);
    QVERIFY(guess->source == RecordedTimeGuess::Source::FileName);
    QCOMPARE(guess->at.date(), QDate(2024, 1, 31));
}

QTEST_GUILESS_MAIN(TestRecordedTime)
#include "tst_recordedtime.moc"
