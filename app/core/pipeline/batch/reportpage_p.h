// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "pipeline/batch/batchfolder.h"

#include <QByteArray>

#include <functional>
#include <vector>

namespace doorveil::pipeline::batch {

/// A picture of a covered clip for the page.
struct CoveredPicture
{
    std::int64_t atMilliseconds = 0; ///< of the export
    QByteArray jpeg;
};

/// Small pictures of a finished clip at these times (of the export), once a frame. Empty where the file is not the one
/// whose hash is given: only verified covers are shown.
[[nodiscard]] std::vector<CoveredPicture> coveredPictures(const std::filesystem::path &exported, const QString &sha256,
                                                          const std::vector<std::int64_t> &times,
                                                          const base::CancelToken &cancel);

/// The whole page through `write`, one clip at a time.
[[nodiscard]] base::Result<void> writeReportPage(const BatchFolder &folder,
                                                 const std::function<base::Result<void>(const QByteArray &)> &write,
                                                 const base::CancelToken &cancel);

} // namespace doorveil::pipeline::batch
