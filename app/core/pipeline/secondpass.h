// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"
#include "pipeline/exportplan.h"
#include "vision/detector.h"
#include "vision/detectorset.h"

#include <cstdint>
#include <map>
#include <vector>

namespace doorveil::pipeline {

/// Share of the box that the regions cover, in [0, 1]; polygons by their true shape.
[[nodiscard]] double coveredShare(const base::Rectangle &box, const std::vector<redaction::CoverRegion> &regions);

/// Check (c) of DESIGN section 6: faces and plates seen in the finished file that are under 50 % covered and match
/// nobody shown or dismissed (IoU >= 0.3 within a second).
class SecondPass
{
public:
    SecondPass(const project::ReviewDocument &document, const ExportPlan &plan,
               const std::vector<vision::DetectorInfo> &detectors);

    /// Whose detections follow: each has its own threshold.
    void setDetectors(const std::vector<vision::DetectorInfo> &detectors);

    /// Detections of the planned frame `index`, in order.
    void addFrame(std::size_t index, const std::vector<vision::Detection> &detections);

    /// What was found, linked over gaps of up to a second, as tracks of origin `verification` without ids. As in
    /// tracking, a find needs one strong sighting and goes on with weak ones; it holds for a second before and after,
    /// so that covering it settles it for good.
    [[nodiscard]] std::vector<base::Track> finds() const;
    [[nodiscard]] std::int64_t detections() const { return m_detections; }

private:
    struct Sighting
    {
        std::size_t index = 0;
        base::Rectangle box;
        float score = 0.0F;
    };
    struct Chain
    {
        base::TrackKind kind = base::TrackKind::Face;
        std::vector<Sighting> sightings;
        bool strong = false;
    };

    [[nodiscard]] bool isAccepted(std::size_t index, const vision::Detection &detection) const;
    [[nodiscard]] bool isStrong(const vision::Detection &detection) const;
    void link(std::size_t index, const vision::Detection &detection);
    void forgetWeakChains(std::size_t index);
    [[nodiscard]] base::Track trackOf(const Chain &chain) const;

    ExportPlan m_plan;
    std::map<QString, double> m_thresholds;
    std::vector<project::CheckItem> m_settled;
    std::int64_t m_second = 0; ///< in ticks
    std::vector<Chain> m_chains;
    std::int64_t m_detections = 0;
};

} // namespace doorveil::pipeline
