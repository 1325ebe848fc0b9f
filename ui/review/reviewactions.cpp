// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewactions.h"

#include "actions.h"

#include <QActionGroup>
#include <QCoreApplication>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::ReviewActions)
};

QKeySequence key(QKeyCombination code)
{
    return QKeySequence(code);
}

} // namespace

ReviewActions::ReviewActions(QWidget *place) : m_place(place)
{
    const auto make = [place](const char *name, const QList<QKeySequence> &keys = {}, const char *icon = "") {
        QAction *action = makeAction(place, QString::fromLatin1(name), {}, keys, QString::fromLatin1(icon));
        place->addAction(action); // its key works while the place is in view
        return action;
    };
    playPause = make("playPause", {key(Qt::Key_K)}, "play");
    slower = make("slower", {key(Qt::Key_J)});
    faster = make("faster", {key(Qt::Key_L)});
    halfSpeed = make("halfSpeed", {key(Qt::SHIFT | Qt::Key_L)});
    frameBack = make("frameBack", {key(Qt::Key_Left)}, "frame-back");
    frameForward = make("frameForward", {key(Qt::Key_Right)}, "frame-forward");
    secondBack = make("secondBack", {key(Qt::SHIFT | Qt::Key_Left)});
    secondForward = make("secondForward", {key(Qt::SHIFT | Qt::Key_Right)});
    first = make("firstFrame", {key(Qt::Key_Home)}, "skip-back");
    last = make("lastFrame", {key(Qt::Key_End)}, "skip-forward");
    previousStop = make("previousKeyframe", {key(Qt::Key_Comma)});
    nextStop = make("nextKeyframe", {key(Qt::Key_Period)});
    loop = make("loop", {key(Qt::Key_R)}, "loop");
    loop->setCheckable(true);
    listen = make("listen", {key(Qt::SHIFT | Qt::Key_M)}, "sound");
    listen->setCheckable(true);

    auto *views = new QActionGroup(place);
    viewCovered = make("viewCovered", {key(Qt::Key_1)});
    viewOutlines = make("viewOutlines", {key(Qt::Key_2)});
    viewOriginal = make("viewOriginal", {key(Qt::Key_3)});
    for (QAction *view : {viewCovered, viewOutlines, viewOriginal}) {
        view->setCheckable(true);
        views->addAction(view);
    }
    viewCovered->setChecked(true);
    zoomIn = make("zoomIn", {key(Qt::Key_Plus), key(Qt::Key_Equal)}, "zoom-in");
    zoomOut = make("zoomOut", {key(Qt::Key_Minus)}, "zoom-out");
    zoomFit = make("zoomFit", {key(Qt::Key_0)}, "fit");
    zoomPixels = make("zoomPixels", {key(Qt::SHIFT | Qt::Key_0)});
    timelineIn = make("timelineIn", {key(Qt::CTRL | Qt::Key_Plus), key(Qt::CTRL | Qt::Key_Equal)});
    timelineOut = make("timelineOut", {key(Qt::CTRL | Qt::Key_Minus)});
    timelineAll = make("timelineAll", {key(Qt::CTRL | Qt::Key_0)});

    showSubject = make("showSubject", {key(Qt::Key_S)});
    coverOthers = make("coverOthers", {key(Qt::Key_E)});
    dismiss = make("dismissSubject", {key(Qt::Key_W)});
    rename = make("renameSubject", {key(Qt::Key_F2)});
    merge = make("mergeSubjects", {key(Qt::Key_G)});
    suggestionYes = make("suggestionYes", {key(Qt::Key_Y)});
    suggestionNo = make("suggestionNo", {key(Qt::SHIFT | Qt::Key_Y)});
    static constexpr std::array<const char *, 5> kindNames{"kindFace", "kindHead", "kindPerson", "kindPlate",
                                                           "kindRegion"};
    for (std::size_t index = 0; index < kinds.size(); ++index)
        kinds[index] = make(kindNames[index]);

    undo = make("undo", {key(Qt::CTRL | Qt::Key_Z)}, "undo");
    redo = make("redo", {key(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), key(Qt::CTRL | Qt::Key_Y)}, "redo");
    drawBox = make("drawBox", {key(Qt::Key_D)}, "draw");
    drawBox->setCheckable(true);
    addBox = make("addBox", {key(Qt::Key_A)});
    followForwards = make("followForwards", {key(Qt::Key_F)});
    followBackwards = make("followBackwards", {key(Qt::Key_B)});
    removeBox = make("removeBox", {key(Qt::Key_Delete)});
    removeTrack = make("removeTrack", {key(Qt::SHIFT | Qt::Key_Delete)});
    split = make("splitTrack", {key(Qt::Key_X)});
    extendBegin = make("extendToBeginning", {key(Qt::SHIFT | Qt::Key_Home)});
    extendEnd = make("extendToEnd", {key(Qt::SHIFT | Qt::Key_End)});
    static constexpr std::array<Qt::Key, 4> arrows{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down};
    static constexpr std::array<const char *, 4> nudgeNames{"nudgeLeft", "nudgeRight", "nudgeUp", "nudgeDown"};
    static constexpr std::array<const char *, 4> resizeNames{"narrower", "wider", "lower", "higher"};
    for (std::size_t index = 0; index < arrows.size(); ++index) {
        nudges[index] = make(nudgeNames[index], {key(Qt::ALT | arrows[index])});
        resizes[index] = make(resizeNames[index], {key(Qt::ALT | Qt::SHIFT | arrows[index])});
    }

    drawZone = make("drawZone", {key(Qt::Key_Z)}, "zone");
    drawZone->setCheckable(true);
    zoneHere = make("zoneHere");
    saveZones = make("saveZones");
    useZones = make("useZones");
    mute = make("muteRange", {key(Qt::Key_M)}, "sound-off");
    keepSound = make("keepSound");
    keepSound->setCheckable(true);
    trimIn = make("trimIn", {key(Qt::Key_I)}, "trim-in");
    trimOut = make("trimOut", {key(Qt::Key_O)}, "trim-out");
    trimClear = make("trimClear", {key(Qt::SHIFT | Qt::Key_I)});
    recordedTime = make("recordedTime");
    auto *styleGroup = new QActionGroup(place);
    static constexpr std::array<const char *, 3> styleNames{"styleBlur", "styleSolid", "styleMosaic"};
    auto *scopeGroup = new QActionGroup(place);
    static constexpr std::array<const char *, 3> scopeNames{"scopeFace", "scopeHead", "scopePerson"};
    for (std::size_t index = 0; index < styles.size(); ++index) {
        styles[index] = make(styleNames[index]);
        styles[index]->setCheckable(true);
        styleGroup->addAction(styles[index]);
        scopes[index] = make(scopeNames[index]);
        scopes[index]->setCheckable(true);
        scopeGroup->addAction(scopes[index]);
    }

    nextCheck = make("nextCheck", {key(Qt::Key_N)}, "next");
    previousCheck = make("previousCheck", {key(Qt::Key_P)}, "previous");
    checkFine = make("checkFine", {key(Qt::Key_Return), key(Qt::Key_Enter)});
    checkFineAll = make("checkFineAll", {key(Qt::SHIFT | Qt::Key_Return), key(Qt::SHIFT | Qt::Key_Enter)});
    checkCover = make("checkCover", {key(Qt::Key_C)});
    nextUnwatched = make("nextUnwatched", {key(Qt::Key_U)});
    reviewed = make("markReviewed", {key(Qt::CTRL | Qt::Key_Return)}, "eye-check");

    saveFrame = make("saveFrame", {key(Qt::CTRL | Qt::SHIFT | Qt::Key_P)});
    exportLabels = make("exportLabels");
    relink = make("relinkClip");
    retranslate();
}

void ReviewActions::retranslate()
{
    setActionTexts(*playPause, {Words::tr("&Play or pause"), {}});
    setActionTexts(*slower, {Words::tr("&Slower, then backwards"), {}});
    setActionTexts(*faster, {Words::tr("&Faster"), {}});
    setActionTexts(*halfSpeed, {Words::tr("&Half speed"), {}});
    setActionTexts(*frameBack, {Words::tr("One frame &back"), {}});
    setActionTexts(*frameForward, {Words::tr("One frame f&orward"), {}});
    setActionTexts(*secondBack, {Words::tr("One second back"), {}});
    setActionTexts(*secondForward, {Words::tr("One second forward"), {}});
    setActionTexts(*first, {Words::tr("First frame"), {}});
    setActionTexts(*last, {Words::tr("Last frame"), {}});
    setActionTexts(*previousStop, {Words::tr("Previous change of the cover"),
                                   Words::tr("To where the chosen cover begins, changes or was set by hand before")});
    setActionTexts(*nextStop, {Words::tr("Next change of the cover"),
                               Words::tr("To where the chosen cover begins, changes or was set by hand next")});
    setActionTexts(*loop, {Words::tr("&Repeat the chosen stretch"),
                           Words::tr("Play the stretch chosen in the timeline over and over")});
    setActionTexts(*listen, {Words::tr("&Listen"), Words::tr("Hear the clip while it plays")});

    setActionTexts(*viewCovered, {Words::tr("&Covered"), Words::tr("As the copy will look")});
    setActionTexts(*viewOutlines,
                   {Words::tr("&Outlines"), Words::tr("As the copy will look, with every cover outlined")});
    setActionTexts(*viewOriginal, {Words::tr("Ori&ginal"), Words::tr("As it was filmed: people are visible")});
    setActionTexts(*zoomIn, {Words::tr("Zoom &in"), {}});
    setActionTexts(*zoomOut, {Words::tr("Zoom o&ut"), {}});
    setActionTexts(*zoomFit, {Words::tr("&Whole picture"), {}});
    setActionTexts(*zoomPixels, {Words::tr("&Every pixel"), Words::tr("One picture pixel a screen pixel")});
    setActionTexts(*timelineIn, {Words::tr("Stretch the timeline"), {}});
    setActionTexts(*timelineOut, {Words::tr("Shrink the timeline"), {}});
    setActionTexts(*timelineAll, {Words::tr("Whole clip in the timeline"), {}});

    setActionTexts(*showSubject, {Words::tr("&Show…"), Words::tr("Show or cover the chosen person or plate")});
    setActionTexts(*coverOthers,
                   {Words::tr("Cover everyone &except…"), Words::tr("Show the chosen one and cover everybody else")});
    setActionTexts(*dismiss, {Words::tr("&Not a person or plate"),
                              Words::tr("A mistake of the search: nothing needs covering here")});
    setActionTexts(*rename, {Words::tr("Na&me…"), Words::tr("Give the chosen one a name of your own")});
    setActionTexts(*merge, {Words::tr("Same person: &merge"), Words::tr("The chosen entries are one person or car")});
    setActionTexts(*suggestionYes, {Words::tr("&Yes, the same person"),
                                    Words::tr("Yes to the question about two people who are dressed alike")});
    setActionTexts(*suggestionNo, {Words::tr("No, &another person"),
                                   Words::tr("No to the question about two people who are dressed alike")});
    setActionTexts(*kinds[0], {Words::tr("This is a face"), {}});
    setActionTexts(*kinds[1], {Words::tr("This is a head"), {}});
    setActionTexts(*kinds[2], {Words::tr("This is a whole person"), {}});
    setActionTexts(*kinds[3], {Words::tr("This is a licence plate"), {}});
    setActionTexts(*kinds[4], {Words::tr("This is another area"), {}});

    setActionTexts(*undo, {Words::tr("&Undo"), {}});
    setActionTexts(*redo, {Words::tr("&Redo"), {}});
    setActionTexts(*drawBox, {Words::tr("&Draw a cover"), Words::tr("Drag over a head or plate; it is then followed")});
    setActionTexts(*addBox, {Words::tr("Cover it &here too"),
                             Words::tr("Add the chosen cover to this frame; move it with the mouse")});
    setActionTexts(*followForwards, {Words::tr("&Follow forwards"), Words::tr("Follow the chosen cover from here on")});
    setActionTexts(*followBackwards,
                   {Words::tr("Follow &backwards"), Words::tr("Follow the chosen cover back from here")});
    setActionTexts(*removeBox, {Words::tr("Remove in this frame"),
                                Words::tr("Remove the chosen cover or zone from this frame only")});
    setActionTexts(*removeTrack, {Words::tr("Remove altogether"), Words::tr("Remove the chosen cover from the clip")});
    setActionTexts(*split, {Words::tr("&Split here"), Words::tr("From this frame on it is somebody else")});
    setActionTexts(*extendBegin, {Words::tr("Cover from the beginning"),
                                  Words::tr("Hold the first box of the chosen cover back to the clip's beginning")});
    setActionTexts(*extendEnd, {Words::tr("Cover to the end"),
                                Words::tr("Hold the last box of the chosen cover to the clip's end")});
    setActionTexts(*nudges[0], {Words::tr("Move left"), {}});
    setActionTexts(*nudges[1], {Words::tr("Move right"), {}});
    setActionTexts(*nudges[2], {Words::tr("Move up"), {}});
    setActionTexts(*nudges[3], {Words::tr("Move down"), {}});
    setActionTexts(*resizes[0], {Words::tr("Narrower"), {}});
    setActionTexts(*resizes[1], {Words::tr("Wider"), {}});
    setActionTexts(*resizes[2], {Words::tr("Less high"), {}});
    setActionTexts(*resizes[3], {Words::tr("Higher"), {}});

    setActionTexts(*drawZone,
                   {Words::tr("Draw a &zone"), Words::tr("An area that is always covered: a window, a house number")});
    setActionTexts(*zoneHere, {Words::tr("Limit the zone to the chosen stretch"), {}});
    setActionTexts(*saveZones, {Words::tr("Keep these zones for this camera"), {}});
    setActionTexts(*useZones, {Words::tr("Use the zones of this camera"), {}});
    setActionTexts(*mute, {Words::tr("&Mute or unmute the chosen stretch"),
                           Words::tr("Without a stretch: from here, and again to here")});
    setActionTexts(*keepSound, {Words::tr("&Keep the sound in the copy"), {}});
    setActionTexts(*trimIn, {Words::tr("Keep from &here"), Words::tr("What is before this frame is left out")});
    setActionTexts(*trimOut, {Words::tr("Keep &to here"), Words::tr("What is after this frame is left out")});
    setActionTexts(*trimClear, {Words::tr("Keep the whole clip"), {}});
    setActionTexts(*recordedTime, {Words::tr("Recorded &time…"), Words::tr("When this clip was recorded")});
    setActionTexts(*styles[0], {Words::tr("Cover by &blur"), {}});
    setActionTexts(*styles[1], {Words::tr("Cover by a &grey area"), {}});
    setActionTexts(*styles[2], {Words::tr("Cover by &mosaic"), {}});
    setActionTexts(*scopes[0], {Words::tr("Cover the &face only"), {}});
    setActionTexts(*scopes[1], {Words::tr("Cover the whole &head"), {}});
    setActionTexts(*scopes[2], {Words::tr("Cover the whole &person"), {}});

    setActionTexts(*nextCheck, {Words::tr("&Next thing to check"), {}});
    setActionTexts(*previousCheck, {Words::tr("&Previous thing to check"), {}});
    setActionTexts(*checkFine, {Words::tr("&Looks right"), Words::tr("This is covered as it should be")});
    setActionTexts(*checkFineAll, {Words::tr("&All like this look right"),
                                   Words::tr("Settle everything of this kind about this person or plate")});
    setActionTexts(*checkCover, {Words::tr("&Cover"), Words::tr("Cover this, and settle it")});
    setActionTexts(*nextUnwatched, {Words::tr("&Watch what is left"),
                                    Words::tr("Play the next part that you have not watched as covered")});
    setActionTexts(*reviewed, {Words::tr("Mark as &reviewed"), {}});
    setActionTexts(*saveFrame, {Words::tr("Save this frame as a p&icture…"), Words::tr("With everything covered")});
    setActionTexts(*exportLabels, {Words::tr("Save where everybody is (&labels)…"),
                                   Words::tr("A file for measuring how well Doorveil finds people and plates")});
    setActionTexts(*relink, {Words::tr("&Find the clip…"), Words::tr("Tell Doorveil where the clip is now")});

    // Short words for buttons.
    checkFine->setIconText(Words::tr("Looks right (Enter)"));
    checkCover->setIconText(Words::tr("Cover"));
    showSubject->setIconText(Words::tr("Show…"));
    dismiss->setIconText(Words::tr("Mistake"));
    nextUnwatched->setIconText(Words::tr("Watch the rest"));
    drawBox->setIconText(Words::tr("Draw a cover (D)"));
    drawZone->setIconText(Words::tr("Zone"));
    coverOthers->setIconText(Words::tr("Show only this one… (E)"));
    merge->setIconText(Words::tr("Same person: merge (G)"));
    suggestionYes->setIconText(Words::tr("Yes"));
    suggestionNo->setIconText(Words::tr("No"));
    viewCovered->setIconText(Words::tr("Covered"));
    viewOutlines->setIconText(Words::tr("Outlines"));
    viewOriginal->setIconText(Words::tr("Original"));
}

QList<ActionMenu> ReviewActions::menus() const
{
    return {
        {QStringLiteral("editMenu"),
         Words::tr("&Edit"),
         {undo,        redo,      nullptr,    drawBox,    addBox,      followForwards, followBackwards, nullptr,
          extendBegin, extendEnd, split,      removeBox,  removeTrack, nullptr,        nudges[0],       nudges[1],
          nudges[2],   nudges[3], resizes[0], resizes[1], resizes[2],  resizes[3]}},
        {QStringLiteral("subjectMenu"),
         Words::tr("&People"),
         {showSubject, coverOthers, dismiss, merge, rename, nullptr, suggestionYes, suggestionNo, nullptr, kinds[0],
          kinds[1], kinds[2], kinds[3], kinds[4]}},
        {QStringLiteral("checkMenu"),
         Words::tr("&Check"),
         {nextCheck, previousCheck, nullptr, checkFine, checkFineAll, checkCover, nullptr, nextUnwatched, reviewed}},
        {QStringLiteral("playMenu"),
         Words::tr("P&lay"),
         {playPause, slower, faster, halfSpeed, nullptr, frameBack, frameForward, secondBack, secondForward, first,
          last, previousStop, nextStop, nullptr, loop, listen}},
        {QStringLiteral("clipMenu"),
         Words::tr("&Clip"),
         {trimIn,    trimOut,   trimClear, nullptr, keepSound,    mute,      nullptr,      drawZone,
          zoneHere,  saveZones, useZones,  nullptr, styles[0],    styles[1], styles[2],    nullptr,
          scopes[0], scopes[1], scopes[2], nullptr, recordedTime, saveFrame, exportLabels, relink}},
        {QStringLiteral("pictureMenu"),
         Words::tr("Pict&ure"),
         {viewCovered, viewOutlines, viewOriginal, nullptr, zoomIn, zoomOut, zoomFit, zoomPixels, nullptr, timelineIn,
          timelineOut, timelineAll}},
    };
}

QList<QAction *> ReviewActions::all() const
{
    QList<QAction *> actions;
    for (const ActionMenu &menu : menus()) {
        for (QAction *action : menu.actions) {
            if (action != nullptr)
                actions += action;
        }
    }
    return actions;
}

} // namespace doorveil::ui
