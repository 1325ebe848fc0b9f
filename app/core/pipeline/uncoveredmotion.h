// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <cstdint>
#include <vector>

namespace doorveil::pipeline {

/// What moves as one: the bounds of areas that touch each other. Somebody's head may be covered and his arms move.
[[nodiscard]] std::vector<base::Rectangle> joinedAreas(std::vector<base::Rectangle> areas);

/// Follows what moves in a clip, to say at its end where something moved that nobody found: "motion-uncovered", the
/// last net under the detectors. Frames in order; memory grows by some boxes a second of movement.
class UncoveredMotion
{
public:
    UncoveredMotion(base::Size displayedSize, base::Rational timeBase);

    /// `moving`: areas that changed against the last frame. A cut begins anew.
    void addFrame(std::int64_t pts, const std::vector<base::Rectangle> &moving, bool cut);

    /// Stretches of half a second and more in which something the size of a person moved on, and touched neither a
    /// cover nor anybody found with their body, each at the moment when it was largest. At most mostChecks, the largest
    /// and longest first; numbered from `firstId`. Shown and dismissed subjects count as found: the owner looked at
    /// them.
    [[nodiscard]] std::vector<project::CheckItem> checks(const project::ReviewDocument &document,
                                                         std::int64_t firstId) const;
    static constexpr std::size_t mostChecks = 6;

private:
    struct Sample
    {
        std::int64_t pts = 0;
        base::Rectangle box;
    };
    struct Mover
    {
        std::vector<Sample> samples;
        base::Rectangle last;
        std::int64_t lastPts = 0;
    };

    [[nodiscard]] static bool hasMovedOn(const Mover &mover, std::size_t begin, std::size_t end);
    [[nodiscard]] bool isLargeEnough(const base::Rectangle &box) const;
    [[nodiscard]] std::int64_t ticks(std::int64_t milliseconds) const;

    base::Size m_size;
    base::Rational m_timeBase;
    int m_smallestSide;
    std::vector<Mover> m_live;
    std::vector<Mover> m_ended;
};

} // namespace doorveil::pipeline
