// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/cameramotion.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace doorveil;
using namespace doorveil::tracking;

namespace {

constexpr base::Size size{256, 144};

/// A street with a pattern everywhere that repeats nowhere: smooth noise of two sizes.
double scene(double x, double y)
{
    const auto level = [](int column, int row, unsigned octave) {
        unsigned value = unsigned(column) * 374761393U + unsigned(row) * 668265263U + octave * 2246822519U;
        value = (value ^ (value >> 13)) * 1274126177U;
        return double((value ^ (value >> 16)) & 255U);
    };
    const auto smooth = [&level](double left, double top, unsigned octave) {
        const double column = std::floor(left);
        const double row = std::floor(top);
        const double right = left - column;
        const double down = top - row;
        const int at = int(column);
        const int on = int(row);
        return (1 - down) * ((1 - right) * level(at, on, octave) + right * level(at + 1, on, octave))
               + down * ((1 - right) * level(at, on + 1, octave) + right * level(at + 1, on + 1, octave));
    };
    return 0.6 * smooth(x / 11 + 1000, y / 11 + 1000, 1) + 0.4 * smooth(x / 4 + 1000, y / 4 + 1000, 2);
}

base::GreyPicture view(double x, double y, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> noise(-3, 3);
    base::GreyPicture picture{size, std::vector<std::uint8_t>(std::size_t(size.width * size.height))};
    for (int row = 0; row < size.height; ++row) {
        for (int column = 0; column < size.width; ++column)
            picture.samples[std::size_t(row * size.width + column)] =
                std::uint8_t(std::clamp(int(scene(column + x, row + y)) + noise(random), 0, 255));
    }
    return picture;
}

/// Somebody with a pattern of their own stands in front of it.
void stand(base::GreyPicture &picture, const base::Rectangle &where)
{
    for (int row = where.y; row < where.y + where.height; ++row) {
        for (int column = where.x; column < where.x + where.width; ++column)
            picture.samples[std::size_t(row * size.width + column)] =
                std::uint8_t(100 + 60 * std::sin((column - where.x) * 0.5) + 40 * std::sin((row - where.y) * 0.37));
    }
}

} // namespace

class TestCameraMotion final : public QObject
{
    Q_OBJECT

private slots:
    void cameraThatMoves_data();
    void cameraThatMoves();
    void cameraThatStands();
    void peopleWhoWalk();
    void nothingToCompare();
};

void TestCameraMotion::cameraThatMoves_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::newRow("to the right") << 3.0 << 0.0;
    QTest::newRow("down") << 0.0 << 2.0;
    QTest::newRow("aslant, a little") << 0.5 << 0.4;
}

void TestCameraMotion::cameraThatMoves()
{
    QFETCH(double, x);
    QFETCH(double, y);
    CameraMotion camera;
    QVERIFY(!camera.addPicture(view(0, 0, 1)));
    QVERIFY(camera.addPicture(view(x, y, 2)));
    QVERIFY(camera.addPicture(view(2 * x, 2 * y, 3)));
    // With somebody in view, who walks their own way.
    base::GreyPicture withSomebody = view(3 * x, 3 * y, 4);
    stand(withSomebody, {100, 60, 40, 80});
    QVERIFY(camera.addPicture(withSomebody));
    QVERIFY(!camera.addPicture(withSomebody)); // it stands still again
}

void TestCameraMotion::cameraThatStands()
{
    CameraMotion camera;
    for (unsigned seed = 0; seed < 5; ++seed)
        QVERIFY(!camera.addPicture(view(0, 0, seed)));
    // A lamp is switched on.
    base::GreyPicture brighter = view(0, 0, 9);
    for (std::uint8_t &sample : brighter.samples)
        sample = std::uint8_t(std::min(255, sample + 30));
    QVERIFY(!camera.addPicture(brighter));
}

void TestCameraMotion::peopleWhoWalk()
{
    // Three abreast fill half of the picture and walk the same way; what is behind them stands still.
    CameraMotion camera;
    for (int step = 0; step < 8; ++step) {
        base::GreyPicture picture = view(0, 0, unsigned(step));
        for (int number = 0; number < 3; ++number)
            stand(picture, {10 + number * 62 + step * 3, 24, 50, 120});
        QVERIFY(!camera.addPicture(picture));
    }
}

void TestCameraMotion::nothingToCompare()
{
    CameraMotion camera;
    QVERIFY(!camera.addPicture(view(0, 0, 1)));
    camera.clear();
    QVERIFY(!camera.addPicture(view(3, 0, 2))); // after a cut
    const base::GreyPicture wall{size, std::vector<std::uint8_t>(std::size_t(size.width * size.height), 90)};
    QVERIFY(!camera.addPicture(wall));
    QVERIFY(!camera.addPicture(wall));
    QVERIFY(!camera.addPicture({{8, 8}, std::vector<std::uint8_t>(64)}));
    QVERIFY(!camera.addPicture({}));
    QVERIFY(!camera.addPicture({}));
}

QTEST_GUILESS_MAIN(TestCameraMotion)
#include "tst_cameramotion.moc"
