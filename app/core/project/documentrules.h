// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/reviewdocument.h"

/// What every review document fulfils, whoever made it: an analysis, an edit, or a file that somebody sent. An edit
/// that would break a rule is refused; a project file that breaks one is not opened.
namespace doorveil::project {

/// Bounds on what is read from a file or an edit. They lie far above real clips (a day at 30 fps has 2.6 million
/// frames) and far below what could exhaust memory.
namespace limits {
inline constexpr std::int64_t ticks = std::int64_t(1) << 61; ///< either sign; differences still fit 64 bits
inline constexpr int coordinate = 1 << 20; ///< pixels, either sign
inline constexpr std::size_t tracks = 100'000;
inline constexpr std::size_t observations = 10'000'000; ///< of all tracks together
inline constexpr std::size_t frames = 10'000'000;
inline constexpr std::size_t zones = 1'000;
inline constexpr std::size_t corners = 500;
inline constexpr std::size_t checks = 200'000;
inline constexpr std::size_t ranges = 100'000;
inline constexpr std::size_t losses = 1'000'000;
inline constexpr qsizetype labelLength = 200;
inline constexpr qsizetype textLength = 65'536; ///< a tag's value, a reason, a path
inline constexpr std::size_t listLength = 10'000; ///< tags, streams, detectors
} // namespace limits

[[nodiscard]] base::Result<void> validate(const base::TimeRange &range);
/// Sorted, disjoint and not touching, so that one set of times has one list.
[[nodiscard]] base::Result<void> validate(const std::vector<base::TimeRange> &ranges);
[[nodiscard]] base::Result<void> validate(const base::Observation &observation);
/// Strictly ascending pts; may be empty.
[[nodiscard]] base::Result<void> validate(const std::vector<base::Observation> &observations);
[[nodiscard]] base::Result<void> validate(const base::Track &track);
[[nodiscard]] base::Result<void> validate(const base::Zone &zone);
[[nodiscard]] base::Result<void> validate(const CheckItem &check);
[[nodiscard]] base::Result<void> validate(const ClipSettings &settings);
[[nodiscard]] base::Result<void> validate(const AnalysisRecord &analysis);
[[nodiscard]] base::Result<void> validate(const std::vector<base::FrameTime> &frames);
[[nodiscard]] base::Result<void> validateLabel(const QString &label);
[[nodiscard]] base::Result<void> validate(const ReviewDocument &document);

/// Null where there is none. The pointer is good until the document changes.
[[nodiscard]] const base::Track *findTrack(const ReviewDocument &document, std::int64_t id);
[[nodiscard]] const base::Zone *findZone(const ReviewDocument &document, std::int64_t id);
[[nodiscard]] const CheckItem *findCheck(const ReviewDocument &document, std::int64_t id);

/// Ids that are free: one more than the largest in use.
[[nodiscard]] std::int64_t nextTrackId(const ReviewDocument &document);
[[nodiscard]] std::int64_t nextZoneId(const ReviewDocument &document);
[[nodiscard]] std::int64_t nextCheckId(const ReviewDocument &document);

/// Whether a frame has exactly this pts. True for any pts while the frames are not known yet.
[[nodiscard]] bool isFrame(const ReviewDocument &document, std::int64_t pts);
/// The frame that is on screen at that time: the last one that begins at or before it. The first and the last frame
/// stand for times outside the clip; null while the frames are not known.
[[nodiscard]] const base::FrameTime *frameShownAt(const ReviewDocument &document, std::int64_t ticks);

/// A find of the second pass that nobody has settled. While there is one, nothing counts as reviewed (DESIGN
/// section 6).
[[nodiscard]] bool hasOpenFinds(const ReviewDocument &document);

/// The kind of a check that stands for a find of the second pass.
inline constexpr const char *verificationFind = "verification-find";

} // namespace doorveil::project
