// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/openedpackage.h"

#include "base/file.h"
#include "package/ziparchive.h"

#include <algorithm>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace doorveil::package {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QByteArray beginningOf(int descriptor)
{
    QByteArray start(64, Qt::Uninitialized);
    const ssize_t count = ::pread(descriptor, start.data(), std::size_t(start.size()), 0);
    start.truncate(std::max<ssize_t>(count, 0));
    return start;
}

bool isZip(const QByteArray &start)
{
    return start.startsWith(QByteArray("PK\x03\x04", 4)) || start.startsWith(QByteArray("PK\x05\x06", 4));
}

bool isAge(const QByteArray &start)
{
    return start.startsWith("age-encryption.org/");
}

} // namespace

Result<void> OpenedPackage::unpack(int zip, const BagLimits &limits, const base::CancelToken &cancel)
{
    const QString inside = m_temporary->filePath(QStringLiteral("unpacked"));
    std::error_code failedToMake;
    std::filesystem::create_directory(inside.toStdString(), failedToMake);
    if (failedToMake)
        return Error{ErrorKind::Failure, QStringLiteral("there is no room to unpack the package: %1")
                                             .arg(QString::fromStdString(failedToMake.message()))};
    Result<std::filesystem::path> folder = extractZip(zip, inside.toStdString(), limits, cancel);
    if (!folder)
        return folder.error();
    m_folder = std::move(*folder);
    return {};
}

Result<OpenedPackage> OpenedPackage::open(const std::filesystem::path &path, const std::vector<AgeIdentity> &identities,
                                          const BagLimits &limits, const base::CancelToken &cancel)
{
    OpenedPackage opened;
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        opened.m_folder = path;
        return opened;
    }
    const Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return file.error();
    const QString name = base::displayPath(path);
    opened.m_temporary = std::make_unique<QTemporaryDir>(); // 0700
    if (!opened.m_temporary->isValid())
        return Error{ErrorKind::Failure, QStringLiteral("no temporary folder could be made to unpack %1").arg(name)};
    QByteArray start = beginningOf(file->get());
    base::FileDescriptor plain;
    if (isAge(start)) {
        if (identities.empty())
            return Error{ErrorKind::Usage,
                         QStringLiteral("%1 is sealed; give the key that opens it with --identity").arg(name),
                         QStringLiteral("sealed")};
        const QString plainName = opened.m_temporary->filePath(QStringLiteral("plain"));
        plain =
            base::FileDescriptor(::open(plainName.toUtf8().constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!plain.isValid())
            return Error{ErrorKind::Failure, QStringLiteral("%1 could not be unsealed: no room").arg(name)};
        if (Result<void> unsealed = ageDecrypt(file->get(), plain.get(), identities, cancel); !unsealed)
            return unsealed.error().prefixed(name);
        start = beginningOf(plain.get());
    }
    if (!isZip(start))
        return Error{ErrorKind::InputNotOpenable,
                     QStringLiteral("%1 is no package: neither a folder nor a ZIP").arg(name)};
    if (Result<void> unpacked = opened.unpack(plain.isValid() ? plain.get() : file->get(), limits, cancel); !unpacked)
        return unpacked.error().prefixed(name);
    return opened;
}

bool looksLikePackage(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return true;
    const Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return path.extension() == ".zip" || path.extension() == ".age";
    const QByteArray start = beginningOf(file->get());
    return isZip(start) || isAge(start) || path.extension() == ".zip" || path.extension() == ".age";
}

} // namespace doorveil::package
