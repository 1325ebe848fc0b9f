// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/coverplan.h"

#include <cstdint>
#include <vector>

namespace doorveil::redaction {

/// Figures of DESIGN section 6 (a) of one frame or, the worst of each, of many. All in 8-bit luma levels.
struct ComparisonFigures
{
    std::int64_t frames = 0;
    std::int64_t regions = 0;
    double lowestOutsidePsnr = 99.0; ///< dB, luma, outside the regions grown by 8 px
    double highestTileDeviation = 0.0; ///< solid, mosaic: standard deviation of a tile, which ought to be even
    double highestMeanError = 0.0; ///< solid: tile mean against the fill; blur: region mean against the expected cover
    double highestPatchError = 0.0; ///< blur: the same of the worst patch, a fifth of the region wide and high
    double highestCorrelation =
        0.0; ///< blur, mosaic, regions of 24 px and more: |high-pass correlation| with the source
    double highestShareOfSource = 0.0; ///< blur, regions of 24 px and more: how much of the source shines through
    std::int64_t failures = 0; ///< frames with a figure past its threshold, or of the wrong size or orientation
    std::int64_t coarseFrames = 0; ///< of the failures, those with no fault but coding loss: a lower CRF mends them
    double coarseSteps = 0.0; ///< by how many steps of CRF, about, the worst of them has to be finer
    std::vector<std::int64_t> failedFrames; ///< indices, the first hundred
};

/// Compares exported frames with their source and the plan. Thresholds as DESIGN section 6 (a), by CRF.
///
/// Only luma is compared, in the stored orientation, 10-bit samples rounded to 8. What a blur cover ought to show is
/// made again from the source frame, by the Redactor. The mosaic, whose values depend on earlier frames, is checked
/// for what it must be whatever they are: even blocks that do not follow the source.
class Comparison
{
public:
    explicit Comparison(int crf);
    /// `source` as decoded; `exported` as decoded from the finished file (an odd width or height may be padded by one
    /// column or row). Frames in order: add(compare(…)).
    void addFrame(const base::VideoFrame &source, const base::VideoFrame &exported,
                  const std::vector<CoverRegion> &regions);

    /// The figures of one frame: thread-safe, so that frames can be compared in parallel and added in order.
    [[nodiscard]] ComparisonFigures compare(const base::VideoFrame &source, const base::VideoFrame &exported,
                                            const std::vector<CoverRegion> &regions) const;
    /// Adds the figures of the next frame.
    void add(const ComparisonFigures &frame);

    [[nodiscard]] const ComparisonFigures &figures() const { return m_figures; }
    [[nodiscard]] bool passed() const { return m_figures.failures == 0; }
    [[nodiscard]] double leastOutsidePsnr() const; ///< the threshold for this CRF, dB
    /// Where every failure is one of coding loss, outside the regions or ringing at a solid cover's edge: about how
    /// many steps of CRF finer the worst frame has to be. 0 where nothing failed, or anything else did.
    [[nodiscard]] double tooCoarseBy() const;

private:
    int m_crf;
    ComparisonFigures m_figures;
};

} // namespace doorveil::redaction
