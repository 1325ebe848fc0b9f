// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/file.h"
#include "base/framesource.h"
#include "base/result.h"
#include "project/reviewdocument.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::pipeline {

/// A clip opened read-only, with the name that its errors carry.
class ClipFile
{
public:
    [[nodiscard]] static base::Result<ClipFile> open(const std::filesystem::path &path);

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] int descriptor() const { return m_file.get(); }
    [[nodiscard]] base::Result<QString> sha256(const base::CancelToken &cancel) const;
    [[nodiscard]] base::Result<base::FileIdentity> identity() const;
    /// A fresh reader in its own worker; this object must outlive it.
    [[nodiscard]] base::Result<std::unique_ptr<base::FrameSource>>
    reader(const base::FrameSourceOptions &options = {}) const;
    /// Puts the file's name before an error of one of its readers.
    [[nodiscard]] base::Error named(const base::Error &error) const;

private:
    std::filesystem::path m_path;
    base::FileDescriptor m_file;
};

/// The path a document recorded, in the file system's own bytes.
[[nodiscard]] std::filesystem::path sourcePath(const project::SourceRecord &source);

/// In source.frames: the frame of that time, or the first after it; their number where there is none.
[[nodiscard]] std::size_t frameIndex(const project::SourceRecord &source, std::int64_t pts);

/// Of files that nothing may be written over; what cannot be opened is left out.
[[nodiscard]] std::vector<base::FileIdentity> identitiesOf(const std::vector<std::filesystem::path> &files);

/// Tags as a project keeps them: which ones there are (they are listed as removed), not what they say. The maker's and
/// the model's become a hash of theirs, which tells cameras apart.
[[nodiscard]] std::vector<base::Tag> withoutValues(std::vector<base::Tag> tags);

} // namespace doorveil::pipeline
