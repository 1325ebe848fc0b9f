// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/secondopinion.h"

#include "base/mediatime.h"
#include "base/picture.h"
#include "pipeline/uncoveredmotion.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace doorveil::pipeline {

namespace {

// Of clips in which everybody is covered, ultra-light takes hands, car fronts and prints on shirts for faces with up to
// 0.82; of 43 faces of its smallest size it is this sure of 42.
constexpr double sureFace = 0.9;
// A 1080p picture is looked at in 1200 × 675, where a face of 32 pixels has the 20 that the detector needs. Smaller
// pictures are looked at as they are.
constexpr double smallestFaceScale = 0.625;
constexpr double enoughPixels = 960; // of the longer side
// Around what is covered: a face beside it, or the part of one that looks out.
constexpr int leastSide = 160;
// Around what changed: a face that turned has not changed as a whole.
constexpr int margin = 32;
constexpr int refreshSeconds = 10; // the whole picture, whether it changed or not
// Areas have few sizes: the network plans anew for each, which takes longer than looking.
constexpr std::array<int, 4> sides = {256, 512, 768, 1152};
constexpr double wholePictureShare = 0.6;

/// With the thresholds of somebody who contradicts.
std::vector<vision::DetectorInfo> surer(std::vector<vision::DetectorInfo> infos)
{
    for (vision::DetectorInfo &info : infos) {
        if (info.kind == base::TrackKind::Face)
            info.threshold = std::max(info.threshold, sureFace);
    }
    return infos;
}

void withoutEmbedded(std::vector<std::unique_ptr<vision::Detector>> &detectors)
{
    std::erase_if(detectors, [](const auto &detector) { return detector->info().embedded; });
}

/// Somebody who walks on leaves many areas that lie half on each other: they become one.
std::vector<base::Rectangle> joined(std::vector<base::Rectangle> areas, base::Size picture)
{
    for (base::Rectangle &area : areas)
        area = area.clampedTo(picture);
    std::erase_if(areas, [](const base::Rectangle &area) { return area.isEmpty(); });
    return joinedAreas(std::move(areas));
}

/// A span of one of the sides around the given one, inside [0, limit).
void widen(int &begin, int &length, int limit)
{
    const auto *side = std::lower_bound(sides.begin(), sides.end(), length);
    const int wanted = std::min(side == sides.end() ? limit : *side, limit);
    begin = std::clamp(begin - (wanted - length) / 2, 0, limit - wanted);
    length = wanted;
}

/// Areas as they are looked at: the whole picture where that costs little more.
std::vector<base::Rectangle> lookedAt(std::vector<base::Rectangle> areas, base::Size picture)
{
    areas = joined(std::move(areas), picture);
    for (base::Rectangle &area : areas) {
        widen(area.x, area.width, picture.width);
        widen(area.y, area.height, picture.height);
    }
    areas = joined(std::move(areas), picture);
    std::int64_t pixels = 0;
    for (base::Rectangle &area : areas) {
        widen(area.x, area.width, picture.width);
        widen(area.y, area.height, picture.height);
        pixels += area.area();
    }
    const base::Rectangle whole{0, 0, picture.width, picture.height};
    if (double(pixels) > wholePictureShare * double(whole.area()))
        return {whole};
    return areas;
}

} // namespace

SecondOpinion::SecondOpinion(const project::ReviewDocument &document, const ExportPlan &plan)
    : m_plan(plan),
      m_pass(document, plan, {}),
      m_halfSecond(std::max<std::int64_t>(1, base::rescale(1, {1, 2}, document.source.info.timeBase))),
      m_refresh(std::max<std::int64_t>(1, base::rescale(refreshSeconds, {1, 1}, document.source.info.timeBase)))
{
    const base::Size size = document.source.info.displayedSize();
    const double longest = std::max({size.width, size.height, 1});
    m_faceScale = std::min(1.0, std::max(smallestFaceScale, enoughPixels / longest));
}

base::Result<void> SecondOpinion::load(vision::DetectorChoice secondPass)
{
    if (secondPass == vision::DetectorChoice::Embedded)
        return {};
    base::Result<vision::DetectorSet> detectors = vision::loadDetectors(vision::DetectorChoice::SecondOpinion);
    if (!detectors)
        return detectors.error();
    m_detectors = std::move(*detectors);
    withoutEmbedded(m_detectors.faces);
    // LPD-YuNet takes persons and cars for plates with scores up to 1, and is as dear as everything else together.
    m_detectors.plates.clear();
    m_pass.setDetectors(surer(m_detectors.infos()));
    return {};
}

std::vector<base::Rectangle> SecondOpinion::aroundCovers(std::size_t index) const
{
    std::vector<base::Rectangle> areas;
    for (const redaction::CoverRegion &region : m_plan.cover->at(m_plan.frames[index].pts)) {
        const base::Rectangle &box = region.region;
        areas.push_back(box.grown(std::max(box.width / 2, (leastSide - box.width) / 2),
                                  std::max(box.height / 2, (leastSide - box.height) / 2)));
    }
    return areas;
}

std::optional<OpinionTask> SecondOpinion::taskFor(std::size_t index, const base::VideoFrame &frame,
                                                  const vision::SceneFinds &finds, bool keyFrame)
{
    if (!isThere())
        return std::nullopt;
    const std::vector<base::FrameTime> &frames = m_plan.frames;
    const std::int64_t pts = frames[index].pts;
    for (const base::Rectangle &area : finds.searched)
        m_changed.push_back(area.grown(margin, margin));
    // Now, where the next frame would be later than half a second after the last look.
    const std::int64_t next = index + 1 < frames.size() ? frames[index + 1].pts : m_plan.end();
    const bool isDue = !m_begun || next - m_lastLook > m_halfSecond;
    if (!isDue && !keyFrame)
        return std::nullopt;
    OpinionTask task{index, {}, {}};
    const base::Size size = frame.displayedSize();
    if (isDue) {
        task.areas = std::move(m_changed);
        m_changed.clear();
        m_lastLook = pts;
    }
    if (!m_begun || finds.change == base::SceneChange::Cut || pts - m_lastWhole >= m_refresh) {
        task.areas = {{0, 0, size.width, size.height}};
        m_lastWhole = pts;
    }
    m_begun = true;
    if (keyFrame) {
        const std::vector<base::Rectangle> covers = aroundCovers(index);
        task.areas.insert(task.areas.end(), covers.begin(), covers.end());
        for (const base::Rectangle &mover : joined(finds.moving, size))
            task.areas.push_back(mover.grown(margin, margin));
    }
    task.areas = lookedAt(std::move(task.areas), size);
    if (task.areas.empty())
        return std::nullopt; // the same picture as in the last look
    task.frame = frame;
    return task;
}

base::Result<void> SecondOpinion::look(const OpinionTask &task, const base::Rectangle &area,
                                       std::vector<vision::Detection> &found) const
{
    const base::Picture picture = base::toPicture(task.frame, area);
    for (const auto &detector : m_detectors.faces) {
        base::Result<std::vector<vision::Detection>> finds = detector->detect(picture, {}, m_faceScale);
        if (!finds)
            return finds.error();
        for (vision::Detection &detection : *finds) {
            detection.box.x += area.x;
            detection.box.y += area.y;
            found.push_back(std::move(detection));
        }
    }
    return {};
}

base::Result<void> SecondOpinion::look(const OpinionTask &task)
{
    std::vector<vision::Detection> found;
    for (const base::Rectangle &area : task.areas) {
        if (const base::Result<void> looked = look(task, area, found); !looked)
            return looked;
    }
    ++m_framesExamined;
    m_pass.addFrame(task.index, found);
    return {};
}

QStringList SecondOpinion::detectorIds() const
{
    QStringList ids;
    for (const vision::DetectorInfo &info : m_detectors.infos())
        ids.append(info.id);
    return ids;
}

QJsonObject SecondOpinion::figures() const
{
    if (!isThere())
        return {{QStringLiteral("note"), QStringLiteral("no detector of another family is installed")}};
    int smallest = 0;
    for (const auto &detector : m_detectors.faces)
        smallest = std::max(smallest, int(std::ceil(detector->info().smallestSide / m_faceScale)));
    return {{QStringLiteral("frames_examined"), qint64(m_framesExamined)},
            {QStringLiteral("smallest_face"), smallest},
            {QStringLiteral("detections"), qint64(m_pass.detections())},
            {QStringLiteral("finds"), qint64(finds().size())}};
}

} // namespace doorveil::pipeline
