// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"

#include <QRandomGenerator>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>
#include <windows.h>

// Windows has no call that syncs a folder; NTFS journals names, and MOVEFILE_WRITE_THROUGH waits for the move.
// https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw
namespace doorveil::base {

namespace {

Error failure(const QString &action, const std::filesystem::path &path, const QString &reason)
{
    return {ErrorKind::Failure, QStringLiteral("%1 could not be %2: %3").arg(displayPath(path), action, reason)};
}

Error refusal(const std::filesystem::path &path, const QString &reason)
{
    return {ErrorKind::Usage, QStringLiteral("%1 cannot be written: %2").arg(displayPath(path), reason)};
}

Result<void> checkTarget(const std::filesystem::path &target, const DurableFile::Options &options)
{
    std::error_code failed;
    const std::filesystem::file_status status = std::filesystem::symlink_status(target, failed);
    if (status.type() == std::filesystem::file_type::not_found)
        return {};
    if (status.type() == std::filesystem::file_type::directory)
        return refusal(target, QStringLiteral("there is a folder of that name"));
    if (status.type() != std::filesystem::file_type::regular)
        return refusal(target, QStringLiteral("it is not a regular file"));
    if (const Result<FileDescriptor> file = openInput(target); file) {
        const Result<FileIdentity> identity = identityOf(file->get());
        for (const FileIdentity &original : options.neverOverwrite) {
            if (identity && *identity == original)
                return refusal(target, QStringLiteral("it is the original clip, which is never changed"));
        }
    }
    return options.replaceExisting
               ? Result<void>()
               : Result<void>(refusal(target, QStringLiteral("it exists already (use --force to replace it)")));
}

} // namespace

Result<std::unique_ptr<DurableFile>> DurableFile::create(const std::filesystem::path &target, const Options &options)
{
    std::unique_ptr<DurableFile> file(new DurableFile);
    file->m_target = target;
    file->m_options = options;
    if (!target.has_filename())
        return refusal(target, QStringLiteral("it names a folder, not a file"));
    if (Result<void> allowed = checkTarget(target, options); !allowed)
        return allowed.error();
    removeStaleTemporaries(target.parent_path());
    if (Result<void> opened = file->openTemporary(); !opened)
        return opened.error();
    return file;
}

Result<void> DurableFile::openTemporary()
{
    const std::wstring name = L".doorveil-" + std::to_wstring(QRandomGenerator::system()->generate64()) + L".part";
    m_temporary = m_target.parent_path() / name;
    int descriptor = -1;
    // Not shared for deleting: an owned file cannot be taken for a stale one.
    const int code =
        ::_wsopen_s(&descriptor, m_temporary.c_str(), _O_RDWR | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT,
                    _SH_DENYNO, _S_IREAD | _S_IWRITE);
    if (code != 0) {
        m_temporary.clear();
        return refusal(m_target, QString::fromLocal8Bit(std::strerror(code)));
    }
    m_file = FileDescriptor(descriptor);
    return {};
}

bool DurableFile::isTemporaryOurs() const
{
    return true;
}

DurableFile::~DurableFile()
{
    m_file = FileDescriptor();
    std::error_code ignored;
    if (!m_committed && !m_temporary.empty())
        std::filesystem::remove(m_temporary, ignored);
}

Result<void> DurableFile::write(const QByteArray &content)
{
    qsizetype written = 0;
    while (written < content.size()) {
        const auto part = unsigned(std::min<qsizetype>(content.size() - written, 1 << 30));
        const int count = ::_write(m_file.get(), content.constData() + written, part);
        if (count <= 0) {
            m_failed = true;
            return failure(QStringLiteral("written"), m_target, QString::fromLocal8Bit(std::strerror(errno)));
        }
        written += count;
    }
    return {};
}

Result<void> DurableFile::syncContent()
{
    if (::_commit(m_file.get()) != 0)
        return failure(QStringLiteral("written to disk"), m_target, QString::fromLocal8Bit(std::strerror(errno)));
    m_file = FileDescriptor(); // an open file cannot be moved
    return {};
}

Result<void> DurableFile::commit()
{
    if (m_failed || m_committed)
        return failure(QStringLiteral("put in place"), m_target, QStringLiteral("it was not completed"));
    m_failed = true;
    if (Result<void> synced = syncContent(); !synced)
        return synced;
    if (Result<void> allowed = checkTarget(m_target, m_options); !allowed)
        return allowed;
    if (Result<void> placed = m_options.replaceExisting ? placeOver() : placeNew(); !placed)
        return placed;
    m_failed = false;
    m_committed = true;
    return {};
}

Result<void> DurableFile::placeNew()
{
    if (!::MoveFileExW(m_temporary.c_str(), m_target.c_str(), MOVEFILE_WRITE_THROUGH))
        return failure(QStringLiteral("put in place"), m_target, QStringLiteral("error %1").arg(::GetLastError()));
    return {};
}

Result<void> DurableFile::placeOver()
{
    if (!::MoveFileExW(m_temporary.c_str(), m_target.c_str(), MOVEFILE_WRITE_THROUGH | MOVEFILE_REPLACE_EXISTING))
        return failure(QStringLiteral("put in place"), m_target, QStringLiteral("error %1").arg(::GetLastError()));
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
    for (const auto &entry :
         std::filesystem::directory_iterator(folder.empty() ? std::filesystem::path(L".") : folder, failed)) {
        const std::wstring name = entry.path().filename().native();
        if (name.starts_with(L".doorveil-") && name.ends_with(L".part"))
            std::filesystem::remove(entry.path(), failed); // fails for one that is open
    }
}

} // namespace doorveil::base
