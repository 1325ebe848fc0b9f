// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "pipeline/batch/policy.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace doorveil::pipeline::batch {

/// A file that the batch is to work on.
struct FoundClip
{
    std::filesystem::path path; ///< as reached from the input
    std::string relativePath; ///< below the input, `/` between its parts; of an input that is a file its name
};

/// All clips of the inputs, sorted by relative path, each file once. Folders are searched with all below them; what the
/// policy does not take, hidden names, links to folders and `leaveOut` (the output folder) are not looked at. A file
/// that is named itself is always taken. A missing input is an error (InputNotOpenable), a folder that cannot be read
/// below one is told to `notice`.
[[nodiscard]] base::Result<std::vector<FoundClip>> findClips(const std::vector<std::filesystem::path> &inputs,
                                                             const Policy &policy,
                                                             const std::filesystem::path &leaveOut,
                                                             const std::function<void(const QString &)> &notice);

/// What has to stay the same for a file to count as the same; cheap to ask.
struct FileStamp
{
    base::FileIdentity identity;
    std::int64_t bytes = -1;
    std::int64_t modified = 0; ///< file clock ticks
    bool operator==(const FileStamp &) const = default;
};
[[nodiscard]] base::Result<FileStamp> stampOf(const std::filesystem::path &path);

/// Whether nobody has the file open for writing, as far as this system tells (a read lease on Linux); true where it
/// does not tell.
[[nodiscard]] bool isClosed(const std::filesystem::path &path);

} // namespace doorveil::pipeline::batch
