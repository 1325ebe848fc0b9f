// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <vector>

namespace doorveil::pipeline {

/// What the owner should look at after an analysis, in order of risk: stretches bridged without a find, tracks on weak
/// scores only, tracks that end in the middle of the picture, people without a face, frames decoded with errors.
/// Numbered from 1.
[[nodiscard]] std::vector<project::CheckItem> checkItems(const project::ReviewDocument &document);

} // namespace doorveil::pipeline
