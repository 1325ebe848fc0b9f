// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/checks.h"
#include "project/documentrules.h"

#include <QtTest>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;

namespace {

/// One sure track that comes and goes over the picture's left edge: nothing to check.
ReviewDocument quietDocument()
{
    ReviewDocument document = sampleDocument();
    document.source.frames[40].damaged = false;
    document.tracks.clear();
    document.checks.clear();
    base::Track track = sampleTrack(1, 60, 40);
    for (base::Observation &box : track.observations)
        box = {box.pts, {2, 200, 60, 60}, base::Origin::Detected, 0.95F};
    document.tracks.push_back(track);
    return document;
}

QStringList kindsOf(const ReviewDocument &document)
{
    QStringList kinds;
    for (const CheckItem &item : checksFor(document))
        kinds.append(item.kind);
    return kinds;
}

} // namespace

class TestChecks : public QObject
{
    Q_OBJECT

private slots:
    void nothingToCheckInAQuietDocument() { QCOMPARE(kindsOf(quietDocument()), QStringList()); }

    void bridgedGaps()
    {
        ReviewDocument document = quietDocument();
        for (int index = 10; index < 20; ++index)
            document.tracks[0].observations[std::size_t(index)].origin = base::Origin::Interpolated;
        const std::vector<CheckItem> items = checksFor(document);
        QCOMPARE(items.size(), std::size_t(1));
        QCOMPARE(items[0].kind, QStringLiteral("bridged-gap"));
        QCOMPARE(items[0].track, std::int64_t(1));
        QVERIFY(items[0].pts > ptsOf(69) && items[0].pts < ptsOf(80));
        // A short one is hidden by the margin; one the owner drew in is none.
        for (int index = 13; index < 20; ++index)
            document.tracks[0].observations[std::size_t(index)].origin = base::Origin::Detected;
        QCOMPARE(kindsOf(document), QStringList());
        for (int index = 10; index < 20; ++index)
            document.tracks[0].observations[std::size_t(index)].origin = base::Origin::Manual;
        QCOMPARE(kindsOf(document), QStringList());
    }

    void longerGapsComeFirst()
    {
        ReviewDocument document = quietDocument();
        for (const int index : {3, 4, 5, 6, 7, 8, 9, 10, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
            document.tracks[0].observations[std::size_t(index)].origin = base::Origin::Propagated;
        const std::vector<CheckItem> items = checksFor(document);
        QCOMPARE(items.size(), std::size_t(2));
        QVERIFY(items[0].pts > items[1].pts);
        QCOMPARE(items[0].id, std::int64_t(1));
    }

    void weakScores()
    {
        ReviewDocument document = quietDocument();
        for (base::Observation &box : document.tracks[0].observations)
            box.score = 0.65F; // the detector's threshold is 0.6
        QCOMPARE(kindsOf(document), QStringList{QStringLiteral("weak-score")});
        document.tracks[0].observations[5].score = 0.9F;
        QCOMPARE(kindsOf(document), QStringList());
    }

    void tracksThatEndInside()
    {
        ReviewDocument document = quietDocument();
        document.tracks[0].observations.back().box = {600, 300, 60, 60};
        std::vector<CheckItem> items = checksFor(document);
        QCOMPARE(items.size(), std::size_t(1));
        QCOMPARE(items[0].kind, QStringLiteral("track-ends-inside"));
        QCOMPARE(items[0].pts, ptsOf(99));
        document.tracks[0].observations.front().box = {600, 300, 90, 90};
        items = checksFor(document);
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[0].pts, ptsOf(60)); // larger
        // At the clip's own end nobody went anywhere.
        document.source.frames.resize(100);
        QCOMPARE(kindsOf(document).size(), 1);
    }

    void peopleWithoutAFace()
    {
        ReviewDocument document = quietDocument();
        base::Track person = document.tracks[0];
        person.id = 2;
        person.kind = base::TrackKind::Person;
        for (base::Observation &box : person.observations)
            box.box = {0, 190, 120, 300};
        document.tracks.push_back(person);
        QCOMPARE(kindsOf(document), QStringList()); // track 1 is its face
        for (base::Observation &box : document.tracks[1].observations)
            box.box.x = 0, box.box.y = 400;
        QCOMPARE(kindsOf(document), QStringList{QStringLiteral("person-without-face")});
    }

    void damagedFrames()
    {
        ReviewDocument document = quietDocument();
        for (const int frame : {7, 8, 9, 50})
            document.source.frames[std::size_t(frame)].damaged = true;
        const std::vector<CheckItem> items = checksFor(document);
        QCOMPARE(items.size(), std::size_t(2));
        QCOMPARE(items[0].pts, ptsOf(7));
        QCOMPARE(items[1].pts, ptsOf(50));
    }

    void decidedSubjectsAreNotListed()
    {
        ReviewDocument document = quietDocument();
        for (base::Observation &box : document.tracks[0].observations)
            box = {box.pts, {600, 300, 60, 60}, base::Origin::Detected, 0.61F};
        QCOMPARE(kindsOf(document).size(), 3);
        document.tracks[0].decision.kind = base::DecisionKind::Show;
        QCOMPARE(kindsOf(document).size(), 0);
        document.tracks[0].decision.kind = base::DecisionKind::Dismissed;
        QCOMPARE(kindsOf(document).size(), 0);
    }

    void theOrderIsThatOfRisk()
    {
        ReviewDocument document = sampleDocument();
        document.checks = {{1, QStringLiteral("person-without-face"), 0, 0, {}, false},
                           {2, QStringLiteral("something-newer"), 0, 0, {}, false},
                           {3, QStringLiteral("weak-score"), 0, 0, {}, false},
                           {4, QStringLiteral("bridged-gap"), 0, 0, {}, false},
                           {5, QString::fromLatin1(verificationFind), 0, 0, {}, false},
                           {6, QStringLiteral("bridged-gap"), 0, 0, {}, false}};
        std::vector<std::int64_t> ids;
        for (const CheckItem &item : inOrderOfRisk(document))
            ids.push_back(item.id);
        QCOMPARE(ids, (std::vector<std::int64_t>{5, 4, 6, 3, 1, 2}));
        // A generated list is in that order, and fits a document.
        document.checks = checksFor(document);
        QVERIFY(!document.checks.empty());
        QVERIFY(validate(document));
        QCOMPARE(inOrderOfRisk(document) == document.checks, true);
    }
};

QTEST_APPLESS_MAIN(TestChecks)
#include "tst_checks.moc"
