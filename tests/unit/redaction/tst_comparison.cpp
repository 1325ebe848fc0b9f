// SPDX-License-Identifier: GPL-3.0-or-later
#include "frames.h"

#include "redaction/comparison.h"
#include "redaction/redactor.h"

#include <QTest>

using namespace doorveil;
using base::VideoFrame;
using redaction::Comparison;

namespace {

using Regions = std::vector<redaction::CoverRegion>;

const Regions plate = {testsupport::region(1, {40, 32, 48, 28})};
const Regions smallPlate = {testsupport::region(1, {40, 32, 26, 35})};
constexpr int wall = 120;

/// Squares of a faint chequerboard: whether the sample lies on a bright one.
bool isBright(int x, int y)
{
    return (x / 4 + y / 4) % 2 == 0;
}

/// A wall with a plate on it, whose paint is brighter than the wall by what `paint` says of a sample.
template<typename Paint> VideoFrame painted(const Regions &regions, Paint paint)
{
    VideoFrame frame = testsupport::texturedFrame({128, 96}, {base::ChromaLayout::Grey, 8}, 1);
    for (int y = 0; y < 96; ++y) {
        for (int x = 0; x < 128; ++x) {
            const bool inside = regions.front().region.contains({x, y});
            testsupport::setSample(frame, 0, x, y, wall + (inside ? paint(x, y) : 0));
        }
    }
    return frame;
}

/// The plate covered, but each sample brighter by what `trace` says of it.
template<typename Trace> VideoFrame covered(const VideoFrame &source, const Regions &regions, Trace trace)
{
    VideoFrame frame = source;
    frame.detach();
    redaction::Redactor redactor;
    if (!redactor.cover(frame, regions))
        return {};
    const base::Rectangle &area = regions.front().region;
    for (int y = area.y; y < area.bottom(); ++y) {
        for (int x = area.x; x < area.right(); ++x)
            testsupport::setSample(frame, 0, x, y, testsupport::sampleAt(frame, 0, x, y) + trace(x, y));
    }
    return frame;
}

/// Hardly faded paint: its squares are `contrast` levels brighter and darker than the wall.
VideoFrame faintPlate(int contrast)
{
    return painted(plate, [contrast](int x, int y) { return isBright(x, y) ? contrast : -contrast; });
}

/// Of every `outOf` samples on bright squares `some` are one level brighter.
VideoFrame coveredWithTrace(const VideoFrame &source, int some, int outOf)
{
    return covered(source, plate, [&](int x, int y) { return isBright(x, y) && (x + 3 * y) % outOf < some ? 1 : 0; });
}

/// Paint that fades from bright to dark.
VideoFrame shadedPlate()
{
    constexpr int brightest = 22;
    const base::Rectangle &area = smallPlate.front().region;
    return painted(smallPlate, [&](int x, int) { return brightest - 2 * brightest * (x - area.x) / (area.width - 1); });
}

/// Of every seven blocks of 6 x 6 samples `alike` are a level nearer to the plate, and one of the others a level
/// farther away.
VideoFrame coveredWithBlocks(const VideoFrame &source, int alike)
{
    constexpr int side = 6;
    constexpr int blocksAcross = 5;
    const base::Rectangle &area = smallPlate.front().region;
    return covered(source, smallPlate, [&](int x, int y) {
        const int block = ((x - area.x) / side + blocksAcross * ((y - area.y) / side)) % 7;
        const int towards = testsupport::sampleAt(source, 0, x, y) > wall ? 1 : -1;
        return block < alike ? towards : (block == alike ? -towards : 0);
    });
}

redaction::ComparisonFigures compared(const VideoFrame &source, const VideoFrame &exported,
                                      const Regions &regions = plate)
{
    Comparison comparison(20);
    comparison.addFrame(source, exported, regions);
    return comparison.figures();
}

} // namespace

class TestComparison final : public QObject
{
    Q_OBJECT

private slots:
    void aTraceBelowRoundingIsNoPicture();
    void aLevelOfTheSourceIsCaught();
    void chanceUnderASmallCoverIsNoPicture();
};

/// Coding noise of a third of a level that happens to lie like the plate's paint: 5 % of it and more, and still
/// nothing.
void TestComparison::aTraceBelowRoundingIsNoPicture()
{
    const VideoFrame source = faintPlate(6);
    const auto figures = compared(source, coveredWithTrace(source, 7, 10));
    QCOMPARE(figures.regions, std::int64_t(1));
    QCOMPARE(figures.highestShareOfSource, 0.0);
    QCOMPARE(figures.failures, std::int64_t(0));
}

void TestComparison::aLevelOfTheSourceIsCaught()
{
    const VideoFrame source = faintPlate(6);
    const auto figures = compared(source, coveredWithTrace(source, 10, 10));
    QVERIFY2(figures.highestShareOfSource > 0.07, qPrintable(QString::number(figures.highestShareOfSource)));
    QCOMPARE(figures.failures, std::int64_t(1));
}

/// Seen in an export: under a cover of 26 x 35 the encoder's blocks lay like the plate's shade more often than not.
/// That is 5 % of it, and no more than chance makes of so few blocks; where all of them do, it is the plate.
void TestComparison::chanceUnderASmallCoverIsNoPicture()
{
    const VideoFrame source = shadedPlate();
    const auto chance = compared(source, coveredWithBlocks(source, 5), smallPlate);
    QVERIFY2(chance.highestShareOfSource > 0.02, qPrintable(QString::number(chance.highestShareOfSource)));
    QCOMPARE(chance.failures, std::int64_t(0));
    const auto picture = compared(source, coveredWithBlocks(source, 7), smallPlate);
    QVERIFY2(picture.highestShareOfSource > 0.07, qPrintable(QString::number(picture.highestShareOfSource)));
    QCOMPARE(picture.failures, std::int64_t(1));
}

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
