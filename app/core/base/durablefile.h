// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"

#include <QByteArray>

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::base {

/// A file that appears under its final name whole, on disk, or not at all. The content goes to a hidden temporary
/// name in the same folder; commit() does fsync(file), rename, fsync(folder) and checks every result. Destroyed
/// without commit(), it removes the temporary file. Symlinks are never followed: a target that is one is refused.
/// QSaveFile gives none of the three (it ignores a failed fsync, never syncs the folder, follows links).
///
/// The temporary file is locked (flock) while its owner lives, so create() can tell the ones that killed runs left in
/// the folder and removes them. Process ids would not do: they are given out again.
///
/// May be moved between threads, not used from two at once. Programs should ignore SIGXFSZ: a file size limit is then
/// an error like a full disk.
class DurableFile
{
public:
    struct Options
    {
        bool replaceExisting = false; ///< `--force`; otherwise an existing target is a Usage error
        std::vector<FileIdentity> neverOverwrite; ///< originals: a target that is one of them under any name is a Usage
                                                  ///< error, even with replaceExisting
        int mode = 0600;
    };

    /// Refuses (Usage) before anything is written: an existing target, a target that is an original, a link, a folder
    /// or no regular file, a folder that is missing or not writable.
    [[nodiscard]] static Result<std::unique_ptr<DurableFile>> create(const std::filesystem::path &target,
                                                                     const Options &options);
    ~DurableFile();
    DurableFile(const DurableFile &) = delete;
    DurableFile &operator=(const DurableFile &) = delete;

    /// Read and write, owned by this object. Whoever writes through it checks the results; commit() syncs what was
    /// written through any descriptor or name of the file.
    [[nodiscard]] int descriptor() const { return m_file.get(); }
    [[nodiscard]] const std::filesystem::path &temporaryPath() const { return m_temporary; }
    [[nodiscard]] const std::filesystem::path &targetPath() const { return m_target; }

    [[nodiscard]] Result<void> write(const QByteArray &content);
    /// Makes the file durable under its final name. After an error the target is what it was before (on file systems
    /// that cannot exchange names: what it was or, where only syncing the folder failed, the new file). Nothing is
    /// committed after a failed write().
    [[nodiscard]] Result<void> commit();

private:
    DurableFile() = default;
    [[nodiscard]] Result<void> openTemporary();
    [[nodiscard]] bool isTemporaryOurs() const;
    [[nodiscard]] Result<void> syncContent();
    [[nodiscard]] Result<void> placeNew();
    [[nodiscard]] Result<void> placeOver();

    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    FileDescriptor m_file;
    FileDescriptor m_folder;
    Options m_options;
    bool m_failed = false;
    bool m_committed = false;
};

/// The whole content in one durable step.
[[nodiscard]] Result<void> writeDurably(const std::filesystem::path &target, const QByteArray &content,
                                        const DurableFile::Options &options);

/// Removes temporary files that killed runs left in a folder: only names that DurableFile makes, only this user's, only
/// those that nobody holds. create() does it for the folder of its target.
void removeStaleTemporaries(const std::filesystem::path &folder);

} // namespace doorveil::base
