// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "base/mediatime.h"
#include "base/recordedtime.h"
#include "project/documentrules.h"
#include "recordedtimedialog.h"
#include "review/reviewplace.h"
#include "review/reviewplace_p.h"
#include "review/showdialog.h"

#include <QFileInfo>
#include <QInputDialog>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace doorveil::ui {

namespace {

constexpr int nudgePixels = 1;

} // namespace

bool ReviewPlace::perform(const Plan &plan)
{
    State &state = *m_state;
    if (!plan) {
        state.notice->tell(ReviewNotice::Kind::Remark, plan.error().message);
        return false;
    }
    if (plan->edits.empty())
        return false;
    if (plan->edits.size() == 1)
        state.session->perform(plan->edits.front(), plan->text);
    else
        state.session->perform(plan->edits, plan->text);
    return true;
}

QString ReviewPlace::nameOfTrack(std::int64_t track) const
{
    const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), track);
    return subject != nullptr ? subject->name : tr("the cover");
}

void ReviewPlace::connectEditing()
{
    State &state = *m_state;
    const ReviewActions &actions = state.actions;
    const auto on = [this](QAction *action, auto function) { connect(action, &QAction::triggered, this, function); };
    const auto withTrack = [this](auto make) {
        return [this, make] {
            const std::int64_t track = m_state->selectedTrack;
            if (m_state->document && track != 0)
                perform(make(*m_state->document, track, nameOfTrack(track)));
        };
    };
    using project::ReviewDocument;

    on(actions.undo, [this] { m_state->session->undo(); });
    on(actions.redo, [this] { m_state->session->redo(); });

    // Who is shown.
    connect(state.subjectPanel, &SubjectPanel::switched, this, &ReviewPlace::toggleShown);
    on(actions.showSubject, [this] {
        if (const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), m_state->selectedTrack))
            toggleShown(subject->id);
    });
    on(actions.coverOthers, [this] {
        if (const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), m_state->selectedTrack))
            askToShow(subject->id, true, 0);
    });
    on(actions.dismiss, [this] {
        const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), m_state->selectedTrack);
        if (subject == nullptr)
            return;
        if (subject->decision.kind == base::DecisionKind::Dismissed)
            perform(planDecision(*m_state->document, subject->tracks, {}, subject->name));
        else
            settle(Settlement::Dismiss);
    });
    on(actions.merge, [this] { mergeChosen(); });
    on(actions.rename, [this] { renameChosen(); });
    for (std::size_t index = 0; index < actions.kinds.size(); ++index) {
        on(actions.kinds[index],
           withTrack([index](const ReviewDocument &document, std::int64_t track, const QString &name) {
               return planKind(document, track, base::TrackKind(index), name);
           }));
    }

    // Boxes.
    connect(actions.drawBox, &QAction::toggled, this, [this](bool drawing) {
        m_state->picture->setTool(drawing ? PictureView::Tool::DrawBox : PictureView::Tool::Select);
        if (drawing) {
            m_state->player.pause();
            m_state->picture->setFocus(Qt::OtherFocusReason);
        }
    });
    connect(actions.drawZone, &QAction::toggled, this, [this](bool drawing) {
        m_state->picture->setTool(drawing ? PictureView::Tool::DrawZone : PictureView::Tool::Select);
        if (drawing)
            m_state->picture->setFocus(Qt::OtherFocusReason);
    });
    connect(state.picture, &PictureView::toolChanged, this, [this](PictureView::Tool tool) {
        const QSignalBlocker first(m_state->actions.drawBox);
        const QSignalBlocker second(m_state->actions.drawZone);
        m_state->actions.drawBox->setChecked(tool == PictureView::Tool::DrawBox);
        m_state->actions.drawZone->setChecked(tool == PictureView::Tool::DrawZone);
    });
    connect(state.picture, &PictureView::boxDrawn, this, [this](const base::Rectangle &box) {
        const project::ReviewDocument &document = *m_state->document;
        m_state->picture->setTool(PictureView::Tool::Select);
        const std::int64_t id = project::nextTrackId(document);
        if (perform(planDraw(document, base::TrackKind::Head, document.source.frames[m_state->shownIndex].pts, box))) {
            m_state->followDrawn = true; // once it is on disk
            m_state->drawnTrack = id;
            m_state->drawnAt = m_state->shownIndex;
            m_state->player.seek(m_state->shownIndex);
        }
    });
    connect(state.picture, &PictureView::boxChanged, this,
            [this](std::int64_t track, const base::Rectangle &box, bool resized) {
                const std::int64_t pts = m_state->document->source.frames[m_state->shownIndex].pts;
                m_state->player.seek(m_state->shownIndex);
                perform(planBox(*m_state->document, track, pts, box, nameOfTrack(track), resized));
            });
    on(actions.addBox, withTrack([this](const ReviewDocument &document, std::int64_t track, const QString &name) {
           return planAddBox(document, track, m_state->player.positionPts(), name);
       }));
    on(actions.followForwards, [this] { follow(m_state->selectedTrack, m_state->player.position(), true, false); });
    on(actions.followBackwards, [this] { follow(m_state->selectedTrack, m_state->player.position(), false, true); });
    on(actions.removeBox, [this] { removeHere(); });
    on(actions.removeTrack, [this] {
        if (const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), m_state->selectedTrack))
            perform(planRemoveTracks(*m_state->document, {m_state->selectedTrack}, subject->name));
    });
    on(actions.split, [this] {
        if (const Subject *subject = subjectOfTrack(m_state->subjects.subjects(), m_state->selectedTrack))
            perform(planSplit(*m_state->document, subject->tracks, m_state->player.positionPts(), subject->name));
    });
    on(actions.extendBegin, withTrack([](const ReviewDocument &document, std::int64_t track, const QString &name) {
           return planExtend(document, track, true, name);
       }));
    on(actions.extendEnd, withTrack([](const ReviewDocument &document, std::int64_t track, const QString &name) {
           return planExtend(document, track, false, name);
       }));
    static constexpr int directions[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    for (std::size_t index = 0; index < 4; ++index) {
        on(actions.nudges[index], [this, index] { moveSelected(directions[index][0], directions[index][1], false); });
        on(actions.resizes[index], [this, index] { moveSelected(directions[index][0], directions[index][1], true); });
    }

    // Zones, sound, time.
    connect(state.picture, &PictureView::zoneDrawn, this, [this](const base::Polygon &polygon) {
        m_state->picture->setTool(PictureView::Tool::Select);
        if (perform(planZone(*m_state->document, polygon, std::nullopt, {})))
            m_state->notice->tell(ReviewNotice::Kind::Offer,
                                  tr("The zone is covered in the whole clip. Keep it for other clips of this camera?"),
                                  tr("Keep for this camera"), [this] { saveZones(); });
    });
    on(actions.zoneHere, [this] {
        const base::Zone *zone = project::findZone(*m_state->document, m_state->selectedZone);
        if (zone == nullptr)
            return;
        perform(planZoneRange(*m_state->document, zone->id,
                              zone->range ? std::optional<base::TimeRange>() : m_state->timeline->selection()));
    });
    on(actions.mute, [this] { toggleMute(); });
    on(actions.keepSound, [this] {
        perform(planKeepSound(*m_state->document, !m_state->document->settings.keepAudio));
        m_state->actions.keepSound->setChecked(m_state->document->settings.keepAudio); // until it is on disk
    });
    on(actions.trimIn, [this] { setTrimEdge(true); });
    on(actions.trimOut, [this] { setTrimEdge(false); });
    on(actions.trimClear, [this] { perform(planTrim(*m_state->document, std::nullopt)); });
    connect(state.timeline, &TimelineView::trimChanged, this, [this](const base::TimeRange &trim) {
        // Frames are kept or left out whole: from the frame shown at the beginning on.
        const base::FrameTime *first = project::frameShownAt(*m_state->document, trim.begin);
        perform(planTrim(*m_state->document, base::TimeRange{first != nullptr ? first->pts : trim.begin, trim.end}));
    });
    on(actions.recordedTime, [this] { askRecordedTime(); });
    for (std::size_t index = 0; index < actions.styles.size(); ++index) {
        on(actions.styles[index], [this, index] {
            const auto style = base::CoverStyle(index);
            if (perform(planStyle(*m_state->document, style)) && style == base::CoverStyle::Mosaic)
                m_state->notice->tell(ReviewNotice::Kind::Warning,
                                      tr("A mosaic looks familiar but is only for looks. Blur and grey areas hide for "
                                         "certain."));
        });
        on(actions.scopes[index], [this, index] { perform(planScope(*m_state->document, base::CoverScope(index))); });
    }

    // Checking.
    on(actions.checkFine, [this] { settle(Settlement::Fine); });
    on(actions.checkFineAll, [this] {
        const QModelIndex row = m_state->checks.indexOf(m_state->selectedCheck);
        const CheckEntry *entry = m_state->checks.entry(row);
        if (entry == nullptr || !perform(planSettleAlike(*m_state->document, entry->check, entry->title)))
            return;
        // On to the next thing of another kind; the list follows when the edit is on disk.
        const CheckEntry before = *entry;
        for (int step = 1; step < m_state->checks.rowCount(); ++step) {
            const QModelIndex next = m_state->checks.index((row.row() + step) % m_state->checks.rowCount());
            const CheckEntry *other = m_state->checks.entry(next);
            if (!other->settled && (other->title != before.title || other->subject != before.subject)) {
                m_state->checkPanel->choose(next);
                goToCheck(next);
                return;
            }
        }
    });
    on(actions.checkCover, [this] { settle(Settlement::Cover); });
    on(actions.reviewed, [this] { markReviewed(); });
    connect(state.picture, &PictureView::menuWanted, this, &ReviewPlace::openMenu);
    connect(state.timeline, &TimelineView::menuWanted, this, &ReviewPlace::openMenu);
    connect(state.subjectPanel, &SubjectPanel::menuWanted, this, &ReviewPlace::openMenu);
}

// --- who is shown ---------------------------------------------------------------------------------------------------

void ReviewPlace::toggleShown(std::int64_t id)
{
    State &state = *m_state;
    const Subject *subject = state.subjects.subject(state.subjects.indexOf(id));
    if (subject == nullptr || !state.document)
        return;
    if (subject->decision.kind == base::DecisionKind::Show) {
        perform(planDecision(*state.document, subject->tracks, {}, subject->name)); // covering never needs a question
        return;
    }
    const project::CheckItem *check = project::findCheck(*state.document, state.selectedCheck);
    const bool isAbout =
        check != nullptr && !check->settled
        && std::find(subject->tracks.begin(), subject->tracks.end(), check->track) != subject->tracks.end();
    askToShow(id, false, isAbout ? check->id : 0);
}

void ReviewPlace::askToShow(std::int64_t id, bool coverOthers, std::int64_t check,
                            const std::optional<base::Decision> &proposed)
{
    State &state = *m_state;
    const QModelIndex index = state.subjects.indexOf(id);
    const Subject *subject = state.subjects.subject(index);
    if (subject == nullptr)
        return;
    state.player.pause();
    const ShowDialog::About about{subject->name,
                                  timeRangeText(state.document->source, subject->range),
                                  index.data(Qt::DecorationRole).value<QPixmap>(),
                                  subject->kind,
                                  coverOthers,
                                  proposed};
    auto *dialog = new ShowDialog(about, this); // deletes itself when it is closed
    connect(dialog, &QDialog::accepted, this, [this, dialog, id, coverOthers, check] {
        const std::optional<base::Decision> decision = dialog->decision();
        const Subject *now = m_state->subjects.subject(m_state->subjects.indexOf(id));
        if (!decision || now == nullptr || !m_state->document)
            return;
        const project::ReviewDocument &document = *m_state->document;
        if (coverOthers) {
            perform(planCoverEveryoneExcept(document, now->tracks, *decision, now->name));
        } else if (check != 0) {
            perform(planSettleShown(document, check, *decision, now->name));
        } else {
            perform(planDecision(document, now->tracks, *decision, now->name));
        }
    });
    dialog->open();
}

void ReviewPlace::mergeChosen()
{
    State &state = *m_state;
    std::vector<std::int64_t> leading;
    QString name;
    for (const std::int64_t id : state.subjectPanel->chosen()) {
        if (const Subject *subject = state.subjects.subject(state.subjects.indexOf(id))) {
            if (leading.empty())
                name = subject->name;
            leading.push_back(subject->id);
        }
    }
    perform(planMerge(*state.document, leading, name));
}

void ReviewPlace::renameChosen()
{
    State &state = *m_state;
    const std::int64_t track = state.selectedTrack;
    const Subject *subject = subjectOfTrack(state.subjects.subjects(), track);
    if (subject == nullptr)
        return;
    const base::Track *leading = project::findTrack(*state.document, subject->id);
    auto *dialog = new QInputDialog(this); // deletes itself when it is closed
    dialog->setObjectName(QStringLiteral("renameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Name"));
    dialog->setLabelText(tr("Your name for %1. It stays in this project; the record of a copy says “P1”, “P2” instead.")
                             .arg(subject->name));
    dialog->setTextValue(leading->label);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id = subject->id](const QString &text) {
        if (m_state->document)
            perform(planLabel(*m_state->document, id, text));
    });
    dialog->open();
}

// --- boxes ----------------------------------------------------------------------------------------------------------

void ReviewPlace::moveSelected(int x, int y, bool resize)
{
    State &state = *m_state;
    const base::Track *track = project::findTrack(*state.document, state.selectedTrack);
    if (track == nullptr || state.session->isSaving())
        return; // a held key repeats faster than a disk: the next step builds on the one before
    const std::int64_t pts = state.player.positionPts();
    const base::Observation *here = base::observationAt(*track, pts);
    if (here == nullptr)
        return;
    const base::Size picture = state.document->source.info.displayedSize();
    const base::Rectangle changed =
        resize ? adjusted(adjusted(here->box, Handle::BottomRight, x * nudgePixels, y * nudgePixels, picture),
                          Handle::TopLeft, -x * nudgePixels, -y * nudgePixels, picture)
               : adjusted(here->box, Handle::Inside, x * nudgePixels, y * nudgePixels, picture);
    perform(planBox(*state.document, track->id, pts, changed, nameOfTrack(track->id), resize));
}

void ReviewPlace::removeHere()
{
    State &state = *m_state;
    if (state.selectedZone != 0) {
        perform(planRemoveZone(*state.document, state.selectedZone));
        return;
    }
    if (state.selectedTrack != 0)
        perform(planRemoveBox(*state.document, state.selectedTrack, state.player.positionPts(),
                              nameOfTrack(state.selectedTrack)));
}

// --- sound and time -------------------------------------------------------------------------------------------------

void ReviewPlace::toggleMute()
{
    State &state = *m_state;
    std::optional<base::TimeRange> range = state.timeline->selection();
    const std::int64_t now = state.player.positionPts();
    if (!range && !state.muteStart) {
        // Inside a muted stretch M lets it be heard again.
        for (const base::TimeRange &muted : state.document->settings.mutedRanges) {
            if (muted.contains(now)) {
                perform(planMute(*state.document, muted, false));
                return;
            }
        }
        state.muteStart = now;
        state.notice->tell(ReviewNotice::Kind::Remark,
                           tr("Muting from %1. Go to where the sound may be heard again and press M.")
                               .arg(shortTime(state.document->source, now)));
        return;
    }
    if (!range) {
        const base::FrameTime *last = project::frameShownAt(*state.document, std::max(now, *state.muteStart));
        const std::int64_t end = last != nullptr ? last->pts + std::max<std::int64_t>(1, last->duration) : now + 1;
        range = base::TimeRange{std::min(now, *state.muteStart), end};
    }
    state.muteStart.reset();
    const auto &muted = state.document->settings.mutedRanges;
    const bool isMuted = std::any_of(muted.begin(), muted.end(), [&range](const base::TimeRange &one) {
        return one.begin <= range->begin && one.end >= range->end;
    });
    perform(planMute(*state.document, *range, !isMuted));
    state.timeline->setSelection(std::nullopt);
}

void ReviewPlace::setTrimEdge(bool begin)
{
    State &state = *m_state;
    base::TimeRange kept = keptRange(*state.document);
    const base::FrameTime &frame = state.document->source.frames[state.player.position()];
    const base::TimeRange clip = wholeClip(state.document->source);
    if (begin) {
        kept.begin = frame.pts;
        if (kept.end <= kept.begin)
            kept.end = clip.end;
    } else {
        kept.end = frame.pts + std::max<std::int64_t>(1, frame.duration);
        if (kept.begin >= kept.end)
            kept.begin = clip.begin;
    }
    perform(planTrim(*state.document, kept));
}

void ReviewPlace::askRecordedTime()
{
    const project::ReviewDocument &document = *m_state->document;
    const QString name = QFileInfo(document.source.path).fileName();
    const auto guess = base::guessRecordedTime(document.source.info, name, QDateTime::currentDateTime());
    auto *dialog = new RecordedTimeDialog(
        {name, RecordedTime::of(document), guess ? std::optional(guess->at) : std::nullopt, 0}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const RecordedTime recorded = dialog->recorded();
        if (m_state->document)
            perform(planRecorded(*m_state->document, recorded.at, recorded.clockOffsetMilliseconds));
    });
    dialog->open();
}

// --- checking -------------------------------------------------------------------------------------------------------

void ReviewPlace::settle(Settlement how)
{
    State &state = *m_state;
    const project::CheckItem *check = project::findCheck(*state.document, state.selectedCheck);
    const Subject *subject = subjectOfTrack(state.subjects.subjects(), state.selectedTrack);
    const bool isAbout =
        check != nullptr
        && (check->track == state.selectedTrack
            || (subject != nullptr && subject == subjectOfTrack(state.subjects.subjects(), check->track)));
    if (check == nullptr || (how == Settlement::Dismiss && !isAbout)) {
        // W for somebody who is not what is being checked.
        if (how == Settlement::Dismiss && subject != nullptr)
            perform(
                planDecision(*state.document, subject->tracks, {base::DecisionKind::Dismissed, {}, {}}, subject->name));
        return;
    }
    const CheckEntry *entry = state.checks.entry(state.checks.indexOf(check->id));
    const QString what = entry != nullptr ? entry->title : QString();
    const QModelIndex row = state.checks.indexOf(check->id);
    if (check->settled && how == Settlement::Fine) {
        perform(planReopen(*state.document, check->id, what));
        return;
    }
    bool done = false;
    if (how == Settlement::Dismiss && subject != nullptr)
        done = perform(
            planDecision(*state.document, subject->tracks, {base::DecisionKind::Dismissed, {}, {}}, subject->name));
    else
        done = perform(planSettle(*state.document, check->id, how, what));
    if (!done)
        return;
    if (how == Settlement::Cover && check->track == 0 && !check->box.isEmpty()) {
        // What moves is covered as far as it can be followed, as if it had been drawn.
        const auto &frames = state.document->source.frames;
        const auto at = std::lower_bound(frames.begin(), frames.end(), check->pts,
                                         [](const base::FrameTime &one, std::int64_t key) { return one.pts < key; });
        state.followDrawn = true;
        state.drawnTrack = project::nextTrackId(*state.document);
        state.drawnAt = std::size_t(at - frames.begin());
    }
    // On to the next one at once; the list follows when the edit is on disk.
    const QModelIndex next = state.checks.nextOpen(row.row(), true);
    if (next.isValid() && next != row) {
        state.checkPanel->choose(next);
        goToCheck(next);
    }
}

void ReviewPlace::markReviewed()
{
    State &state = *m_state;
    const project::ReviewDocument &document = *state.document;
    if (document.reviewed) {
        perform(planReviewed(document, false));
        return;
    }
    flushWatched();
    const WatchedFrames watched =
        watchedFrames(united(document.watched, state.newlyWatched), document.source.frames, keptRange(document));
    const int open = state.checks.openCount();
    if (open == 0 && watched.isComplete()) {
        perform(planReviewed(document, true));
        return;
    }
    QStringList missing;
    if (open > 0)
        missing += tr("%n thing(s) to check are open.", nullptr, open);
    if (!watched.isComplete())
        missing += tr("%1 % of the clip has not been watched as covered.").arg(100 - watched.percent());
    auto *box =
        new QMessageBox(QMessageBox::Question, tr("Mark as reviewed?"),
                        tr("You have not looked at everything:") + QStringLiteral("\n\n")
                            + missing.join(QLatin1Char('\n')) + QStringLiteral("\n\n")
                            + tr("You can mark the clip as reviewed all the same. The record that goes with the "
                                 "copy says what was not looked at."),
                        QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("reviewedQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *anyway = box->addButton(tr("Mark as reviewed"), QMessageBox::AcceptRole);
    anyway->setObjectName(QStringLiteral("reviewedAnyway"));
    QPushButton *back = box->addButton(tr("Keep looking"), QMessageBox::RejectRole);
    back->setObjectName(QStringLiteral("reviewedNot"));
    box->setDefaultButton(back);
    box->setEscapeButton(back);
    connect(anyway, &QPushButton::clicked, this, [this] {
        if (m_state->document)
            perform(planReviewed(*m_state->document, true));
    });
    box->open();
}

void ReviewPlace::openMenu(const QPoint &globalPosition)
{
    const ReviewActions &actions = m_state->actions;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("contextMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_state->selectedZone != 0) {
        menu->addAction(actions.removeBox);
        menu->addAction(actions.zoneHere);
        menu->addAction(actions.saveZones);
    } else if (m_state->selectedTrack != 0) {
        for (QAction *action : {actions.showSubject, actions.coverOthers, actions.dismiss, actions.rename})
            menu->addAction(action);
        QMenu *kinds = menu->addMenu(tr("What it is"));
        for (QAction *kind : actions.kinds)
            kinds->addAction(kind);
        menu->addSeparator();
        for (QAction *action : {actions.addBox, actions.followForwards, actions.followBackwards, actions.split,
                                actions.extendBegin, actions.extendEnd, actions.removeBox, actions.removeTrack})
            menu->addAction(action);
    }
    menu->addSeparator();
    for (QAction *action : {actions.drawBox, actions.drawZone, actions.mute, actions.saveFrame})
        menu->addAction(action);
    menu->popup(globalPosition);
}

} // namespace doorveil::ui
