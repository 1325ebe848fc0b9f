// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "package/bag.h"

#include <QString>

#include <filesystem>

namespace doorveil::package {

/// Writes a bag's folder as a ZIP into an empty, seekable, borrowed descriptor: entries stored, sorted by path, dated
/// 1980-01-01 00:00 (a DOS time has no zone), mode 0644, below one folder `root`. The same bag gives the same bytes in
/// every time zone.
[[nodiscard]] base::Result<void> writeZip(const std::filesystem::path &bagFolder, const QString &root, int output);

/// Unpacks a stranger's ZIP into an existing empty folder and gives the path of the one folder in it. Stored entries
/// only; every name is checked before anything is written. CheckFailed classes: "zip-malformed", "zip-compressed",
/// "zip-encrypted", "zip-duplicate", "bag-unsafe-name", "bag-link", "bag-too-large".
[[nodiscard]] base::Result<std::filesystem::path> extractZip(int input, const std::filesystem::path &folder,
                                                             const BagLimits &limits = {},
                                                             const base::CancelToken &cancel = {});

} // namespace doorveil::package
