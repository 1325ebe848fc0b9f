// SPDX-License-Identifier: GPL-3.0-or-later
#include "frames.h"

#include "redaction/redactor.h"

#include <QTest>

#include <functional>

using namespace doorveil;
using base::ChromaLayout;
using base::CoverStyle;
using base::FieldOrder;
using base::Rectangle;
using base::VideoFrame;
using redaction::CoverRegion;
using testsupport::region;

namespace {

using Regions = std::vector<CoverRegion>;
using Cover = std::function<void(VideoFrame &, const Regions &)>;

void rightCover(VideoFrame &frame, const Regions &regions)
{
    redaction::Redactor redactor;
    QVERIFY(redactor.cover(frame, regions).hasValue());
}

/// The proof of promise 2: what is hidden is replaced by noise, and the same frame comes out, bit for bit.
bool isIndependent(const VideoFrame &source, const Regions &regions, const Cover &cover)
{
    const testsupport::HiddenSamples hidden = testsupport::hiddenSamples(source, regions);
    VideoFrame first = source;
    first.detach();
    cover(first, regions);
    for (const std::uint32_t seed : {11U, 12U}) {
        VideoFrame second = testsupport::withHiddenNoise(source, hidden, seed);
        cover(second, regions);
        if (!testsupport::sameSamples(first, second))
            return false;
    }
    return true;
}

struct Case
{
    const char *name;
    Regions regions;
};

/// In a displayed picture of that size.
std::vector<Case> cases(base::Size size, CoverStyle style)
{
    const int w = size.width;
    const int h = size.height;
    return {
        {"one", {region(1, {w / 3, h / 3, w / 4 + 1, h / 4}, style)}},
        {"apart", {region(1, {5, 7, 13, 15}, style), region(2, {w - 25, h - 27, 17, 19}, style)}},
        {"touching", {region(1, {11, 13, 20, 21}, style), region(2, {31, 17, 19, 22}, style)}},
        {"overlapping", {region(1, {11, 13, 20, 21}, style), region(2, {21, 20, 25, 22}, style)}},
        {"a pixel between", {region(1, {11, 13, 20, 21}, style), region(2, {32, 17, 19, 22}, style)}},
        {"edge", {region(1, {0, h / 3, w / 5, h / 3}, style), region(2, {w - 9, 3, 9, 21}, style)}},
        {"corner", {region(1, {0, 0, 19, 23}, style), region(2, {w - 17, h - 13, 17, 13}, style)}},
        {"all but a strip", {region(1, {0, 0, w, h - 3}, style)}},
        {"whole frame", {region(1, {0, 0, w, h}, style)}},
        {"tiny", {region(1, {w / 2, h / 2, 1, 1}, style), region(2, {9, 9, 3, 2}, style)}},
    };
}

struct Shape
{
    const char *name;
    ChromaLayout chroma;
    int bitDepth;
    base::Size size;
    FieldOrder fieldOrder;
};

const std::vector<Shape> shapes = {
    {"420", ChromaLayout::Yuv420, 8, {96, 80}, FieldOrder::Progressive},
    {"420 odd", ChromaLayout::Yuv420, 8, {97, 83}, FieldOrder::Progressive},
    {"420 10 bit odd", ChromaLayout::Yuv420, 10, {91, 77}, FieldOrder::Progressive},
    {"420 interlaced", ChromaLayout::Yuv420, 8, {96, 84}, FieldOrder::TopFirst},
    {"420 interlaced odd", ChromaLayout::Yuv420, 8, {95, 82}, FieldOrder::BottomFirst},
    {"422", ChromaLayout::Yuv422, 8, {95, 81}, FieldOrder::Progressive},
    {"422 10 bit interlaced", ChromaLayout::Yuv422, 10, {96, 80}, FieldOrder::TopFirst},
    {"444", ChromaLayout::Yuv444, 8, {95, 81}, FieldOrder::Progressive},
    {"444 10 bit", ChromaLayout::Yuv444, 10, {96, 80}, FieldOrder::Progressive},
    {"grey", ChromaLayout::Grey, 8, {93, 79}, FieldOrder::Progressive},
    {"grey 10 bit", ChromaLayout::Grey, 10, {96, 80}, FieldOrder::Progressive},
};

VideoFrame frameOf(const Shape &shape, base::Orientation orientation = {})
{
    VideoFrame frame = testsupport::texturedFrame(shape.size, {shape.chroma, shape.bitDepth}, 7);
    frame.fieldOrder = shape.fieldOrder;
    frame.orientation = orientation;
    return frame;
}

} // namespace

class Independence : public QObject
{
    Q_OBJECT

private slots:
    void hiddenPixelsDoNotMatter_data();
    void hiddenPixelsDoNotMatter();
    void mixedStyles();
    void coverOverSomebodyShown();
    void zones();
    void mixedInSourceIsCaught();
    void inwardChromaRoundingIsCaught();
    void narrowFieldRoundingIsCaught();
    void readingHiddenNeighboursIsCaught();
    void shiftedBoxIsCaught();
    void uncoveredFrameIsCaught();
};

void Independence::hiddenPixelsDoNotMatter_data()
{
    QTest::addColumn<int>("shape");
    for (std::size_t index = 0; index < shapes.size(); ++index)
        QTest::newRow(shapes[index].name) << int(index);
}

void Independence::hiddenPixelsDoNotMatter()
{
    QFETCH(int, shape);
    for (const bool mirrored : {false, true}) {
        for (int turns = 0; turns < 4; ++turns) {
            const VideoFrame source = frameOf(shapes[std::size_t(shape)], {turns, mirrored});
            for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
                for (const Case &each : cases(source.displayedSize(), style))
                    QVERIFY2(isIndependent(source, each.regions, rightCover),
                             qPrintable(QStringLiteral("%1, %2 turns, %3, style %4")
                                            .arg(QLatin1String(each.name))
                                            .arg(turns)
                                            .arg(mirrored)
                                            .arg(int(style))));
            }
        }
    }
}

void Independence::mixedStyles()
{
    for (const Shape &shape : shapes) {
        const VideoFrame source = frameOf(shape);
        const Regions regions = {region(1, {11, 13, 20, 21}, CoverStyle::Blur),
                                 region(2, {25, 20, 25, 22}, CoverStyle::Solid),
                                 region(3, {40, 15, 20, 30}, CoverStyle::Mosaic)};
        QVERIFY2(isIndependent(source, regions, rightCover), shape.name);
    }
}

void Independence::coverOverSomebodyShown()
{
    const VideoFrame source = frameOf(shapes.front());
    base::Track hidden;
    hidden.id = 1;
    hidden.kind = base::TrackKind::Plate;
    hidden.observations = {{0, {30, 30, 12, 10}, base::Origin::Detected, 0.9F}};
    base::Track shown = hidden;
    shown.id = 2;
    shown.decision.kind = base::DecisionKind::Show;
    shown.observations = {{0, {34, 26, 20, 20}, base::Origin::Detected, 0.9F}};
    const redaction::CoverPlan plan({hidden, shown}, {}, source.displayedSize(), {});
    const Regions regions = plan.at(0);
    QCOMPARE(int(regions.size()), 1);
    QVERIFY(isIndependent(source, regions, rightCover));
    QCOMPARE(int(plan.uncoveredAt(0).size()), 1);
}

void Independence::zones()
{
    for (const Shape &shape : shapes) {
        for (int turns = 0; turns < 4; ++turns) {
            const VideoFrame source = frameOf(shape, {turns, turns == 1});
            const base::Size size = source.displayedSize();
            for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
                const Regions regions = {
                    testsupport::zoneRegion(1, {{10, 9}, {41, 22}, {23, 57}}, size, style),
                    testsupport::zoneRegion(2, {{size.width - 20, -30}, {size.width + 40, 20}, {70, 33}}, size, style),
                    region(3, {30, 30, 25, 21}, style)};
                QVERIFY2(isIndependent(source, regions, rightCover), shape.name);
            }
        }
    }
}

// The positive controls: defects that this proof must find.

namespace {

const Regions touching = {region(1, {11, 13, 20, 21}), region(2, {31, 17, 19, 23})};

} // namespace

void Independence::mixedInSourceIsCaught()
{
    for (const Shape &shape : shapes) {
        const VideoFrame source = frameOf(shape);
        const Cover defective = [](VideoFrame &frame, const Regions &regions) {
            const VideoFrame before = frame;
            rightCover(frame, regions);
            testsupport::mixIn(frame, before, testsupport::hiddenSamples(before, regions), 0.1);
        };
        QVERIFY2(!isIndependent(source, touching, defective), shape.name);
    }
}

/// Chroma samples that are only partly under the region stay as they were.
void Independence::inwardChromaRoundingIsCaught()
{
    const VideoFrame source = frameOf(shapes.front());
    const Cover defective = [](VideoFrame &frame, const Regions &regions) {
        const VideoFrame before = frame;
        rightCover(frame, regions);
        const auto hidden = testsupport::hiddenSamples(before, regions);
        const base::Size size = frame.storedSize();
        for (int plane = 1; plane < 3; ++plane) {
            for (int y = 0; y < size.height; ++y) {
                for (int x = 0; x < size.width; ++x) {
                    if (hidden[0][std::size_t(y * size.width + x)] == 0)
                        testsupport::setSample(frame, plane, x / 2, y / 2,
                                               testsupport::sampleAt(before, plane, x / 2, y / 2));
                }
            }
        }
    };
    QVERIFY(!isIndependent(source, {region(1, {11, 14, 20, 20})}, defective));
    QVERIFY(!isIndependent(source, {region(1, {12, 15, 20, 20})}, defective));
    QVERIFY2(isIndependent(source, {region(1, {12, 14, 20, 20})}, defective), "even boxes have no such samples");
}

/// An interlaced frame whose mask is rounded as if it were progressive.
void Independence::narrowFieldRoundingIsCaught()
{
    const VideoFrame source = frameOf(shapes[3]);
    QVERIFY(source.fieldOrder == FieldOrder::TopFirst);
    const Cover defective = [](VideoFrame &frame, const Regions &regions) {
        const FieldOrder order = frame.fieldOrder;
        frame.fieldOrder = FieldOrder::Progressive;
        rightCover(frame, regions);
        frame.fieldOrder = order;
    };
    QVERIFY(!isIndependent(source, {region(1, {12, 14, 20, 20})}, defective));
}

/// Each region filled on its own: the border it reads lies under the other one.
void Independence::readingHiddenNeighboursIsCaught()
{
    for (const Shape &shape : shapes) {
        const VideoFrame source = frameOf(shape);
        const Cover defective = [](VideoFrame &frame, const Regions &regions) {
            const VideoFrame before = frame;
            frame.detach();
            for (const CoverRegion &each : regions) {
                VideoFrame alone = before;
                rightCover(alone, {each});
                testsupport::mixIn(frame, alone, testsupport::hiddenSamples(before, {each}), 1.0);
            }
        };
        QVERIFY2(!isIndependent(source, touching, defective), shape.name);
    }
}

void Independence::shiftedBoxIsCaught()
{
    for (const Shape &shape : shapes) {
        const VideoFrame source = frameOf(shape);
        const Cover defective = [](VideoFrame &frame, Regions regions) {
            for (CoverRegion &each : regions)
                each.region.x += each.region.width / 5;
            rightCover(frame, regions);
        };
        QVERIFY2(!isIndependent(source, touching, defective), shape.name);
    }
}

void Independence::uncoveredFrameIsCaught()
{
    const VideoFrame source = frameOf(shapes.front());
    QVERIFY(!isIndependent(source, touching, [](VideoFrame &, const Regions &) {}));
}

QTEST_GUILESS_MAIN(Independence)
#include "tst_independence.moc"
