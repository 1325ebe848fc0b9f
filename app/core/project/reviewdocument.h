// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/track.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

namespace doorveil::project {

/// Who looked, as stored: what vision::DetectorInfo says, without the dependency.
struct DetectorRecord
{
    QString id;
    QString version;
    QString sha256;
    QString kind; ///< its role: "face", "plate", "person", "vehicle"
    double threshold = 0.0; ///< score of a find that starts a track
    double aloneThreshold = 0.0; ///< score that one needs where nothing else is found on it; `threshold` and more
    QString licence;
    bool operator==(const DetectorRecord &) const = default;
};

/// The clip a document is about. Opened read-only, always.
struct SourceRecord
{
    QString path; ///< absolute, as the owner's system names it
    QByteArray nativePath; ///< the same in the file system's own bytes: names need not be UTF-8
    QString sha256;
    std::int64_t bytes = 0;
    base::ClipInfo info;
    std::vector<base::FrameTime> frames; ///< every shown frame, in order
    std::vector<base::Loss> losses;
    bool operator==(const SourceRecord &) const = default;
};

struct AnalysisRecord
{
    bool done = false;
    bool basic = false; ///< embedded detectors only
    std::vector<DetectorRecord> detectors;
    QString programVersion;
    bool operator==(const AnalysisRecord &) const = default;
};

/// The owner's choices that are not tracks or zones.
struct ClipSettings
{
    base::CoverStyle style = base::CoverStyle::Blur;
    base::CoverScope scope = base::CoverScope::Head;
    bool keepAudio = false;
    std::optional<base::TimeRange> trim; ///< ticks of the video time base
    std::vector<base::TimeRange> mutedRanges; ///< ticks of the video time base
    /// Set by the owner: the first frame's time by the camera's clock, with its offset from UTC. Without it there may
    /// be a guess (base/recordedtime.h).
    std::optional<QDateTime> recordedAt;
    std::int64_t clockOffsetMilliseconds = 0; ///< to be added to either, because the camera's clock was wrong
    bool operator==(const ClipSettings &) const = default;
};

/// Something that has to be looked at, made by verification or by the analysis.
struct CheckItem
{
    std::int64_t id = 0;
    QString kind; ///< "verification-find", "damaged-frames", "bridged-gap", "weak-score", "new-track",
                  ///< "track-ends-inside", "motion-uncovered", "person-without-face" (checks.h)
    std::int64_t track = 0; ///< 0 where it is about no track
    std::int64_t pts = 0;
    base::Rectangle box;
    bool settled = false;
    bool operator==(const CheckItem &) const = default;
};

/// Everything a project holds about one clip, as a value. No pixels, ever.
struct ReviewDocument
{
    SourceRecord source;
    AnalysisRecord analysis;
    std::vector<base::Track> tracks; ///< sorted by id
    std::vector<base::Zone> zones; ///< sorted by id
    ClipSettings settings;
    std::vector<CheckItem> checks; ///< sorted by id
    std::vector<base::TimeRange> watched; ///< ranges seen in covered view, sorted, disjoint
    bool reviewed = false; ///< set by the owner
    bool operator==(const ReviewDocument &) const = default;
};

} // namespace doorveil::project
