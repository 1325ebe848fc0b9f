// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchlabels.h"
#include "recallscore.h"
#include "recalltable.h"

#include "pipeline/labels.h"
#include "support/media.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using namespace doorveil::bench;
using base::Rectangle;
using base::TrackKind;

namespace {

constexpr base::Size picture{640, 360};
constexpr Rectangle face{100, 100, 40, 50};
constexpr int frames = 60; // of 100 ms

redaction::CoverRegion regionOf(std::int64_t track, TrackKind kind, const Rectangle &area)
{
    redaction::CoverRegion region;
    region.track = track;
    region.kind = kind;
    region.region = area;
    return region;
}

/// Every tenth frame holds these.
KindLabels everyTenth(const FrameLabels &labels)
{
    KindLabels all;
    for (int index = 0; index < frames; index += 10)
        all[index] = labels;
    return all;
}

template<typename RegionsAt> RecallFigures scored(TrackKind kind, const KindLabels &labels, RegionsAt regionsAt)
{
    ClipScore score(kind, labels);
    for (int index = 0; index < frames; ++index) {
        std::vector<redaction::CoverRegion> regions = regionsAt(index);
        std::vector<SeenBox> boxes;
        for (const redaction::CoverRegion &region : regions)
            boxes.push_back({region.kind, region.region});
        score.add(FrameResult::of(100.0 * index, picture, std::move(boxes), std::move(regions)));
    }
    return score.finish(100.0 * frames);
}

const char wellFormed[] = R"({"format":"doorveil-labels","version":1,"clip":"a.mp4","frames":{
"0":{"faces":[[10,20,50,70]],"heads":[[100,20,130,60]],"plates":[],"ignore":[[0,0,5,5]]},
"10":{"faces":[],"heads":[],"plates":[[1,2,31,12]],"ignore":[]}}})";

} // namespace

/// The figures of the recall benchmark: each way in which one could come out too good is planted.
class TestRecallScore final : public QObject
{
    Q_OBJECT

private slots:
    void everythingCoveredIsNoLeak();
    void aPlantedLeakIsCountedAndMeasured();
    void aLeakGoesOnToTheEndOfTheClip();
    void nineTenthsAreCoveredAndLessIsNot();
    void ignoredBoxesAreNeitherForNorAgainst();
    void headsAndFacesOfOneFrame();
    void sizesAreToldApart();
    void falseSubjectsAreTracks();
    void labelsBeyondThePictureCanBeCovered();
    void sumsKeepTheLongestLeak();
    void goalsAreReachedOrMissed();

    void filesAreRead();
    void malformedFilesAreNamed_data();
    void malformedFilesAreNamed();
    void ownLabelsAreWellFormed();
    void boxesOfPicturesAreRead();
    void whatTheWindowExportsIsRead();

private:
    [[nodiscard]] base::Result<LabelFile> readText(const QByteArray &text);

    QTemporaryDir m_folder;
};

void TestRecallScore::everythingCoveredIsNoLeak()
{
    const KindLabels labels = everyTenth({{face}, {}});
    const RecallFigures figures =
        scored(TrackKind::Face, labels, [](int) { return std::vector{regionOf(1, TrackKind::Face, face)}; });
    QCOMPARE(figures.allLabels(), 6);
    QCOMPARE(figures.allCovered(), 6);
    QCOMPARE(figures.allMatched(), 6);
    QCOMPARE(figures.labelledFrames, 6);
    QCOMPARE(figures.leakedFrames, 0);
    QCOMPARE(figures.longestLeak, 0.0);
    QCOMPARE(figures.falseRegions, 0);
    QCOMPARE(figures.truePositives, 6);
    QCOMPARE(figures.clipMilliseconds, 6000.0);
}

void TestRecallScore::aPlantedLeakIsCountedAndMeasured()
{
    const KindLabels labels = everyTenth({{face}, {}});
    // Uncovered in the labelled frames 10, 20 and 40; what is between is not known, so the first lasts to frame 30.
    const RecallFigures figures = scored(TrackKind::Face, labels, [](int index) {
        const bool leaks = (index >= 10 && index <= 22) || index == 40;
        return leaks ? std::vector<redaction::CoverRegion>() : std::vector{regionOf(1, TrackKind::Face, face)};
    });
    QCOMPARE(figures.leakedFrames, 3);
    QCOMPARE(figures.longestLeak, 2000.0);
    QCOMPARE(figures.allCovered(), 3);
    QCOMPARE(figures.largeFaces.frames, 6);
    QCOMPARE(figures.largeFaces.leaked, 3);
    QCOMPARE(figures.coveredPercent(), 50.0);
}

void TestRecallScore::aLeakGoesOnToTheEndOfTheClip()
{
    const KindLabels labels = everyTenth({{face}, {}});
    const RecallFigures figures = scored(TrackKind::Face, labels, [](int index) {
        return index >= 45 ? std::vector<redaction::CoverRegion>() : std::vector{regionOf(1, TrackKind::Face, face)};
    });
    QCOMPARE(figures.leakedFrames, 1);
    QCOMPARE(figures.longestLeak, 1000.0); // from frame 50 to 6000 ms
}

void TestRecallScore::nineTenthsAreCoveredAndLessIsNot()
{
    const KindLabels labels = everyTenth({{face}, {}});
    for (const auto &[height, leaked] : {std::pair(45, 0), std::pair(44, 6)}) {
        const RecallFigures figures = scored(TrackKind::Face, labels, [height = height](int) {
            return std::vector{regionOf(1, TrackKind::Face, {face.x, face.y, face.width, height})};
        });
        QCOMPARE(figures.leakedFrames, leaked);
    }
    // Two covers together, of any kind, cover as one does.
    const RecallFigures both = scored(TrackKind::Face, labels, [](int) {
        return std::vector{regionOf(1, TrackKind::Face, {face.x, face.y, 20, 50}),
                           regionOf(2, TrackKind::Plate, {face.x + 20, face.y, 20, 50})};
    });
    QCOMPARE(both.leakedFrames, 0);
}

void TestRecallScore::ignoredBoxesAreNeitherForNorAgainst()
{
    const Rectangle poster{300, 100, 40, 50};
    const auto covered = [&poster](int) {
        return std::vector{regionOf(1, TrackKind::Face, face), regionOf(2, TrackKind::Face, poster)};
    };
    const RecallFigures ignored = scored(TrackKind::Face, everyTenth({{face}, {poster}}), covered);
    QCOMPARE(ignored.falseRegions, 0);
    QCOMPARE(ignored.falseSubjects, 0.0);
    QCOMPARE(ignored.truePositives, 6);
    QCOMPARE(ignored.allLabels(), 6);
    // Uncovered, it is no leak.
    const RecallFigures bare = scored(TrackKind::Face, everyTenth({{face}, {poster}}),
                                      [](int) { return std::vector{regionOf(1, TrackKind::Face, face)}; });
    QCOMPARE(bare.leakedFrames, 0);
    // Control: not ignored, it counts.
    const RecallFigures counted = scored(TrackKind::Face, everyTenth({{face}, {}}), covered);
    QCOMPARE(counted.falseRegions, 6);
    QCOMPARE(counted.falseAFrame(), 1.0);
    QCOMPARE(counted.falseSubjects, 1.0);
}

void TestRecallScore::headsAndFacesOfOneFrame()
{
    const auto file = readText(wellFormed);
    QVERIFY(file);
    const auto covered = [](int) {
        return std::vector{regionOf(1, TrackKind::Face, {10, 20, 40, 50}),
                           regionOf(2, TrackKind::Person, {95, 15, 40, 50})};
    };
    const RecallFigures faces = scored(TrackKind::Face, file->labels.at(TrackKind::Face), covered);
    QCOMPARE(faces.allLabels(), 1);
    QCOMPARE(faces.leakedFrames, 0);
    QCOMPARE(faces.truePositives, 1);
    QCOMPARE(faces.falseRegions, 1); // the face cover in frame 10, where nobody is
    const RecallFigures heads = scored(TrackKind::Head, file->labels.at(TrackKind::Head), covered);
    QCOMPARE(heads.allLabels(), 1);
    QCOMPARE(heads.leakedFrames, 0);
    QCOMPARE(heads.truePositives, 1);
    QCOMPARE(heads.falseRegions, 1);
    const RecallFigures people = scored(TrackKind::Person, file->labels.at(TrackKind::Person), covered);
    QCOMPARE(people.allLabels(), 2);
    QCOMPARE(people.falseRegions, 2);
    const RecallFigures plates = scored(TrackKind::Plate, file->labels.at(TrackKind::Plate), covered);
    QCOMPARE(plates.labelledFrames, 2);
    QCOMPARE(plates.leakedFrames, 1);
    QCOMPARE(plates.falseRegions, 0);
    // Without the body's head the person turned away leaks, and only there.
    const auto facesOnly = [](int) { return std::vector{regionOf(1, TrackKind::Face, {10, 20, 40, 50})}; };
    QCOMPARE(scored(TrackKind::Head, file->labels.at(TrackKind::Head), facesOnly).leakedFrames, 1);
    QCOMPARE(scored(TrackKind::Person, file->labels.at(TrackKind::Person), facesOnly).leakedFrames, 1);
    QCOMPARE(scored(TrackKind::Face, file->labels.at(TrackKind::Face), facesOnly).leakedFrames, 0);
}

void TestRecallScore::sizesAreToldApart()
{
    const FrameLabels labels{{{0, 0, 11, 30}, {50, 0, 12, 30}, {100, 0, 23, 30}, {150, 0, 24, 30}, {200, 0, 64, 80}},
                             {}};
    // Only the largest is covered.
    const RecallFigures figures = scored(TrackKind::Face, everyTenth(labels), [](int) {
        return std::vector{regionOf(1, TrackKind::Face, {200, 0, 64, 80})};
    });
    QCOMPARE(figures.labels, (std::array<int, sizeClasses>{12, 12, 0, 6}));
    QCOMPARE(figures.covered, (std::array<int, sizeClasses>{0, 0, 0, 6}));
    QCOMPARE(figures.largeFaces.frames, 6);
    QCOMPARE(figures.largeFaces.leaked, 6); // the one of 24 pixels
    QCOMPARE(figures.smallFaces.frames, 6);
    QCOMPARE(figures.smallFaces.leaked, 6);
    const RecallFigures large = scored(TrackKind::Face, everyTenth(labels), [](int) {
        return std::vector{regionOf(1, TrackKind::Face, {150, 0, 114, 80})};
    });
    QCOMPARE(large.largeFaces.leaked, 0);
    QCOMPARE(large.smallFaces.leaked, 6);
    QCOMPARE(large.leakedFrames, 6);
}

void TestRecallScore::falseSubjectsAreTracks()
{
    const KindLabels labels = everyTenth({{face}, {}});
    const Rectangle nothing{400, 100, 40, 50};
    // Track 1 is right and then held beside the face; track 2 is wrong in two labelled frames, track 3 in none.
    const auto covered = [&nothing](int index) {
        std::vector regions{regionOf(1, TrackKind::Face, index < 50 ? face : nothing)};
        if (index >= 10 && index <= 20)
            regions.push_back(regionOf(2, TrackKind::Face, nothing));
        if (index == 15)
            regions.push_back(regionOf(3, TrackKind::Face, nothing));
        return regions;
    };
    const RecallFigures tracked = scored(TrackKind::Face, labels, covered);
    QCOMPARE(tracked.falseRegions, 3);
    QCOMPARE(tracked.falseSubjects, 1.0);
    // Without tracks each is one, and frames without labels are reckoned to be like those with.
    const RecallFigures untracked = scored(TrackKind::Face, labels, [&covered](int index) {
        auto regions = covered(index);
        for (redaction::CoverRegion &region : regions)
            region.track = 0;
        return regions;
    });
    QCOMPARE(untracked.falseSubjects, 30.0);
}

void TestRecallScore::labelsBeyondThePictureCanBeCovered()
{
    const KindLabels labels = everyTenth({{{-20, 100, 40, 50}}, {}});
    const auto at = [](const Rectangle &area) {
        return [area](int) { return std::vector{regionOf(1, TrackKind::Face, area)}; };
    };
    QCOMPARE(scored(TrackKind::Face, labels, at({0, 100, 20, 50})).leakedFrames, 0);
    QCOMPARE(scored(TrackKind::Face, labels, at({0, 100, 17, 50})).leakedFrames, 6);
}

void TestRecallScore::sumsKeepTheLongestLeak()
{
    RecallFigures sum;
    RecallFigures one;
    one.longestLeak = 300.0;
    one.leakedFrames = 2;
    one.clipMilliseconds = 1000.0;
    RecallFigures other;
    other.longestLeak = 700.0;
    other.leakedFrames = 1;
    other.clipMilliseconds = 2000.0;
    sum.add(other);
    sum.add(one);
    QCOMPARE(sum.longestLeak, 700.0);
    QCOMPARE(sum.leakedFrames, 3);
    QCOMPARE(sum.clipMilliseconds, 3000.0);
}

void TestRecallScore::goalsAreReachedOrMissed()
{
    const auto goals = [](const RecallFigures &figures) {
        QString text;
        QTextStream out(&text);
        printGoals(out, QStringLiteral("clips"), TrackKind::Face, figures);
        return text;
    };
    RecallFigures figures;
    figures.labels = {0, 0, 100, 0};
    figures.covered = {0, 0, 99, 0};
    figures.labelledFrames = figures.frames = 100;
    figures.largeFaces = {100, 0};
    figures.falseRegions = 50;
    figures.coveredShare = 12.0;
    QVERIFY2(!goals(figures).contains(QLatin1String("MISSED")), qPrintable(goals(figures)));
    RecallFigures worse = figures;
    worse.covered[2] = 98;
    QCOMPARE(goals(worse).count(QLatin1String("MISSED")), 1);
    worse.largeFaces.leaked = 1;
    worse.falseRegions = 51;
    worse.coveredShare = 12.1;
    QCOMPARE(goals(worse).count(QLatin1String("MISSED")), 4);
    QVERIFY(!goals(worse).contains(QLatin1String("reached")));
}

base::Result<LabelFile> TestRecallScore::readText(const QByteArray &text)
{
    const QString path = m_folder.filePath(QStringLiteral("text.labels.json"));
    if (!testsupport::writeAll(path, text))
        return base::Error{base::ErrorKind::Failure, QStringLiteral("could not be written")};
    return readLabels(path);
}

void TestRecallScore::filesAreRead()
{
    const auto file = readText(wellFormed);
    QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
    QCOMPARE(file->clip, QStringLiteral("a.mp4"));
    QCOMPARE(file->labels.size(), std::size_t(4));
    const FrameLabels &first = file->labels.at(TrackKind::Face).at(0);
    QCOMPARE(first.boxes, (std::vector<Rectangle>{{10, 20, 40, 50}}));
    QCOMPARE(first.ignored, (std::vector<Rectangle>{{0, 0, 5, 5}, {100, 20, 30, 40}}));
    QCOMPARE(file->labels.at(TrackKind::Person).at(0).boxes.size(), std::size_t(2));
    QVERIFY(file->labels.at(TrackKind::Face).at(10).boxes.empty()); // listed, so nobody is there
    QCOMPARE(file->labels.at(TrackKind::Plate).at(10).boxes, (std::vector<Rectangle>{{1, 2, 30, 10}}));
}

void TestRecallScore::malformedFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *name, const char *before, const char *after, const char *place) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QString::fromLatin1(place);
    };
    row("no JSON", "[[1,2,31,12]]", "[[1,2,31,12]", "line 3");
    row("another format", "doorveil-labels", "labels", "format");
    row("another version", "\"version\":1", "\"version\":2", "version");
    row("no clip", "\"a.mp4\"", "\"\"", "clip");
    row("a path", "a.mp4", "../a.mp4", "clip");
    row("no frames", "\"frames\"", "\"pictures\"", "pictures");
    row("no index", "\"10\"", "\"ten\"", "frames/ten");
    row("below zero", "\"10\"", "\"-1\"", "frames/-1");
    row("a kind is missing", "\"plates\":[],\"ignore\":[[0", "\"ignore\":[[0", "frames/0/plates");
    row("an unknown kind", "\"plates\":[],\"ignore\":[[0", "\"plates\":[],\"face\":[],\"ignore\":[[0", "frames/0/face");
    row("three corners", "[10,20,50,70]", "[10,20,50]", "frames/0/faces/0");
    row("a word", "[10,20,50,70]", "[10,20,\"50\",70]", "frames/0/faces/0");
    row("backwards", "[1,2,31,12]", "[31,2,1,12]", "frames/10/plates/0");
    row("far away", "[1,2,31,12]", "[1,2,1e12,12]", "frames/10/plates/0");
    row("nothing", wellFormed, "", "line 1");
}

void TestRecallScore::malformedFilesAreNamed()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QString, place);
    QByteArray text(wellFormed);
    QVERIFY(text.contains(before));
    text.replace(before, after);
    const auto file = readText(text);
    QVERIFY(!file);
    QVERIFY2(file.error().message.contains(QStringLiteral("text.labels.json: ") + place),
             qPrintable(file.error().message));
}

void TestRecallScore::ownLabelsAreWellFormed()
{
    const QDir folder(labelFolder());
    const QStringList names =
        folder.entryList({QLatin1Char('*') + QLatin1String(pipeline::labels::fileSuffix)}, QDir::Files);
    for (const QString &name : names) {
        const auto file = readLabels(folder.filePath(name));
        QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
        QCOMPARE(name, file->clip + QLatin1String(pipeline::labels::fileSuffix));
    }
    QVERIFY(!names.isEmpty());
    const auto more = readPictureBoxes(folder.filePath(QStringLiteral("more_plates.txt")));
    QVERIFY2(more, qPrintable(more ? QString() : more.error().message));
    QVERIFY(!more->empty());
}

void TestRecallScore::boxesOfPicturesAreRead()
{
    const auto read = [](const QByteArray &text) -> base::Result<PictureBoxes> {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("boxes.txt"));
        if (!testsupport::writeAll(path, text))
            return base::Error{base::ErrorKind::Failure, QStringLiteral("could not be written")};
        return readPictureBoxes(path);
    };
    const auto boxes = read("# why\n\na/1.jpg -3 2 30 10\na/1.jpg 50 2 30 10\nb/2.jpg 1 2 3 4\n");
    QVERIFY2(boxes, qPrintable(boxes ? QString() : boxes.error().message));
    QCOMPARE(boxes->size(), std::size_t(2));
    QCOMPARE(boxes->at(QStringLiteral("a/1.jpg")), (std::vector<Rectangle>{{-3, 2, 30, 10}, {50, 2, 30, 10}}));
    for (const char *bad : {"a.jpg 1 2 3", "a.jpg 1 2 3 x", "a.jpg 1 2 0 4", "a.jpg 1 2 3 4 5", "a b.jpg 1 2 3 4"}) {
        const auto refused = read(QByteArray("# why\n") + bad + "\n");
        QVERIFY2(!refused, bad);
        QVERIFY2(refused.error().message.contains(QStringLiteral("boxes.txt: line 2")), bad);
    }
}

void TestRecallScore::whatTheWindowExportsIsRead()
{
    project::ReviewDocument document;
    document.source.path = QStringLiteral("/home/somebody/Videos/“front” door.mp4");
    document.source.info.storedSize = picture;
    document.source.info.timeBase = {1, 1000};
    for (int index = 0; index < 25; ++index)
        document.source.frames.push_back({index * 100, 100, false});
    const auto track = [&document](std::int64_t id, TrackKind kind, int index, const Rectangle &box,
                                   base::Origin origin) -> base::Track & {
        base::Track made;
        made.id = id;
        made.kind = kind;
        made.observations = {{index * 100, box, origin, 0.9F}};
        return document.tracks.emplace_back(made);
    };
    track(1, TrackKind::Face, 10, face, base::Origin::Detected);
    track(2, TrackKind::Face, 10, {200, 100, 40, 50}, base::Origin::Extended);
    track(3, TrackKind::Face, 10, {300, 100, 40, 50}, base::Origin::Detected).decision.kind =
        base::DecisionKind::Dismissed;
    track(4, TrackKind::Face, 10, {-10, 0, 40, 50}, base::Origin::Manual).decision.kind = base::DecisionKind::Show;
    track(5, TrackKind::Plate, 20, {600, 300, 80, 20}, base::Origin::Propagated);
    track(6, TrackKind::Person, 10, {90, 90, 80, 240}, base::Origin::Detected); // whose face is track 1
    track(7, TrackKind::Person, 20, {400, 60, 80, 240}, base::Origin::Detected); // turned away
    track(8, TrackKind::Face, 11, face, base::Origin::Detected); // in a frame that is not exported
    document.zones = {{1, {{0, 0}, {20, 0}, {20, 10}, {0, 10}}, base::TimeRange{2000, 2100}, {}}};

    const auto file = readText(pipeline::labelsOf(document, 10));
    QVERIFY2(file, qPrintable(file ? QString() : file.error().message));
    QCOMPARE(file->clip, QStringLiteral("“front” door.mp4"));
    const KindLabels &faces = file->labels.at(TrackKind::Face);
    QCOMPARE(faces.size(), std::size_t(3));
    QVERIFY(faces.at(0).boxes.empty());
    QCOMPARE(faces.at(10).boxes, (std::vector<Rectangle>{face, {0, 0, 30, 50}}));
    QCOMPARE(faces.at(10).ignored, (std::vector<Rectangle>{{200, 100, 40, 50}}));
    QVERIFY(faces.at(20).boxes.empty());
    const KindLabels &plates = file->labels.at(TrackKind::Plate);
    QCOMPARE(plates.at(20).boxes, (std::vector<Rectangle>{{600, 300, 40, 20}}));
    QCOMPARE(plates.at(20).ignored, (std::vector<Rectangle>{{0, 0, 20, 10}}));
    const KindLabels &heads = file->labels.at(TrackKind::Head);
    QVERIFY(heads.at(10).boxes.empty());
    QCOMPARE(heads.at(20).boxes.size(), std::size_t(1));
    const Rectangle head = heads.at(20).boxes[0];
    QVERIFY(head.y < 60 + 240 / 3 && head.bottom() < 60 + 240 / 2 && head.x >= 390 && head.right() <= 490);
    const auto every = readText(pipeline::labelsOf(document, 1));
    QVERIFY(every);
    QCOMPARE(every->labels.at(TrackKind::Face).size(), std::size_t(25));
    QCOMPARE(every->labels.at(TrackKind::Face).at(11).boxes, (std::vector<Rectangle>{face}));
}

QTEST_GUILESS_MAIN(TestRecallScore)
#include "tst_recallscore.moc"
