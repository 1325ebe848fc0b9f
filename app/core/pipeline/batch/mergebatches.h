// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "pipeline/batch/batchreport.h"

#include <QStringList>

#include <filesystem>
#include <vector>

namespace doorveil::pipeline::batch {

struct MergeResult
{
    BatchTotals totals; ///< of everything in the target
    std::int64_t added = 0; ///< clips that came in
    QStringList problems; ///< clips that were left out, each with the reason; all others are in
    QStringList missingParts; ///< "2/3": parts that no folder holds
};

/// Puts the outputs and records of the folders into `target`, which may be one of them, and writes its report anew. The
/// sources are only read. Every clip is checked against its record's hash before it is copied. Usage where a folder is
/// no batch folder or is in use.
[[nodiscard]] base::Result<MergeResult> mergeBatches(const std::vector<std::filesystem::path> &folders,
                                                     const std::filesystem::path &target,
                                                     const base::CancelToken &cancel);

} // namespace doorveil::pipeline::batch
