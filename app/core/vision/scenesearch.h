// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/detectorset.h"

#include <cstdint>
#include <vector>

namespace doorveil::vision {

/// What the search of one frame gave.
struct SceneFinds
{
    std::vector<Detection> detections;
    std::vector<base::Rectangle>
        searched; ///< areas that were searched in this frame; the rest is provably unchanged since it was
    std::vector<base::Rectangle> moving; ///< areas that changed against the last frame
    bool cut = false; ///< a cut or a big camera move: tracks end, everything is searched anew
};

struct SceneSearchSettings
{
    double smallestFace = 12; ///< pixels, shorter side
    bool searchEverything = false; ///< every frame at full size: the reference the benchmark compares with
};

/// Runs the detectors over a clip's frames in order, using that a doorbell camera stands still: an area that has not
/// changed since it was last searched (compared with the picture at that time, so slow change counts) keeps its finds
/// and is not searched again. Deterministic. Not thread-safe.
class SceneSearch
{
public:
    SceneSearch(DetectorSet &detectors, const SceneSearchSettings &settings);
    ~SceneSearch();
    SceneSearch(const SceneSearch &) = delete;
    SceneSearch &operator=(const SceneSearch &) = delete;

    [[nodiscard]] base::Result<SceneFinds> search(const base::VideoFrame &frame);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::vision
