// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "itemmodels/checkmodel.h"
#include "itemmodels/subjectmodel.h"
#include "review/background.h"
#include "review/camerazones.h"
#include "review/checkpanel.h"
#include "review/pictureview.h"
#include "review/player.h"
#include "review/reviewactions.h"
#include "review/reviewnotice.h"
#include "review/reviewplace.h"
#include "review/soundoutput.h"
#include "review/subjectpanel.h"
#include "review/suggestioncard.h"
#include "review/suggestions.h"
#include "review/timelineview.h"
#include "review/transportbar.h"
#include "review/watchedtime.h"
#include "session/reviewsession.h"
#include "window/emptypage.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

namespace doorveil::ui {

struct ReviewPlace::State
{
    State(const WindowContext &windowContext, QWidget *place) : context(windowContext), actions(place) { }

    WindowContext context;
    ReviewActions actions;
    SubjectModel subjects;
    CheckModel checks;

    // Widgets, owned by the place.
    QStackedWidget *pages = nullptr;
    EmptyPage *empty = nullptr;
    QWidget *desk = nullptr;
    QSplitter *columns = nullptr;
    QSplitter *rows = nullptr;
    PictureView *picture = nullptr;
    TimelineView *timeline = nullptr;
    SubjectPanel *subjectPanel = nullptr;
    SuggestionCard *suggestionCard = nullptr;
    CheckPanel *checkPanel = nullptr;
    TransportBar *transport = nullptr;
    ReviewNotice *notice = nullptr;

    // What is open.
    std::unique_ptr<ReviewSession> session;
    std::shared_ptr<const project::ReviewDocument> document; ///< as the widgets show it
    std::shared_ptr<const redaction::CoverPlan> plan;
    Player player;
    SoundOutput sound;
    std::shared_ptr<const pipeline::ClipSound> soundSamples;
    bool clipUsable = false; ///< there, and not found to be another file

    // What is on screen and chosen.
    ViewMode mode = ViewMode::Covered;
    std::size_t shownIndex = 0;
    bool shownCovered = true;
    bool anyShown = false;
    std::int64_t selectedTrack = 0;
    std::int64_t selectedZone = 0;
    std::int64_t selectedCheck = 0;
    std::optional<std::int64_t> muteStart; ///< M was pressed here
    bool followDrawn = false; ///< the next new track is to be followed
    std::int64_t drawnTrack = 0;
    std::size_t drawnAt = 0; ///< index of the frame it was drawn in

    TimeRanges newlyWatched; ///< not on disk yet
    QTimer watchedTimer;

    // Work beside the window's thread.
    std::unique_ptr<Background> work; ///< of the open project: gone with it
    std::uint64_t planNumber = 0;
    QSet<std::int64_t> thumbnails; ///< asked for
    JobStatus job;
    base::CancelToken jobCancel;

    // Who looks alike. What is known of the open clip, and, until the program ends, of those whom other clips show.
    QSet<std::int64_t> compared; ///< asked for
    pipeline::Appearances appearances;
    std::vector<pipeline::AlikePair> alike;
    std::vector<Suggestion> suggestions; ///< open ones; the first is on the card
    QSet<QString> refusedSuggestions;
    std::vector<ShownElsewhere> shownElsewhere;
    std::int64_t lastElsewhere = 0;

    std::vector<CameraZone> offeredZones;
    QString zoneKey;
};

} // namespace doorveil::ui
