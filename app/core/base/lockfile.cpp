// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/lockfile.h"

#include <QLockFile>

#include <cerrno>
#include <cstring>
#ifndef Q_OS_WIN
#include <fcntl.h>
#include <sys/file.h>
#endif

namespace doorveil::base {

namespace {

Error inUse(const std::filesystem::path &path)
{
    return {ErrorKind::Usage, QStringLiteral("%1 is held by another process").arg(displayPath(path)),
            QStringLiteral("in-use")};
}

} // namespace

#ifdef Q_OS_WIN
void unlock(const FileDescriptor &) { } // no such locks
#else
void unlock(const FileDescriptor &file)
{
    if (file.isValid())
        ::flock(file.get(), LOCK_UN);
}
#endif

LockFile::LockFile() = default;
LockFile::~LockFile()
{
    unlock(m_file);
}

Result<std::unique_ptr<LockFile>> LockFile::acquire(const std::filesystem::path &path)
{
    std::unique_ptr<LockFile> lock(new LockFile);
#ifdef Q_OS_WIN
    lock->m_fallback = std::make_unique<QLockFile>(QString::fromStdWString(path.native()));
    lock->m_fallback->setStaleLockTime(0);
    if (!lock->m_fallback->tryLock(0))
        return inUse(path);
#else
    lock->m_file = FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600));
    if (!lock->m_file.isValid())
        return Error{ErrorKind::Usage, QStringLiteral("%1 cannot be made: %2")
                                           .arg(displayPath(path), QString::fromLocal8Bit(std::strerror(errno)))};
    if (::flock(lock->m_file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return inUse(path);
        return Error{ErrorKind::Usage,
                     QStringLiteral("%1 cannot be locked (%2); use a folder whose file system has locks")
                         .arg(displayPath(path), QString::fromLocal8Bit(std::strerror(errno)))};
    }
#endif
    return lock;
}

} // namespace doorveil::base
