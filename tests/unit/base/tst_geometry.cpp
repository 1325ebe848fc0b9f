// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/geometry.h"

#include <QTest>

using namespace doorveil::base;

class TestGeometry final : public QObject
{
    Q_OBJECT

private slots:
    void mapsEveryPixelBothWays();
    void rectanglesCoverTheSamePixels();
    void knowsAClockwiseQuarterTurn();
};

void TestGeometry::mapsEveryPixelBothWays()
{
    const Size stored{5, 3};
    for (int turns = 0; turns < 4; ++turns) {
        for (const bool mirrored : {false, true}) {
            const Orientation orientation{turns, mirrored};
            const Size displayed = orientedSize(stored, orientation);
            for (int y = 0; y < displayed.height; ++y) {
                for (int x = 0; x < displayed.width; ++x) {
                    const Point there = displayedToStored(Point{x, y}, stored, orientation);
                    QVERIFY(Rectangle({0, 0, stored.width, stored.height}).contains(there));
                    QCOMPARE(storedToDisplayed(Rectangle{there.x, there.y, 1, 1}, stored, orientation),
                             (Rectangle{x, y, 1, 1}));
                }
            }
        }
    }
}

void TestGeometry::rectanglesCoverTheSamePixels()
{
    const Size stored{7, 4};
    for (int turns = 0; turns < 4; ++turns) {
        for (const bool mirrored : {false, true}) {
            const Orientation orientation{turns, mirrored};
            const Rectangle shown{1, 0, 2, 3};
            const Rectangle kept = displayedToStored(shown, stored, orientation);
            QCOMPARE(kept.area(), shown.area());
            QCOMPARE(storedToDisplayed(kept, stored, orientation), shown);
        }
    }
}

void TestGeometry::knowsAClockwiseQuarterTurn()
{
    // A phone clip stored lying on its left side: the stored top left corner is shown at the top right.
    const Size stored{4, 2};
    const Orientation clockwise{1, false};
    QCOMPARE(storedToDisplayed(Rectangle{0, 0, 1, 1}, stored, clockwise), (Rectangle{1, 0, 1, 1}));
}

QTEST_APPLESS_MAIN(TestGeometry)
#include "tst_geometry.moc"
