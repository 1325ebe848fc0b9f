// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/secondpass.h"
#include "vision/detectorset.h"
#include "vision/scenesearch.h"

#include <QJsonObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::pipeline {

/// What of one exported frame is to be looked at.
struct OpinionTask
{
    std::size_t index = 0;
    base::VideoFrame frame;
    std::vector<base::Rectangle> areas;
};

/// Detectors of another family than those of the second pass look at the finished export: at least twice a second at
/// all that changed since their last look; in the first, the middle and the last frame of every covered track, and soon
/// after something moved that nothing covers, around each cover and at what moves; and every few seconds at the whole
/// picture. What one family misses always is not missed by both. For faces only.
class SecondOpinion
{
public:
    SecondOpinion(const project::ReviewDocument &document, const ExportPlan &plan);

    /// For a second pass with detectors of that choice. The embedded ones are nobody's second opinion: where no other
    /// is installed nothing is looked at, and figures() says so.
    [[nodiscard]] base::Result<void> load(vision::DetectorChoice secondPass);
    [[nodiscard]] bool isThere() const { return !m_detectors.faces.empty(); }

    /// Asked once for each frame, in order, with what the second pass saw in it: what is to be looked at, if anything.
    [[nodiscard]] std::optional<OpinionTask> taskFor(std::size_t index, const base::VideoFrame &frame,
                                                     const vision::SceneFinds &finds, bool keyFrame);
    /// Looks. On one thread, in the order of the tasks; it need not be the thread that asks.
    [[nodiscard]] base::Result<void> look(const OpinionTask &task);

    /// As SecondPass::finds().
    [[nodiscard]] std::vector<base::Track> finds() const { return m_pass.finds(); }
    [[nodiscard]] QStringList detectorIds() const;
    /// For the report: frames, and the smallest face (shorter side, pixels) that is expected to be found.
    [[nodiscard]] QJsonObject figures() const;

private:
    [[nodiscard]] base::Result<void> look(const OpinionTask &task, const base::Rectangle &area,
                                          std::vector<vision::Detection> &found) const;
    [[nodiscard]] std::vector<base::Rectangle> aroundCovers(std::size_t index) const;

    const ExportPlan &m_plan;
    vision::DetectorSet m_detectors;
    SecondPass m_pass;
    std::int64_t m_halfSecond = 1; ///< ticks
    std::int64_t m_refresh = 1; ///< ticks
    std::int64_t m_lastLook = 0; ///< pts
    std::int64_t m_lastWhole = 0; ///< pts
    bool m_begun = false;
    std::vector<base::Rectangle> m_changed; ///< since the last look
    double m_faceScale = 1.0;
    std::int64_t m_framesExamined = 0;
};

} // namespace doorveil::pipeline
