// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/encodepass.h"

#include "pipeline/framereader.h"
#include "pipeline/soundtrack.h"
#include "pipeline/workgroup.h"
#include "redaction/redactor.h"

#include <algorithm>

namespace doorveil::pipeline {

namespace {

encode::EncodeSettings encodeSettings(const project::ReviewDocument &document, const EncodeParameters &parameters)
{
    const base::ClipInfo &info = document.source.info;
    encode::EncodeSettings settings;
    settings.storedSize = info.storedSize;
    settings.orientation = info.orientation;
    settings.sampleAspect = info.sampleAspect;
    settings.timeBase = info.timeBase;
    settings.colour = info.colour;
    settings.fieldOrder = info.fieldOrder;
    settings.crf = parameters.crf;
    settings.preset = parameters.preset;
    if (keepsSound(document)) {
        const base::AudioStreamInfo &stream = info.audioStreams[std::size_t(info.defaultAudioStream)];
        // 64 kb/s a channel, and never less than 128: as good as what doorbells record.
        settings.audio =
            encode::AudioSettings{stream.sampleRate, stream.channels, std::max(128'000, 64'000 * stream.channels)};
    }
    return settings;
}

base::Result<void> coverFrames(const ExportPlan &plan, FrameQueue &decoded, FrameQueue &covered)
{
    redaction::Redactor redactor;
    while (std::optional<base::VideoFrame> frame = decoded.pop()) {
        if (const base::Result<void> done = redactor.cover(*frame, plan.cover->at(frame->pts)); !done)
            return done;
        if (!covered.push(std::move(*frame)))
            return {};
    }
    covered.close();
    return {};
}

/// In the stored orientation.
std::vector<base::Rectangle> solidAreas(const ExportPlan &plan, const base::VideoFrame &frame)
{
    std::vector<base::Rectangle> areas;
    for (const redaction::CoverRegion &region : plan.cover->at(frame.pts)) {
        const base::Rectangle stored = redaction::storedRegion(region, frame);
        if (region.style == base::CoverStyle::Solid && !stored.isEmpty())
            areas.push_back(stored);
    }
    return areas;
}

/// Writes the covered frames from time 0 on, with the sound that belongs beside each.
base::Result<void> writeFrames(const ExportPlan &plan, FrameQueue &covered, Soundtrack *sound,
                               encode::ClipWriter &writer, const base::ProgressCallback &progress)
{
    std::size_t index = 0;
    while (std::optional<base::VideoFrame> frame = covered.pop()) {
        frame->duration = plan.frames[index].duration;
        const std::int64_t shownUntil = frame->pts + frame->duration;
        const std::vector<base::Rectangle> solid = solidAreas(plan, *frame);
        frame->pts -= plan.begin();
        if (const base::Result<void> written = writer.writeVideo(*frame, solid); !written)
            return written;
        if (sound != nullptr) {
            if (const base::Result<void> written = sound->writeUntil(shownUntil, writer); !written)
                return written;
        }
        ++index;
        if (progress)
            progress({QStringLiteral("export"), std::int64_t(index), std::int64_t(plan.frames.size())});
    }
    return {};
}

} // namespace

base::Result<encode::EncodeSummary> encodePass(const project::ReviewDocument &document, const ExportPlan &plan,
                                               const ClipFile &source, int output, const EncodeParameters &parameters,
                                               const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    auto reader = source.reader();
    if (!reader)
        return reader.error();
    std::unique_ptr<Soundtrack> sound;
    if (keepsSound(document)) {
        auto opened = Soundtrack::open(document, plan, source);
        if (!opened)
            return opened.error();
        sound = std::move(*opened);
    }
    auto writer = encode::createClipWriter(output, encodeSettings(document, parameters));
    if (!writer)
        return writer.error();

    FrameQueue decoded(queuedFrames);
    FrameQueue covered(queuedFrames);
    WorkGroup group;
    group.onStop([&decoded, &covered] {
        decoded.abort();
        covered.abort();
    });
    const bool damaged = !document.source.losses.empty();
    group.run([&] {
        const base::Result<void> read = readPlannedFrames(**reader, plan, damaged, decoded, cancel);
        return read ? read : base::Result<void>(source.named(read.error()));
    });
    group.run([&] { return coverFrames(plan, decoded, covered); });
    group.runHere([&]() -> base::Result<void> {
        if (const auto written = writeFrames(plan, covered, sound.get(), **writer, progress); !written)
            return written;
        return cancel.isCancelled() ? base::Result<void>(cancelledError()) : base::Result<void>();
    });
    if (const base::Result<void> done = group.join(); !done)
        return done.error();
    return (*writer)->finish();
}

} // namespace doorveil::pipeline
