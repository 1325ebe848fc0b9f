// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "pipeline/exportplan.h"
#include "pipeline/jobs.h"
#include "pipeline/source.h"

namespace doorveil::pipeline {

/// Checks (a), (b) and (c): the export is decoded once, by a fresh reader, and serves all three. `source` null leaves
/// out (a).
[[nodiscard]] base::Result<void> verifyFrames(const project::ReviewDocument &document, const ExportPlan &plan,
                                              const ClipFile &exported, const ClipFile *source, int crf,
                                              vision::DetectorChoice secondPass, const base::ProgressCallback &progress,
                                              const base::CancelToken &cancel, Verification &verification);

/// Check (d). `document`, where there is one, says whether there may be sound.
[[nodiscard]] CheckOutcome verifyContainer(const ClipFile &exported, const project::ReviewDocument *document);

/// Check (e).
[[nodiscard]] base::Result<CheckOutcome> verifySource(const ClipFile &source, const QString &expectedSha256,
                                                      const base::CancelToken &cancel);

/// What did not hold, as one sentence with times; empty where everything did.
[[nodiscard]] QString failureText(const project::ReviewDocument &document, const Verification &verification);

} // namespace doorveil::pipeline
