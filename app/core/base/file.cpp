// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"

#include <QCryptographicHash>
#include <QStringDecoder>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <utility>
#include <vector>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace doorveil::base {

namespace {

QString reasonOf(int code)
{
    return QString::fromLocal8Bit(std::strerror(code));
}

/// Not what moves the cursor, turns the writing direction or breaks the line: a name could make a message lie.
bool isHarmless(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

Error notOpenable(const std::filesystem::path &path, const QString &reason)
{
    return {ErrorKind::InputNotOpenable, QStringLiteral("%1 cannot be opened: %2").arg(displayPath(path), reason)};
}

} // namespace

QString displayPath(const std::filesystem::path &path)
{
#ifdef Q_OS_WIN
    QString shown;
    for (const QChar character : QString::fromStdWString(path.native()))
        shown += isHarmless(character) ? QString(character)
                                       : QStringLiteral("\\x%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
    return shown;
#else
    const std::string &bytes = path.native();
    QString shown;
    for (std::size_t index = 0; index < bytes.size();) {
        const auto byte = static_cast<unsigned char>(bytes[index]);
        const std::size_t length = byte < 0x80         ? 1
                                   : (byte >> 5) == 6  ? 2
                                   : (byte >> 4) == 14 ? 3
                                   : (byte >> 3) == 30 ? 4
                                                       : 0;
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString character = length == 0 || index + length > bytes.size()
                                      ? QString()
                                      : QString(decoder(QByteArrayView(bytes.data() + index, qsizetype(length))));
        const bool shownAsIs =
            !character.isEmpty() && !decoder.hasError() && std::all_of(character.begin(), character.end(), isHarmless);
        shown += shownAsIs ? character : QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
        index += shownAsIs ? length : 1;
    }
    return shown;
#endif
}

FileDescriptor::~FileDescriptor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

FileDescriptor::FileDescriptor(FileDescriptor &&other) noexcept : m_descriptor(other.release()) { }

FileDescriptor &FileDescriptor::operator=(FileDescriptor &&other) noexcept
{
    if (this != &other) {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = other.release();
    }
    return *this;
}

int FileDescriptor::release()
{
    return std::exchange(m_descriptor, -1);
}

Result<FileDescriptor> openInput(const std::filesystem::path &path)
{
#ifdef Q_OS_WIN
    FileDescriptor file(::_wopen(path.c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT));
#else
    // O_NONBLOCK: opening a FIFO must not wait for a writer. It has no effect on regular files.
    FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
#endif
    if (!file.isValid()) {
        const int code = errno;
        if (code == ENOENT)
            return notOpenable(path, QStringLiteral("there is no such file"));
        if (code == EACCES)
            return notOpenable(path, QStringLiteral("you may not read it"));
        return notOpenable(path, reasonOf(code));
    }
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return notOpenable(path, reasonOf(errno));
    if ((status.st_mode & S_IFMT) == S_IFDIR)
        return notOpenable(path, QStringLiteral("it is a folder"));
    if ((status.st_mode & S_IFMT) != S_IFREG)
        return notOpenable(path, QStringLiteral("it is not a regular file"));
    if (status.st_size == 0)
        return notOpenable(path, QStringLiteral("it is empty"));
    return file;
}

Result<FileIdentity> identityOf(int descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return Error{ErrorKind::Failure, reasonOf(errno)};
    return FileIdentity{std::uint64_t(status.st_dev), std::uint64_t(status.st_ino)};
}

Result<std::int64_t> sizeOf(int descriptor)
{
    struct stat status = {};
    if (::fstat(descriptor, &status) != 0)
        return Error{ErrorKind::Failure, reasonOf(errno)};
    return std::int64_t(status.st_size);
}

Result<QString> sha256Of(int descriptor, const CancelToken &cancel)
{
    constexpr std::size_t blockBytes = 1 << 20;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<char> block(blockBytes);
    std::int64_t offset = 0;
    while (true) {
        if (cancel.isCancelled())
            return Error{ErrorKind::Cancelled, QStringLiteral("cancelled")};
#ifdef Q_OS_WIN
        if (offset == 0 && ::_lseeki64(descriptor, 0, SEEK_SET) < 0)
            return Error{ErrorKind::Failure, reasonOf(errno)};
        const auto count = ::_read(descriptor, block.data(), unsigned(blockBytes));
#else
        const auto count = ::pread(descriptor, block.data(), blockBytes, off_t(offset));
#endif
        if (count < 0) {
            if (errno == EINTR)
                continue;
            return Error{ErrorKind::Failure, reasonOf(errno)};
        }
        if (count == 0)
            return QString::fromLatin1(hash.result().toHex());
        hash.addData(QByteArrayView(block.data(), qsizetype(count)));
        offset += count;
    }
}

Result<QByteArray> readSmallFile(const std::filesystem::path &path, std::int64_t limit)
{
    Result<FileDescriptor> file = openInput(path);
    if (!file)
        return file.error();
    QByteArray content;
    std::vector<char> block(1 << 16);
    while (true) {
        const auto count = ::read(file->get(), block.data(), unsigned(block.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return notOpenable(path, reasonOf(errno));
        if (count == 0)
            return content;
        content.append(block.data(), qsizetype(count));
        if (content.size() > limit)
            return notOpenable(path, QStringLiteral("it is larger than %1 bytes").arg(limit));
    }
}

} // namespace doorveil::base
