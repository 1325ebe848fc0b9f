// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/exportplan.h"
#include "pipeline/jobs.h"

#include <QJsonArray>
#include <QTest>

using namespace doorveil;

class TestExportPlan final : public QObject
{
    Q_OBJECT

private slots:
    void wholeClip();
    void trim();
    void trimOutsideIsRefused();
    void trimByMilliseconds_data();
    void trimByMilliseconds();
    void analysisFileHasTheAgreedForm();
};

namespace {

/// Ten frames, 40 ms apart, that start at 3 s.
project::ReviewDocument tenFrames()
{
    project::ReviewDocument document;
    document.source.info.storedSize = {320, 240};
    document.source.info.timeBase = {1, 12800};
    document.source.info.orientation = {1, false};
    document.source.path = QStringLiteral("/somewhere/door.mp4");
    document.source.nativePath = "/somewhere/door.mp4";
    document.source.sha256 = QStringLiteral("ab");
    for (int index = 0; index < 10; ++index)
        document.source.frames.push_back({38400 + index * 512, 512, false});
    return document;
}

} // namespace

void TestExportPlan::wholeClip()
{
    const auto plan = pipeline::makeExportPlan(tenFrames());
    QVERIFY(plan);
    QCOMPARE(plan->firstIndex, 0);
    QCOMPARE(plan->frames.size(), std::size_t(10));
    QCOMPARE(plan->begin(), 38400);
    QCOMPARE(plan->end(), 38400 + 10 * 512);
}

void TestExportPlan::trim()
{
    project::ReviewDocument document = tenFrames();
    document.settings.trim = base::TimeRange{38400 + 512 + 1, 38400 + 5 * 512};
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    QCOMPARE(plan->firstIndex, 2); // a frame that begins before the trim is not shown
    QCOMPARE(plan->frames.size(), std::size_t(3)); // the end is not part of it
    QCOMPARE(plan->begin(), 38400 + 2 * 512);
}

void TestExportPlan::trimOutsideIsRefused()
{
    project::ReviewDocument document = tenFrames();
    document.settings.trim = base::TimeRange{0, 100};
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(!plan);
    QCOMPARE(plan.error().kind, base::ErrorKind::Usage);
}

void TestExportPlan::trimByMilliseconds_data()
{
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("firstIndex");
    QTest::addColumn<int>("frames");
    QTest::newRow("inside") << 80 << 200 << 2 << 3;
    QTest::newRow("between frames") << 81 << 199 << 3 << 2;
    QTest::newRow("everything") << 0 << 100000 << 0 << 10;
    QTest::newRow("last frame") << 360 << 400 << 9 << 1;
    QTest::newRow("nothing between frames") << 81 << 119 << -1 << 0;
    QTest::newRow("after the end") << 361 << 1000 << -1 << 0;
}

void TestExportPlan::trimByMilliseconds()
{
    QFETCH(int, begin);
    QFETCH(int, end);
    QFETCH(int, firstIndex);
    QFETCH(int, frames);
    project::ReviewDocument document = tenFrames();
    const auto trim = pipeline::trimFromMilliseconds(document.source, begin, end);
    QCOMPARE(trim.hasValue(), frames > 0);
    if (frames == 0) {
        QCOMPARE(trim.error().kind, base::ErrorKind::Usage);
        return;
    }
    document.settings.trim = *trim;
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    QCOMPARE(plan->firstIndex, firstIndex);
    QCOMPARE(int(plan->frames.size()), frames);
}

void TestExportPlan::analysisFileHasTheAgreedForm()
{
    project::ReviewDocument document = tenFrames();
    base::Track track;
    track.id = 3;
    track.observations = {{38400 + 512, {100, 100, 40, 40}, base::Origin::Detected, 0.91F},
                          {38400 + 1024, {100, 100, 40, 40}, base::Origin::Extended, 0.0F}};
    document.tracks = {track};
    base::Zone zone;
    zone.id = 7;
    zone.polygon = {{0, 0}, {20, 0}, {20, 30}, {0, 30}};
    zone.range = base::TimeRange{38400, 38400 + 512};
    document.zones = {zone};

    const QJsonObject header = pipeline::analysisHeader(document);
    QCOMPARE(header[QStringLiteral("clip")].toString(), QStringLiteral("door.mp4"));
    QCOMPARE(header[QStringLiteral("width")].toInt(), 240); // as displayed
    QCOMPARE(header[QStringLiteral("height")].toInt(), 320);
    QCOMPARE(header[QStringLiteral("rotation")].toInt(), 90);
    QCOMPARE(header[QStringLiteral("frames")].toInt(), 10);
    QVERIFY(header[QStringLiteral("detectors")].isArray());
    QCOMPARE(header[QStringLiteral("basic")], QJsonValue(false));

    const std::vector<QJsonObject> frames = pipeline::analysisFrames(document);
    QCOMPARE(frames.size(), std::size_t(10));
    QCOMPARE(frames[0][QStringLiteral("index")].toInt(), 0);
    QCOMPARE(frames[0][QStringLiteral("pts_ms")].toInt(), 0);
    QCOMPARE(frames[1][QStringLiteral("pts_ms")].toInt(), 40);

    const QJsonObject inZone = frames[0][QStringLiteral("regions")].toArray().at(0).toObject();
    QCOMPARE(inZone[QStringLiteral("kind")].toString(), QStringLiteral("region"));
    QCOMPARE(inZone[QStringLiteral("region")].toArray(), (QJsonArray{0, 0, 20, 30}));
    QVERIFY(inZone[QStringLiteral("box")].isNull());
    QVERIFY(inZone[QStringLiteral("score")].isNull());

    const QJsonObject found = frames[1][QStringLiteral("regions")].toArray().at(0).toObject();
    QCOMPARE(found[QStringLiteral("track")].toInt(), 3);
    QCOMPARE(found[QStringLiteral("kind")].toString(), QStringLiteral("face"));
    QCOMPARE(found[QStringLiteral("origin")].toString(), QStringLiteral("detected"));
    QCOMPARE(found[QStringLiteral("score")].toDouble(), 0.91);
    QCOMPARE(found[QStringLiteral("box")].toArray(), (QJsonArray{100, 100, 40, 40}));
    const QJsonArray region = found[QStringLiteral("region")].toArray();
    QVERIFY(region.at(2).toInt() >= 64); // 30 % more on either side

    const QJsonObject held = frames[2][QStringLiteral("regions")].toArray().at(0).toObject();
    QVERIFY(held[QStringLiteral("box")].isNull());
    QVERIFY(held[QStringLiteral("score")].isNull());
    QVERIFY(frames[3][QStringLiteral("regions")].toArray().isEmpty());
}

QTEST_GUILESS_MAIN(TestExportPlan)
#include "tst_exportplan.moc"
