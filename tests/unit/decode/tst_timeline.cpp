// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/timeline_p.h"

#include <QTest>

#include <limits>
#include <vector>

using doorveil::decode::Timeline;
using Rule = doorveil::decode::Timeline::Rule;

namespace {
constexpr std::int64_t frameDuration = 40;
constexpr std::int64_t second = 1000;
} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatIncreases();
    void synthesisesMissingTimes();
    void movesRepeatedTimes();
    void goesOnBehindAJumpBack();
    void increasesForAnyNumbers();
};

void TestTimeline::keepsWhatIncreases()
{
    Timeline timeline(frameDuration, second);
    for (const std::int64_t pts : {-7, 0, 3, 100, 5000}) {
        const auto assigned = timeline.assign(pts);
        QCOMPARE(assigned.pts, pts);
        QCOMPARE(assigned.rule, Rule::Kept);
    }
}

void TestTimeline::synthesisesMissingTimes()
{
    Timeline timeline(frameDuration, second);
    QCOMPARE(timeline.assign(std::nullopt).pts, 0);
    QCOMPARE(timeline.assign(100).pts, 100);
    const auto assigned = timeline.assign(std::nullopt);
    QCOMPARE(assigned.pts, 140);
    QCOMPARE(assigned.rule, Rule::Synthesised);
}

void TestTimeline::movesRepeatedTimes()
{
    Timeline timeline(frameDuration, second);
    QCOMPARE(timeline.assign(100).pts, 100);
    const auto repeated = timeline.assign(100);
    QCOMPARE(repeated.pts, 101);
    QCOMPARE(repeated.rule, Rule::Moved);
    QCOMPARE(timeline.assign(60).pts, 102);
    QCOMPARE(timeline.assign(140).pts, 140);
}

void TestTimeline::goesOnBehindAJumpBack()
{
    Timeline timeline(frameDuration, second);
    QCOMPARE(timeline.assign(90'000).pts, 90'000);
    const auto jumped = timeline.assign(0);
    QCOMPARE(jumped.pts, 90'040);
    QCOMPARE(jumped.rule, Rule::Restarted);
    const auto after = timeline.assign(33);
    QCOMPARE(after.pts, 90'073);
    QCOMPARE(after.rule, Rule::Kept);
}

void TestTimeline::increasesForAnyNumbers()
{
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    const std::vector<std::optional<std::int64_t>> hostile{most, most, {}, least, 0, most, least, {}, most - 1, least};
    Timeline timeline(frameDuration, second);
    std::int64_t last = least;
    for (const auto &pts : hostile) {
        const auto assigned = timeline.assign(pts);
        QVERIFY(assigned.pts > last);
        last = assigned.pts;
    }
}

QTEST_APPLESS_MAIN(TestTimeline)
#include "tst_timeline.moc"
