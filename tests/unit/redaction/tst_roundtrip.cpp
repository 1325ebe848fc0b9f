// SPDX-License-Identifier: GPL-3.0-or-later
#include "ffmpegclip.h"
#include "frames.h"

#include "encode/clipwriter.h"
#include "redaction/comparison.h"
#include "redaction/redactor.h"
#include "support/testdata.h"

#include <QTemporaryFile>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace doorveil;
using base::CoverStyle;
using base::Rectangle;
using base::VideoFrame;
using redaction::Comparison;
using redaction::CoverRegion;

namespace {

using Frames = std::vector<VideoFrame>;
using Regions = std::vector<CoverRegion>;

/// Covers of faces that stay about where they are for the frames used, and a slanted zone.
Regions regionsFor(const std::vector<Rectangle> &faces, base::Size size, CoverStyle style)
{
    std::vector<base::Track> tracks;
    for (const Rectangle &face : faces) {
        base::Track track;
        track.id = std::int64_t(tracks.size()) + 1;
        track.observations = {{0, face, base::Origin::Detected, 0.9F}};
        tracks.push_back(track);
    }
    base::Zone zone;
    zone.id = 1;
    const int w = size.width;
    const int h = size.height;
    zone.polygon = {{w * 3 / 4, h * 3 / 4}, {w - 5, h * 4 / 5}, {w * 5 / 6, h - 3}};
    redaction::CoverSettings settings;
    settings.style = style;
    return redaction::CoverPlan(tracks, {zone}, size, settings).at(0);
}

Frames covered(const Frames &source, const Regions &regions)
{
    redaction::Redactor redactor;
    Frames result = source;
    for (VideoFrame &frame : result) {
        if (!redactor.cover(frame, regions))
            return {};
    }
    return result;
}

redaction::ComparisonFigures compared(const Frames &source, const Frames &exported, const Regions &regions, int crf)
{
    Comparison comparison(crf);
    for (std::size_t index = 0; index < source.size(); ++index)
        comparison.addFrame(source[index], exported[index], regions);
    return comparison.figures();
}

/// As an export encodes them, with what it tells the encoder about solid covers.
Frames asExported(Frames frames, const std::vector<Regions> &regions, int crf,
                  const QString &preset = QStringLiteral("medium"))
{
    QTemporaryFile file;
    if (!file.open())
        return {};
    encode::EncodeSettings settings;
    settings.storedSize = frames.front().storedSize();
    settings.timeBase = {1, 25};
    settings.crf = crf;
    settings.preset = preset;
    auto writer = encode::createClipWriter(file.handle(), settings);
    for (std::size_t index = 0; writer && index < frames.size(); ++index) {
        std::vector<Rectangle> solid;
        for (const CoverRegion &region : regions[std::min(index, regions.size() - 1)]) {
            if (region.style == CoverStyle::Solid)
                solid.push_back(region.region);
        }
        frames[index].pts = std::int64_t(index);
        frames[index].duration = 1;
        if (!(*writer)->writeVideo(frames[index], solid))
            return {};
    }
    if (!writer || !(*writer)->finish())
        return {};
    return testsupport::decodedByFfmpeg(file.fileName(), 0);
}

/// A preset for exports that are to fail.
const QString quick = QStringLiteral("veryfast");

QByteArray describe(const redaction::ComparisonFigures &figures)
{
    return QStringLiteral("psnr %1, deviation %2, mean %3, patch %4, correlation %5, share %6, failures %7")
        .arg(figures.lowestOutsidePsnr, 0, 'f', 1)
        .arg(figures.highestTileDeviation, 0, 'f', 2)
        .arg(figures.highestMeanError, 0, 'f', 2)
        .arg(figures.highestPatchError, 0, 'f', 2)
        .arg(figures.highestCorrelation, 0, 'f', 3)
        .arg(figures.highestShareOfSource, 0, 'f', 3)
        .arg(figures.failures)
        .toUtf8();
}

struct Clip
{
    const char *name;
    const char *path;
    std::vector<Rectangle> faces;
    int frames;
};

const std::vector<Clip> clips = {
    {"indoors", "clips/dev/asl_again.mkv", {{288, 62, 67, 90}}, 6},
    {"three people",
     "clips/dev/derived/intel_face-demographics-walking-and-pause.mp4",
     {{80, 90, 37, 49}, {311, 99, 48, 61}, {206, 76, 46, 57}},
     6},
    {"six people, 1080 rows",
     "clips/dev/piotr_People.mp4",
     {{1119, 315, 110, 136}, {608, 231, 114, 149}, {819, 159, 119, 161}, {1584, 137, 119, 148}},
     2},
    {"film grain", "clips/dev/chaplin.mp4", {{260, 60, 60, 80}}, 6},
    {"night", "clips/dev/derived/containers/night_ir_noisy.mp4", {{288, 62, 67, 90}}, 6},
    {"odd size", "clips/dev/derived/containers/odd_dimensions_641x479.mkv", {{288, 62, 67, 90}}, 6},
};

/// Encoding takes the time of these tests: the default style is tried at more settings.
std::vector<int> crfsFor(CoverStyle style)
{
    return style == CoverStyle::Blur ? std::vector<int>{18, 28, 35} : std::vector<int>{20, 35};
}
std::vector<int> defectCrfsFor(CoverStyle style)
{
    return style == CoverStyle::Blur ? std::vector<int>{18, 35} : std::vector<int>{28};
}

} // namespace

/// Redacted real frames through a real encoder: what is right passes the comparison, and every planted defect fails.
class RoundTrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rightRedactionPasses_data() { addClips(); }
    void rightRedactionPasses();
    void ringingOfSolidCoversIsMended();
    void movingCoversPass();
    void skippedFrameIsCaught_data() { addDefectClips(); }
    void skippedFrameIsCaught();
    void shiftedBoxIsCaught_data() { addDefectClips(); }
    void shiftedBoxIsCaught();
    void mixedInSourceIsCaught_data() { addDefectClips(); }
    void mixedInSourceIsCaught();
    void foreignPictureIsCaught();
    void coarsePictureIsTold();

private:
    static void addClips();
    static void addDefectClips();
    static Frames framesOf(const Clip &clip);
};

void RoundTrip::initTestCase()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev", folder);
    Q_UNUSED(folder)
}

void RoundTrip::addClips()
{
    QTest::addColumn<int>("clip");
    for (std::size_t index = 0; index < clips.size(); ++index)
        QTest::newRow(clips[index].name) << int(index);
}

/// A plain, a crowded and a faint picture.
void RoundTrip::addDefectClips()
{
    QTest::addColumn<int>("clip");
    for (const int index : {0, 2, 4})
        QTest::newRow(clips[std::size_t(index)].name) << index;
}

Frames RoundTrip::framesOf(const Clip &clip)
{
    return testsupport::decodedByFfmpeg(testsupport::testData(QString::fromLatin1(clip.path)), clip.frames);
}

void RoundTrip::rightRedactionPasses()
{
    QFETCH(int, clip);
    const Clip &input = clips[std::size_t(clip)];
    const Frames source = framesOf(input);
    QCOMPARE(int(source.size()), input.frames);
    for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
        const Regions regions = regionsFor(input.faces, source.front().displayedSize(), style);
        for (const int crf : crfsFor(style)) {
            const Frames exported = asExported(covered(source, regions), {regions}, crf);
            QCOMPARE(exported.size(), source.size());
            const auto figures = compared(source, exported, regions, crf);
            qInfo("style %d, crf %d: %s", int(style), crf, describe(figures).constData());
            QCOMPARE(int(figures.frames), input.frames);
            QCOMPARE(int(figures.failures), 0);
        }
    }
}

/// The edge of a solid cover that moves rings into it at a coarse CRF, unless the encoder is told. What rings is no
/// wrong cover, and a finer CRF mends it.
void RoundTrip::ringingOfSolidCoversIsMended()
{
    constexpr int crf = 35;
    int ringing = 0;
    for (const Clip &input : clips) {
        const Frames source = framesOf(input);
        QVERIFY(!source.empty());
        Frames redacted = source;
        std::vector<Regions> regions;
        for (std::size_t index = 0; index < source.size(); ++index) {
            const int step = int(index) * 7;
            const Rectangle face = input.faces.front();
            regions.push_back({testsupport::region(1, {face.x + step, face.y + step / 2, face.width, face.height},
                                                   CoverStyle::Solid)});
            redaction::Redactor redactor;
            QVERIFY(redactor.cover(redacted[index], regions.back()).hasValue());
        }
        const auto figuresOf = [&](const Frames &exported, int exportedCrf) {
            Comparison comparison(exportedCrf);
            for (std::size_t index = 0; index < exported.size(); ++index)
                comparison.addFrame(source[index], exported[index], regions[index]);
            return comparison;
        };
        for (const QString &preset : {QStringLiteral("medium"), QStringLiteral("ultrafast")}) {
            const Comparison told = figuresOf(asExported(redacted, regions, crf, preset), crf);
            qInfo("%s, %s: %s", input.name, qPrintable(preset), describe(told.figures()).constData());
            QCOMPARE(told.figures().frames, std::int64_t(source.size()));
            QVERIFY(told.figures().highestTileDeviation <= 4.0);
        }
        const Comparison untold = figuresOf(asExported(redacted, {{}}, crf), crf);
        qInfo("%s, not told: %s", input.name, describe(untold.figures()).constData());
        if (untold.tooCoarseBy() <= 0.0)
            continue; // even all the same, or worse than ringing
        ++ringing;
        QVERIFY(untold.tooCoarseBy() <= 7.0);
        const int finer = crf - int(std::ceil(untold.tooCoarseBy())) - 1;
        QVERIFY(figuresOf(asExported(redacted, {{}}, finer), finer).passed());
    }
    QVERIFY(ringing > 0);
}

/// Covers that move from frame to frame: the encoder predicts each frame from the last.
void RoundTrip::movingCoversPass()
{
    const Frames source = framesOf(clips.front());
    QVERIFY(!source.empty());
    for (const int crf : {18, 35}) {
        Frames redacted = source;
        std::vector<Regions> regions;
        for (std::size_t index = 0; index < source.size(); ++index) {
            const int step = int(index) * 7;
            regions.push_back({testsupport::region(1, {200 + step, 20 + step / 2, 140, 190}),
                               testsupport::region(2, {450 - step, 200, 90, 110}, CoverStyle::Solid)});
            redaction::Redactor redactor;
            QVERIFY(redactor.cover(redacted[index], regions.back()).hasValue());
        }
        const Frames exported = asExported(redacted, regions, crf);
        QCOMPARE(exported.size(), source.size());
        Comparison comparison(crf);
        for (std::size_t index = 0; index < source.size(); ++index)
            comparison.addFrame(source[index], exported[index], regions[index]);
        qInfo("crf %d: %s", crf, describe(comparison.figures()).constData());
        QVERIFY(comparison.passed());
    }
}

void RoundTrip::skippedFrameIsCaught()
{
    QFETCH(int, clip);
    const Clip &input = clips[std::size_t(clip)];
    const Frames source = framesOf(input);
    QVERIFY(!source.empty());
    for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
        const Regions regions = regionsFor(input.faces, source.front().displayedSize(), style);
        for (const int crf : defectCrfsFor(style)) {
            Frames redacted = covered(source, regions);
            redacted[1] = source[1];
            const auto figures = compared(source, testsupport::throughH264(redacted, crf, quick), regions, crf);
            // Frames after it may fail, too: a coarse encoder lets what it showed once shine on.
            QVERIFY(figures.failures >= 1);
            QCOMPARE(figures.failedFrames.front(), std::int64_t(1));
        }
    }
}

void RoundTrip::shiftedBoxIsCaught()
{
    QFETCH(int, clip);
    const Clip &input = clips[std::size_t(clip)];
    const Frames source = framesOf(input);
    QVERIFY(!source.empty());
    for (const CoverStyle style : {CoverStyle::Blur, CoverStyle::Solid, CoverStyle::Mosaic}) {
        const base::Size size = source.front().displayedSize();
        const Regions planned = regionsFor(input.faces, size, style);
        std::vector<Rectangle> faces = input.faces;
        for (Rectangle &face : faces)
            face.x += face.width / 5;
        const Regions shifted = regionsFor(faces, size, style);
        for (const int crf : {18, 35}) {
            const auto figures =
                compared(source, testsupport::throughH264(covered(source, shifted), crf, quick), planned, crf);
            qInfo("style %d, crf %d: %s", int(style), crf, describe(figures).constData());
            QCOMPARE(int(figures.failures), input.frames);
        }
    }
}

void RoundTrip::mixedInSourceIsCaught()
{
    QFETCH(int, clip);
    const Clip &input = clips[std::size_t(clip)];
    const Frames source = framesOf(input);
    QVERIFY(!source.empty());
    const Regions regions = regionsFor(input.faces, source.front().displayedSize(), CoverStyle::Blur);
    Frames redacted = covered(source, regions);
    for (std::size_t index = 0; index < redacted.size(); ++index)
        testsupport::mixIn(redacted[index], source[index], testsupport::hiddenSamples(source[index], regions), 0.1);
    for (const int crf : {20, 35}) {
        const auto figures = compared(source, testsupport::throughH264(redacted, crf, quick), regions, crf);
        qInfo("crf %d: %s", crf, describe(figures).constData());
        QCOMPARE(int(figures.failures), input.frames);
    }
}

/// Frames paired with the wrong source, and frames of another size.
void RoundTrip::foreignPictureIsCaught()
{
    const Frames source = framesOf(clips.front());
    const Frames other = framesOf(clips[3]);
    const Frames small = framesOf(clips[1]);
    QVERIFY(!source.empty() && !other.empty() && !small.empty());
    const Regions regions = regionsFor(clips.front().faces, source.front().displayedSize(), CoverStyle::Blur);
    QCOMPARE(int(compared({source.front()}, {other.front()}, regions, 20).failures), 1);
    QCOMPARE(int(compared({source.front()}, {small.front()}, regions, 20).failures), 1);
    VideoFrame turned = covered({source.front()}, regions).front();
    QCOMPARE(int(compared({source.front()}, {turned}, regions, 20).failures), 0);
    turned.orientation.quarterTurns = 1;
    QCOMPARE(int(compared({source.front()}, {turned}, regions, 20).failures), 1);
}

/// A picture that is only encoded too coarsely is told from one with a wrong cover.
void RoundTrip::coarsePictureIsTold()
{
    const Frames source = framesOf(clips.front());
    QVERIFY(!source.empty());
    const Regions regions = regionsFor(clips.front().faces, source.front().displayedSize(), CoverStyle::Blur);
    const auto coarse = compared(source, testsupport::throughH264(covered(source, regions), 35), regions, 20);
    QCOMPARE(int(coarse.failures), int(source.size()));
    QCOMPARE(coarse.coarseFrames, coarse.failures);
    const auto bare = compared(source, testsupport::throughH264(source, 35), regions, 20);
    QCOMPARE(int(bare.failures), int(source.size()));
    QCOMPARE(int(bare.coarseFrames), 0);
}

QTEST_GUILESS_MAIN(RoundTrip)
#include "tst_roundtrip.moc"
