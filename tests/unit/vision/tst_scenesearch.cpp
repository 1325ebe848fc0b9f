// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/drawnscene.h"
#include "vision/scenesearch.h"

#include <QTest>

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <functional>
#include <mutex>

using namespace doorveil;
using base::Rectangle;
using testsupport::DrawnPatch;
using testsupport::drawScene;

namespace {
constexpr base::Size sceneSize{960, 540};
constexpr base::Rational milliseconds{1, 1000};

/// Finds bright patches. Remembers what it was asked for, by several threads at once as every detector is.
class BrightPatchDetector final : public vision::Detector
{
public:
    explicit BrightPatchDetector(base::TrackKind kind, bool embedded = false)
    {
        m_info.id = QStringLiteral("bright-patch");
        m_info.kind = kind;
        m_info.embedded = embedded;
        m_info.threshold = 0.5;
        m_info.smallestSide = 24;
    }

    [[nodiscard]] const vision::DetectorInfo &info() const override { return m_info; }

    [[nodiscard]] base::Result<std::vector<vision::Detection>> detect(const base::Picture &picture,
                                                                      const Rectangle &area, double scale) override
    {
        if (fails)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("The detector broke.")};
        {
            const std::lock_guard lock(m_mutex);
            ++calls;
            pixels += area.area();
            scales.push_back(scale);
        }
        if (area.area() < smallestArea)
            return std::vector<vision::Detection>{};
        const cv::Mat view(picture.size.height, picture.size.width, CV_8UC3,
                           const_cast<std::uint8_t *>(picture.bgr.data()));
        cv::Mat green;
        cv::extractChannel(view(cv::Rect(area.x, area.y, area.width, area.height)), green, 1);
        const cv::Mat bright = green > 190;
        cv::Mat labels;
        cv::Mat stats;
        cv::Mat centres;
        const int count = cv::connectedComponentsWithStats(bright, labels, stats, centres);
        std::vector<vision::Detection> found;
        for (int label = 1; label < count; ++label) {
            const Rectangle box{stats.at<int>(label, cv::CC_STAT_LEFT) + area.x,
                                stats.at<int>(label, cv::CC_STAT_TOP) + area.y, stats.at<int>(label, cv::CC_STAT_WIDTH),
                                stats.at<int>(label, cv::CC_STAT_HEIGHT)};
            if (box.area() > 30)
                found.push_back({m_info.kind, box, area.area() < wholeArea ? scoreOfParts : scoreOfWhole, m_info.id});
        }
        return found;
    }

    // Read by the test between searches, when no thread is in here.
    int calls = 0;
    std::int64_t pixels = 0;
    std::vector<double> scales;
    bool fails = false;
    std::int64_t smallestArea = 0; ///< in smaller ones it sees nothing
    std::int64_t wholeArea = 0;
    float scoreOfWhole = 0.9F;
    float scoreOfParts = 0.9F; ///< in what is smaller than the whole

private:
    vision::DetectorInfo m_info;
    std::mutex m_mutex;
};

/// A search with one face detector that the test can ask.
struct Searcher
{
    explicit Searcher(vision::SceneSearchSettings settings = {})
    {
        auto owned = std::make_unique<BrightPatchDetector>(base::TrackKind::Face);
        detector = owned.get();
        detectors.faces.push_back(std::move(owned));
        settings.timeBase = milliseconds;
        search = std::make_unique<vision::SceneSearch>(detectors, settings);
    }

    vision::SceneFinds operator()(const base::VideoFrame &frame)
    {
        detector->calls = 0;
        detector->pixels = 0;
        auto searched = search->push(frame);
        if (searched && !*searched)
            searched = search->flush();
        return searched && *searched ? (*searched)->finds : vision::SceneFinds{};
    }

    vision::DetectorSet detectors;
    BrightPatchDetector *detector = nullptr;
    std::unique_ptr<vision::SceneSearch> search;
};

DrawnPatch bright(const Rectangle &box)
{
    return {box, 3, 5, 225};
}

bool holds(const vision::SceneFinds &finds, const Rectangle &box)
{
    return std::any_of(finds.detections.begin(), finds.detections.end(), [&](const vision::Detection &detection) {
        return base::intersectionOverUnion(detection.box, box) > 0.8;
    });
}

bool touches(const std::vector<Rectangle> &areas, const Rectangle &box)
{
    return std::any_of(areas.begin(), areas.end(),
                       [&](const Rectangle &area) { return !area.intersected(box).isEmpty(); });
}
} // namespace

class TestSceneSearch final : public QObject
{
    Q_OBJECT

private slots:
    void searchesEverythingAtTheStart();
    void keepsFindsWithoutSearchingAgain();
    void searchesOnlyWhatMoves();
    void findsEachStepOfAWalk();
    void seesSlowChange();
    void searchesEverythingAfterACut();
    void noticesMissingTime();
    void isNotKeptBusyByGrain();
    void dropsAFindThatHasGone();
    void refreshesWhatNeverChanges();
    void enlargesSmallChanges();
    void keepsToItsInterval();
    void searchesEverythingWhenTold();
    void passesErrorsOn();
    void embeddedPlatesAreLookedAtAgain();
    void enlargesPlatesOnVehiclesInTheFirstPicture();
    void givesTheSameTwice();
    void givesEveryFrameOnceAndInOrder();
};

void TestSceneSearch::searchesEverythingAtTheStart()
{
    Searcher searcher;
    const Rectangle box{700, 300, 30, 36};
    const auto finds = searcher(drawScene(sceneSize, 0, {bright(box)}));
    QCOMPARE(finds.change, base::SceneChange::Cut);
    QVERIFY(holds(finds, box));
    QVERIFY(touches(finds.searched, {0, 0, 4, 4}) && touches(finds.searched, {956, 536, 4, 4}));
}

void TestSceneSearch::keepsFindsWithoutSearchingAgain()
{
    Searcher searcher;
    const Rectangle box{700, 300, 30, 36};
    for (int index = 0; index < 20; ++index) {
        const auto finds = searcher(drawScene(sceneSize, index * 100, {bright(box)}, 3));
        QVERIFY2(holds(finds, box), qPrintable(QString::number(index)));
        QCOMPARE(finds.change, index == 0 ? base::SceneChange::Cut : base::SceneChange::None);
        if (index > 0)
            QCOMPARE(searcher.detector->calls, 0);
    }
}

void TestSceneSearch::searchesOnlyWhatMoves()
{
    Searcher searcher;
    std::int64_t pixels = 0;
    for (int index = 0; index < 20; ++index) {
        const Rectangle box{100 + 10 * index, 300, 30, 36};
        (void)searcher(drawScene(sceneSize, index * 100, {bright(box)}, 3));
        if (index > 0)
            pixels += searcher.detector->pixels;
    }
    QVERIFY(pixels > 0);
    QVERIFY2(pixels < 19LL * sceneSize.width * sceneSize.height / 4, qPrintable(QString::number(pixels)));
}

void TestSceneSearch::findsEachStepOfAWalk()
{
    Searcher searcher;
    for (int index = 0; index < 40; ++index) {
        const Rectangle box{20 + 22 * index, 300 - 4 * index, 14, 16};
        const auto finds = searcher(drawScene(sceneSize, index * 100, {bright(box)}, 3));
        QVERIFY2(holds(finds, box), qPrintable(QString::number(index)));
        QCOMPARE(finds.detections.size(), std::size_t(1));
    }
}

void TestSceneSearch::seesSlowChange()
{
    // A patch that fades in by less than a grey level a frame: against the last frame nothing ever moves, so that a
    // comparison with the last frame would miss it. Against the frame of the last search it adds up.
    Searcher searcher;
    const Rectangle box{400, 200, 40, 40};
    bool found = false;
    bool moved = false;
    for (int index = 0; index < 150; ++index) {
        const auto finds = searcher(drawScene(sceneSize, index * 100, {{box, 3, 0, 110 + index * 115 / 149}}));
        found = holds(finds, box);
        moved = moved || (index > 0 && touches(finds.moving, box));
    }
    QVERIFY(found);
    QVERIFY(!moved);
}

void TestSceneSearch::searchesEverythingAfterACut()
{
    Searcher searcher;
    const Rectangle box{100, 100, 30, 36};
    for (int index = 0; index < 5; ++index)
        (void)searcher(drawScene(sceneSize, index * 100, {bright(box)}, 3));
    const auto finds = searcher(drawScene(sceneSize, 500, {}, 3, 20, 1234));
    QCOMPARE(finds.change, base::SceneChange::Cut);
    QVERIFY(searcher.detector->pixels >= std::int64_t(sceneSize.width) * sceneSize.height);
    QVERIFY(finds.detections.empty());
    // A light that is switched on is none.
    QVERIFY(searcher(drawScene(sceneSize, 600, {}, 3, 60, 1234)).change != base::SceneChange::Cut);
}

void TestSceneSearch::noticesMissingTime()
{
    // Somebody large stands here, and from one frame to the next somebody else there; the background stays.
    const auto standing = [](int x, std::uint32_t seed) { return DrawnPatch{{x, 60, 260, 480}, seed}; };
    Searcher searcher;
    for (int index = 0; index < 10; ++index) {
        const auto finds = searcher(drawScene(sceneSize, index * 100, {standing(100, 3)}, 3));
        QCOMPARE(finds.change, index == 0 ? base::SceneChange::Cut : base::SceneChange::None);
    }
    QCOMPARE(searcher(drawScene(sceneSize, 1000, {standing(500, 4)}, 3)).change, base::SceneChange::Jump);
    QCOMPARE(searcher(drawScene(sceneSize, 1100, {standing(500, 4)}, 3)).change, base::SceneChange::None);
    // Who walks in changes more of the picture with each step, and nobody is taken for another.
    Searcher another;
    for (int index = 0; index < 20; ++index) {
        const auto finds = another(drawScene(sceneSize, index * 100, {standing(-260 + 12 * index, 3)}, 3));
        QCOMPARE(finds.change, index == 0 ? base::SceneChange::Cut : base::SceneChange::None);
    }
}

void TestSceneSearch::isNotKeptBusyByGrain()
{
    Searcher searcher;
    std::int64_t pixels = 0;
    const Rectangle box{700, 300, 30, 36};
    for (int index = 0; index < 40; ++index) {
        const auto finds = searcher(drawScene(sceneSize, index * 100, {bright(box)}, 15));
        QVERIFY(holds(finds, box));
        if (index > 0)
            pixels += searcher.detector->pixels;
    }
    QVERIFY2(pixels < 39LL * sceneSize.width * sceneSize.height / 20, qPrintable(QString::number(pixels)));
}

void TestSceneSearch::dropsAFindThatHasGone()
{
    Searcher searcher;
    const Rectangle box{700, 300, 30, 36};
    (void)searcher(drawScene(sceneSize, 0, {bright(box)}));
    QVERIFY(holds(searcher(drawScene(sceneSize, 100, {bright(box)})), box));
    QVERIFY(searcher(drawScene(sceneSize, 200, {})).detections.empty());
    QVERIFY(searcher(drawScene(sceneSize, 300, {})).detections.empty());
}

void TestSceneSearch::refreshesWhatNeverChanges()
{
    vision::SceneSearchSettings settings;
    settings.refreshSeconds = 2.0;
    Searcher searcher(settings);
    std::int64_t pixels = 0;
    for (int index = 0; index < 40; ++index) {
        (void)searcher(drawScene(sceneSize, index * 100, {}));
        if (index > 10)
            pixels += searcher.detector->pixels;
    }
    QVERIFY(pixels >= std::int64_t(sceneSize.width) * sceneSize.height);
}

void TestSceneSearch::enlargesSmallChanges()
{
    Searcher searcher;
    (void)searcher(drawScene(sceneSize, 0, {}));
    searcher.detector->scales.clear();
    (void)searcher(drawScene(sceneSize, 100, {bright({200, 200, 12, 14})}));
    QVERIFY(std::find(searcher.detector->scales.begin(), searcher.detector->scales.end(), 2.0)
            != searcher.detector->scales.end());
}

void TestSceneSearch::keepsToItsInterval()
{
    const auto searches = [](std::int64_t step) {
        Searcher searcher;
        int frames = 0;
        for (int index = 0; index < 30; ++index) {
            (void)searcher(drawScene(sceneSize, index * step, {bright({20 + 20 * index, 200, 30, 36})}));
            frames += searcher.detector->calls > 0 ? 1 : 0;
        }
        return frames;
    };
    QCOMPARE(searches(100), 30);
    QCOMPARE(searches(33), 15);
}

void TestSceneSearch::searchesEverythingWhenTold()
{
    vision::SceneSearchSettings settings;
    settings.searchEverything = true;
    Searcher searcher(settings);
    for (int index = 0; index < 4; ++index) {
        (void)searcher(drawScene(sceneSize, index * 33, {}));
        QVERIFY(searcher.detector->pixels >= std::int64_t(sceneSize.width) * sceneSize.height);
    }
}

void TestSceneSearch::passesErrorsOn()
{
    Searcher searcher;
    searcher.detector->fails = true;
    QVERIFY(searcher.search->push(drawScene(sceneSize, 0, {})));
    const auto searched = searcher.search->flush();
    QVERIFY(!searched);
    QCOMPARE(searched.error().message, QStringLiteral("The detector broke."));
}

/// The embedded plate detector looks at what it found once more, by itself: seen better there, it counts for more.
void TestSceneSearch::embeddedPlatesAreLookedAtAgain()
{
    constexpr std::int64_t half = std::int64_t(sceneSize.width) * sceneSize.height / 2;
    const auto scoreOf = [](bool embedded, float first, bool seesItAgain) {
        auto detector = std::make_unique<BrightPatchDetector>(base::TrackKind::Plate, embedded);
        detector->smallestArea = seesItAgain ? 0 : half;
        detector->wholeArea = half;
        detector->scoreOfWhole = first;
        detector->scoreOfParts = 1.0F;
        vision::DetectorSet detectors;
        detectors.plates.push_back(std::move(detector));
        vision::SceneSearch search(detectors, {});
        auto searched = search.push(drawScene(sceneSize, 0, {bright({400, 300, 80, 24})}));
        if (searched && !*searched)
            searched = search.flush();
        return searched && *searched && (*searched)->finds.detections.size() == 1
                   ? (*searched)->finds.detections.front().score
                   : -1.0F;
    };
    QCOMPARE(scoreOf(true, 0.4F, false), 0.4F);
    const float raised = scoreOf(true, 0.4F, true);
    QVERIFY2(raised > 0.7F && raised < 0.9F, qPrintable(QString::number(double(raised))));
    QCOMPARE(scoreOf(true, 0.95F, true), 0.95F); // never lowered
    QCOMPARE(scoreOf(false, 0.4F, true), 0.4F); // nobody to judge what another one finds
}

/// The whole is found as it is; what only the enlarged search finds counts where it is on a vehicle.
void TestSceneSearch::enlargesPlatesOnVehiclesInTheFirstPicture()
{
    auto plates = std::make_unique<BrightPatchDetector>(base::TrackKind::Plate, true);
    BrightPatchDetector &asked = *plates;
    auto vehicles = std::make_unique<BrightPatchDetector>(base::TrackKind::Region);
    BrightPatchDetector &weighing = *vehicles;
    vision::DetectorSet detectors;
    detectors.plates.push_back(std::move(plates));
    detectors.vehicles = std::move(vehicles);
    vision::SceneSearch search(detectors, {});
    const auto enlarged = [&](int x) {
        asked.scales.clear();
        weighing.calls = 0;
        auto searched = search.push(drawScene(sceneSize, 0, {bright({x, 300, 80, 24})}), true);
        if (searched && !*searched)
            searched = search.flush();
        return searched && *searched && std::count(asked.scales.begin(), asked.scales.end(), 2.0) > 0;
    };
    QVERIFY(enlarged(400));
    QVERIFY(weighing.calls > 0);
    QVERIFY(!enlarged(700)); // moved, and searched for as usual
    QVERIFY(!asked.scales.empty());
}

void TestSceneSearch::givesTheSameTwice()
{
    const auto run = [](int threads) {
        cv::setNumThreads(threads);
        Searcher searcher;
        std::vector<vision::Detection> all;
        for (int index = 0; index < 20; ++index) {
            const auto finds = searcher(
                drawScene(sceneSize, index * 50,
                          {bright({20 + 20 * index, 200, 30, 36}), bright({900 - 15 * index, 400, 20, 24})}, 12));
            all.insert(all.end(), finds.detections.begin(), finds.detections.end());
        }
        return all;
    };
    const auto one = run(1);
    QVERIFY(!one.empty());
    QVERIFY(one == run(2));
    cv::setNumThreads(-1);
}

void TestSceneSearch::givesEveryFrameOnceAndInOrder()
{
    // Somebody walks, and a cut comes while the frame before it is still underway.
    constexpr int cutAt = 7;
    Searcher searcher;
    const auto boxAt = [](int index) { return Rectangle{100 + 8 * index, index < cutAt ? 100 : 400, 30, 36}; };
    std::vector<vision::SearchedFrame> all;
    for (int index = 0; index < 12; ++index) {
        auto searched = searcher.search->push(
            drawScene(sceneSize, index * 100, {bright(boxAt(index))}, 3, 20, index < cutAt ? 1 : 1234));
        QVERIFY(searched);
        if (*searched)
            all.push_back(std::move(**searched));
    }
    QVERIFY(all.size() >= 9); // it lags a few frames behind, no more
    for (auto rest = searcher.search->flush(); rest && *rest; rest = searcher.search->flush())
        all.push_back(std::move(**rest));
    QCOMPARE(int(all.size()), 12);
    for (int index = 0; index < 12; ++index) {
        const vision::SceneFinds &finds = all[std::size_t(index)].finds;
        QCOMPARE(all[std::size_t(index)].frame.pts, std::int64_t(index * 100));
        QCOMPARE(finds.change == base::SceneChange::Cut, index == 0 || index == cutAt);
        QCOMPARE(int(finds.detections.size()), 1);
        QVERIFY2(holds(finds, boxAt(index)), qPrintable(QString::number(index)));
    }
}

QTEST_GUILESS_MAIN(TestSceneSearch)
#include "tst_scenesearch.moc"
