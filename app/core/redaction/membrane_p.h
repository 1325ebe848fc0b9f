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
/// No covered pixel is read. A membrane with no held cell at all is mid-grey. The three planes are solved together.
/// Buffers are kept from one use to the next; not thread-safe.
class Membrane
{
public:
    /// Stretches the membrane over the covered area within `blocks` (a rectangle of `mask`, see separateAreas),
    /// reading the uncovered pixels near it. `mask` must outlive the calls that follow.
    void solve(const base::VideoFrame &frame, const BlockMask &mask, const base::Rectangle &blocks);
    /// Writes the membrane into all pixels of the plane, within the area, whose block has exactly this cover.
    void render(base::VideoFrame &frame, int plane, BlockCover cover);
    /// The membrane at a pixel of a plane (clamped to the area), as a sample value.
    [[nodiscard]] int valueAt(int plane, base::Point planePixel) const;

    /// How far around a covered area pixels may be read, in blocks.
    [[nodiscard]] static int reach(base::Size storedSize);

private:
    /// What a cell is at step 1. Remote cells are too far from any cover to matter.
    enum class CellState : std::uint8_t { Free, Held, Remote };
    using Cell = std::array<float, 4>; ///< a value a plane; the fourth lets all be computed in one vector register

    struct Level
    {
        int columns = 0;
        int rows = 0;
        std::vector<Cell> cells;
        std::vector<CellState> states;

        [[nodiscard]] std::size_t index(int x, int y) const
        {
            return std::size_t(y) * std::size_t(columns) + std::size_t(x);
        }
    };

    /// Weights of a uniform cubic B-spline's four cells, by pixel from one cell's centre to the next.
    struct Spline
    {
        int pixels = 0; ///< a cell
        std::array<std::vector<float>, 4> weights;
    };

    void place(const base::VideoFrame &frame, const base::Rectangle &blocks);
    void findStates();
    void markRemote();
    void gather(const base::VideoFrame &frame);
    template<typename Sample> void gatherPlane(const base::VideoFrame::Plane &samples, int plane);
    void smoothHeldCells();
    void relax();
    static void coarsen(const Level &fine, Level &coarse);
    static void prolong(const Level &coarse, Level &fine);
    static void relaxCell(Level &level, int x, int y, float factor);
    static void relaxLevel(Level &level, int sweeps);
    static Spline splineFor(int pixels);
    void combineRows(int plane, int planeRow);
    void combineColumns(int plane, int left, int right);
    template<typename Sample> void renderPlane(const base::VideoFrame::Plane &samples, int plane, std::uint8_t cover);

    const BlockMask *m_mask = nullptr;
    base::PixelLayout m_layout;
    base::Rectangle m_blocks;
    int m_cellSize = 0; ///< luma pixels
    int m_firstColumn = 0; ///< of the area, in cells of the picture
    int m_firstRow = 0;
    std::vector<Level> m_levels = std::vector<Level>(1); ///< from fine to coarse
    std::vector<std::uint8_t> m_covered; ///< of each cell: 0 nowhere, 1 partly, 2 wholly
    std::vector<float> m_weights; ///< of each held cell: its uncovered luma pixels
    std::vector<Cell> m_unsmoothed;
    std::array<Spline, 3> m_splinesX; ///< by plane
    std::array<Spline, 3> m_splinesY;
    std::vector<float> m_rowCells;
    std::vector<int> m_rowSamples;
};

/// Rectangles of blocks that hold the mask's regions, so far apart that each is filled on its own.
[[nodiscard]] std::vector<base::Rectangle> separateAreas(const BlockMask &mask, base::Size storedSize);

} // namespace doorveil::redaction
