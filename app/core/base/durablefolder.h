// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <memory>
#include <set>

namespace doorveil::base {

/// A folder of files that appears under its final name whole, on disk, or not at all; the counterpart of DurableFile.
/// It is built beside the target under a hidden name; commit() syncs every file and folder, renames, and syncs the
/// parent. Destroyed without commit(), everything built is removed. Names are relative, of plain components. It is
/// locked while it is built, so that create() can tell what killed runs left beside the target, and removes that.
class DurableFolder
{
public:
    /// Refuses (Usage) a target that exists or whose parent is missing or not writable.
    [[nodiscard]] static Result<std::unique_ptr<DurableFolder>> create(const std::filesystem::path &target);
    ~DurableFolder();
    DurableFolder(const DurableFolder &) = delete;
    DurableFolder &operator=(const DurableFolder &) = delete;

    /// Where it is built: for reading back what was added before commit().
    [[nodiscard]] const std::filesystem::path &temporaryPath() const { return m_temporary; }

    /// A new file, synced when it returns; folders on the way are made.
    [[nodiscard]] Result<void> add(const std::filesystem::path &relative, const QByteArray &content);
    /// The same from a descriptor, read from its start.
    [[nodiscard]] Result<void> addCopy(const std::filesystem::path &relative, int source);

    [[nodiscard]] Result<void> commit();

private:
    DurableFolder() = default;
    [[nodiscard]] Result<FileDescriptor> createFile(const std::filesystem::path &relative);

    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    FileDescriptor m_held; ///< the lock on it
    std::set<std::filesystem::path> m_folders; ///< every folder made, the temporary itself included
    bool m_committed = false;
};

/// Makes the folder and every missing one above it (0755 less the umask), each durable in the one that holds it. An
/// existing folder is fine; anything else in the way is a Usage error.
[[nodiscard]] Result<void> makeFolders(const std::filesystem::path &path);

/// The same for a folder of what is nobody else's business (settings, ledger, keys): only its owner may look into it,
/// also where it was there before, and into missing ones above it. A problem is a Failure.
[[nodiscard]] Result<void> makePrivateFolder(const std::filesystem::path &path);

} // namespace doorveil::base
