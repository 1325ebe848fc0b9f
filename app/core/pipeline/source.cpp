// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/source.h"

#include "isolation/videoreader.h"
#include "pipeline/jobs.h"

#include <QCryptographicHash>

#include <algorithm>
#include <system_error>

namespace doorveil::pipeline {

base::Result<ClipFile> ClipFile::open(const std::filesystem::path &path)
{
    base::Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return file.error();
    ClipFile clip;
    clip.m_path = path;
    clip.m_file = std::move(*file);
    return clip;
}

base::Error ClipFile::named(const base::Error &error) const
{
    return error.kind == base::ErrorKind::Cancelled ? error : error.prefixed(base::displayPath(m_path));
}

base::Result<QString> ClipFile::sha256(const base::CancelToken &cancel) const
{
    base::Result<QString> hash = base::sha256Of(descriptor(), cancel);
    return hash ? hash : base::Result<QString>(named(hash.error()));
}

base::Result<base::FileIdentity> ClipFile::identity() const
{
    return base::identityOf(descriptor());
}

base::Result<std::unique_ptr<base::FrameSource>> ClipFile::reader(const base::FrameSourceOptions &options) const
{
    auto source = isolation::openClip(descriptor(), options);
    if (!source)
        return named(source.error());
    return source;
}

std::filesystem::path sourcePath(const project::SourceRecord &source)
{
    if (!source.nativePath.isEmpty())
        return std::filesystem::path(source.nativePath.toStdString());
    return std::filesystem::path(source.path.toStdString());
}

std::size_t frameIndex(const project::SourceRecord &source, std::int64_t pts)
{
    const auto found = std::lower_bound(source.frames.begin(), source.frames.end(), pts,
                                        [](const base::FrameTime &frame, std::int64_t key) { return frame.pts < key; });
    return std::size_t(found - source.frames.begin());
}

std::vector<base::FileIdentity> identitiesOf(const std::vector<std::filesystem::path> &files)
{
    std::vector<base::FileIdentity> identities;
    for (const std::filesystem::path &name : files) {
        const base::Result<base::FileDescriptor> file = base::openInput(name);
        if (!file)
            continue;
        if (const base::Result<base::FileIdentity> identity = base::identityOf(file->get()))
            identities.push_back(*identity);
    }
    return identities;
}

std::vector<base::Tag> withoutValues(std::vector<base::Tag> tags)
{
    for (base::Tag &tag : tags) {
        const auto names = [&tag](const char *word) {
            return tag.key.contains(QLatin1String(word), Qt::CaseInsensitive);
        };
        const bool tellsCameras = names("make") || names("model") || names("manufacturer");
        tag.value = tellsCameras ? QString::fromLatin1(
                        QCryptographicHash::hash(tag.value.toUtf8(), QCryptographicHash::Sha256).toHex().left(16))
                                 : QString();
    }
    return tags;
}

base::Result<ImportedClip> importClip(const std::filesystem::path &path, const base::CancelToken &cancel)
{
    const base::Result<ClipFile> file = ClipFile::open(path);
    if (!file)
        return file.error();
    // Probed first: a file that is no clip is refused without reading all of it.
    const auto reader = file->reader();
    if (!reader)
        return reader.error();
    const base::Result<QString> sha256 = file->sha256(cancel);
    if (!sha256)
        return sha256.error();
    const base::Result<std::int64_t> bytes = base::sizeOf(file->descriptor());
    if (!bytes)
        return file->named(bytes.error());

    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(path, failed);
    if (failed)
        absolute = path;
    ImportedClip clip;
    clip.source.path = base::displayPath(absolute);
    clip.source.nativePath = QByteArray::fromStdString(absolute.string());
    clip.source.sha256 = *sha256;
    clip.source.bytes = *bytes;
    clip.source.info = (*reader)->info();
    return clip;
}

} // namespace doorveil::pipeline
