// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/clippictures.h"

#include "base/picture.h"
#include "pipeline/exportplan.h"
#include "pipeline/framereader.h"
#include "pipeline/source.h"
#include "redaction/redactor.h"

#include <algorithm>
#include <optional>

namespace doorveil::pipeline {

namespace {

/// Decoding on is cheaper than a seek up to so many frames.
constexpr std::size_t longestWalk = 32;

/// The frame of exactly that time, where the reader still gives it.
base::Result<std::optional<base::VideoFrame>> frameAt(base::FrameSource &reader, std::int64_t pts,
                                                      const base::CancelToken &cancel)
{
    while (!cancel.isCancelled()) {
        base::Result<std::optional<base::VideoFrame>> frame = reader.nextFrame();
        if (!frame || !frame->has_value() || (*frame)->pts == pts)
            return frame;
        if ((*frame)->pts > pts)
            return std::optional<base::VideoFrame>{};
    }
    return cancelledError();
}

} // namespace

base::Result<base::Picture> coveredPicture(const project::ReviewDocument &document, std::size_t index,
                                           const base::CancelToken &cancel)
{
    if (index >= document.source.frames.size())
        return base::Error{base::ErrorKind::Usage, QStringLiteral("there is no such frame")};
    const base::Result<ClipFile> file = ClipFile::open(sourcePath(document.source));
    if (!file)
        return file.error();
    const base::Result<QString> sha256 = file->sha256(cancel);
    if (!sha256)
        return sha256.error();
    if (*sha256 != document.source.sha256)
        return file->named({base::ErrorKind::Failure,
                            QStringLiteral("the file has changed since it was imported; no picture is made of it"),
                            QStringLiteral("source-changed")});
    const auto reader = file->reader();
    if (!reader)
        return reader.error();
    const std::int64_t pts = document.source.frames[index].pts;
    if (const base::Result<void> sought = (*reader)->seek(pts); !sought)
        return file->named(sought.error());
    base::Result<std::optional<base::VideoFrame>> frame = frameAt(**reader, pts, cancel);
    if (!frame)
        return file->named(frame.error());
    if (!frame->has_value())
        return file->named({base::ErrorKind::Failure, QStringLiteral("the frame cannot be decoded again")});
    const redaction::CoverPlan plan(document.tracks, document.zones, document.source.info.displayedSize(),
                                    coverSettings(document.settings));
    redaction::Redactor redactor;
    if (const base::Result<void> covered = redactor.cover(**frame, plan.at(pts)); !covered)
        return file->named(covered.error());
    return base::toPicture(**frame);
}

base::Result<void> readParts(const project::SourceRecord &source, std::vector<PartRequest> requests,
                             const std::function<void(const PartRequest &, base::Picture)> &take,
                             const base::CancelToken &cancel)
{
    std::stable_sort(requests.begin(), requests.end(),
                     [](const PartRequest &a, const PartRequest &b) { return a.pts < b.pts; });
    const base::Result<ClipFile> file = ClipFile::open(sourcePath(source));
    if (!file)
        return file.error();
    const auto reader = file->reader();
    if (!reader)
        return reader.error();
    std::size_t next = 0; // index of the frame that the reader gives next
    std::optional<base::VideoFrame> current;
    for (const PartRequest &request : requests) {
        if (!current || current->pts != request.pts) {
            const std::size_t index = frameIndex(source, request.pts);
            if (index < next || index - next > longestWalk) {
                if (const base::Result<void> sought = (*reader)->seek(request.pts); !sought)
                    return file->named(sought.error());
            }
            base::Result<std::optional<base::VideoFrame>> frame = frameAt(**reader, request.pts, cancel);
            if (!frame)
                return file->named(frame.error());
            next = index + 1;
            current = std::move(*frame);
        }
        if (current)
            take(request, base::toPicture(*current, request.area));
    }
    return {};
}

} // namespace doorveil::pipeline
