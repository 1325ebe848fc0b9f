// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/analysismerge.h"
#include "project/documentrules.h"

#include <QtTest>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;

namespace {

ReviewDocument merged(const ReviewDocument &before, const std::vector<base::Track> &tracks,
                      const std::vector<CheckItem> &checks = {})
{
    ReviewDocument document = before;
    const base::Result<Edit> inverse =
        project::apply(document, mergeAnalysis(before, {true, true, {}, QStringLiteral("2")}, tracks, checks));
    if (!inverse) {
        qWarning() << inverse.error().message;
        return {};
    }
    ReviewDocument back = document;
    if (!project::apply(back, *inverse) || !(back == before))
        qWarning() << "the merge cannot be taken back";
    return document;
}

base::Track still(std::int64_t id, int firstFrame, int count, base::Rectangle box,
                  base::Origin origin = base::Origin::Detected)
{
    base::Track track = sampleTrack(id, firstFrame, count);
    track.kind = base::TrackKind::Face;
    for (base::Observation &seen : track.observations)
        seen = {seen.pts, box, origin, 0.8F};
    return track;
}

/// Whether the frame's box is covered by covered tracks, at least in the given share.
bool isCovered(const ReviewDocument &document, std::int64_t pts, const base::Rectangle &box)
{
    for (const base::Track &track : document.tracks) {
        if (track.decision.kind != base::DecisionKind::Cover)
            continue;
        for (const base::Observation &seen : track.observations) {
            if (seen.pts == pts && seen.box.intersected(box) == box)
                return true;
        }
    }
    return false;
}

ReviewDocument emptyDocument()
{
    ReviewDocument document = sampleDocument();
    document.tracks.clear();
    document.checks.clear();
    return document;
}

} // namespace

class TestAnalysisMerge : public QObject
{
    Q_OBJECT

private slots:
    void theFirstAnalysisIsTakenOver()
    {
        const ReviewDocument after = merged(emptyDocument(), {sampleTrack(4, 0, 10), sampleTrack(9, 50, 5)},
                                            {{1, QStringLiteral("weak-score"), 9, ptsOf(50), {1, 2, 3, 4}, true}});
        QCOMPARE(after.tracks.size(), std::size_t(2));
        QCOMPARE(after.tracks[0].observations, sampleTrack(4, 0, 10).observations);
        QCOMPARE(after.checks.back().kind, QStringLiteral("weak-score"));
        QCOMPARE(after.checks.back().track, after.tracks[1].id);
        QVERIFY(!after.checks.back().settled);
        QCOMPARE(after.analysis.programVersion, QStringLiteral("2"));
    }

    void theSameAnalysisChangesNothingButItsRecord()
    {
        const ReviewDocument before = sampleDocument();
        const ReviewDocument after = merged(before, before.tracks, before.checks);
        QCOMPARE(after.tracks == before.tracks, true);
        QCOMPARE(after.checks == before.checks, true);
    }

    void whatTheOwnerDidStays()
    {
        ReviewDocument before = sampleDocument();
        for (const Edit &edit :
             std::vector<Edit>{SetDecision{1, {base::DecisionKind::Dismissed, {}, {}}},
                               MoveObservation{4, {ptsOf(90), {7, 7, 77, 77}, base::Origin::Manual, 0.0F}},
                               SetLabel{5, QStringLiteral("postman")}, SetTrackStyle{5, base::CoverStyle::Mosaic},
                               SetTrim{base::TimeRange{ptsOf(1), ptsOf(200)}}, SettleCheck{1, true}, SetReviewed{true}})
            QVERIFY(project::apply(before, edit));
        std::vector<base::Track> found;
        for (const base::Track &track : sampleDocument().tracks) {
            base::Track moved = track;
            moved.id += 10;
            for (base::Observation &box : moved.observations) {
                box.box.x += 3;
                box.origin = base::Origin::Detected;
            }
            found.push_back(moved);
        }
        const ReviewDocument after = merged(before, found);
        QCOMPARE(after.zones == before.zones, true);
        QCOMPARE(after.settings == before.settings, true);
        QCOMPARE(after.tracks.size() >= before.tracks.size(), true);
        QCOMPARE(*findTrack(after, 1) == *findTrack(before, 1), true); // dismissed: exactly as it was
        QCOMPARE(*findTrack(after, 2) == *findTrack(before, 2), true); // shown: exactly as it was
        QCOMPARE(findTrack(after, 4)->observations[10], findTrack(before, 4)->observations[10]);
        QCOMPARE(findTrack(after, 5)->label, QStringLiteral("postman"));
        QCOMPARE(findTrack(after, 5)->style, std::optional(base::CoverStyle::Mosaic));
        QVERIFY(findCheck(after, 1)->settled);
        QVERIFY(!after.reviewed); // somebody has to look again
    }

    void aDecisionDoesNotSpread()
    {
        ReviewDocument before = emptyDocument();
        base::Track shown = still(1, 50, 50, {100, 100, 50, 50});
        shown.decision = {base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
        before.tracks = {shown};
        // Found again in the same place, but longer, and with somebody else beside in the same frames.
        const ReviewDocument after =
            merged(before, {still(1, 30, 100, {102, 100, 50, 50}), still(2, 60, 10, {110, 110, 50, 50})});
        QCOMPARE(*findTrack(after, 1) == shown, true);
        QVERIFY(isCovered(after, ptsOf(30), {102, 100, 50, 50}));
        QVERIFY(isCovered(after, ptsOf(129), {102, 100, 50, 50}));
        QVERIFY(!isCovered(after, ptsOf(55), {102, 100, 50, 50})); // the shown one itself
        QVERIFY(isCovered(after, ptsOf(65), {110, 110, 50, 50})); // the neighbour
        QCOMPARE(std::count_if(after.checks.begin(), after.checks.end(),
                               [](const CheckItem &item) { return item.kind == QStringLiteral("new-track"); }),
                 std::ptrdiff_t(2));
    }

    void guessesAroundADecidedSubjectAreDropped()
    {
        ReviewDocument before = emptyDocument();
        base::Track shown = still(1, 50, 50, {100, 100, 50, 50});
        shown.decision = {base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
        before.tracks = {shown};
        base::Track again = still(1, 40, 70, {100, 100, 50, 50});
        for (base::Observation &box : again.observations) {
            if (box.pts < ptsOf(50) || box.pts >= ptsOf(100))
                box.origin = base::Origin::Extended;
        }
        QCOMPARE(merged(before, {again}).tracks == before.tracks, true);
    }

    void coveredTracksGrowAndAreRefined()
    {
        ReviewDocument before = emptyDocument();
        base::Track old = still(1, 50, 20, {100, 100, 50, 50});
        old.observations[5].origin = base::Origin::Interpolated;
        old.observations[6].origin = base::Origin::Manual;
        before.tracks = {old};
        const ReviewDocument after = merged(before, {still(1, 40, 20, {105, 100, 40, 50})});
        QCOMPARE(after.tracks.size(), std::size_t(1));
        const std::vector<base::Observation> &boxes = after.tracks[0].observations;
        QCOMPARE(boxes.size(), std::size_t(30));
        QCOMPARE(boxes[0].box, (base::Rectangle{105, 100, 40, 50})); // new frame
        QCOMPARE(boxes[12].box, (base::Rectangle{100, 100, 50, 50})); // both found: both covered
        QCOMPARE(boxes[15].box, (base::Rectangle{105, 100, 40, 50})); // a find takes a guess's place
        QCOMPARE(boxes[15].origin, base::Origin::Detected);
        QCOMPARE(boxes[16], old.observations[6]); // drawn
        QCOMPARE(boxes[29], old.observations[19]); // not found again, still covered
    }

    void nobodyIsLostWhenTracksCross()
    {
        ReviewDocument before = emptyDocument();
        before.tracks = {still(1, 0, 60, {100, 100, 50, 50})};
        // The new track is in the old one's place first, and elsewhere then.
        base::Track found = still(1, 0, 60, {100, 100, 50, 50});
        for (std::size_t index = 40; index < 60; ++index)
            found.observations[index].box = {600, 400, 50, 50};
        const ReviewDocument after = merged(before, {found});
        for (int frame = 0; frame < 60; ++frame) {
            QVERIFY(isCovered(after, ptsOf(frame), {100, 100, 50, 50}));
            QVERIFY(frame < 40 || isCovered(after, ptsOf(frame), {600, 400, 50, 50}));
        }
    }

    void kindsAreKeptApart()
    {
        ReviewDocument before = emptyDocument();
        before.tracks = {still(1, 0, 20, {100, 100, 50, 50})};
        base::Track plate = still(1, 0, 20, {100, 100, 50, 50});
        plate.kind = base::TrackKind::Plate;
        const ReviewDocument after = merged(before, {plate});
        QCOMPARE(after.tracks.size(), std::size_t(2));
        QCOMPARE(after.tracks[1].kind, base::TrackKind::Plate);
    }

    void everyFindOfARandomAnalysisIsCoveredOrDecided()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 60; ++round) {
            ReviewDocument before = sampleDocument();
            for (int step = 0; step < 40; ++step)
                (void)project::apply(before, randomEdit(before, random));
            std::vector<base::Track> found;
            for (int id = 1; id <= 6; ++id) {
                base::Track track = sampleTrack(id, int(random() % 200), 40);
                for (base::Observation &box : track.observations)
                    box.box.x += int(random() % 60);
                found.push_back(track);
            }
            const ReviewDocument after = merged(before, found);
            QVERIFY(validate(after));
            QVERIFY(!after.tracks.empty());
            for (const base::Track &track : found) {
                for (const base::Observation &seen : track.observations) {
                    if (seen.origin != base::Origin::Detected)
                        continue;
                    const bool decided =
                        std::any_of(before.tracks.begin(), before.tracks.end(), [&seen](const base::Track &old) {
                            return old.decision.kind != base::DecisionKind::Cover
                                   && std::any_of(old.observations.begin(), old.observations.end(),
                                                  [&seen](const base::Observation &box) {
                                                      return box.pts == seen.pts
                                                             && base::intersectionOverUnion(box.box, seen.box) >= 0.3;
                                                  });
                        });
                    const bool drawn =
                        std::any_of(before.tracks.begin(), before.tracks.end(), [&seen](const base::Track &old) {
                            return std::any_of(old.observations.begin(), old.observations.end(),
                                               [&seen](const base::Observation &box) {
                                                   return box.pts == seen.pts && box.origin == base::Origin::Manual
                                                          && base::intersectionOverUnion(box.box, seen.box) >= 0.3;
                                               });
                        });
                    QVERIFY(decided || drawn || isCovered(after, seen.pts, seen.box));
                }
            }
        }
    }

    void anotherClipIsRefused()
    {
        ReviewDocument other = sampleDocument();
        other.source.sha256 = QString(64, QLatin1Char('c'));
        QVERIFY(!mergeAnalysis(sampleDocument(), other));
        ReviewDocument same = sampleDocument();
        same.source.losses.clear();
        const base::Result<SetAnalysis> edit = mergeAnalysis(sampleDocument(), same);
        QVERIFY(edit);
        QVERIFY(edit->frames.has_value());
    }
};

QTEST_APPLESS_MAIN(TestAnalysisMerge)
#include "tst_analysismerge.moc"
