// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/picture.h"
#include "pipeline/framereader.h"
#include "pipeline/jobs.h"
#include "pipeline/source.h"
#include "pipeline/uncoveredmotion.h"
#include "pipeline/workgroup.h"
#include "project/checks.h"
#include "tracking/cameramotion.h"
#include "tracking/tracker.h"
#include "vision/scenesearch.h"

#include <algorithm>

namespace doorveil::pipeline {

namespace {

using SearchedQueue = base::BoundedQueue<vision::SearchedFrame>;

base::Result<void> searchFrames(FrameQueue &frames, vision::SceneSearch &search, SearchedQueue &searched)
{
    while (true) {
        std::optional<base::VideoFrame> frame = frames.pop();
        const bool last = !frame;
        base::Result<std::optional<vision::SearchedFrame>> next =
            last ? search.flush() : search.push(std::move(*frame));
        if (!next)
            return next.error();
        if (*next && !searched.push(std::move(**next)))
            return {};
        if (last && !*next)
            break;
    }
    searched.close();
    return {};
}

std::vector<project::DetectorRecord> detectorRecords(const std::vector<vision::DetectorInfo> &infos)
{
    std::vector<project::DetectorRecord> records;
    records.reserve(infos.size());
    for (const vision::DetectorInfo &info : infos)
        records.push_back({info.id, info.version, info.sha256, info.role, info.threshold,
                           std::max(info.threshold, info.aloneThreshold), info.licence});
    return records;
}

/// Turns detections into the tracker's finds, each with the strong threshold of the detector that made it.
std::vector<tracking::Find> trackerFinds(const std::vector<vision::Detection> &detections)
{
    std::vector<tracking::Find> finds;
    finds.reserve(detections.size());
    for (const vision::Detection &detection : detections)
        finds.push_back({detection.kind, detection.box, detection.score, detection.threshold, detection.aloneThreshold,
                         detection.isKept});
    return finds;
}

/// A frame is shown until the next one's pts. The last one keeps its own duration; without one, the duration before it.
void setDurations(std::vector<base::FrameTime> &frames, const base::ClipInfo &info)
{
    for (std::size_t index = 0; index + 1 < frames.size(); ++index)
        frames[index].duration = frames[index + 1].pts - frames[index].pts;
    base::FrameTime &last = frames.back();
    if (last.duration > 0)
        return;
    if (frames.size() > 1)
        last.duration = frames[frames.size() - 2].duration;
    else if (info.averageFrameRate.isPositive())
        last.duration =
            base::rescale(1, {info.averageFrameRate.denominator, info.averageFrameRate.numerator}, info.timeBase);
    last.duration = std::max<std::int64_t>(last.duration, 1);
}

/// What moved before the camera; nothing where the camera itself did.
std::vector<base::Rectangle> movingBefore(tracking::CameraMotion &camera, const vision::SearchedFrame &next, bool isCut)
{
    if (isCut || next.finds.moving.empty()) {
        camera.clear();
        return {};
    }
    const bool moves = camera.addPicture(base::toGreyPicture(next.frame, tracking::CameraMotion::longestSide));
    return moves ? std::vector<base::Rectangle>{} : next.finds.moving;
}

} // namespace

base::Result<project::ReviewDocument> analyze(const AnalyzeParameters &parameters,
                                              const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    base::Result<ImportedClip> imported = importClip(parameters.clip, cancel);
    if (!imported)
        return imported.error();
    base::Result<ClipFile> file = ClipFile::open(parameters.clip);
    if (!file)
        return file.error();
    base::Result<std::unique_ptr<base::FrameSource>> reader = file->reader();
    if (!reader)
        return reader.error();
    base::Result<vision::DetectorSet> detectors = vision::loadDetectors(parameters.detectors);
    if (!detectors)
        return detectors.error();

    for (const QString &refusal : detectors->refusals) {
        if (parameters.notice)
            parameters.notice(QStringLiteral("Model refused: %1").arg(refusal));
    }

    project::ReviewDocument document;
    document.source = std::move(imported->source);
    document.source.info.tags = withoutValues(std::move(document.source.info.tags));
    document.analysis.basic = detectors->basic;
    document.analysis.detectors = detectorRecords(detectors->infos());
    document.analysis.programVersion = QStringLiteral(DOORVEIL_VERSION);

    const base::ClipInfo &info = document.source.info;
    vision::SceneSearchSettings searchSettings;
    searchSettings.timeBase = info.timeBase;
    searchSettings.searchEverything = parameters.searchEverything;
    vision::SceneSearch search(*detectors, searchSettings);
    tracking::Tracker tracker(info.displayedSize(), info.timeBase, {});
    UncoveredMotion motion(info.displayedSize(), info.timeBase);
    tracking::CameraMotion camera;

    FrameQueue decoded(queuedFrames);
    SearchedQueue searched(queuedFrames);
    WorkGroup group;
    group.onStop([&decoded, &searched] {
        decoded.abort();
        searched.abort();
    });
    group.run([&] {
        const base::Result<void> read = readAllFrames(**reader, decoded, cancel);
        return read ? read : base::Result<void>(file->named(read.error()));
    });
    group.run([&] { return searchFrames(decoded, search, searched); });
    group.runHere([&]() -> base::Result<void> {
        while (std::optional<vision::SearchedFrame> next = searched.pop()) {
            const base::VideoFrame &frame = next->frame;
            tracker.addFrame(frame, trackerFinds(next->finds.detections), next->finds.searched, next->finds.change);
            const bool isCut = next->finds.change == base::SceneChange::Cut;
            motion.addFrame(frame.pts, movingBefore(camera, *next, isCut), isCut);
            document.source.frames.push_back({frame.pts, frame.duration, frame.damaged});
            if (progress)
                progress(
                    {QStringLiteral("analyse"), std::int64_t(document.source.frames.size()), info.frameCountEstimate});
            if (parameters.betweenFrames)
                parameters.betweenFrames();
        }
        return {};
    });
    if (const base::Result<void> done = group.join(); !done)
        return done.error();
    document.source.losses = (*reader)->losses();
    if (document.source.frames.empty()) {
        const QString cause =
            document.source.losses.empty() ? QStringLiteral("it holds none") : document.source.losses.front().reason;
        return file->named(
            {base::ErrorKind::InputNotOpenable, QStringLiteral("no frame can be decoded (%1)").arg(cause)});
    }
    setDurations(document.source.frames, info);
    document.tracks = tracker.finish();
    document.analysis.done = true;
    document.checks = project::checksFor(document);
    std::vector<project::CheckItem> moved = motion.checks(document, std::int64_t(document.checks.size()) + 1);
    document.checks.insert(document.checks.end(), std::make_move_iterator(moved.begin()),
                           std::make_move_iterator(moved.end()));
    return document;
}

} // namespace doorveil::pipeline
