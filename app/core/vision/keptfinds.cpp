// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/keptfinds_p.h"

#include <algorithm>
#include <utility>

namespace doorveil::vision {

namespace {
constexpr std::size_t mostKept = 256;
constexpr double sameOverlap = 0.35;
constexpr double doubleOverlap = 0.4;

bool isSearched(const base::Rectangle &box, const std::vector<base::Rectangle> &areas)
{
    return std::any_of(areas.begin(), areas.end(), [&](const base::Rectangle &area) {
        return area.intersected(box).area() * 10 >= box.area() * 9;
    });
}
} // namespace

std::vector<Detection> withoutDoubles(std::vector<Detection> detections)
{
    std::stable_sort(detections.begin(), detections.end(), [](const Detection &a, const Detection &b) {
        return a.score - a.threshold > b.score - b.threshold;
    });
    std::vector<Detection> kept;
    for (Detection &detection : detections) {
        const bool isDouble = std::any_of(kept.begin(), kept.end(), [&](const Detection &other) {
            if (other.kind != detection.kind)
                return false;
            const std::int64_t common = other.box.intersected(detection.box).area();
            return base::intersectionOverUnion(other.box, detection.box) > doubleOverlap
                   || (detection.kind != base::TrackKind::Person && common * 5 > detection.box.area() * 4);
        });
        if (!isDouble)
            kept.push_back(std::move(detection));
    }
    return kept;
}

std::vector<Detection> KeptFinds::update(const std::vector<Detection> &found,
                                         const std::vector<base::Rectangle> &searchedFaces,
                                         const std::vector<base::Rectangle> &searchedPlates,
                                         const std::vector<base::Rectangle> &searchedPersons, const ChangeMap &map,
                                         const cv::Mat &picture, double now)
{
    std::vector<Kept> next;
    next.reserve(found.size() + m_kept.size());
    for (const Detection &detection : found)
        next.push_back({detection, map.patchOf(detection.box, picture), now, true});
    for (Kept &kept : m_kept) {
        const Detection &old = kept.detection;
        const bool replaced = std::any_of(found.begin(), found.end(), [&](const Detection &detection) {
            return detection.kind == old.kind && base::intersectionOverUnion(detection.box, old.box) > sameOverlap;
        });
        if (replaced)
            continue;
        const auto &searched = old.kind == base::TrackKind::Plate    ? searchedPlates
                               : old.kind == base::TrackKind::Person ? searchedPersons
                                                                     : searchedFaces;
        if (kept.holds || !isSearched(old.box, searched))
            next.push_back(std::move(kept));
    }
    if (next.size() > mostKept)
        next.resize(mostKept);
    m_kept = std::move(next);

    std::vector<Detection> holding;
    for (const Kept &kept : m_kept) {
        if (!kept.holds)
            continue;
        holding.push_back(kept.detection);
        holding.back().isKept = kept.foundAt < now;
    }
    return withoutDoubles(std::move(holding));
}

void KeptFinds::check(const ChangeMap &map, const cv::Mat &picture)
{
    for (Kept &kept : m_kept)
        kept.holds = map.isUnchanged(kept.detection.box, kept.patch, picture);
}

std::vector<ChangedArea> KeptFinds::doubtful(base::TrackKind kind) const
{
    std::vector<ChangedArea> areas;
    for (const Kept &kept : m_kept) {
        if (!kept.holds && kept.detection.kind == kind)
            areas.push_back({kept.detection.box, kept.foundAt, 1.0});
    }
    return areas;
}

std::vector<base::Rectangle> KeptFinds::boxes(base::TrackKind kind) const
{
    std::vector<base::Rectangle> boxes;
    for (const Kept &kept : m_kept) {
        if (kept.detection.kind == kind)
            boxes.push_back(kept.detection.box);
    }
    return boxes;
}

} // namespace doorveil::vision
