// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/projectfile_p.h"

#include "project/schema_p.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <system_error>
#ifndef Q_OS_WIN
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error notOpenable(const std::filesystem::path &path, const QString &reason, const QString &failureClass = {})
{
    return {ErrorKind::InputNotOpenable, QStringLiteral("%1 cannot be opened: %2").arg(base::displayPath(path), reason),
            failureClass};
}

QString reasonOf(int code)
{
    switch (code) {
    case ENOENT:
        return QStringLiteral("there is no such file");
    case EISDIR:
        return QStringLiteral("it is a folder");
    case EACCES:
    case EPERM:
    case EROFS:
        return QStringLiteral("you may not write to it (a project is saved as you work)");
    default:
        return QString::fromLocal8Bit(std::strerror(code));
    }
}

constexpr std::int64_t largestProject = std::int64_t(16) << 30;

/// SQLite's suffixes: https://sqlite.org/tempfiles.html
constexpr std::array<const char *, 3> companionSuffixes{"-wal", "-shm", "-journal"};

std::filesystem::path companion(const std::filesystem::path &path, const char *suffix)
{
    std::filesystem::path beside = path;
    beside += suffix;
    return beside;
}

} // namespace

#ifdef Q_OS_WIN

// SQLite opens its files shared on Windows, and its exclusive locking mode keeps a second opener out.
Result<base::FileDescriptor> lockProject(const std::filesystem::path &path)
{
    Result<base::FileDescriptor> file = base::openInput(path);
    if (file && !hasProjectHeader(file->get()))
        return notOpenable(path, QStringLiteral("it is not a Doorveil project"));
    return file;
}

bool hasProjectHeader(int)
{
    return true; // SQLite and the schema check tell
}

Result<QString> databaseName(const std::filesystem::path &path, int)
{
    return QString::fromStdWString(std::filesystem::absolute(path).native());
}

bool isStillAt(const std::filesystem::path &, int)
{
    return true; // an open file can be neither moved nor deleted
}

Result<void> syncFolderOf(const std::filesystem::path &)
{
    return {}; // there is no such call; NTFS journals names
}

#else

Result<base::FileDescriptor> lockProject(const std::filesystem::path &path)
{
    constexpr int attempts = 5; // the file may be replaced between opening and locking it
    for (int attempt = 0; attempt < attempts; ++attempt) {
        // O_NONBLOCK: opening a FIFO must not wait for the other side.
        base::FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
        if (!file.isValid())
            return notOpenable(path, reasonOf(errno));
        struct stat status = {};
        if (::fstat(file.get(), &status) != 0)
            return notOpenable(path, reasonOf(errno));
        if (!S_ISREG(status.st_mode))
            return notOpenable(path, QStringLiteral("it is not a regular file"));
        if (status.st_size == 0)
            return notOpenable(path, QStringLiteral("it is empty"));
        if (status.st_size > largestProject)
            return notOpenable(path, QStringLiteral("it is larger than a project can be"));
        if (!hasProjectHeader(file.get()))
            return notOpenable(path, QStringLiteral("it is not a Doorveil project"));
        if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                return notOpenable(path,
                                   QStringLiteral("it is open in another Doorveil; close it there, or work on there"),
                                   QStringLiteral("project-in-use"));
            if (errno != ENOLCK && errno != EOPNOTSUPP && errno != EINVAL) // else SQLite's own locks have to do
                return notOpenable(path, reasonOf(errno));
        }
        if (isStillAt(path, file.get()))
            return file;
    }
    return notOpenable(path, QStringLiteral("another program keeps replacing it"));
}

bool hasProjectHeader(int descriptor)
{
    // https://sqlite.org/fileformat2.html#the_database_header
    constexpr std::size_t headerBytes = 100;
    constexpr std::size_t applicationIdAt = 68;
    constexpr std::array<char, 16> magic{'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f',
                                         'o', 'r', 'm', 'a', 't', ' ', '3', '\0'};
    std::array<std::uint8_t, headerBytes> header{};
    if (::pread(descriptor, header.data(), header.size(), 0) != ssize_t(header.size()))
        return false;
    if (std::memcmp(header.data(), magic.data(), magic.size()) != 0)
        return false;
    std::uint32_t id = 0;
    for (std::size_t index = 0; index < 4; ++index)
        id = id << 8 | header.at(applicationIdAt + index);
    return id == applicationId;
}

Result<QString> databaseName(const std::filesystem::path &path, int descriptor)
{
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    if (failed)
        return notOpenable(path, QString::fromStdString(failed.message()));
    const QByteArray bytes(absolute.c_str());
    const QString name = QString::fromUtf8(bytes);
    if (name.toUtf8() == bytes)
        return name;
    // Qt passes names on as UTF-8. SQLite resolves links itself and so finds the real name, whatever its bytes.
    return QStringLiteral("/proc/self/fd/%1").arg(descriptor);
}

bool isStillAt(const std::filesystem::path &path, int descriptor)
{
    struct stat named = {};
    struct stat opened = {};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(descriptor, &opened) == 0 && named.st_dev == opened.st_dev
           && named.st_ino == opened.st_ino;
}

Result<void> syncFolderOf(const std::filesystem::path &path)
{
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const base::FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isValid() || ::fsync(opened.get()) != 0)
        return Error{
            ErrorKind::Failure,
            QStringLiteral("its folder cannot be synced: %1").arg(QString::fromLocal8Bit(std::strerror(errno)))};
    return {};
}

#endif

Result<void> checkCompanions(const std::filesystem::path &path)
{
    for (const char *suffix : companionSuffixes) {
        const std::filesystem::path beside = companion(path, suffix);
        std::error_code failed;
        const std::filesystem::file_status status = std::filesystem::symlink_status(beside, failed);
        if (status.type() != std::filesystem::file_type::not_found
            && status.type() != std::filesystem::file_type::regular)
            return notOpenable(path, QStringLiteral("%1, which belongs to it, is not a plain file")
                                         .arg(base::displayPath(beside.filename())));
    }
    return {};
}

Result<void> removeCompanions(const std::filesystem::path &path)
{
    for (const char *suffix : companionSuffixes) {
        const std::filesystem::path beside = companion(path, suffix);
        std::error_code failed;
        std::filesystem::remove(beside, failed);
        if (failed)
            return Error{ErrorKind::Usage,
                         QStringLiteral("%1 is left of an earlier project and cannot be removed: %2")
                             .arg(base::displayPath(beside), QString::fromStdString(failed.message()))};
    }
    return {};
}

Error projectError(const std::filesystem::path &path, const Error &cause, ErrorKind kind)
{
    const QString action = kind == ErrorKind::InputNotOpenable ? QStringLiteral("%1 cannot be opened: %2")
                                                               : QStringLiteral("%1 could not be saved: %2");
    return {kind, action.arg(base::displayPath(path), cause.message), cause.failureClass};
}

} // namespace doorveil::project::internal
