// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "pipeline/batch/batchfolder.h"
#include "pipeline/batch/batchplan.h"
#include "pipeline/batch/batchreport.h"
#include "pipeline/batch/policy.h"
#include "vision/detectorset.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

namespace doorveil::pipeline::batch {

struct BatchParameters
{
    std::vector<std::filesystem::path> inputs;
    std::filesystem::path output;
    Policy policy;
    std::optional<std::filesystem::path> policyFile; ///< never written to
    std::optional<int> jobs; ///< clips at a time; else the policy's, else half of the processors
    bool resume = false;
    std::optional<Shard> shard;
    bool watch = false; ///< go on with what appears below the inputs, until cancelled
    std::optional<std::filesystem::path> report; ///< a copy of the JSON report
    std::chrono::milliseconds pollInterval{2000}; ///< between two looks at the inputs while watching
    vision::DetectorChoice detectors = vision::DetectorChoice::Best;
    vision::DetectorChoice secondPass = vision::DetectorChoice::Best;
};

/// Follows a batch. Called from the threads that work, never two calls at once; must not block for long.
class BatchListener
{
public:
    BatchListener() = default;
    virtual ~BatchListener() = default;
    BatchListener(const BatchListener &) = delete;
    BatchListener &operator=(const BatchListener &) = delete;

    virtual void notice(const QString &text) = 0;
    virtual void hashing(std::size_t done, std::size_t total) = 0;
    /// What is going to be done in this round; clips without work are in it, too.
    virtual void planned(const std::vector<PlannedClip> &clips) = 0;
    virtual void started(const PlannedClip &clip) = 0;
    virtual void progressed(const PlannedClip &clip, const base::Progress &progress) = 0;
    virtual void finished(const PlannedClip &clip, const ClipRecord &record) = 0;
    /// Nothing is to be done; whoever watches waits for more.
    virtual void waiting() = 0;
};

/// Works through all clips; one that fails never stops the rest. Ends with the report. The totals are of the clips of
/// this run, those that were done before included. Errors: Usage and inputs before anything is begun, Cancelled (what
/// was under way is called off, what was finished stays), and state that cannot be written.
[[nodiscard]] base::Result<BatchTotals> runBatch(const BatchParameters &parameters, BatchListener &listener,
                                                 const base::CancelToken &cancel);

/// The plan alone: reads and hashes, writes nothing.
[[nodiscard]] base::Result<std::vector<PlannedClip>>
planBatch(const BatchParameters &parameters, BatchListener &listener, const base::CancelToken &cancel);

} // namespace doorveil::pipeline::batch
