// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/coverplan.h"

#include <cstdint>
#include <vector>

namespace doorveil::redaction {

/// Figures of DESIGN section 6 (a) over all frames compared.
struct ComparisonFigures
{
    std::int64_t frames = 0;
    std::int64_t regions = 0;
    double lowestOutsidePsnr = 99.0; ///< dB, luma, outside the regions grown by 8 px
    double highestTileDeviation = 0.0; ///< solid: standard deviation of a 16-px tile
    double highestMeanError = 0.0; ///< solid: tile mean against the fill; blur: region mean against the expected cover
    double highestCorrelation = 0.0; ///< blur, regions of 24 px and more: |high-pass correlation| with the source
    std::int64_t failures = 0;
    std::vector<std::int64_t> failedFrames; ///< indices, the first hundred
};

/// Compares exported frames with their source and the plan. Thresholds as DESIGN section 6 (a), by CRF.
class Comparison
{
public:
    explicit Comparison(int crf);
    /// `source` as decoded; `exported` as decoded from the finished file (may be padded by one column or row).
    void addFrame(const base::VideoFrame &source, const base::VideoFrame &exported,
                  const std::vector<CoverRegion> &regions);
    [[nodiscard]] const ComparisonFigures &figures() const { return m_figures; }
    [[nodiscard]] bool passed() const { return m_figures.failures == 0; }

private:
    int m_crf;
    ComparisonFigures m_figures;
};

} // namespace doorveil::redaction
