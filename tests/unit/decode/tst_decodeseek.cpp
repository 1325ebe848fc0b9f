// SPDX-License-Identifier: GPL-3.0-or-later
// Seeking is frame-exact: from any place to any place, the same frames follow as in a decode from the start.
#include "decodetesting.h"
#include "support/media.h"
#include "support/testdata.h"

#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace doorveil;
using namespace doorveil::decodetesting;
using testsupport::CounterClip;

class TestDecodeSeek : public QObject
{
    Q_OBJECT

private slots:
    void made_data();
    void made();
    void real_data();
    void real();
    void soundFollows();

private:
    void check(const QString &path, int targets);

    QTemporaryDir m_folder;
};

void TestDecodeSeek::check(const QString &path, int targets)
{
    const OpenedClip opened = open(path);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const std::vector<SeenFrame> all = decodeAll(*opened.source);
    QVERIFY(!all.empty());

    std::mt19937 random(20240611);
    std::uniform_int_distribution<std::size_t> anyFrame(0, all.size() - 1);
    std::uniform_int_distribution<int> anyWhere(0, 2);
    for (int target = 0; target < targets; ++target) {
        const std::size_t index = anyFrame(random);
        std::int64_t ticks = all[index].pts;
        if (anyWhere(random) == 0)
            ticks += all[index].duration - 1; // the last moment it is shown
        const auto sought = opened->seek(ticks);
        QVERIFY(sought);
        for (std::size_t following = index; following < std::min(index + 3, all.size()); ++following) {
            const auto frame = opened->nextFrame();
            QVERIFY(frame && *frame);
            const SeenFrame seen = look(**frame);
            QVERIFY2(seen == all[following],
                     qPrintable(QStringLiteral("target %1 (frame %2): frame %3 expected, pts %4, counter %5 came")
                                    .arg(ticks)
                                    .arg(index)
                                    .arg(following)
                                    .arg(seen.pts)
                                    .arg(seen.counter)));
        }
    }
    // Before the first frame, and far behind the last.
    QVERIFY(opened->seek(all.front().pts - 1'000'000));
    QVERIFY(decodeAll(*opened.source) == all);
    QVERIFY(opened->seek(std::numeric_limits<std::int64_t>::max()));
    const auto last = decodeAll(*opened.source);
    QCOMPARE(last.size(), std::size_t(1));
    QVERIFY(last.front() == all.back());
    QVERIFY(opened->seek(std::numeric_limits<std::int64_t>::min()));
    QVERIFY(decodeAll(*opened.source) == all);
    QVERIFY(opened->losses().empty());
}

void TestDecodeSeek::made_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("encoder");
    const auto row = [](const char *name, const char *encoder) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(encoder);
    };
    row("bframes.mp4", "-c:v libx264 -preset veryfast -bf 3 -g 12 -pix_fmt yuv420p");
    row("opengroup.mp4", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params open-gop=1:bframes=3:keyint=12");
    row("opengroup.mkv", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params open-gop=1:bframes=3:keyint=12");
    row("opengroup.ts", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params open-gop=1:bframes=3:keyint=12");
    row("hevc.mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=none:open-gop=1:bframes=3:keyint=12");
    row("hevc.ts", "-c:v libx265 -preset ultrafast -x265-params log-level=none:open-gop=1:bframes=3:keyint=12");
    row("refresh.mp4", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params intra-refresh=1:keyint=15");
    row("refresh.ts", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params intra-refresh=1:keyint=15");
    row("fragmented.mp4", "-c:v libx264 -preset veryfast -bf 2 -g 10 -pix_fmt yuv420p -movflags "
                          "frag_keyframe+empty_moov");
    row("mpeg2.ts", "-c:v mpeg2video -bf 2 -g 12 -q:v 3");
    row("mpeg4.avi", "-c:v mpeg4 -bf 2 -g 12 -q:v 3");
    row("h264.avi", "-c:v libx264 -preset veryfast -bf 2 -g 12 -pix_fmt yuv420p");
    row("mjpeg.avi", "-c:v mjpeg -q:v 3 -pix_fmt yuvj420p");
    row("raw.h264", "-c:v libx264 -preset veryfast -bf 2 -g 12 -pix_fmt yuv420p");
    row("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 2M -g 15");
    row("vp8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -b:v 2M -g 15 -auto-alt-ref 1 -lag-in-frames 10");
}

void TestDecodeSeek::made()
{
    QFETCH(QString, name);
    QFETCH(QString, encoder);
    CounterClip clip;
    clip.frames = 70;
    clip.encoder = encoder.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString path = m_folder.filePath(name);
    QVERIFY(testsupport::makeCounterClip(path, clip));
    check(path, 25);
}

void TestDecodeSeek::real_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path :
         {"containers/no_duration.webm", "containers/tc_av1_video.mkv", "containers/tc_nasa_13013.mp4",
          "dev/asl_again.mkv", "dev/derived/containers/editlist_start_midgop.mp4", "dev/derived/containers/vfr.mp4",
          "dev/derived/containers/h264_aac.ts", "dev/derived/containers/interlaced_mpeg2_pal.ts",
          "dev/derived/containers/interlaced_h264_tff.mkv", "dev/derived/containers/hevc_10bit.mp4"})
        QTest::newRow(path) << QStringLiteral("clips/") + QString::fromUtf8(path);
}

void TestDecodeSeek::real()
{
    QFETCH(QString, path);
    DOORVEIL_NEEDS_TEST_DATA(path, file);
    check(file, 12);
}

void TestDecodeSeek::soundFollows()
{
    CounterClip clip;
    clip.frames = 75;
    clip.inputs = QStringList{QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                              QStringLiteral("sine=f=440:r=48000:d=3")};
    clip.encoder << QStringLiteral("-g") << QStringLiteral("12") << QStringLiteral("-c:a") << QStringLiteral("aac");
    const QString path = m_folder.filePath(QStringLiteral("sound.mp4"));
    QVERIFY(testsupport::makeCounterClip(path, clip));
    base::FrameSourceOptions options;
    options.audioStream = 0;
    const OpenedClip opened = open(path, options);
    QVERIFY2(opened.source, qPrintable(opened.error));
    for (const int frame : {50, 10, 0, 74}) {
        QVERIFY(opened->seek(base::rescale(frame, {1, 25}, opened->info().timeBase)));
        const auto picture = opened->nextFrame();
        QVERIFY(picture && *picture);
        QCOMPARE(look(**picture).counter, frame);
        const auto block = opened->nextAudio();
        QVERIFY(block && *block);
        const std::int64_t wanted = std::int64_t(frame) * 48000 / 25;
        QVERIFY((*block)->pts <= wanted);
        QVERIFY((*block)->pts + (*block)->frameCount() > wanted);
    }
}

QTEST_GUILESS_MAIN(TestDecodeSeek)
#include "tst_decodeseek.moc"
