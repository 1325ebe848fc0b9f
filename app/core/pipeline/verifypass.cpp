// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/verifypass.h"

#include "base/mediatime.h"
#include "encode/containerscan.h"
#include "pipeline/framereader.h"
#include "pipeline/secondopinion.h"
#include "pipeline/secondpass.h"
#include "pipeline/secondpassschedule.h"
#include "pipeline/workgroup.h"
#include "vision/scenesearch.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace doorveil::pipeline {

namespace {

constexpr std::size_t listedAtMost = 100;

double threeDecimals(double value)
{
    return std::round(value * 1000.0) / 1000.0;
}

/// Exact comparison of times in two time bases.
bool sameTime(std::int64_t ticksA, base::Rational a, std::int64_t ticksB, base::Rational b)
{
    return __int128(ticksA) * a.numerator * b.denominator == __int128(ticksB) * b.numerator * a.denominator;
}

/// Check (b), frame by frame as they come out of the export.
class TimingCheck
{
public:
    TimingCheck(const ExportPlan &plan, base::Rational sourceBase, base::Rational exportBase)
        : m_plan(plan), m_sourceBase(sourceBase), m_exportBase(exportBase)
    {
    }

    void addFrame(const base::VideoFrame &frame)
    {
        const std::size_t index = m_frames++;
        if (index >= m_plan.frames.size())
            return;
        const std::int64_t planned = m_plan.frames[index].pts - m_plan.begin();
        if (!sameTime(frame.pts, m_exportBase, planned, m_sourceBase)) {
            ++m_wrongTimes;
            if (std::size_t(m_wrong.size()) < listedAtMost)
                m_wrong.append(qint64(index));
        }
    }

    [[nodiscard]] CheckOutcome outcome(std::size_t losses) const
    {
        CheckOutcome outcome;
        outcome.checked = true;
        outcome.passed = m_frames == m_plan.frames.size() && m_wrongTimes == 0 && losses == 0;
        outcome.figures = {{QStringLiteral("planned"), qint64(m_plan.frames.size())},
                           {QStringLiteral("found"), qint64(m_frames)},
                           {QStringLiteral("wrong_times"), qint64(m_wrongTimes)},
                           {QStringLiteral("wrong_frames"), m_wrong},
                           {QStringLiteral("undecodable"), qint64(losses)}};
        return outcome;
    }

private:
    const ExportPlan &m_plan;
    base::Rational m_sourceBase;
    base::Rational m_exportBase;
    std::size_t m_frames = 0;
    std::size_t m_wrongTimes = 0;
    QJsonArray m_wrong;
};

/// What is covered as a plate, or by hand, in the planned frame `index`: in the finished file nothing of it is seen.
std::vector<base::Rectangle> hiddenPlates(const ExportPlan &plan, std::size_t index)
{
    std::vector<base::Rectangle> hidden;
    if (index >= plan.frames.size())
        return hidden;
    for (const redaction::CoverRegion &region : plan.cover->at(plan.frames[index].pts)) {
        if (region.kind == base::TrackKind::Plate || region.kind == base::TrackKind::Region)
            hidden.push_back(region.box.value_or(region.region));
    }
    return hidden;
}

using OpinionQueue = base::BoundedQueue<OpinionTask>;

/// Adds finds that are not the same as one that is there: somebody whom both families saw is one person.
void addOthers(std::vector<base::Track> &finds, const std::vector<base::Track> &others)
{
    constexpr double samePlace = 0.3; // as DESIGN section 6 (c) matches them
    const std::size_t own = finds.size();
    for (const base::Track &other : others) {
        const bool known =
            std::any_of(finds.begin(), finds.begin() + std::ptrdiff_t(own), [&](const base::Track &find) {
                return find.kind == other.kind
                       && std::any_of(
                           find.observations.begin(), find.observations.end(), [&](const base::Observation &a) {
                               return std::any_of(other.observations.begin(), other.observations.end(),
                                                  [&](const base::Observation &b) {
                                                      return a.pts == b.pts
                                                             && base::intersectionOverUnion(a.box, b.box) >= samePlace;
                                                  });
                           });
            });
        if (!known)
            finds.push_back(other);
    }
}

/// Pairs exported frames with source frames by index, compares them, and hands the exported ones on.
base::Result<void> compareFrames(const ExportPlan &plan, FrameQueue &exported, FrameQueue *source,
                                 redaction::Comparison &comparison, TimingCheck &timing, FrameQueue &compared)
{
    std::size_t index = 0;
    while (std::optional<base::VideoFrame> frame = exported.pop()) {
        timing.addFrame(*frame);
        if (index < plan.frames.size()) {
            if (source != nullptr) {
                const std::optional<base::VideoFrame> original = source->pop();
                if (!original)
                    return {}; // the reader stopped: its error is the result
                comparison.addFrame(*original, *frame, plan.cover->at(plan.frames[index].pts));
            }
            if (!compared.push(std::move(*frame)))
                return {};
        }
        ++index;
    }
    // A short export leaves the source's reader with frames that nobody wants.
    if (source != nullptr)
        source->abort();
    compared.close();
    return {};
}

CheckOutcome pictureOutcome(const redaction::Comparison &comparison)
{
    const redaction::ComparisonFigures &figures = comparison.figures();
    CheckOutcome outcome;
    outcome.checked = true;
    outcome.passed = comparison.passed();
    QJsonArray failed;
    for (const std::int64_t frame : figures.failedFrames)
        failed.append(qint64(frame));
    outcome.figures = {
        {QStringLiteral("frames"), qint64(figures.frames)},
        {QStringLiteral("regions"), qint64(figures.regions)},
        {QStringLiteral("lowest_outside_psnr"), threeDecimals(figures.lowestOutsidePsnr)},
        {QStringLiteral("highest_tile_deviation"), threeDecimals(figures.highestTileDeviation)},
        {QStringLiteral("highest_mean_error"), threeDecimals(figures.highestMeanError)},
        {QStringLiteral("highest_patch_error"), threeDecimals(figures.highestPatchError)},
        {QStringLiteral("highest_correlation"), threeDecimals(figures.highestCorrelation)},
        {QStringLiteral("highest_share_of_source"), threeDecimals(figures.highestShareOfSource)},
        {QStringLiteral("failures"), qint64(figures.failures)},
        {QStringLiteral("failed_frames"), failed},
    };
    return outcome;
}

CheckOutcome secondPassOutcome(const project::ReviewDocument &document, const SecondPass &pass,
                               const SecondPassSchedule &schedule, const SecondOpinion &opinion,
                               const vision::DetectorSet &detectors, const std::vector<base::Track> &finds)
{
    CheckOutcome outcome;
    outcome.checked = true;
    outcome.passed = finds.empty();
    QJsonArray found;
    for (const base::Track &find : finds) {
        if (std::size_t(found.size()) >= listedAtMost)
            break;
        const auto best =
            std::max_element(find.observations.begin(), find.observations.end(),
                             [](const base::Observation &a, const base::Observation &b) { return a.score < b.score; });
        found.append(QJsonObject{
            {QStringLiteral("kind"), base::toText(find.kind)},
            {QStringLiteral("pts_ms"), qint64(shownMilliseconds(document.source, best->pts))},
            {QStringLiteral("score"), threeDecimals(double(best->score))},
            {QStringLiteral("box"), QJsonArray{best->box.x, best->box.y, best->box.width, best->box.height}}});
    }
    QJsonArray names;
    for (const vision::DetectorInfo &info : detectors.infos())
        names.append(info.id);
    for (const QString &id : opinion.detectorIds())
        names.append(id);
    int smallestFace = 0;
    for (const auto &detector : detectors.faces)
        smallestFace = std::max(smallestFace, detector->info().smallestSide);
    outcome.figures = {{QStringLiteral("frames_examined"), qint64(schedule.framesExamined())},
                       {QStringLiteral("smallest_face"), smallestFace},
                       {QStringLiteral("detections"), qint64(pass.detections())},
                       {QStringLiteral("finds"), qint64(finds.size())},
                       {QStringLiteral("found"), found},
                       {QStringLiteral("detectors"), names},
                       {QStringLiteral("second_opinion"), opinion.figures()},
                       {QStringLiteral("basic"), detectors.basic}};
    return outcome;
}

} // namespace

base::Result<void> verifyFrames(const project::ReviewDocument &document, const ExportPlan &plan,
                                const ClipFile &exported, const ClipFile *source, int crf,
                                vision::DetectorChoice secondPass, const base::ProgressCallback &progress,
                                const base::CancelToken &cancel, Verification &verification)
{
    auto exportReader = exported.reader();
    if (!exportReader)
        return exportReader.error();
    std::unique_ptr<base::FrameSource> sourceReader;
    if (source != nullptr) {
        auto opened = source->reader();
        if (!opened)
            return opened.error();
        sourceReader = std::move(*opened);
    }
    base::Result<vision::DetectorSet> detectors = vision::loadDetectors(secondPass);
    if (!detectors)
        return detectors.error();
    vision::SceneSearch search(*detectors, SecondPassSchedule::searchSettings((*exportReader)->info().timeBase));
    SecondPassSchedule schedule(document, plan);
    SecondPass pass(document, plan, detectors->infos());
    SecondOpinion opinion(document, plan);
    if (const base::Result<void> loaded = opinion.load(secondPass); !loaded)
        return loaded;
    redaction::Comparison comparison(crf);
    TimingCheck timing(plan, document.source.info.timeBase, (*exportReader)->info().timeBase);

    FrameQueue exportFrames(queuedFrames);
    FrameQueue sourceFrames(queuedFrames);
    FrameQueue compared(queuedFrames);
    OpinionQueue opinions(queuedFrames);
    WorkGroup group;
    group.onStop([&] {
        opinions.abort();
        exportFrames.abort();
        sourceFrames.abort();
        compared.abort();
    });
    group.run([&] {
        const base::Result<void> read = readAllFrames(**exportReader, exportFrames, cancel);
        return read ? read : base::Result<void>(exported.named(read.error()));
    });
    if (source != nullptr) {
        group.run([&] {
            const bool damaged = !document.source.losses.empty();
            const base::Result<void> read = readPlannedFrames(*sourceReader, plan, damaged, sourceFrames, cancel);
            return read ? read : base::Result<void>(source->named(read.error()));
        });
    }
    group.run([&] {
        return compareFrames(plan, exportFrames, source != nullptr ? &sourceFrames : nullptr, comparison, timing,
                             compared);
    });
    group.run([&]() -> base::Result<void> {
        while (const std::optional<OpinionTask> task = opinions.pop()) {
            if (const base::Result<void> looked = opinion.look(*task); !looked)
                return looked;
        }
        return {};
    });
    group.runHere([&]() -> base::Result<void> {
        std::size_t begun = 0;
        std::size_t examined = 0;
        while (true) {
            std::optional<base::VideoFrame> frame = compared.pop();
            const bool last = !frame;
            const auto next =
                last ? search.flush()
                     : search.push(std::move(*frame), schedule.takeKeyFrame(begun), hiddenPlates(plan, begun));
            ++begun;
            if (!next)
                return next.error();
            if (!*next) {
                if (!last)
                    continue;
                opinions.close();
                return {};
            }
            const vision::SearchedFrame &searched = **next;
            std::optional<OpinionTask> task =
                opinion.taskFor(examined, searched.frame, searched.finds, searched.atOnce);
            if (task && !opinions.push(std::move(*task)))
                return {};
            schedule.searched(examined, searched.finds);
            pass.addFrame(examined, searched.finds.detections);
            ++examined;
            if (progress)
                progress({QStringLiteral("verify"), std::int64_t(examined), std::int64_t(plan.frames.size())});
        }
    });
    if (const base::Result<void> done = group.join(); !done)
        return done;

    if (source != nullptr) {
        verification.picture = pictureOutcome(comparison);
        verification.tooCoarseBy = comparison.tooCoarseBy();
    } else {
        verification.picture.note = QStringLiteral("not checked: the source clip is not given");
    }
    verification.timing = timing.outcome((*exportReader)->losses().size());
    verification.finds = pass.finds();
    addOthers(verification.finds, opinion.finds());
    verification.secondPass = secondPassOutcome(document, pass, schedule, opinion, *detectors, verification.finds);
    return {};
}

CheckOutcome verifyContainer(const ClipFile &exported, const project::ReviewDocument *document)
{
    CheckOutcome outcome;
    outcome.checked = true;
    const base::Result<encode::ContainerScan> scan = encode::scanContainer(exported.descriptor());
    if (!scan) {
        outcome.note = scan.error().message;
        return outcome;
    }
    QStringList findings = scan->findings;
    if (document != nullptr) {
        const bool mayHaveSound = document->settings.keepAudio && document->source.info.defaultAudioStream >= 0;
        if (scan->audioTracks > (mayHaveSound ? 1 : 0))
            findings.append(QStringLiteral("sound that should not be there"));
    }
    QJsonArray listed;
    for (const QString &finding : findings)
        listed.append(finding);
    outcome.passed = findings.isEmpty() && scan->videoTracks == 1 && scan->audioTracks <= 1;
    outcome.figures = {{QStringLiteral("findings"), listed},
                       {QStringLiteral("video_tracks"), scan->videoTracks},
                       {QStringLiteral("audio_tracks"), scan->audioTracks},
                       {QStringLiteral("video_samples"), qint64(scan->videoSamples)},
                       {QStringLiteral("unreferenced_bytes"), qint64(scan->unreferencedBytes)}};
    return outcome;
}

base::Result<CheckOutcome> verifySource(const ClipFile &source, const QString &expectedSha256,
                                        const base::CancelToken &cancel)
{
    const base::Result<QString> found = source.sha256(cancel);
    if (!found)
        return found.error();
    CheckOutcome outcome;
    outcome.checked = true;
    outcome.passed = *found == expectedSha256;
    outcome.figures = {{QStringLiteral("expected"), expectedSha256}, {QStringLiteral("found"), *found}};
    return outcome;
}

QString failureText(const project::ReviewDocument &document, const Verification &verification)
{
    const auto failed = [](const CheckOutcome &outcome) { return outcome.checked && !outcome.passed; };
    QStringList parts;
    if (failed(verification.picture))
        parts.append(QStringLiteral("(a) covered areas or the picture beside them are not as planned in %1 frames")
                         .arg(verification.picture.figures.value(QStringLiteral("failures")).toInteger()));
    if (failed(verification.timing))
        parts.append(QStringLiteral("(b) frames or their times are not as planned"));
    if (failed(verification.secondPass)) {
        QStringList times;
        for (const base::Track &find : verification.finds) {
            if (times.size() == 10) {
                times.append(QStringLiteral("…"));
                break;
            }
            times.append(QStringLiteral("%1 at %2")
                             .arg(base::toText(find.kind), base::formatMilliseconds(shownMilliseconds(
                                                               document.source, find.observations.front().pts))));
        }
        parts.append(
            QStringLiteral("(c) the second pass found somebody uncovered: %1").arg(times.join(QStringLiteral(", "))));
    }
    if (failed(verification.container))
        parts.append(QStringLiteral("(d) the file holds what it should not, or is no MP4 of ours"));
    if (failed(verification.source))
        parts.append(QStringLiteral("(e) the original has changed"));
    return parts.join(QStringLiteral("; "));
}

} // namespace doorveil::pipeline
