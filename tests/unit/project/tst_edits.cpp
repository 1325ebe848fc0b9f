// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/documentrules.h"
#include "project/edit.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

#include <map>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;

namespace {

QByteArray textOf(const Edit &edit)
{
    return QJsonDocument(toJson(edit)).toJson(QJsonDocument::Compact);
}

base::Track &track(ReviewDocument &document, std::int64_t id)
{
    return *std::find_if(document.tracks.begin(), document.tracks.end(),
                         [id](const base::Track &candidate) { return candidate.id == id; });
}

/// Applies, takes back, applies again: every step exact.
void checkExact(const ReviewDocument &before, const Edit &edit)
{
    ReviewDocument document = before;
    const base::Result<Edit> inverse = project::apply(document, edit);
    QVERIFY2(inverse, inverse ? "" : qPrintable(inverse.error().message));
    QVERIFY(validate(document));
    const ReviewDocument after = document;
    const base::Result<Edit> redo = project::apply(document, *inverse);
    QVERIFY2(redo, redo ? "" : qPrintable(redo.error().message));
    QCOMPARE(document == before, true);
    QVERIFY(project::apply(document, *redo));
    QCOMPARE(document == after, true);
    // The same through the log's form.
    document = before;
    const base::Result<Edit> reread = editFromJson(QJsonDocument::fromJson(textOf(edit)).object());
    QVERIFY2(reread, reread ? "" : qPrintable(reread.error().message));
    const base::Result<Edit> rereadInverse = editFromJson(QJsonDocument::fromJson(textOf(*inverse)).object());
    QVERIFY2(rereadInverse, rereadInverse ? "" : qPrintable(rereadInverse.error().message));
    QCOMPARE(textOf(*reread), textOf(edit));
    QVERIFY(project::apply(document, *reread));
    QCOMPARE(document == after, true);
    QVERIFY(project::apply(document, *rereadInverse));
    QCOMPARE(document == before, true);
}

void checkRefused(const ReviewDocument &before, const Edit &edit)
{
    ReviewDocument document = before;
    const base::Result<Edit> inverse = project::apply(document, edit);
    QVERIFY(!inverse);
    QVERIFY(!inverse.error().message.isEmpty());
    QCOMPARE(document == before, true);
}

} // namespace

class TestEdits : public QObject
{
    Q_OBJECT

private slots:
    void sampleFollowsTheRules() { QVERIFY(validate(sampleDocument())); }

    /// A detector of a project that is older than the second threshold needs the first one, found once or twice.
    void olderDetectorsHaveOneThreshold()
    {
        const ReviewDocument document = sampleDocument();
        QByteArray text = textOf(SetAnalysis{document.analysis, document.tracks, document.checks, std::nullopt});
        QVERIFY(text.contains("\"aloneThreshold\":0.7,"));
        text.replace("\"aloneThreshold\":0.7,", "");
        const base::Result<Edit> read = editFromJson(QJsonDocument::fromJson(text).object());
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        ReviewDocument after = document;
        QVERIFY(project::apply(after, *read));
        QCOMPARE(after.analysis.detectors.front().aloneThreshold, document.analysis.detectors.front().threshold);
    }

    void everyEditHasAnExactInverse()
    {
        const ReviewDocument document = sampleDocument();
        ReviewDocument reviewed = document;
        reviewed.reviewed = true;
        const base::TimeRange some{ptsOf(15), ptsOf(55)};
        const std::vector<Edit> edits{
            AddTrack{sampleTrack(9, 100, 10)},
            AddTrack{sampleTrack(6, 0, 1)},
            RemoveTrack{1},
            MoveObservation{1, {ptsOf(25), {1, 2, 30, 40}, base::Origin::Manual, 0.0F}},
            MoveObservation{1, {ptsOf(5), {1, 2, 30, 40}, base::Origin::Manual, 0.0F}},
            RemoveObservation{1, ptsOf(20)},
            ReplaceObservations{1, {ptsOf(22), ptsOf(200)}, {}},
            ReplaceObservations{1, {ptsOf(0), ptsOf(200)}, {{ptsOf(3), {1, 1, 2, 2}, base::Origin::Propagated, 0.5F}}},
            SplitTrack{1, ptsOf(30), 7},
            MergeTracks{1, 4},
            SetKind{1, base::TrackKind::Head},
            SetLabel{1, QStringLiteral("postman")},
            SetDecision{1, {base::DecisionKind::Show, base::ShowReason::Consented, base::ConsentStatus::Given}},
            SetTrackStyle{1, base::CoverStyle::Mosaic},
            SetTrackStyle{3, std::nullopt},
            AddZone{{2, {{1, 1}, {5, 1}, {5, 5}}, some, QStringLiteral("x")}},
            RemoveZone{1},
            ChangeZone{{4, {{1, 1}, {5, 1}, {5, 5}}, {}, {}}},
            SetTrim{some},
            SetTrim{std::nullopt},
            MuteRange{some},
            MuteRange{{ptsOf(12), ptsOf(13)}},
            UnmuteRange{some},
            UnmuteRange{{ptsOf(30), ptsOf(31)}},
            SetClipSettings{{base::CoverStyle::Solid,
                             base::CoverScope::Person,
                             true,
                             some,
                             {some},
                             QDateTime(QDate(2024, 1, 2), QTime(3, 4, 5, 6), Qt::OffsetFromUTC, 7200),
                             -1234}},
            AddCheck{{9, QString::fromLatin1(verificationFind), 2, ptsOf(3), {1, 2, 3, 4}, false}},
            RemoveCheck{1},
            ChangeCheck{{2, QStringLiteral("weak-score"), 3, ptsOf(4), {}, false}},
            SettleCheck{1, true},
            SetWatched{{some}},
            SetReviewed{true},
            RelinkSource{QStringLiteral("/new/place.mp4"), "/new/place.mp4", document.source.sha256},
            SetAnalysis{{true, true, {}, QStringLiteral("2")}, document.tracks, {}, std::nullopt},
            std::make_shared<const EditGroup>(
                EditGroup{QStringLiteral("two"), {SplitTrack{1, ptsOf(30), 7}, MergeTracks{7, 4}}}),
        };
        std::map<std::size_t, int> kinds;
        for (const Edit &edit : edits) {
            ++kinds[edit.index()];
            checkExact(document, edit);
            if (!QTest::currentTestFailed())
                checkExact(reviewed, edit);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(editName(edit)));
        }
        QCOMPARE(kinds.size(), std::variant_size_v<Edit>); // none forgotten
    }

    void badEditsChangeNothing()
    {
        const ReviewDocument document = sampleDocument();
        base::Track empty = sampleTrack(9, 0, 3);
        empty.observations.clear();
        base::Track unsorted = sampleTrack(9, 0, 3);
        std::swap(unsorted.observations[0], unsorted.observations[2]);
        ReviewDocument withoutOwner = document;
        track(withoutOwner, 2).decision = {};
        const std::vector<Edit> edits{
            AddTrack{document.tracks[0]},
            AddTrack{empty},
            AddTrack{unsorted},
            AddTrack{sampleTrack(0, 0, 3)},
            AddTrack{sampleTrack(9, 299, 3)}, // beyond the last frame
            RemoveTrack{77},
            MoveObservation{1, {ptsOf(25) + 1, {1, 2, 30, 40}, base::Origin::Manual, 0.0F}},
            MoveObservation{1, {ptsOf(25), {1, 2, 0, 40}, base::Origin::Manual, 0.0F}},
            MoveObservation{1, {ptsOf(25), {1, 2, 3, 40}, base::Origin::Manual, 1.5F}},
            MoveObservation{1, {ptsOf(25), {1, 2, 3, 1 << 24}, base::Origin::Manual, 0.5F}},
            RemoveObservation{1, ptsOf(1)},
            ReplaceObservations{1, {ptsOf(0), ptsOf(300)}, {}},
            ReplaceObservations{1, {ptsOf(3), ptsOf(3)}, {}},
            ReplaceObservations{1, {ptsOf(3), ptsOf(4)}, {{ptsOf(5), {1, 1, 2, 2}, base::Origin::Manual, 0.5F}}},
            SplitTrack{1, ptsOf(20), 7}, // nothing before
            SplitTrack{1, ptsOf(30), 2},
            MergeTracks{1, 1},
            MergeTracks{1, 3}, // a face and a plate
            AddZone{{1, {{1, 1}, {5, 1}, {5, 5}}, {}, {}}},
            AddZone{{2, {{1, 1}, {5, 1}}, {}, {}}},
            AddZone{{2, {{1, 1}, {5, 1}, {9, 1}}, {}, {}}},
            SetTrim{base::TimeRange{ptsOf(5), ptsOf(5)}},
            SetTrim{base::TimeRange{ptsOf(500), ptsOf(600)}},
            MuteRange{{9, 3}},
            AddCheck{{1, QStringLiteral("weak-score"), 0, 0, {}, false}},
            AddCheck{{9, QStringLiteral("weak-score"), 88, 0, {}, false}},
            SetWatched{{{5, 9}, {7, 12}}},
            RelinkSource{QStringLiteral("/x"), "/x", QStringLiteral("0")},
            SetAnalysis{document.analysis, withoutOwner.tracks, {}, std::nullopt}, // takes a decision away
            SetAnalysis{document.analysis, {document.tracks[1]}, document.checks, std::nullopt}, // checks left behind
            std::make_shared<const EditGroup>(EditGroup{{}, {RemoveTrack{1}, RemoveZone{1}, RemoveTrack{1}}}),
            std::shared_ptr<const EditGroup>(),
        };
        for (const Edit &edit : edits) {
            checkRefused(document, edit);
            if (QTest::currentTestFailed())
                QFAIL(textOf(edit).constData());
        }
    }

    void theLastBoxNeverTakesItsTrackAlong()
    {
        ReviewDocument document = sampleDocument();
        while (track(document, 1).observations.size() > 1)
            QVERIFY(project::apply(document, RemoveObservation{1, track(document, 1).observations.front().pts}));
        const base::Result<Edit> refused =
            project::apply(document, RemoveObservation{1, track(document, 1).observations.front().pts});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("only box")));
        QVERIFY(findTrack(document, 1) != nullptr);
    }

    void mergingCoversWhatEitherCovered()
    {
        ReviewDocument document = sampleDocument();
        base::Track beside = sampleTrack(7, 50, 60); // track 1 has frames 20 to 79
        for (base::Observation &box : beside.observations)
            box.box.x += 30;
        beside.decision.kind = base::DecisionKind::Dismissed;
        const base::Track own = track(document, 1);
        QVERIFY(project::apply(document, AddTrack{beside}));
        QVERIFY(project::apply(document, MergeTracks{1, 7}));
        const base::Track &merged = track(document, 1);
        QCOMPARE(merged.decision.kind, base::DecisionKind::Cover); // they disagreed
        QCOMPARE(merged.observations.size(), std::size_t(90));
        QCOMPARE(merged.observations[10], own.observations[10]);
        QCOMPARE(merged.observations[40].box, own.observations[40].box.united(beside.observations[10].box));
        QCOMPARE(merged.observations[80], beside.observations[50]);
    }

    void subjectsInTwoPlacesAreNotMerged()
    {
        ReviewDocument document = sampleDocument();
        base::Track elsewhere = sampleTrack(7, 30, 5);
        for (base::Observation &box : elsewhere.observations)
            box.box.y = 600;
        QVERIFY(project::apply(document, AddTrack{elsewhere}));
        checkRefused(document, MergeTracks{1, 7});
    }

    void checksFollowTheirTracks()
    {
        ReviewDocument document = sampleDocument();
        QVERIFY(project::apply(document, SplitTrack{1, ptsOf(25), 7})); // check 1 is at frame 30
        QCOMPARE(findCheck(document, 1)->track, std::int64_t(7));
        QVERIFY(project::apply(document, MergeTracks{4, 7}));
        QCOMPARE(findCheck(document, 1)->track, std::int64_t(4));
        QVERIFY(project::apply(document, RemoveTrack{4}));
        QVERIFY(findCheck(document, 1) == nullptr);
    }

    void openFindsTakeTheReviewedStateBack()
    {
        ReviewDocument document = sampleDocument();
        QVERIFY(project::apply(document, SetReviewed{true}));
        QVERIFY(project::apply(document,
                               AddCheck{{9, QString::fromLatin1(verificationFind), 0, ptsOf(3), {1, 2, 3, 4}, false}}));
        QVERIFY(!document.reviewed);
        QVERIFY(!project::apply(document, SetReviewed{true}));
        QVERIFY(project::apply(document, SettleCheck{9, true}));
        QVERIFY(project::apply(document, SetReviewed{true}));
        QVERIFY(project::apply(document, SettleCheck{9, false}));
        QVERIFY(!document.reviewed);
    }

    void randomEditsKeepTheRulesAndEqualAReplay()
    {
        std::mt19937 random(20240229);
        const ReviewDocument initial = sampleDocument();
        ReviewDocument document = initial;
        std::vector<Edit> undoStack;
        std::vector<Edit> redoStack;
        std::vector<QByteArray> log;
        std::map<std::size_t, int> applied;
        int refused = 0;
        for (int step = 0; step < 10'000; ++step) {
            const std::uint32_t action = random() % 10;
            std::vector<Edit> *source = action < 3 ? &undoStack : action < 5 ? &redoStack : nullptr;
            if (source != nullptr && source->empty())
                source = nullptr;
            const Edit edit = source != nullptr ? source->back() : randomEdit(document, random);
            const ReviewDocument before = document;
            const base::Result<Edit> inverse = project::apply(document, edit);
            if (!inverse) {
                QVERIFY2(source == nullptr, qPrintable(inverse.error().message)); // undo and redo always fit
                QCOMPARE(document == before, true);
                ++refused;
                continue;
            }
            ++applied[edit.index()];
            log.push_back(textOf(edit));
            if (source == nullptr) {
                redoStack.clear();
                undoStack.push_back(*inverse);
            } else {
                source->pop_back();
                (source == &undoStack ? redoStack : undoStack).push_back(*inverse);
            }
            const base::Result<void> valid = validate(document);
            QVERIFY2(valid, valid ? "" : qPrintable(valid.error().message));
        }
        QCOMPARE(applied.size(), std::variant_size_v<Edit>);
        QVERIFY(refused > 500); // the refusing paths were walked too
        ReviewDocument replayed = initial;
        for (const QByteArray &line : log) {
            const base::Result<Edit> edit = editFromJson(QJsonDocument::fromJson(line).object());
            QVERIFY(edit);
            QVERIFY(project::apply(replayed, *edit));
        }
        QCOMPARE(replayed == document, true);
        while (!undoStack.empty()) {
            QVERIFY(project::apply(document, undoStack.back()));
            undoStack.pop_back();
        }
        QCOMPARE(document == initial, true);
        // Positive control: a replay that misses lines is noticed.
        ReviewDocument incomplete = initial;
        for (std::size_t index = 0; index < log.size(); index += index % 100 == 98 ? 2 : 1)
            (void)project::apply(incomplete, *editFromJson(QJsonDocument::fromJson(log[index]).object()));
        QCOMPARE(incomplete == replayed, false);
    }

    void mutatedJsonNeverCrashes()
    {
        std::mt19937 random(7);
        ReviewDocument document = sampleDocument();
        int parsed = 0;
        int refused = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray text = textOf(randomEdit(document, random));
            for (std::uint32_t changes = 1 + random() % 4; changes > 0; --changes) {
                const qsizetype at = qsizetype(random() % std::uint32_t(text.size()));
                switch (random() % 4) {
                case 0:
                    text[at] = char(random());
                    break;
                case 1:
                    text.remove(at, 1 + qsizetype(random() % 5));
                    break;
                case 2:
                    text.insert(at, text.mid(qsizetype(random() % std::uint32_t(text.size())), 6));
                    break;
                default:
                    text.insert(at, QByteArrayLiteral("99999999999999999999"));
                    break;
                }
                if (text.isEmpty())
                    text = "{}";
            }
            const base::Result<Edit> edit = editFromJson(QJsonDocument::fromJson(text).object());
            if (!edit) {
                QVERIFY(!edit.error().message.isEmpty());
                ++refused;
                continue;
            }
            ++parsed;
            (void)project::apply(document, *edit);
            QVERIFY(validate(document));
        }
        QVERIFY(parsed > 50);
        QVERIFY(refused > 5000);
    }

    void jsonIsStrict_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no operation") << QByteArrayLiteral("{\"track\":1}");
        QTest::newRow("unknown operation") << QByteArrayLiteral("{\"op\":\"Frobnicate\"}");
        QTest::newRow("missing member") << QByteArrayLiteral("{\"op\":\"SplitTrack\",\"track\":1,\"pts\":5}");
        QTest::newRow("unknown member") << QByteArrayLiteral("{\"op\":\"RemoveTrack\",\"track\":1,\"force\":true}");
        QTest::newRow("fraction") << QByteArrayLiteral("{\"op\":\"RemoveTrack\",\"track\":1.5}");
        QTest::newRow("text for a number") << QByteArrayLiteral("{\"op\":\"RemoveTrack\",\"track\":\"1\"}");
        QTest::newRow("out of range") << QByteArrayLiteral("{\"op\":\"RemoveTrack\",\"track\":9223372036854775807}");
        QTest::newRow("beyond 64 bits") << QByteArrayLiteral("{\"op\":\"RemoveTrack\",\"track\":1e300}");
        QTest::newRow("short box") << QByteArrayLiteral(
            "{\"op\":\"MoveObservation\",\"track\":1,\"observation\":[1,2,3,4]}");
        QTest::newRow("deep groups")
            << QByteArrayLiteral("{\"op\":\"EditGroup\",\"name\":\"\",\"edits\":[").repeated(60)
                   + QByteArrayLiteral("]}").repeated(60);
    }
    void jsonIsStrict()
    {
        QFETCH(QByteArray, text);
        const QJsonDocument json = QJsonDocument::fromJson(text);
        QVERIFY(json.isObject());
        QVERIFY(!editFromJson(json.object()));
    }
};

QTEST_APPLESS_MAIN(TestEdits)
#include "tst_edits.moc"
