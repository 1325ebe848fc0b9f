// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewplace.h"

#include "actions.h"
#include "base/file.h"
#include "base/mediatime.h"
#include "coretexts.h"
#include "project/documentrules.h"
#include "review/actionbutton.h"
#include "review/reviewplace_p.h"
#include "review/subjectcolours.h"
#include "settings/settings.h"
#include "theme/theme.h"

#include <QApplication>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace doorveil::ui {

namespace {

constexpr int watchedMilliseconds = 2000; // between two records of what was watched
constexpr double fastestWatching = 2.0; // faster than that nobody sees a face slip by
constexpr char columnsKey[] = "review/columns";
constexpr char rowsKey[] = "review/rows";

} // namespace

ReviewPlace::ReviewPlace(const WindowContext &context, QWidget *parent)
    : ReviewPlaceBase(parent), m_state(std::make_unique<State>(context, this))
{
    setObjectName(QStringLiteral("reviewPlace"));
    buildWidgets();
    connectPlaying();
    connectLooking();
    connectPanels();
    connectEditing();
    connectJobs();
    connectSuggestions();
    State &state = *m_state;
    state.watchedTimer.setInterval(watchedMilliseconds);
    connect(&state.watchedTimer, &QTimer::timeout, this, &ReviewPlace::flushWatched);
    showEmpty(tr("No clip is open"), tr("Choose a clip in the list of clips to see who is in it."));
    refreshActions();
    // Style, layout, icons and letters are worked out while the program starts, not when somebody waits for a clip.
    QTimer::singleShot(0, state.desk, [desk = state.desk] { (void)desk->grab(); });
}

ReviewPlace::~ReviewPlace()
{
    State &state = *m_state;
    flushWatched();
    state.player.close();
    state.work.reset();
    state.session.reset(); // waits until every edit is on disk
}

QString ReviewPlace::title() const
{
    return tr("Review");
}

QList<ActionMenu> ReviewPlace::menus() const
{
    return m_state->actions.menus();
}

QWidget *ReviewPlace::firstFocus()
{
    return m_state->document ? static_cast<QWidget *>(m_state->picture) : m_state->empty->button();
}

std::shared_ptr<const project::ReviewDocument> ReviewPlace::document() const
{
    return m_state->document;
}

bool ReviewPlace::isSaving() const
{
    return m_state->session && m_state->session->isSaving();
}

void ReviewPlace::seekTo(std::int64_t ticks)
{
    m_state->player.seekToTicks(ticks);
}

// --- widgets --------------------------------------------------------------------------------------------------------

void ReviewPlace::buildWidgets()
{
    State &state = *m_state;
    const Theme &theme = state.context.theme;
    state.pages = new QStackedWidget(this);
    state.pages->setObjectName(QStringLiteral("reviewPages"));
    state.empty = new EmptyPage(QStringLiteral("review"), state.pages);
    state.desk = new QWidget(state.pages);
    state.pages->addWidget(state.empty);
    state.pages->addWidget(state.desk);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(state.pages);

    state.columns = new QSplitter(Qt::Horizontal, state.desk);
    state.columns->setObjectName(QStringLiteral("reviewColumns"));
    state.columns->setChildrenCollapsible(false);
    state.columns->setHandleWidth(4);
    state.subjectPanel = new SubjectPanel(state.subjects, theme, state.columns);
    state.subjectPanel->setMinimumWidth(200);
    state.subjectPanel->setActions({state.actions.drawBox, state.actions.coverOthers, state.actions.merge});
    state.suggestionCard =
        new SuggestionCard(state.actions.suggestionYes, state.actions.suggestionNo, state.subjectPanel);
    state.subjectPanel->setCard(state.suggestionCard);

    auto *middle = new QWidget(state.columns);
    auto *middleLayout = new QVBoxLayout(middle);
    middleLayout->setContentsMargins(0, 8, 0, 0);
    middleLayout->setSpacing(6);
    state.picture = new PictureView(theme, middle);
    state.notice = new ReviewNotice(state.picture);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(2);
    for (QAction *view : {state.actions.viewCovered, state.actions.viewOutlines, state.actions.viewOriginal}) {
        auto *button = makeActionTool(view, middle, true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        tools->addWidget(button);
    }
    tools->addStretch();
    for (QAction *tool : {state.actions.undo, state.actions.redo})
        tools->addWidget(makeActionTool(tool, middle));
    tools->addSpacing(8);
    for (QAction *tool : {state.actions.drawBox, state.actions.drawZone})
        tools->addWidget(makeActionTool(tool, middle));
    tools->addStretch();
    for (QAction *tool : {state.actions.zoomOut, state.actions.zoomFit, state.actions.zoomIn})
        tools->addWidget(makeActionTool(tool, middle));
    middleLayout->addWidget(state.picture, 1);
    middleLayout->addLayout(tools);

    state.checkPanel = new CheckPanel(state.checks, theme, state.columns);
    state.checkPanel->setMinimumWidth(210);
    state.checkPanel->setActions({state.actions.nextCheck, state.actions.previousCheck, state.actions.checkFine,
                                  state.actions.checkCover, state.actions.showSubject, state.actions.dismiss,
                                  state.actions.reviewed, state.actions.nextUnwatched});
    state.columns->addWidget(state.subjectPanel);
    state.columns->addWidget(middle);
    state.columns->addWidget(state.checkPanel);
    state.columns->setStretchFactor(1, 1);
    state.columns->setSizes({250, 800, 250});

    auto *lower = new QWidget(state.desk);
    state.transport = new TransportBar(state.actions, lower);
    state.timeline = new TimelineView(theme, lower);
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(0);
    lowerLayout->addWidget(state.transport);
    lowerLayout->addWidget(state.timeline, 1);

    state.rows = new QSplitter(Qt::Vertical, state.desk);
    state.rows->setObjectName(QStringLiteral("reviewRows"));
    state.rows->setChildrenCollapsible(false);
    state.rows->setHandleWidth(4);
    state.rows->addWidget(state.columns);
    state.rows->addWidget(lower);
    state.rows->setStretchFactor(0, 1);
    state.rows->setSizes({460, 190});
    auto *deskLayout = new QVBoxLayout(state.desk);
    deskLayout->setContentsMargins(0, 0, 0, 0);
    deskLayout->addWidget(state.rows);

    Settings &settings = state.context.settings;
    state.columns->restoreState(settings.bytes(QLatin1String(columnsKey)));
    state.rows->restoreState(settings.bytes(QLatin1String(rowsKey)));
    for (const auto &[splitter, key] : {std::pair(state.columns, columnsKey), std::pair(state.rows, rowsKey)}) {
        connect(splitter, &QSplitter::splitterMoved, this,
                // copies, because structured bindings cannot be captured before Clang 16
                [splitter = splitter, key = key, &settings] {
                    settings.setBytes(QLatin1String(key), splitter->saveState());
                });
    }
    setTabOrder(state.subjectPanel->view(), state.picture);
    setTabOrder(state.picture, state.checkPanel->view());
    setTabOrder(state.checkPanel->view(), state.timeline);
}

void ReviewPlace::showEmpty(const QString &title, const QString &text)
{
    m_state->empty->setTexts(title, text, tr("Show the clips"));
    m_state->pages->setCurrentWidget(m_state->empty);
    emit badgeChanged({});
}

// --- opening and closing --------------------------------------------------------------------------------------------

void ReviewPlace::openProject(const std::filesystem::path &project)
{
    closeProject();
    State &state = *m_state;
    state.session = std::make_unique<ReviewSession>();
    ReviewSession *session = state.session.get();
    connect(session, &ReviewSession::opened, this, [this, project] {
        State &now = *m_state;
        now.document = now.session->snapshot();
        now.work = std::make_unique<Background>(2);
        now.pages->setCurrentWidget(now.desk);
        now.picture->setClip(now.document->source.info);
        now.picture->setMessage(tr("Opening the clip…"));
        openClip();
        now.watchedTimer.start();
        emit projectOpened(project);
        if (isVisible())
            now.picture->setFocus(Qt::OtherFocusReason);
    });
    connect(session, &ReviewSession::openFailed, this, [this, project](const base::Error &error) {
        m_state->session.release()->deleteLater(); // it is sending this signal
        showEmpty(tr("This project could not be opened"), errorText(error));
        refreshActions();
        emit openFailed(project, error);
    });
    connect(session, &ReviewSession::documentChanged, this, [this, project] {
        if (!m_state->session || !m_state->work)
            return;
        takeDocument();
        emit summaryChanged(project, ProjectSummary::of(*m_state->document));
    });
    connect(session, &ReviewSession::recorded, this, [this] {
        m_state->document = m_state->session->snapshot();
        refreshWatched();
    });
    connect(session, &ReviewSession::savingChanged, this, [this] { refreshActions(); });
    connect(session, &ReviewSession::editFailed, this, [this](const QString &text, const base::Error &error) {
        m_state->notice->tell(ReviewNotice::Kind::Problem, tr("“%1” was not saved: %2").arg(text, errorText(error)));
        m_state->followDrawn = false;
    });
    session->open(project);
}

void ReviewPlace::closeProject()
{
    State &state = *m_state;
    if (!state.session)
        return;
    const std::filesystem::path project = state.session->projectFile();
    flushWatched();
    state.watchedTimer.stop();
    state.player.close();
    state.sound.setSound(nullptr, {1, 1});
    state.work.reset();
    state.session.reset(); // waits until every edit is on disk
    state.document.reset();
    state.plan.reset();
    state.soundSamples.reset();
    state.newlyWatched.clear();
    state.thumbnails.clear();
    state.compared.clear();
    state.appearances.clear();
    state.alike.clear();
    state.suggestions.clear();
    state.refusedSuggestions.clear();
    state.suggestionCard->clear();
    state.offeredZones.clear();
    state.muteStart.reset();
    state.selectedTrack = state.selectedZone = state.selectedCheck = 0;
    state.anyShown = state.clipUsable = state.followDrawn = false;
    state.mode = ViewMode::Covered;
    state.actions.viewCovered->setChecked(true);
    state.picture->clear();
    state.timeline->clear();
    state.subjects.clear();
    state.checks.setEntries({});
    state.notice->dismiss();
    setJob({});
    showEmpty(tr("No clip is open"), tr("Choose a clip in the list of clips to see who is in it."));
    refreshActions();
    emit projectClosed(project);
}

void ReviewPlace::prepareToClose()
{
    closeProject();
}

std::filesystem::path ReviewPlace::currentProject() const
{
    return m_state->session ? m_state->session->projectFile() : std::filesystem::path();
}

// --- what the document says -----------------------------------------------------------------------------------------

void ReviewPlace::takeDocument()
{
    State &state = *m_state;
    state.document = state.session->snapshot();
    const project::ReviewDocument &document = *state.document;
    std::vector<Subject> subjects = subjectsOf(document);

    std::vector<TimelineLane> lanes;
    lanes.reserve(document.tracks.size());
    const bool dark = state.context.theme.isDark();
    for (const Subject &subject : subjects) {
        for (const std::int64_t id : subject.tracks) {
            const base::Track *track = project::findTrack(document, id);
            const bool body = id != subject.id && track->kind == base::TrackKind::Person;
            lanes.push_back({id, body ? tr("%1, body").arg(subject.name) : subject.name,
                             subjectColour(subject.id, dark), track->decision});
        }
    }
    std::vector<CheckEntry> entries = checkEntries(document, subjects);
    state.subjects.setSubjects(document.source, std::move(subjects));
    state.timeline->setDocument(state.document, std::move(lanes));
    state.checks.setEntries(std::move(entries));
    state.checkPanel->setReviewed(document.reviewed);
    state.checkPanel->choose(state.checks.indexOf(state.selectedCheck));

    if (project::findTrack(document, state.selectedTrack) == nullptr)
        state.selectedTrack = 0;
    if (project::findZone(document, state.selectedZone) == nullptr)
        state.selectedZone = 0;
    if (state.followDrawn && !document.tracks.empty() && document.tracks.back().id >= state.drawnTrack) {
        state.followDrawn = false;
        state.selectedTrack = document.tracks.back().id;
        follow(state.selectedTrack, state.drawnAt, true, true);
    }
    selectTrack(state.selectedTrack, false);
    state.actions.keepSound->setChecked(document.settings.keepAudio);
    state.actions.styles[std::size_t(document.settings.style)]->setChecked(true);
    state.actions.scopes[std::size_t(document.settings.scope)]->setChecked(true);
    const int open = state.checks.openCount();
    emit badgeChanged(open > 0 ? tr("%n to check", nullptr, open) : document.reviewed ? tr("reviewed") : QString());
    updatePlan();
    makeThumbnails();
    lookForAlikes();
    rememberShown();
    updateSound();
    refreshWatched();
    refreshFrame();
    refreshTime();
    refreshActions();
    refreshSuggestions();
}

void ReviewPlace::refreshWatched()
{
    State &state = *m_state;
    const TimeRanges all = united(state.document->watched, state.newlyWatched);
    state.timeline->setWatched(all);
    state.checkPanel->setWatched(watchedFrames(all, state.document->source.frames, keptRange(*state.document)));
}

void ReviewPlace::flushWatched()
{
    State &state = *m_state;
    if (!state.session || !state.session->isOpen() || state.newlyWatched.empty())
        return;
    const TimeRanges all = united(state.session->document().watched, state.newlyWatched);
    state.newlyWatched.clear();
    if (all != state.session->document().watched)
        state.session->record(project::SetWatched{all});
}

void ReviewPlace::refreshActions()
{
    State &state = *m_state;
    const bool open = state.document != nullptr;
    for (QAction *action : state.actions.all())
        action->setEnabled(open);
    if (!open)
        return;
    ReviewActions &actions = state.actions;
    const project::ReviewDocument &document = *state.document;
    const QUndoStack *stack = state.session->undoStack();
    actions.undo->setEnabled(stack->canUndo());
    actions.redo->setEnabled(stack->canRedo());
    setActionTexts(*actions.undo, {stack->canUndo() ? tr("&Undo: %1").arg(stack->undoText()) : tr("&Undo"), {}});
    setActionTexts(*actions.redo, {stack->canRedo() ? tr("&Redo: %1").arg(stack->redoText()) : tr("&Redo"), {}});

    const base::Track *track = project::findTrack(document, state.selectedTrack);
    const Subject *subject = subjectOfTrack(state.subjects.subjects(), state.selectedTrack);
    const std::size_t chosen = state.subjectPanel->chosen().size();
    for (QAction *action : {actions.coverOthers, actions.dismiss, actions.rename, actions.addBox,
                            actions.followForwards, actions.followBackwards, actions.removeTrack, actions.split,
                            actions.extendBegin, actions.extendEnd, actions.previousStop, actions.nextStop})
        action->setEnabled(track != nullptr);
    actions.showSubject->setEnabled(track != nullptr);
    const bool shown = subject != nullptr && subject->decision.kind == base::DecisionKind::Show;
    setActionTexts(*actions.showSubject,
                   {shown ? tr("&Cover again") : tr("&Show…"), tr("Show or cover the chosen person or plate")});
    actions.showSubject->setIconText(shown ? tr("Cover") : tr("Show…"));
    const bool isDismissed = subject != nullptr && subject->decision.kind == base::DecisionKind::Dismissed;
    setActionTexts(*actions.dismiss, {isDismissed ? tr("It is one: &cover it") : tr("&Not a person or plate"),
                                      tr("A mistake of the search: nothing needs covering here")});
    actions.dismiss->setIconText(isDismissed ? tr("No mistake") : tr("Mistake"));
    for (std::size_t index = 0; index < actions.kinds.size(); ++index)
        actions.kinds[index]->setEnabled(track != nullptr && std::size_t(track->kind) != index);
    actions.merge->setEnabled(chosen >= 2);
    actions.suggestionYes->setEnabled(!state.suggestions.empty());
    actions.suggestionNo->setEnabled(!state.suggestions.empty());
    actions.merge->setVisible(true);
    const bool hasBox = track != nullptr && base::observationAt(*track, state.player.positionPts()) != nullptr;
    for (QAction *action : actions.nudges)
        action->setEnabled(hasBox);
    for (QAction *action : actions.resizes)
        action->setEnabled(hasBox);
    actions.removeBox->setEnabled(hasBox || state.selectedZone != 0);
    actions.addBox->setEnabled(track != nullptr && !hasBox);
    const bool hasSound = document.source.info.defaultAudioStream >= 0;
    for (QAction *action : {actions.mute, actions.keepSound, actions.listen})
        action->setEnabled(hasSound);
    actions.listen->setVisible(hasSound);
    actions.trimClear->setEnabled(document.settings.trim.has_value());
    actions.loop->setEnabled(state.timeline->selection().has_value() || actions.loop->isChecked());
    actions.zoneHere->setEnabled(state.selectedZone != 0);
    actions.saveZones->setEnabled(!document.zones.empty());
    actions.useZones->setEnabled(!state.offeredZones.empty());
    actions.nextCheck->setEnabled(state.checks.rowCount() > 0);
    actions.previousCheck->setEnabled(state.checks.rowCount() > 0);
    actions.checkFine->setEnabled(state.selectedCheck != 0);
    actions.checkFineAll->setEnabled(state.selectedCheck != 0);
    actions.checkCover->setEnabled(state.selectedCheck != 0);
    const WatchedFrames watched =
        watchedFrames(united(document.watched, state.newlyWatched), document.source.frames, keptRange(document));
    actions.nextUnwatched->setEnabled(!watched.isComplete() && state.clipUsable);
    setActionTexts(*actions.reviewed, {document.reviewed ? tr("Take back “&reviewed”") : tr("Mark as &reviewed"), {}});
    actions.reviewed->setIconText(document.reviewed ? tr("Take back") : tr("Mark reviewed"));
    actions.saveFrame->setEnabled(state.clipUsable);
    actions.exportLabels->setEnabled(state.clipUsable);
}

// --- what is on screen ----------------------------------------------------------------------------------------------

void ReviewPlace::connectPlaying()
{
    State &state = *m_state;
    Player &player = state.player;
    const ReviewActions &actions = state.actions;
    connect(&player, &Player::frameShown, this, &ReviewPlace::showFrame);
    connect(&player, &Player::positionChanged, this, [this] {
        m_state->timeline->setPosition(m_state->player.positionPts(), m_state->player.isPlaying());
        refreshTime();
    });
    connect(&player, &Player::playingChanged, this, [this](bool playing, double speed) {
        m_state->transport->setPlaying(playing, speed);
        if (!playing) {
            flushWatched();
            refreshActions();
        }
    });
    connect(&player, &Player::clockChanged, this, &ReviewPlace::updateSound);
    connect(&player, &Player::failed, this, [this](const base::Error &error) {
        // Nothing stays on screen whose cover is not certain.
        m_state->picture->setPicture({});
        m_state->picture->setMessage(errorText(error));
        m_state->anyShown = false;
    });
    connect(actions.playPause, &QAction::triggered, &player, &Player::togglePlaying);
    connect(actions.slower, &QAction::triggered, &player, &Player::slower);
    connect(actions.faster, &QAction::triggered, &player, &Player::faster);
    connect(actions.halfSpeed, &QAction::triggered, &player, [&player] { player.play(0.5); });
    connect(actions.frameBack, &QAction::triggered, &player, [&player] { player.step(-1); });
    connect(actions.frameForward, &QAction::triggered, &player, [&player] { player.step(1); });
    const auto second = [this](int direction) {
        const base::Rational base = m_state->document->source.info.timeBase;
        m_state->player.seekToTicks(m_state->player.positionPts() + direction * base::rescale(1, {1, 1}, base));
    };
    connect(actions.secondBack, &QAction::triggered, this, [second] { second(-1); });
    connect(actions.secondForward, &QAction::triggered, this, [second] { second(1); });
    connect(actions.first, &QAction::triggered, &player, [&player] { player.seek(0); });
    connect(actions.last, &QAction::triggered, &player,
            [&player] { player.seek(player.frameCount() == 0 ? 0 : player.frameCount() - 1); });
    connect(actions.previousStop, &QAction::triggered, this, [this] { goToStop(false); });
    connect(actions.nextStop, &QAction::triggered, this, [this] { goToStop(true); });
    connect(actions.loop, &QAction::toggled, this,
            [this](bool on) { m_state->player.setLoop(on ? m_state->timeline->selection() : std::nullopt); });
    connect(actions.listen, &QAction::toggled, this, &ReviewPlace::updateSound);
}

void ReviewPlace::connectLooking()
{
    State &state = *m_state;
    const ReviewActions &actions = state.actions;
    const auto choose = [this](ViewMode mode) {
        m_state->mode = mode;
        m_state->player.setCovered(mode != ViewMode::Original);
        applyViewMode();
    };
    connect(actions.viewCovered, &QAction::triggered, this, [choose] { choose(ViewMode::Covered); });
    connect(actions.viewOutlines, &QAction::triggered, this, [choose] { choose(ViewMode::Outlines); });
    connect(actions.viewOriginal, &QAction::triggered, this, [choose] { choose(ViewMode::Original); });
    connect(actions.zoomIn, &QAction::triggered, state.picture, &PictureView::zoomIn);
    connect(actions.zoomOut, &QAction::triggered, state.picture, &PictureView::zoomOut);
    connect(actions.zoomFit, &QAction::triggered, state.picture, &PictureView::zoomToFit);
    connect(actions.zoomPixels, &QAction::triggered, state.picture, &PictureView::zoomToPixels);
    connect(actions.timelineIn, &QAction::triggered, state.timeline, &TimelineView::zoomIn);
    connect(actions.timelineOut, &QAction::triggered, state.timeline, &TimelineView::zoomOut);
    connect(actions.timelineAll, &QAction::triggered, state.timeline, &TimelineView::showAll);
    connect(state.picture, &PictureView::zoomChanged, this,
            [this] { m_state->player.setDisplaySize(m_state->picture->displaySize()); });
    connect(state.picture, &PictureView::playWanted, &state.player, &Player::togglePlaying);
    connect(state.timeline, &TimelineView::playWanted, &state.player, &Player::togglePlaying);
    connect(state.timeline, &TimelineView::seekWanted, &state.player, &Player::seekToTicks);
    connect(state.timeline, &TimelineView::selectionChanged, this, [this] {
        if (m_state->actions.loop->isChecked())
            m_state->player.setLoop(m_state->timeline->selection());
        refreshActions();
    });
    connect(&state.context.theme, &Theme::changed, this, [this] {
        if (m_state->session && m_state->document)
            takeDocument(); // lanes carry the theme's colours
    });
    connect(state.empty, &EmptyPage::buttonClicked, this, &ReviewPlaceBase::clipsWanted);
}

void ReviewPlace::connectPanels()
{
    State &state = *m_state;
    connect(state.picture, &PictureView::pointed, this, [this](std::int64_t track) { selectTrack(track, false); });
    connect(state.picture, &PictureView::zonePointed, this, &ReviewPlace::selectZone);
    connect(state.timeline, &TimelineView::trackPointed, this,
            [this](std::int64_t track) { selectTrack(track, false); });
    connect(state.timeline, &TimelineView::zonePointed, this, &ReviewPlace::selectZone);
    connect(state.subjectPanel, &SubjectPanel::chosenChanged, this, [this] {
        const std::vector<std::int64_t> chosen = m_state->subjectPanel->chosen();
        if (chosen.size() == 1)
            goToSubject(chosen.front());
        else
            refreshActions();
    });
    connect(state.subjectPanel, &SubjectPanel::activated, this, &ReviewPlace::goToSubject);
    connect(state.checkPanel, &CheckPanel::chosenChanged, this, &ReviewPlace::goToCheck);
    connect(state.actions.nextCheck, &QAction::triggered, this, [this] { walkChecks(true); });
    connect(state.actions.previousCheck, &QAction::triggered, this, [this] { walkChecks(false); });
    connect(state.actions.nextUnwatched, &QAction::triggered, this, &ReviewPlace::playUnwatched);
}

void ReviewPlace::showFrame(const QImage &picture, const QImage &scaled, std::size_t index, bool covered)
{
    State &state = *m_state;
    if (!state.document || index >= state.document->source.frames.size())
        return;
    state.shownIndex = index;
    state.shownCovered = covered;
    if (!std::exchange(state.anyShown, true)) {
        // What can wait did, so that the first frame is there soon.
        makeThumbnails();
        loadSound();
        offerZones();
        lookForAlikes();
    }
    state.picture->setPicture(picture, scaled);
    applyViewMode();
    refreshFrame();
    if (covered && isVisible() && (!state.player.isPlaying() || std::abs(state.player.speed()) <= fastestWatching)) {
        const base::FrameTime &frame = state.document->source.frames[index];
        const base::TimeRange range{frame.pts, frame.pts + std::max<std::int64_t>(1, frame.duration)};
        const TimeRanges now = withRange(state.newlyWatched, range);
        if (now != state.newlyWatched) {
            state.newlyWatched = now;
            refreshWatched();
        }
    }
}

void ReviewPlace::applyViewMode()
{
    State &state = *m_state;
    // The view says what is on screen: while an original frame still stands there, so does the warning.
    const bool original = state.anyShown ? !state.shownCovered : state.mode == ViewMode::Original;
    state.picture->setMode(original                           ? ViewMode::Original
                           : state.mode == ViewMode::Original ? ViewMode::Covered
                                                              : state.mode);
}

void ReviewPlace::refreshFrame()
{
    State &state = *m_state;
    if (!state.document || state.document->source.frames.empty())
        return;
    const project::ReviewDocument &document = *state.document;
    const std::int64_t pts = document.source.frames[std::min(state.shownIndex, document.source.frames.size() - 1)].pts;
    const bool dark = true; // the picture always lies on darkness
    std::vector<PictureBox> boxes;
    const auto regions = state.plan ? state.plan->at(pts) : decltype(state.plan->at(pts)){};
    for (const base::Track &track : document.tracks) {
        const base::Observation *found = base::observationAt(track, pts);
        if (found == nullptr)
            continue;
        const Subject *subject = subjectOfTrack(state.subjects.subjects(), track.id);
        PictureBox box;
        box.track = track.id;
        box.box = found->box;
        box.name = subject != nullptr ? subject->name : QString();
        box.colour = subjectColour(subject != nullptr ? subject->id : track.id, dark);
        box.shown = track.decision.kind == base::DecisionKind::Show;
        box.dismissed = track.decision.kind == base::DecisionKind::Dismissed;
        box.guessed = !isSure(*found);
        box.selected = track.id == state.selectedTrack;
        const auto region = std::find_if(regions.begin(), regions.end(), [&track](const auto &one) {
            return one.track == track.id && one.origin != base::Origin::Zone;
        });
        if (region != regions.end())
            box.cover = region->region;
        boxes.push_back(std::move(box));
    }
    std::vector<PictureZone> zones;
    for (const base::Zone &zone : document.zones) {
        if (!zone.range || zone.range->contains(pts))
            zones.push_back({zone.id, zone.polygon, zone.id == state.selectedZone});
    }
    state.picture->setBoxes(std::move(boxes));
    state.picture->setZones(std::move(zones));
    // A thing to check about nobody who was found: where it is.
    const CheckEntry *check = state.checks.entry(state.checks.indexOf(state.selectedCheck));
    const bool marks = check != nullptr && check->track == 0 && check->pts == pts;
    state.picture->setMark(marks ? check->box : base::Rectangle(), marks ? check->title : QString());
}

void ReviewPlace::refreshTime()
{
    State &state = *m_state;
    if (!state.document)
        return;
    const project::SourceRecord &source = state.document->source;
    const base::TimeRange clip = wholeClip(source);
    const std::int64_t now = base::toMilliseconds(state.player.positionPts() - clip.begin, source.info.timeBase);
    QString wallClock;
    if (const auto &recorded = state.document->settings.recordedAt)
        wallClock =
            QLocale().toString(recorded->addMSecs(now + state.document->settings.clockOffsetMilliseconds).time(),
                               QStringLiteral("HH:mm:ss"));
    state.transport->setTime(
        base::formatMilliseconds(std::max<std::int64_t>(0, now)),
        base::formatMilliseconds(base::toMilliseconds(clip.end - clip.begin, source.info.timeBase)), wallClock,
        state.player.position());
}

void ReviewPlace::selectTrack(std::int64_t track, bool goThere)
{
    State &state = *m_state;
    state.selectedTrack = track;
    if (track != 0)
        state.selectedZone = 0;
    const Subject *subject = subjectOfTrack(state.subjects.subjects(), track);
    const std::vector<std::int64_t> chosen = state.subjectPanel->chosen();
    const std::int64_t id = subject != nullptr ? subject->id : 0;
    // A choice of several for merging is kept as long as it holds what is selected.
    if (chosen.size() < 2 || std::find(chosen.begin(), chosen.end(), id) == chosen.end())
        state.subjectPanel->choose(id);
    state.timeline->setSelectedTrack(track);
    if (goThere && subject != nullptr)
        state.player.seekToTicks(subject->range.begin);
    refreshFrame();
    refreshActions();
}

void ReviewPlace::selectZone(std::int64_t zone)
{
    m_state->selectedZone = zone;
    if (zone != 0)
        m_state->selectedTrack = 0;
    refreshFrame();
    refreshActions();
}

void ReviewPlace::goToSubject(std::int64_t id)
{
    State &state = *m_state;
    const Subject *subject = state.subjects.subject(state.subjects.indexOf(id));
    if (subject == nullptr)
        return;
    // Not away from where it can be seen already.
    const std::int64_t now = state.player.positionPts();
    selectTrack(subject->id, !subject->range.contains(now));
}

void ReviewPlace::goToCheck(const QModelIndex &index)
{
    State &state = *m_state;
    const CheckEntry *entry = state.checks.entry(index);
    state.selectedCheck = entry != nullptr ? entry->check : 0;
    if (entry != nullptr) {
        const std::int64_t pts = entry->pts;
        const std::int64_t track = entry->track;
        state.player.pause();
        state.player.seekToTicks(pts);
        selectTrack(track, false);
    }
    refreshActions();
}

void ReviewPlace::walkChecks(bool forwards)
{
    State &state = *m_state;
    const QModelIndex current = state.checkPanel->view()->currentIndex();
    QModelIndex next = state.checks.nextOpen(current.isValid() ? current.row() : -1, forwards);
    if (!next.isValid() && state.checks.rowCount() > 0)
        next = current.isValid() ? current : state.checks.index(0); // all settled: stay
    state.checkPanel->choose(next);
    goToCheck(next);
}

void ReviewPlace::goToStop(bool forwards)
{
    State &state = *m_state;
    const base::Track *track = project::findTrack(*state.document, state.selectedTrack);
    if (track == nullptr)
        return;
    const std::vector<std::int64_t> all = stops(shapeOf(*track, state.document->source.frames));
    const std::int64_t now = state.player.positionPts();
    if (forwards) {
        const auto next = std::upper_bound(all.begin(), all.end(), now);
        state.player.seekToTicks(next != all.end() ? *next : track->observations.back().pts);
    } else {
        const auto here = std::lower_bound(all.begin(), all.end(), now);
        if (here != all.begin())
            state.player.seekToTicks(*std::prev(here));
    }
}

void ReviewPlace::playUnwatched()
{
    State &state = *m_state;
    const TimeRanges left = unwatched(united(state.document->watched, state.newlyWatched),
                                      state.document->source.frames, keptRange(*state.document));
    if (left.empty())
        return;
    const std::int64_t now = state.player.positionPts();
    const auto next =
        std::find_if(left.begin(), left.end(), [now](const base::TimeRange &range) { return range.end > now; });
    state.actions.viewCovered->trigger();
    const base::TimeRange &range = next != left.end() ? *next : left.front();
    if (!range.contains(now))
        state.player.seekToTicks(range.begin);
    state.player.play(1.0);
}

void ReviewPlace::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_state->actions.retranslate();
        if (m_state->session && m_state->document)
            takeDocument();
    }
    ReviewPlaceBase::changeEvent(event);
}

void ReviewPlace::hideEvent(QHideEvent *event)
{
    m_state->player.pause();
    ReviewPlaceBase::hideEvent(event);
}

} // namespace doorveil::ui
