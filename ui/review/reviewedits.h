// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/reviewdocument.h"
#include "review/subjects.h"

#include <QString>

#include <vector>

/// What the owner does in the Review place, as edits of the document with a name for the undo menu. Knows no widget.
/// Where something makes no sense the answer is an error whose message says why, in words for the owner.
namespace doorveil::ui {

struct PlannedEdit
{
    QString text; ///< "Cover Person 2"
    std::vector<project::Edit> edits; ///< one step; empty where there is nothing to do
};

using Plan = base::Result<PlannedEdit>;

// Who is shown.
[[nodiscard]] Plan planDecision(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                                const base::Decision &decision, const QString &name);
/// Everybody else is covered; what was dismissed stays dismissed. `shown` keeps its decision where it is shown already.
[[nodiscard]] Plan planCoverEveryoneExcept(const project::ReviewDocument &document,
                                           const std::vector<std::int64_t> &shown, const base::Decision &decision,
                                           const QString &name);
/// Covered subjects whose covers lie over somebody shown, with the first time: the cover wins there.
struct CoverOverShown
{
    std::int64_t cover = 0;
    std::int64_t shown = 0;
    std::int64_t pts = 0;
};
[[nodiscard]] std::vector<CoverOverShown> coversOverShown(const project::ReviewDocument &document);

// Boxes. `name` is the subject's, for the text.
/// Sets the box of one frame by hand. Guesses beside it (bridged, followed, held) follow it, up to the next box that
/// was found or set by hand; what was found stays.
[[nodiscard]] Plan planBox(const project::ReviewDocument &document, std::int64_t track, std::int64_t pts,
                           const base::Rectangle &box, const QString &name, bool resize);
/// Covers the track in a frame in which it has no box, where its nearest box is; gaps up to there that are no longer
/// than some seconds are bridged, so that no frame between two boxes set by hand is forgotten.
[[nodiscard]] Plan planAddBox(const project::ReviewDocument &document, std::int64_t track, std::int64_t pts,
                              const QString &name);
[[nodiscard]] Plan planRemoveBox(const project::ReviewDocument &document, std::int64_t track, std::int64_t pts,
                                 const QString &name);
[[nodiscard]] Plan planRemoveTracks(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                                    const QString &name);
/// A new covered track of one drawn box.
[[nodiscard]] Plan planDraw(const project::ReviewDocument &document, base::TrackKind kind, std::int64_t pts,
                            const base::Rectangle &box);
/// Takes over what following gave. Boxes that were found or set by hand stay as they are, and following stops mattering
/// behind the first of them: the track knew better from there.
[[nodiscard]] Plan planFollowed(const project::ReviewDocument &document, std::int64_t track,
                                const std::vector<base::Observation> &followed, bool backwards, const QString &name);
[[nodiscard]] Plan planSplit(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                             std::int64_t pts, const QString &name);
/// All into the first. Faces and heads get the first one's kind; a body cannot be merged with a face.
[[nodiscard]] Plan planMerge(const project::ReviewDocument &document, const std::vector<std::int64_t> &tracks,
                             const QString &name);
/// Holds the first (last) box to the clip's beginning (end).
[[nodiscard]] Plan planExtend(const project::ReviewDocument &document, std::int64_t track, bool toBeginning,
                              const QString &name);
[[nodiscard]] Plan planKind(const project::ReviewDocument &document, std::int64_t track, base::TrackKind kind,
                            const QString &name);
[[nodiscard]] Plan planLabel(const project::ReviewDocument &document, std::int64_t track, const QString &label);

// Zones, sound, trim, times.
[[nodiscard]] Plan planZone(const project::ReviewDocument &document, const base::Polygon &polygon,
                            std::optional<base::TimeRange> range, const QString &label);
[[nodiscard]] Plan planZoneRange(const project::ReviewDocument &document, std::int64_t zone,
                                 std::optional<base::TimeRange> range);
[[nodiscard]] Plan planRemoveZone(const project::ReviewDocument &document, std::int64_t zone);
[[nodiscard]] Plan planMute(const project::ReviewDocument &document, const base::TimeRange &range, bool mute);
[[nodiscard]] Plan planKeepSound(const project::ReviewDocument &document, bool keep);
/// Frames from `begin` (their pts) to before `end`; nothing for the whole clip.
[[nodiscard]] Plan planTrim(const project::ReviewDocument &document, std::optional<base::TimeRange> trim);
[[nodiscard]] Plan planStyle(const project::ReviewDocument &document, base::CoverStyle style);
[[nodiscard]] Plan planScope(const project::ReviewDocument &document, base::CoverScope scope);
[[nodiscard]] Plan planRecorded(const project::ReviewDocument &document, const std::optional<QDateTime> &recordedAt,
                                std::int64_t clockOffsetMilliseconds);

// Things to check.
enum class Settlement { Fine, Cover, Dismiss };
[[nodiscard]] Plan planSettle(const project::ReviewDocument &document, std::int64_t check, Settlement how,
                              const QString &what);
/// Everything open of the same kind about the same subject looks right: bridged gaps come in numbers.
[[nodiscard]] Plan planSettleAlike(const project::ReviewDocument &document, std::int64_t check, const QString &what);
/// Shown and settled in one step.
[[nodiscard]] Plan planSettleShown(const project::ReviewDocument &document, std::int64_t check,
                                   const base::Decision &decision, const QString &what);
[[nodiscard]] Plan planReopen(const project::ReviewDocument &document, std::int64_t check, const QString &what);
[[nodiscard]] Plan planReviewed(const project::ReviewDocument &document, bool reviewed);

/// The whole clip: from the first frame to the end of the last.
[[nodiscard]] base::TimeRange wholeClip(const project::SourceRecord &source);
/// The trim, or the whole clip.
[[nodiscard]] base::TimeRange keptRange(const project::ReviewDocument &document);

} // namespace doorveil::ui
