// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scenechange.h"
#include "base/track.h"
#include "base/videoframe.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace doorveil::tracking {

/// One find handed to the tracker, displayed pixels.
struct Find
{
    base::TrackKind kind = base::TrackKind::Face;
    base::Rectangle box;
    float score = 0.0F;
    float strongThreshold = 0.5F; ///< of the detector that made it: a track starts from here, weaker ones only continue
    float aloneThreshold = 0.0F; ///< of the detector: a track without a find from here on needs two strong ones
    bool isKept = false; ///< the same as in an earlier frame, not found anew
};

struct TrackerSettings
{
    double extendSeconds = 0.5; ///< at least this long before the first and after the last observation, clamped at cuts
    double bridgeSeconds = 1.5; ///< longest gap that is bridged
    double followBackSeconds = 2.0; ///< how far a new track is followed into the past
    double followSeconds = 2.0; ///< how far one is followed where a detector looked and found nothing
    double unsureFollowSeconds = 0.7; ///< the same for one that was found once or twice, just above the threshold
    double rememberSeconds =
        10.0; ///< the same while what is followed still looks as it did when it was last found (a head turned slightly)
};

/// Makes tracks of finds: association, hysteresis, following both ways in time by the picture's motion, gaps bridged,
/// both ends extended. Boxes never shrink below what was seen. A track is one subject as far as motion or looks prove
/// it: where neither does, it goes on as another track, and what lies between belongs to both, so that showing the one
/// never shows the other. Memory is bounded: it keeps the small grey pictures of
/// the last seconds. Deterministic. Not thread-safe.
class Tracker
{
public:
    Tracker(base::Size displayedSize, base::Rational timeBase, const TrackerSettings &settings);
    ~Tracker();
    Tracker(const Tracker &) = delete;
    Tracker &operator=(const Tracker &) = delete;

    /// Frames in order. `searched` tells where the detectors looked: a track missed in a searched area is evidence,
    /// one in an area not searched (unchanged) holds its place.
    void addFrame(const base::VideoFrame &frame, const std::vector<Find> &finds,
                  const std::vector<base::Rectangle> &searched, base::SceneChange change);

    /// Ends all tracks and gives them, ids from 1 in order of first appearance. One observation for every frame
    /// that a track covers.
    [[nodiscard]] std::vector<base::Track> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::tracking
