// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "pipeline/batch/batchfolder.h"
#include "pipeline/batch/findclips.h"
#include "pipeline/batch/policy.h"
#include "pipeline/batch/workidentity.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace doorveil::pipeline::batch {

/// A clip with its hash, or with why it has none.
struct HashedClip
{
    FoundClip clip;
    FileStamp stamp;
    QString sha256; ///< empty where `failure` is set
    base::Error failure;
};

/// Hashes clips, and those again whose file has changed since. Not thread-safe.
class ClipHashes
{
public:
    using Report = std::function<void(std::size_t done, std::size_t total)>;
    /// Cancelled is the only error: a file that cannot be read is a clip that failed.
    [[nodiscard]] base::Result<std::vector<HashedClip>> hash(const std::vector<FoundClip> &clips, const Report &report,
                                                             const base::CancelToken &cancel);

private:
    struct Known
    {
        FileStamp stamp;
        QString sha256;
    };
    std::map<std::filesystem::path, Known> m_known;
};

/// Why a clip is not, or has to be, worked on.
enum class PlannedState {
    New, ///< nothing is known about it
    Changed, ///< rules, program or models are others than when it was done
    OutputMissing, ///< it was done, and its clip or report is gone
    Interrupted, ///< begun, and neither finished nor called off
    Retry, ///< it failed before
    Done, ///< nothing to do
    OutputChanged, ///< it was done, and somebody has changed its clip since: left alone
    Unreadable, ///< its file cannot be read
};
[[nodiscard]] QString toText(PlannedState state);

struct PlannedClip
{
    FoundClip clip;
    QString sha256;
    std::int64_t bytes = 0;
    ClipRules rules;
    WorkKey key;
    QString name; ///< of the outputs, as ClipRecord::name
    QStringList copies; ///< display paths of clips with the same content and rules
    PlannedState state = PlannedState::New;
    base::Error failure; ///< Unreadable

    [[nodiscard]] bool hasWork() const
    {
        return state != PlannedState::Done && state != PlannedState::OutputChanged && state != PlannedState::Unreadable;
    }
};

/// Names and states of all clips, sorted by name, those of other shards left out. Names come from all clips and not
/// only from the shard's, so that every shard gives the same ones; where two different clips would have one name, or
/// another clip has it already, a part of the hash tells them apart. `folder` null: nothing is known.
[[nodiscard]] base::Result<std::vector<PlannedClip>>
makeBatchPlan(const std::vector<HashedClip> &clips, const Policy &policy, const WorkIdentity &identity,
              const std::optional<Shard> &shard, const std::filesystem::path &output,
              const std::vector<ClipRecord> &records, const base::CancelToken &cancel);

} // namespace doorveil::pipeline::batch
