// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/comparison.h"

#include "redaction/blockmask_p.h"
#include "redaction/lumapicture_p.h"
#include "redaction/mosaic_p.h"
#include "redaction/redactor.h"
#include "redaction/solidfill_p.h"

#include <algorithm>
#include <cmath>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

// DESIGN section 6 (a).
constexpr int grownBy = 8;
constexpr int shrunkBy = 4;
constexpr double psnrAtCrf20 = 38.0;
constexpr int tileSide = 16;
constexpr double mostDeviation = 4.0;
constexpr double mostMeanError = 6.0;
constexpr int leastCorrelatedSide = 24;
constexpr double mostCorrelation = 0.35;
// Beyond it: a cover that lies beside its subject is right over most of its area, so each part is looked at as well.
constexpr double mostPatchError = 8.0;
constexpr int patchesAcross = 5;
constexpr int leastPatchPixels = 64;
// And a faint picture under a smooth cover can hide in coding noise, where the correlation of textures misses it.
constexpr double mostShareOfSource = 0.05;
// Edges between mosaic blocks ring when they are encoded.
constexpr double mostBlockDeviation = 8.0;

constexpr std::size_t failedFramesKept = 100;

/// A cover's edge rings into it the more the coarser the encoder is, from CRF 28 on by half a level a step: up to 5.4
/// levels were seen in right exports at CRF 35, where bare pictures have 18 and more. How many steps of CRF finer the
/// cover would be even; 0 where no ringing explains the deviation.
double ringingSteps(double deviation, int crf)
{
    constexpr int firstRinging = 28;
    constexpr double risePerStep = 0.5;
    const double steps = (deviation - mostDeviation) / risePerStep;
    return steps <= std::max(0, crf - firstRinging) ? std::max(0.0, steps) : 0.0;
}

/// The pictures of one comparison, of the source's size.
struct Pictures
{
    const LumaPicture &source;
    const LumaPicture &exported;
    const LumaPicture &expected;
    const base::VideoFrame &sourceFrame;
};

bool sizesFit(base::Size source, base::Size exported)
{
    const auto fits = [](int from, int to) { return to == from || (from % 2 != 0 && to == from + 1); };
    return fits(source.width, exported.width) && fits(source.height, exported.height);
}

std::vector<RowSpan> storedSpans(const CoverRegion &region, const base::VideoFrame &frame)
{
    return rasterised(displayedToStored(region.polygon, frame.storedSize(), frame.orientation), frame.storedSize());
}

/// All pixels but the regions grown.
PixelSet outsidePixels(const std::vector<CoverRegion> &regions, const base::VideoFrame &frame)
{
    PixelSet pixels({0, 0, frame.storedSize().width, frame.storedSize().height}, true);
    for (const CoverRegion &region : regions) {
        if (region.polygon.empty()) {
            const Rectangle grown = storedRegion(region, frame).grown(grownBy, grownBy);
            for (int y = grown.y; y < grown.bottom(); ++y)
                pixels.set(y, grown.x, grown.right(), false);
            continue;
        }
        for (const RowSpan &span : storedSpans(region, frame)) {
            for (int y = span.row - grownBy; y <= span.row + grownBy; ++y)
                pixels.set(y, span.first - grownBy, span.last + grownBy, false);
        }
    }
    return pixels;
}

/// The pixels of one region, shrunk.
PixelSet insidePixels(const CoverRegion &region, const base::VideoFrame &frame)
{
    const Rectangle whole = storedRegion(region, frame);
    const Rectangle shrunk = whole.grown(-shrunkBy, -shrunkBy);
    if (region.polygon.empty() || shrunk.isEmpty())
        return {shrunk, true};
    PixelSet covered(whole.grown(shrunkBy, shrunkBy), false);
    for (const RowSpan &span : storedSpans(region, frame))
        covered.set(span.row, span.first, span.last, true);
    PixelSet inside(shrunk, true);
    const Rectangle bounds = covered.bounds();
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        const std::uint8_t *row = covered.row(y);
        for (int x = bounds.x; x < bounds.right(); ++x) {
            if (row[x - bounds.x] != 0)
                continue;
            int end = x + 1; // of this stretch without cover
            while (end < bounds.right() && row[end - bounds.x] == 0)
                ++end;
            for (int other = y - shrunkBy; other <= y + shrunkBy; ++other)
                inside.set(other, x - shrunkBy, end + shrunkBy, false);
            x = end;
        }
    }
    return inside;
}

bool isWhole(const PixelSet &pixels, const Rectangle &area)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint8_t *row = pixels.row(y) + (area.x - pixels.bounds().x);
        if (std::find(row, row + area.width, std::uint8_t(0)) != row + area.width)
            return false;
    }
    return true;
}

/// Where tiles of that side begin so that they cover a length, the last one shifted back to end with it.
std::vector<int> tileStarts(int begin, int length, int side)
{
    std::vector<int> starts;
    for (int at = 0; at + side <= length; at += side)
        starts.push_back(begin + at);
    if (length > side && length % side != 0)
        starts.push_back(begin + length - side);
    return starts;
}

void compareSolid(const Pictures &pictures, const PixelSet &inside, int crf, ComparisonFigures &figures)
{
    const int fill = solidSample({base::ChromaLayout::Grey, 8}, pictures.sourceFrame.colour.fullRange, 0);
    const Rectangle bounds = inside.bounds();
    // A region too small for a whole tile is one tile.
    const int width = std::min(tileSide, bounds.width);
    const int height = std::min(tileSide, bounds.height);
    for (const int y : tileStarts(bounds.y, bounds.height, height)) {
        for (const int x : tileStarts(bounds.x, bounds.width, width)) {
            const Rectangle tile{x, y, width, height};
            if (!isWhole(inside, tile))
                continue;
            const TileStatistics statistics = tileStatistics(pictures.exported, tile);
            const double error = std::abs(statistics.mean - fill);
            figures.highestTileDeviation = std::max(figures.highestTileDeviation, statistics.deviation);
            figures.highestMeanError = std::max(figures.highestMeanError, error);
            const double steps = ringingSteps(statistics.deviation, crf);
            figures.coarseSteps = std::max(figures.coarseSteps, steps);
            if ((statistics.deviation > mostDeviation && steps <= 0.0) || error > mostMeanError)
                figures.failures = 1;
        }
    }
}

void compareCorrelation(const Pictures &pictures, const Rectangle &region, const PixelSet &inside,
                        ComparisonFigures &figures)
{
    if (std::min(region.width, region.height) < leastCorrelatedSide)
        return;
    const double correlation = highPassCorrelation(pictures.source, pictures.exported, inside);
    figures.highestCorrelation = std::max(figures.highestCorrelation, correlation);
    if (correlation > mostCorrelation)
        figures.failures = 1;
}

void compareBlur(const Pictures &pictures, const Rectangle &region, const PixelSet &inside, ComparisonFigures &figures)
{
    const Rectangle bounds = inside.bounds();
    const int width = std::min(bounds.width, std::max(tileSide, bounds.width / patchesAcross));
    const int height = std::min(bounds.height, std::max(tileSide, bounds.height / patchesAcross));
    Difference whole;
    for (const int y : tileStarts(bounds.y, bounds.height, height)) {
        for (const int x : tileStarts(bounds.x, bounds.width, width)) {
            const Difference patch =
                absoluteDifference(pictures.exported, pictures.expected, inside, {x, y, width, height});
            whole.sum += patch.sum;
            whole.pixels += patch.pixels;
            if (patch.pixels >= leastPatchPixels)
                figures.highestPatchError = std::max(figures.highestPatchError, patch.mean());
        }
    }
    figures.highestMeanError = std::max(figures.highestMeanError, whole.mean());
    if (whole.mean() > mostMeanError || figures.highestPatchError > mostPatchError)
        figures.failures = 1;
    compareCorrelation(pictures, region, inside, figures);
    if (std::min(region.width, region.height) < leastCorrelatedSide)
        return;
    const double share = std::abs(shareOfSource(pictures.exported, pictures.source, pictures.expected, inside));
    figures.highestShareOfSource = std::max(figures.highestShareOfSource, share);
    if (share > mostShareOfSource)
        figures.failures = 1;
}

void compareMosaic(const Pictures &pictures, const CoverRegion &region, const std::vector<CoverRegion> &regions,
                   const PixelSet &inside, ComparisonFigures &figures)
{
    const Rectangle stored = storedRegion(region, pictures.sourceFrame);
    compareCorrelation(pictures, stored, inside, figures);
    for (int position = 0; position < Mosaic::blocksAcross * Mosaic::blocksAcross; ++position) {
        const Rectangle block = Mosaic::block(stored, position % Mosaic::blocksAcross, position / Mosaic::blocksAcross)
                                    .grown(-shrunkBy, -shrunkBy);
        if (std::min(block.width, block.height) < shrunkBy || !isWhole(inside, block.intersected(inside.bounds())))
            continue;
        const bool alone = std::none_of(regions.begin(), regions.end(), [&](const CoverRegion &other) {
            return &other != &region
                   && !storedRegion(other, pictures.sourceFrame).grown(grownBy, grownBy).intersected(block).isEmpty();
        });
        if (!alone)
            continue;
        const double deviation = tileStatistics(pictures.exported, block).deviation;
        figures.highestTileDeviation = std::max(figures.highestTileDeviation, deviation);
        if (deviation > mostBlockDeviation)
            figures.failures = 1;
    }
}

void compareCovers(const base::VideoFrame &source, const LumaPicture &sourceLuma, const LumaPicture &exportedLuma,
                   const std::vector<CoverRegion> &regions, int crf, ComparisonFigures &figures)
{
    if (regions.empty())
        return;
    base::VideoFrame expectedFrame = greyFrame(sourceLuma, source);
    Redactor redactor;
    if (!redactor.cover(expectedFrame, regions)) {
        figures.failures = 1;
        return;
    }
    const LumaPicture expected(expectedFrame);
    const Pictures pictures{sourceLuma, exportedLuma, expected, source};
    for (const CoverRegion &region : regions) {
        const PixelSet inside = insidePixels(region, source);
        if (inside.bounds().isEmpty())
            continue;
        switch (region.style) {
        case base::CoverStyle::Solid:
            compareSolid(pictures, inside, crf, figures);
            break;
        case base::CoverStyle::Blur:
            compareBlur(pictures, storedRegion(region, source), inside, figures);
            break;
        case base::CoverStyle::Mosaic:
            compareMosaic(pictures, region, regions, inside, figures);
            break;
        }
    }
}

} // namespace

Comparison::Comparison(int crf) : m_crf(crf) { }

double Comparison::leastOutsidePsnr() const
{
    return psnrAtCrf20 - std::max(0, m_crf - 20);
}

double Comparison::tooCoarseBy() const
{
    return m_figures.failures == m_figures.coarseFrames ? m_figures.coarseSteps : 0.0;
}

ComparisonFigures Comparison::compare(const base::VideoFrame &source, const base::VideoFrame &exported,
                                      const std::vector<CoverRegion> &regions) const
{
    ComparisonFigures figures;
    figures.frames = 1;
    figures.regions = std::int64_t(regions.size());
    if (source.isNull() || exported.isNull() || !sizesFit(source.storedSize(), exported.storedSize())
        || !(source.orientation == exported.orientation)) {
        figures.failures = 1;
        figures.lowestOutsidePsnr = 0.0;
        return figures;
    }
    const LumaPicture sourceLuma(source);
    const LumaPicture exportedLuma(exported);
    figures.lowestOutsidePsnr = psnr(sourceLuma, exportedLuma, outsidePixels(regions, source));
    compareCovers(source, sourceLuma, exportedLuma, regions, m_crf, figures);
    figures.coarseSteps = std::max(figures.coarseSteps, leastOutsidePsnr() - figures.lowestOutsidePsnr);
    if (figures.coarseSteps > 0.0 && figures.failures == 0) {
        figures.failures = 1;
        figures.coarseFrames = 1;
    }
    return figures;
}

void Comparison::add(const ComparisonFigures &frame)
{
    if (frame.failures > 0 && m_figures.failedFrames.size() < failedFramesKept)
        m_figures.failedFrames.push_back(m_figures.frames);
    m_figures.frames += 1;
    m_figures.regions += frame.regions;
    m_figures.failures += frame.failures > 0 ? 1 : 0;
    m_figures.coarseFrames += frame.coarseFrames;
    m_figures.coarseSteps = std::max(m_figures.coarseSteps, frame.coarseSteps);
    m_figures.lowestOutsidePsnr = std::min(m_figures.lowestOutsidePsnr, frame.lowestOutsidePsnr);
    m_figures.highestTileDeviation = std::max(m_figures.highestTileDeviation, frame.highestTileDeviation);
    m_figures.highestMeanError = std::max(m_figures.highestMeanError, frame.highestMeanError);
    m_figures.highestPatchError = std::max(m_figures.highestPatchError, frame.highestPatchError);
    m_figures.highestCorrelation = std::max(m_figures.highestCorrelation, frame.highestCorrelation);
    m_figures.highestShareOfSource = std::max(m_figures.highestShareOfSource, frame.highestShareOfSource);
}

void Comparison::addFrame(const base::VideoFrame &source, const base::VideoFrame &exported,
                          const std::vector<CoverRegion> &regions)
{
    add(compare(source, exported, regions));
}

} // namespace doorveil::redaction
