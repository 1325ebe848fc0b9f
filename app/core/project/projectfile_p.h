// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"

#include <QString>

#include <filesystem>

/// A project file as the system sees it: who owns it, what its header says, how SQLite is told its name.
namespace doorveil::project::internal {

/// Opens the file for reading and writing and takes its lock (flock: it vanishes with the process, however that ends).
/// A lock that somebody else holds is an error of class "project-in-use". Refuses what is no regular file or has no
/// project's header. The descriptor must outlive the database connection: closing one drops SQLite's own locks.
[[nodiscard]] base::Result<base::FileDescriptor> lockProject(const std::filesystem::path &path);

/// Whether the first bytes are those of SQLite with our application id.
[[nodiscard]] bool hasProjectHeader(int descriptor);

/// A name that SQLite can open, for paths that are not UTF-8 too.
[[nodiscard]] base::Result<QString> databaseName(const std::filesystem::path &path, int descriptor);

/// Whether the path still leads to the opened file.
[[nodiscard]] bool isStillAt(const std::filesystem::path &path, int descriptor);

/// SQLite's files beside a project: refuses links and other things that are no plain files.
[[nodiscard]] base::Result<void> checkCompanions(const std::filesystem::path &path);
/// Removes what a project that is gone left behind; SQLite would take it for a part of the new one.
[[nodiscard]] base::Result<void> removeCompanions(const std::filesystem::path &path);

/// Makes the names in the project's folder durable, that of the write-ahead log above all: SQLite asks for it too, but
/// takes no notice of a failure.
[[nodiscard]] base::Result<void> syncFolderOf(const std::filesystem::path &path);

[[nodiscard]] base::Error projectError(const std::filesystem::path &path, const base::Error &cause,
                                       base::ErrorKind kind);

} // namespace doorveil::project::internal
