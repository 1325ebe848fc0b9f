// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/compactform_p.h"
#include "project/projectstore.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>

/// Any bytes as a project file, as the log beside one, and as the packed lists inside: refused or whole, and what opens
/// can be read to its end.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace doorveil::project;
    static int noArguments = 0;
    static const QCoreApplication application(noArguments, nullptr); // Qt Sql looks for its drivers through it
    static const QTemporaryDir folder;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto boxes = internal::unpackObservations(bytes); boxes && internal::packObservations(*boxes) != bytes)
        std::abort(); // there is one form only
    if (const auto frames = internal::unpackFrames(bytes); frames && internal::packFrames(*frames) != bytes)
        std::abort();
    (void)internal::decompress(bytes, 1 << 20);

    const std::string path = folder.filePath(QStringLiteral("sent.doorveil")).toStdString();
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.constData(), bytes.size());
    if (const auto store = ProjectStore::open(path)) {
        (void)(*store)->log();
    } else if (!store.error().message.contains(QStringLiteral("sent.doorveil"))) {
        std::abort(); // an error names its file
    }
    return 0;
}
