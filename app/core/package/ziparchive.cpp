// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/ziparchive.h"

#include "package/descriptorsource_p.h"

#include <QSet>
#include <QStringList>

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace doorveil::package {

namespace {

constexpr zip_uint16_t dosTime = 0; // 00:00:00
constexpr zip_uint16_t dosDate = (1 << 5) | 1; // 1980-01-01
constexpr zip_uint32_t plainFile = 0100644;

struct DiscardArchive
{
    void operator()(zip_t *archive) const { zip_discard(archive); }
};
using ArchiveOwner = std::unique_ptr<zip_t, DiscardArchive>;

struct CloseFile
{
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};
using FileOwner = std::unique_ptr<zip_file_t, CloseFile>;

base::Error writeError(zip_t *archive)
{
    return {base::ErrorKind::Failure, QStringLiteral("the ZIP file could not be written: %1")
                                          .arg(QString::fromUtf8(zip_error_strerror(zip_get_error(archive))))};
}

base::Error broken(const char *failureClass, const QString &sentence)
{
    return {base::ErrorKind::CheckFailed, sentence, QString::fromLatin1(failureClass)};
}

QStringList sortedFiles(const std::filesystem::path &folder)
{
    QStringList paths;
    std::error_code failed;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, failed)) {
        if (entry.is_regular_file(failed))
            paths += QString::fromStdString(entry.path().lexically_relative(folder).generic_string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// One entry's name, size and method, checked.
struct Entry
{
    QString path;
    std::uint64_t bytes = 0;
};

base::Result<Entry> checkedEntry(zip_t *archive, zip_uint64_t index)
{
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat_index(archive, index, 0, &status) != 0)
        return broken("zip-malformed", QStringLiteral("an entry of the ZIP file cannot be read"));
    const QString path = QString::fromUtf8(status.name);
    if (!isSafePackagePath(path))
        return broken("bag-unsafe-name", QStringLiteral("the ZIP file holds an entry with an unusual name: %1")
                                             .arg(base::displayPath(status.name).left(80)));
    if (status.encryption_method != ZIP_EM_NONE)
        return broken("zip-encrypted", QStringLiteral("the ZIP file is encrypted"));
    if (status.comp_method != ZIP_CM_STORE || status.comp_size != status.size)
        return broken("zip-compressed", QStringLiteral("the ZIP file is compressed; packages of Doorveil are not"));
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 && system == ZIP_OPSYS_UNIX
        && S_ISLNK(attributes >> 16))
        return broken("bag-link", QStringLiteral("%1 is a link").arg(path));
    return Entry{path, status.size};
}

/// libzip's check for consistency refuses a name that is there twice, without saying so.
bool hasDuplicates(int input)
{
    DescriptorSource origin(input);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = origin.makeSource();
    const ArchiveOwner archive(source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr);
    if (!archive) {
        zip_source_free(source);
        return false;
    }
    constexpr zip_int64_t mostLookedAt = 4096;
    const zip_int64_t count = std::min(zip_get_num_entries(archive.get(), 0), mostLookedAt);
    QSet<QByteArray> seen;
    for (zip_int64_t index = 0; index < count; ++index) {
        const char *name = zip_get_name(archive.get(), zip_uint64_t(index), ZIP_FL_ENC_RAW);
        if (name == nullptr || seen.contains(name))
            return name != nullptr;
        seen.insert(name);
    }
    return false;
}

base::Result<void> extractEntry(zip_t *archive, zip_uint64_t index, const Entry &entry,
                                const std::filesystem::path &folder, const base::CancelToken &cancel)
{
    const std::filesystem::path path = folder / entry.path.toStdString();
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    const base::FileDescriptor output(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!output.isValid())
        return base::Error{base::ErrorKind::Failure, QStringLiteral("%1 could not be unpacked").arg(entry.path)};
    const FileOwner file(zip_fopen_index(archive, index, 0));
    if (!file)
        return broken("zip-malformed", QStringLiteral("%1 cannot be read from the ZIP file").arg(entry.path));
    std::vector<char> block(1 << 20);
    std::uint64_t done = 0;
    while (true) {
        if (cancel.isCancelled())
            return base::Error{base::ErrorKind::Cancelled, QStringLiteral("cancelled")};
        const zip_int64_t count = zip_fread(file.get(), block.data(), block.size());
        if (count < 0) // a wrong CRC among others
            return broken("zip-malformed", QStringLiteral("%1 is damaged in the ZIP file").arg(entry.path));
        if (count == 0)
            break;
        if (::write(output.get(), block.data(), std::size_t(count)) != count)
            return base::Error{base::ErrorKind::Failure,
                               QStringLiteral("%1 could not be unpacked: is the disk full?").arg(entry.path)};
        done += std::uint64_t(count);
    }
    if (done != entry.bytes)
        return broken("zip-malformed", QStringLiteral("%1 is cut off in the ZIP file").arg(entry.path));
    return {};
}

} // namespace

base::Result<void> writeZip(const std::filesystem::path &bagFolder, const QString &root, int output)
{
    DescriptorSource target(output);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = target.makeSource();
    ArchiveOwner archive(source != nullptr ? zip_open_from_source(source, ZIP_TRUNCATE, &error) : nullptr);
    if (!archive) {
        zip_source_free(source);
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the ZIP file could not be begun")};
    }
    const QStringList paths = sortedFiles(bagFolder);
    for (const QString &path : paths) {
        const std::string file = (bagFolder / path.toStdString()).string();
        zip_source_t *content = zip_source_file(archive.get(), file.c_str(), 0, -1);
        const QByteArray name = (root + QLatin1Char('/') + path).toUtf8();
        const zip_int64_t index =
            content != nullptr ? zip_file_add(archive.get(), name.constData(), content, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            zip_source_free(content);
            return writeError(archive.get());
        }
        const auto entry = zip_uint64_t(index);
        if (zip_set_file_compression(archive.get(), entry, ZIP_CM_STORE, 0) != 0
            || zip_file_set_dostime(archive.get(), entry, dosTime, dosDate, 0) != 0
            || zip_file_set_external_attributes(archive.get(), entry, 0, ZIP_OPSYS_UNIX, plainFile << 16) != 0)
            return writeError(archive.get());
    }
    if (zip_close(archive.get()) != 0)
        return writeError(archive.get());
    (void)archive.release(); // closed: libzip has freed it
    return {};
}

base::Result<std::filesystem::path> extractZip(int input, const std::filesystem::path &folder, const BagLimits &limits,
                                               const base::CancelToken &cancel)
{
    DescriptorSource origin(input);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = origin.makeSource();
    const ArchiveOwner archive(source != nullptr ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error)
                                                 : nullptr);
    if (!archive) {
        zip_source_free(source);
        if (hasDuplicates(input))
            return broken("zip-duplicate", QStringLiteral("the ZIP file holds a name twice"));
        return broken(
            "zip-malformed",
            QStringLiteral("it is no readable ZIP file: %1").arg(QString::fromUtf8(zip_error_strerror(&error))));
    }
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count <= 0 || count > limits.files)
        return broken("bag-too-large", QStringLiteral("the ZIP file holds %1 entries").arg(count));

    // Everything is checked before the first byte is written.
    std::vector<Entry> entries;
    QSet<QString> seen;
    std::uint64_t total = 0;
    QString root;
    for (zip_uint64_t index = 0; index < zip_uint64_t(count); ++index) {
        base::Result<Entry> entry = checkedEntry(archive.get(), index);
        if (!entry)
            return entry.error();
        if (seen.contains(entry->path))
            return broken("zip-duplicate", QStringLiteral("the ZIP file holds %1 twice").arg(entry->path));
        seen.insert(entry->path);
        const QString first = entry->path.section(QLatin1Char('/'), 0, 0);
        if (!entry->path.contains(QLatin1Char('/')) || (!root.isEmpty() && root != first))
            return broken("bag-unsafe-name", QStringLiteral("the ZIP file does not hold one folder"));
        root = first;
        total += entry->bytes;
        if (entry->bytes > std::uint64_t(limits.totalBytes) || total > std::uint64_t(limits.totalBytes))
            return broken("bag-too-large", QStringLiteral("the ZIP file holds more than a package may"));
        entries.push_back(std::move(*entry));
    }
    for (std::size_t index = 0; index < entries.size(); ++index) {
        if (base::Result<void> extracted =
                extractEntry(archive.get(), zip_uint64_t(index), entries[index], folder, cancel);
            !extracted)
            return extracted.error();
    }
    return folder / root.toStdString();
}

} // namespace doorveil::package
