// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/appearance.h"

#include <QTest>

#include <array>
#include <random>

using namespace doorveil;
using namespace doorveil::tracking;

namespace {

using Colour = std::array<int, 3>; // blue, green, red

struct Person
{
    Colour head;
    Colour chest;
    Colour waist;
};

constexpr Person inRed{{60, 90, 150}, {40, 40, 190}, {90, 60, 40}};
constexpr Person inBlue{{60, 90, 150}, {190, 90, 40}, {40, 90, 60}};
constexpr Person inGrey{{90, 90, 90}, {60, 60, 60}, {140, 140, 140}};
constexpr base::Size size{200, 300};
constexpr base::Rectangle head{80, 40, 40, 48};

/// Head, chest and waist below each other, as bright as the light is, with grain.
base::Picture pictureOf(const Person &person, double light, unsigned seed, int grain = 6)
{
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> noise(-grain, grain);
    base::Picture picture{size, std::vector<std::uint8_t>(std::size_t(size.width * size.height) * 3)};
    for (int y = 0; y < size.height; ++y) {
        const Colour &colour = y < head.y + head.height ? person.head : y < head.y + 108 ? person.chest : person.waist;
        for (int x = 0; x < size.width; ++x) {
            for (std::size_t channel = 0; channel < 3; ++channel)
                picture.bgr[std::size_t(y * size.width + x) * 3 + channel] =
                    std::uint8_t(std::clamp(int(colour[channel] * light) + noise(random), 0, 255));
        }
    }
    return picture;
}

} // namespace

class TestAppearance final : public QObject
{
    Q_OBJECT

private slots:
    void sameClothesAreAlike();
    void otherClothesAreNot();
    void withoutColourNothingIsSaid();
    void withoutAChestNothingIsSaid();
    void meanLiesBetween();
};

void TestAppearance::sameClothesAreAlike()
{
    const Appearance first = appearanceOf(pictureOf(inRed, 1.0, 1), head);
    QVERIFY(!first.isEmpty());
    QVERIFY(likeness(first, first) > 0.999);
    const double again = likeness(first, appearanceOf(pictureOf(inRed, 0.95, 2), head));
    QVERIFY2(again >= alikeFrom, qPrintable(QString::number(again)));
}

void TestAppearance::otherClothesAreNot()
{
    const Appearance red = appearanceOf(pictureOf(inRed, 1.0, 1), head);
    const Appearance blue = appearanceOf(pictureOf(inBlue, 1.0, 2), head);
    QVERIFY(!blue.isEmpty());
    QVERIFY2(likeness(red, blue) < 0.6, qPrintable(QString::number(likeness(red, blue))));
    // One piece of three in common is not enough.
    const Person halfway{inRed.head, inRed.chest, inBlue.waist};
    QVERIFY(likeness(red, appearanceOf(pictureOf(halfway, 1.0, 3), head)) < alikeFrom);
}

void TestAppearance::withoutColourNothingIsSaid()
{
    QVERIFY(appearanceOf(pictureOf(inGrey, 1.0, 1, 0), head).isEmpty());
    QCOMPARE(likeness({}, {}), 0.0);
    QCOMPARE(likeness(appearanceOf(pictureOf(inRed, 1.0, 1), head), {}), 0.0);
}

void TestAppearance::withoutAChestNothingIsSaid()
{
    const base::Picture picture = pictureOf(inRed, 1.0, 1);
    QVERIFY(appearanceOf(picture, {80, size.height - 60, 40, 48}).isEmpty()); // below the picture
    QVERIFY(appearanceOf(picture, {80, 40, 10, 10}).isEmpty()); // too small to tell
    QVERIFY(appearanceOf(picture, {-500, -500, 40, 48}).isEmpty());
    QVERIFY(appearanceOf({}, head).isEmpty());
}

void TestAppearance::meanLiesBetween()
{
    const Appearance red = appearanceOf(pictureOf(inRed, 1.0, 1), head);
    const Appearance blue = appearanceOf(pictureOf(inBlue, 1.0, 2), head);
    const Appearance mean = meanOf({red, {}, blue});
    QVERIFY(likeness(mean, red) > likeness(blue, red));
    QVERIFY(likeness(mean, red) < 0.999);
    QVERIFY(meanOf({}).isEmpty());
    QVERIFY(meanOf({{}, {}}).isEmpty());
}

QTEST_GUILESS_MAIN(TestAppearance)
#include "tst_appearance.moc"
