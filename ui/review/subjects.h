// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"
#include "project/reviewdocument.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace doorveil::ui {

/// Somebody or something that the owner decides about: one track, or a face together with the body it belongs to, so
/// that one switch covers or shows both.
struct Subject
{
    std::int64_t id = 0; ///< of the leading track: the face where there is one
    std::vector<std::int64_t> tracks; ///< the leading one first
    base::TrackKind kind = base::TrackKind::Face; ///< of the leading track
    QString name; ///< the owner's label, or "Person 2", "Plate 1", "Area 1"
    base::Decision decision; ///< of all its tracks
    base::TimeRange range; ///< from its first to its last box
    float confidence = 0.0F; ///< best score of any find; 0 for what was only drawn
    bool drawn = false; ///< made by the owner
    base::Observation best; ///< the clearest view of it, for a thumbnail
    std::size_t openChecks = 0;

    bool operator==(const Subject &) const = default;
};

/// Subjects of a document: shown ones first, dismissed ones last, otherwise by first appearance.
///
/// A body goes with a face when the face lies in the upper part of its box in most of the frames that have both, when
/// no second face does so in the same frames, and when both have the same decision. Otherwise they are two subjects:
/// in doubt showing one does not show the other.
[[nodiscard]] std::vector<Subject> subjectsOf(const project::ReviewDocument &document);

/// The subject that a track belongs to; null where there is none.
[[nodiscard]] const Subject *subjectOfTrack(const std::vector<Subject> &subjects, std::int64_t track);

// Words for people.
[[nodiscard]] QString kindText(base::TrackKind kind);
[[nodiscard]] QString reasonText(base::ShowReason reason);
[[nodiscard]] QString consentText(base::ConsentStatus status);
[[nodiscard]] QString decisionText(const base::Decision &decision);
/// "12 s" or "1:02 min" long, "0:03–0:09", from the clip's first frame.
[[nodiscard]] QString shortTime(const project::SourceRecord &source, std::int64_t pts);
[[nodiscard]] QString timeRangeText(const project::SourceRecord &source, const base::TimeRange &range);

} // namespace doorveil::ui
