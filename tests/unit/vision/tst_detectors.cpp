// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/picture.h"
#include "support/democlip.h"
#include "support/labelledpictures.h"
#include "support/testdata.h"
#include "vision/confirmation.h"
#include "vision/detectorfactory.h"
#include "vision/detectorset.h"
#include "vision/edgefaces.h"
#include "vision/modelregistry.h"
#include "vision/tiltedfaces.h"
#include "vision/vehiclecontext.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <QTest>

#include <algorithm>
#include <optional>

using namespace doorveil;
using namespace doorveil::vision;
using testsupport::LabelledPicture;

namespace {

constexpr base::Rectangle plateBox{135, 130, 116, 28};

std::unique_ptr<Detector> detectorOf(const QString &id)
{
    const auto descriptions = modelDescriptions();
    if (!descriptions)
        return nullptr;
    for (const ModelDescription &description : *descriptions) {
        if (description.id != id)
            continue;
        auto detector = makeDetector(description, readModel(description, modelFolders()).contents);
        return detector ? std::move(*detector) : nullptr;
    }
    return nullptr;
}

struct Recall
{
    int labels = 0;
    int found = 0;
};

/// Strong finds only: what starts a track.
void countHits(Detector &detector, const base::Picture &picture, const std::vector<base::Rectangle> &labels,
               double scale, double sure, Recall &recall)
{
    const auto finds = detector.detect(picture, {}, scale);
    recall.labels += int(labels.size());
    for (const base::Rectangle &label : labels) {
        recall.found += finds && std::any_of(finds->begin(), finds->end(), [&](const Detection &find) {
                            return double(find.score) >= sure && testsupport::isHit(find.box, label);
                        });
    }
}

Recall recallOf(Detector &detector, const std::vector<LabelledPicture> &pictures, double scale = 1.0,
                double reduction = 1.0, double sure = 0.0)
{
    Recall recall;
    for (const LabelledPicture &labelled : pictures) {
        base::Picture picture = testsupport::loadPicture(labelled.path);
        if (reduction != 1.0)
            picture = testsupport::scaledPicture(picture, reduction);
        std::vector<base::Rectangle> labels;
        for (const base::Rectangle &box : labelled.boxes)
            labels.push_back(testsupport::scaledBox(box, reduction));
        countHits(detector, picture, labels, scale, sure > 0.0 ? sure : detector.info().threshold, recall);
    }
    return recall;
}

bool startsATrack(const base::Result<std::vector<Detection>> &finds, const base::Rectangle &label)
{
    return finds && std::any_of(finds->begin(), finds->end(), [&](const Detection &find) {
               return find.score >= find.threshold && testsupport::isHit(find.box, label);
           });
}

/// Calls `look` with each labelled face of dlib's pictures and the picture that it is in.
template<typename Look> void forEachFace(const Look &look)
{
    for (const LabelledPicture &labelled : testsupport::labelledPictures(QStringLiteral("faces_dlib"))) {
        const base::Picture picture = testsupport::loadPicture(labelled.path);
        for (const base::Rectangle &box : labelled.boxes)
            look(picture, box);
    }
}

/// Turned about the middle of a box, which stays where it is.
base::Picture turnedPicture(base::Picture picture, const base::Rectangle &box, double degrees)
{
    base::Picture turned{picture.size, std::vector<std::uint8_t>(picture.bgr.size())};
    const cv::Mat source(picture.size.height, picture.size.width, CV_8UC3, picture.bgr.data());
    cv::Mat target(picture.size.height, picture.size.width, CV_8UC3, turned.bgr.data());
    const cv::Point2f middle(float(box.x) + float(box.width) / 2, float(box.y) + float(box.height) / 2);
    cv::warpAffine(source, target, cv::getRotationMatrix2D(middle, degrees, 1.0), target.size());
    return turned;
}

base::Picture leftPart(const base::Picture &picture, int width)
{
    base::Picture part{{width, picture.size.height}, {}};
    for (int y = 0; y < picture.size.height; ++y) {
        const auto row = picture.bgr.begin() + std::ptrdiff_t(y) * picture.size.width * 3;
        part.bgr.insert(part.bgr.end(), row, row + std::ptrdiff_t(width) * 3);
    }
    return part;
}

/// A place as large as a label, so many sizes away from it; nothing where that is outside the picture or another's.
std::optional<base::Rectangle> placeBeside(base::Rectangle label, base::Point steps, const LabelledPicture &labelled,
                                           const base::Picture &picture)
{
    label.x += steps.x * label.width;
    label.y += steps.y * label.height;
    const bool isFree = std::none_of(labelled.boxes.begin(), labelled.boxes.end(),
                                     [&](const auto &other) { return !other.intersected(label).isEmpty(); });
    return isFree && label.clampedTo(picture.size) == label ? std::optional(label) : std::nullopt;
}
} // namespace

class TestDetectors final : public QObject
{
    Q_OBJECT

private slots:
    void findsLabelledObjects_data();
    void findsLabelledObjects();
    void findsSmallFacesEnlarged();
    void secondOpinionFindsItsSmallestFaces();
    void secondLookTellsFacesFromTheirSurroundings();
    void largeFacesOfAnotherDetectorAreJudged();
    void facesCutByTheEdgeAreFound();
    void facesThatLeanAreFound_data();
    void facesThatLeanAreFound();
    void findsFacesInGreyAndDarkPictures_data();
    void findsFacesInGreyAndDarkPictures();
    void findsTheSameWithAnyNumberOfThreads_data();
    void findsTheSameWithAnyNumberOfThreads();
    void boxesAreInThePictureWhateverTheArea();
    void takesPicturesOfAnyShape_data();
    void takesPicturesOfAnyShape();
    void embeddedDetectorsFindTheDrawnClip();
    void ownPlateDetectorTellsPlatesFromBlankOnes_data();
    void ownPlateDetectorTellsPlatesFromBlankOnes();
    void judgementHoldsUpPlatesOnly();
    void platesAreOnVehicles();
};

void TestDetectors::findsLabelledObjects_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("least");
    const auto row = [](const char *id, const char *folder, int pictures, int least) {
        QTest::addRow("%s on %s", id, folder)
            << QString::fromLatin1(id) << QString::fromLatin1(folder) << pictures << least;
    };
    // The least is a little below what was measured: another processor rounds differently.
    row("yunet-2023mar", "faces_dlib", 100, 42); // of 43
    row("ultra-light-rfb-640", "faces_dlib", 100, 42);
    row("doorveil-face", "faces_dlib", 100, 41);
    row("y5fu-320", "plates_openalpr_eu", 10, 9); // of 10
    row("y5fu-320", "plates_romanian", 10, 8); // of 10
    row("y5fu-640", "plates_openalpr_eu", 4, 2); // of 4
    row("lpd-yunet-2023mar", "plates_openalpr_eu", 4, 2); // of 4
    row("doorveil-plate", "plates_openalpr_eu", 25, 24); // of 25
    row("doorveil-plate", "plates_openalpr_br", 12, 11); // of 12
    row("doorveil-plate", "plates_openalpr_us", 25, 21); // of 25
}

void TestDetectors::findsLabelledObjects()
{
    QFETCH(const QString, id);
    QFETCH(const QString, folder);
    QFETCH(const int, pictures);
    QFETCH(const int, least);
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images", images);
    const auto detector = detectorOf(id);
    QVERIFY(detector);
    std::vector<LabelledPicture> labelled = testsupport::labelledPictures(folder);
    labelled.resize(std::min(labelled.size(), std::size_t(pictures)));
    const Recall recall = recallOf(*detector, labelled);
    qInfo("%s on %s: %d of %d", qPrintable(id), qPrintable(folder), recall.found, recall.labels);
    QVERIFY(recall.found >= least);
}

void TestDetectors::findsSmallFacesEnlarged()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("yunet-2023mar"));
    QVERIFY(detector);
    // Reduced to a third the labelled faces are 12 to 36 pixels, to a quarter 9 to 27.
    const auto pictures = testsupport::labelledPictures(QStringLiteral("faces_dlib"));
    const Recall third = recallOf(*detector, pictures, 1.5, 1.0 / 3);
    const Recall quarter = recallOf(*detector, pictures, 2.0, 0.25);
    const Recall quarterPlain = recallOf(*detector, pictures, 1.0, 0.25);
    qInfo("12 pixels: %d, 9 pixels: %d, without enlarging: %d of %d", third.found, quarter.found, quarterPlain.found,
          third.labels);
    QVERIFY(third.found >= 42);
    QVERIFY(quarter.found >= 41);
    QVERIFY(quarterPlain.found < quarter.found); // enlarging is what finds them
}

/// What the report says of the second opinion: it finds faces of its smallest size.
void TestDetectors::secondOpinionFindsItsSmallestFaces()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("ultra-light-rfb-640"));
    QVERIFY(detector);
    const auto pictures = testsupport::labelledPictures(QStringLiteral("faces_dlib"));
    constexpr double sure = 0.9; // what a second opinion must be: below it takes hands and car fronts for faces
    // Reduced to 55 % the labelled faces are 20 pixels and more, to 30 % half as large.
    const Recall smallest = recallOf(*detector, pictures, 1.0, 0.55, sure);
    const Recall smaller = recallOf(*detector, pictures, 1.0, 0.3, sure);
    qInfo("20 pixels: %d, 11 pixels: %d of %d", smallest.found, smaller.found, smallest.labels);
    QVERIFY(smallest.found >= 41);
    QVERIFY(smaller.found < smallest.found - 5);
}

/// The first look is made up, equally sure of faces and of what is beside them: the second tells.
void TestDetectors::secondLookTellsFacesFromTheirSurroundings()
{
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("doorveil-face"));
    QVERIFY(detector);
    const auto threshold = float(detector->info().threshold);
    const auto startsATrack = [&](const base::Picture &picture, const base::Rectangle &box) {
        const Detection first{base::TrackKind::Face, box, 0.9F, detector->info().id, threshold};
        const auto judged = confirmed({first}, *detector, picture);
        return judged && !judged->empty() && judged->front().score >= threshold;
    };
    int faces = 0;
    int kept = 0;
    int places = 0;
    int keptPlaces = 0;
    for (const LabelledPicture &labelled : testsupport::labelledPictures(QStringLiteral("faces_dlib"))) {
        const base::Picture picture = testsupport::loadPicture(labelled.path);
        for (const base::Rectangle &label : labelled.boxes) {
            ++faces;
            kept += startsATrack(picture, label) ? 1 : 0;
            if (const auto beside = placeBeside(label, {0, 2}, labelled, picture)) { // clothes, hands
                ++places;
                keptPlaces += startsATrack(picture, *beside) ? 1 : 0;
            }
        }
    }
    qInfo("%d of %d faces, %d of %d other places", kept, faces, keptPlaces, places);
    QVERIFY(kept >= 40);
    QVERIFY(places >= 10);
    QVERIFY(keptPlaces * 10 <= places);
}

/// Again made-up finds, of another detector: what fills much of the picture and is no face starts no track.
void TestDetectors::largeFacesOfAnotherDetectorAreJudged()
{
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto judge = detectorOf(QStringLiteral("doorveil-face"));
    QVERIFY(judge);
    constexpr float threshold = 0.6F;
    constexpr int large = 80;
    const auto scoreOf = [&](const base::Picture &picture, const base::Rectangle &box, float first) {
        const auto judged =
            confirmed({{base::TrackKind::Face, box, first, QStringLiteral("other"), threshold}}, *judge, picture);
        return judged && judged->size() == 1 ? judged->front().score : -1.0F;
    };
    int faces = 0;
    int kept = 0;
    int places = 0;
    int keptPlaces = 0;
    for (const LabelledPicture &labelled : testsupport::labelledPictures(QStringLiteral("faces_dlib"))) {
        const base::Picture picture = testsupport::loadPicture(labelled.path);
        for (const base::Rectangle &label : labelled.boxes) {
            if (label.width < large / 2)
                QCOMPARE(scoreOf(picture, label, 0.7F), 0.7F); // too small to be judged
            if (label.width < large)
                continue;
            ++faces;
            kept += scoreOf(picture, label, 0.7F) == 0.7F ? 1 : 0;
            for (const base::Point &steps : {base::Point{0, 2}, {2, 0}, {-2, 0}, {2, 2}}) {
                const auto beside = placeBeside(label, steps, labelled, picture);
                if (!beside)
                    continue;
                ++places;
                QVERIFY(scoreOf(picture, *beside, 0.95F) == 0.95F); // beyond doubt
                keptPlaces += scoreOf(picture, *beside, 0.7F) >= threshold ? 1 : 0;
            }
        }
    }
    qInfo("%d of %d faces, %d of %d other places", kept, faces, keptPlaces, places);
    QVERIFY(faces >= 5 && kept == faces);
    QVERIFY(places >= 3 && keptPlaces == 0);
}

void TestDetectors::facesCutByTheEdgeAreFound()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("yunet-2023mar"));
    const auto judge = detectorOf(QStringLiteral("doorveil-face"));
    QVERIFY(detector && judge);
    int asItIs = 0;
    int across = 0;
    int labels = 0;
    forEachFace([&](const base::Picture &whole, const base::Rectangle &box) {
        // The picture ends in the middle of the face.
        const base::Picture cut = leftPart(whole, box.x + box.width / 2);
        const base::Rectangle half = box.clampedTo(cut.size);
        const base::Rectangle strip = stripAlong(PictureEdge::Right, {0, 0, cut.size.width, cut.size.height}, cut.size);
        ++labels;
        asItIs += startsATrack(detector->detect(cut, {}, 1.0), half) ? 1 : 0;
        across += startsATrack(facesAcross(PictureEdge::Right, *detector, *judge, cut, strip, 1.0), half) ? 1 : 0;
    });
    qInfo("Half faces at the picture's edge: %d of %d, as they are %d", across, labels, asItIs);
    QVERIFY(across >= 39);
    QVERIFY(asItIs + 5 < across); // the mirror is what finds them
}

void TestDetectors::facesThatLeanAreFound_data()
{
    QTest::addColumn<double>("lean");
    QTest::addColumn<double>("searched");
    QTest::addColumn<int>("least");
    QTest::newRow("leaning") << 45.0 << 40.0 << 39; // of 43, found 41
    QTest::newRow("lying") << 90.0 << 85.0 << 39; // of 43, found 41
}

void TestDetectors::facesThatLeanAreFound()
{
    QFETCH(const double, lean);
    QFETCH(const double, searched);
    QFETCH(const int, least);
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("yunet-2023mar"));
    const auto judge = detectorOf(QStringLiteral("doorveil-face"));
    QVERIFY(detector && judge);
    int asTheyAre = 0;
    int tilted = 0;
    int wrongWay = 0;
    int labels = 0;
    forEachFace([&](const base::Picture &upright, const base::Rectangle &box) {
        const base::Picture picture = turnedPicture(upright, box, lean);
        const base::Rectangle area{0, 0, picture.size.width, picture.size.height};
        ++labels;
        asTheyAre += startsATrack(detector->detect(picture, {}, 1.0), box) ? 1 : 0;
        tilted += startsATrack(tiltedFaces(-searched, *detector, *judge, picture, area, 1.0), box) ? 1 : 0;
        wrongWay += startsATrack(tiltedFaces(searched, *detector, *judge, picture, area, 1.0), box) ? 1 : 0;
    });
    qInfo("Faces that lean %g degrees: %d of %d, as they are %d, turned the wrong way %d", lean, tilted, labels,
          asTheyAre, wrongWay);
    QVERIFY(tilted >= least);
    QVERIFY(asTheyAre + 10 < tilted);
    QVERIFY(wrongWay * 2 < tilted); // upside down some are seen, too
}

void TestDetectors::findsFacesInGreyAndDarkPictures_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("least"); // of 43
    QTest::newRow("yunet-2023mar") << QStringLiteral("yunet-2023mar") << 41;
    QTest::newRow("doorveil-face") << QStringLiteral("doorveil-face") << 38;
}

void TestDetectors::findsFacesInGreyAndDarkPictures()
{
    QFETCH(const QString, id);
    QFETCH(const int, least);
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(id);
    QVERIFY(detector);
    Recall recall;
    for (const LabelledPicture &labelled : testsupport::labelledPictures(QStringLiteral("faces_dlib"))) {
        base::Picture picture = testsupport::loadPicture(labelled.path);
        for (std::size_t at = 0; at < picture.bgr.size(); at += 3) {
            // As an infrared camera gives it, at a quarter of the light.
            const int grey = (29 * picture.bgr[at] + 150 * picture.bgr[at + 1] + 77 * picture.bgr[at + 2]) >> 10;
            std::fill_n(picture.bgr.begin() + std::ptrdiff_t(at), 3, std::uint8_t(grey));
        }
        countHits(*detector, picture, labelled.boxes, 1.0, detector->info().threshold, recall);
    }
    qInfo("%d of %d", recall.found, recall.labels);
    QVERIFY(recall.found >= least);
}

void TestDetectors::findsTheSameWithAnyNumberOfThreads_data()
{
    QTest::addColumn<QString>("id");
    for (const char *id : {"yunet-2023mar", "ultra-light-rfb-640", "y5fu-320", "lpd-yunet-2023mar", "yolo-fastest-body",
                           "yolox-nano", "yolox-nano-vehicles", "doorveil-plate", "doorveil-face"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void TestDetectors::findsTheSameWithAnyNumberOfThreads()
{
    QFETCH(const QString, id);
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const bool plates = id.contains(QLatin1String("plate")) || id.startsWith(QLatin1String("y5fu"))
                        || id.startsWith(QLatin1String("lpd")) || id.endsWith(QLatin1String("vehicles"));
    const auto pictures =
        testsupport::labelledPictures(plates ? QStringLiteral("plates_openalpr_eu") : QStringLiteral("faces_dlib"));
    QVERIFY(!pictures.empty());
    const int before = cv::getNumThreads();
    const base::Picture picture = testsupport::loadPicture(pictures.front().path);
    const auto detector = detectorOf(id);
    QVERIFY(detector);
    cv::setNumThreads(1);
    const auto alone = detector->detect(picture, {}, 1.0);
    cv::setNumThreads(2);
    const auto together = detector->detect(picture, {}, 1.0);
    cv::setNumThreads(before);
    QVERIFY(alone && together);
    QVERIFY(*alone == *together); // scores to the last bit
    QVERIFY(!alone->empty());
}

void TestDetectors::boxesAreInThePictureWhateverTheArea()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    const auto detector = detectorOf(QStringLiteral("yunet-2023mar"));
    QVERIFY(detector);
    const LabelledPicture labelled = testsupport::labelledPictures(QStringLiteral("faces_dlib")).front();
    const base::Picture picture = testsupport::loadPicture(labelled.path);
    for (const base::Rectangle &label : labelled.boxes) {
        const base::Rectangle area = label.grown(label.width, label.height).clampedTo(picture.size);
        for (const double scale : {0.7, 1.0, 2.3}) {
            const auto found = detector->detect(picture, area, scale);
            QVERIFY(found);
            QVERIFY(std::any_of(found->begin(), found->end(),
                                [&](const Detection &find) { return testsupport::isHit(find.box, label); }));
            for (const Detection &find : *found)
                QCOMPARE(find.box.clampedTo(picture.size), find.box);
        }
    }
    QVERIFY(detector->detect(picture, {-50, -50, 20, 20}, 1.0)->empty());
    QVERIFY(detector->detect({}, {}, 1.0)->empty());
}

void TestDetectors::takesPicturesOfAnyShape_data()
{
    findsTheSameWithAnyNumberOfThreads_data();
}

void TestDetectors::takesPicturesOfAnyShape()
{
    QFETCH(const QString, id);
    DOORVEIL_NEEDS_MODELS();
    const auto detector = detectorOf(id);
    QVERIFY(detector);
    for (const base::Size size : {base::Size{1, 1}, {3, 200}, {200, 5}, {33, 31}, {127, 95}}) {
        base::Picture picture;
        picture.size = size;
        picture.bgr.assign(std::size_t(size.width) * std::size_t(size.height) * 3, 90);
        for (const double scale : {0.3, 1.0, 2.0}) {
            const auto found = detector->detect(picture, {}, scale);
            QVERIFY2(found, found ? "" : qPrintable(found.error().message));
        }
    }
}

void TestDetectors::embeddedDetectorsFindTheDrawnClip()
{
    auto set = loadDetectors(DetectorChoice::Embedded);
    QVERIFY(set);
    int faces = 0;
    int plates = 0;
    for (const int index : {10, 60}) {
        testsupport::DemoTruth truth;
        const base::Picture picture = base::toPicture(testsupport::drawDemoFrame({}, index, &truth));
        Recall found;
        countHits(*set->faces.front(), picture, truth.faces, 1.0, set->faces.front()->info().threshold, found);
        faces += found.found;
        found = {};
        countHits(*set->plates.front(), picture, truth.plates, 1.0, set->plates.front()->info().threshold, found);
        plates += found.found;
    }
    QVERIFY(faces > 0);
    QVERIFY(plates > 0);
}

namespace {
/// A white plate on a dark body before a wall, its characters as blocks of strokes; or without them.
base::Picture drawnPlate(bool characters, int smear)
{
    cv::Mat picture(240, 400, CV_8UC3, cv::Scalar(150, 160, 165));
    picture(cv::Rect(60, 60, 280, 150)).setTo(cv::Scalar(50, 40, 60));
    cv::Mat plate = picture(cv::Rect(plateBox.x, plateBox.y, plateBox.width, plateBox.height));
    plate.setTo(cv::Scalar(232, 232, 230));
    if (characters)
        cv::putText(plate, "B 428 KXM", {6, 21}, cv::FONT_HERSHEY_SIMPLEX, 0.62, cv::Scalar(25, 20, 20), 2,
                    cv::LINE_AA);
    if (smear > 1)
        cv::blur(picture, picture, {smear, 1});
    base::Picture result;
    result.size = {picture.cols, picture.rows};
    result.bgr.assign(picture.datastart, picture.dataend);
    return result;
}
} // namespace

void TestDetectors::ownPlateDetectorTellsPlatesFromBlankOnes_data()
{
    QTest::addColumn<int>("smear");
    QTest::newRow("sharp") << 1;
    QTest::newRow("moving") << 7;
}

/// Needs no file: the weights are compiled in.
void TestDetectors::ownPlateDetectorTellsPlatesFromBlankOnes()
{
    QFETCH(const int, smear);
    const auto detector = detectorOf(QStringLiteral("doorveil-plate"));
    QVERIFY(detector);
    const auto best = [&](bool characters) {
        const auto found = detector->detect(drawnPlate(characters, smear), {}, 1.0);
        float score = 0.0F;
        for (const Detection &find : *found) {
            if (testsupport::isHit(find.box, plateBox))
                score = std::max(score, find.score);
        }
        return double(score);
    };
    qInfo("with characters %.2f, blank %.2f", best(true), best(false));
    QVERIFY(best(true) >= detector->info().threshold);
    QVERIFY(best(false) < detector->info().threshold);
    base::Picture wall;
    wall.size = {320, 200};
    wall.bgr.assign(std::size_t(320 * 200 * 3), 140);
    const auto found = detector->detect(wall, {}, 1.0);
    QVERIFY(found && found->empty());
}

void TestDetectors::judgementHoldsUpPlatesOnly()
{
    const auto judge = detectorOf(QStringLiteral("doorveil-plate"));
    QVERIFY(judge);
    const base::Picture picture = drawnPlate(true, 1);
    const base::Rectangle wall{10, 10, 90, 24};
    constexpr float threshold = 0.3F;
    const auto scoreOf = [&](const base::Rectangle &box, float score) {
        const auto judged =
            confirmed({{base::TrackKind::Plate, box, score, QStringLiteral("other"), threshold}}, *judge, picture);
        return judged && judged->size() == 1 && judged->front().detector == QLatin1String("other")
                   ? judged->front().score
                   : -1.0F;
    };
    QVERIFY(scoreOf(plateBox, 0.2F) > 0.35F); // in doubt, held up
    QCOMPARE(scoreOf(wall, 0.5F), 0.25F); // half of what it was
    const float notSeen = scoreOf(wall, 0.78F);
    QVERIFY(notSeen > 0.2F && notSeen < threshold); // continues a track and starts none
    QVERIFY(scoreOf(wall, 0.85F) >= threshold); // beyond doubt
    QCOMPARE(scoreOf({}, 0.5F), 0.5F);
    // Of the same place, a box that is no plate's is not held up to the threshold.
    const base::Rectangle tall{plateBox.x + 40, plateBox.y - 10, 36, 48};
    QVERIFY(scoreOf(tall, 0.9F) < threshold);
    const base::Rectangle text{plateBox.x - 15, plateBox.y + 2, 146, 24};
    QVERIFY(scoreOf(text, 0.9F) < threshold);
}

/// Labelled plates lie on vehicles, the sky above them does not.
void TestDetectors::platesAreOnVehicles()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/plates_openalpr_eu", images);
    const auto vehicles = detectorOf(QStringLiteral("yolox-nano-vehicles"));
    QVERIFY(vehicles);
    const auto counts = [&](const base::Picture &picture, const base::Rectangle &box) {
        const Detection doubtful{base::TrackKind::Plate, box, 0.6F, QStringLiteral("doubtful"), 0.55F, 0.72F};
        const auto weighed = weighedByVehicles({doubtful}, *vehicles, picture, OffVehicle::Dropped);
        return weighed && weighed->size() == 1 && weighed->front().score >= 0.72F;
    };
    int plates = 0;
    int onVehicles = 0;
    int skies = 0;
    for (const LabelledPicture &labelled : testsupport::labelledPictures(QStringLiteral("plates_openalpr_eu"))) {
        const base::Picture picture = testsupport::loadPicture(labelled.path);
        for (const base::Rectangle &box : labelled.boxes) {
            ++plates;
            onVehicles += counts(picture, box) ? 1 : 0;
            skies += counts(picture, {box.x, 0, box.width, std::max(1, box.height / 2)}) ? 1 : 0;
        }
    }
    qInfo("%d plates, %d on vehicles, %d of the same width at the upper edge", plates, onVehicles, skies);
    QVERIFY(plates >= 25 && onVehicles * 10 >= plates * 9);
    QVERIFY(skies * 3 <= plates); // a car near by fills the picture
}

QTEST_GUILESS_MAIN(TestDetectors)
#include "tst_detectors.moc"
