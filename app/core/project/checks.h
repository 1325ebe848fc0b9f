// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <vector>

/// Things to check: where covering may have gone wrong, so that the owner looks there first.
namespace doorveil::project {

/// What the document itself tells, in order of risk, numbered from 1 and unsettled:
/// - "damaged-frames": frames decoded with errors, in which nobody may have been found;
/// - "bridged-gap": a stretch between two finds without one (longest first). Faces from 0.25 s on: shorter ones are
///   hidden by the boxes' margin; plates from 0.6 s and bodies from 0.75 s on, which are searched for less often. Not
///   for a body whose face was found meanwhile;
/// - "weak-score": a track whose best find is little over the detector's threshold (weakest first);
/// - "track-ends-inside": the first or the last find lies inside the picture and inside the clip, so the subject did
///   not just come or go (largest first);
/// - "person-without-face": a body in which no face was ever found (largest first).
/// Subjects that are shown or dismissed, and what the owner drew, are not listed. "motion-uncovered"
/// (pipeline/uncoveredmotion.h) and "verification-find" need pictures, "new-track" (mergeAnalysis) an analysis before;
/// they come from elsewhere.
[[nodiscard]] std::vector<CheckItem> checksFor(const ReviewDocument &document);

/// 0 is looked at first; unknown kinds come last.
[[nodiscard]] int riskRank(const QString &kind);

/// The document's things to check as a list to walk through: by rank, then by id.
[[nodiscard]] std::vector<CheckItem> inOrderOfRisk(const ReviewDocument &document);

} // namespace doorveil::project
