// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/durablefile.h"
#include "base/file.h"
#include "base/result.h"
#include "cli/context.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace doorveil::cli {

/// Before any work: refuses (Usage) an output that exists without `force`, is one of the inputs under any name, or
/// whose folder is missing or not writable; removes what killed runs left in that folder.
[[nodiscard]] base::Result<void> checkOutput(const std::filesystem::path &output, bool force,
                                             const std::vector<base::FileIdentity> &inputs);

/// Refuses (Usage) two outputs of one name.
[[nodiscard]] base::Result<void> checkDistinct(const std::filesystem::path &one, const std::filesystem::path &other);

/// Writes what a command makes into the file, or to stdout where none (or "-") is named. Whether there is a file.
[[nodiscard]] base::Result<bool> writeOutput(Context &context, const std::optional<std::filesystem::path> &output,
                                             const QByteArray &content, const base::DurableFile::Options &options);

} // namespace doorveil::cli
