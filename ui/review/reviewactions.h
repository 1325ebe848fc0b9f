// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"

#include "base/track.h"

#include <QList>

#include <array>

class QActionGroup;

namespace doorveil::ui {

/// Every action of the Review place, with its key. Owned by the place, which connects them; the window's menus and the
/// key sheet are made of menus().
struct ReviewActions
{
    explicit ReviewActions(QWidget *place);

    [[nodiscard]] QList<ActionMenu> menus() const;
    [[nodiscard]] QList<QAction *> all() const;
    void retranslate();

    // Playing.
    QAction *playPause, *slower, *faster, *halfSpeed, *frameBack, *frameForward, *secondBack, *secondForward;
    QAction *first, *last, *previousStop, *nextStop, *loop, *listen;
    // Looking.
    QAction *viewCovered, *viewOutlines, *viewOriginal, *zoomIn, *zoomOut, *zoomFit, *zoomPixels;
    QAction *timelineIn, *timelineOut, *timelineAll;
    // Who is shown.
    QAction *showSubject, *coverOthers, *dismiss, *rename, *merge, *suggestionYes, *suggestionNo;
    std::array<QAction *, 5> kinds{}; ///< by base::TrackKind
    // Boxes.
    QAction *undo, *redo, *drawBox, *addBox, *followForwards, *followBackwards, *removeBox, *removeTrack, *split;
    QAction *extendBegin, *extendEnd;
    std::array<QAction *, 4> nudges{}; ///< left, right, up, down
    std::array<QAction *, 4> resizes{}; ///< narrower, wider, lower, higher
    // Zones, sound, time.
    QAction *drawZone, *zoneHere, *saveZones, *useZones, *mute, *keepSound;
    QAction *trimIn, *trimOut, *trimClear, *recordedTime;
    std::array<QAction *, 3> styles{}; ///< by base::CoverStyle
    std::array<QAction *, 3> scopes{}; ///< by base::CoverScope
    // Checking.
    QAction *nextCheck, *previousCheck, *checkFine, *checkFineAll, *checkCover, *nextUnwatched, *reviewed;
    // The clip.
    QAction *saveFrame, *exportLabels, *relink;

private:
    QWidget *m_place;
};

} // namespace doorveil::ui
