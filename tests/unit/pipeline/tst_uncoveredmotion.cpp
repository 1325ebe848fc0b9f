// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/uncoveredmotion.h"

#include <QTest>

using namespace doorveil;
using namespace doorveil::pipeline;
using base::Rectangle;

namespace {

constexpr base::Size picture{1280, 720};
constexpr base::Rational milliseconds{1, 1000};
constexpr int frame = 40;

/// Somebody who walks to the right, and comes nearer.
Rectangle walker(int pts)
{
    const int size = 80 + pts / 20;
    return {100 + pts / 5, 200, size, 2 * size};
}

void walk(UncoveredMotion &motion, int from, int to)
{
    for (int pts = from; pts <= to; pts += frame)
        motion.addFrame(pts, {walker(pts)}, false);
}

project::ReviewDocument emptyDocument()
{
    project::ReviewDocument document;
    document.source.info.timeBase = milliseconds;
    return document;
}

/// A face on top of the walker, seen in every frame.
base::Track face(int from, int to, base::DecisionKind decision)
{
    base::Track track;
    track.id = 1;
    track.decision.kind = decision;
    for (int pts = from; pts <= to; pts += frame) {
        const Rectangle body = walker(pts);
        track.observations.push_back(
            {pts, {body.x + body.width / 4, body.y, body.width / 2, body.width / 2}, base::Origin::Detected, 0.9F});
    }
    return track;
}

} // namespace

class TestUncoveredMotion final : public QObject
{
    Q_OBJECT

private slots:
    void joinsWhatTouches();
    void findsWhoNobodyFound();
    void knowsWhoWasFound_data();
    void knowsWhoWasFound();
    void findsTheRestOfSomebodyFound();
    void bridgesAPause();
    void passesOverWhatIsSmallOrShort();
    void passesOverWhatSwaysOrIsEverywhere();
    void legsBelongToAFace();
    void cutEndsMovement();
    void mostRiskFirst();
};

void TestUncoveredMotion::joinsWhatTouches()
{
    QCOMPARE(joinedAreas({{0, 0, 10, 10}, {30, 30, 5, 5}, {10, 0, 10, 10}, {34, 28, 9, 9}}),
             (std::vector<Rectangle>{{0, 0, 20, 10}, {30, 28, 13, 9}}));
}

void TestUncoveredMotion::findsWhoNobodyFound()
{
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 2000);
    const auto checks = motion.checks(emptyDocument(), 7);
    QCOMPARE(checks.size(), 1U);
    QCOMPARE(checks[0].id, 7);
    QCOMPARE(checks[0].kind, QStringLiteral("motion-uncovered"));
    QCOMPARE(checks[0].track, 0);
    QVERIFY(checks[0].pts > 1800); // the largest
    QCOMPARE(checks[0].box, walker(int(checks[0].pts)));
    QVERIFY(!checks[0].settled);
}

void TestUncoveredMotion::knowsWhoWasFound_data()
{
    QTest::addColumn<int>("decision");
    QTest::newRow("covered") << int(base::DecisionKind::Cover);
    QTest::newRow("shown") << int(base::DecisionKind::Show);
    QTest::newRow("dismissed") << int(base::DecisionKind::Dismissed);
}

void TestUncoveredMotion::knowsWhoWasFound()
{
    QFETCH(int, decision);
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 2000);
    project::ReviewDocument document = emptyDocument();
    document.tracks = {face(0, 2000, base::DecisionKind(decision))};
    QVERIFY(motion.checks(document, 1).empty());
}

void TestUncoveredMotion::findsTheRestOfSomebodyFound()
{
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 3000);
    project::ReviewDocument document = emptyDocument();
    document.tracks = {face(0, 1000, base::DecisionKind::Cover)};
    const auto checks = motion.checks(document, 1);
    QCOMPARE(checks.size(), 1U);
    QVERIFY(checks[0].pts > 1000);
}

void TestUncoveredMotion::bridgesAPause()
{
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 320);
    for (int pts = 360; pts < 800; pts += frame)
        motion.addFrame(pts, {}, false);
    walk(motion, 800, 1200);
    QCOMPARE(motion.checks(emptyDocument(), 1).size(), 1U);
}

void TestUncoveredMotion::passesOverWhatIsSmallOrShort()
{
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 400);
    for (int pts = 440; pts < 4000; pts += frame)
        motion.addFrame(pts, {{600 + pts / 40, 100, 20, 60}}, false); // a twig
    QVERIFY(motion.checks(emptyDocument(), 1).empty());
}

void TestUncoveredMotion::passesOverWhatSwaysOrIsEverywhere()
{
    UncoveredMotion motion(picture, milliseconds);
    for (int pts = 0; pts < 4000; pts += frame)
        motion.addFrame(pts, {{600 + 10 * ((pts / frame) % 3), 100, 120, 200}}, false); // a bush
    QVERIFY(motion.checks(emptyDocument(), 1).empty());
    UncoveredMotion light(picture, milliseconds);
    for (int pts = 0; pts < 4000; pts += frame)
        light.addFrame(pts, {{0, 0, 1000, 600}, walker(pts)}, false);
    QVERIFY(light.checks(emptyDocument(), 1).empty());
}

void TestUncoveredMotion::legsBelongToAFace()
{
    UncoveredMotion motion(picture, milliseconds);
    for (int pts = 0; pts <= 2000; pts += frame) {
        const Rectangle body = walker(pts);
        motion.addFrame(pts, {{body.x, body.y + body.height, body.width, body.height / 2}}, false);
    }
    project::ReviewDocument document = emptyDocument();
    QCOMPARE(motion.checks(document, 1).size(), 1U); // the control
    document.tracks = {face(0, 2000, base::DecisionKind::Cover)};
    QVERIFY(motion.checks(document, 1).empty());
}

void TestUncoveredMotion::cutEndsMovement()
{
    UncoveredMotion motion(picture, milliseconds);
    walk(motion, 0, 400);
    motion.addFrame(440, {{0, 0, 1280, 720}}, true);
    walk(motion, 480, 880);
    QVERIFY(motion.checks(emptyDocument(), 1).empty());
}

void TestUncoveredMotion::mostRiskFirst()
{
    UncoveredMotion motion(picture, milliseconds);
    for (int pts = 0; pts < 2000; pts += frame) {
        std::vector<Rectangle> moving;
        for (int number = 0; number < 20; ++number)
            moving.push_back({number * 64, 100 + pts / 10, 36 + number, 36 + number});
        motion.addFrame(pts, moving, false);
    }
    const auto checks = motion.checks(emptyDocument(), 1);
    QCOMPARE(checks.size(), UncoveredMotion::mostChecks);
    QCOMPARE(checks.front().box.width, 55);
    for (std::size_t index = 1; index < checks.size(); ++index) {
        QVERIFY(checks[index - 1].box.area() > checks[index].box.area());
        QCOMPARE(checks[index].id, std::int64_t(index) + 1);
    }
}

QTEST_GUILESS_MAIN(TestUncoveredMotion)
#include "tst_uncoveredmotion.moc"
