// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/temporary_p.h"

#include "base/file.h"

#include <QRandomGenerator>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

// Linux and macOS, like its users.
namespace doorveil::base::internal {

Q_LOGGING_CATEGORY(logDurable, "doorveil.base.durable", QtWarningMsg)

namespace {

constexpr const char *prefix = ".doorveil-";
constexpr const char *suffix = ".part";

/// The process in a temporary's name; 0 in any other name.
int processOf(const std::string &name)
{
    if (!name.starts_with(prefix) || !name.ends_with(suffix))
        return 0;
    int process = 0;
    const char *first = name.data() + std::strlen(prefix);
    const auto [last, error] = std::from_chars(first, name.data() + name.size(), process);
    return error == std::errc() && *last == '-' && process > 0 ? process : 0;
}

/// Whether nobody holds the temporary any more.
bool isAbandoned(int descriptor, int process, TemporaryKind kind)
{
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return true;
    // A folder cannot be opened for writing, so NFS refuses the lock even where there are locks: what may be somebody's
    // work stays.
    if (errno == EWOULDBLOCK || kind == TemporaryKind::Folder)
        return false;
    // A file system without locks: then the process id has to do.
    return ::kill(process, 0) != 0 && errno == ESRCH;
}

void removeStale(int folder, const std::filesystem::path &path, int process, TemporaryKind kind)
{
    const std::string name = path.filename().string();
    const bool isFolder = kind == TemporaryKind::Folder;
    // A file for writing, because NFS wants that for an exclusive lock.
    const FileDescriptor opened(
        ::openat(folder, name.c_str(),
                 (isFolder ? O_RDONLY | O_DIRECTORY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    struct stat status = {};
    if (!opened.isValid() || ::fstat(opened.get(), &status) != 0
        || !(isFolder ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode)) || status.st_uid != ::geteuid())
        return;
    if (!isAbandoned(opened.get(), process, kind) || !isNamed(folder, name.c_str(), opened.get()))
        return;
    std::error_code failed;
    if (isFolder)
        std::filesystem::remove_all(path, failed); // follows no link
    else if (::unlinkat(folder, name.c_str(), 0) != 0)
        failed = std::error_code(errno, std::generic_category());
    if (failed)
        qCWarning(logDurable) << "what a killed run left could not be removed";
}

} // namespace

std::string newTemporaryName()
{
    return prefix + std::to_string(::getpid()) + "-" + std::to_string(QRandomGenerator::system()->generate64())
           + suffix;
}

bool isNamed(int folder, const char *name, int descriptor)
{
    struct stat named = {};
    struct stat opened = {};
    return ::fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && ::fstat(descriptor, &opened) == 0
           && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

bool holdTemporary(int folder, const char *name, int descriptor)
{
    const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    return locked && isNamed(folder, name, descriptor);
}

void removeAbandoned(const std::filesystem::path &folder, TemporaryKind kind)
{
    const auto closeFolder = [](DIR *open) { ::closedir(open); };
    const std::unique_ptr<DIR, decltype(closeFolder)> listing(::opendir(folder.empty() ? "." : folder.c_str()),
                                                              closeFolder);
    if (!listing)
        return;
    while (const dirent *entry = ::readdir(listing.get())) {
        const std::string name = entry->d_name;
        if (const int process = processOf(name); process > 0)
            removeStale(::dirfd(listing.get()), folder / name, process, kind);
    }
}

} // namespace doorveil::base::internal
