// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "tracking/trackbox_p.h"

#include <array>
#include <cstdint>
#include <optional>

namespace doorveil::tracking {

/// A small normalised copy of what a box showed, to tell later whether the same thing is still there. Lives in memory
/// only, for as long as its track is open.
using Look = std::array<std::int8_t, 256>;

/// Follows boxes from one grey picture to another, in either direction of time. Pictures are scaled down by `factor`;
/// boxes are in displayed pixels throughout.
///
/// Sparse Lucas-Kanade flow on a grid of points inside the box with a forward-backward check, the median taken over
/// the points that came back (Kalal, Mikolajczyk, Matas: "Forward-Backward Error", ICPR 2010). Where too few come
/// back, a search for the best-correlated place that must find its way back too.
class Follower
{
public:
    Follower(base::Size displayedSize, int factor) : m_displayedSize(displayedSize), m_factor(factor) { }

    /// Where the content of `box` in `from` is in `to`; nothing where that cannot be told reliably.
    /// `expected` is a guess of the new place from earlier motion.
    [[nodiscard]] std::optional<TrackBox> follow(const base::GreyPicture &from, const base::GreyPicture &to,
                                                 const TrackBox &box, const TrackBox &expected) const;

    /// Nothing inside the box differs by more than the noise.
    [[nodiscard]] bool isUnchanged(const base::GreyPicture &from, const base::GreyPicture &to,
                                   const TrackBox &box) const;

    [[nodiscard]] std::optional<Look> look(const base::GreyPicture &picture, const TrackBox &box) const;
    /// Correlation in [-1, 1].
    [[nodiscard]] static double similarity(const Look &a, const Look &b);

private:
    base::Size m_displayedSize;
    int m_factor;
};

} // namespace doorveil::tracking
