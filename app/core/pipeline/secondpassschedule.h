// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/exportplan.h"
#include "project/reviewdocument.h"
#include "vision/scenesearch.h"

#include <cstdint>
#include <vector>

namespace doorveil::pipeline {

/// Which frames of a finished export the second pass looks at. Something that keeps changing is searched twice a second
/// or more; beyond that everything that changed is searched in the first, the middle and the last frame of every
/// covered track, and soon after something moved that nothing covers. What has not changed since it was searched is the
/// same picture, and needs no second look.
class SecondPassSchedule
{
public:
    SecondPassSchedule(const project::ReviewDocument &document, const ExportPlan &plan);

    [[nodiscard]] static vision::SceneSearchSettings searchSettings(base::Rational timeBase);

    /// Asked once before each frame is searched, in order: whether everything that changed is to be searched in it.
    [[nodiscard]] bool takeKeyFrame(std::size_t index);
    /// What the search of a frame gave; later frames may have begun by then.
    void searched(std::size_t index, const vision::SceneFinds &finds);
    /// Frames in which the detectors looked at anything.
    [[nodiscard]] std::int64_t framesExamined() const { return m_framesExamined; }

private:
    [[nodiscard]] bool movesUncovered(std::size_t index, const vision::SceneFinds &finds) const;

    const ExportPlan &m_plan;
    std::vector<std::size_t> m_trackFrames; ///< sorted
    std::int64_t m_motionPause = 1; ///< ticks
    std::int64_t m_lastKeyPts = 0;
    bool m_motionWaits = false;
    std::int64_t m_framesExamined = 0;
};

} // namespace doorveil::pipeline
