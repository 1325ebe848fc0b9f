// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/lockfile.h"
#include "base/result.h"
#include "pipeline/batch/cliprecord.h"

#include <QString>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace doorveil::pipeline::batch {

/// Part `index` of `count`, from 1.
struct Shard
{
    int index = 1;
    int count = 1;
    bool operator==(const Shard &) const = default;

    /// A pure function of the clip's SHA-256: every machine divides a set of clips alike.
    [[nodiscard]] bool takes(const QString &sha256) const;
};

/// The three files of one clip.
struct OutputPaths
{
    std::filesystem::path clip;
    std::filesystem::path project;
    std::filesystem::path report;
};

/// The output folder of a batch and its state, `.doorveil-batch`: a lock, one record a clip, and which parts it was
/// made of. Held by one process at a time. Thread-safe.
class BatchFolder
{
public:
    /// Makes the folder where it is missing. Usage errors: another batch holds it ("in-use"); it holds the state of an
    /// earlier batch and `resume` is not set.
    [[nodiscard]] static base::Result<std::unique_ptr<BatchFolder>> open(const std::filesystem::path &path,
                                                                         bool resume);
    /// The records of a folder, without its lock: for looking only.
    [[nodiscard]] static base::Result<std::vector<ClipRecord>> readRecords(const std::filesystem::path &path);
    /// Whether there is state of a batch.
    [[nodiscard]] static bool hasState(const std::filesystem::path &path);

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] OutputPaths outputs(const QString &name) const { return outputsIn(m_path, name); }
    [[nodiscard]] static OutputPaths outputsIn(const std::filesystem::path &folder, const QString &name);

    [[nodiscard]] std::vector<ClipRecord> records() const; ///< sorted by name
    [[nodiscard]] std::optional<ClipRecord> find(const QString &name) const;
    /// On disk when it returns.
    [[nodiscard]] base::Result<void> store(const ClipRecord &record);
    /// As if the work on it had never begun.
    void forget(const QString &name);

    /// The parts whose clips are in here, sorted; empty where the work was not divided.
    [[nodiscard]] const std::vector<Shard> &shards() const { return m_shards; }
    [[nodiscard]] base::Result<void> setShards(const std::vector<Shard> &shards);

private:
    BatchFolder() = default;
    [[nodiscard]] std::filesystem::path recordPath(const QString &name) const;

    std::filesystem::path m_path;
    std::unique_ptr<base::LockFile> m_lock;
    std::vector<Shard> m_shards;
    mutable std::mutex m_mutex;
    std::map<QString, ClipRecord> m_records;
};

} // namespace doorveil::pipeline::batch
