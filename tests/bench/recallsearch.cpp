// SPDX-License-Identifier: GPL-3.0-or-later
#include "recallsearch.h"

#include "base/picture.h"
#include "redaction/coverplan.h"
#include "tracking/tracker.h"
#include "vision/scenesearch.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <ctime>

namespace doorveil::bench {

namespace {

double cpuMilliseconds()
{
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

/// When each frame is shown, from the first on.
class Times
{
public:
    void add(const base::VideoFrame &frame, base::Rational timeBase)
    {
        m_pts.push_back(frame.pts);
        m_duration = frame.duration;
        m_timeBase = timeBase;
    }
    [[nodiscard]] std::size_t count() const { return m_pts.size(); }
    [[nodiscard]] std::int64_t pts(std::size_t index) const { return m_pts[index]; }
    [[nodiscard]] double milliseconds(std::size_t index) const { return since(m_pts[index]); }
    /// Of the last frame; 0 for a still.
    [[nodiscard]] double end() const { return m_pts.size() < 2 ? 0.0 : since(m_pts.back() + m_duration); }

private:
    [[nodiscard]] double since(std::int64_t ticks) const
    {
        return 1000.0 * double(ticks - m_pts.front()) * m_timeBase.toDouble();
    }

    std::vector<std::int64_t> m_pts;
    std::int64_t m_duration = 0;
    base::Rational m_timeBase{1, 1000};
};

/// A score for each kind that the clip has labels of; without any, one of faces that counts regions and time.
class Scores
{
public:
    explicit Scores(const LabelledClip &clip) : m_clip(clip)
    {
        static const KindLabels none;
        for (const auto &[kind, labels] : clip.labels)
            m_scores.emplace(kind, ClipScore(kind, labels));
        if (m_scores.empty())
            m_scores.emplace(base::TrackKind::Face, ClipScore(base::TrackKind::Face, none));
    }

    void add(const FrameResult &result, QTextStream *failures)
    {
        for (auto &[kind, score] : m_scores) {
            // Of faces and heads together it says nothing new.
            if (failures != nullptr && kind != base::TrackKind::Person)
                score.printFailures(*failures, QStringLiteral("%1 %2").arg(m_clip.path).arg(m_frames), result);
            score.add(result);
        }
        ++m_frames;
    }

    void finish(ClipFigures &result, double end, double cpu)
    {
        for (auto &[kind, score] : m_scores) {
            result.figures[kind] = score.finish(end);
            result.figures[kind].milliseconds = cpu;
        }
        for (const auto &[kind, labels] : m_clip.labels) {
            if (!labels.empty() && labels.rbegin()->first >= m_frames)
                result.problem = QStringLiteral("frame %1 is labelled, but there are %2 frames")
                                     .arg(labels.rbegin()->first)
                                     .arg(m_frames);
        }
    }

private:
    const LabelledClip &m_clip;
    std::map<base::TrackKind, ClipScore> m_scores;
    int m_frames = 0;
};

bool isLabelled(const LabelledClip &clip, int index)
{
    for (const auto &[kind, frames] : clip.labels) {
        if (frames.count(index) != 0)
            return true;
    }
    return false;
}

void dump(const LabelledClip &clip, const base::VideoFrame &frame, int index,
          const std::vector<redaction::CoverRegion> &regions, const QString &folder)
{
    const base::Picture picture = base::toPicture(frame);
    QImage image = QImage(picture.bgr.data(), picture.size.width, picture.size.height,
                          qsizetype(picture.size.width) * 3, QImage::Format_BGR888)
                       .convertToFormat(QImage::Format_RGB32);
    QPainter painter(&image);
    const auto draw = [&](const base::Rectangle &box, const QColor &colour, int width) {
        painter.setPen(QPen(colour, width));
        painter.drawRect(box.x, box.y, box.width - 1, box.height - 1);
    };
    for (const redaction::CoverRegion &region : regions) {
        const QColor colour = region.kind == base::TrackKind::Plate    ? Qt::cyan
                              : region.kind == base::TrackKind::Person ? Qt::magenta
                                                                       : Qt::yellow;
        draw(region.region, region.box ? colour : colour.darker(160), 2);
        painter.drawText(
            region.region.x + 2, region.region.y + 12,
            QStringLiteral("%1 %2 %3").arg(region.track).arg(base::toText(region.origin)).arg(region.score, 0, 'f', 2));
    }
    for (const auto &[kind, frames] : clip.labels) {
        const auto labels = frames.find(index);
        if (labels == frames.end())
            continue;
        for (const base::Rectangle &box : labels->second.boxes)
            draw(box, Qt::green, 1);
    }
    painter.end();
    const QString file = QFileInfo(clip.path).completeBaseName();
    const QString name = clip.isPicture ? clip.name + QLatin1Char('-') + file : file; // of copies it holds the rest
    image.save(QDir(folder).filePath(QStringLiteral("%1-%2.png").arg(name).arg(index, 5, 10, QLatin1Char('0'))));
}

/// How a frame is searched by itself: with the first face detector at the picture's own size, with the first plate
/// detector on the whole picture, as large as the network's input is and no larger.
struct PlainSearch
{
    vision::Detector *detector = nullptr;
    double scale = 1.0;
    float leastScore = 0.0F;
};

std::array<PlainSearch, 2> plainSearches(vision::DetectorSet &detectors, base::Size picture)
{
    constexpr double plateInput = 320.0; // pixels, the longer side
    return {PlainSearch{detectors.faces.front().get(), 1.0, 0.5F},
            PlainSearch{detectors.plates.front().get(), plateInput / std::max(picture.width, picture.height), 0.3F}};
}

} // namespace

ClipFigures searchPlainly(const LabelledClip &clip, vision::DetectorSet &detectors)
{
    ClipFigures result;
    Scores scores(clip);
    Times times;
    double cpu = 0.0;
    const QString unreadable = eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational timeBase) {
        times.add(frame, timeBase);
        std::vector<SeenBox> boxes;
        std::vector<redaction::CoverRegion> regions;
        const double begin = cpuMilliseconds();
        const base::Picture picture = base::toPicture(frame);
        for (const PlainSearch &plain : plainSearches(detectors, picture.size)) {
            const auto found = plain.detector->detect(picture, {}, plain.scale);
            if (!found) {
                result.problem = found.error().message;
                return false;
            }
            for (const vision::Detection &detection : *found) {
                if (detection.score < plain.leastScore)
                    continue;
                boxes.push_back({detection.kind, detection.box});
                redaction::CoverRegion region;
                region.kind = detection.kind;
                region.region = detection.box.grown(int(0.3 * detection.box.width), int(0.3 * detection.box.height))
                                    .clampedTo(picture.size);
                regions.push_back(region);
            }
        }
        cpu += cpuMilliseconds() - begin;
        scores.add(
            FrameResult::of(times.milliseconds(times.count() - 1), picture.size, std::move(boxes), std::move(regions)),
            nullptr);
        return true;
    });
    if (result.problem.isEmpty())
        result.problem = unreadable;
    if (result.problem.isEmpty() && times.count() > 0)
        scores.finish(result, times.end(), cpu);
    return result;
}

ClipFigures searchFully(const LabelledClip &clip, vision::DetectorSet &detectors, const SearchOptions &options)
{
    ClipFigures result;
    std::unique_ptr<vision::SceneSearch> search;
    std::unique_ptr<tracking::Tracker> tracker;
    Times times;
    base::Size size;
    double cpu = 0.0;
    const auto take = [&](const base::Result<std::optional<vision::SearchedFrame>> &searched) {
        if (!searched) {
            result.problem = searched.error().message;
            return false;
        }
        if (!*searched)
            return true;
        std::vector<tracking::Find> given;
        for (const vision::Detection &detection : (*searched)->finds.detections)
            given.push_back({detection.kind, detection.box, detection.score, detection.threshold,
                             detection.aloneThreshold, detection.isKept});
        tracker->addFrame((*searched)->frame, given, (*searched)->finds.searched, (*searched)->finds.change);
        return true;
    };
    const QString unreadable = eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational timeBase) {
        const double begin = cpuMilliseconds();
        if (!search) {
            size = frame.displayedSize();
            vision::SceneSearchSettings settings;
            settings.timeBase = timeBase;
            search = std::make_unique<vision::SceneSearch>(detectors, settings);
            tracker = std::make_unique<tracking::Tracker>(size, timeBase, tracking::TrackerSettings{});
        }
        times.add(frame, timeBase);
        const bool goesOn = take(search->push(frame));
        cpu += cpuMilliseconds() - begin;
        return goesOn;
    });
    const double begin = cpuMilliseconds();
    while (search && result.problem.isEmpty()) {
        const auto searched = search->flush();
        if (!take(searched) || !*searched)
            break;
    }
    if (result.problem.isEmpty())
        result.problem = unreadable;
    if (!result.problem.isEmpty() || !tracker)
        return result;
    const std::vector<base::Track> tracks = tracker->finish();
    cpu += cpuMilliseconds() - begin;

    const redaction::CoverPlan plan(tracks, {}, size, {});
    std::map<std::int64_t, std::vector<SeenBox>> boxes;
    for (const base::Track &track : tracks) {
        for (const base::Observation &observation : track.observations)
            boxes[observation.pts].push_back({track.kind, observation.box});
    }
    Scores scores(clip);
    QTextStream failures(&result.failures);
    for (std::size_t index = 0; index < times.count(); ++index) {
        const std::int64_t pts = times.pts(index);
        scores.add(FrameResult::of(times.milliseconds(index), size, boxes[pts], plan.at(pts)),
                   options.list ? &failures : nullptr);
    }
    scores.finish(result, times.end(), cpu);
    if (options.dumpFolder.isEmpty())
        return result;
    int index = 0;
    const QString unreadableNow = eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational) {
        if (isLabelled(clip, index) || (options.dumpEvery > 0 && index % options.dumpEvery == 0))
            dump(clip, frame, index, plan.at(frame.pts), options.dumpFolder);
        ++index;
        return true;
    });
    if (result.problem.isEmpty())
        result.problem = unreadableNow;
    return result;
}

} // namespace doorveil::bench
