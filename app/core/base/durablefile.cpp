// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"

#include "base/lockfile.h"
#include "base/temporary_p.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

// Linux and macOS; Windows has durablefile_windows.cpp.
namespace doorveil::base {

namespace {

Error failure(const QString &action, const std::filesystem::path &path, int code)
{
    const QString reason = code == ENOSPC || code == EDQUOT
                               ? QStringLiteral("there is no space left; free some and try again")
                               : QString::fromLocal8Bit(std::strerror(code));
    return {ErrorKind::Failure, QStringLiteral("%1 could not be %2: %3").arg(displayPath(path), action, reason)};
}

Error refusal(const std::filesystem::path &path, const QString &reason)
{
    return {ErrorKind::Usage, QStringLiteral("%1 cannot be written: %2").arg(displayPath(path), reason)};
}

FileIdentity identity(const struct stat &status)
{
    return {std::uint64_t(status.st_dev), std::uint64_t(status.st_ino)};
}

bool isOriginal(const struct stat &status, const DurableFile::Options &options)
{
    return std::find(options.neverOverwrite.begin(), options.neverOverwrite.end(), identity(status))
           != options.neverOverwrite.end();
}

/// Nothing where the target may be written; looks at the name itself and, through links, at what it leads to.
Result<void> checkTarget(int folder, const std::string &name, const std::filesystem::path &target,
                         const DurableFile::Options &options)
{
    struct stat status = {};
    if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT)
            return {};
        if (errno == ENAMETOOLONG)
            return refusal(target, QStringLiteral("its name is too long"));
        return failure(QStringLiteral("examined"), target, errno);
    }
    struct stat followed = {};
    const bool leadsSomewhere = ::fstatat(folder, name.c_str(), &followed, 0) == 0;
    if (isOriginal(status, options) || (leadsSomewhere && isOriginal(followed, options)))
        return refusal(target, QStringLiteral("it is the original clip, which is never changed"));
    if (S_ISDIR(status.st_mode))
        return refusal(target, QStringLiteral("there is a folder of that name"));
    if (S_ISLNK(status.st_mode))
        return refusal(target, QStringLiteral("it is a link; name a plain file"));
    if (!S_ISREG(status.st_mode))
        return refusal(target, QStringLiteral("it is not a regular file"));
    if (!options.replaceExisting)
        return refusal(target, QStringLiteral("it exists already (use --force to replace it)"));
    return {};
}

/// 0, or the error. macOS: fsync leaves the data in the drive's cache, F_FULLFSYNC does not.
int syncToDisk(int descriptor)
{
#ifdef F_FULLFSYNC
    if (::fcntl(descriptor, F_FULLFSYNC) == 0)
        return 0;
#endif
    while (::fsync(descriptor) != 0) {
        if (errno != EINTR)
            return errno;
    }
    return 0;
}

/// Gives a file a name that must be free. 0, or the error.
int renameToFree(int folder, const char *from, const char *to)
{
#if defined(RENAME_NOREPLACE)
    if (::renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
#elif defined(RENAME_EXCL)
    if (::renameatx_np(folder, from, folder, to, RENAME_EXCL) == 0)
        return 0;
    if (errno != ENOTSUP)
        return errno;
#endif
    // A file system without the flag. A hard link never replaces; FAT has none, there the check just before has to do.
    if (::linkat(folder, from, folder, to, 0) == 0)
        return ::unlinkat(folder, from, 0) == 0 ? 0 : errno;
    if (errno == EEXIST)
        return errno;
    return ::renameat(folder, from, folder, to) == 0 ? 0 : errno;
}

/// Exchanges two names in one step. 0, or the error; ENOTSUP where the file system cannot.
int exchangeNames(int folder, const char *one, const char *other)
{
#if defined(RENAME_EXCHANGE)
    if (::renameat2(folder, one, folder, other, RENAME_EXCHANGE) == 0)
        return 0;
    return errno == EINVAL || errno == ENOSYS ? ENOTSUP : errno;
#elif defined(RENAME_SWAP)
    return ::renameatx_np(folder, one, folder, other, RENAME_SWAP) == 0 ? 0 : errno;
#else
    return ENOTSUP;
#endif
}

} // namespace

Result<std::unique_ptr<DurableFile>> DurableFile::create(const std::filesystem::path &target, const Options &options)
{
    std::unique_ptr<DurableFile> file(new DurableFile);
    file->m_target = target;
    file->m_options = options;

    const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    const std::string name = target.filename().string();
    if (name.empty() || name == "." || name == "..")
        return refusal(target, QStringLiteral("it names a folder, not a file"));
    file->m_folder = FileDescriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file->m_folder.isValid())
        return refusal(target, errno == ENOENT ? QStringLiteral("its folder does not exist")
                                               : QString::fromLocal8Bit(std::strerror(errno)));
    if (Result<void> allowed = checkTarget(file->m_folder.get(), name, target, options); !allowed)
        return allowed.error();
    removeStaleTemporaries(folder);
    if (Result<void> opened = file->openTemporary(); !opened)
        return opened.error();
    return file;
}

Result<void> DurableFile::openTemporary()
{
    constexpr int attempts = 16;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::string temporary = internal::newTemporaryName();
        FileDescriptor file(::openat(m_folder.get(), temporary.c_str(),
                                     O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(m_options.mode)));
        if (!file.isValid()) {
            if (errno == EEXIST)
                continue;
            if (errno == EACCES || errno == EPERM || errno == EROFS)
                return refusal(m_target, QStringLiteral("its folder is not writable"));
            return failure(QStringLiteral("written"), m_target, errno);
        }
        if (!internal::holdTemporary(m_folder.get(), temporary.c_str(), file.get()))
            continue;
        m_file = std::move(file);
        m_temporary = m_target.parent_path() / temporary;
        return {};
    }
    return failure(QStringLiteral("written"), m_target, EEXIST);
}

bool DurableFile::isTemporaryOurs() const
{
    return internal::isNamed(m_folder.get(), m_temporary.filename().c_str(), m_file.get());
}

DurableFile::~DurableFile()
{
    if (!m_committed && !m_temporary.empty() && isTemporaryOurs())
        ::unlinkat(m_folder.get(), m_temporary.filename().c_str(), 0);
    unlock(m_file);
}

Result<void> DurableFile::write(const QByteArray &content)
{
    qsizetype written = 0;
    while (written < content.size()) {
        const ssize_t count =
            ::write(m_file.get(), content.constData() + written, std::size_t(content.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            m_failed = true;
            return failure(QStringLiteral("written"), m_target, count < 0 ? errno : ENOSPC);
        }
        written += count;
    }
    return {};
}

Result<void> DurableFile::syncContent()
{
    if (const int code = syncToDisk(m_file.get()); code != 0)
        return failure(QStringLiteral("written to disk"), m_target, code);
    // Closing any descriptor makes a network file system report what it could not write; ours has to stay open, because
    // the lock goes with it.
    const int copy = ::fcntl(m_file.get(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0 || (::close(copy) != 0 && errno != EINTR))
        return failure(QStringLiteral("written to disk"), m_target, errno);
    return {};
}

Result<void> DurableFile::commit()
{
    if (m_failed || m_committed)
        return Error{ErrorKind::Failure,
                     QStringLiteral("%1 was not completed, so it is not put in place").arg(displayPath(m_target))};
    m_failed = true; // until everything has succeeded
    if (Result<void> synced = syncContent(); !synced)
        return synced;
    // Looked at again: something may have taken the name since create().
    if (Result<void> allowed = checkTarget(m_folder.get(), m_target.filename().string(), m_target, m_options); !allowed)
        return allowed;
    if (!isTemporaryOurs())
        return Error{ErrorKind::Failure,
                     QStringLiteral("%1 could not be put in place: its temporary file was taken away")
                         .arg(displayPath(m_target))};
    struct stat existing = {};
    const bool exists = ::fstatat(m_folder.get(), m_target.filename().c_str(), &existing, AT_SYMLINK_NOFOLLOW) == 0;
    Result<void> placed = exists && m_options.replaceExisting ? placeOver() : placeNew();
    if (!placed)
        return placed;
    m_failed = false;
    m_committed = true;
    return {};
}

Result<void> DurableFile::placeNew()
{
    const std::string name = m_target.filename().string();
    const std::string temporary = m_temporary.filename().string();
    if (const int code = renameToFree(m_folder.get(), temporary.c_str(), name.c_str()); code != 0)
        return code == EEXIST ? refusal(m_target, QStringLiteral("it exists already"))
                              : failure(QStringLiteral("put in place"), m_target, code);
    if (const int code = syncToDisk(m_folder.get()); code != 0) {
        // The name may not survive a power cut, so it must not be reported as done.
        if (internal::isNamed(m_folder.get(), name.c_str(), m_file.get()))
            ::unlinkat(m_folder.get(), name.c_str(), 0);
        return failure(QStringLiteral("made durable"), m_target, code);
    }
    return {};
}

/// Exchanges the two files, so that the old one is still there to go back to and to look at: only the exchange itself
/// tells for certain what had the name.
Result<void> DurableFile::placeOver()
{
    const std::string name = m_target.filename().string();
    const std::string temporary = m_temporary.filename().string();
    const int folder = m_folder.get();
    const int exchanged = exchangeNames(folder, temporary.c_str(), name.c_str());
    if (exchanged == ENOTSUP) {
        if (::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0)
            return failure(QStringLiteral("put in place"), m_target, errno);
        if (const int code = syncToDisk(folder); code != 0)
            return failure(QStringLiteral("made durable"), m_target, code);
        return {};
    }
    if (exchanged != 0)
        return failure(QStringLiteral("put in place"), m_target, exchanged);
    const Result<void> allowed = checkTarget(folder, temporary, m_target, m_options); // what had the name
    const int code = allowed ? syncToDisk(folder) : 0;
    if (!allowed || code != 0) {
        if (exchangeNames(folder, temporary.c_str(), name.c_str()) == 0)
            (void)syncToDisk(folder);
        return allowed ? failure(QStringLiteral("made durable"), m_target, code) : allowed;
    }
    if (::unlinkat(folder, temporary.c_str(), 0) != 0)
        qCWarning(internal::logDurable) << "a replaced file could not be removed";
    return {};
}

Result<void> writeDurably(const std::filesystem::path &target, const QByteArray &content,
                          const DurableFile::Options &options)
{
    Result<std::unique_ptr<DurableFile>> file = DurableFile::create(target, options);
    if (!file)
        return file.error();
    if (Result<void> written = (*file)->write(content); !written)
        return written;
    return (*file)->commit();
}

void removeStaleTemporaries(const std::filesystem::path &folder)
{
    internal::removeAbandoned(folder, internal::TemporaryKind::File);
}

} // namespace doorveil::base
