// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/suggestions.h"

#include "review/reviewedits.h"

#include <QCoreApplication>

#include <algorithm>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::Suggestions)
};

const Subject *leadBy(const std::vector<Subject> &subjects, std::int64_t track)
{
    const auto found =
        std::find_if(subjects.begin(), subjects.end(), [track](const Subject &subject) { return subject.id == track; });
    return found != subjects.end() ? &*found : nullptr;
}

/// Not in two places of the picture at the same time, and of kinds that can be one.
bool canBeOne(const project::ReviewDocument &document, const Subject &a, const Subject &b)
{
    return planMerge(document, {a.id, b.id}, {}).hasValue();
}

/// What these two make of their decisions; nothing where there is nothing to ask.
std::optional<Suggestion> suggestionOf(const project::ReviewDocument &document, const Subject &a, const Subject &b)
{
    using base::DecisionKind;
    if (a.decision.kind == DecisionKind::Dismissed || b.decision.kind == DecisionKind::Dismissed
        || !canBeOne(document, a, b))
        return std::nullopt;
    const bool aIsEarlier = a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.id < b.id;
    const Subject &earlier = aIsEarlier ? a : b;
    const Subject &later = aIsEarlier ? b : a;
    if (a.decision == b.decision)
        return Suggestion{Suggestion::Kind::Merge, later.id, earlier.id, {}};
    if (a.decision.kind == b.decision.kind)
        return std::nullopt; // shown for different reasons: the owner knows better
    const bool aIsShown = a.decision.kind == DecisionKind::Show;
    return Suggestion{Suggestion::Kind::Show, aIsShown ? b.id : a.id, aIsShown ? a.id : b.id, {}};
}

} // namespace

QString Suggestion::key() const
{
    return elsewhere ? QStringLiteral("%1 %2 %3").arg(subject).arg(elsewhere->sha256, elsewhere->name)
                     : QStringLiteral("%1 %2 %3").arg(int(kind)).arg(subject).arg(other);
}

std::vector<Suggestion> suggestionsFor(const project::ReviewDocument &document, const std::vector<Subject> &subjects,
                                       const std::vector<pipeline::AlikePair> &alike,
                                       const std::vector<ShownElsewhere> &elsewhere, const QSet<QString> &refused)
{
    std::vector<Suggestion> suggestions;
    QSet<std::int64_t> asked;
    for (const pipeline::AlikePair &pair : alike) { // the most alike first
        const Subject *first = leadBy(subjects, pair.first);
        const Subject *second = leadBy(subjects, pair.second);
        if (first == nullptr || asked.contains(pair.first) || asked.contains(pair.second))
            continue;
        std::optional<Suggestion> suggestion;
        if (second != nullptr) {
            suggestion = suggestionOf(document, *first, *second);
        } else if (first->decision.kind == base::DecisionKind::Cover) {
            const auto choice = std::find_if(elsewhere.begin(), elsewhere.end(),
                                             [&pair](const ShownElsewhere &one) { return one.number == pair.second; });
            if (choice != elsewhere.end() && choice->sha256 != document.source.sha256)
                suggestion = Suggestion{Suggestion::Kind::Show, first->id, 0, *choice};
        }
        if (!suggestion || refused.contains(suggestion->key()))
            continue;
        asked.insert(pair.first);
        if (second != nullptr)
            asked.insert(pair.second);
        suggestions.push_back(*suggestion);
    }
    return suggestions;
}

QString suggestionText(const Suggestion &suggestion, const std::vector<Subject> &subjects)
{
    const Subject *subject = leadBy(subjects, suggestion.subject);
    const QString name = subject != nullptr ? subject->name : QString();
    if (suggestion.elsewhere)
        return Words::tr("%1 is dressed like %2 in %3, whom you show. Is it the same person, to be shown here, too?")
            .arg(name, suggestion.elsewhere->name, suggestion.elsewhere->clip);
    const Subject *other = leadBy(subjects, suggestion.other);
    const QString otherName = other != nullptr ? other->name : QString();
    if (suggestion.kind == Suggestion::Kind::Show)
        return Words::tr("%1 is dressed like %2, whom you show. Is it the same person, to be shown, too?")
            .arg(name, otherName);
    return Words::tr("%1 and %2 are dressed alike. Are they the same person, with one switch for both?")
        .arg(otherName, name);
}

} // namespace doorveil::ui
