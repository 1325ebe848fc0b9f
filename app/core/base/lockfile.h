// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"

#include <filesystem>
#include <memory>

class QLockFile;

namespace doorveil::base {

/// An empty file that one process at a time holds. The lock goes with the process, however it ends; the file stays.
class LockFile
{
public:
    /// Makes the file where it is missing. A Usage error of class "in-use" where somebody holds it, this process
    /// included.
    [[nodiscard]] static Result<std::unique_ptr<LockFile>> acquire(const std::filesystem::path &path);
    ~LockFile();
    LockFile(const LockFile &) = delete;
    LockFile &operator=(const LockFile &) = delete;

private:
    LockFile();
    FileDescriptor m_file;
    std::unique_ptr<QLockFile> m_fallback; ///< where the system has no lock that goes with the process
};

/// Gives a lock (flock) back before its descriptor is closed. Closing alone does not, while a process that another
/// thread is just starting still has a copy: for a moment the file would be locked by nobody.
void unlock(const FileDescriptor &file);

} // namespace doorveil::base
