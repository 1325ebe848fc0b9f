// SPDX-License-Identifier: GPL-3.0-or-later
// Sample formats: which layout each is delivered in, and that its samples keep their values.
#include "decode/frameconverter_p.h"
#include "decode/pictureformat_p.h"

#include <QTest>

#include <cstring>

using namespace doorveil;
using base::ChromaLayout;

namespace {

// A picture of one colour.
decode::FramePointer plainPicture(AVPixelFormat format, base::Size size, std::array<int, 3> values)
{
    decode::FramePointer picture(av_frame_alloc());
    picture->format = format;
    picture->width = size.width;
    picture->height = size.height;
    if (av_frame_get_buffer(picture.get(), 0) < 0)
        return nullptr;
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(format);
    for (int component = 0; component < std::min<int>(3, description->nb_components); ++component) {
        const AVComponentDescriptor &where = description->comp[component];
        const bool isChroma = component > 0 && (description->flags & AV_PIX_FMT_FLAG_RGB) == 0;
        const int rows = isChroma ? AV_CEIL_RSHIFT(size.height, description->log2_chroma_h) : size.height;
        const int columns = isChroma ? AV_CEIL_RSHIFT(size.width, description->log2_chroma_w) : size.width;
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                std::uint8_t *sample = picture->data[where.plane] + row * picture->linesize[where.plane]
                                       + column * where.step + where.offset;
                const int value = values[std::size_t(component)] << where.shift;
                if (where.depth > 8) {
                    const auto wide = std::uint16_t(value);
                    std::memcpy(sample, &wide, sizeof wide);
                } else {
                    *sample = std::uint8_t(value);
                }
            }
        }
    }
    return picture;
}

int sampleAt(const base::VideoFrame &frame, int plane, int x, int y)
{
    const base::VideoFrame::Plane &samples = frame.plane(plane);
    const std::byte *sample = samples.data + y * samples.stride + x * frame.layout().bytesPerSample();
    if (frame.layout().bytesPerSample() == 1)
        return std::to_integer<int>(*sample);
    std::uint16_t wide = 0;
    std::memcpy(&wide, sample, sizeof wide);
    return wide;
}

} // namespace

class TestPictureFormat : public QObject
{
    Q_OBJECT

private slots:
    void layouts_data();
    void layouts();
    void colour();
    void orientations();
};

void TestPictureFormat::layouts_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("chroma");
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("native");
    QTest::addColumn<QList<int>>("in");
    QTest::addColumn<QList<int>>("out");
    const auto row = [](AVPixelFormat format, ChromaLayout chroma, int depth, bool native, const QList<int> &in,
                        const QList<int> &out) {
        QTest::newRow(av_get_pix_fmt_name(format)) << int(format) << int(chroma) << depth << native << in << out;
    };
    const QList<int> eight{200, 90, 150};
    const QList<int> ten{800, 360, 600};
    row(AV_PIX_FMT_GRAY8, ChromaLayout::Grey, 8, true, eight, {200});
    row(AV_PIX_FMT_GRAY10LE, ChromaLayout::Grey, 10, true, ten, {800});
    row(AV_PIX_FMT_YUV420P, ChromaLayout::Yuv420, 8, true, eight, eight);
    row(AV_PIX_FMT_YUVJ420P, ChromaLayout::Yuv420, 8, true, eight, eight);
    row(AV_PIX_FMT_YUVA420P, ChromaLayout::Yuv420, 8, true, eight, eight);
    row(AV_PIX_FMT_YUV422P, ChromaLayout::Yuv422, 8, true, eight, eight);
    row(AV_PIX_FMT_YUV444P, ChromaLayout::Yuv444, 8, true, eight, eight);
    row(AV_PIX_FMT_YUV420P10LE, ChromaLayout::Yuv420, 10, true, ten, ten);
    row(AV_PIX_FMT_YUV422P10LE, ChromaLayout::Yuv422, 10, true, ten, ten);
    row(AV_PIX_FMT_YUV444P10LE, ChromaLayout::Yuv444, 10, true, ten, ten);
    row(AV_PIX_FMT_NV12, ChromaLayout::Yuv420, 8, false, eight, eight);
    row(AV_PIX_FMT_YUYV422, ChromaLayout::Yuv422, 8, false, eight, eight);
    row(AV_PIX_FMT_YUV411P, ChromaLayout::Yuv422, 8, false, eight, eight);
    row(AV_PIX_FMT_YUVJ411P, ChromaLayout::Yuv422, 8, false, eight, eight);
    row(AV_PIX_FMT_YUV440P, ChromaLayout::Yuv444, 8, false, eight, eight);
    row(AV_PIX_FMT_YUV420P12LE, ChromaLayout::Yuv420, 10, false, {3200, 1440, 2400}, ten);
    row(AV_PIX_FMT_GRAY12LE, ChromaLayout::Grey, 10, false, {3200}, {800});
    // Red, green, blue 255, 0, 0 in BT.601, limited range.
    row(AV_PIX_FMT_RGB24, ChromaLayout::Yuv444, 8, false, {255, 0, 0}, {81, 90, 240});
    row(AV_PIX_FMT_GBRP, ChromaLayout::Yuv444, 8, false, {255, 0, 0}, {81, 90, 240});
}

void TestPictureFormat::layouts()
{
    QFETCH(int, format);
    QFETCH(int, chroma);
    QFETCH(int, depth);
    QFETCH(bool, native);
    QFETCH(QList<int>, in);
    QFETCH(QList<int>, out);
    const auto pixelFormat = AVPixelFormat(format);
    const base::PixelLayout layout = decode::layoutFor(pixelFormat);
    QCOMPARE(int(layout.chroma), chroma);
    QCOMPARE(layout.bitDepth, depth);
    QCOMPARE(decode::isNative(pixelFormat), native);

    const base::Size size{33, 17}; // odd, so that chroma planes round up
    const auto picture = plainPicture(pixelFormat, size, {in.value(0), in.value(1), in.value(2)});
    QVERIFY(picture);
    decode::FrameConverter converter(size, layout);
    const auto frame = converter.convert(*picture);
    QVERIFY(frame);
    QCOMPARE(frame->storedSize(), size);
    const int tolerance = native ? 0 : 1;
    for (int plane = 0; plane < layout.planeCount(); ++plane) {
        const base::Size samples = frame->plane(plane).size;
        for (const base::Point point : {base::Point{0, 0}, base::Point{samples.width / 2, samples.height / 2},
                                        base::Point{samples.width - 1, samples.height - 1}}) {
            const int found = sampleAt(*frame, plane, point.x, point.y);
            QVERIFY2(std::abs(found - out.value(plane)) <= tolerance,
                     qPrintable(QStringLiteral("plane %1: %2 for %3").arg(plane).arg(found).arg(out.value(plane))));
        }
    }
}

void TestPictureFormat::colour()
{
    const auto of = [](AVPixelFormat format, int height, AVColorSpace matrix, AVColorRange range) {
        return decode::colourOf(format, height, AVCOL_PRI_BT709, AVCOL_TRC_BT709, matrix, range, AVCHROMA_LOC_LEFT);
    };
    QVERIFY(of(AV_PIX_FMT_YUVJ420P, 480, AVCOL_SPC_BT709, AVCOL_RANGE_UNSPECIFIED).fullRange);
    QVERIFY(of(AV_PIX_FMT_YUV420P, 480, AVCOL_SPC_BT709, AVCOL_RANGE_JPEG).fullRange);
    QVERIFY(!of(AV_PIX_FMT_YUV420P, 480, AVCOL_SPC_BT709, AVCOL_RANGE_MPEG).fullRange);
    QCOMPARE(of(AV_PIX_FMT_GBRP, 480, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG).matrix, 6);
    QCOMPARE(of(AV_PIX_FMT_GBRP, 720, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG).matrix, 1);
    QVERIFY(!of(AV_PIX_FMT_GBRP, 720, AVCOL_SPC_RGB, AVCOL_RANGE_JPEG).fullRange);
    QCOMPARE(of(AV_PIX_FMT_YUV420P, 720, AVColorSpace(-5), AVCOL_RANGE_MPEG).matrix, 2);
}

void TestPictureFormat::orientations()
{
    const std::int32_t nothing[9] = {};
    QCOMPARE(decode::orientationOf(nothing), std::optional<base::Orientation>(base::Orientation{}));
    const std::int32_t rounded[9] = {3, 65536, 0, -65535, -2, 0, 0, 0, 1 << 30};
    QCOMPARE(decode::orientationOf(rounded), std::optional<base::Orientation>(base::Orientation{1, false}));
    const std::int32_t sheared[9] = {65536, 65536, 0, 0, 65536, 0, 0, 0, 1 << 30};
    QVERIFY(!decode::orientationOf(sheared));
    const std::int32_t flat[9] = {65536, 0, 0, 0, 0, 0, 0, 0, 1 << 30};
    QVERIFY(!decode::orientationOf(flat));
}

QTEST_APPLESS_MAIN(TestPictureFormat)
#include "tst_pictureformat.moc"
