// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"
#include "base/videoframe.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace doorveil::redaction {

struct CoverSettings
{
    base::CoverStyle style = base::CoverStyle::Blur;
    base::CoverScope scope = base::CoverScope::Head;
    double dilation = 0.3; ///< of the box's width and height, on each side; never less than 0.3
};

/// One covered area of one frame, in displayed pixels, clamped to the picture.
struct CoverRegion
{
    std::int64_t track = 0; ///< track id; zones have their own ids with kind Region and origin Zone
    base::TrackKind kind = base::TrackKind::Face;
    base::Origin origin = base::Origin::Detected;
    float score = 0.0F;
    std::optional<base::Rectangle> box; ///< as found in this frame; nothing where nothing was found
    base::Rectangle region; ///< as covered (bounding rectangle for a zone)
    base::Polygon polygon; ///< of a zone; empty for rectangles
    base::CoverStyle style = base::CoverStyle::Blur;
    bool operator==(const CoverRegion &) const = default;
};

/// The region (of a zone: its bounding rectangle) in the frame's stored orientation, clamped to the frame.
[[nodiscard]] base::Rectangle storedRegion(const CoverRegion &region, const base::VideoFrame &frame);

/// From tracks, decisions and zones to what is covered in each frame: the one place that decides it, for export,
/// preview, report and verification alike. Covered unless shown or dismissed; a cover wins over somebody shown.
/// A head is the face box grown upwards and sideways (hair, ears, chin); where only a person was found, the upper
/// part of the body box. With scope Person the whole body is covered, too.
class CoverPlan
{
public:
    CoverPlan(const std::vector<base::Track> &tracks, const std::vector<base::Zone> &zones, base::Size displayedSize,
              const CoverSettings &settings);

    /// In order of track id, zones last.
    [[nodiscard]] std::vector<CoverRegion> at(std::int64_t pts) const;
    /// Boxes of tracks that are shown or dismissed at that time, grown as a cover would be.
    [[nodiscard]] std::vector<CoverRegion> uncoveredAt(std::int64_t pts) const;

private:
    std::unordered_map<std::int64_t, std::vector<CoverRegion>> m_covered;
    std::unordered_map<std::int64_t, std::vector<CoverRegion>> m_uncovered;
    std::vector<base::Zone> m_zones;
    base::Size m_size;
    CoverSettings m_settings;
};

} // namespace doorveil::redaction
