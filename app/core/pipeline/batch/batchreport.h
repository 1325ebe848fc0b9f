// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "pipeline/batch/batchfolder.h"

#include <QJsonObject>

#include <filesystem>
#include <optional>
#include <vector>

namespace doorveil::pipeline::batch {

struct BatchTotals
{
    std::int64_t clips = 0;
    std::int64_t done = 0;
    std::int64_t needReview = 0;
    std::int64_t failed = 0; ///< failed checks not counted
    std::int64_t checkFailed = 0;
    std::int64_t unfinished = 0;
};
[[nodiscard]] BatchTotals totalsOf(const std::vector<ClipRecord> &records);

/// Everything the records say, as one object. Nothing of when or where: the parts of a divided batch, merged, give the
/// same bytes as one run.
[[nodiscard]] QJsonObject batchReport(const std::vector<ClipRecord> &records);

/// Writes `batch-report.json` and `batch-report.html` into the folder, and the JSON to `copy`, too, where there is one.
/// The page holds small pictures of *finished, covered* clips at the places to look at, taken only from files that are
/// still the ones this batch wrote and verified.
[[nodiscard]] base::Result<void> writeBatchReport(const BatchFolder &folder,
                                                  const std::optional<std::filesystem::path> &copy,
                                                  const base::CancelToken &cancel);

/// The projects of a batch folder that somebody has to look at: those whose finished clip failed a check first, then by
/// name. Empty where the folder is none of a batch, or nothing needs a look.
[[nodiscard]] std::vector<std::filesystem::path> reviewQueue(const std::filesystem::path &folder);

[[nodiscard]] std::filesystem::path reportPage(const std::filesystem::path &folder);

} // namespace doorveil::pipeline::batch
