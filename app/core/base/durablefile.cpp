// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"

#include "base/log.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace doorveil::base {

Q_LOGGING_CATEGORY(logDurable, "doorveil.base.durable", QtWarningMsg)

namespace {

constexpr const char *temporaryPrefix = ".doorveil-";
constexpr const char *temporarySuffix = ".part";

Error failure(const QString &action, const std::filesystem::path &path, int code)
{
    return {ErrorKind::Failure, QStringLiteral("%1 could not be %2: %3")
                                    .arg(displayPath(path), action, QString::fromLocal8Bit(std::strerror(code)))};
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

    for (int attempt = 0; attempt < 16; ++attempt) {
        const std::string temporary = temporaryPrefix + std::to_string(::getpid()) + "-"
                                      + std::to_string(QRandomGenerator::system()->generate64()) + temporarySuffix;
        file->m_file =
            FileDescriptor(::openat(file->m_folder.get(), temporary.c_str(),
                                    O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode_t(options.mode)));
        if (file->m_file.isValid()) {
            file->m_temporary = folder / temporary;
            return file;
        }
        if (errno != EEXIST)
            break;
    }
    const int code = errno;
    if (code == EACCES || code == EPERM || code == EROFS)
        return refusal(target, QStringLiteral("its folder is not writable"));
    return failure(QStringLiteral("written"), target, code);
}

DurableFile::~DurableFile()
{
    if (!m_committed && !m_temporary.empty())
        ::unlinkat(m_folder.get(), m_temporary.filename().c_str(), 0);
}

Result<void> DurableFile::write(const QByteArray &content)
{
    qsizetype written = 0;
    while (written < content.size()) {
        const ssize_t count =
            ::write(m_file.get(), content.constData() + written, std::size_t(content.size() - written));
        if (count < 0) {
            if (errno == EINTR)
                continue;
            return failure(QStringLiteral("written"), m_target, errno);
        }
        written += count;
    }
    return {};
}

Result<void> DurableFile::commit()
{
    if (::fsync(m_file.get()) != 0)
        return failure(QStringLiteral("written to disk"), m_target, errno);
    // Looked at again: something may have taken the name since create().
    const std::string name = m_target.filename().string();
    if (Result<void> allowed = checkTarget(m_folder.get(), name, m_target, m_options); !allowed)
        return allowed.error();
    const std::string temporary = m_temporary.filename().string();
#ifdef RENAME_NOREPLACE
    const unsigned flags = m_options.replaceExisting ? 0U : unsigned(RENAME_NOREPLACE);
    int renamed = ::renameat2(m_folder.get(), temporary.c_str(), m_folder.get(), name.c_str(), flags);
    if (renamed != 0 && errno == EINVAL) // a file system without the flag
        renamed = ::renameat(m_folder.get(), temporary.c_str(), m_folder.get(), name.c_str());
#else
    const int renamed = ::renameat(m_folder.get(), temporary.c_str(), m_folder.get(), name.c_str());
#endif
    if (renamed != 0)
        return errno == EEXIST ? refusal(m_target, QStringLiteral("it exists already"))
                               : failure(QStringLiteral("put in place"), m_target, errno);
    m_committed = true;
    if (::fsync(m_folder.get()) != 0) {
        // The name may not survive a power cut, so it must not be reported as done. A file that replaced another
        // one cannot be taken back; a new one is removed again.
        const int code = errno;
        if (!m_options.replaceExisting)
            ::unlinkat(m_folder.get(), name.c_str(), 0);
        return failure(QStringLiteral("made durable"), m_target, code);
    }
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
    std::error_code failed;
    for (const auto &entry : std::filesystem::directory_iterator(folder, failed)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(temporaryPrefix) || !name.ends_with(temporarySuffix))
            continue;
        const char *first = name.data() + std::strlen(temporaryPrefix);
        int process = 0;
        const auto [last, error] = std::from_chars(first, name.data() + name.size(), process);
        if (error != std::errc() || *last != '-' || process <= 0)
            continue;
        if (::kill(process, 0) == 0 || errno != ESRCH)
            continue;
        if (::unlink(entry.path().c_str()) != 0)
            qCWarning(logDurable) << "a stale temporary file could not be removed";
    }
}

} // namespace doorveil::base
