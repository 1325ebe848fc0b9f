// SPDX-License-Identifier: GPL-3.0-or-later
#include "frames.h"

#include "redaction/comparison.h"
#include "redaction/redactor.h"

#include <QTest>

using namespace doorveil;
using base::VideoFrame;
using redaction::Comparison;

namespace {

const std::vector<redaction::CoverRegion> plate = {testsupport::region(1, {40, 32, 48, 28})};
constexpr int wall = 120;

/// Squares of a faint chequerboard: whether the sample lies on a bright one.
bool isBright(int x, int y)
{
    return (x / 4 + y / 4) % 2 == 0;
}

/// A wall with a plate that has hardly faded paint: its squares are `contrast` levels brighter and darker than it.
VideoFrame faintPlate(int contrast)
{
    VideoFrame frame = testsupport::texturedFrame({128, 96}, {base::ChromaLayout::Grey, 8}, 1);
    for (int y = 0; y < 96; ++y) {
        for (int x = 0; x < 128; ++x) {
            const bool inside = plate.front().region.contains({x, y});
            const int level = isBright(x, y) ? contrast : -contrast;
            testsupport::setSample(frame, 0, x, y, wall + (inside ? level : 0));
        }
    }
    return frame;
}

/// The plate covered, but that of every `outOf` samples on bright squares `some` are one level brighter.
VideoFrame coveredWithTrace(const VideoFrame &source, int some, int outOf)
{
    VideoFrame frame = source;
    frame.detach();
    redaction::Redactor redactor;
    if (!redactor.cover(frame, plate))
        return {};
    for (int y = plate.front().region.y; y < plate.front().region.bottom(); ++y) {
        for (int x = plate.front().region.x; x < plate.front().region.right(); ++x) {
            if (isBright(x, y) && (x + 3 * y) % outOf < some)
                testsupport::setSample(frame, 0, x, y, testsupport::sampleAt(frame, 0, x, y) + 1);
        }
    }
    return frame;
}

redaction::ComparisonFigures compared(const VideoFrame &source, const VideoFrame &exported)
{
    Comparison comparison(20);
    comparison.addFrame(source, exported, plate);
    return comparison.figures();
}

} // namespace

class TestComparison final : public QObject
{
    Q_OBJECT

private slots:
    void aTraceBelowRoundingIsNoPicture();
    void aLevelOfTheSourceIsCaught();
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

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
