// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/secondpass.h"

#include "base/mediatime.h"

#include <algorithm>
#include <cstdlib>

namespace doorveil::pipeline {

namespace {

constexpr double enoughCovered = 0.5; // DESIGN section 6 (c)
constexpr double samePlace = 0.3; // DESIGN section 6 (c), IoU
constexpr int samplesPerSide = 32;

bool isInside(base::Point point, const base::Polygon &polygon)
{
    bool inside = false;
    for (std::size_t index = 0, before = polygon.size() - 1; index < polygon.size(); before = index++) {
        const base::Point &a = polygon[index];
        const base::Point &b = polygon[before];
        if ((a.y > point.y) == (b.y > point.y))
            continue;
        const double crossing = double(b.x - a.x) * double(point.y - a.y) / double(b.y - a.y) + double(a.x);
        if (double(point.x) < crossing)
            inside = !inside;
    }
    return inside;
}

bool covers(const redaction::CoverRegion &region, base::Point point)
{
    return region.region.contains(point) && (region.polygon.size() < 3 || isInside(point, region.polygon));
}

base::Rectangle between(const base::Rectangle &a, const base::Rectangle &b)
{
    return a.united(b); // never smaller than what was seen on either side
}

} // namespace

double coveredShare(const base::Rectangle &box, const std::vector<redaction::CoverRegion> &regions)
{
    if (box.isEmpty())
        return 1.0;
    const int stepX = std::max(1, box.width / samplesPerSide);
    const int stepY = std::max(1, box.height / samplesPerSide);
    std::int64_t all = 0;
    std::int64_t covered = 0;
    for (int y = box.y + stepY / 2; y < box.bottom(); y += stepY) {
        for (int x = box.x + stepX / 2; x < box.right(); x += stepX) {
            ++all;
            covered += std::any_of(regions.begin(), regions.end(), [x, y](const redaction::CoverRegion &region) {
                return covers(region, {x, y});
            });
        }
    }
    return all > 0 ? double(covered) / double(all) : 1.0;
}

SecondPass::SecondPass(const project::ReviewDocument &document, const ExportPlan &plan,
                       const std::vector<vision::DetectorInfo> &detectors)
    : m_plan(plan), m_second(std::max<std::int64_t>(1, base::rescale(1, {1, 1}, document.source.info.timeBase)))
{
    setDetectors(detectors);
    for (const project::CheckItem &item : document.checks) {
        if (item.settled && item.kind == QStringLiteral("verification-find"))
            m_settled.push_back(item);
    }
}

void SecondPass::setDetectors(const std::vector<vision::DetectorInfo> &detectors)
{
    m_thresholds.clear();
    for (const vision::DetectorInfo &detector : detectors)
        m_thresholds[detector.id] =
            std::max(detector.threshold, detector.aloneThreshold); // each frame counts by itself
}

bool SecondPass::isAccepted(std::size_t index, const vision::Detection &detection) const
{
    const std::int64_t pts = m_plan.frames[index].pts;
    if (coveredShare(detection.box, m_plan.cover->at(pts)) >= enoughCovered)
        return true;
    const auto matches = [&detection](const base::Rectangle &box) {
        return base::intersectionOverUnion(box, detection.box) >= samePlace;
    };
    for (const project::CheckItem &item : m_settled) {
        if (std::abs(item.pts - pts) <= m_second && matches(item.box))
            return true;
    }
    const auto known = [&](std::size_t frame) {
        const auto regions = m_plan.cover->uncoveredAt(m_plan.frames[frame].pts);
        return std::any_of(regions.begin(), regions.end(), [&](const redaction::CoverRegion &region) {
            return matches(region.region) || (region.box && matches(*region.box));
        });
    };
    for (std::size_t frame = index + 1; frame-- > 0 && pts - m_plan.frames[frame].pts <= m_second;) {
        if (known(frame))
            return true;
    }
    for (std::size_t frame = index + 1; frame < m_plan.frames.size() && m_plan.frames[frame].pts - pts <= m_second;
         ++frame) {
        if (known(frame))
            return true;
    }
    return false;
}

bool SecondPass::isStrong(const vision::Detection &detection) const
{
    const auto threshold = m_thresholds.find(detection.detector);
    return threshold == m_thresholds.end() || double(detection.score) >= threshold->second;
}

void SecondPass::addFrame(std::size_t index, const std::vector<vision::Detection> &detections)
{
    forgetWeakChains(index);
    for (const vision::Detection &detection : detections) {
        if (detection.kind != base::TrackKind::Face && detection.kind != base::TrackKind::Plate)
            continue;
        m_detections += isStrong(detection) ? 1 : 0;
        if (!isAccepted(index, detection))
            link(index, detection);
    }
}

/// Weak sightings that no strong one followed within a second mean nothing; they would only fill the memory.
void SecondPass::forgetWeakChains(std::size_t index)
{
    const std::int64_t pts = m_plan.frames[index].pts;
    std::erase_if(m_chains, [this, pts](const Chain &chain) {
        return !chain.strong && pts - m_plan.frames[chain.sightings.back().index].pts > m_second;
    });
}

void SecondPass::link(std::size_t index, const vision::Detection &detection)
{
    const std::int64_t pts = m_plan.frames[index].pts;
    for (Chain &chain : m_chains) {
        Sighting &last = chain.sightings.back();
        if (chain.kind != detection.kind || pts - m_plan.frames[last.index].pts > m_second)
            continue;
        if (base::intersectionOverUnion(last.box, detection.box) < samePlace)
            continue;
        chain.strong = chain.strong || isStrong(detection);
        if (last.index == index) {
            last.box = last.box.united(detection.box);
            last.score = std::max(last.score, detection.score);
        } else {
            chain.sightings.push_back({index, detection.box, detection.score});
        }
        return;
    }
    m_chains.push_back({detection.kind, {{index, detection.box, detection.score}}, isStrong(detection)});
}

base::Track SecondPass::trackOf(const Chain &chain) const
{
    base::Track track;
    track.kind = chain.kind;
    const auto observe = [this, &track](std::size_t frame, const base::Rectangle &box, float score) {
        track.observations.push_back({m_plan.frames[frame].pts, box, base::Origin::Verification, score});
    };
    const Sighting &first = chain.sightings.front();
    const Sighting &last = chain.sightings.back();
    std::size_t begin = first.index;
    while (begin > 0 && m_plan.frames[first.index].pts - m_plan.frames[begin - 1].pts <= m_second)
        --begin;
    for (std::size_t frame = begin; frame < first.index; ++frame)
        observe(frame, first.box, 0.0F);
    for (std::size_t number = 0; number < chain.sightings.size(); ++number) {
        const Sighting &seen = chain.sightings[number];
        observe(seen.index, seen.box, seen.score);
        if (number + 1 == chain.sightings.size())
            break;
        const Sighting &next = chain.sightings[number + 1];
        for (std::size_t frame = seen.index + 1; frame < next.index; ++frame)
            observe(frame, between(seen.box, next.box), 0.0F);
    }
    for (std::size_t frame = last.index + 1;
         frame < m_plan.frames.size() && m_plan.frames[frame].pts - m_plan.frames[last.index].pts <= m_second; ++frame)
        observe(frame, last.box, 0.0F);
    return track;
}

std::vector<base::Track> SecondPass::finds() const
{
    std::vector<base::Track> tracks;
    for (const Chain &chain : m_chains) {
        if (chain.strong)
            tracks.push_back(trackOf(chain));
    }
    return tracks;
}

} // namespace doorveil::pipeline
