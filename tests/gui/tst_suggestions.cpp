// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/suggestions.h"

#include <QTest>

using namespace doorveil;
using namespace doorveil::ui;
using base::DecisionKind;
using pipeline::AlikePair;
using project::ReviewDocument;

namespace {

constexpr base::Decision household{DecisionKind::Show, base::ShowReason::Household, base::ConsentStatus::Given};
constexpr base::Decision owner{DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};

base::Track trackOf(std::int64_t id, base::TrackKind kind, int first, int count, const base::Decision &decision = {})
{
    base::Track track;
    track.id = id;
    track.kind = kind;
    track.decision = decision;
    for (int pts = first; pts < first + count; ++pts)
        track.observations.push_back({pts, {int(100 * id), 50, 40, 50}, base::Origin::Detected, 0.9F});
    return track;
}

ReviewDocument documentOf(std::vector<base::Track> tracks)
{
    ReviewDocument document;
    document.source.sha256 = QStringLiteral("this");
    document.source.info.storedSize = {1000, 500};
    document.source.info.timeBase = {1, 25};
    for (int pts = 0; pts < 100; ++pts)
        document.source.frames.push_back({pts, 1, false});
    document.tracks = std::move(tracks);
    return document;
}

std::vector<Suggestion> ask(const ReviewDocument &document, const std::vector<AlikePair> &alike,
                            const std::vector<ShownElsewhere> &elsewhere = {}, const QSet<QString> &refused = {})
{
    return suggestionsFor(document, subjectsOf(document), alike, elsewhere, refused);
}

} // namespace

/// What the owner is asked about people who look alike.
class TestSuggestions final : public QObject
{
    Q_OBJECT

private slots:
    void coveredOnesMayBeMerged();
    void nobodyIsInTwoPlacesAtOnce();
    void shownAndCoveredAreAskedAboutShowing();
    void decisionsAreNeverMixedByMerging();
    void refusedOnesAreNotAskedAgain();
    void onesShownElsewhere();
    void eachIsInOneQuestion();
};

void TestSuggestions::coveredOnesMayBeMerged()
{
    const ReviewDocument document =
        documentOf({trackOf(1, base::TrackKind::Face, 0, 20), trackOf(2, base::TrackKind::Head, 50, 20)});
    const auto suggestions = ask(document, {{2, 1, 0.9}});
    QCOMPARE(suggestions.size(), std::size_t(1));
    QCOMPARE(suggestions[0].kind, Suggestion::Kind::Merge);
    QCOMPARE(suggestions[0].other, 1); // into the earlier one
    QCOMPARE(suggestions[0].subject, 2);
    const QString text = suggestionText(suggestions[0], subjectsOf(document));
    QVERIFY(text.contains(QStringLiteral("Person 1")) && text.contains(QStringLiteral("Person 2")));
    QVERIFY(ask(document, {}).empty());
    QVERIFY(ask(document, {{1, 7, 0.9}}).empty()); // gone
}

void TestSuggestions::nobodyIsInTwoPlacesAtOnce()
{
    QVERIFY(ask(documentOf(
                    {trackOf(1, base::TrackKind::Face, 0, 60, household), trackOf(2, base::TrackKind::Face, 50, 20)}),
                {{1, 2, 0.99}})
                .empty());
    // A body and a face are not merged either.
    QVERIFY(ask(documentOf({trackOf(1, base::TrackKind::Face, 0, 20), trackOf(2, base::TrackKind::Person, 50, 20)}),
                {{1, 2, 0.99}})
                .empty());
}

void TestSuggestions::shownAndCoveredAreAskedAboutShowing()
{
    for (const bool firstIsShown : {true, false}) {
        const ReviewDocument document =
            documentOf({trackOf(1, base::TrackKind::Face, 0, 20, firstIsShown ? household : base::Decision{}),
                        trackOf(2, base::TrackKind::Face, 50, 20, firstIsShown ? base::Decision{} : household)});
        const auto suggestions = ask(document, {{1, 2, 0.9}});
        QCOMPARE(suggestions.size(), std::size_t(1));
        QCOMPARE(suggestions[0].kind, Suggestion::Kind::Show);
        QCOMPARE(suggestions[0].subject, firstIsShown ? 2 : 1); // the covered one
        QCOMPARE(suggestions[0].other, firstIsShown ? 1 : 2);
    }
}

void TestSuggestions::decisionsAreNeverMixedByMerging()
{
    const base::Decision dismissed{DecisionKind::Dismissed, {}, {}};
    for (const auto &[a, b] : {std::pair(household, owner), std::pair(dismissed, base::Decision{}),
                               std::pair(household, dismissed), std::pair(dismissed, dismissed)})
        QVERIFY(
            ask(documentOf({trackOf(1, base::TrackKind::Face, 0, 20, a), trackOf(2, base::TrackKind::Face, 50, 20, b)}),
                {{1, 2, 0.99}})
                .empty());
    // Both shown for the same reason may be one.
    QCOMPARE(ask(documentOf({trackOf(1, base::TrackKind::Face, 0, 20, owner),
                             trackOf(2, base::TrackKind::Face, 50, 20, owner)}),
                 {{1, 2, 0.99}})
                 .front()
                 .kind,
             Suggestion::Kind::Merge);
}

void TestSuggestions::refusedOnesAreNotAskedAgain()
{
    ReviewDocument document =
        documentOf({trackOf(1, base::TrackKind::Face, 0, 20), trackOf(2, base::TrackKind::Face, 50, 20)});
    const std::vector<AlikePair> alike{{1, 2, 0.9}};
    const QSet<QString> refused{ask(document, alike).front().key()};
    QVERIFY(ask(document, alike, {}, refused).empty());
    document.tracks[0].decision = household; // another question
    QCOMPARE(ask(document, alike, {}, refused).size(), std::size_t(1));
}

void TestSuggestions::onesShownElsewhere()
{
    ReviewDocument document = documentOf({trackOf(1, base::TrackKind::Face, 0, 20)});
    const ShownElsewhere there{
        -4, QStringLiteral("other"), QStringLiteral("porch.mp4"), QStringLiteral("Mum"), household, {}};
    const std::vector<AlikePair> alike{{1, -4, 0.9}};
    const auto suggestions = ask(document, alike, {there});
    QCOMPARE(suggestions.size(), std::size_t(1));
    QCOMPARE(suggestions[0].kind, Suggestion::Kind::Show);
    QVERIFY(suggestions[0].elsewhere->decision == household);
    const QString text = suggestionText(suggestions[0], subjectsOf(document));
    QVERIFY(text.contains(QStringLiteral("Mum")) && text.contains(QStringLiteral("porch.mp4")));
    QVERIFY(ask(document, alike, {}).empty()); // no longer shown there
    QVERIFY(ask(document, alike, {there}, {suggestions[0].key()}).empty());
    ShownElsewhere here = there;
    here.sha256 = document.source.sha256;
    QVERIFY(ask(document, alike, {here}).empty());
    document.tracks[0].decision = owner;
    QVERIFY(ask(document, alike, {there}).empty());
}

void TestSuggestions::eachIsInOneQuestion()
{
    const ReviewDocument document =
        documentOf({trackOf(1, base::TrackKind::Face, 0, 10), trackOf(2, base::TrackKind::Face, 20, 10),
                    trackOf(3, base::TrackKind::Face, 40, 10), trackOf(4, base::TrackKind::Face, 60, 10)});
    const auto suggestions = ask(document, {{1, 2, 0.95}, {2, 3, 0.94}, {3, 4, 0.9}, {1, 4, 0.85}});
    QCOMPARE(suggestions.size(), std::size_t(2));
    QCOMPARE(suggestions[0].subject, 2);
    QCOMPARE(suggestions[1].subject, 4);
}

QTEST_GUILESS_MAIN(TestSuggestions)
#include "tst_suggestions.moc"
