// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/picturegeometry.h"
#include "review/timescale.h"
#include "review/trackshape.h"
#include "review/watchedtime.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace doorveil;
using namespace doorveil::ui;

namespace {

base::ClipInfo clipOf(base::Size stored, int quarterTurns, base::Rational aspect)
{
    base::ClipInfo info;
    info.storedSize = stored;
    info.orientation.quarterTurns = quarterTurns;
    info.sampleAspect = aspect;
    return info;
}

bool isNear(double a, double b)
{
    return std::abs(a - b) < 1e-6;
}

} // namespace

/// What lies where, without any widget.
class TestReviewGeometry final : public QObject
{
    Q_OBJECT

private slots:
    void pictureFitsForEveryTurnAndAspect_data();
    void pictureFitsForEveryTurnAndAspect();
    void unusableAspectsCountAsSquare();
    void zoomKeepsTheAnchor();
    void panningLeavesNoBorder();
    void drawnRectanglesAreClamped();
    void smallestAreaIsHit();
    void handlesOfTheSelectedAreaComeFirst();
    void boxesAreAdjusted_data();
    void boxesAreAdjusted();
    void adjustedBoxesStayUsable();
    void timeAndPixelAgree();
    void timelineZoomsToTheCursor();
    void timelineStaysInTheClip();
    void marksLeaveRoom();
    void snappingTakesTheNearest();
    void onlyLanesInViewAreAsked();
    void shapesTellHowBoxesCameAbout();
    void watchedTimesStayDisjoint();
    void watchedFramesAreCounted();
};

void TestReviewGeometry::pictureFitsForEveryTurnAndAspect_data()
{
    QTest::addColumn<int>("turns");
    QTest::addColumn<int>("numerator");
    QTest::addColumn<int>("denominator");
    for (int turns = 0; turns < 4; ++turns) {
        for (const auto &[numerator, denominator] : {std::pair(1, 1), std::pair(4, 3), std::pair(10, 11)})
            QTest::addRow("%d degrees, %d:%d", turns * 90, numerator, denominator) << turns << numerator << denominator;
    }
}

void TestReviewGeometry::pictureFitsForEveryTurnAndAspect()
{
    QFETCH(int, turns);
    QFETCH(int, numerator);
    QFETCH(int, denominator);
    const base::ClipInfo info = clipOf({640, 360}, turns, {numerator, denominator});
    const base::Size size = info.displayedSize();
    PictureGeometry geometry(size, displayedPixelAspect(info));
    geometry.setViewSize(QSizeF(800, 600));
    const QRectF area = geometry.pictureArea();

    // The picture's shape on screen: stored pixels are numerator : denominator wide, and turn with the picture.
    double expected = 640.0 * numerator / (360.0 * denominator);
    if (turns % 2 != 0)
        expected = 1.0 / expected;
    QVERIFY2(isNear(area.width() / area.height(), expected), qPrintable(QString::number(area.width() / area.height())));
    QVERIFY(isNear(area.width(), 800) || isNear(area.height(), 600));
    QVERIFY(area.width() <= 800 + 1e-6 && area.height() <= 600 + 1e-6);
    QVERIFY(isNear(area.center().x(), 400) && isNear(area.center().y(), 300));

    // There and back for every corner and pixel.
    for (const base::Point pixel :
         {base::Point{0, 0}, {size.width - 1, 0}, {0, size.height - 1}, {size.width - 1, size.height - 1}, {17, 29}}) {
        const QPointF middle = geometry.toView(QPointF(pixel.x + 0.5, pixel.y + 0.5));
        QVERIFY(geometry.pixelAt(middle) == pixel);
        const QPointF back = geometry.toPicture(middle);
        QVERIFY(isNear(back.x(), pixel.x + 0.5) && isNear(back.y(), pixel.y + 0.5));
    }
    QVERIFY(!geometry.pixelAt(area.topLeft() - QPointF(0.5, 0.5)));
    QVERIFY(!geometry.pixelAt(area.bottomRight() + QPointF(0.5, 0.5)));
    // A box of the displayed picture covers the very part of the view that its pixels fill.
    const QRectF box = geometry.toView(base::Rectangle{10, 20, 30, 40});
    QVERIFY(geometry.rectangleBetween(box.topLeft() + QPointF(0.01, 0.01), box.bottomRight() - QPointF(0.01, 0.01))
            == (base::Rectangle{10, 20, 30, 40}));
}

void TestReviewGeometry::unusableAspectsCountAsSquare()
{
    for (const base::Rational aspect : {base::Rational{0, 1}, {-4, 3}, {1, 0}, {1000, 1}, {1, 1000}})
        QCOMPARE(displayedPixelAspect(clipOf({640, 480}, 0, aspect)), 1.0);
    QVERIFY(isNear(displayedPixelAspect(clipOf({640, 480}, 1, {2, 1})), 0.5));
}

void TestReviewGeometry::zoomKeepsTheAnchor()
{
    PictureGeometry geometry({1920, 1080}, 4.0 / 3.0);
    geometry.setViewSize(QSizeF(800, 500));
    const QPointF anchor(321, 222);
    geometry.setZoom(2.0, QPointF(400, 250)); // larger than the view in both directions
    const QPointF before = geometry.toPicture(anchor);
    geometry.setZoom(3.0, anchor);
    const QPointF after = geometry.toPicture(anchor);
    QVERIFY(isNear(before.x(), after.x()) && isNear(before.y(), after.y()));
    QVERIFY(!geometry.isFitted());
    geometry.setZoom(1e9, anchor);
    QVERIFY(geometry.zoom() <= 32.0);
    geometry.setZoom(0.0, anchor);
    QVERIFY(geometry.zoom() > 0.0);
    geometry.fit();
    QVERIFY(geometry.isFitted() && isNear(geometry.pictureArea().width(), 800));
}

void TestReviewGeometry::panningLeavesNoBorder()
{
    PictureGeometry geometry({640, 360}, 1.0);
    geometry.setViewSize(QSizeF(640, 360));
    geometry.setZoom(4.0, QPointF(0, 0));
    geometry.pan(QPointF(5000, 5000));
    QCOMPARE(geometry.pictureArea().topLeft(), QPointF(0, 0));
    geometry.pan(QPointF(-99999, -99999));
    QCOMPARE(geometry.pictureArea().bottomRight(), QPointF(640, 360));
    geometry.setViewSize(QSizeF(10000, 10000)); // smaller than the view now: in its middle
    QVERIFY(isNear(geometry.pictureArea().center().x(), 5000));
}

void TestReviewGeometry::drawnRectanglesAreClamped()
{
    PictureGeometry geometry({100, 50}, 1.0);
    geometry.setViewSize(QSizeF(200, 100)); // two view pixels a picture pixel
    QVERIFY(geometry.rectangleBetween({21, 21}, {59, 39}) == (base::Rectangle{10, 10, 20, 10}));
    QVERIFY(geometry.rectangleBetween({59, 39}, {21, 21}) == (base::Rectangle{10, 10, 20, 10}));
    QVERIFY(geometry.rectangleBetween({-500, -500}, {5000, 5000}) == (base::Rectangle{0, 0, 100, 50}));
    QVERIFY(geometry.rectangleBetween({-500, -500}, {-400, -400}).isEmpty());
}

void TestReviewGeometry::smallestAreaIsHit()
{
    const std::vector<PointedArea> areas{{1, QRectF(0, 0, 100, 100), false}, {2, QRectF(40, 40, 20, 20), false}};
    QCOMPARE(hitTest(areas, {50, 50}, 6).id, 2);
    QCOMPARE(hitTest(areas, {10, 50}, 6).id, 1);
    QCOMPARE(hitTest(areas, {10, 50}, 6).handle, Handle::Inside);
    QCOMPARE(hitTest(areas, {0.5, 50}, 6).handle, Handle::Inside); // not selected: no handles
    QCOMPARE(hitTest(areas, {150, 50}, 6).id, 0);
}

void TestReviewGeometry::handlesOfTheSelectedAreaComeFirst()
{
    const std::vector<PointedArea> areas{{1, QRectF(0, 0, 100, 100), true}, {2, QRectF(90, 40, 20, 20), false}};
    QCOMPARE(hitTest(areas, {99, 50}, 6).id, 1);
    QCOMPARE(hitTest(areas, {99, 50}, 6).handle, Handle::Right);
    QCOMPARE(hitTest(areas, {103, -3}, 6).handle, Handle::TopRight);
    QCOMPARE(hitTest(areas, {-2, 101}, 6).handle, Handle::BottomLeft);
    QCOMPARE(hitTest(areas, {50, 2}, 6).handle, Handle::Top);
    // Of a tiny area the middle can still be taken.
    QCOMPARE(handleAt(QRectF(0, 0, 8, 8), {4, 4}, 6), Handle::Inside);
}

void TestReviewGeometry::boxesAreAdjusted_data()
{
    QTest::addColumn<int>("handle");
    QTest::addColumn<QRect>("expected");
    QTest::newRow("move") << int(Handle::Inside) << QRect(15, 17, 20, 30);
    QTest::newRow("left") << int(Handle::Left) << QRect(15, 10, 15, 30);
    QTest::newRow("top left") << int(Handle::TopLeft) << QRect(15, 17, 15, 23);
    QTest::newRow("top") << int(Handle::Top) << QRect(10, 17, 20, 23);
    QTest::newRow("top right") << int(Handle::TopRight) << QRect(10, 17, 25, 23);
    QTest::newRow("right") << int(Handle::Right) << QRect(10, 10, 25, 30);
    QTest::newRow("bottom right") << int(Handle::BottomRight) << QRect(10, 10, 25, 37);
    QTest::newRow("bottom") << int(Handle::Bottom) << QRect(10, 10, 20, 37);
    QTest::newRow("bottom left") << int(Handle::BottomLeft) << QRect(15, 10, 15, 37);
    QTest::newRow("none") << int(Handle::None) << QRect(10, 10, 20, 30);
}

void TestReviewGeometry::boxesAreAdjusted()
{
    QFETCH(int, handle);
    QFETCH(QRect, expected);
    const base::Rectangle box = adjusted({10, 10, 20, 30}, Handle(handle), 5, 7, {100, 100});
    QCOMPARE(QRect(box.x, box.y, box.width, box.height), expected);
}

void TestReviewGeometry::adjustedBoxesStayUsable()
{
    std::mt19937 random(3);
    const auto some = [&random](int from, int to) { return from + int(random() % std::uint32_t(to - from + 1)); };
    for (int trial = 0; trial < 20000; ++trial) {
        const base::Size picture{some(8, 200), some(8, 200)};
        const base::Rectangle before{some(-10, picture.width - 5), some(-10, picture.height - 5), some(1, 250),
                                     some(1, 250)};
        const base::Rectangle after = adjusted(before, Handle(some(0, 9)), some(-400, 400), some(-400, 400), picture);
        QVERIFY(after.width >= std::min(smallestSide, before.width));
        QVERIFY(after.height >= std::min(smallestSide, before.height));
        // No side leaves the picture that was inside it, and nothing is moved out of sight.
        if (!before.clampedTo(picture).isEmpty())
            QVERIFY(!after.clampedTo(picture).isEmpty());
    }
}

void TestReviewGeometry::timeAndPixelAgree()
{
    TimeScale scale({9000, 9000 + 90000 * 60}, {1, 90000});
    scale.setWidth(1000);
    QVERIFY(scale.showsAll());
    QCOMPARE(scale.xOf(9000), 0.0);
    QVERIFY(isNear(scale.xOf(9000 + 90000 * 60), 1000));
    for (const double x : {0.0, 1.0, 333.25, 999.0, 1000.0})
        QVERIFY(std::abs(scale.xOf(scale.ticksAt(x)) - x) <= 0.5 / scale.ticksPerPixel() + 1e-9);
    QCOMPARE(scale.ticksAt(-50), 9000);
    QCOMPARE(scale.ticksAt(5000), 9000 + 90000 * 60);
}

void TestReviewGeometry::timelineZoomsToTheCursor()
{
    TimeScale scale({0, 90000 * 3600}, {1, 90000});
    scale.setWidth(1200);
    const double x = 517;
    const std::int64_t under = scale.ticksAt(x);
    for (int step = 0; step < 20; ++step)
        scale.zoom(1.3, x);
    QVERIFY(!scale.showsAll());
    QVERIFY(std::abs(double(scale.ticksAt(x) - under)) <= 2.0 * 90000 * 3600 / 1200 * 1e-3 + 2);
    for (int step = 0; step < 500; ++step)
        scale.zoom(1.3, x);
    QVERIFY(scale.ticksPerPixel() >= 90.0 - 1e-6); // a millisecond a pixel
    for (int step = 0; step < 500; ++step)
        scale.zoom(1.0 / 1.3, x);
    QVERIFY(scale.showsAll());
}

void TestReviewGeometry::timelineStaysInTheClip()
{
    std::mt19937 random(11);
    TimeScale scale({-500, 70000}, {1, 1000});
    scale.setWidth(640);
    for (int step = 0; step < 5000; ++step) {
        switch (random() % 4) {
        case 0:
            scale.zoom(0.5 + double(random() % 300) / 100.0, double(random() % 640));
            break;
        case 1:
            scale.scroll(double(random() % 4000) - 2000.0);
            break;
        case 2:
            scale.makeVisible(std::int64_t(random() % 70500) - 500);
            break;
        default:
            scale.setWidth(100.0 + double(random() % 1500));
        }
        const base::TimeRange visible = scale.visible();
        QVERIFY2(visible.begin >= -502 && visible.end <= 70002, qPrintable(QString::number(visible.end)));
    }
    scale.zoom(50, 100);
    scale.makeVisible(35000);
    QVERIFY(scale.xOf(35000) >= 0 && scale.xOf(35000) <= scale.width());
}

void TestReviewGeometry::marksLeaveRoom()
{
    TimeScale scale({0, 3'600'000}, {1, 1000});
    for (const double width : {100.0, 500.0, 2000.0}) {
        scale.setWidth(width);
        scale.showAll();
        const std::int64_t step = scale.markMilliseconds(70);
        QVERIFY(double(step) / scale.ticksPerPixel() >= 70.0);
    }
    TimeScale day({0, 86'400'000}, {1, 1000});
    day.setWidth(200);
    QVERIFY(double(day.markMilliseconds(70)) / day.ticksPerPixel() >= 70.0);
}

void TestReviewGeometry::snappingTakesTheNearest()
{
    TimeScale scale({0, 10000}, {1, 1000});
    scale.setWidth(1000); // 10 ticks a pixel
    QCOMPARE(snapped(scale, 505, {0, 450, 500, 560}, 6), 500);
    QCOMPARE(snapped(scale, 505, {0, 300, 700}, 6), 505);
    QCOMPARE(snapped(scale, 540, {500, 560}, 6), 560);
    QCOMPARE(snapped(scale, 540, {}, 6), 540);
}

void TestReviewGeometry::onlyLanesInViewAreAsked()
{
    LaneLayout layout;
    layout.top = 60;
    layout.laneHeight = 20;
    layout.viewHeight = 110;
    layout.count = 1000;
    QCOMPARE(layout.firstVisible(), std::size_t(0));
    QCOMPARE(layout.endVisible(), std::size_t(6));
    layout.offset = 1005;
    QCOMPARE(layout.firstVisible(), std::size_t(50));
    QCOMPARE(layout.endVisible(), std::size_t(56));
    QCOMPARE(layout.laneAt(60.0).value(), std::size_t(50));
    QCOMPARE(layout.laneAt(layout.yOf(53) + 1).value(), std::size_t(53));
    QVERIFY(!layout.laneAt(59.0) && !layout.laneAt(170.0));
    QCOMPARE(layout.largestOffset(), 1000 * 20.0 - 110.0);
    layout.count = 2;
    layout.offset = 0;
    QVERIFY(!layout.laneAt(105.0));
    QCOMPARE(layout.largestOffset(), 0.0);
}

void TestReviewGeometry::shapesTellHowBoxesCameAbout()
{
    using base::Origin;
    std::vector<base::FrameTime> frames;
    for (int index = 0; index < 12; ++index)
        frames.push_back({index * 10, 10, false});
    base::Track track;
    const auto add = [&track](int frame, Origin origin) {
        track.observations.push_back({frame * 10, {0, 0, 8, 8}, origin, 0.5F});
    };
    for (const auto &[frame, origin] :
         {std::pair(1, Origin::Extended), std::pair(2, Origin::Detected), std::pair(3, Origin::Manual),
          std::pair(4, Origin::Interpolated), std::pair(5, Origin::Interpolated), std::pair(6, Origin::Detected),
          std::pair(9, Origin::Propagated)})
        add(frame, origin);
    const TrackShape shape = shapeOf(track, frames);
    const std::vector<TrackSpan> expected{{{10, 20}, SpanKind::Extended},
                                          {{20, 40}, SpanKind::Seen},
                                          {{40, 60}, SpanKind::Bridged},
                                          {{60, 70}, SpanKind::Seen},
                                          {{90, 100}, SpanKind::Followed}};
    QVERIFY(shape.spans == expected);
    QCOMPARE(shape.keyframes, std::vector<std::int64_t>{30});
    QCOMPARE(stops(shape), (std::vector<std::int64_t>{10, 20, 30, 40, 60, 90}));
    QVERIFY(shapeOf({}, frames).spans.empty());
}

void TestReviewGeometry::watchedTimesStayDisjoint()
{
    std::mt19937 random(5);
    for (int trial = 0; trial < 300; ++trial) {
        TimeRanges ranges;
        std::vector<bool> plain(200, false);
        for (int step = 0; step < 25; ++step) {
            const std::int64_t begin = std::int64_t(random() % 190);
            const std::int64_t end = std::min<std::int64_t>(200, begin + std::int64_t(random() % 20));
            ranges = withRange(ranges, {begin, end});
            for (std::int64_t at = begin; at < end; ++at)
                plain[std::size_t(at)] = true;
        }
        for (std::size_t index = 0; index < ranges.size(); ++index) {
            QVERIFY(ranges[index].begin < ranges[index].end);
            QVERIFY(index == 0 || ranges[index - 1].end < ranges[index].begin);
        }
        for (std::int64_t at = 0; at < 200; ++at) {
            const bool inside = std::any_of(ranges.begin(), ranges.end(),
                                            [at](const base::TimeRange &range) { return range.contains(at); });
            QCOMPARE(inside, bool(plain[std::size_t(at)]));
        }
        std::int64_t missing = 0;
        for (const base::TimeRange &range : missingFrom(ranges, {0, 200}))
            missing += range.end - range.begin;
        QCOMPARE(missing, std::int64_t(std::count(plain.begin(), plain.end(), false)));
    }
}

void TestReviewGeometry::watchedFramesAreCounted()
{
    std::vector<base::FrameTime> frames;
    for (int index = 0; index < 10; ++index)
        frames.push_back({index * 10, 10, false});
    const TimeRanges watched{{0, 30}, {50, 60}};
    QCOMPARE(watchedFrames(watched, frames, {0, 100}).watched, std::size_t(4));
    QCOMPARE(watchedFrames(watched, frames, {0, 100}).percent(), 40);
    QVERIFY(watchedFrames(watched, frames, {0, 30}).isComplete());
    QVERIFY(unwatched(watched, frames, {0, 100}) == (TimeRanges{{30, 50}, {60, 100}}));
    QVERIFY(unwatched(watched, frames, {0, 30}).empty());
    // 100 only when nothing is missing.
    frames.clear();
    for (int index = 0; index < 1000; ++index)
        frames.push_back({index, 1, false});
    QCOMPARE(watchedFrames({{0, 999}}, frames, {0, 1000}).percent(), 99);
}

QTEST_GUILESS_MAIN(TestReviewGeometry)
#include "tst_reviewgeometry.moc"
