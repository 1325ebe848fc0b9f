// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/timescale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace doorveil::ui {

namespace {

constexpr double finestSeconds = 0.001; // a pixel
constexpr double edgeShare = 0.08; // of the width, kept free beside a time that is brought into view

} // namespace

TimeScale::TimeScale(base::TimeRange clip, base::Rational timeBase)
    : m_clip{clip.begin, std::max(clip.end, clip.begin + 1)}, m_timeBase(timeBase)
{
    showAll();
}

void TimeScale::setWidth(double width)
{
    const bool all = showsAll();
    m_width = std::max(1.0, width);
    if (all)
        showAll();
    else
        keepInClip();
}

void TimeScale::showAll()
{
    m_first = double(m_clip.begin);
    m_ticksPerPixel = double(m_clip.end - m_clip.begin) / m_width;
}

bool TimeScale::showsAll() const
{
    return m_ticksPerPixel * m_width >= double(m_clip.end - m_clip.begin) * (1.0 - 1e-9);
}

void TimeScale::zoom(double factor, double x)
{
    const double kept = m_first + x * m_ticksPerPixel;
    const double coarsest = double(m_clip.end - m_clip.begin) / m_width;
    const double finest = std::min(coarsest, finestSeconds / m_timeBase.toDouble());
    m_ticksPerPixel = std::clamp(m_ticksPerPixel / std::max(factor, 1e-6), finest, coarsest);
    m_first = kept - x * m_ticksPerPixel;
    keepInClip();
}

void TimeScale::scroll(double pixels)
{
    m_first += pixels * m_ticksPerPixel;
    keepInClip();
}

void TimeScale::makeVisible(std::int64_t ticks)
{
    const double margin = edgeShare * m_width * m_ticksPerPixel;
    const double shown = m_width * m_ticksPerPixel;
    if (double(ticks) < m_first + margin)
        m_first = double(ticks) - margin;
    else if (double(ticks) > m_first + shown - margin)
        m_first = double(ticks) - shown + margin;
    keepInClip();
}

void TimeScale::keepInClip()
{
    const double length = double(m_clip.end - m_clip.begin);
    m_ticksPerPixel = std::min(m_ticksPerPixel, length / m_width);
    m_first = std::clamp(m_first, double(m_clip.begin), double(m_clip.end) - m_width * m_ticksPerPixel);
}

double TimeScale::xOf(std::int64_t ticks) const
{
    return (double(ticks) - m_first) / m_ticksPerPixel;
}

std::int64_t TimeScale::ticksAt(double x) const
{
    return std::clamp(std::int64_t(std::llround(m_first + x * m_ticksPerPixel)), m_clip.begin, m_clip.end);
}

base::TimeRange TimeScale::visible() const
{
    return {std::int64_t(std::floor(m_first)), std::int64_t(std::ceil(m_first + m_width * m_ticksPerPixel))};
}

std::int64_t TimeScale::markMilliseconds(double leastPixels) const
{
    constexpr std::array<std::int64_t, 22> steps{1,      2,      5,      10,     20,      50,     100,   200,
                                                 500,    1000,   2000,   5000,   10000,   15000,  30000, 60000,
                                                 120000, 300000, 600000, 900000, 1800000, 3600000};
    const double least = leastPixels * m_ticksPerPixel * m_timeBase.toDouble() * 1000.0;
    const auto found =
        std::find_if(steps.begin(), steps.end(), [least](std::int64_t step) { return double(step) >= least; });
    return found != steps.end() ? *found : steps.back() * std::int64_t(std::ceil(least / double(steps.back())));
}

std::int64_t snapped(const TimeScale &scale, std::int64_t ticks, const std::vector<std::int64_t> &candidates,
                     double reach)
{
    std::int64_t best = ticks;
    double distance = reach * scale.ticksPerPixel();
    for (const std::int64_t candidate : candidates) {
        const double away = std::abs(double(candidate - ticks));
        if (away <= distance) {
            distance = away;
            best = candidate;
        }
    }
    return best;
}

std::optional<std::size_t> LaneLayout::laneAt(double y) const
{
    if (y < top || y >= top + viewHeight)
        return std::nullopt;
    const auto lane = std::size_t((y - top + offset) / laneHeight);
    return lane < count ? std::optional<std::size_t>(lane) : std::nullopt;
}

std::size_t LaneLayout::firstVisible() const
{
    return std::min(count, std::size_t(std::max(0.0, offset) / laneHeight));
}

std::size_t LaneLayout::endVisible() const
{
    return std::min(count, std::size_t(std::ceil((std::max(0.0, offset) + viewHeight) / laneHeight)));
}

double LaneLayout::largestOffset() const
{
    return std::max(0.0, double(count) * laneHeight - viewHeight);
}

} // namespace doorveil::ui
