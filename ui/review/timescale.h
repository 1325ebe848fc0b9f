// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mediatime.h"
#include "base/track.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::ui {

/// Time to pixel and back, for a timeline: which part of the clip is in view, zoom to a cursor, scrolling. Knows no
/// widget. Times are ticks of the video stream's time base; x is in logical pixels from the lanes' left edge.
class TimeScale
{
public:
    TimeScale() = default;
    /// `clip` from the first frame's pts to the end of the last one.
    TimeScale(base::TimeRange clip, base::Rational timeBase);

    void setWidth(double width);
    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] const base::TimeRange &clip() const { return m_clip; }
    [[nodiscard]] base::Rational timeBase() const { return m_timeBase; }

    void showAll();
    [[nodiscard]] bool showsAll() const;
    /// Zooms in (factor over 1) or out; what is at `x` stays there. Bounded: the whole clip, some milliseconds a pixel.
    void zoom(double factor, double x);
    void scroll(double pixels);
    /// Scrolls, if needed, so that a time is in view with some margin.
    void makeVisible(std::int64_t ticks);

    [[nodiscard]] double xOf(std::int64_t ticks) const;
    /// Nearest tick, within the clip.
    [[nodiscard]] std::int64_t ticksAt(double x) const;
    [[nodiscard]] base::TimeRange visible() const; ///< rounded outwards
    [[nodiscard]] double ticksPerPixel() const { return m_ticksPerPixel; }
    /// A distance between marks that leaves room for their labels: 1, 2, 5 × 10ⁿ ms, then seconds and minutes.
    [[nodiscard]] std::int64_t markMilliseconds(double leastPixels) const;

private:
    void keepInClip();

    base::TimeRange m_clip{0, 1};
    base::Rational m_timeBase{1, 1000};
    double m_width = 1.0;
    double m_first = 0.0; ///< ticks at x = 0
    double m_ticksPerPixel = 1.0;
};

/// The nearest of `candidates` within `reach` pixels of a time; the time itself where there is none.
[[nodiscard]] std::int64_t snapped(const TimeScale &scale, std::int64_t ticks,
                                   const std::vector<std::int64_t> &candidates, double reach);

/// Lanes of one height below one another, scrolled: which are in view, which is under a point.
struct LaneLayout
{
    double top = 0.0; ///< of the first lane when not scrolled
    double laneHeight = 22.0;
    double offset = 0.0; ///< scrolled down by
    double viewHeight = 0.0; ///< of the area that shows lanes
    std::size_t count = 0;

    [[nodiscard]] double yOf(std::size_t lane) const { return top + double(lane) * laneHeight - offset; }
    [[nodiscard]] std::optional<std::size_t> laneAt(double y) const;
    [[nodiscard]] std::size_t firstVisible() const;
    [[nodiscard]] std::size_t endVisible() const; ///< one behind the last
    [[nodiscard]] double largestOffset() const;
};

} // namespace doorveil::ui
