// SPDX-License-Identifier: GPL-3.0-or-later
// Frame identity: clips of every shape with a number burnt into each frame come out number by number, at the times the
// clip says.
#include "decodetesting.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::decodetesting;
using testsupport::CounterClip;

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

const char *const h264 = "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p";

} // namespace

class TestDecodeCounters : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void plain_data();
    void plain();
    void variableRate();
    void editListWithPreRoll();
    void startsInsideAGroup();
    void orientation_data();
    void orientation();
    void refusesOddAngles();
    void rawStreamAssumesARate();
    void missingPtsInAvi();
    void damagedGroup();
    void damageIsSeen();
    void sizeChanges();
    void lastFrameKeepsItsDuration();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestDecodeCounters::initTestCase()
{
    QVERIFY(m_folder.isValid());
}

void TestDecodeCounters::plain_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");

    const auto row = [](const char *name, const char *encoder, const char *rate = "25", int width = 320,
                        int height = 240) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(encoder) << QString::fromLatin1(rate)
                            << width << height;
    };
    row("bframes.mp4", "-c:v libx264 -preset veryfast -bf 3 -g 12 -pix_fmt yuv420p");
    row("opengroup.mkv", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params open-gop=1:bframes=3:keyint=12");
    row("opengroup.mp4", "-c:v libx265 -preset ultrafast -x265-params log-level=none:open-gop=1:bframes=3:keyint=12");
    row("stream.ts", "-c:v libx264 -preset veryfast -bf 2 -g 10 -pix_fmt yuv420p");
    row("mpeg2.ts", "-c:v mpeg2video -bf 2 -g 12 -q:v 3");
    row("ntsc.mp4", h264, "30000/1001");
    row("interlaced.mp4", "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -flags +ilme+ildct -top 1");
    row("odd.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 2M -pix_fmt yuv420p", "25", 641, 479);
    row("odd444.mkv", "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv444p", "25", 641, 479);
    row("tenbit.mp4", "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le");
    row("fragmented.mp4", "-c:v libx264 -preset veryfast -bf 2 -g 10 -pix_fmt yuv420p -movflags "
                          "frag_keyframe+empty_moov");
    row("vp8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 2M -auto-alt-ref 1 -lag-in-frames 16");
    row("mpeg4.avi", "-c:v mpeg4 -q:v 3 -bf 0");
    row("mjpeg.mov", "-c:v mjpeg -q:v 3 -pix_fmt yuvj422p");
    row("rgb.mkv", "-c:v libx264rgb -preset veryfast -crf 10");
}

void TestDecodeCounters::plain()
{
    QFETCH(QString, name);
    QFETCH(QString, encoder);
    QFETCH(QString, rate);
    QFETCH(int, width);
    QFETCH(int, height);
    CounterClip clip;
    clip.size = {width, height};
    clip.rate = rate;
    clip.encoder = encoder.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QVERIFY(testsupport::makeCounterClip(path(name), clip));

    const OpenedClip opened = open(path(name));
    QVERIFY2(opened.source, qPrintable(opened.error));
    const base::ClipInfo &info = opened->info();
    QCOMPARE(info.storedSize.width, width);
    QCOMPARE(info.storedSize.height, height);
    QCOMPARE(info.layout.bitDepth, name == QLatin1String("tenbit.mp4") ? 10 : 8);

    const std::vector<SeenFrame> frames = decodeAll(*opened.source);
    QCOMPARE(countersOf(frames), numbers(0, clip.frames));
    QVERIFY(opened->losses().empty());
    const base::Rational frameTime =
        rate.contains(QLatin1Char('/')) ? base::Rational{1001, 30000} : base::Rational{1, rate.toInt()};
    for (std::size_t index = 0; index < frames.size(); ++index) {
        const SeenFrame &frame = frames[index];
        QVERIFY(!frame.damaged);
        QCOMPARE(frame.fieldOrder, name.startsWith(QLatin1String("interlaced")) ? base::FieldOrder::TopFirst
                                                                                : base::FieldOrder::Progressive);
        // Containers with coarse clocks round each time.
        const std::int64_t expected = base::rescale(std::int64_t(index), frameTime, info.timeBase);
        const std::int64_t difference = frame.pts - frames.front().pts - expected;
        QVERIFY2(std::abs(difference) <= 1, qPrintable(QString::number(difference)));
        if (index + 1 < frames.size())
            QCOMPARE(frame.duration, frames[index + 1].pts - frame.pts);
        else
            QVERIFY(std::abs(frame.duration - base::rescale(1, frameTime, info.timeBase)) <= 1);
    }
}

void TestDecodeCounters::variableRate()
{
    CounterClip clip;
    clip.filters = QStringLiteral("settb=1/90000,setpts='N*3000+mod(N*N,7)*311'");
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 2 -crf 18 -pix_fmt yuv420p -enc_time_base 1/90000 "
                         "-video_track_timescale 90000");
    QVERIFY(testsupport::makeCounterClip(path(QStringLiteral("vfr.mp4")), clip));
    const OpenedClip opened = open(path(QStringLiteral("vfr.mp4")));
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(countersOf(frames), numbers(0, clip.frames));
    for (std::size_t index = 0; index < frames.size(); ++index) {
        const auto number = std::int64_t(index);
        const std::int64_t expected =
            base::rescale(number * 3000 + number * number % 7 * 311, {1, 90000}, opened->info().timeBase);
        QCOMPARE(frames[index].pts - frames.front().pts, expected);
    }
}

void TestDecodeCounters::editListWithPreRoll()
{
    CounterClip clip;
    clip.encoder = words("-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -bf 2 -g 25 -keyint_min 25");
    QVERIFY(testsupport::makeCounterClip(path(QStringLiteral("whole.mp4")), clip));
    const QString cut = path(QStringLiteral("cut.mp4"));
    QVERIFY(
        testsupport::runFfmpeg({QStringLiteral("-ss"), QStringLiteral("1.4"), QStringLiteral("-i"),
                                path(QStringLiteral("whole.mp4")), QStringLiteral("-c"), QStringLiteral("copy"), cut}));
    // The file holds the group from its key frame, 25, on; the edit list shows it from 35.
    const auto stored = testsupport::runFfprobe({QStringLiteral("-ignore_editlist"), QStringLiteral("1"),
                                                 QStringLiteral("-count_packets"), QStringLiteral("-show_entries"),
                                                 QStringLiteral("stream=nb_read_packets"), QStringLiteral("-of"),
                                                 QStringLiteral("csv=p=0"), cut});
    QCOMPARE(stored.value(0).toInt(), 25);
    const OpenedClip opened = open(cut);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(countersOf(frames), numbers(35, 15));
    QVERIFY(opened->losses().empty());
    QCOMPARE(frames.front().pts, 0);
}

void TestDecodeCounters::startsInsideAGroup()
{
    // A recording that begins between key frames: what cannot be built is listed, the rest is right.
    CounterClip clip;
    clip.encoder =
        words("-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -bf 0 -g 20 -keyint_min 20 -sc_threshold 0 "
              "-x264-params annexb=1:repeat-headers=1 -f mpegts");
    const QString whole = path(QStringLiteral("wholestream.ts"));
    QVERIFY(testsupport::makeCounterClip(whole, clip));
    QByteArray bytes = testsupport::readAll(whole);
    constexpr int packet = 188;
    const int packets = int(bytes.size()) / packet;
    // Tables first, so that the stream is recognised, then the second fifth of the file is gone.
    bytes.remove(3 * packet, packets / 5 * packet);
    const QString cut = path(QStringLiteral("inside.ts"));
    QVERIFY(testsupport::writeAll(cut, bytes));
    const OpenedClip opened = open(cut);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QVERIFY(!frames.empty());
    const auto counters = countersOf(frames);
    QVERIFY(std::is_sorted(counters.begin(), counters.end()));
    QCOMPARE(counters.back(), clip.frames - 1);
    for (const SeenFrame &frame : frames) {
        if (!frame.damaged)
            QVERIFY(frame.counter >= 0);
    }
    QVERIFY(!frames.back().damaged);
}

void TestDecodeCounters::orientation_data()
{
    QTest::addColumn<int>("quarterTurns");
    QTest::addColumn<bool>("mirrored");
    QTest::addColumn<QList<int>>("matrix"); // a b c d
    QTest::newRow("upright") << 0 << false << QList<int>{1, 0, 0, 1};
    QTest::newRow("right") << 1 << false << QList<int>{0, 1, -1, 0};
    QTest::newRow("upside down") << 2 << false << QList<int>{-1, 0, 0, -1};
    QTest::newRow("left") << 3 << false << QList<int>{0, -1, 1, 0};
    QTest::newRow("mirrored") << 0 << true << QList<int>{-1, 0, 0, 1};
    QTest::newRow("mirrored, right") << 1 << true << QList<int>{0, -1, -1, 0};
    QTest::newRow("mirrored, upside down") << 2 << true << QList<int>{1, 0, 0, -1};
    QTest::newRow("mirrored, left") << 3 << true << QList<int>{0, 1, 1, 0};
}

void TestDecodeCounters::orientation()
{
    QFETCH(int, quarterTurns);
    QFETCH(bool, mirrored);
    QFETCH(QList<int>, matrix);
    CounterClip clip;
    clip.frames = 5;
    const QString turned = path(QStringLiteral("turned.mp4"));
    QVERIFY(testsupport::makeCounterClip(turned, clip));
    const std::int32_t one = 1 << 16;
    const std::int32_t numbersOfMatrix[9] = {
        matrix[0] * one, matrix[1] * one, 0, matrix[2] * one, matrix[3] * one, 0, 0, 0, 1 << 30};
    QVERIFY(testsupport::patchDisplayMatrix(turned, numbersOfMatrix));

    const OpenedClip opened = open(turned);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const base::Orientation expected{quarterTurns, mirrored};
    QCOMPARE(opened->info().orientation, expected);
    const auto frame = opened->nextFrame();
    QVERIFY(frame && *frame);
    QCOMPARE((*frame)->orientation, expected);
    QCOMPARE((*frame)->displayedSize().width, quarterTurns % 2 != 0 ? 240 : 320);
    QCOMPARE(look(**frame).counter, 0); // the samples stay as they are stored
    QCOMPARE(countersOf(decodeAll(*opened.source)), numbers(1, 4));

    // The displayed picture is what FFmpeg's own rotation makes of it.
    QByteArray shown;
    QVERIFY(testsupport::runFfmpeg({QStringLiteral("-i"), turned, QStringLiteral("-frames:v"), QStringLiteral("1"),
                                    QStringLiteral("-pix_fmt"), QStringLiteral("gray"), QStringLiteral("-f"),
                                    QStringLiteral("rawvideo"), QStringLiteral("-")},
                                   &shown));
    const base::Size size = (*frame)->displayedSize();
    QCOMPARE(shown.size(), qsizetype(size.width) * size.height);
    std::int64_t difference = 0;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const base::Point stored = base::displayedToStored(base::Point{x, y}, (*frame)->storedSize(), expected);
            const int sample =
                std::to_integer<int>((*frame)->plane(0).data[stored.y * (*frame)->plane(0).stride + stored.x]);
            // The grey of FFmpeg's conversion spans 0 to 255, the stored samples 16 to 235.
            const int grey = (sample - 16) * 255 / 219;
            difference += std::abs(grey - int(std::uint8_t(shown[y * size.width + x])));
        }
    }
    QVERIFY2(difference < std::int64_t(shown.size()) * 4, qPrintable(QString::number(difference / shown.size())));
}

void TestDecodeCounters::refusesOddAngles()
{
    CounterClip clip;
    clip.frames = 2;
    const QString turned = path(QStringLiteral("angle.mp4"));
    QVERIFY(testsupport::makeCounterClip(turned, clip));
    const std::int32_t matrix[9] = {46341, 46341, 0, -46341, 46341, 0, 0, 0, 1 << 30}; // 45 degrees
    QVERIFY(testsupport::patchDisplayMatrix(turned, matrix));
    const OpenedClip opened = open(turned);
    QVERIFY(!opened.source);
    QCOMPARE(opened.errorKind, base::ErrorKind::InputNotOpenable);
    QVERIFY2(opened.error.contains(QLatin1String("quarter turn")), qPrintable(opened.error));
}

void TestDecodeCounters::rawStreamAssumesARate()
{
    CounterClip clip;
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 2 -pix_fmt yuv420p -bsf:v "
                         "h264_metadata=tick_rate=0 -x264-params force-cfr=0:vfr-input=1");
    const QString raw = path(QStringLiteral("raw.h264"));
    QVERIFY(testsupport::makeCounterClip(raw, clip));
    const OpenedClip opened = open(raw);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const base::ClipInfo &info = opened->info();
    QCOMPARE(info.assumptions.size(), 1);
    QVERIFY(info.assumptions.front().contains(QLatin1String("25")));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(countersOf(frames), numbers(0, clip.frames));
    for (std::size_t index = 0; index < frames.size(); ++index)
        QCOMPARE(frames[index].pts, base::rescale(std::int64_t(index), {1, 25}, info.timeBase));
}

void TestDecodeCounters::missingPtsInAvi()
{
    // AVI has no display times: with B-frames they have to be made from the decoding times.
    CounterClip clip;
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 2 -g 20 -pix_fmt yuv420p");
    const QString avi = path(QStringLiteral("bframes.avi"));
    QVERIFY(testsupport::makeCounterClip(avi, clip));
    const OpenedClip opened = open(avi);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(countersOf(frames), numbers(0, clip.frames));
    const std::int64_t step = base::rescale(1, {1, 25}, opened->info().timeBase);
    for (std::size_t index = 1; index < frames.size(); ++index)
        QCOMPARE(frames[index].pts - frames[index - 1].pts, step);
    QVERIFY(opened->losses().empty());
}

void TestDecodeCounters::damagedGroup()
{
    CounterClip clip;
    clip.frames = 75;
    clip.encoder =
        words("-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -bf 2 -g 25 -keyint_min 25 -sc_threshold 0");
    const QString whole = path(QStringLiteral("sound.mp4"));
    QVERIFY(testsupport::makeCounterClip(whole, clip));
    const auto packets = testsupport::runFfprobe({QStringLiteral("-show_entries"), QStringLiteral("packet=pos,size"),
                                                  QStringLiteral("-of"), QStringLiteral("csv=p=0"), whole});
    QCOMPARE(packets.size(), clip.frames);
    QByteArray bytes = testsupport::readAll(whole);
    // In the second group: one packet is nothing but zeros, another has a broken middle.
    const auto overwrite = [&](int index, double from, double to) {
        const auto fields = packets[index].split(QLatin1Char(','));
        const qsizetype size = fields[0].toLongLong();
        const qsizetype position = fields[1].toLongLong();
        for (auto offset = qsizetype(double(size) * from); offset < qsizetype(double(size) * to); ++offset)
            bytes[position + offset] = 0;
    };
    overwrite(30, 0.0, 1.0);
    overwrite(36, 0.3, 0.9);
    const QString damaged = path(QStringLiteral("damaged.mp4"));
    QVERIFY(testsupport::writeAll(damaged, bytes));

    const OpenedClip opened = open(damaged);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    const auto losses = opened->losses();
    QVERIFY(!losses.empty());
    QCOMPARE(frames.size() + losses.size(), std::size_t(clip.frames)); // every frame is shown or listed
    const std::int64_t step = base::rescale(1, {1, 25}, opened->info().timeBase);
    bool anyDamaged = false;
    for (const SeenFrame &frame : frames) {
        const std::int64_t number = (frame.pts - frames.front().pts) / step;
        anyDamaged = anyDamaged || frame.damaged;
        if (number < 25 || number >= 50) {
            QVERIFY(!frame.damaged);
            QCOMPARE(frame.counter, number);
        } else if (!frame.damaged) {
            QCOMPARE(frame.counter, number);
        }
    }
    QVERIFY(anyDamaged);
    for (const base::Loss &loss : losses) {
        const std::int64_t number = (loss.pts - frames.front().pts) / step;
        QVERIFY(number >= 25 && number < 50);
        QVERIFY(!loss.reason.isEmpty());
    }
}

void TestDecodeCounters::damageIsSeen()
{
    // HEVC's decoder does not mark what it builds from missing references: the group is marked all the same.
    CounterClip clip;
    clip.frames = 60;
    clip.encoder = words("-c:v libx265 -preset ultrafast -x265-params "
                         "log-level=none:bframes=0:keyint=20:min-keyint=20:scenecut=0");
    const QString whole = path(QStringLiteral("hevc.mp4"));
    QVERIFY(testsupport::makeCounterClip(whole, clip));
    const auto packets = testsupport::runFfprobe({QStringLiteral("-show_entries"), QStringLiteral("packet=pos,size"),
                                                  QStringLiteral("-of"), QStringLiteral("csv=p=0"), whole});
    QByteArray bytes = testsupport::readAll(whole);
    const auto fields = packets.value(25).split(QLatin1Char(','));
    const qsizetype size = fields.value(0).toLongLong();
    const qsizetype position = fields.value(1).toLongLong();
    for (qsizetype offset = 4; offset < size; ++offset)
        bytes[position + offset] = char(0xff);
    const QString damaged = path(QStringLiteral("hevcdamaged.mp4"));
    QVERIFY(testsupport::writeAll(damaged, bytes));
    const OpenedClip opened = open(damaged);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(frames.size() + opened->losses().size(), std::size_t(clip.frames));
    const std::int64_t step = base::rescale(1, {1, 25}, opened->info().timeBase);
    for (const SeenFrame &frame : frames) {
        const std::int64_t number = (frame.pts - frames.front().pts) / step;
        QCOMPARE(frame.damaged, number >= 25 && number < 40);
    }
}

void TestDecodeCounters::sizeChanges()
{
    // Two recordings of different sizes in one stream: all frames come out in the size of the first.
    CounterClip first;
    first.frames = 10;
    first.encoder = words("-c:v libx264 -preset veryfast -pix_fmt yuv420p -bf 0 -f mpegts");
    CounterClip second = first;
    second.size = {480, 360};
    second.encoder = words("-c:v libx264 -preset veryfast -pix_fmt yuv420p -bf 0 -output_ts_offset 0.4 -f mpegts");
    QVERIFY(testsupport::makeCounterClip(path(QStringLiteral("first.ts")), first));
    QVERIFY(testsupport::makeCounterClip(path(QStringLiteral("second.ts")), second));
    const QString both = path(QStringLiteral("both.ts"));
    QVERIFY(testsupport::writeAll(both, testsupport::readAll(path(QStringLiteral("first.ts")))
                                            + testsupport::readAll(path(QStringLiteral("second.ts")))));
    const OpenedClip opened = open(both);
    QVERIFY2(opened.source, qPrintable(opened.error));
    QCOMPARE(opened->info().storedSize.width, 320);
    int count = 0;
    while (true) {
        const auto frame = opened->nextFrame();
        QVERIFY(frame);
        if (!*frame)
            break;
        QCOMPARE((*frame)->storedSize(), (base::Size{320, 240}));
        ++count;
    }
    QCOMPARE(count, 20);
    const auto losses = opened->losses();
    QVERIFY(std::any_of(losses.begin(), losses.end(),
                        [](const base::Loss &loss) { return loss.reason.contains(QLatin1String("480")); }));
}

void TestDecodeCounters::lastFrameKeepsItsDuration()
{
    CounterClip clip;
    clip.frames = 10;
    clip.filters = QStringLiteral("settb=1/1000,setpts='N*100+N*N*10'");
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 0 -pix_fmt yuv420p -enc_time_base 1/1000");
    const QString name = path(QStringLiteral("last.mp4"));
    QVERIFY(testsupport::makeCounterClip(name, clip));
    const auto durations = testsupport::runFfprobe({QStringLiteral("-show_entries"), QStringLiteral("packet=duration"),
                                                    QStringLiteral("-of"), QStringLiteral("csv=p=0"), name});
    const OpenedClip opened = open(name);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(frames.size(), std::size_t(10));
    QCOMPARE(frames.back().duration, durations.value(9).toLongLong());
}

QTEST_GUILESS_MAIN(TestDecodeCounters)
#include "tst_decodecounters.moc"
