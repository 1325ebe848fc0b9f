// SPDX-License-Identifier: GPL-3.0-or-later
#include "frames.h"

#include "redaction/redactor.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <set>

using namespace doorveil;
using base::ChromaLayout;
using base::CoverStyle;
using base::FieldOrder;
using base::Rectangle;
using base::VideoFrame;
using redaction::CoverRegion;
using redaction::Redactor;
using testsupport::region;
using testsupport::sampleAt;

namespace {

constexpr base::PixelLayout yuv420{ChromaLayout::Yuv420, 8};

VideoFrame flatFrame(base::Size size, base::PixelLayout layout, int value)
{
    VideoFrame frame(size, layout);
    for (int plane = 0; plane < layout.planeCount(); ++plane) {
        for (int y = 0; y < frame.plane(plane).size.height; ++y) {
            for (int x = 0; x < frame.plane(plane).size.width; ++x)
                testsupport::setSample(frame, plane, x, y, value);
        }
    }
    return frame;
}

VideoFrame covered(VideoFrame frame, const std::vector<CoverRegion> &regions)
{
    Redactor redactor;
    return redactor.cover(frame, regions).hasValue() ? frame : VideoFrame();
}

/// The covered stored pixels' bounding rectangle.
Rectangle coveredBounds(const VideoFrame &frame, const std::vector<CoverRegion> &regions)
{
    const redaction::CoverMask mask = redaction::coverMask(frame, regions);
    Rectangle bounds;
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            if (mask.at(x, y))
                bounds = bounds.united({x, y, 1, 1});
        }
    }
    return bounds;
}

} // namespace

class RedactorTest : public QObject
{
    Q_OBJECT

private slots:
    void maskIsRoundedOutwards();
    void maskFollowsOrientation();
    void polygonsAreRoundedOutwards();
    void polygonsBeyondThePicture();
    void outsideIsUntouched();
    void sharedFramesAreNotWritten();
    void blurOfFlatSurroundingsIsFlat();
    void blurStaysWithinItsSurroundings();
    void blurIsSmooth();
    void blurIsFreeAtThePicturesEdge();
    void blurOfEverythingIsGrey();
    void blurDoesNotFlicker();
    void solidIsOneColour();
    void solidWinsOverBlur();
    void mosaicIsFrozen();
    void nothingToCover();
    void refusesFramesItCannotCover();
    void mutesRanges();
};

void RedactorTest::maskIsRoundedOutwards()
{
    VideoFrame frame = flatFrame({101, 91}, yuv420, 100);
    QCOMPARE(coveredBounds(frame, {region(1, {11, 13, 8, 8})}), (Rectangle{10, 12, 10, 10}));
    QCOMPARE(coveredBounds(frame, {region(1, {12, 14, 8, 8})}), (Rectangle{12, 14, 8, 8}));
    QCOMPARE(coveredBounds(frame, {region(1, {97, 87, 4, 4})}), (Rectangle{96, 86, 5, 5}));
    frame.fieldOrder = FieldOrder::TopFirst;
    QCOMPARE(coveredBounds(frame, {region(1, {12, 14, 8, 7})}), (Rectangle{12, 12, 8, 12}));
    QCOMPARE(coveredBounds(frame, {region(1, {12, 12, 8, 8})}), (Rectangle{12, 12, 8, 8}));
    QCOMPARE(coveredBounds(frame, {region(1, {97, 89, 4, 2})}), (Rectangle{96, 88, 5, 3}));
}

void RedactorTest::maskFollowsOrientation()
{
    VideoFrame frame = flatFrame({100, 60}, yuv420, 100);
    for (int turns = 0; turns < 4; ++turns) {
        for (const bool mirrored : {false, true}) {
            frame.orientation = {turns, mirrored};
            const Rectangle displayed{10, 20, 12, 14};
            const Rectangle stored = base::displayedToStored(displayed, frame.storedSize(), frame.orientation);
            const Rectangle bounds = coveredBounds(frame, {region(1, displayed)});
            QCOMPARE(bounds.intersected(stored), stored);
            QVERIFY(bounds.width <= stored.width + 2 && bounds.height <= stored.height + 2);
        }
    }
}

void RedactorTest::polygonsAreRoundedOutwards()
{
    VideoFrame frame = flatFrame({100, 80}, yuv420, 100);
    const base::Polygon square = {{10, 12}, {30, 12}, {30, 40}, {10, 40}};
    for (int turns = 0; turns < 4; ++turns) {
        frame.orientation = {turns, turns % 2 == 0};
        const base::Size size = frame.displayedSize();
        const auto zone = testsupport::zoneRegion(1, square, size);
        QCOMPARE(coveredBounds(frame, {zone}), coveredBounds(frame, {region(1, zone.region)}));
        const std::vector<CoverRegion> triangle = {testsupport::zoneRegion(1, {{11, 9}, {47, 30}, {20, 55}}, size)};
        const redaction::CoverMask mask = redaction::coverMask(frame, triangle);
        const auto hidden = testsupport::hiddenSamples(frame, triangle);
        for (std::size_t index = 0; index < mask.covered.size(); ++index)
            QVERIFY(mask.covered[index] != 0 || hidden[0][index] == 0);
        QVERIFY(!mask.at(99, 79));
    }
    frame.orientation = {};
    // A line has no inside and is covered all the same.
    QCOMPARE(coveredBounds(frame, {testsupport::zoneRegion(1, {{10, 20}, {50, 20}}, {100, 80})}),
             (Rectangle{10, 20, 40, 2}));
    // An outline that crosses itself hides both its parts.
    const auto eight =
        redaction::coverMask(frame, {testsupport::zoneRegion(1, {{10, 10}, {50, 50}, {50, 10}, {10, 50}}, {100, 80})});
    QVERIFY(eight.at(14, 30) && eight.at(46, 30));
}

void RedactorTest::polygonsBeyondThePicture()
{
    const VideoFrame frame = flatFrame({100, 80}, yuv420, 100);
    // The whole picture lies within; no edge crosses it.
    QCOMPARE(coveredBounds(frame, {testsupport::zoneRegion(1, {{-900, -900}, {2000, -900}, {50, 3000}}, {100, 80})}),
             (Rectangle{0, 0, 100, 80}));
    const auto corner =
        redaction::coverMask(frame, {testsupport::zoneRegion(1, {{-1000, 50}, {50, -1000}, {50, 50}}, {100, 80})});
    QVERIFY(corner.at(0, 0) && corner.at(49, 49) && !corner.at(50, 50));
}

void RedactorTest::outsideIsUntouched()
{
    for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
        const VideoFrame source = testsupport::texturedFrame({96, 80}, yuv420, 3);
        const std::vector<CoverRegion> regions = {region(1, {21, 23, 30, 30}, style)};
        const VideoFrame result = covered(source, regions);
        const redaction::CoverMask mask = redaction::coverMask(source, regions);
        int changed = 0;
        for (int y = 0; y < 80; ++y) {
            for (int x = 0; x < 96; ++x) {
                if (!mask.at(x, y)) {
                    QCOMPARE(sampleAt(result, 0, x, y), sampleAt(source, 0, x, y));
                    QCOMPARE(sampleAt(result, 1, x / 2, y / 2), sampleAt(source, 1, x / 2, y / 2));
                }
                changed += sampleAt(result, 0, x, y) != sampleAt(source, 0, x, y) ? 1 : 0;
            }
        }
        QVERIFY(changed > 500);
    }
}

void RedactorTest::sharedFramesAreNotWritten()
{
    const VideoFrame source = testsupport::texturedFrame({96, 80}, yuv420, 3);
    VideoFrame copy = source;
    const VideoFrame reference = testsupport::texturedFrame({96, 80}, yuv420, 3);
    Redactor redactor;
    QVERIFY(redactor.cover(copy, {region(1, {20, 20, 30, 30})}).hasValue());
    QVERIFY(testsupport::sameSamples(source, reference));
    QVERIFY(!testsupport::sameSamples(copy, reference));
}

void RedactorTest::blurOfFlatSurroundingsIsFlat()
{
    for (const base::PixelLayout layout : {yuv420, base::PixelLayout{ChromaLayout::Yuv444, 10}}) {
        const VideoFrame flat = flatFrame({200, 160}, layout, 90);
        const std::vector<CoverRegion> regions = {region(1, {33, 35, 90, 70}), region(2, {123, 60, 40, 30})};
        const VideoFrame noisy = testsupport::withHiddenNoise(flat, testsupport::hiddenSamples(flat, regions), 5);
        QVERIFY(testsupport::sameSamples(covered(noisy, regions), flat));
    }
}

void RedactorTest::blurStaysWithinItsSurroundings()
{
    const VideoFrame source = testsupport::texturedFrame({200, 160}, yuv420, 3);
    const std::vector<CoverRegion> regions = {region(1, {40, 40, 100, 80})};
    const VideoFrame result = covered(source, regions);
    for (int y = 40; y < 120; ++y) {
        for (int x = 40; x < 140; ++x)
            QVERIFY(sampleAt(result, 0, x, y) >= 60 && sampleAt(result, 0, x, y) <= 210);
    }
}

/// No step inside is larger than a gradient can be, however busy the border.
void RedactorTest::blurIsSmooth()
{
    const VideoFrame source = testsupport::texturedFrame({240, 200}, yuv420, 3);
    const VideoFrame result = covered(source, {region(1, {40, 40, 120, 100}), region(2, {130, 100, 60, 60})});
    for (int y = 42; y < 138; ++y) {
        for (int x = 42; x < 158; ++x) {
            QVERIFY(std::abs(sampleAt(result, 0, x, y) - sampleAt(result, 0, x + 1, y)) <= 8);
            QVERIFY(std::abs(sampleAt(result, 0, x, y) - sampleAt(result, 0, x, y + 1)) <= 8);
        }
    }
}

/// Dark on the left, light on the right, covered from top to bottom: straight from one to the other.
void RedactorTest::blurIsFreeAtThePicturesEdge()
{
    VideoFrame frame = flatFrame({240, 100}, yuv420, 60);
    for (int y = 0; y < 100; ++y) {
        for (int x = 120; x < 240; ++x)
            testsupport::setSample(frame, 0, x, y, 180);
    }
    const VideoFrame result = covered(frame, {region(1, {60, 0, 120, 100})});
    for (int x = 60; x < 180; ++x) {
        for (int y = 1; y < 100; ++y)
            QVERIFY(std::abs(sampleAt(result, 0, x, y) - sampleAt(result, 0, x, 0)) <= 1);
        QVERIFY(std::abs(sampleAt(result, 0, x, 50) - (60 + 120 * (x - 60) / 120)) <= 6);
    }
}

void RedactorTest::blurOfEverythingIsGrey()
{
    const VideoFrame eight = testsupport::texturedFrame({65, 49}, yuv420, 3);
    QVERIFY(testsupport::sameSamples(covered(eight, {region(1, {0, 0, 65, 49})}), flatFrame({65, 49}, yuv420, 128)));
    const base::PixelLayout deep{ChromaLayout::Yuv422, 10};
    const VideoFrame ten = testsupport::texturedFrame({64, 48}, deep, 3);
    QVERIFY(testsupport::sameSamples(covered(ten, {region(1, {0, 0, 64, 48})}), flatFrame({64, 48}, deep, 512)));
}

/// A picture that stands still but for the sensor's noise: the cover stands still, too.
void RedactorTest::blurDoesNotFlicker()
{
    const std::vector<CoverRegion> regions = {region(1, {60, 50, 120, 100})};
    const VideoFrame first = covered(testsupport::texturedFrame({240, 200}, yuv420, 3), regions);
    for (const std::uint32_t seed : {4U, 5U, 6U}) { // other noise, the same gradients and checks
        const VideoFrame next = covered(testsupport::texturedFrame({240, 200}, yuv420, seed), regions);
        int greatest = 0;
        for (int y = 50; y < 150; ++y) {
            for (int x = 60; x < 180; ++x)
                greatest = std::max(greatest, std::abs(sampleAt(first, 0, x, y) - sampleAt(next, 0, x, y)));
        }
        QVERIFY2(greatest <= 3, qPrintable(QString::number(greatest)));
    }
}

void RedactorTest::solidIsOneColour()
{
    for (const bool fullRange : {false, true}) {
        for (const base::PixelLayout layout : {yuv420, base::PixelLayout{ChromaLayout::Yuv422, 10}}) {
            std::set<int> luma;
            std::set<int> chroma;
            for (const std::uint32_t seed : {1U, 2U}) {
                VideoFrame frame = testsupport::texturedFrame({96, 80}, layout, seed);
                frame.colour.fullRange = fullRange;
                const VideoFrame result = covered(frame, {region(1, {20, 20, 30, 30}, CoverStyle::Solid),
                                                          region(2, {60, 50, 20, 20}, CoverStyle::Solid)});
                for (int y = 20; y < 50; ++y) {
                    for (int x = 20; x < 50; ++x) {
                        luma.insert(sampleAt(result, 0, x, y));
                        chroma.insert(sampleAt(result, 1, x / 2, layout.chromaShiftY() == 1 ? y / 2 : y));
                    }
                }
                luma.insert(sampleAt(result, 0, 70, 60));
            }
            const int scale = 1 << (layout.bitDepth - 8);
            QCOMPARE(luma, (std::set<int>{(fullRange ? 51 : 60) * scale}));
            QCOMPARE(chroma, (std::set<int>{128 * scale}));
        }
    }
}

void RedactorTest::solidWinsOverBlur()
{
    const VideoFrame source = testsupport::texturedFrame({96, 80}, yuv420, 1);
    const CoverRegion blur = region(1, {10, 10, 50, 50});
    const CoverRegion solid = region(2, {30, 30, 40, 40}, CoverStyle::Solid);
    const VideoFrame result = covered(source, {blur, solid});
    QVERIFY(testsupport::sameSamples(result, covered(source, {solid, blur})));
    QCOMPARE(sampleAt(result, 0, 40, 40), 60);
    QVERIFY(sampleAt(result, 0, 20, 20) != 60);
}

void RedactorTest::mosaicIsFrozen()
{
    Redactor redactor;
    std::set<int> firstLevels;
    std::vector<int> firstBlocks;
    for (int frame = 0; frame < 5; ++frame) {
        VideoFrame picture = testsupport::texturedFrame({200, 160}, yuv420, std::uint32_t(frame));
        const Rectangle area{20 + 8 * frame, 20 + 4 * frame, 80 + 8 * frame, 64};
        QVERIFY(redactor.cover(picture, {region(1, area, CoverStyle::Mosaic)}).hasValue());
        std::set<int> levels;
        std::vector<int> blocks;
        for (int y = area.y; y < area.bottom(); ++y) {
            for (int x = area.x; x < area.right(); ++x)
                levels.insert(sampleAt(picture, 0, x, y));
        }
        for (int row = 0; row < 4; ++row) {
            for (int column = 0; column < 4; ++column)
                blocks.push_back(sampleAt(picture, 0, area.x + area.width * (2 * column + 1) / 8,
                                          area.y + area.height * (2 * row + 1) / 8));
        }
        QVERIFY(levels.size() >= 2 && levels.size() <= 4);
        if (frame == 0) {
            firstLevels = levels;
            firstBlocks = blocks;
        }
        QCOMPARE(levels, firstLevels);
        QCOMPARE(blocks, firstBlocks);
    }
}

void RedactorTest::nothingToCover()
{
    const VideoFrame source = testsupport::texturedFrame({64, 48}, yuv420, 1);
    QVERIFY(testsupport::sameSamples(covered(source, {}), source));
    QVERIFY(testsupport::sameSamples(covered(source, {region(1, {200, 10, 20, 20})}), source));
    QVERIFY(testsupport::sameSamples(covered(source, {region(1, {})}), source));
}

void RedactorTest::refusesFramesItCannotCover()
{
    Redactor redactor;
    VideoFrame none;
    QVERIFY(!redactor.cover(none, {region(1, {0, 0, 4, 4})}).hasValue());
    VideoFrame deep({16, 16}, {ChromaLayout::Yuv420, 12});
    QVERIFY(!redactor.cover(deep, {region(1, {0, 0, 4, 4})}).hasValue());
}

void RedactorTest::mutesRanges()
{
    base::AudioBlock block;
    block.pts = 1000;
    block.sampleRate = 8000;
    block.channels = 2;
    block.samples.assign(20, 0.5F);
    redaction::mute(block, {{0, 900}, {1003, 1005}, {1009, 5000}});
    const auto loud = [&](int frame) {
        return block.samples[std::size_t(2 * frame)] != 0.0F && block.samples[std::size_t(2 * frame + 1)] != 0.0F;
    };
    for (int frame = 0; frame < 10; ++frame)
        QCOMPARE(loud(frame), frame != 3 && frame != 4 && frame != 9);
    block.pts = -1000;
    redaction::mute(block, {{std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}});
    for (int frame = 0; frame < 10; ++frame)
        QVERIFY(!loud(frame));
}

QTEST_GUILESS_MAIN(RedactorTest)
#include "tst_redactor.moc"
