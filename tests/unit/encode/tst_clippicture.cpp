// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"

#include "encode/containerscan.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace doorveil::encode;
using namespace doorveil::encode::testsupport;
using doorveil::base::ChromaLayout;
using doorveil::base::FieldOrder;
using doorveil::base::Orientation;
using doorveil::base::PixelLayout;
using doorveil::base::Rational;
using doorveil::base::Size;
using doorveil::base::VideoFrame;

namespace {

/// A frame of the decoded clip, 8-bit 4:2:0.
struct Decoded
{
    QByteArray samples;
    Size size;

    [[nodiscard]] int at(int plane, int x, int y) const
    {
        const int width = plane == 0 ? size.width : size.width / 2;
        const int luma = size.width * size.height;
        const int start = plane == 0 ? 0 : luma + (plane - 1) * luma / 4;
        return static_cast<unsigned char>(samples[start + y * width + x]);
    }
};

/// Writes the same picture three times, nearly without loss, and gives the first as decoded.
Decoded roundTrip(const ScratchFile &file, EncodeSettings settings, const VideoFrame &picture, QString *error = nullptr)
{
    settings.crf = 1;
    auto writer = createClipWriter(file.descriptor(), settings);
    if (!writer) {
        if (error != nullptr)
            *error = writer.error().message;
        return {};
    }
    for (int index = 0; index < 3; ++index) {
        VideoFrame frame = picture;
        frame.pts = index * 40;
        if (!(*writer)->writeVideo(frame))
            return {};
    }
    const auto summary = (*writer)->finish();
    if (!summary)
        return {};
    const Size size = summary->encodedSize;
    const QByteArray all = decodeVideo(file.path());
    return all.size() == 3 * size.width * size.height * 3 / 2 ? Decoded{all.left(all.size() / 3), size} : Decoded{};
}

int smooth(int plane, double x, double y)
{
    const double value = plane == 0 ? 60 + 1.5 * x + y : plane == 1 ? 90 + x + 0.5 * y : 170 - 0.5 * x - y;
    return int(std::lround(value));
}

} // namespace

class TestClipPicture final : public QObject
{
    Q_OBJECT

private slots:
    void keepsPictureOfEveryLayout_data();
    void keepsPictureOfEveryLayout();
    void padsOddSizes_data();
    void padsOddSizes();
    void keepsOrientation_data();
    void keepsOrientation();
    void keepsFields_data();
    void keepsFields();
    void keepsColourTags_data();
    void keepsColourTags();
    void keepsFullRangeValues();
    void keepsSampleAspect();
};

void TestClipPicture::keepsPictureOfEveryLayout_data()
{
    QTest::addColumn<int>("chroma");
    QTest::addColumn<int>("bitDepth");
    for (const int bitDepth : {8, 10}) {
        QTest::addRow("grey %d", bitDepth) << int(ChromaLayout::Grey) << bitDepth;
        QTest::addRow("4:2:0 %d", bitDepth) << int(ChromaLayout::Yuv420) << bitDepth;
        QTest::addRow("4:2:2 %d", bitDepth) << int(ChromaLayout::Yuv422) << bitDepth;
        QTest::addRow("4:4:4 %d", bitDepth) << int(ChromaLayout::Yuv444) << bitDepth;
    }
}

void TestClipPicture::keepsPictureOfEveryLayout()
{
    QFETCH(int, chroma);
    QFETCH(int, bitDepth);
    const PixelLayout layout{ChromaLayout(chroma), bitDepth};
    const Size size{64, 48};
    const int scale = bitDepth == 10 ? 4 : 1;
    // Chroma columns lie on the left luma column, chroma rows between two luma rows.
    const VideoFrame picture = paintedFrame(size, layout, [&](int plane, int x, int y) {
        const double column = plane == 0 ? x : x * (1 << layout.chromaShiftX());
        const double row = plane == 0 ? y : y * (1 << layout.chromaShiftY()) + (layout.chromaShiftY() != 0 ? 0.5 : 0);
        return scale * smooth(plane, column, row);
    });
    const ScratchFile file;
    const Decoded decoded = roundTrip(file, smallSettings(size), picture);
    QVERIFY(!decoded.samples.isEmpty());
    for (int plane = 0; plane < 3; ++plane) {
        const int step = plane == 0 ? 1 : 2;
        for (int y = 1; y < size.height / step - 1; ++y) {
            for (int x = 1; x < size.width / step - 1; ++x) {
                const bool neutral = plane > 0 && layout.chroma == ChromaLayout::Grey;
                const int expected = neutral ? 128 : smooth(plane, x * step, y * step + (plane == 0 ? 0 : 0.5));
                const int difference = qAbs(decoded.at(plane, x, y) - expected);
                QVERIFY2(difference <= 2,
                         qPrintable(
                             QStringLiteral("plane %1 at %2, %3: off by %4").arg(plane).arg(x).arg(y).arg(difference)));
            }
        }
    }
}

void TestClipPicture::padsOddSizes_data()
{
    QTest::addColumn<Size>("size");
    QTest::addColumn<int>("fieldOrder");
    QTest::addColumn<Size>("encoded");
    QTest::newRow("even") << Size{64, 48} << int(FieldOrder::Progressive) << Size{64, 48};
    QTest::newRow("odd width") << Size{63, 48} << int(FieldOrder::Progressive) << Size{64, 48};
    QTest::newRow("odd height") << Size{64, 47} << int(FieldOrder::Progressive) << Size{64, 48};
    QTest::newRow("both odd") << Size{51, 33} << int(FieldOrder::Progressive) << Size{52, 34};
    QTest::newRow("interlaced, half a chroma row") << Size{64, 46} << int(FieldOrder::TopFirst) << Size{64, 48};
    QTest::newRow("interlaced, odd") << Size{63, 45} << int(FieldOrder::TopFirst) << Size{64, 48};
    QTest::newRow("tiny") << Size{3, 5} << int(FieldOrder::Progressive) << Size{4, 6};
    QTest::newRow("one pixel") << Size{1, 1} << int(FieldOrder::Progressive) << Size{2, 2};
}

void TestClipPicture::padsOddSizes()
{
    QFETCH(Size, size);
    QFETCH(int, fieldOrder);
    QFETCH(Size, encoded);
    for (const ChromaLayout chroma : {ChromaLayout::Yuv420, ChromaLayout::Yuv444}) {
        const VideoFrame picture =
            paintedFrame(size, {chroma, 8}, [](int plane, int x, int y) { return smooth(plane, x, y); });
        EncodeSettings settings = smallSettings(size);
        settings.fieldOrder = FieldOrder(fieldOrder);
        const ScratchFile file;
        QString error;
        const Decoded decoded = roundTrip(file, settings, picture, &error);
        QVERIFY2(!decoded.samples.isEmpty(), qPrintable(error));
        QCOMPARE(decoded.size, encoded);
        const int fields = settings.fieldOrder == FieldOrder::Progressive ? 1 : 2;
        for (int y = 0; y < encoded.height; ++y) {
            int row = y;
            while (row >= size.height)
                row -= fields;
            for (int x = 0; x < encoded.width; ++x)
                QVERIFY(qAbs(decoded.at(0, x, y) - smooth(0, std::min(x, size.width - 1), row)) <= 3);
        }
        const auto scan = scanContainer(file.descriptor());
        QVERIFY(scan.hasValue());
        QVERIFY2(scan->isClean(), qPrintable(scan->findings.join(QLatin1Char('\n'))));
    }
    ScratchFile file;
    EncodeSettings settings = smallSettings(size);
    settings.fieldOrder = FieldOrder(fieldOrder);
    const auto summary = writeClip(file.descriptor(), settings, {0, 40}, 40);
    QVERIFY(summary.hasValue());
    QCOMPARE(summary->padded, size != encoded);
    QCOMPARE(summary->encodedSize, encoded);
}

void TestClipPicture::keepsOrientation_data()
{
    QTest::addColumn<int>("turns");
    QTest::addColumn<bool>("mirrored");
    for (int turns = 0; turns < 4; ++turns) {
        QTest::addRow("%d degrees", turns * 90) << turns << false;
        QTest::addRow("mirrored, %d degrees", turns * 90) << turns << true;
    }
}

void TestClipPicture::keepsOrientation()
{
    QFETCH(int, turns);
    QFETCH(bool, mirrored);
    const Size stored{64, 48};
    const Orientation orientation{turns, mirrored};
    const std::array<int, 4> quarters = {40, 100, 160, 220};
    const auto paint = [&](int plane, int x, int y) {
        return plane != 0 ? 128 : quarters[std::size_t((y >= 24 ? 2 : 0) + (x >= 32 ? 1 : 0))];
    };
    EncodeSettings settings = smallSettings(stored);
    settings.orientation = orientation;
    const ScratchFile file;
    const Decoded decoded = roundTrip(file, settings, paintedFrame(stored, {}, paint));
    QVERIFY(!decoded.samples.isEmpty());
    QCOMPARE(decoded.size, stored);

    // Turned by ffmpeg as a player would.
    const QByteArray shown = decodeVideo(file.path(), QStringLiteral("yuv420p"), Turning::AsDisplayed);
    const Size displayed = doorveil::base::orientedSize(stored, orientation);
    QCOMPARE(shown.size(), 3 * displayed.width * displayed.height * 3 / 2);
    for (const int x : {8, displayed.width - 8}) {
        for (const int y : {8, displayed.height - 8}) {
            const auto there = doorveil::base::displayedToStored(doorveil::base::Point{x, y}, stored, orientation);
            const int value = static_cast<unsigned char>(shown[y * displayed.width + x]);
            QVERIFY(qAbs(value - paint(0, there.x, there.y)) <= 4);
        }
    }
}

void TestClipPicture::keepsFields_data()
{
    QTest::addColumn<int>("fieldOrder");
    QTest::addColumn<int>("chroma");
    for (const FieldOrder order : {FieldOrder::Progressive, FieldOrder::TopFirst, FieldOrder::BottomFirst}) {
        for (const ChromaLayout chroma : {ChromaLayout::Yuv420, ChromaLayout::Yuv422, ChromaLayout::Yuv444})
            QTest::addRow("order %d, chroma %d", int(order), int(chroma)) << int(order) << int(chroma);
    }
}

void TestClipPicture::keepsFields()
{
    QFETCH(int, fieldOrder);
    QFETCH(int, chroma);
    const Size size{64, 64};
    const bool interlaced = FieldOrder(fieldOrder) != FieldOrder::Progressive;
    // Two fields of different times: each has its own colour.
    const VideoFrame picture = paintedFrame(size, {ChromaLayout(chroma), 8}, [&](int plane, int, int y) {
        const bool lower = interlaced && y % 2 != 0;
        return plane == 0 ? (lower ? 180 : 60) : (lower ? 160 : 90);
    });
    EncodeSettings settings = smallSettings(size);
    settings.fieldOrder = FieldOrder(fieldOrder);
    const ScratchFile file;
    const Decoded decoded = roundTrip(file, settings, picture);
    QVERIFY(!decoded.samples.isEmpty());
    for (int y = 0; y < 64; ++y)
        QVERIFY(qAbs(decoded.at(0, 32, y) - (interlaced && y % 2 != 0 ? 180 : 60)) <= 3);
    for (int y = 0; y < 32; ++y)
        QVERIFY(qAbs(decoded.at(1, 16, y) - (interlaced && y % 2 != 0 ? 160 : 90)) <= 3);

    const QJsonObject frame = probeFirstFrame(file.path());
    QCOMPARE(frame.value(QLatin1String("interlaced_frame")).toInt(-1), interlaced ? 1 : 0);
    QCOMPARE(frame.value(QLatin1String("top_field_first")).toInt(-1),
             FieldOrder(fieldOrder) == FieldOrder::TopFirst ? 1 : 0);
}

void TestClipPicture::keepsColourTags_data()
{
    QTest::addColumn<doorveil::base::ColourInfo>("colour");
    QTest::addColumn<QStringList>("expected"); // primaries, transfer, matrix, range, chroma location
    const auto row = [](const char *name, doorveil::base::ColourInfo colour, const QStringList &expected) {
        QTest::newRow(name) << colour << expected;
    };
    const auto text = [](const char *words) { return QString::fromLatin1(words).split(QLatin1Char(' ')); };
    row("709", {1, 1, 1, false, 1}, text("bt709 bt709 bt709 tv left"));
    row("709, full range", {1, 1, 1, true, 1}, text("bt709 bt709 bt709 pc left"));
    row("601, 625 lines", {5, 6, 5, false, 1}, text("bt470bg smpte170m bt470bg tv left"));
    row("601, 525 lines", {6, 6, 6, false, 2}, text("smpte170m smpte170m smpte170m tv center"));
    row("2020, PQ", {9, 16, 9, false, 3}, text("bt2020 smpte2084 bt2020nc tv topleft"));
    row("full range only", {2, 2, 2, true, 0}, text("- - - pc left"));
    row("unspecified", {2, 2, 2, false, 0}, text("- - - - left"));
    row("nonsense", {77, 78, 79, false, 99}, text("- - - - left"));
}

void TestClipPicture::keepsColourTags()
{
    QFETCH(doorveil::base::ColourInfo, colour);
    QFETCH(QStringList, expected);
    EncodeSettings settings = smallSettings();
    settings.colour = colour;
    const ScratchFile file;
    QVERIFY(writeClip(file.descriptor(), settings, {0, 40}, 40).hasValue());
    const QJsonObject stream = probeStream(file.path(), QStringLiteral("v"));
    const auto tag = [&stream](const char *key) {
        return stream.value(QLatin1String(key)).toString(QStringLiteral("-"));
    };
    if (expected[0] != QLatin1String("-")) {
        QCOMPARE(tag("color_primaries"), expected[0]);
        QCOMPARE(tag("color_transfer"), expected[1]);
        QCOMPARE(tag("color_space"), expected[2]);
    } else {
        QVERIFY(!stream.contains(QLatin1String("color_primaries")));
        QVERIFY(!stream.contains(QLatin1String("color_space")));
    }
    if (expected[3] == QLatin1String("-"))
        QVERIFY(tag("color_range") != QStringLiteral("pc"));
    else
        QCOMPARE(tag("color_range"), expected[3]);
    QCOMPARE(tag("chroma_location"), expected[4]);
}

void TestClipPicture::keepsFullRangeValues()
{
    const Size size{64, 48};
    const VideoFrame picture = paintedFrame(size, {}, [](int plane, int x, int) {
        return plane != 0 ? 128 : x < 32 ? 2 : 253;
    });
    EncodeSettings settings = smallSettings(size);
    settings.colour.fullRange = true;
    const ScratchFile file;
    settings.crf = 1;
    const Decoded decoded = roundTrip(file, settings, picture);
    QVERIFY(!decoded.samples.isEmpty());
    const QByteArray raw = decodeVideo(file.path(), QStringLiteral("yuvj420p"));
    QVERIFY(qAbs(static_cast<unsigned char>(raw[10 * 64 + 8]) - 2) <= 2);
    QVERIFY(qAbs(static_cast<unsigned char>(raw[10 * 64 + 56]) - 253) <= 2);
}

void TestClipPicture::keepsSampleAspect()
{
    for (const Rational aspect : {Rational{4, 3}, Rational{12, 11}, Rational{1, 1}}) {
        EncodeSettings settings = smallSettings();
        settings.sampleAspect = aspect;
        const ScratchFile file;
        QVERIFY(writeClip(file.descriptor(), settings, {0, 40}, 40).hasValue());
        QCOMPARE(probeStream(file.path(), QStringLiteral("v")).value(QLatin1String("sample_aspect_ratio")).toString(),
                 QStringLiteral("%1:%2").arg(aspect.numerator).arg(aspect.denominator));
    }
}

QTEST_GUILESS_MAIN(TestClipPicture)
#include "tst_clippicture.moc"
