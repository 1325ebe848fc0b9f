// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "itemmodels/checkmodel.h"
#include "itemmodels/subjectmodel.h"
#include "project/documentrules.h"
#include "review/reviewedits.h"
#include "review/subjects.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <random>

using namespace doorveil;
using namespace doorveil::ui;
using namespace doorveil::project;
using base::Origin;

namespace {

ReviewDocument documentOf(std::vector<base::Track> tracks, int frames = 60)
{
    ReviewDocument document;
    document.source.path = QStringLiteral("/nowhere/front-door.mp4");
    document.source.sha256 = QString(64, QLatin1Char('a'));
    document.source.info.storedSize = {640, 360};
    document.source.info.timeBase = {1, 10};
    for (int index = 0; index < frames; ++index)
        document.source.frames.push_back({index, 1, false});
    document.tracks = std::move(tracks);
    return document;
}

base::Track trackOf(std::int64_t id, base::TrackKind kind, int first, int count, base::Rectangle box,
                    Origin origin = Origin::Detected)
{
    base::Track track;
    track.id = id;
    track.kind = kind;
    for (int index = first; index < first + count; ++index)
        track.observations.push_back({index, box, origin, 0.8F});
    return track;
}

const base::Rectangle faceBox{100, 60, 30, 40};
const base::Rectangle bodyBox{70, 50, 90, 250};

/// Applies a plan to a copy and gives it; the document's rules hold and the plan can be taken back.
ReviewDocument after(const ReviewDocument &document, const Plan &plan)
{
    if (!plan)
        qFatal("%s", qPrintable(plan.error().message));
    ReviewDocument copy = document;
    std::vector<Edit> inverses;
    for (const Edit &edit : plan->edits) {
        const auto inverse = project::apply(copy, edit);
        if (!inverse)
            qFatal("%s", qPrintable(inverse.error().message));
        inverses.push_back(*inverse);
    }
    if (const auto valid = project::validate(copy); !valid)
        qFatal("%s", qPrintable(valid.error().message));
    ReviewDocument back = copy;
    for (auto inverse = inverses.rbegin(); inverse != inverses.rend(); ++inverse)
        (void)project::apply(back, *inverse);
    if (!(back == document))
        qFatal("the step %s cannot be taken back", qPrintable(plan->text));
    if (plan->text.isEmpty())
        qFatal("a step without a name");
    return copy;
}

const base::Observation &boxOf(const ReviewDocument &document, std::int64_t track, std::int64_t pts)
{
    for (const base::Observation &one : findTrack(document, track)->observations) {
        if (one.pts == pts)
            return one;
    }
    qFatal("no box");
}

} // namespace

/// What the owner does, as edits; who belongs together; and the lists' models.
class TestReviewEdits final : public QObject
{
    Q_OBJECT

private slots:
    // Subjects.
    void bodiesGoWithTheirFace();
    void inDoubtSubjectsStayApart();
    void subjectsAreNamedAndSorted();
    // Steps.
    void showingIsOneStepForFaceAndBody();
    void everyoneElseIsCovered();
    void movedBoxesLeadTheGuessesBesideThem();
    void movedBoxesLeaveWhatWasFound();
    void boxesAreAddedAndGapsBridged();
    void removingTheLastBoxIsRefused();
    void drawnCoversAreCovered();
    void followingKeepsWhatIsKnown();
    void splittingAndMerging();
    void extendingReachesTheEnds();
    void zonesSoundAndTrim();
    void settling();
    void reviewedNeedsFindsSettled();
    void coversOverSomebodyShownAreListed();
    // Models.
    void modelsKeepTheRules();
    void checksAreWalkedInOrderOfRisk();
};

void TestReviewEdits::bodiesGoWithTheirFace()
{
    const ReviewDocument document = documentOf(
        {trackOf(1, base::TrackKind::Person, 0, 50, bodyBox), trackOf(2, base::TrackKind::Face, 5, 20, faceBox)});
    const std::vector<Subject> subjects = subjectsOf(document);
    QCOMPARE(subjects.size(), std::size_t(1));
    QCOMPARE(subjects[0].tracks, (std::vector<std::int64_t>{2, 1}));
    QCOMPARE(subjects[0].id, 2);
    QCOMPARE(subjects[0].range, (base::TimeRange{0, 50}));
    QCOMPARE(subjectOfTrack(subjects, 1), &subjects[0]);

    // The cover of the next one, held before it was seen, does not make it doubtful whose body this is.
    ReviewDocument followed = document;
    base::Track next = trackOf(3, base::TrackKind::Face, 25, 30, faceBox);
    for (std::size_t index = 0; index < 12; ++index)
        next.observations[index].origin = Origin::Extended;
    next.observations.erase(next.observations.begin() + 12, next.observations.end());
    for (int pts = 50; pts < 60; ++pts)
        next.observations.push_back({pts, faceBox, Origin::Detected, 0.9F});
    base::Track &face = followed.tracks[1];
    for (int pts = 25; pts < 40; ++pts)
        face.observations.push_back({pts, faceBox, Origin::Detected, 0.9F});
    followed.tracks.push_back(next);
    QCOMPARE(subjectsOf(followed).size(), std::size_t(2));
    for (base::Observation &held : followed.tracks[2].observations)
        held.origin = Origin::Detected; // the control: two faces were seen there
    QCOMPARE(subjectsOf(followed).size(), std::size_t(3));
}

void TestReviewEdits::inDoubtSubjectsStayApart()
{
    // Two faces in one body's box at the same time: whose body it is nobody can tell.
    base::Rectangle other = faceBox;
    other.x += 25;
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Person, 0, 50, bodyBox),
                                          trackOf(2, base::TrackKind::Face, 5, 20, faceBox),
                                          trackOf(3, base::TrackKind::Face, 10, 20, other)});
    QCOMPARE(subjectsOf(document).size(), std::size_t(3));
    // A "face" on the belly is not that body's.
    document = documentOf({trackOf(1, base::TrackKind::Person, 0, 50, bodyBox),
                           trackOf(2, base::TrackKind::Face, 5, 20, {100, 180, 30, 40})});
    QCOMPARE(subjectsOf(document).size(), std::size_t(2));
    // Different decisions: one switch would lie.
    document = documentOf(
        {trackOf(1, base::TrackKind::Person, 0, 50, bodyBox), trackOf(2, base::TrackKind::Face, 5, 20, faceBox)});
    document.tracks[1].decision = {base::DecisionKind::Show, {}, {}};
    QCOMPARE(subjectsOf(document).size(), std::size_t(2));
    // What the owner draws beside a face leaves the others as they were.
    document = documentOf({trackOf(1, base::TrackKind::Person, 0, 50, bodyBox),
                           trackOf(2, base::TrackKind::Face, 5, 20, faceBox),
                           trackOf(3, base::TrackKind::Head, 10, 1, other, Origin::Manual)});
    QCOMPARE(subjectsOf(document).size(), std::size_t(2));
    QCOMPARE(subjectsOf(document)[0].name, QStringLiteral("Person 1"));
    // Two frames together say nothing.
    document = documentOf(
        {trackOf(1, base::TrackKind::Person, 0, 7, bodyBox), trackOf(2, base::TrackKind::Face, 5, 20, faceBox)});
    QCOMPARE(subjectsOf(document).size(), std::size_t(2));
}

void TestReviewEdits::subjectsAreNamedAndSorted()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 10, 5, faceBox),
                                          trackOf(2, base::TrackKind::Plate, 0, 5, {400, 300, 40, 12}),
                                          trackOf(3, base::TrackKind::Face, 0, 5, {300, 60, 30, 40}),
                                          trackOf(4, base::TrackKind::Face, 30, 5, {500, 60, 30, 40})});
    document.tracks[3].decision = {base::DecisionKind::Show, base::ShowReason::Household, base::ConsentStatus::Given};
    document.tracks[2].decision = {base::DecisionKind::Dismissed, {}, {}};
    document.tracks[0].label = QStringLiteral("Postman");
    std::vector<std::int64_t> order;
    QStringList names;
    for (const Subject &subject : subjectsOf(document)) {
        order.push_back(subject.id);
        names += subject.name;
    }
    QCOMPARE(order, (std::vector<std::int64_t>{4, 2, 1, 3})); // shown, covered by time, dismissed
    QCOMPARE(names, (QStringList{QStringLiteral("Person 3"), QStringLiteral("Plate 1"), QStringLiteral("Postman"),
                                 QStringLiteral("Person 2")}));
}

void TestReviewEdits::showingIsOneStepForFaceAndBody()
{
    const ReviewDocument document = documentOf(
        {trackOf(1, base::TrackKind::Person, 0, 50, bodyBox), trackOf(2, base::TrackKind::Face, 5, 20, faceBox)});
    const base::Decision show{base::DecisionKind::Show, base::ShowReason::Household, base::ConsentStatus::Given};
    const Plan plan = planDecision(document, subjectsOf(document)[0].tracks, show, QStringLiteral("Person 1"));
    const ReviewDocument shown = after(document, plan);
    QVERIFY(shown.tracks[0].decision == show && shown.tracks[1].decision == show);
    QCOMPARE(plan->text, QStringLiteral("Show Person 1"));
    QVERIFY(planDecision(shown, {1, 2}, show, {})->edits.empty()); // nothing to do
    QVERIFY(!planDecision(document, {7}, show, {}));
}

void TestReviewEdits::everyoneElseIsCovered()
{
    const base::Decision show{base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
    const base::Decision dismissed{base::DecisionKind::Dismissed, {}, {}};
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 5, faceBox),
                                          trackOf(2, base::TrackKind::Face, 0, 5, {300, 60, 30, 40}),
                                          trackOf(3, base::TrackKind::Plate, 0, 5, {400, 300, 40, 12}),
                                          trackOf(4, base::TrackKind::Face, 0, 5, {500, 60, 30, 40})});
    document.tracks[1].decision = show;
    document.tracks[2].decision = show;
    document.tracks[3].decision = dismissed;
    const ReviewDocument covered = after(document, planCoverEveryoneExcept(document, {1}, show, QStringLiteral("A")));
    QVERIFY(covered.tracks[0].decision == show);
    QVERIFY(covered.tracks[1].decision == base::Decision{} && covered.tracks[2].decision == base::Decision{});
    QVERIFY(covered.tracks[3].decision == dismissed);
    QVERIFY(!planCoverEveryoneExcept(document, {}, show, {}));
}

void TestReviewEdits::movedBoxesLeadTheGuessesBesideThem()
{
    // Found at 0, guessed 1 to 9, found at 10.
    base::Track track = trackOf(1, base::TrackKind::Face, 0, 11, {100, 100, 20, 20}, Origin::Interpolated);
    track.observations.front().origin = track.observations.back().origin = Origin::Detected;
    const ReviewDocument document = documentOf({track});
    const ReviewDocument moved =
        after(document, planBox(document, 1, 5, {150, 100, 20, 20}, QStringLiteral("A"), false));
    QVERIFY(boxOf(moved, 1, 5).box == (base::Rectangle{150, 100, 20, 20}));
    QCOMPARE(boxOf(moved, 1, 5).origin, Origin::Manual);
    QVERIFY(boxOf(moved, 1, 0) == boxOf(document, 1, 0) && boxOf(moved, 1, 10) == boxOf(document, 1, 10));
    for (int frame = 1; frame < 5; ++frame) {
        QVERIFY(boxOf(moved, 1, frame).box.x > boxOf(moved, 1, frame - 1).box.x);
        QVERIFY(boxOf(moved, 1, 5 + frame).box.x < boxOf(moved, 1, 4 + frame).box.x);
        QVERIFY(boxOf(moved, 1, frame).box.width >= 20); // never less than what it leads between
    }
    // Held before the first find, with nothing to lead to: the same way.
    base::Track held = trackOf(1, base::TrackKind::Face, 0, 5, {100, 100, 20, 20}, Origin::Extended);
    const ReviewDocument ends = documentOf({held});
    const ReviewDocument shifted = after(ends, planBox(ends, 1, 4, {110, 90, 24, 20}, QStringLiteral("A"), true));
    QVERIFY(boxOf(shifted, 1, 0).box == (base::Rectangle{110, 90, 24, 20}));
}

void TestReviewEdits::movedBoxesLeaveWhatWasFound()
{
    const ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 20, {100, 100, 20, 20})});
    const ReviewDocument moved =
        after(document, planBox(document, 1, 5, {150, 100, 20, 20}, QStringLiteral("A"), false));
    for (int frame = 0; frame < 20; ++frame)
        QCOMPARE(boxOf(moved, 1, frame) == boxOf(document, 1, frame), frame != 5);
    QVERIFY(planBox(document, 1, 5, {100, 100, 20, 20}, {}, false)->edits.empty());
    QVERIFY(!planBox(document, 1, 5, {700, 100, 20, 20}, {}, false)); // outside the picture
    QVERIFY(!planBox(document, 9, 5, {10, 10, 20, 20}, {}, false));
}

void TestReviewEdits::boxesAreAddedAndGapsBridged()
{
    base::Track track = trackOf(1, base::TrackKind::Head, 10, 2, {100, 100, 20, 20});
    const base::Track later = trackOf(1, base::TrackKind::Head, 30, 2, {200, 100, 20, 20});
    track.observations.insert(track.observations.end(), later.observations.begin(), later.observations.end());
    const ReviewDocument document = documentOf({track}, 200);
    const ReviewDocument added = after(document, planAddBox(document, 1, 20, QStringLiteral("A")));
    QCOMPARE(boxOf(added, 1, 20).origin, Origin::Manual);
    for (int frame = 10; frame < 32; ++frame)
        QVERIFY(!boxOf(added, 1, frame).box.isEmpty()); // no frame of the gap is forgotten
    QCOMPARE(boxOf(added, 1, 25).origin, Origin::Interpolated);
    QVERIFY(!planAddBox(added, 1, 20, {})); // covered already
    // A minute away is another scene: only this frame.
    const ReviewDocument far = after(document, planAddBox(document, 1, 150, QStringLiteral("A")));
    QCOMPARE(far.tracks[0].observations.size(), std::size_t(5));
}

void TestReviewEdits::removingTheLastBoxIsRefused()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 2, faceBox)});
    document = after(document, planRemoveBox(document, 1, 0, QStringLiteral("A")));
    QCOMPARE(document.tracks.size(), std::size_t(1));
    QVERIFY(!planRemoveBox(document, 1, 1, QStringLiteral("A")));
    QVERIFY(!planRemoveBox(document, 1, 0, QStringLiteral("A")));
    QVERIFY(after(document, planRemoveTracks(document, {1}, QStringLiteral("A"))).tracks.empty());
}

void TestReviewEdits::drawnCoversAreCovered()
{
    const ReviewDocument document = documentOf({});
    const ReviewDocument drawn = after(document, planDraw(document, base::TrackKind::Head, 3, {-10, 20, 60, 50}));
    QCOMPARE(drawn.tracks.size(), std::size_t(1));
    QVERIFY(drawn.tracks[0].decision == base::Decision{});
    QVERIFY(drawn.tracks[0].observations[0].box == (base::Rectangle{0, 20, 50, 50}));
    QVERIFY(subjectsOf(drawn)[0].drawn);
    QVERIFY(!planDraw(document, base::TrackKind::Head, 3, {10, 20, 2, 2}));
}

void TestReviewEdits::followingKeepsWhatIsKnown()
{
    base::Track track = trackOf(1, base::TrackKind::Head, 10, 1, faceBox, Origin::Manual);
    track.observations.push_back({20, {300, 60, 30, 40}, Origin::Detected, 0.9F});
    track.observations.insert(track.observations.begin() + 1, {15, {1, 1, 9, 9}, Origin::Extended, 0.0F});
    const ReviewDocument document = documentOf({track});
    std::vector<base::Observation> forwards;
    for (int frame = 11; frame < 40; ++frame)
        forwards.push_back({frame, {100 + frame, 60, 30, 40}, Origin::Propagated, 0.0F});
    const ReviewDocument followed = after(document, planFollowed(document, 1, forwards, false, QStringLiteral("A")));
    QVERIFY(boxOf(followed, 1, 15).box == (base::Rectangle{115, 60, 30, 40})); // a guess gives way
    QCOMPARE(boxOf(followed, 1, 20).origin, Origin::Detected); // a find stays
    QCOMPARE(followed.tracks[0].observations.back().pts, 20); // and ends it
    std::vector<base::Observation> backwards;
    for (int frame = 0; frame < 10; ++frame)
        backwards.push_back({frame, {100 - frame, 60, 30, 40}, Origin::Propagated, 0.0F});
    const ReviewDocument both = after(document, planFollowed(document, 1, backwards, true, QStringLiteral("A")));
    QCOMPARE(both.tracks[0].observations.front().pts, 0);
    QVERIFY(planFollowed(document, 1, {}, true, {})->edits.empty());
}

void TestReviewEdits::splittingAndMerging()
{
    const ReviewDocument document = documentOf(
        {trackOf(1, base::TrackKind::Person, 0, 50, bodyBox), trackOf(2, base::TrackKind::Face, 5, 20, faceBox)});
    const ReviewDocument split = after(document, planSplit(document, {2, 1}, 12, QStringLiteral("A")));
    QCOMPARE(split.tracks.size(), std::size_t(4));
    QCOMPARE(subjectsOf(split).size(), std::size_t(2)); // face and body are split together
    QVERIFY(!planSplit(document, {2, 1}, 0, QStringLiteral("A")));
    // And back.
    const ReviewDocument merged = after(split, planMerge(split, {2, 3}, QStringLiteral("A")));
    QCOMPARE(findTrack(merged, 2)->observations, document.tracks[1].observations);
    QVERIFY(!planMerge(document, {2}, {}));
    QVERIFY(!planMerge(document, {1, 2}, {})); // a face and a body
    const ReviewDocument apart = documentOf(
        {trackOf(1, base::TrackKind::Face, 0, 9, faceBox), trackOf(2, base::TrackKind::Face, 5, 9, {400, 60, 30, 40})});
    const Plan refused = planMerge(apart, {1, 2}, {});
    QVERIFY(!refused && !refused.error().message.contains(QStringLiteral("tick"))); // in the owner's words
    // A face and a head are one subject's; the second gets the first one's kind.
    const ReviewDocument head = documentOf({trackOf(1, base::TrackKind::Face, 0, 9, faceBox),
                                            trackOf(2, base::TrackKind::Head, 20, 9, {400, 60, 30, 40})});
    QCOMPARE(after(head, planMerge(head, {1, 2}, QStringLiteral("A"))).tracks.size(), std::size_t(1));
}

void TestReviewEdits::extendingReachesTheEnds()
{
    const ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 20, 10, faceBox)});
    const ReviewDocument first = after(document, planExtend(document, 1, true, QStringLiteral("A")));
    QCOMPARE(first.tracks[0].observations.size(), std::size_t(30));
    const ReviewDocument both = after(first, planExtend(first, 1, false, QStringLiteral("A")));
    QCOMPARE(both.tracks[0].observations.size(), std::size_t(60));
    QCOMPARE(boxOf(both, 1, 59).origin, Origin::Extended);
    QVERIFY(!planExtend(both, 1, false, QStringLiteral("A")));
}

void TestReviewEdits::zonesSoundAndTrim()
{
    ReviewDocument document = documentOf({});
    document = after(document, planZone(document, {{0, 0}, {50, 0}, {50, 50}}, std::nullopt, {}));
    QCOMPARE(document.zones.size(), std::size_t(1));
    document = after(document, planZoneRange(document, 1, base::TimeRange{5, 20}));
    QVERIFY(document.zones[0].range == (base::TimeRange{5, 20}));
    QVERIFY(!planZone(document, {{0, 0}, {50, 0}}, std::nullopt, {}));
    QVERIFY(after(document, planRemoveZone(document, 1)).zones.empty());

    document = after(document, planMute(document, {10, 20}, true));
    document = after(document, planMute(document, {12, 15}, false));
    QCOMPARE(document.settings.mutedRanges.size(), std::size_t(2));
    QVERIFY(!planMute(document, {20, 20}, true));
    QVERIFY(after(document, planKeepSound(document, true)).settings.keepAudio);

    document = after(document, planTrim(document, base::TimeRange{10, 30}));
    QVERIFY(keptRange(document) == (base::TimeRange{10, 30}));
    QVERIFY(!planTrim(document, base::TimeRange{30, 10}));
    // The whole clip is no trim.
    QVERIFY(!after(document, planTrim(document, wholeClip(document.source))).settings.trim);
    QVERIFY(after(document, planStyle(document, base::CoverStyle::Solid)).settings.style == base::CoverStyle::Solid);
    const QDateTime time(QDate(2026, 11, 3), QTime(14, 5), Qt::OffsetFromUTC, 3600);
    const ReviewDocument timed = after(document, planRecorded(document, time, -90'000));
    QCOMPARE(timed.settings.recordedAt.value(), time);
    QCOMPARE(timed.settings.clockOffsetMilliseconds, -90'000);
}

void TestReviewEdits::settling()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 50, faceBox)});
    document.checks = {{1, QStringLiteral("bridged-gap"), 1, 5, faceBox, false},
                       {2, QStringLiteral("weak-score"), 1, 8, faceBox, false},
                       {3, QStringLiteral("motion-uncovered"), 0, 9, {300, 100, 40, 40}, false}};
    const ReviewDocument fine = after(document, planSettle(document, 1, Settlement::Fine, QStringLiteral("Gap")));
    QVERIFY(fine.checks[0].settled && !fine.checks[1].settled);
    QVERIFY(!after(fine, planReopen(fine, 1, QStringLiteral("Gap"))).checks[0].settled);
    // Everything of one kind about one subject, and nothing else.
    document.checks.push_back({4, QStringLiteral("bridged-gap"), 1, 20, faceBox, false});
    const ReviewDocument alike = after(document, planSettleAlike(document, 1, QStringLiteral("Gap")));
    QVERIFY(alike.checks[0].settled && !alike.checks[1].settled && !alike.checks[2].settled && alike.checks[3].settled);
    document.checks.pop_back();
    // A mistake settles everything about it.
    const ReviewDocument gone = after(document, planSettle(document, 2, Settlement::Dismiss, QStringLiteral("Weak")));
    QCOMPARE(gone.tracks[0].decision.kind, base::DecisionKind::Dismissed);
    QVERIFY(gone.checks[0].settled && gone.checks[1].settled && !gone.checks[2].settled);
    // Covering what nothing covers makes a cover.
    const ReviewDocument covered = after(document, planSettle(document, 3, Settlement::Cover, QStringLiteral("Moves")));
    QCOMPARE(covered.tracks.size(), std::size_t(2));
    QVERIFY(covered.checks[2].settled);
    QVERIFY(!planSettle(document, 3, Settlement::Dismiss, {}));
    const base::Decision show{base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
    const ReviewDocument shown = after(document, planSettleShown(document, 1, show, QStringLiteral("Gap")));
    QVERIFY(shown.tracks[0].decision == show && shown.checks[0].settled);
    QVERIFY(!planSettleShown(document, 3, show, {}));
}

void TestReviewEdits::reviewedNeedsFindsSettled()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 50, faceBox)});
    document.checks = {{1, QString::fromLatin1(verificationFind), 1, 5, faceBox, false}};
    QVERIFY(!planReviewed(document, true));
    document.checks[0].settled = true;
    QVERIFY(after(document, planReviewed(document, true)).reviewed);
}

void TestReviewEdits::coversOverSomebodyShownAreListed()
{
    const base::Decision show{base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
    base::Rectangle near = faceBox;
    near.x += 35;
    ReviewDocument document =
        documentOf({trackOf(1, base::TrackKind::Face, 0, 50, faceBox), trackOf(2, base::TrackKind::Face, 20, 10, near),
                    trackOf(3, base::TrackKind::Face, 0, 50, {500, 60, 30, 40})});
    document.tracks[0].decision = show;
    const std::vector<CoverOverShown> found = coversOverShown(document);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].cover, 2);
    QCOMPARE(found[0].pts, 20);
    const std::vector<CheckEntry> entries = checkEntries(document, subjectsOf(document));
    QCOMPARE(entries.size(), std::size_t(1));
    QCOMPARE(entries[0].check, 0);
}

void TestReviewEdits::modelsKeepTheRules()
{
    SubjectModel subjects;
    CheckModel checks;
    const QAbstractItemModelTester first(&subjects, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester second(&checks, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(17);
    ReviewDocument document = projecttest::sampleDocument();
    for (int step = 0; step < 400; ++step) {
        (void)project::apply(document, projecttest::randomEdit(document, random));
        const std::vector<Subject> now = subjectsOf(document);
        subjects.setSubjects(document.source, now);
        checks.setEntries(checkEntries(document, now));
        QVERIFY(subjects.subjects() == now);
        for (int row = 0; row < subjects.rowCount(); ++row) {
            QCOMPARE(subjects.index(row).data(SubjectModel::IdRole).value<std::int64_t>(), now[std::size_t(row)].id);
            QVERIFY(!subjects.index(row).data(SubjectModel::TimesRole).toString().isEmpty());
            QVERIFY(!subjects.index(row).data(Qt::AccessibleTextRole).toString().isEmpty());
        }
        std::size_t tracks = 0; // every track belongs to exactly one subject
        for (const Subject &subject : now)
            tracks += subject.tracks.size();
        QCOMPARE(tracks, document.tracks.size());
    }
    subjects.clear();
    QCOMPARE(subjects.rowCount(), 0);
}

void TestReviewEdits::checksAreWalkedInOrderOfRisk()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 50, faceBox)});
    document.checks = {{1, QStringLiteral("person-without-face"), 1, 5, faceBox, false},
                       {2, QStringLiteral("bridged-gap"), 1, 8, faceBox, false},
                       {3, QStringLiteral("damaged-frames"), 0, 9, {}, false},
                       {4, QString::fromLatin1(verificationFind), 1, 9, faceBox, true}};
    CheckModel model;
    model.setEntries(checkEntries(document, subjectsOf(document)));
    std::vector<std::int64_t> order;
    for (const CheckEntry &entry : model.entries())
        order.push_back(entry.check);
    QCOMPARE(order, (std::vector<std::int64_t>{3, 2, 1, 4})); // settled ones last
    QCOMPARE(model.openCount(), 3);
    QCOMPARE(model.nextOpen(-1, true).row(), 0);
    QCOMPARE(model.nextOpen(2, true).row(), 0); // around the settled one
    QCOMPARE(model.nextOpen(-1, false).row(), 2);
    QCOMPARE(model.nextOpen(0, false).row(), 2);
    for (CheckItem &check : document.checks)
        check.settled = true;
    model.setEntries(checkEntries(document, subjectsOf(document)));
    QVERIFY(!model.nextOpen(-1, true).isValid());
}

QTEST_MAIN(TestReviewEdits)
#include "tst_reviewedits.moc"
