// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/mergebatches.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "pipeline/batch/batchfolder.h"
#include "pipeline/framereader.h"
#include "project/projectstore.h"

#include <QFile>

#include <algorithm>
#include <set>
#include <system_error>

namespace doorveil::pipeline::batch {

namespace {

namespace fs = std::filesystem;

constexpr qint64 copyBlock = 1 << 20;

/// A durable copy whose content has this hash; an empty hash is not checked.
base::Result<void> copyFile(const fs::path &from, const fs::path &to, const QString &sha256, bool replace,
                            const base::CancelToken &cancel)
{
    const base::Result<base::FileDescriptor> input = base::openInput(from);
    if (!input)
        return input.error();
    base::DurableFile::Options options;
    options.replaceExisting = replace;
    auto output = base::DurableFile::create(to, options);
    if (!output)
        return output.error();
    QFile reader;
    if (!reader.open(input->get(), QIODevice::ReadOnly | QIODevice::Unbuffered))
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("%1 cannot be read: %2").arg(base::displayPath(from), reader.errorString())};
    for (;;) {
        if (cancel.isCancelled())
            return cancelledError();
        const QByteArray block = reader.read(copyBlock);
        if (block.isEmpty())
            break;
        if (const base::Result<void> written = (*output)->write(block); !written)
            return written;
    }
    if (reader.error() != QFileDevice::NoError)
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("%1 cannot be read: %2").arg(base::displayPath(from), reader.errorString())};
    // What was copied is checked, not what the source holds by now.
    if (!sha256.isEmpty()) {
        const base::Result<QString> hash = base::sha256Of((*output)->descriptor(), cancel);
        if (!hash)
            return hash.error();
        if (*hash != sha256)
            return base::Error{base::ErrorKind::CheckFailed,
                               QStringLiteral("%1 is not the file that its batch wrote (its SHA-256 is another)")
                                   .arg(base::displayPath(from)),
                               QStringLiteral("output-changed")};
    }
    return (*output)->commit();
}

class Merge
{
public:
    Merge(BatchFolder &target, const base::CancelToken &cancel, MergeResult &result)
        : m_target(target), m_cancel(cancel), m_result(result)
    {
    }

    base::Result<void> add(const BatchFolder &source)
    {
        for (const ClipRecord &record : source.records()) {
            const base::Result<void> added = addClip(source, record);
            if (added)
                continue;
            if (added.error().kind == base::ErrorKind::Cancelled)
                return added;
            m_result.problems.append(QStringLiteral("%1: %2").arg(record.name, added.error().message));
        }
        return {};
    }

private:
    base::Result<void> addClip(const BatchFolder &source, const ClipRecord &record)
    {
        const std::optional<ClipRecord> present = m_target.find(record.name);
        if (present && *present == record)
            return {};
        const auto rank = [](ClipState state) {
            return state == ClipState::Done ? 2 : state == ClipState::Failed ? 1 : 0;
        };
        if (present) {
            if (present->key.source != record.key.source)
                return base::Error{base::ErrorKind::Failure,
                                   QStringLiteral("another clip has this name already; the parts were not made from "
                                                  "the same inputs")};
            if (present->state == ClipState::Done && record.state == ClipState::Done)
                return base::Error{base::ErrorKind::Failure,
                                   QStringLiteral("it is in two parts, made in different ways (rules, program or "
                                                  "models differ)")};
            if (rank(present->state) >= rank(record.state))
                return {};
        }
        if (const base::Result<void> copied = copyOutputs(source, record, present.has_value()); !copied)
            return copied;
        if (const base::Result<void> stored = m_target.store(record); !stored)
            return stored;
        ++m_result.added;
        return {};
    }

    base::Result<void> copyOutputs(const BatchFolder &source, const ClipRecord &record, bool replace)
    {
        const OutputPaths from = source.outputs(record.name);
        const OutputPaths to = m_target.outputs(record.name);
        if (const base::Result<void> made = base::makeFolders(to.clip.parent_path()); !made)
            return made;
        std::error_code failed;
        if (record.hasProject) {
            {
                // Takes in what a killed program left beside the file, and sees that nobody works on it.
                const auto store = project::ProjectStore::open(from.project);
                if (!store)
                    return store.error();
            }
            if (const auto copied = copyFile(from.project, to.project, {}, replace, m_cancel); !copied)
                return copied;
        }
        if (fs::exists(from.report, failed)) {
            if (const auto copied = copyFile(from.report, to.report, record.reportSha256, replace, m_cancel); !copied)
                return copied;
        }
        // Last, so that no clip is there without its report.
        if (record.state == ClipState::Done)
            return copyFile(from.clip, to.clip, record.outputSha256, replace, m_cancel);
        return {};
    }

    BatchFolder &m_target;
    const base::CancelToken &m_cancel;
    MergeResult &m_result;
};

QStringList missingParts(const std::vector<Shard> &shards)
{
    QStringList missing;
    std::set<int> counts;
    for (const Shard &shard : shards)
        counts.insert(shard.count);
    for (const int count : counts) {
        for (int index = 1; index <= count; ++index) {
            if (std::find(shards.begin(), shards.end(), Shard{index, count}) == shards.end())
                missing.append(QStringLiteral("%1/%2").arg(index).arg(count));
        }
    }
    return missing;
}

} // namespace

base::Result<MergeResult> mergeBatches(const std::vector<std::filesystem::path> &folders,
                                       const std::filesystem::path &target, const base::CancelToken &cancel)
{
    for (const fs::path &folder : folders) {
        if (!BatchFolder::hasState(folder))
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("%1 is not the output folder of a batch").arg(base::displayPath(folder))};
    }
    auto merged = BatchFolder::open(target, true);
    if (!merged)
        return merged.error();
    MergeResult result;
    std::vector<Shard> shards = (*merged)->shards();
    Merge merge(**merged, cancel, result);
    for (const fs::path &folder : folders) {
        std::error_code failed;
        if (fs::equivalent(folder, target, failed))
            continue;
        const auto source = BatchFolder::open(folder, true);
        if (!source)
            return source.error();
        shards.insert(shards.end(), (*source)->shards().begin(), (*source)->shards().end());
        if (const base::Result<void> added = merge.add(**source); !added)
            return added.error();
    }
    result.missingParts = missingParts(shards);
    // Whole again: from here on it is as if one run had made it.
    if (const auto set = (*merged)->setShards(result.missingParts.isEmpty() ? std::vector<Shard>() : shards); !set)
        return set.error();
    if (const auto reported = writeBatchReport(**merged, {}, cancel); !reported)
        return reported.error();
    result.totals = totalsOf((*merged)->records());
    return result;
}

} // namespace doorveil::pipeline::batch
