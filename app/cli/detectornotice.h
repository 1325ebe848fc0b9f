// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "project/reviewdocument.h"

namespace doorveil::cli {

/// What was found, what was lost, and, plainly, when the basic detectors had to do.
void sayAnalysis(Context &context, const project::ReviewDocument &document);

} // namespace doorveil::cli
