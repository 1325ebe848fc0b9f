// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/drawnscene.h"
#include "tracking/tracker.h"

#include <QPoint>
#include <QTest>

#include <opencv2/core.hpp>

#include <functional>
#include <optional>

using namespace doorveil;
using base::Origin;
using base::Rectangle;
using base::SceneChange;
using testsupport::DrawnPatch;
using testsupport::drawScene;
using tracking::Find;
using tracking::Tracker;

namespace {
constexpr base::Size sceneSize{480, 270};
constexpr base::Rational milliseconds{1, 1000};
const Rectangle everything{0, 0, sceneSize.width, sceneSize.height};

Find face(const Rectangle &box, float score)
{
    return {base::TrackKind::Face, box, score, 0.6F};
}

/// What happens in one frame of a scene.
struct Moment
{
    std::vector<DrawnPatch> patches;
    std::vector<Find> finds;
    std::vector<Rectangle> searched{everything};
    SceneChange change = SceneChange::None;
    std::uint32_t background = 7;
};

std::vector<base::Track> track(const std::vector<std::int64_t> &times, const std::function<Moment(int)> &scene,
                               const tracking::TrackerSettings &settings = {})
{
    Tracker tracker(sceneSize, milliseconds, settings);
    for (int index = 0; index < int(times.size()); ++index) {
        const Moment moment = scene(index);
        tracker.addFrame(drawScene(sceneSize, times[std::size_t(index)], moment.patches, 2, 0, moment.background),
                         moment.finds, moment.searched, moment.change);
    }
    return tracker.finish();
}

std::vector<std::int64_t> evenTimes(int count, int step)
{
    std::vector<std::int64_t> times;
    for (int index = 0; index < count; ++index)
        times.push_back(std::int64_t(index) * step);
    return times;
}

double coveredShare(const base::Track &found, std::int64_t pts, const Rectangle &box)
{
    const base::Observation *observation = observationAt(found, pts);
    return observation == nullptr ? 0.0 : double(observation->box.intersected(box).area()) / double(box.area());
}
} // namespace

class TestTracker final : public QObject
{
    Q_OBJECT

private slots:
    void weakFindsStartNothing();
    void weakFindsContinueAndReachBack();
    void findsInDoubtMustComeTwice();
    void oneStrongFindIsCoveredOnBothSides();
    void extendsByTimeNotByFrames();
    void doesNotReachAcrossACut();
    void followsForwardsWhenMissed();
    void followsBackwardsFromTheFirstFind();
    void coversMoreOfWhatComesIn_data();
    void coversMoreOfWhatComesIn();
    void followsNothingElseBackwardsAtTheEdge();
    void followsNothingElseWhereItLeaves();
    void bridgesAnOcclusion();
    void endsAfterALongAbsence();
    void holdsWhereNobodySearched();
    void keepsTwoThatCrossApart();
    void platesMayTravelFarBetweenFrames();
    void partsWhereSomebodyElseTakesThePlace();
    void coversAsMuchWhereItParts();
    void partsOverAJump();
    void neverShrinksBelowWhatWasSeen();
    void numbersInOrderOfAppearance();
    void joinsDuplicateFinds();
    void keepsKindsApart();
    void givesOneObservationAFrame();
    void isTheSameWithAnyNumberOfThreads();
    void survivesOddPictures();
};

void TestTracker::weakFindsStartNothing()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(20, 100), [&](int) { return Moment{{{box}}, {face(box, 0.4F)}}; });
    QVERIFY(tracks.empty());
    // The same finds above the threshold do: the scene is not what keeps them out.
    QCOMPARE(track(evenTimes(20, 100), [&](int) { return Moment{{{box}}, {face(box, 0.7F)}}; }).size(), std::size_t(1));
}

void TestTracker::weakFindsContinueAndReachBack()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(20, 100), [&](int index) {
        return Moment{{{box}}, {face(box, index == 10 ? 0.8F : 0.4F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    QCOMPARE(tracks[0].observations.size(), std::size_t(20));
    QCOMPARE(observationAt(tracks[0], 500)->origin, Origin::Detected);
    QCOMPARE(observationAt(tracks[0], 500)->score, 0.4F);
    QCOMPARE(observationAt(tracks[0], 1500)->origin, Origin::Detected);
}

void TestTracker::findsInDoubtMustComeTwice()
{
    const Rectangle box{100, 100, 60, 16};
    const auto tracksOf = [&](float score, int every, bool isKept) {
        return track(evenTimes(20, 100),
                     [&](int index) {
                         Moment moment{{{box}}, {}};
                         if (index % every == 0)
                             moment.finds = {{base::TrackKind::Plate, box, score, 0.55F, 0.72F, isKept && index > 0}};
                         return moment;
                     })
            .size();
    };
    QCOMPARE(tracksOf(0.6F, 20, false), std::size_t(0)); // once
    QCOMPARE(tracksOf(0.6F, 1, true), std::size_t(0)); // once, and nothing changed there since
    QCOMPARE(tracksOf(0.6F, 10, false), std::size_t(1)); // twice
    QCOMPARE(tracksOf(0.75F, 20, false), std::size_t(1)); // once, clearly
}

void TestTracker::oneStrongFindIsCoveredOnBothSides()
{
    // Nothing to follow: the patch is there in one frame only.
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(30, 100), [&](int index) {
        return index == 15 ? Moment{{{box}}, {face(box, 0.9F)}} : Moment{};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    QCOMPARE(observationAt(tracks[0], 1500)->origin, Origin::Detected);
    for (const std::int64_t pts : {1000, 1100, 1200, 1300, 1400, 1600, 1700, 1800, 1900, 2000}) {
        QVERIFY2(observationAt(tracks[0], pts) != nullptr, qPrintable(QString::number(pts)));
        QVERIFY(coveredShare(tracks[0], pts, box) == 1.0);
    }
    QVERIFY(observationAt(tracks[0], 2500) == nullptr);
    QVERIFY(observationAt(tracks[0], 500) == nullptr);
}

void TestTracker::extendsByTimeNotByFrames()
{
    // Frames thick and thin: 40 ms, then 400 ms, then 40 ms.
    std::vector<std::int64_t> times;
    std::int64_t time = 0;
    for (int index = 0; index < 40; ++index) {
        times.push_back(time);
        time += index >= 15 && index < 20 ? 400 : 40;
    }
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(times, [&](int index) {
        return index == 17 ? Moment{{{box}}, {face(box, 0.9F)}} : Moment{};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    const std::int64_t found = times[17];
    for (std::size_t index = 0; index < times.size(); ++index) {
        const bool shownBefore = index + 1 < times.size() && times[index + 1] > found - 500 && times[index] <= found;
        const bool shownAfter = times[index] >= found && times[index] < times[18] + 500;
        if (shownBefore || shownAfter)
            QVERIFY2(observationAt(tracks[0], times[index]) != nullptr, qPrintable(QString::number(times[index])));
    }
}

void TestTracker::doesNotReachAcrossACut()
{
    const Rectangle box{100, 100, 40, 40};
    const auto scene = [&](bool withCut) {
        return track(evenTimes(20, 100), [&, withCut](int index) {
            Moment moment{{{box}}, {}};
            moment.background = index < 10 ? 7 : 99;
            moment.change = withCut && index == 10 ? SceneChange::Cut : SceneChange::None;
            if (index == 11)
                moment.finds = {face(box, 0.9F)};
            return moment;
        });
    };
    const auto tracks = scene(true);
    QCOMPARE(tracks.size(), std::size_t(1));
    QVERIFY(observationAt(tracks[0], 1000) != nullptr);
    QVERIFY(observationAt(tracks[0], 900) == nullptr);
    // Without the cut it does reach: the test can tell.
    QVERIFY(observationAt(scene(false)[0], 900) != nullptr);

    // Forwards the same.
    const auto ending = track(evenTimes(20, 100), [&](int index) {
        Moment moment{{{box}}, {}};
        moment.background = index < 10 ? 7 : 99;
        moment.change = index == 10 ? SceneChange::Cut : SceneChange::None;
        if (index == 8)
            moment.finds = {face(box, 0.9F)};
        return moment;
    });
    QCOMPARE(ending.size(), std::size_t(1));
    QVERIFY(observationAt(ending[0], 900) != nullptr);
    QVERIFY(observationAt(ending[0], 1000) == nullptr);
}

void TestTracker::followsForwardsWhenMissed()
{
    const auto place = [](int index) { return Rectangle{60 + 8 * index, 100 + 2 * index, 40, 40}; };
    const auto tracks = track(evenTimes(30, 66), [&](int index) {
        Moment moment{{{place(index)}}, {}};
        if (index < 6)
            moment.finds = {face(place(index), 0.9F)};
        return moment;
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    for (int index = 6; index < 28; ++index) {
        QVERIFY2(coveredShare(tracks[0], index * 66, place(index)) >= 0.85, qPrintable(QString::number(index)));
        QCOMPARE(observationAt(tracks[0], index * 66)->origin, Origin::Propagated);
    }
}

void TestTracker::followsBackwardsFromTheFirstFind()
{
    const auto place = [](int index) { return Rectangle{60 + 8 * index, 100 + 2 * index, 40, 40}; };
    const auto scene = [&](double seconds) {
        tracking::TrackerSettings settings;
        settings.followBackSeconds = seconds;
        return track(
            evenTimes(30, 66),
            [&](int index) {
                Moment moment{{{place(index)}}, {}};
                if (index >= 25)
                    moment.finds = {face(place(index), 0.9F)};
                return moment;
            },
            settings);
    };
    const auto tracks = scene(2.0);
    QCOMPARE(tracks.size(), std::size_t(1));
    for (int index = 0; index < 25; ++index)
        QVERIFY2(coveredShare(tracks[0], index * 66, place(index)) >= 0.85, qPrintable(QString::number(index)));
    // Without following back the early frames lie open.
    QVERIFY(observationAt(scene(0.0)[0], 5 * 66) == nullptr);
}

void TestTracker::coversMoreOfWhatComesIn_data()
{
    QTest::addColumn<QPoint>("place"); // where half of it is in the picture
    QTest::addColumn<QPoint>("step");
    QTest::newRow("left") << QPoint(-30, 100) << QPoint(4, 0);
    QTest::newRow("right") << QPoint(450, 100) << QPoint(-4, 0);
    QTest::newRow("top") << QPoint(200, -20) << QPoint(0, 3);
    QTest::newRow("bottom") << QPoint(200, 250) << QPoint(0, -3);
}

/// Found when half of it is in the picture, and again when all of it is: in between all that can be seen of it is
/// covered.
void TestTracker::coversMoreOfWhatComesIn()
{
    QFETCH(QPoint, place);
    QFETCH(QPoint, step);
    constexpr int whole = 12;
    const auto placeIn = [&](int index) {
        return Rectangle{place.x() + step.x() * index, place.y() + step.y() * index, 60, 40};
    };
    const auto tracks = track(evenTimes(20, 33), [&](int index) {
        Moment moment{{{placeIn(index)}}, {}, {}};
        if (index == 0 || index >= whole)
            moment.finds = {face(placeIn(index).clampedTo(sceneSize), 0.9F)};
        return moment;
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    for (int index = 0; index < whole; ++index) {
        const Rectangle seen = placeIn(index).clampedTo(sceneSize);
        QVERIFY2(coveredShare(tracks[0], index * 33, seen) >= 0.9, qPrintable(QString::number(index)));
    }
}

void TestTracker::followsNothingElseBackwardsAtTheEdge()
{
    // It comes in at the lower edge, and until then something that looks the same stands beside the place where it is
    // found first.
    constexpr int firstFound = 20;
    const Rectangle alike{200, 222, 44, 24};
    const auto place = [](int index) { return Rectangle{200, 240 - 18 * (index - firstFound), 44, 24}; };
    const auto tracks = track(evenTimes(30, 66), [&](int index) {
        if (index < firstFound)
            return Moment{{{place(index)}, {alike}}, {}};
        return Moment{{{place(index)}}, {face(place(index), 0.9F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    const Rectangle cutOff = place(firstFound - 1).clampedTo(sceneSize);
    QVERIFY(!cutOff.isEmpty());
    QVERIFY(coveredShare(tracks[0], std::int64_t(firstFound - 1) * 66, cutOff) >= 0.85);
    QVERIFY(observationAt(tracks[0], 5 * 66) == nullptr);
}

void TestTracker::followsNothingElseWhereItLeaves()
{
    // The same the other way round, where nobody searches any more.
    constexpr int lastFound = 10;
    const Rectangle alike{200, 222, 44, 24};
    const auto place = [](int index) { return Rectangle{200, 240 + 18 * (index - lastFound), 44, 24}; };
    const auto tracks = track(evenTimes(30, 66), [&](int index) {
        if (index > lastFound)
            return Moment{{{place(index)}, {alike}}, {}, {}};
        return Moment{{{place(index)}}, {face(place(index), 0.9F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    const Rectangle cutOff = place(lastFound + 1).clampedTo(sceneSize);
    QVERIFY(coveredShare(tracks[0], std::int64_t(lastFound + 1) * 66, cutOff) >= 0.85);
    QVERIFY(observationAt(tracks[0], 25 * 66) == nullptr);
}

void TestTracker::bridgesAnOcclusion()
{
    const auto place = [](int index) { return Rectangle{60 + 6 * index, 100, 36, 36}; };
    const auto tracks = track(evenTimes(40, 66), [&](int index) {
        // A post as wide as three faces, in front.
        Moment moment{{{place(index)}, {{150, 60, 70, 150}, 55}}, {}};
        const bool hidden = place(index).right() > 155 && place(index).x < 215;
        if (!hidden)
            moment.finds = {face(place(index), 0.9F)};
        return moment;
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    QCOMPARE(tracks[0].observations.size(), std::size_t(40));
}

void TestTracker::endsAfterALongAbsence()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(100, 100), [&](int index) {
        const bool there = index < 20 || index >= 70;
        return there ? Moment{{{box}}, {face(box, 0.9F)}} : Moment{};
    });
    QCOMPARE(tracks.size(), std::size_t(2));
    QVERIFY(observationAt(tracks[0], 4500) == nullptr);
    QVERIFY(observationAt(tracks[1], 4500) == nullptr);
}

void TestTracker::holdsWhereNobodySearched()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(200, 100), [&](int index) {
        Moment moment{{{box}}, {}, {}};
        if (index < 3) {
            moment.finds = {face(box, 0.9F)};
            moment.searched = {everything};
        }
        return moment;
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    QCOMPARE(tracks[0].observations.size(), std::size_t(200));
}

void TestTracker::keepsTwoThatCrossApart()
{
    const auto first = [](int index) { return Rectangle{40 + 8 * index, 90, 36, 36}; };
    const auto second = [](int index) { return Rectangle{360 - 8 * index, 130, 36, 36}; };
    const auto tracks = track(evenTimes(40, 66), [&](int index) {
        return Moment{{{first(index), 3}, {second(index), 5}}, {face(first(index), 0.9F), face(second(index), 0.9F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(2));
    for (int index = 0; index < 40; ++index) {
        QCOMPARE(coveredShare(tracks[0], index * 66, first(index)), 1.0);
        QCOMPARE(coveredShare(tracks[1], index * 66, second(index)), 1.0);
    }
}

namespace {
/// From frame 20 on there is another face in the place of the first, or the same one, and in `gap` frames before it
/// nobody is found.
std::vector<base::Track> oneAfterTheOther(bool isAnother, SceneChange change = SceneChange::None, int gap = 0)
{
    const Rectangle box{200, 100, 40, 40};
    return track(evenTimes(40, 100), [=](int index) {
        Moment moment{{{box, isAnother && index >= 20 ? 5U : 1U}}, {}};
        if (index < 20 - gap || index >= 20)
            moment.finds = {face(box, 0.9F)};
        moment.change = index == 20 ? change : SceneChange::None;
        return moment;
    });
}
} // namespace

void TestTracker::platesMayTravelFarBetweenFrames()
{
    // Two frames a second, and more than one and a half widths between them: motion cannot be followed.
    const auto tracksOf = [](base::TrackKind kind, base::Size size, float laterScore) {
        return track(evenTimes(5, 500), [&](int index) {
            const Rectangle box{10 + 100 * index, 120, size.width, size.height};
            return Moment{{{box}}, {{kind, box, index == 0 ? 0.8F : laterScore, 0.6F}}};
        });
    };
    const auto plates = tracksOf(base::TrackKind::Plate, {60, 16}, 0.8F);
    QCOMPARE(plates.size(), std::size_t(1));
    QCOMPARE(observationAt(plates[0], 2000)->origin, Origin::Detected);
    // Weak finds are not taken from so far away, and a face of the same area is somebody else there.
    const auto weak = tracksOf(base::TrackKind::Plate, {60, 16}, 0.4F);
    QCOMPARE(weak.size(), std::size_t(1));
    QVERIFY(observationAt(weak[0], 2000) == nullptr);
    QVERIFY(tracksOf(base::TrackKind::Face, {31, 31}, 0.8F).size() > 1);
}

void TestTracker::partsWhereSomebodyElseTakesThePlace()
{
    QCOMPARE(oneAfterTheOther(false).size(), std::size_t(1));
    const auto two = oneAfterTheOther(true);
    QCOMPARE(two.size(), std::size_t(2));
    // What was found of the one is none of the other's: showing the first does not show the second.
    const auto isFoundAt = [](const base::Track &track, std::int64_t pts) {
        const base::Observation *observation = observationAt(track, pts);
        return observation != nullptr && observation->origin == Origin::Detected;
    };
    for (std::int64_t pts = 0; pts < 4000; pts += 100) {
        QCOMPARE(isFoundAt(two[0], pts), pts < 2000);
        QCOMPARE(isFoundAt(two[1], pts), pts >= 2000);
    }
}

void TestTracker::coversAsMuchWhereItParts()
{
    // Nobody knows when in the gap the one went and the other came: both covers last through it, and half a second on.
    const auto two = oneAfterTheOther(true, SceneChange::None, 8);
    QCOMPARE(two.size(), std::size_t(2));
    const Rectangle box{200, 100, 40, 40};
    for (std::int64_t pts = 1200; pts < 2000; pts += 100) {
        QCOMPARE(coveredShare(two[0], pts, box), 1.0);
        QCOMPARE(coveredShare(two[1], pts, box), 1.0);
    }
    QCOMPARE(coveredShare(two[0], 2400, box), 1.0);
    QCOMPARE(coveredShare(two[1], 700, box), 1.0);
    QVERIFY(observationAt(two[0], 2600) == nullptr);
}

void TestTracker::partsOverAJump()
{
    // The same looks in the same place: time is missing, but it can only be the same.
    QCOMPARE(oneAfterTheOther(false, SceneChange::Jump).size(), std::size_t(1));
    QCOMPARE(oneAfterTheOther(true, SceneChange::Jump).size(), std::size_t(2));
    // A body whose background stays is not proven by it.
    const Rectangle body{200, 60, 80, 180};
    const auto bodies = [&](SceneChange change) {
        return track(evenTimes(40, 100), [=](int index) {
            const Rectangle coat{215, 70, 50, 60};
            Moment moment{{{coat, index < 20 ? 3U : 9U, 25}}, {}};
            if (index % 5 == 0)
                moment.finds = {{base::TrackKind::Person, body, 0.9F, 0.6F}};
            moment.change = index == 20 ? change : SceneChange::None;
            return moment;
        });
    };
    QCOMPARE(bodies(SceneChange::None).size(), std::size_t(1));
    QCOMPARE(bodies(SceneChange::Jump).size(), std::size_t(2));
}

void TestTracker::neverShrinksBelowWhatWasSeen()
{
    // Finds that jitter in place and size: each must lie inside its smoothed box.
    const auto place = [](int index) {
        return Rectangle{100 + (index * 7) % 5, 100 + (index * 11) % 7, 40 + (index * 3) % 8, 40 + (index * 5) % 6};
    };
    const auto tracks = track(evenTimes(30, 40), [&](int index) {
        return Moment{{{{102, 103, 42, 42}}}, {face(place(index), 0.9F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
    for (int index = 0; index < 30; ++index)
        QCOMPARE(coveredShare(tracks[0], index * 40, place(index)), 1.0);
}

void TestTracker::numbersInOrderOfAppearance()
{
    const Rectangle early{300, 60, 40, 40};
    const Rectangle late{60, 150, 40, 40};
    const auto tracks = track(evenTimes(60, 100), [&](int index) {
        Moment moment{{{early, 3}}, {face(early, 0.7F)}};
        if (index >= 30) {
            moment.patches.push_back({late, 9});
            moment.finds.insert(moment.finds.begin(), face(late, 0.95F));
        }
        return moment;
    });
    QCOMPARE(tracks.size(), std::size_t(2));
    QCOMPARE(tracks[0].id, std::int64_t(1));
    QVERIFY(coveredShare(tracks[0], 0, early) == 1.0);
    QCOMPARE(tracks[1].id, std::int64_t(2));
    QVERIFY(observationAt(tracks[1], 0) == nullptr);
}

void TestTracker::joinsDuplicateFinds()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(10, 100), [&](int) {
        return Moment{{{box}}, {face(box, 0.7F), face({103, 98, 41, 44}, 0.9F), face({99, 101, 38, 40}, 0.8F)}};
    });
    QCOMPARE(tracks.size(), std::size_t(1));
}

void TestTracker::keepsKindsApart()
{
    const Rectangle box{100, 100, 40, 40};
    const auto tracks = track(evenTimes(10, 100), [&](int) {
        return Moment{{{box}}, {face(box, 0.7F), {base::TrackKind::Plate, box, 0.9F, 0.5F}}};
    });
    QCOMPARE(tracks.size(), std::size_t(2));
    QVERIFY(tracks[0].kind != tracks[1].kind);
}

void TestTracker::givesOneObservationAFrame()
{
    const auto place = [](int index) { return Rectangle{60 + 20 * index, 100, 40, 40}; };
    const auto tracks = track(evenTimes(18, 200), [&](int index) {
        Moment moment{{{place(index)}}, {}};
        if (index % 3 == 0)
            moment.finds = {face(place(index), 0.9F)};
        return moment;
    });
    QVERIFY(!tracks.empty());
    for (const base::Track &found : tracks) {
        for (std::size_t index = 1; index < found.observations.size(); ++index)
            QVERIFY(found.observations[index].pts > found.observations[index - 1].pts);
    }
}

void TestTracker::isTheSameWithAnyNumberOfThreads()
{
    const auto place = [](int index) { return Rectangle{60 + 8 * index, 100 + 2 * index, 40, 40}; };
    const auto scene = [&](int threads) {
        cv::setNumThreads(threads);
        return track(evenTimes(30, 66), [&](int index) {
            Moment moment{{{place(index)}, {{300 - 5 * index, 180, 30, 30}, 5}}, {}};
            if (index % 7 == 3)
                moment.finds = {face(place(index), 0.9F), face({300 - 5 * index, 180, 30, 30}, 0.8F)};
            return moment;
        });
    };
    const auto one = scene(1);
    QVERIFY(!one.empty());
    QVERIFY(one == scene(2));
    QVERIFY(one == scene(7));
    cv::setNumThreads(-1);
}

void TestTracker::survivesOddPictures()
{
    for (const base::Size size : {base::Size{1, 1}, base::Size{16, 8}, base::Size{8, 900}}) {
        Tracker tracker(size, milliseconds, {});
        for (int index = 0; index < 6; ++index) {
            const std::vector<Find> finds{face({-20, -20, 30, 30}, 0.9F), face({size.width - 2, 0, 40, 40}, 0.9F),
                                          face({5, 5, 0, 0}, 0.9F)};
            tracker.addFrame(drawScene(size, index * 100, {}, 20), finds, {},
                             index == 3 ? SceneChange::Cut : SceneChange::None);
        }
        for (const base::Track &found : tracker.finish()) {
            for (const base::Observation &observation : found.observations)
                QCOMPARE(observation.box, observation.box.clampedTo(size));
        }
    }
    Tracker empty(sceneSize, milliseconds, {});
    QVERIFY(empty.finish().empty());
}

QTEST_GUILESS_MAIN(TestTracker)
#include "tst_tracker.moc"
