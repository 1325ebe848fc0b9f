// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/scenechange.h"
#include "base/track.h"
#include "tracking/follower_p.h"

#include <optional>
#include <span>
#include <vector>

namespace doorveil::tracking {

/// One frame of the clip, as far as times go.
struct FrameEntry
{
    std::int64_t pts = 0;
    std::int64_t end = 0; ///< pts of the next frame, where known
    base::SceneChange change = base::SceneChange::None; ///< against the frame before
};

/// Where a subject was in one frame.
struct TrackPoint
{
    int frame = 0;
    TrackBox box;
    base::Origin origin = base::Origin::Detected;
    float score = 0.0F;
};

/// Somewhere between two frames of a track another subject may have taken the place of the first.
struct Doubt
{
    int lastOfFormer = 0; ///< a frame
    int firstOfLatter = 0;
};

/// A track that is still being built: points in order of frame, at most one a frame.
struct LiveTrack
{
    base::TrackKind kind = base::TrackKind::Face;
    std::vector<TrackPoint> points;
    std::vector<Doubt> doubts;
    int lastFoundFrame = 0; ///< by a detector
    bool lost = false; ///< it could neither be found nor followed since the last point
    TrackBox foundBox; ///< at lastFoundFrame
    std::optional<Look> look; ///< at lastFoundFrame
    int timesFound = 0;
    float bestMargin = 0.0F; ///< of a find's score above its detector's strong threshold
    int timesFoundStrong = 0; ///< anew each time
    bool foundAlone = false; ///< once at least so well that once is enough
    bool searchedSinceFound = false; ///< a detector looked there since and found nothing

    [[nodiscard]] const TrackPoint &last() const { return points.back(); }
    /// Where the motion of the last few points leads to.
    [[nodiscard]] TrackBox expectedAt(int frame, const std::vector<FrameEntry> &frames) const;
    /// The same from where and how it moved when it was last found, whatever it was followed to since.
    [[nodiscard]] TrackBox rememberedAt(int frame, const std::vector<FrameEntry> &frames) const;
    /// Takes back the points since the last find that lead elsewhere than to `box` in `frame`.
    void dropStrayPoints(const TrackBox &box, int frame, const std::vector<FrameEntry> &frames);
    /// Puts a point in its place; one that was found wins over one that was not.
    void put(const TrackPoint &point);
};

/// Speed of the centre in pixels a tick at the first or last points of a track, over at most `ticks`.
struct Speed
{
    double x = 0.0;
    double y = 0.0;
};
[[nodiscard]] Speed speedAtEnd(std::span<const TrackPoint> points, const std::vector<FrameEntry> &frames);
[[nodiscard]] Speed speedAtStart(std::span<const TrackPoint> points, const std::vector<FrameEntry> &frames);

} // namespace doorveil::tracking
