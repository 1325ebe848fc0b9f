// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/lookalikes.h"
#include "review/reviewplace.h"
#include "review/reviewplace_p.h"
#include "review/showdialog.h"
#include "review/suggestioncard.h"

#include <QFileInfo>

#include <algorithm>

namespace doorveil::ui {

namespace {

constexpr std::size_t mostCompared = 80; // subjects: of more nobody answers the questions
constexpr std::size_t mostElsewhere = 200;

struct LookedUp
{
    pipeline::Appearances appearances;
    std::vector<pipeline::AlikePair> alike;
};

} // namespace

void ReviewPlace::connectSuggestions()
{
    const ReviewActions &actions = m_state->actions;
    connect(actions.suggestionYes, &QAction::triggered, this, [this] { answerSuggestion(true); });
    connect(actions.suggestionNo, &QAction::triggered, this, [this] { answerSuggestion(false); });
    connect(&m_state->subjects, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &, const QModelIndex &, const QList<int> &roles) {
                if (roles == QList<int>{Qt::DecorationRole} && !m_state->suggestions.empty())
                    refreshSuggestions(); // a picture has come
            });
}

/// Of those who are new; the others are known.
void ReviewPlace::lookForAlikes()
{
    State &state = *m_state;
    if (!state.clipUsable || !state.anyShown)
        return;
    std::vector<std::int64_t> tracks;
    for (const Subject &subject : state.subjects.subjects()) {
        const bool isSomebody = subject.kind != base::TrackKind::Plate && subject.kind != base::TrackKind::Region;
        if (!isSomebody || state.compared.contains(subject.id) || std::size_t(state.compared.size()) >= mostCompared)
            continue;
        state.compared.insert(subject.id);
        tracks.push_back(subject.id);
    }
    if (tracks.empty())
        return;
    pipeline::Appearances others;
    for (const ShownElsewhere &one : state.shownElsewhere) {
        if (one.sha256 != state.document->source.sha256)
            others.emplace(one.number, one.appearance);
    }
    for (const auto &[track, appearance] : state.appearances)
        others.emplace(track, appearance);
    state.work->run(
        [document = state.document, tracks, others](const base::CancelToken &cancel) {
            LookedUp found;
            base::Result<pipeline::Appearances> read = pipeline::readAppearances(*document, tracks, cancel);
            if (!read)
                return found; // without suggestions everything else is as it was
            found.appearances = std::move(*read);
            pipeline::Appearances all = others;
            all.insert(found.appearances.begin(), found.appearances.end());
            found.alike = pipeline::alikePairs(found.appearances, all);
            return found;
        },
        [this](LookedUp found) {
            State &now = *m_state;
            if (!now.document)
                return;
            now.appearances.merge(found.appearances);
            now.alike.insert(now.alike.end(), found.alike.begin(), found.alike.end());
            std::stable_sort(now.alike.begin(), now.alike.end(),
                             [](const auto &a, const auto &b) { return a.likeness > b.likeness; });
            rememberShown();
            refreshSuggestions();
        });
}

/// Whom this clip shows, for the clips that are opened after it.
void ReviewPlace::rememberShown()
{
    State &state = *m_state;
    const project::SourceRecord &source = state.document->source;
    std::erase_if(state.shownElsewhere, [&source](const ShownElsewhere &one) { return one.sha256 == source.sha256; });
    for (const Subject &subject : state.subjects.subjects()) {
        const auto appearance = state.appearances.find(subject.id);
        if (subject.decision.kind != base::DecisionKind::Show || appearance == state.appearances.end()
            || appearance->second->isEmpty() || state.shownElsewhere.size() >= mostElsewhere)
            continue;
        state.shownElsewhere.push_back({--state.lastElsewhere, source.sha256, QFileInfo(source.path).fileName(),
                                        subject.name, subject.decision, appearance->second});
    }
}

void ReviewPlace::refreshSuggestions()
{
    State &state = *m_state;
    const std::vector<Subject> &subjects = state.subjects.subjects();
    state.suggestions =
        suggestionsFor(*state.document, subjects, state.alike, state.shownElsewhere, state.refusedSuggestions);
    state.actions.suggestionYes->setEnabled(!state.suggestions.empty());
    state.actions.suggestionNo->setEnabled(!state.suggestions.empty());
    if (state.suggestions.empty()) {
        state.suggestionCard->clear();
        return;
    }
    const Suggestion &first = state.suggestions.front();
    const auto pictureOf = [&state](std::int64_t subject) {
        return state.subjects.indexOf(subject).data(Qt::DecorationRole).value<QPixmap>();
    };
    // In the order in which the question names them.
    const bool merges = first.kind == Suggestion::Kind::Merge;
    const QPixmap one = pictureOf(merges ? first.other : first.subject);
    const QPixmap two = first.elsewhere ? QPixmap() : pictureOf(merges ? first.subject : first.other);
    state.suggestionCard->ask(suggestionText(first, subjects), one, two, int(state.suggestions.size()) - 1);
}

void ReviewPlace::answerSuggestion(bool yes)
{
    State &state = *m_state;
    if (!state.document || state.suggestions.empty())
        return;
    const Suggestion asked = state.suggestions.front();
    const Subject *subject = state.subjects.subject(state.subjects.indexOf(asked.subject));
    if (!yes || subject == nullptr) {
        state.refusedSuggestions.insert(asked.key());
        refreshSuggestions();
        return;
    }
    if (asked.kind == Suggestion::Kind::Merge) {
        const Subject *into = state.subjects.subject(state.subjects.indexOf(asked.other));
        if (into != nullptr)
            perform(planMerge(*state.document, {into->id, subject->id}, into->name));
        return;
    }
    // Showing is asked about as always; the answers given before stand there and can be changed.
    const Subject *shown = state.subjects.subject(state.subjects.indexOf(asked.other));
    for (const auto &[one, other] : {std::pair(asked.subject, asked.other), std::pair(asked.other, asked.subject)})
        state.refusedSuggestions.insert(Suggestion{Suggestion::Kind::Merge, one, other, {}}.key()); // answered, too
    if (asked.elsewhere)
        askToShow(subject->id, false, 0, asked.elsewhere->decision);
    else if (shown != nullptr)
        askToShow(subject->id, false, 0, shown->decision);
}

} // namespace doorveil::ui
