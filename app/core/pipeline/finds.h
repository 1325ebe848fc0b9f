// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <vector>

namespace doorveil::pipeline {

/// The finds with track ids that are free in the document (zones count: one number means one thing in a report).
[[nodiscard]] std::vector<base::Track> numberedFinds(const project::ReviewDocument &document,
                                                     const std::vector<base::Track> &finds);

/// Adds the finds as covered tracks.
void addFinds(project::ReviewDocument &document, const std::vector<base::Track> &finds);

} // namespace doorveil::pipeline
