// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/preview.h"

#include "base/picture.h"
#include "pipeline/framereader.h"
#include "pipeline/source.h"

namespace doorveil::pipeline {

base::Result<ClipPreview> previewClip(const std::filesystem::path &path, const base::CancelToken &cancel)
{
    const base::Result<ClipFile> file = ClipFile::open(path);
    if (!file)
        return file.error();
    const auto reader = file->reader();
    if (!reader)
        return reader.error();
    const base::Result<std::int64_t> bytes = base::sizeOf(file->descriptor());
    if (!bytes)
        return file->named(bytes.error());
    ClipPreview preview;
    preview.info = (*reader)->info();
    preview.bytes = *bytes;
    if (cancel.isCancelled())
        return cancelledError();
    const base::Result<std::optional<base::VideoFrame>> frame = (*reader)->nextFrame();
    // Whether any frame decodes is the analysis's question: here a picture is simply missing.
    if (frame && frame->has_value())
        preview.picture = base::toPicture(**frame);
    return preview;
}

base::Result<QString> hashClip(const std::filesystem::path &path, const base::CancelToken &cancel)
{
    const base::Result<ClipFile> file = ClipFile::open(path);
    return file ? file->sha256(cancel) : base::Result<QString>(file.error());
}

} // namespace doorveil::pipeline
