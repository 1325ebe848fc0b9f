// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/blockmask_p.h"

#include <array>
#include <cstdint>
#include <vector>

namespace doorveil::redaction {

/// The smooth surface that the blur cover shows: a membrane (solution of Laplace's equation) stretched over the covered
/// area and held by the picture around it. It lives on a grid of square cells, 4 luma pixels wide in small pictures and
/// more in large ones, tied to the picture (not to a region), so that it stands still where the picture does:
///
/// 1. A cell with an uncovered pixel is held at the mean of its uncovered pixels; wholly covered cells are free.
/// 2. Held cells are smoothed among each other, so that no texture of the border runs into the membrane as streaks.
/// 3. Free cells are relaxed from coarse to fine grids (a cascade of successive over-relaxation). A missing neighbour
///    at the picture's edge does not count: zero gradient there.
/// 4. Pixels are read off a cubic B-spline over the cells.
///
/// No covered pixel is read. A membrane with no held cell at all is mid-grey.
/// Buffers are kept from one use to the next; not thread-safe.
class Membrane
{
public:
    /// The covered area within `blocks` (a rectangle of `mask`); that area must hold whole connected regions and be
    /// free of cover within `margin(size)` blocks around it, but for the picture's edges.
    void prepare(const BlockMask &mask, base::Size storedSize, const base::Rectangle &blocks);
    /// Stretches the membrane for one plane, reading the uncovered pixels near the area.
    void solve(const base::VideoFrame &frame, int plane);
    /// Writes the membrane into all pixels of the plane whose block has exactly this cover.
    void render(base::VideoFrame &frame, int plane, BlockCover cover);
    /// The membrane at a pixel of the plane solved last (clamped to the area), as a sample value.
    [[nodiscard]] int valueAt(base::Point planePixel) const;

    /// How far apart covered areas must be to be filled on their own, in blocks.
    [[nodiscard]] static int margin(base::Size storedSize);

private:
    struct Level
    {
        int columns = 0;
        int rows = 0;
        std::vector<float> values;
        std::vector<float> weights; ///< uncovered pixels of a held cell; 0 for a free one
    };

    void gather(const base::VideoFrame &frame, int plane);
    void smoothHeldCells();
    void coarsen(std::size_t level);
    void relax();
    template<typename Sample> void gatherPlane(const base::VideoFrame::Plane &plane);
    template<typename Sample> void renderPlane(const base::VideoFrame::Plane &plane, std::uint8_t cover);
    void combineRows(int planeRow);

    const BlockMask *m_mask = nullptr;
    base::Size m_size;
    int m_cell = 4; ///< luma pixels
    int m_firstColumn = 0; ///< of the area, in cells
    int m_firstRow = 0;
    int m_columns = 0;
    int m_rows = 0;
    base::Rectangle m_blocks;
    std::vector<std::uint8_t> m_coverage; ///< of each cell: 0 none, 1 part, 2 whole
    std::vector<Level> m_levels; ///< from fine to coarse
    std::vector<float> m_scratch;
    std::vector<float> m_rowCells;

    // Of the plane solved last.
    int m_shiftX = 0;
    int m_shiftY = 0;
    int m_maximum = 255;
    std::vector<std::array<float, 4>> m_weightsX;
    std::vector<std::array<float, 4>> m_weightsY;
};

/// Rectangles of blocks that hold the mask's regions, so far apart that each is filled on its own.
[[nodiscard]] std::vector<base::Rectangle> separateAreas(const BlockMask &mask, base::Size storedSize);

} // namespace doorveil::redaction
