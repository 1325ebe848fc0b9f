// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/edit.h"

/// Analysing again (DESIGN section 3): what a new analysis found goes into a document that somebody has worked on.
namespace doorveil::project {

/// The edit that adds a new analysis to a document. No find and nothing drawn is uncovered by it:
/// - subjects that are shown or dismissed stay exactly as they are. What was found again in the place of one
///   (IoU ≥ 0.3 in the same frame, one find each) belongs to it; anything else found is a new, covered track, so a
///   decision never spreads to frames or people it was not made for;
/// - covered tracks gain boxes in frames where they had none, and are refined where they had a guess: a find in the
/// same
///   place takes over. Two finds in one frame are covered together. Boxes drawn by the owner stay;
/// - what fits no track becomes a new one, covered and to check ("new-track");
/// - no track, check, zone, trim or mute goes away. `checks` (whose tracks are those of `tracks`) are added where there
///   is none of that kind for that track within a second.
[[nodiscard]] SetAnalysis mergeAnalysis(const ReviewDocument &document, const AnalysisRecord &analysis,
                                        const std::vector<base::Track> &tracks, const std::vector<CheckItem> &checks);

/// The same with a whole new document of the same clip; takes over its frames and losses where they differ and no box
/// stands on a frame that is gone.
[[nodiscard]] base::Result<SetAnalysis> mergeAnalysis(const ReviewDocument &document, const ReviewDocument &analysed);

} // namespace doorveil::project
