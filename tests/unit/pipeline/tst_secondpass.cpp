// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/secondpass.h"

#include <QTest>

using namespace doorveil;

class TestSecondPass final : public QObject
{
    Q_OBJECT

private slots:
    void shareOfRectanglesAndPolygons();
    void uncoveredFaceIsFound();
    void coveredFaceIsNot();
    void shownFaceIsNot_data();
    void shownFaceIsNot();
    void dismissedFindStaysDismissed();
    void weakAndPersonFindsDoNotCount();
    void findsAreLinkedAndHeld();
    void strongFindsGoOnWithWeakOnes();
};

namespace {

constexpr std::int64_t frameTicks = 40; // 25 fps in milliseconds
const base::Rectangle face{100, 100, 40, 40};

project::ReviewDocument emptyScene(int frames = 100)
{
    project::ReviewDocument document;
    document.source.info.storedSize = {640, 480};
    document.source.info.timeBase = {1, 1000};
    for (int index = 0; index < frames; ++index)
        document.source.frames.push_back({index * frameTicks, frameTicks, false});
    return document;
}

base::Track trackAt(const project::ReviewDocument &document, const base::Rectangle &box, int first, int last)
{
    base::Track track;
    track.id = 1;
    for (int index = first; index <= last; ++index)
        track.observations.push_back(
            {document.source.frames[std::size_t(index)].pts, box, base::Origin::Detected, 0.9F});
    return track;
}

std::vector<vision::DetectorInfo> detectors()
{
    vision::DetectorInfo info;
    info.id = QStringLiteral("drawn");
    info.threshold = 0.6;
    return {info};
}

vision::Detection detection(const base::Rectangle &box, float score = 0.9F,
                            base::TrackKind kind = base::TrackKind::Face)
{
    return {kind, box, score, QStringLiteral("drawn")};
}

std::vector<base::Track> findsOf(const project::ReviewDocument &document,
                                 const std::vector<std::pair<int, vision::Detection>> &seen)
{
    const auto plan = pipeline::makeExportPlan(document);
    pipeline::SecondPass pass(document, *plan, detectors());
    for (const auto &[index, found] : seen)
        pass.addFrame(std::size_t(index), {found});
    return pass.finds();
}

} // namespace

void TestSecondPass::shareOfRectanglesAndPolygons()
{
    redaction::CoverRegion left;
    left.region = {0, 0, 50, 100};
    const double leftHalf = pipeline::coveredShare({0, 0, 100, 100}, {left});
    QVERIFY(leftHalf > 0.48 && leftHalf < 0.52);
    redaction::CoverRegion triangle;
    triangle.region = {0, 0, 100, 100};
    triangle.polygon = {{0, 0}, {100, 0}, {0, 100}};
    const double half = pipeline::coveredShare({0, 0, 100, 100}, {triangle});
    QVERIFY(half > 0.45 && half < 0.55);
    QCOMPARE(pipeline::coveredShare({0, 0, 100, 100}, {}), 0.0);
    QCOMPARE(pipeline::coveredShare({10, 10, 3, 3}, {left}), 1.0);
}

void TestSecondPass::uncoveredFaceIsFound()
{
    const auto finds = findsOf(emptyScene(), {{50, detection(face)}});
    QCOMPARE(finds.size(), std::size_t(1));
    QCOMPARE(finds[0].kind, base::TrackKind::Face);
    QCOMPARE(finds[0].decision.kind, base::DecisionKind::Cover);
}

void TestSecondPass::coveredFaceIsNot()
{
    project::ReviewDocument document = emptyScene();
    document.tracks = {trackAt(document, face, 40, 60)};
    QVERIFY(findsOf(document, {{50, detection(face)}}).empty());
    QCOMPARE(findsOf(document, {{61, detection(face)}}).size(), std::size_t(1));
    // Half beside the cover, which grows the box by 30 % or more on each side.
    QCOMPARE(findsOf(document, {{50, detection({300, 100, 40, 40})}}).size(), std::size_t(1));
}

void TestSecondPass::shownFaceIsNot_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("found");
    QTest::newRow("in a frame where it is known") << 50 << false;
    QTest::newRow("within a second after") << 60 + 25 << false;
    QTest::newRow("within a second before") << 40 - 25 << false;
    QTest::newRow("later") << 60 + 26 << true;
    QTest::newRow("earlier") << 40 - 26 << true;
}

void TestSecondPass::shownFaceIsNot()
{
    QFETCH(int, index);
    QFETCH(bool, found);
    for (const base::DecisionKind decision : {base::DecisionKind::Show, base::DecisionKind::Dismissed}) {
        project::ReviewDocument document = emptyScene();
        document.tracks = {trackAt(document, face, 40, 60)};
        document.tracks[0].decision.kind = decision;
        QCOMPARE(!findsOf(document, {{index, detection(face)}}).empty(), found);
        // Somebody else at the same time is found.
        QCOMPARE(findsOf(document, {{index, detection({400, 300, 40, 40})}}).size(), std::size_t(1));
    }
}

void TestSecondPass::dismissedFindStaysDismissed()
{
    project::ReviewDocument document = emptyScene();
    document.checks = {{1, QStringLiteral("verification-find"), 0, 50 * frameTicks, face, true}};
    QVERIFY(findsOf(document, {{50, detection(face)}}).empty());
    document.checks[0].settled = false;
    QCOMPARE(findsOf(document, {{50, detection(face)}}).size(), std::size_t(1));
}

void TestSecondPass::weakAndPersonFindsDoNotCount()
{
    QVERIFY(findsOf(emptyScene(), {{50, detection(face, 0.5F)}}).empty());
    QVERIFY(findsOf(emptyScene(), {{50, detection(face, 0.9F, base::TrackKind::Person)}}).empty());
    QCOMPARE(findsOf(emptyScene(), {{50, detection(face, 0.9F, base::TrackKind::Plate)}}).size(), std::size_t(1));
}

void TestSecondPass::findsAreLinkedAndHeld()
{
    const base::Rectangle moved{104, 100, 40, 40};
    const auto finds = findsOf(emptyScene(), {{50, detection(face)}, {60, detection(moved)}});
    QCOMPARE(finds.size(), std::size_t(1));
    const std::vector<base::Observation> &seen = finds[0].observations;
    QCOMPARE(seen.front().pts, (50 - 25) * frameTicks); // a second before
    QCOMPARE(seen.back().pts, (60 + 25) * frameTicks);
    QCOMPARE(seen.size(), std::size_t(60 + 25 - (50 - 25) + 1)); // every frame between
    for (const base::Observation &observation : seen) {
        QCOMPARE(observation.origin, base::Origin::Verification);
        QVERIFY(observation.box.intersected(face).area() > 0);
    }
    QCOMPARE(findsOf(emptyScene(), {{10, detection(face)}, {60, detection(face)}}).size(), std::size_t(2));
}

void TestSecondPass::strongFindsGoOnWithWeakOnes()
{
    const auto finds =
        findsOf(emptyScene(), {{35, detection(face, 0.4F)}, {50, detection(face, 0.9F)}, {65, detection(face, 0.4F)}});
    QCOMPARE(finds.size(), std::size_t(1));
    QCOMPARE(finds[0].observations.front().pts, (35 - 25) * frameTicks);
    QCOMPARE(finds[0].observations.back().pts, (65 + 25) * frameTicks);
    // Weak alone, or too long ago, is nothing.
    QCOMPARE(findsOf(emptyScene(), {{10, detection(face, 0.4F)}, {50, detection(face)}})[0].observations.front().pts,
             (50 - 25) * frameTicks);
}

QTEST_GUILESS_MAIN(TestSecondPass)
#include "tst_secondpass.moc"
