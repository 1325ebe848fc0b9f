// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scenechange.h"
#include "base/videoframe.h"
#include "vision/detectorset.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::vision {

/// What the search of one frame gave.
struct SceneFinds
{
    std::vector<Detection> detections;
    std::vector<base::Rectangle>
        searched; ///< areas that were searched in this frame; the rest has not changed since it was, or waits for its
                  ///< next turn (SceneSearchSettings: fractions of a second)
    std::vector<base::Rectangle> moving; ///< areas that changed against the last frame
    base::SceneChange change = base::SceneChange::None; ///< at a cut tracks end and everything is searched anew
};

struct SearchedFrame
{
    base::VideoFrame frame;
    SceneFinds finds;
    bool atOnce = false; ///< as it was pushed
};

struct SceneSearchSettings
{
    base::Rational timeBase = {0, 1}; ///< of the frames' pts; where it is not known ten frames a second are assumed
    double smallestFace = 12; ///< pixels, shorter side; 0 for what the detectors find without enlarging
    bool searchEverything = false; ///< every frame at full size: the reference the benchmark compares with

    // Seconds that must pass before something that keeps moving is searched again; motion between two searches is the
    // tracker's. At 10 frames a second faces are searched in every frame.
    double faceInterval = 0.06;
    double nativeFaceInterval = 0.9; ///< search at full size of areas that are large enough for a reduced one
    double largeFaceInterval = 3.0; ///< enlarged search of such areas, for small faces behind somebody near
    double edgeFaceInterval = 0.3; ///< search for faces that the picture's edge cuts
    double tiltedFaceInterval = 1.5; ///< search for faces that lean to a side
    double lyingFaceInterval = 3.0; ///< the same for those that lie on it, or in clips of a camera that does
    double plateInterval = 0.45;
    double plateScale = 1.0; ///< at 1 plates of 25 pixels' width are found, at 0.5 ones of 50
    double personPlateInterval = 1.5; ///< plates where only somebody walks
    double personInterval = 0.45;
    double refreshSeconds = 30.0; ///< everything is searched again after this time, changed or not
};

/// Runs the detectors over a clip's frames in order, using that a doorbell camera stands still: an area that has not
/// changed since it was last searched (compared with the picture at that time, so slow change counts) keeps its finds
/// and is not searched again. Finds in such an area are given again in every frame.
///
/// Three frames are underway at a time, so that no processor waits for the last area of one: what is searched in a
/// frame depends on the pictures up to it and on the finds up to the third frame before it. Deterministic. Not
/// thread-safe. The detectors are borrowed and must outlive it.
class SceneSearch
{
public:
    SceneSearch(DetectorSet &detectors, const SceneSearchSettings &settings);
    ~SceneSearch();
    SceneSearch(const SceneSearch &) = delete;
    SceneSearch &operator=(const SceneSearch &) = delete;

    /// Begins the search of the next frame and gives an earlier one, where one is done by then. All come out once and
    /// in order. `atOnce`: what changed since it was last searched is searched now, without waiting for its turn (apart
    /// from the seldom searches for what is unlikely: another scale of somebody near, plates on somebody who walks).
    /// `hiddenPlates`: plates that are covered in this frame, where a finished export is searched; what else is on
    /// their vehicles is not taken for their plate.
    [[nodiscard]] base::Result<std::optional<SearchedFrame>> push(base::VideoFrame frame, bool atOnce = false,
                                                                  std::vector<base::Rectangle> hiddenPlates = {});
    /// After the last frame, until it gives nothing: what is still underway.
    [[nodiscard]] base::Result<std::optional<SearchedFrame>> flush();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::vision
