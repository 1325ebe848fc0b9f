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
/// Replaces observations of a track in a range by others (following, extending, shortening a cover).
struct ReplaceObservations
{
    std::int64_t track = 0;
    base::TimeRange range;
    std::vector<base::Observation> observations;
    bool operator==(const ReplaceObservations &) const = default;
};
/// Observations from `pts` on become track `newTrack`.
struct SplitTrack
{
    std::int64_t track = 0;
    std::int64_t pts = 0;
    std::int64_t newTrack = 0;
    bool operator==(const SplitTrack &) const = default;
};
/// `merged` goes into `track`; where both have a frame, `track` keeps its own. Decisions must agree or the result is
/// covered.
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
struct SettleCheck
{
    std::int64_t check = 0;
    bool settled = true;
    bool operator==(const SettleCheck &) const = default;
};
struct SetWatched
{
    std::vector<base::TimeRange> watched;
    bool operator==(const SetWatched &) const = default;
};
struct SetReviewed
{
    bool reviewed = false;
    bool operator==(const SetReviewed &) const = default;
};
/// Analysing (again): replaces detected tracks, checks and the analysis record in one reversible step; never touches
/// manual observations, decisions, zones, trim or mutes.
struct SetAnalysis
{
    AnalysisRecord analysis;
    std::vector<base::Track> tracks;
    std::vector<CheckItem> checks;
    bool operator==(const SetAnalysis &) const = default;
};
/// Several edits as one step, applied in order, undone in reverse.
struct EditGroup;

using Edit = std::variant<AddTrack, RemoveTrack, MoveObservation, RemoveObservation, ReplaceObservations, SplitTrack,
                          MergeTracks, SetKind, SetLabel, SetDecision, SetTrackStyle, AddZone, RemoveZone, ChangeZone,
                          SetTrim, MuteRange, UnmuteRange, SetClipSettings, SettleCheck, SetWatched, SetReviewed,
                          SetAnalysis, std::shared_ptr<const EditGroup>>;

struct EditGroup
{
    QString name;
    std::vector<Edit> edits;
};

/// Applies the edit and gives its inverse. On an error the document is unchanged.
[[nodiscard]] base::Result<Edit> apply(ReviewDocument &document, const Edit &edit);

/// "AddTrack", "MoveObservation", … as the command line and the log name them.
[[nodiscard]] QString editName(const Edit &edit);

[[nodiscard]] QJsonObject toJson(const Edit &edit);
[[nodiscard]] base::Result<Edit> editFromJson(const QJsonObject &json);

} // namespace doorveil::project
