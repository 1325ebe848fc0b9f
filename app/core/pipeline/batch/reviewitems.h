// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/batch/cliprecord.h"
#include "pipeline/batch/policy.h"
#include "pipeline/exportplan.h"
#include "project/reviewdocument.h"

#include <vector>

namespace doorveil::pipeline::batch {

/// Where somebody has to look, as the rules want it, in order of time. Only what concerns the exported frames counts.
[[nodiscard]] std::vector<ReviewItem> reviewItems(const project::ReviewDocument &document, const ExportPlan &plan,
                                                  const ReviewRules &rules);

} // namespace doorveil::pipeline::batch
