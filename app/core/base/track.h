// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::base {

/// All rectangles are in pixels of the displayed picture (rotation applied, pixel aspect not).

enum class TrackKind { Face, Head, Person, Plate, Region };

enum class Origin {
    Detected, ///< a detector found it in this frame
    Interpolated, ///< between two finds, the gap bridged
    Propagated, ///< followed from a neighbouring frame by the picture's motion
    Manual, ///< drawn or moved by the owner
    Extended, ///< held before the first or after the last find
    Verification, ///< found in the finished export by the second pass
    Zone, ///< a zone's bounding rectangle
};

struct Observation
{
    std::int64_t pts = 0; ///< of a frame, in the video stream's time base
    Rectangle box; ///< the subject itself, without dilation
    Origin origin = Origin::Detected;
    float score = 0.0F; ///< detector score in [0, 1]; 0 where nothing was found in this frame
    bool operator==(const Observation &) const = default;
};

enum class DecisionKind { Cover, Dismissed, Show };
enum class ShowReason { Owner, Household, Consented, RequestSubject, OwnVehicle, NotIdentifiable, OwnerDecision };
enum class ConsentStatus { Self, Given, Guardian, NotAsked, Refused, Unknown };

/// Covered unless shown. Reason and consent have a meaning for Show only.
struct Decision
{
    DecisionKind kind = DecisionKind::Cover;
    ShowReason reason = ShowReason::OwnerDecision;
    ConsentStatus consent = ConsentStatus::Unknown;
    bool operator==(const Decision &) const = default;
};

enum class CoverStyle { Blur, Solid, Mosaic };

/// Which part of a person is covered: the face as found, the whole head, or the whole body.
enum class CoverScope { Face, Head, Person };

/// One subject over time. Observations are sorted by pts, at most one a frame.
struct Track
{
    std::int64_t id = 0; ///< positive, unique in a clip
    TrackKind kind = TrackKind::Face;
    std::vector<Observation> observations;
    Decision decision;
    std::optional<CoverStyle> style; ///< overrides the clip's style
    QString label; ///< the owner's name for it; empty for none
    bool operator==(const Track &) const = default;
};

/// Found in this frame by a detector, of the analysis or of the second pass.
[[nodiscard]] bool isFind(const Observation &observation);
/// Found, or drawn by the owner: not guessed.
[[nodiscard]] bool isSure(const Observation &observation);
/// Of the frame with these pts; null where the track has none. Valid until the track changes.
[[nodiscard]] const Observation *observationAt(const Track &track, std::int64_t pts);

/// Half open: [begin, end) in ticks of the video stream's time base.
struct TimeRange
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
    [[nodiscard]] bool contains(std::int64_t ticks) const { return ticks >= begin && ticks < end; }
    bool operator==(const TimeRange &) const = default;
};

/// An area that is always covered, for a time range or (without one) the whole clip.
struct Zone
{
    std::int64_t id = 0;
    Polygon polygon;
    std::optional<TimeRange> range;
    QString label;
    bool operator==(const Zone &) const = default;
};

/// One shown source frame of a clip, in order; the basis of indices, of matching and of the export's timing.
struct FrameTime
{
    std::int64_t pts = 0;
    std::int64_t duration = 0; ///< until the next frame; the last frame's own
    bool damaged = false;
    bool operator==(const FrameTime &) const = default;
};

// The words of the formats and the command line (DESIGN section 3). Parsing gives nothing for any other text.
[[nodiscard]] QString toText(TrackKind kind);
[[nodiscard]] QString toText(Origin origin);
[[nodiscard]] QString toText(DecisionKind kind);
[[nodiscard]] QString toText(ShowReason reason);
[[nodiscard]] QString toText(ConsentStatus status);
[[nodiscard]] QString toText(CoverStyle style);
[[nodiscard]] QString toText(CoverScope scope);
[[nodiscard]] std::optional<TrackKind> trackKindFromText(const QString &text);
[[nodiscard]] std::optional<Origin> originFromText(const QString &text);
[[nodiscard]] std::optional<DecisionKind> decisionKindFromText(const QString &text);
[[nodiscard]] std::optional<ShowReason> showReasonFromText(const QString &text);
[[nodiscard]] std::optional<ConsentStatus> consentStatusFromText(const QString &text);
[[nodiscard]] std::optional<CoverStyle> coverStyleFromText(const QString &text);
[[nodiscard]] std::optional<CoverScope> coverScopeFromText(const QString &text);

} // namespace doorveil::base
