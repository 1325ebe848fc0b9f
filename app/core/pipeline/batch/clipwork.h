// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/result.h"
#include "pipeline/batch/batchfolder.h"
#include "pipeline/batch/batchplan.h"
#include "vision/detectorset.h"

#include <QString>

#include <functional>
#include <vector>

namespace doorveil::pipeline::batch {

struct ClipWorkSettings
{
    std::vector<base::FileIdentity> originals; ///< of all clips: none of them is ever written
    vision::DetectorChoice detectors = vision::DetectorChoice::Best;
    vision::DetectorChoice secondPass = vision::DetectorChoice::Best;
    std::function<void(const QString &)> notice;
};

/// One clip from beginning to end: record "started", analysis, rules, export with verification, report, project, record
/// of the result, which is given. What goes wrong with the clip is a record that says so. Errors are those that end the
/// batch: Cancelled (the record is then what it was before), and state that cannot be written.
[[nodiscard]] base::Result<ClipRecord> workOnClip(const PlannedClip &planned, BatchFolder &folder,
                                                  const ClipWorkSettings &settings,
                                                  const base::ProgressCallback &progress,
                                                  const base::CancelToken &cancel);

} // namespace doorveil::pipeline::batch
