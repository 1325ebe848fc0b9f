// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporttesting.h"

#include "isolation/videoreader.h"
#include "support/framecounter.h"

namespace doorveil::testsupport {

base::Result<ReadClip> readClip(const std::filesystem::path &clip)
{
    const auto file = base::openInput(clip);
    if (!file)
        return file.error();
    const auto source = isolation::openClip(file->get());
    if (!source)
        return source.error();
    ReadClip read;
    read.info = (*source)->info();
    while (true) {
        const auto frame = (*source)->nextFrame();
        if (!frame)
            return frame.error();
        if (!frame->has_value())
            break;
        read.frames.push_back({readFrameCounter(**frame), (*frame)->pts, (*frame)->duration});
    }
    read.losses = (*source)->losses();
    return read;
}

base::Result<project::ReviewDocument> documentOf(const std::filesystem::path &clip)
{
    auto imported = pipeline::importClip(clip);
    if (!imported)
        return imported.error();
    const auto read = readClip(clip);
    if (!read)
        return read.error();
    project::ReviewDocument document;
    document.source = std::move(imported->source);
    document.source.losses = read->losses;
    const std::vector<ReadFrame> &frames = read->frames;
    for (std::size_t index = 0; index < frames.size(); ++index) {
        const bool isLast = index + 1 == frames.size();
        document.source.frames.push_back(
            {frames[index].pts, isLast ? frames[index].duration : frames[index + 1].pts - frames[index].pts, false});
    }
    return document;
}

base::Track trackOver(const project::ReviewDocument &document, const base::Rectangle &box)
{
    base::Track track;
    track.id = 1;
    for (const base::FrameTime &frame : document.source.frames)
        track.observations.push_back({frame.pts, box, base::Origin::Detected, 0.9F});
    return track;
}

bool sameTime(std::int64_t ticksA, base::Rational a, std::int64_t ticksB, base::Rational b)
{
    return __int128(ticksA) * a.numerator * b.denominator == __int128(ticksB) * b.numerator * a.denominator;
}

} // namespace doorveil::testsupport
