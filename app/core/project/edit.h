// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/reviewdocument.h"

#include <QJsonObject>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace doorveil::project {

/// Edits are values with an inverse (DESIGN section 3). `apply` checks everything first and changes nothing where it
/// refuses; it gives the edit that takes it back.
struct AddTrack
{
    base::Track track;
    bool operator==(const AddTrack &) const = default;
};
/// Things to check about it go with it.
struct RemoveTrack
{
    std::int64_t track = 0;
    bool operator==(const RemoveTrack &) const = default;
};
/// Replaces or adds the observation of one frame.
struct MoveObservation
{
    std::int64_t track = 0;
    base::Observation observation;
    bool operator==(const MoveObservation &) const = default;
};
/// Never deletes the track: the last observation of a track cannot be removed this way.
struct RemoveObservation
{
    std::int64_t track = 0;
    std::int64_t pts = 0;
    bool operator==(const RemoveObservation &) const = default;
};
/// Replaces observations of a track in a range by others (following, extending, shortening a cover). The new ones lie
/// in the range; the track keeps at least one.
struct ReplaceObservations
{
    std::int64_t track = 0;
    base::TimeRange range;
    std::vector<base::Observation> observations;
    bool operator==(const ReplaceObservations &) const = default;
};
/// Observations from `pts` on become track `newTrack`, with the same kind, decision, style and label; things to check
/// from `pts` on go with them. Neither part may be empty.
struct SplitTrack
{
    std::int64_t track = 0;
    std::int64_t pts = 0;
    std::int64_t newTrack = 0;
    bool operator==(const SplitTrack &) const = default;
};
/// `merged` goes into `track` and is gone; things to check about it follow. Both have one kind. Where both have a frame
/// their boxes must overlap (one subject is in one place); a covered result takes both areas, else `track` keeps its
/// own. Decisions must agree or the result is covered.
struct MergeTracks
{
    std::int64_t track = 0;
    std::int64_t merged = 0;
    bool operator==(const MergeTracks &) const = default;
};
struct SetKind
{
    std::int64_t track = 0;
    base::TrackKind kind = base::TrackKind::Face;
    bool operator==(const SetKind &) const = default;
};
struct SetLabel
{
    std::int64_t track = 0;
    QString label;
    bool operator==(const SetLabel &) const = default;
};
struct SetDecision
{
    std::int64_t track = 0;
    base::Decision decision;
    bool operator==(const SetDecision &) const = default;
};
struct SetTrackStyle
{
    std::int64_t track = 0;
    std::optional<base::CoverStyle> style;
    bool operator==(const SetTrackStyle &) const = default;
};
struct AddZone
{
    base::Zone zone;
    bool operator==(const AddZone &) const = default;
};
struct RemoveZone
{
    std::int64_t zone = 0;
    bool operator==(const RemoveZone &) const = default;
};
struct ChangeZone
{
    base::Zone zone;
    bool operator==(const ChangeZone &) const = default;
};
struct SetTrim
{
    std::optional<base::TimeRange> trim;
    bool operator==(const SetTrim &) const = default;
};
struct MuteRange
{
    base::TimeRange range;
    bool operator==(const MuteRange &) const = default;
};
struct UnmuteRange
{
    base::TimeRange range;
    bool operator==(const UnmuteRange &) const = default;
};
struct SetClipSettings
{
    ClipSettings settings;
    bool operator==(const SetClipSettings &) const = default;
};
/// What verification found, as a thing to check. An open "verification-find" takes the reviewed state back.
struct AddCheck
{
    CheckItem check;
    bool operator==(const AddCheck &) const = default;
};
struct RemoveCheck
{
    std::int64_t check = 0;
    bool operator==(const RemoveCheck &) const = default;
};
struct ChangeCheck
{
    CheckItem check;
    bool operator==(const ChangeCheck &) const = default;
};
struct SettleCheck
{
    std::int64_t check = 0;
    bool settled = true;
    bool operator==(const SettleCheck &) const = default;
};
/// Sorted and disjoint.
struct SetWatched
{
    std::vector<base::TimeRange> watched;
    bool operator==(const SetWatched &) const = default;
};
/// Refused while a "verification-find" is open (DESIGN section 6).
struct SetReviewed
{
    bool reviewed = false;
    bool operator==(const SetReviewed &) const = default;
};
/// The clip has another place now. Refused unless the hash agrees.
struct RelinkSource
{
    QString path;
    QByteArray nativePath;
    QString sha256;
    bool operator==(const RelinkSource &) const = default;
};
/// The clip's frames, as the decoder gave them.
struct FrameRecord
{
    std::vector<base::FrameTime> frames;
    std::vector<base::Loss> losses;
    bool operator==(const FrameRecord &) const = default;
};
/// Analysing (again): replaces all tracks, checks and the analysis record in one reversible step (mergeAnalysis makes
/// it). Refused where it would alter manual observations or a decision, style or label of the owner. Takes the
/// reviewed state back.
struct SetAnalysis
{
    AnalysisRecord analysis;
    std::vector<base::Track> tracks;
    std::vector<CheckItem> checks;
    std::optional<FrameRecord> frames; ///< where they changed
    bool operator==(const SetAnalysis &) const = default;
};
/// Several edits as one step, applied in order, undone in reverse.
struct EditGroup;

using Edit =
    std::variant<AddTrack, RemoveTrack, MoveObservation, RemoveObservation, ReplaceObservations, SplitTrack,
                 MergeTracks, SetKind, SetLabel, SetDecision, SetTrackStyle, AddZone, RemoveZone, ChangeZone, SetTrim,
                 MuteRange, UnmuteRange, SetClipSettings, AddCheck, RemoveCheck, ChangeCheck, SettleCheck, SetWatched,
                 SetReviewed, RelinkSource, SetAnalysis, std::shared_ptr<const EditGroup>>;

struct EditGroup
{
    QString name;
    std::vector<Edit> edits;
};

/// Applies the edit and gives its exact inverse: applied next, it gives back an equal document. Edits that change
/// nothing are allowed. On an error the document is unchanged.
[[nodiscard]] base::Result<Edit> apply(ReviewDocument &document, const Edit &edit);

/// "AddTrack", "MoveObservation", … as the command line and the log name them; a group's own name, or "EditGroup".
[[nodiscard]] QString editName(const Edit &edit);

/// {"op": "MoveObservation", …}, the form of the edit log (docs/formats.md).
[[nodiscard]] QJsonObject toJson(const Edit &edit);
/// Refuses unknown operations and members, missing ones, and values out of bounds. Whether the edit fits a document
/// only apply() can say.
[[nodiscard]] base::Result<Edit> editFromJson(const QJsonObject &json);

} // namespace doorveil::project
