// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/secondpassschedule.h"

#include "base/mediatime.h"
#include "pipeline/uncoveredmotion.h"

#include <algorithm>

namespace doorveil::pipeline {

namespace {

// Twice a second, with room for frame times that are rounded.
constexpr double searchInterval = 0.49;
constexpr double anotherScaleInterval = 1.4; // people near are searched at a reduced size at every turn
constexpr double personPlateInterval = 1.5;
constexpr double plateScale = 0.5; // what can be read in an export
constexpr double personInterval = 1.8; // only to know where somebody walks, which a search keeps for two seconds
// Uncovered motion is looked at within a quarter of a second: nobody shows a face for less and can be recognised by it
// only then.
constexpr std::int64_t motionPauseMilliseconds = 250;

/// The planned frame that is shown at a time; the nearest one outside the plan.
std::size_t frameAt(const std::vector<base::FrameTime> &frames, std::int64_t pts)
{
    const auto after =
        std::upper_bound(frames.begin(), frames.end(), pts,
                         [](std::int64_t time, const base::FrameTime &frame) { return time < frame.pts; });
    return after == frames.begin() ? 0 : std::size_t(after - frames.begin()) - 1;
}

} // namespace

SecondPassSchedule::SecondPassSchedule(const project::ReviewDocument &document, const ExportPlan &plan)
    : m_plan(plan),
      m_motionPause(
          std::max<std::int64_t>(1, base::rescale(motionPauseMilliseconds, {1, 1000}, document.source.info.timeBase))),
      m_lastKeyPts(plan.begin())
{
    for (const base::Track &track : document.tracks) {
        if (track.observations.empty() || track.decision.kind != base::DecisionKind::Cover)
            continue;
        for (const std::size_t place : {std::size_t(0), track.observations.size() / 2, track.observations.size() - 1})
            m_trackFrames.push_back(frameAt(plan.frames, track.observations[place].pts));
    }
    std::sort(m_trackFrames.begin(), m_trackFrames.end());
}

vision::SceneSearchSettings SecondPassSchedule::searchSettings(base::Rational timeBase)
{
    vision::SceneSearchSettings settings;
    settings.timeBase = timeBase;
    settings.smallestFace = 0.0; // the report says what size that is
    settings.faceInterval = searchInterval;
    settings.nativeFaceInterval = anotherScaleInterval;
    settings.plateInterval = searchInterval;
    settings.plateScale = plateScale;
    settings.personPlateInterval = personPlateInterval;
    settings.personInterval = personInterval;
    return settings;
}

bool SecondPassSchedule::takeKeyFrame(std::size_t index)
{
    const std::int64_t pts = m_plan.frames[index].pts;
    const bool isOfTrack = std::binary_search(m_trackFrames.begin(), m_trackFrames.end(), index);
    if (!isOfTrack && (!m_motionWaits || pts - m_lastKeyPts < m_motionPause))
        return false;
    m_lastKeyPts = pts;
    m_motionWaits = false;
    return true;
}

bool SecondPassSchedule::movesUncovered(std::size_t index, const vision::SceneFinds &finds) const
{
    const std::vector<redaction::CoverRegion> regions = m_plan.cover->at(m_plan.frames[index].pts);
    const std::vector<base::Rectangle> movers = joinedAreas(finds.moving);
    return std::any_of(movers.begin(), movers.end(), [&](const base::Rectangle &mover) {
        return std::none_of(regions.begin(), regions.end(), [&](const redaction::CoverRegion &region) {
            return !region.region.intersected(mover).isEmpty();
        });
    });
}

void SecondPassSchedule::searched(std::size_t index, const vision::SceneFinds &finds)
{
    m_framesExamined += finds.searched.empty() ? 0 : 1;
    // What moved up to the last key frame was looked at in it.
    if (m_plan.frames[index].pts > m_lastKeyPts)
        m_motionWaits = m_motionWaits || movesUncovered(index, finds);
}

} // namespace doorveil::pipeline
