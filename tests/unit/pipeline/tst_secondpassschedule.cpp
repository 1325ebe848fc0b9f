// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/secondpassschedule.h"

#include <QTest>

using namespace doorveil;
using pipeline::SecondPassSchedule;

namespace {

constexpr std::int64_t frameTicks = 40; // 25 fps in milliseconds

project::ReviewDocument scene(const std::vector<std::pair<int, int>> &tracks)
{
    project::ReviewDocument document;
    document.source.info.storedSize = {640, 480};
    document.source.info.timeBase = {1, 1000};
    for (int index = 0; index < 100; ++index)
        document.source.frames.push_back({index * frameTicks, frameTicks, false});
    for (const auto &[first, last] : tracks) {
        base::Track track;
        track.id = std::int64_t(document.tracks.size()) + 1;
        for (int index = first; index <= last; ++index)
            track.observations.push_back({index * frameTicks, {100, 100, 40, 40}, base::Origin::Detected, 0.9F});
        document.tracks.push_back(track);
    }
    return document;
}

std::vector<std::size_t> keyFrames(SecondPassSchedule schedule)
{
    std::vector<std::size_t> frames;
    for (std::size_t index = 0; index < 100; ++index) {
        if (schedule.takeKeyFrame(index))
            frames.push_back(index);
    }
    return frames;
}

vision::SceneFinds movingAt(const base::Rectangle &area)
{
    vision::SceneFinds finds;
    finds.moving = {area};
    return finds;
}

} // namespace

class TestSecondPassSchedule final : public QObject
{
    Q_OBJECT

private slots:
    void tracksAreLookedAtThreeTimes();
    void shownTracksAreNot();
    void uncoveredMotionIsLookedAtSoon();
    void coveredMotionIsNot();
    void somethingThatMovesIsSearchedTwiceASecond();
};

void TestSecondPassSchedule::tracksAreLookedAtThreeTimes()
{
    const project::ReviewDocument document = scene({{10, 20}, {50, 50}});
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    QCOMPARE(keyFrames(SecondPassSchedule(document, *plan)), (std::vector<std::size_t>{10, 15, 20, 50}));
}

void TestSecondPassSchedule::shownTracksAreNot()
{
    project::ReviewDocument document = scene({{10, 20}});
    document.tracks.front().decision.kind = base::DecisionKind::Show;
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    QVERIFY(keyFrames(SecondPassSchedule(document, *plan)).empty());
}

void TestSecondPassSchedule::uncoveredMotionIsLookedAtSoon()
{
    const project::ReviewDocument document = scene({{10, 20}});
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    SecondPassSchedule schedule(document, *plan);
    schedule.searched(60, movingAt({400, 300, 30, 30}));
    QVERIFY(schedule.takeKeyFrame(61)); // nothing was looked at for long
    schedule.searched(61, movingAt({402, 300, 30, 30}));
    schedule.searched(62, movingAt({404, 300, 30, 30}));
    QVERIFY(!schedule.takeKeyFrame(63)); // 80 ms later
    for (std::size_t index = 63; index < 67; ++index)
        schedule.searched(index, movingAt({406, 300, 30, 30}));
    QVERIFY(!schedule.takeKeyFrame(67)); // 240 ms
    QVERIFY(schedule.takeKeyFrame(68)); // 280 ms
}

void TestSecondPassSchedule::coveredMotionIsNot()
{
    const project::ReviewDocument document = scene({{10, 90}});
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    SecondPassSchedule schedule(document, *plan);
    vision::SceneFinds walker; // the head is covered, the body below it moves
    walker.moving = {{110, 110, 30, 8}, {100, 118, 60, 8}, {100, 126, 60, 60}};
    schedule.searched(60, walker);
    QVERIFY(!schedule.takeKeyFrame(61));
    walker.moving.push_back({300, 126, 60, 60}); // and somebody else
    schedule.searched(61, walker);
    QVERIFY(schedule.takeKeyFrame(62));
}

void TestSecondPassSchedule::somethingThatMovesIsSearchedTwiceASecond()
{
    const vision::SceneSearchSettings settings = SecondPassSchedule::searchSettings({1, 1000});
    QVERIFY(settings.faceInterval <= 0.5);
    QVERIFY(settings.plateInterval <= 0.5);
}

QTEST_GUILESS_MAIN(TestSecondPassSchedule)
#include "tst_secondpassschedule.moc"
