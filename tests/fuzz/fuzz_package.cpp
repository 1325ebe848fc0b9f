// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/packageverifier.h"
#include "package/ziparchive.h"

#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <sys/mman.h>
#include <unistd.h>

/// Any bytes as somebody's ZIP: refused, or unpacked below the folder it was given and nowhere else, and what came out
/// of it can be checked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace doorveil;
    const base::FileDescriptor zip(memfd_create("package", MFD_CLOEXEC));
    if (!zip.isValid() || write(zip.get(), data, size) != ssize_t(size))
        std::abort();
    const QTemporaryDir parent;
    const std::filesystem::path folder = parent.filePath(QStringLiteral("inside")).toStdString();
    std::filesystem::create_directory(folder);
    package::PackageOptions options;
    options.now = QDateTime(QDate(2026, 3, 6), QTime(9, 0), Qt::UTC);
    if (const auto bag = package::extractZip(zip.get(), folder))
        (void)package::verifyPackageFolder(*bag, options);
    for (const auto &entry : std::filesystem::directory_iterator(parent.path().toStdString())) {
        if (entry.path() != folder)
            std::abort();
    }
    return 0;
}
