// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/uncoveredmotion.h"

#include "base/mediatime.h"
#include "pipeline/exportplan.h"

#include <algorithm>

namespace doorveil::pipeline {

namespace {

// Somebody whose face can be recognised moves as a whole body, which is several times as large.
constexpr int sideDivisor = 20;
constexpr int smallestSide = 24; // pixels
// Leaves, rain and headlights flicker where they are; who walks past moves on.
constexpr std::int64_t shortestMilliseconds = 500;
constexpr double shortestWay = 0.5; // of its own size
// More of the picture than that changes when the camera moves or the light does, and says nothing about anybody.
constexpr double largestShare = 0.4;
constexpr std::int64_t longestPauseMilliseconds = 600; // somebody stands still for a moment
constexpr std::int64_t sampleMilliseconds = 120;

base::Rectangle bodyBelow(const base::Rectangle &head)
{
    // By the proportions of people, arms stretched out.
    return {head.x - head.width, head.y, 3 * head.width, 7 * head.height};
}

} // namespace

std::vector<base::Rectangle> joinedAreas(std::vector<base::Rectangle> areas)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t first = 0; first < areas.size(); ++first) {
            for (std::size_t second = areas.size() - 1; second > first; --second) {
                if (areas[first].grown(1, 1).intersected(areas[second]).isEmpty())
                    continue;
                areas[first] = areas[first].united(areas[second]);
                areas.erase(areas.begin() + std::ptrdiff_t(second));
                changed = true;
            }
        }
    }
    return areas;
}

UncoveredMotion::UncoveredMotion(base::Size displayedSize, base::Rational timeBase)
    : m_size(displayedSize),
      m_timeBase(timeBase.isPositive() ? timeBase : base::Rational{1, 1000}),
      m_smallestSide(std::max(smallestSide, std::min(displayedSize.width, displayedSize.height) / sideDivisor))
{
}

std::int64_t UncoveredMotion::ticks(std::int64_t milliseconds) const
{
    return std::max<std::int64_t>(1, base::rescale(milliseconds, {1, 1000}, m_timeBase));
}

bool UncoveredMotion::isLargeEnough(const base::Rectangle &box) const
{
    return std::min(box.width, box.height) >= m_smallestSide;
}

void UncoveredMotion::addFrame(std::int64_t pts, const std::vector<base::Rectangle> &moving, bool cut)
{
    const std::int64_t pause = ticks(longestPauseMilliseconds);
    const auto isOver = [&](const Mover &mover) { return cut || pts - mover.lastPts > pause; };
    for (Mover &mover : m_live) {
        if (isOver(mover) && mover.samples.back().pts - mover.samples.front().pts >= ticks(shortestMilliseconds))
            m_ended.push_back(std::move(mover));
    }
    // Those that were moved away have no samples; the short ones are over as well.
    m_live.erase(std::remove_if(m_live.begin(), m_live.end(),
                                [&](const Mover &mover) { return mover.samples.empty() || isOver(mover); }),
                 m_live.end());
    std::int64_t changed = 0;
    for (const base::Rectangle &area : moving)
        changed += area.area();
    if (cut || double(changed) > largestShare * double(m_size.width) * double(m_size.height))
        return;
    for (const base::Rectangle &area : joinedAreas(moving)) {
        const base::Rectangle box = area.clampedTo(m_size);
        if (!isLargeEnough(box))
            continue;
        Mover *nearest = nullptr;
        std::int64_t best = 0;
        for (Mover &mover : m_live) {
            if (mover.lastPts == pts)
                continue; // it is somewhere else in this frame
            // It has moved on since: its own size around it is near enough.
            const std::int64_t common =
                mover.last.grown(mover.last.width / 2, mover.last.height / 2).intersected(box).area();
            if (common > best) {
                best = common;
                nearest = &mover;
            }
        }
        if (nearest == nullptr) {
            m_live.push_back({{{pts, box}}, box, pts});
            continue;
        }
        nearest->last = box;
        nearest->lastPts = pts;
        if (pts - nearest->samples.back().pts >= ticks(sampleMilliseconds))
            nearest->samples.push_back({pts, box});
    }
}

bool UncoveredMotion::hasMovedOn(const Mover &mover, std::size_t begin, std::size_t end)
{
    // Twice the middle, so that it stays whole.
    const auto horizontal = [&mover](std::size_t at) {
        return 2 * mover.samples[at].box.x + mover.samples[at].box.width;
    };
    const auto vertical = [&mover](std::size_t at) {
        return 2 * mover.samples[at].box.y + mover.samples[at].box.height;
    };
    std::int64_t sides = 0;
    int left = horizontal(begin);
    int right = left;
    int top = vertical(begin);
    int bottom = top;
    for (std::size_t at = begin; at < end; ++at) {
        sides += std::min(mover.samples[at].box.width, mover.samples[at].box.height);
        left = std::min(left, horizontal(at));
        right = std::max(right, horizontal(at));
        top = std::min(top, vertical(at));
        bottom = std::max(bottom, vertical(at));
    }
    const double side = double(sides) / double(end - begin);
    return std::max(right - left, bottom - top) / 2.0 >= shortestWay * side;
}

std::vector<project::CheckItem> UncoveredMotion::checks(const project::ReviewDocument &document,
                                                        std::int64_t firstId) const
{
    const redaction::CoverPlan plan(document.tracks, document.zones, m_size, coverSettings(document.settings));
    const auto isKnown = [&plan](const Sample &sample) {
        for (const auto &regions : {plan.at(sample.pts), plan.uncoveredAt(sample.pts)}) {
            for (const redaction::CoverRegion &region : regions) {
                if (!region.region.intersected(sample.box).isEmpty()
                    || (region.box && !region.box->intersected(sample.box).isEmpty()))
                    return true;
                const bool isHead = region.kind == base::TrackKind::Face || region.kind == base::TrackKind::Head;
                if (isHead && !bodyBelow(region.box.value_or(region.region)).intersected(sample.box).isEmpty())
                    return true;
            }
        }
        return false;
    };
    struct Candidate
    {
        project::CheckItem item;
        double risk;
    };
    std::vector<Candidate> candidates;
    const auto addStretches = [&](const Mover &mover) {
        // The longest stretch of it that touches nobody known.
        std::size_t longestBegin = 0;
        std::size_t longestEnd = 0;
        const auto length = [&mover](std::size_t begin, std::size_t end) {
            return end > begin ? mover.samples[end - 1].pts - mover.samples[begin].pts : std::int64_t(-1);
        };
        for (std::size_t begin = 0; begin < mover.samples.size();) {
            std::size_t end = begin;
            while (end < mover.samples.size() && !isKnown(mover.samples[end]))
                ++end;
            if (length(begin, end) > length(longestBegin, longestEnd)) {
                longestBegin = begin;
                longestEnd = end;
            }
            begin = end + 1;
        }
        const std::int64_t lasts = length(longestBegin, longestEnd);
        if (lasts < ticks(shortestMilliseconds) || !hasMovedOn(mover, longestBegin, longestEnd))
            return;
        const auto largest = std::max_element(
            mover.samples.begin() + std::ptrdiff_t(longestBegin), mover.samples.begin() + std::ptrdiff_t(longestEnd),
            [](const Sample &a, const Sample &b) { return a.box.area() < b.box.area(); });
        candidates.push_back({{0, QStringLiteral("motion-uncovered"), 0, largest->pts, largest->box, false},
                              double(largest->box.area()) * double(lasts)});
    };
    for (const auto *movers : {&m_ended, &m_live}) {
        for (const Mover &mover : *movers)
            addStretches(mover);
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate &a, const Candidate &b) { return a.risk > b.risk; });
    std::vector<project::CheckItem> items;
    for (const Candidate &candidate : candidates) {
        if (items.size() == mostChecks)
            break;
        items.push_back(candidate.item);
        items.back().id = firstId++;
    }
    return items;
}

} // namespace doorveil::pipeline
