// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "pipeline/batch/policy.h"

#include <QString>

namespace doorveil::pipeline::batch {

/// What the machine brings to the work, as hashes: where one of them changes, clips are done again.
struct WorkIdentity
{
    QString program; ///< over version, this program's file and the worker's
    QString models; ///< over the ids and files of all usable models
};

/// Reads the programs and all model files.
[[nodiscard]] base::Result<WorkIdentity> currentWorkIdentity();

/// SHA-256 of the canonical form.
[[nodiscard]] QString rulesHash(const ClipRules &rules);

} // namespace doorveil::pipeline::batch
