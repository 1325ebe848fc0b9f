// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefolder.h"

#include "base/temporary_p.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace doorveil::base {

namespace {

Error failure(const std::filesystem::path &path, const QString &action, int code)
{
    return {ErrorKind::Failure, QStringLiteral("%1 could not be %2: %3")
                                    .arg(displayPath(path), action, QString::fromLocal8Bit(std::strerror(code)))};
}

Error refusal(const std::filesystem::path &path, const QString &reason)
{
    return {ErrorKind::Usage, QStringLiteral("%1 cannot be made: %2").arg(displayPath(path), reason)};
}

Result<void> syncFolder(const std::filesystem::path &folder)
{
    const FileDescriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.isValid() || ::fsync(opened.get()) != 0)
        return failure(folder, QStringLiteral("made durable"), errno);
    return {};
}

Result<void> writeAll(int file, const char *bytes, std::size_t size, const std::filesystem::path &path)
{
    while (size > 0) {
        const ssize_t count = ::write(file, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(path, QStringLiteral("written"), errno);
        bytes += count;
        size -= std::size_t(count);
    }
    return {};
}

Result<void> makeMissing(const std::filesystem::path &path, mode_t mode)
{
    std::filesystem::path made;
    for (const std::filesystem::path &part : path) {
        const std::filesystem::path parent = made.empty() ? std::filesystem::path(".") : made;
        made /= part;
        if (::mkdir(made.c_str(), mode) == 0) {
            if (Result<void> synced = syncFolder(parent); !synced)
                return synced;
            continue;
        }
        const int code = errno;
        struct stat status = {};
        if (::stat(made.c_str(), &status) != 0)
            return refusal(made, QString::fromLocal8Bit(std::strerror(code)));
        if (!S_ISDIR(status.st_mode))
            return refusal(made, QStringLiteral("something that is no folder is in the way"));
    }
    return {};
}

} // namespace

Result<std::unique_ptr<DurableFolder>> DurableFolder::create(const std::filesystem::path &target)
{
    std::unique_ptr<DurableFolder> folder(new DurableFolder);
    // "bag/" and "bag" are the same name.
    folder->m_target = target.has_filename() ? target : target.parent_path();
    const std::string name = folder->m_target.filename().string();
    if (name.empty() || name == "." || name == "..")
        return refusal(target, QStringLiteral("it is no name for a folder"));
    struct stat status = {};
    if (::lstat(folder->m_target.c_str(), &status) == 0)
        return refusal(target, QStringLiteral("it exists already"));
    const std::filesystem::path parent =
        folder->m_target.has_parent_path() ? folder->m_target.parent_path() : std::filesystem::path(".");
    internal::removeAbandoned(parent, internal::TemporaryKind::Folder);
    constexpr int attempts = 16;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::filesystem::path temporary = parent / internal::newTemporaryName();
        if (::mkdir(temporary.c_str(), 0700) != 0)
            return refusal(target, errno == ENOENT ? QStringLiteral("its parent folder does not exist")
                                                   : QString::fromLocal8Bit(std::strerror(errno)));
        FileDescriptor held(::open(temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
        if (held.isValid() && internal::holdTemporary(AT_FDCWD, temporary.c_str(), held.get())) {
            folder->m_held = std::move(held);
            folder->m_temporary = temporary;
            folder->m_folders.insert(temporary);
            return folder;
        }
        ::rmdir(temporary.c_str());
    }
    return failure(folder->m_target, QStringLiteral("made"), EEXIST);
}

DurableFolder::~DurableFolder()
{
    if (m_committed || m_temporary.empty())
        return;
    std::error_code ignored; // nothing can be done about it here, and nothing has the final name
    std::filesystem::remove_all(m_temporary, ignored);
}

Result<FileDescriptor> DurableFolder::createFile(const std::filesystem::path &relative)
{
    std::filesystem::path folder = m_temporary;
    for (const std::filesystem::path &part : relative.parent_path()) {
        if (part == ".." || part == "." || part.is_absolute())
            return refusal(relative, QStringLiteral("it would lie outside the folder"));
        folder /= part;
        if (m_folders.insert(folder).second && ::mkdir(folder.c_str(), 0700) != 0)
            return failure(folder, QStringLiteral("made"), errno);
    }
    const std::filesystem::path path = folder / relative.filename();
    FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isValid())
        return failure(path, QStringLiteral("written"), errno);
    return file;
}

Result<void> DurableFolder::add(const std::filesystem::path &relative, const QByteArray &content)
{
    Result<FileDescriptor> file = createFile(relative);
    if (!file)
        return file.error();
    if (Result<void> written = writeAll(file->get(), content.constData(), std::size_t(content.size()), relative);
        !written)
        return written;
    if (::fsync(file->get()) != 0)
        return failure(relative, QStringLiteral("written to disk"), errno);
    return {};
}

Result<void> DurableFolder::addCopy(const std::filesystem::path &relative, int source)
{
    Result<FileDescriptor> file = createFile(relative);
    if (!file)
        return file.error();
    std::vector<char> block(1 << 20);
    off_t offset = 0;
    while (true) {
        const ssize_t count = ::pread(source, block.data(), block.size(), offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failure(relative, QStringLiteral("copied"), errno);
        if (count == 0)
            break;
        if (Result<void> written = writeAll(file->get(), block.data(), std::size_t(count), relative); !written)
            return written;
        offset += count;
    }
    if (::fsync(file->get()) != 0)
        return failure(relative, QStringLiteral("written to disk"), errno);
    return {};
}

Result<void> DurableFolder::commit()
{
    for (const std::filesystem::path &folder : m_folders) {
        if (Result<void> synced = syncFolder(folder); !synced)
            return synced;
    }
    if (::renameat2(AT_FDCWD, m_temporary.c_str(), AT_FDCWD, m_target.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST)
            return refusal(m_target, QStringLiteral("it exists already"));
        return failure(m_target, QStringLiteral("put in place"), errno);
    }
    m_committed = true;
    const std::filesystem::path parent =
        m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path(".");
    if (Result<void> synced = syncFolder(parent); !synced) {
        std::error_code ignored;
        std::filesystem::remove_all(m_target, ignored); // must not stay under the name without being reported as done
        return synced;
    }
    return {};
}

Result<void> makeFolders(const std::filesystem::path &path)
{
    return makeMissing(path, 0777);
}

Result<void> makePrivateFolder(const std::filesystem::path &path)
{
    Result<void> made = makeMissing(path, 0700);
    if (made && ::chmod(path.c_str(), 0700) != 0)
        made = refusal(path, QString::fromLocal8Bit(std::strerror(errno)));
    if (!made) // nobody chose the place on a command line
        return Error{ErrorKind::Failure, made.error().message, made.error().failureClass};
    return made;
}

} // namespace doorveil::base
