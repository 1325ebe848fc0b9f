// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <filesystem>

namespace doorveil::base {

/// A path as a person reads it: control characters, those that turn the writing direction, and bytes that are not UTF-8
/// become \xNN. For messages, never for
/// opening.
[[nodiscard]] QString displayPath(const std::filesystem::path &path);

/// A file descriptor with one owner. Moves, does not copy.
class FileDescriptor
{
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int descriptor) : m_descriptor(descriptor) { }
    ~FileDescriptor();
    FileDescriptor(FileDescriptor &&other) noexcept;
    FileDescriptor &operator=(FileDescriptor &&other) noexcept;
    FileDescriptor(const FileDescriptor &) = delete;
    FileDescriptor &operator=(const FileDescriptor &) = delete;

    [[nodiscard]] bool isValid() const { return m_descriptor >= 0; }
    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] int release();

private:
    int m_descriptor = -1;
};

/// What tells two names of one file apart from two files.
struct FileIdentity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    bool operator==(const FileIdentity &) const = default;
};

/// Opens a regular file read-only, close-on-exec, without blocking on a FIFO. Errors (InputNotOpenable) name the
/// file and the reason: missing, a folder, a FIFO or device, no permission, empty.
[[nodiscard]] Result<FileDescriptor> openInput(const std::filesystem::path &path);

[[nodiscard]] Result<FileIdentity> identityOf(int descriptor);
[[nodiscard]] Result<std::int64_t> sizeOf(int descriptor);

/// SHA-256 of the whole file as lower-case hex; the descriptor's offset is left where it was. Can be cancelled.
[[nodiscard]] Result<QString> sha256Of(int descriptor, const CancelToken &cancel = {});

/// Reads a whole small file; an error names it. `limit` bounds what is read: a larger file is an error.
[[nodiscard]] Result<QByteArray> readSmallFile(const std::filesystem::path &path, std::int64_t limit = 16 << 20);

} // namespace doorveil::base
