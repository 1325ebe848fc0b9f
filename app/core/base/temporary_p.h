// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

#include <filesystem>
#include <string>

/// What DurableFile and DurableFolder share: both build under a hidden name beside their target and hold a lock (flock)
/// on it while they live, so that what a killed run left can be told from what somebody works on.
namespace doorveil::base::internal {

Q_DECLARE_LOGGING_CATEGORY(logDurable)

enum class TemporaryKind { File, Folder };

/// ".doorveil-PROCESS-RANDOM.part"
[[nodiscard]] std::string newTemporaryName();

/// Whether the name in the folder (a descriptor, or AT_FDCWD) is this very file.
[[nodiscard]] bool isNamed(int folder, const char *name, int descriptor);

/// Locks what was just made, until the descriptor is closed. False where another process has taken it for abandoned in
/// between: then another one has to be made.
[[nodiscard]] bool holdTemporary(int folder, const char *name, int descriptor);

/// Removes temporaries of one kind that killed runs left in a folder: only names of ours, only this user's, only those
/// that nobody holds. Folders stay on file systems without locks.
void removeAbandoned(const std::filesystem::path &folder, TemporaryKind kind);

} // namespace doorveil::base::internal
