// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/picture.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <random>

using namespace doorveil::base;

namespace {

int sampleAt(const VideoFrame &frame, int plane, int x, int y)
{
    const VideoFrame::Plane &samples = frame.plane(plane);
    const std::byte *row = samples.data + std::ptrdiff_t(y) * samples.stride;
    if (frame.layout().bytesPerSample() == 1)
        return std::to_integer<int>(row[x]);
    std::uint16_t value = 0;
    std::memcpy(&value, row + 2 * x, 2);
    return value;
}

void setSample(VideoFrame &frame, int plane, int x, int y, int value)
{
    const VideoFrame::Plane &samples = frame.plane(plane);
    std::byte *row = samples.data + std::ptrdiff_t(y) * samples.stride;
    if (frame.layout().bytesPerSample() == 1) {
        row[x] = std::byte(value);
        return;
    }
    const auto wide = std::uint16_t(value);
    std::memcpy(row + 2 * x, &wide, 2);
}

VideoFrame noise(Size size, PixelLayout layout)
{
    VideoFrame frame(size, layout);
    std::mt19937 random(7);
    const int values = 1 << layout.bitDepth;
    for (int plane = 0; plane < layout.planeCount(); ++plane) {
        const Size planeSize = layout.planeSize(size, plane);
        for (int y = 0; y < planeSize.height; ++y) {
            for (int x = 0; x < planeSize.width; ++x)
                setSample(frame, plane, x, y, int(random() % unsigned(values)));
        }
    }
    return frame;
}

/// B, G, R of one displayed pixel by the textbook, in floating point.
std::array<double, 3> expected(const VideoFrame &frame, Point displayed, double kr, double kb)
{
    const Point at = displayedToStored(displayed, frame.storedSize(), frame.orientation);
    const double scale = 1 << (frame.layout().bitDepth - 8);
    const bool full = frame.colour.fullRange;
    const double luma = (sampleAt(frame, 0, at.x, at.y) / scale - (full ? 0 : 16)) / (full ? 255.0 : 219.0);
    double cb = 0;
    double cr = 0;
    if (frame.layout().chroma != ChromaLayout::Grey) {
        const int x = at.x >> frame.layout().chromaShiftX();
        const int y = at.y >> frame.layout().chromaShiftY();
        cb = (sampleAt(frame, 1, x, y) / scale - 128) / (full ? 255.0 : 224.0);
        cr = (sampleAt(frame, 2, x, y) / scale - 128) / (full ? 255.0 : 224.0);
    }
    const double red = luma + 2 * (1 - kr) * cr;
    const double blue = luma + 2 * (1 - kb) * cb;
    const double green = (luma - kr * red - kb * blue) / (1 - kr - kb);
    const auto level = [](double value) { return std::clamp(value, 0.0, 1.0) * 255; };
    return {level(blue), level(green), level(red)};
}

} // namespace

class TestPicture final : public QObject
{
    Q_OBJECT

private slots:
    void convertsEveryLayoutAndOrientation_data();
    void convertsEveryLayoutAndOrientation();
    void areaIsAPartOfTheWhole();
    void greyFramesStayGrey();
    void readsRgbPlanes();
    void unspecifiedMatrixFollowsTheHeight();
    void greyPictureAveragesWholeBlocks();
    void greyPictureIsTurned();
    void emptyInputGivesEmptyPictures();
};

void TestPicture::convertsEveryLayoutAndOrientation_data()
{
    QTest::addColumn<int>("chroma");
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("full");
    for (const int chroma : {0, 1, 2, 3}) {
        for (const int depth : {8, 10}) {
            for (const bool full : {false, true}) {
                QTest::newRow(qPrintable(QStringLiteral("%1/%2/%3").arg(chroma).arg(depth).arg(full)))
                    << chroma << depth << full;
            }
        }
    }
}

void TestPicture::convertsEveryLayoutAndOrientation()
{
    QFETCH(const int, chroma);
    QFETCH(const int, depth);
    QFETCH(const bool, full);
    VideoFrame frame = noise({37, 21}, {ChromaLayout(chroma), depth});
    frame.colour.matrix = 6;
    frame.colour.fullRange = full;
    for (int turns = 0; turns < 4; ++turns) {
        for (const bool mirrored : {false, true}) {
            frame.orientation = {turns, mirrored};
            const Picture picture = toPicture(frame);
            QCOMPARE(picture.size, frame.displayedSize());
            for (int y = 0; y < picture.size.height; ++y) {
                for (int x = 0; x < picture.size.width; ++x) {
                    const auto wanted = expected(frame, {x, y}, 0.299, 0.114);
                    for (std::size_t channel = 0; channel < 3; ++channel) {
                        const std::size_t at = (std::size_t(y) * std::size_t(picture.size.width) + std::size_t(x)) * 3;
                        // 10-bit samples are rounded to 8 bits first: up to half a level times the largest weight.
                        const double allowed = depth == 8 ? 1.0 : 2.5;
                        QVERIFY(std::abs(picture.bgr[at + channel] - wanted[channel]) <= allowed);
                    }
                }
            }
        }
    }
}

void TestPicture::areaIsAPartOfTheWhole()
{
    VideoFrame frame = noise({40, 30}, {ChromaLayout::Yuv420, 8});
    for (int turns = 0; turns < 4; ++turns) {
        frame.orientation = {turns, turns % 2 != 0};
        const Picture whole = toPicture(frame);
        const Rectangle area{3, 5, 11, 13};
        const Picture part = toPicture(frame, area);
        QCOMPARE(part.size, (Size{11, 13}));
        for (int y = 0; y < area.height; ++y) {
            const std::uint8_t *from =
                whole.bgr.data() + (std::size_t(area.y + y) * std::size_t(whole.size.width) + std::size_t(area.x)) * 3;
            QVERIFY(std::equal(from, from + 33, part.bgr.data() + std::size_t(y) * 33));
        }
    }
    QCOMPARE(toPicture(frame, {-5, -5, 10, 10}).size, (Size{5, 5}));
}

void TestPicture::greyFramesStayGrey()
{
    for (const int matrix : {0, 1, 2, 8}) {
        VideoFrame frame = noise({16, 4}, {ChromaLayout::Grey, 8});
        frame.colour.matrix = matrix;
        const Picture picture = toPicture(frame);
        for (std::size_t at = 0; at < picture.bgr.size(); at += 3) {
            QCOMPARE(picture.bgr[at], picture.bgr[at + 1]);
            QCOMPARE(picture.bgr[at], picture.bgr[at + 2]);
        }
    }
}

void TestPicture::readsRgbPlanes()
{
    VideoFrame frame = noise({8, 2}, {ChromaLayout::Yuv444, 8});
    frame.colour.matrix = 0;
    frame.colour.fullRange = true;
    const Picture picture = toPicture(frame);
    QCOMPARE(int(picture.bgr[0]), sampleAt(frame, 1, 0, 0));
    QCOMPARE(int(picture.bgr[1]), sampleAt(frame, 0, 0, 0));
    QCOMPARE(int(picture.bgr[2]), sampleAt(frame, 2, 0, 0));
}

void TestPicture::unspecifiedMatrixFollowsTheHeight()
{
    const auto converted = [](int rows, int matrix) {
        VideoFrame frame = noise({4, rows}, {ChromaLayout::Yuv444, 8});
        frame.colour.matrix = matrix;
        return toPicture(frame).bgr;
    };
    QVERIFY(converted(719, 2) == converted(719, 6));
    QVERIFY(converted(720, 2) == converted(720, 1));
    QVERIFY(converted(720, 1) != converted(720, 6));
}

void TestPicture::greyPictureAveragesWholeBlocks()
{
    VideoFrame frame(Size{5, 3}, PixelLayout{ChromaLayout::Grey, 8});
    for (int y = 0; y < 3; ++y) {
        for (int x = 0; x < 5; ++x)
            setSample(frame, 0, x, y, 10 * y + x);
    }
    int factor = 0;
    const GreyPicture whole = toGreyPicture(frame, 0, &factor);
    QCOMPARE(factor, 1);
    QCOMPARE(int(whole.samples[7]), 12);
    const GreyPicture half = toGreyPicture(frame, 3, &factor);
    QCOMPARE(factor, 2);
    QCOMPARE(half.size, (Size{3, 2}));
    QCOMPARE(int(half.samples[0]), 6); // (0 + 1 + 10 + 11) / 4 = 5.5
    QCOMPARE(int(half.samples[2]), 9); // what there is of the last block: (4 + 14) / 2
    QCOMPARE(int(half.samples[5]), 24);
}

void TestPicture::greyPictureIsTurned()
{
    VideoFrame frame = noise({9, 6}, {ChromaLayout::Yuv420, 10});
    for (int turns = 0; turns < 4; ++turns) {
        frame.orientation = {turns, turns > 1};
        const GreyPicture grey = toGreyPicture(frame);
        QCOMPARE(grey.size, frame.displayedSize());
        for (int y = 0; y < grey.size.height; ++y) {
            for (int x = 0; x < grey.size.width; ++x) {
                const Point at = displayedToStored(Point{x, y}, frame.storedSize(), frame.orientation);
                const int wanted = std::min((sampleAt(frame, 0, at.x, at.y) + 2) >> 2, 255);
                QCOMPARE(int(grey.samples[std::size_t(y * grey.size.width + x)]), wanted);
            }
        }
    }
}

void TestPicture::emptyInputGivesEmptyPictures()
{
    QVERIFY(toPicture(VideoFrame()).isNull());
    QVERIFY(toGreyPicture(VideoFrame()).isNull());
    QVERIFY(toPicture(noise({4, 4}, {}), {10, 10, 5, 5}).isNull());
}

QTEST_GUILESS_MAIN(TestPicture)
#include "tst_picture.moc"
