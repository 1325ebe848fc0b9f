// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "base/track.h"
#include "project/reviewdocument.h"

#include <vector>

namespace doorveil::pipeline {

/// Finds of the second pass hold where they were seen for a second before and after. Here they go along with what they
/// show instead, as far as the source's picture tells where it is; beyond that they hold where it was last. Where the
/// source cannot be decoded again, and beyond the first fifty, they stay as they are. The only error is Cancelled.
[[nodiscard]] base::Result<std::vector<base::Track>>
followFinds(const project::SourceRecord &source, std::vector<base::Track> finds, const base::CancelToken &cancel);

/// The finds with track ids that are free in the document (zones count: one number means one thing in a report).
[[nodiscard]] std::vector<base::Track> numberedFinds(const project::ReviewDocument &document,
                                                     const std::vector<base::Track> &finds);

/// Adds the finds as covered tracks.
void addFinds(project::ReviewDocument &document, const std::vector<base::Track> &finds);

} // namespace doorveil::pipeline
