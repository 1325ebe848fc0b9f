// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/drawnscene.h"
#include "tracking/boxfollower.h"

#include <QTest>

using namespace doorveil;
using base::Rectangle;
using testsupport::DrawnPatch;
using testsupport::drawScene;
using tracking::BoxFollower;

namespace {

constexpr base::Size sceneSize{640, 360};

BoxFollower::View viewOf(const std::vector<DrawnPatch> &patches, int index)
{
    return BoxFollower::viewOf(drawScene(sceneSize, index, patches, 2));
}

/// Where the patch is in a frame: across the picture and a little down.
Rectangle walking(int index)
{
    return {60 + 5 * index, 120 + index, 48, 64};
}

} // namespace

class TestBoxFollower final : public QObject
{
    Q_OBJECT

private slots:
    void followsForwards();
    void followsBackwards();
    void standsStillWithTheSubject();
    void endsWhereItLeavesThePicture();
    void endsWhereTheSubjectIsGone();
    void doesNotSlideOntoSomethingElse();
    void nothingToFollowEndsAtOnce();
};

void TestBoxFollower::followsForwards()
{
    BoxFollower follower(sceneSize, viewOf({{walking(0)}}, 0), walking(0));
    for (int index = 1; index < 60; ++index) {
        const auto box = follower.follow(viewOf({{walking(index)}}, index));
        QVERIFY2(box.has_value(), qPrintable(QString::number(index)));
        const double share = base::intersectionOverUnion(*box, walking(index));
        QVERIFY2(share > 0.7, qPrintable(QStringLiteral("%1: %2").arg(index).arg(share)));
    }
}

void TestBoxFollower::followsBackwards()
{
    BoxFollower follower(sceneSize, viewOf({{walking(60)}}, 60), walking(60));
    for (int index = 59; index >= 0; --index) {
        const auto box = follower.follow(viewOf({{walking(index)}}, index));
        QVERIFY(box.has_value());
        QVERIFY(base::intersectionOverUnion(*box, walking(index)) > 0.7);
    }
}

void TestBoxFollower::standsStillWithTheSubject()
{
    const Rectangle place{200, 100, 50, 60};
    BoxFollower follower(sceneSize, viewOf({{place}}, 0), place);
    for (int index = 1; index < 200; ++index) {
        const auto box = follower.follow(viewOf({{place}}, index));
        QVERIFY(box.has_value());
        QVERIFY(base::intersectionOverUnion(*box, place) > 0.9); // it does not creep away
    }
}

void TestBoxFollower::endsWhereItLeavesThePicture()
{
    BoxFollower follower(sceneSize, viewOf({{walking(0)}}, 0), walking(0));
    int last = 0;
    for (int index = 1; index < 160; ++index) {
        const auto box = follower.follow(viewOf({{walking(index)}}, index));
        if (!box)
            break;
        last = index;
        QVERIFY(box->clampedTo(sceneSize) == *box);
    }
    QVERIFY2(last > 90 && last < 118, qPrintable(QString::number(last))); // its last pixel leaves in frame 116
    QVERIFY(!follower.follow(viewOf({{walking(0)}}, 0))); // lost is lost
}

void TestBoxFollower::endsWhereTheSubjectIsGone()
{
    BoxFollower follower(sceneSize, viewOf({{walking(0)}}, 0), walking(0));
    for (int index = 1; index < 10; ++index)
        QVERIFY(follower.follow(viewOf({{walking(index)}}, index)).has_value());
    QVERIFY(!follower.follow(viewOf({}, 10)));
}

void TestBoxFollower::doesNotSlideOntoSomethingElse()
{
    // In the same place, from one frame to the next, another subject.
    BoxFollower follower(sceneSize, viewOf({{walking(0)}}, 0), walking(0));
    for (int index = 1; index < 10; ++index)
        QVERIFY(follower.follow(viewOf({{walking(index)}}, index)).has_value());
    DrawnPatch other{walking(10)};
    other.seed = 99;
    QVERIFY(!follower.follow(viewOf({other}, 10)));
}

void TestBoxFollower::nothingToFollowEndsAtOnce()
{
    for (const Rectangle &box : {Rectangle{}, Rectangle{900, 900, 40, 40}}) {
        BoxFollower follower(sceneSize, viewOf({{walking(0)}}, 0), box);
        QVERIFY(!follower.follow(viewOf({{walking(0)}}, 1)));
    }
}

QTEST_GUILESS_MAIN(TestBoxFollower)
#include "tst_boxfollower.moc"
