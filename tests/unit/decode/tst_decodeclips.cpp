// SPDX-License-Identifier: GPL-3.0-or-later
// Real and odd clips: each decodes or is refused as expected, frame by frame as the ffmpeg program decodes it.
#include "decodetesting.h"
#include "support/testdata.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace doorveil;
using namespace doorveil::decodetesting;

namespace {

enum Expectation {
    Exact, // the same samples as the ffmpeg program, nothing lost, nothing damaged
    Whole, // this many frames, nothing lost, nothing damaged: the large clips, to save time
    Broken, // this many frames, with losses or damage reported
    Refused,
};

struct Row
{
    const char *path = "";
    Expectation expectation = Whole;
    int frames = 0;
    int stream = 0;
    const char *reason = "";
};

// Frames as `ffprobe -count_frames` counts them.
constexpr Row rows[] = {
    {"containers/carphone_distorted.mp4", Exact, 120},
    {"containers/decord_corrupted.mp4", Broken, 49},
    {"containers/decord_unordered.mov", Exact, 4},
    {"containers/decord_video_0.mov", Exact, 3},
    {"containers/decord_video_180.mov", Exact, 3},
    {"containers/decord_video_270.mov", Exact, 3},
    {"containers/decord_video_90.mov", Exact, 3},
    {"containers/dlib_MOT20-08-raw_shorter.h264", Whole, 127},
    {"containers/no_duration.webm", Whole, 74},
    {"containers/scene_cuts.mp4", Whole, 250},
    {"containers/tc_av1_video.mkv", Exact, 125},
    {"containers/tc_bt709_full_range.mp4", Whole, 30},
    {"containers/tc_h264_10bits.mp4", Exact, 30},
    {"containers/tc_h265_10bits.mp4", Exact, 30},
    {"containers/tc_h265_video.mp4", Exact, 10},
    {"containers/tc_nasa_13013.mp4", Whole, 390, 3},
    {"containers/video_with_failing_audio.mp4", Whole, 280},
    {"dev/aiguys_license_plate.mp4", Whole, 140},
    {"dev/asl_again.mkv", Exact, 77},
    {"dev/asl_bird.mkv", Whole, 63},
    {"dev/asl_book.mkv", Whole, 109},
    {"dev/asl_brother.mkv", Whole, 65},
    {"dev/asl_eat.mkv", Exact, 47},
    {"dev/asl_hungry.mkv", Whole, 49},
    {"dev/car-detection.mp4", Whole, 377},
    {"dev/carphone_pristine.mp4", Exact, 120},
    {"dev/chaplin.mp4", Whole, 241},
    {"dev/piotr_People.mp4", Exact, 8},
    {"dev/intel_face-demographics-walking-and-pause.gif", Refused, 0, 0, "gif"},
    {"dev/intel_head-pose-face-detection-female-and-male.gif", Refused, 0, 0, "gif"},
    {"dev/derived/grouping_A_C_A_D_E.mp4", Whole, 348},
    {"dev/derived/intel_face-demographics-walking-and-pause.mp4", Exact, 41},
    {"dev/derived/intel_head-pose-face-detection-female-and-male.mp4", Exact, 56},
    {"dev/derived/romanian_plates_2fps.mp4", Whole, 19},
    {"dev/derived/containers/anamorphic_sar_8_9.mp4", Exact, 77},
    {"dev/derived/containers/audio_only.m4a", Refused, 0, 0, "no video"},
    {"dev/derived/containers/audio_starts_late.mp4", Whole, 77},
    {"dev/derived/containers/base_h264.mp4", Exact, 77},
    {"dev/derived/containers/bitflips_in_mdat.mp4", Broken, 77},
    {"dev/derived/containers/displaymatrix_rot180.mp4", Whole, 77},
    {"dev/derived/containers/displaymatrix_rot270.mp4", Whole, 77},
    {"dev/derived/containers/displaymatrix_rot90.mp4", Exact, 77},
    {"dev/derived/containers/editlist_start_midgop.mp4", Exact, 60},
    {"dev/derived/containers/empty.mp4", Refused, 0, 0, "empty"},
    {"dev/derived/containers/fps1.mp4", Exact, 3},
    {"dev/derived/containers/fragmented.mp4", Exact, 77},
    {"dev/derived/containers/garbage.mp4", Refused, 0, 0, "not a video"},
    {"dev/derived/containers/h264_10bit.mkv", Exact, 77},
    {"dev/derived/containers/h264_444.mkv", Exact, 77},
    {"dev/derived/containers/h264_aac.ts", Exact, 77},
    {"dev/derived/containers/hevc_10bit.mp4", Exact, 77},
    {"dev/derived/containers/hevc_8bit.mp4", Exact, 77},
    {"dev/derived/containers/interlaced_h264_tff.mkv", Exact, 38},
    {"dev/derived/containers/interlaced_mpeg2_pal.ts", Exact, 38},
    {"dev/derived/containers/lowbitrate_320x240_60k.mp4", Exact, 77},
    {"dev/derived/containers/mjpeg_pcm.avi", Exact, 77},
    {"dev/derived/containers/multi_audio_3tracks.mkv", Whole, 77},
    {"dev/derived/containers/multi_audio_gps_meta.mp4", Whole, 77},
    {"dev/derived/containers/name with spaces ünïcode #1.mp4", Whole, 77},
    {"dev/derived/containers/night_ir_noisy.mp4", Whole, 77},
    {"dev/derived/containers/odd_dimensions_641x479.mkv", Exact, 77},
    {"dev/derived/containers/phone_stored_sideways_rot270.mp4", Whole, 77},
    {"dev/derived/containers/phone_stored_sideways_rot90.mp4", Exact, 77},
    {"dev/derived/containers/single_frame.mp4", Exact, 1},
    {"dev/derived/containers/subtitle_track.mp4", Exact, 57},
    {"dev/derived/containers/truncated_60pct.mkv", Broken, 40},
    {"dev/derived/containers/truncated_faststart_55pct.mp4", Broken, 34},
    {"dev/derived/containers/truncated_no_moov.mp4", Refused, 0, 0, "incomplete"},
    {"dev/derived/containers/uhd_2560x1920_hevc.mp4", Whole, 77},
    {"dev/derived/containers/vfr.mp4", Exact, 51},
    {"dev/derived/containers/vp9_opus.webm", Exact, 77},
    {"dev/derived/containers/wrong_extension_is_mp4.avi", Whole, 77},
};

} // namespace

class TestDecodeClips : public QObject
{
    Q_OBJECT

private slots:
    void clip_data();
    void clip();
    void threadsChangeNothing_data();
    void threadsChangeNothing();
    void probe();
    void soundTracks();
    void tags();
};

void TestDecodeClips::clip_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < std::size(rows); ++index)
        QTest::newRow(rows[index].path) << int(index);
}

void TestDecodeClips::clip()
{
    QFETCH(int, index);
    const Row &row = rows[index];
    DOORVEIL_NEEDS_TEST_DATA(QStringLiteral("clips/") + QString::fromUtf8(row.path), path);
    const OpenedClip opened = open(path);
    if (row.expectation == Refused) {
        QVERIFY(!opened.source);
        QCOMPARE(opened.errorKind, base::ErrorKind::InputNotOpenable);
        QVERIFY2(opened.error.contains(QLatin1String(row.reason)), qPrintable(opened.error));
        return;
    }
    QVERIFY2(opened.source, qPrintable(opened.error));
    QCOMPARE(opened->info().videoStreamIndex, row.stream);
    if (row.expectation == Exact) {
        QCOMPARE(sampleHash(*opened.source), referenceHash(path, row.stream));
        QVERIFY(opened->losses().empty());
        return;
    }
    int count = 0;
    int damaged = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    while (true) {
        const auto frame = opened->nextFrame();
        QVERIFY(frame);
        if (!*frame)
            break;
        QVERIFY((*frame)->pts > last);
        last = (*frame)->pts;
        ++count;
        damaged += (*frame)->damaged ? 1 : 0;
    }
    QCOMPARE(count, row.frames);
    QCOMPARE(damaged > 0 || !opened->losses().empty(), row.expectation == Broken);
}

void TestDecodeClips::threadsChangeNothing_data()
{
    QTest::addColumn<QString>("path");
    for (const char *path : {"dev/asl_again.mkv", "containers/tc_av1_video.mkv", "containers/decord_corrupted.mp4",
                             "dev/derived/containers/bitflips_in_mdat.mp4"})
        QTest::newRow(path) << QStringLiteral("clips/") + QString::fromUtf8(path);
}

void TestDecodeClips::threadsChangeNothing()
{
    QFETCH(QString, path);
    DOORVEIL_NEEDS_TEST_DATA(path, file);
    std::vector<SeenFrame> first;
    for (const int threads : {1, 5}) {
        base::FrameSourceOptions options;
        options.threads = threads;
        const OpenedClip opened = open(file, options);
        QVERIFY2(opened.source, qPrintable(opened.error));
        const auto frames = decodeAll(*opened.source);
        if (threads == 1)
            first = frames;
        QVERIFY(!frames.empty());
        QVERIFY(frames == first);
    }
}

void TestDecodeClips::probe()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/containers/tc_bt709_full_range.mp4", fullRange);
    const OpenedClip full = open(fullRange);
    QVERIFY(full.source);
    QVERIFY(full->info().colour.fullRange);
    QCOMPARE(full->info().colour.matrix, 1);
    QCOMPARE(full->info().videoCodec, QStringLiteral("h264"));

    DOORVEIL_NEEDS_TEST_DATA("clips/containers/decord_video_90.mov", turned);
    const OpenedClip right = open(turned);
    QVERIFY(right.source);
    QCOMPARE(right->info().orientation, (base::Orientation{1, false}));

    DOORVEIL_NEEDS_TEST_DATA("clips/dev/derived/containers/anamorphic_sar_8_9.mp4", narrow);
    const OpenedClip anamorphic = open(narrow);
    QVERIFY(anamorphic.source);
    QCOMPARE(anamorphic->info().sampleAspect, (base::Rational{8, 9}));

    DOORVEIL_NEEDS_TEST_DATA("clips/dev/derived/containers/interlaced_mpeg2_pal.ts", interlaced);
    const OpenedClip fields = open(interlaced);
    QVERIFY(fields.source);
    QCOMPARE(fields->info().fieldOrder, base::FieldOrder::TopFirst);
    QCOMPARE(fields->info().container, QStringLiteral("mpegts"));
}

void TestDecodeClips::soundTracks()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/derived/containers/multi_audio_3tracks.mkv", several);
    const OpenedClip opened = open(several);
    QVERIFY(opened.source);
    const base::ClipInfo &info = opened->info();
    QCOMPARE(info.audioStreams.size(), std::size_t(3));
    QCOMPARE(info.audioStreams[0].codec, QStringLiteral("aac"));
    QCOMPARE(info.audioStreams[1].codec, QStringLiteral("opus"));
    QCOMPARE(info.audioStreams[2].codec, QStringLiteral("flac"));
    QCOMPARE(info.defaultAudioStream, 1); // the one marked as default
    QVERIFY(info.audioStreams[1].isDefault);
    QVERIFY(!info.audioStreams[0].isDefault);

    DOORVEIL_NEEDS_TEST_DATA("clips/containers/tc_nasa_13013.mp4", many);
    const OpenedClip nasa = open(many);
    QVERIFY(nasa.source);
    QCOMPARE(nasa->info().otherStreams.size(), std::size_t(3));
    QCOMPARE(nasa->info().otherStreams[0].kind, QStringLiteral("video"));
    QCOMPARE(nasa->info().otherStreams[1].kind, QStringLiteral("subtitle"));
}

void TestDecodeClips::tags()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/derived/containers/multi_audio_gps_meta.mp4", tagged);
    const OpenedClip opened = open(tagged);
    QVERIFY(opened.source);
    const auto &found = opened->info().tags;
    const auto holds = [&found](const char *key) {
        return std::any_of(found.begin(), found.end(),
                           [key](const base::Tag &tag) { return tag.key == QLatin1String(key); });
    };
    QVERIFY(holds("location"));
    QVERIFY(holds("creation_time"));
}

QTEST_GUILESS_MAIN(TestDecodeClips)
#include "tst_decodeclips.moc"
