// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/membrane_p.h"

#include <algorithm>
#include <cmath>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

constexpr int leastCell = 4; // luma pixels: two blocks, so that chroma cells are at least two samples wide
constexpr int cellsAcross = 135; // of the picture's shorter side: 8 px at 1080 rows
constexpr int marginCells = 4; // two passes of smoothing and the spline reach three cells

int cellSize(base::Size size)
{
    int cell = leastCell;
    while (cell * cellsAcross < std::min(size.width, size.height))
        cell *= 2;
    return cell;
}

/// Weights of a uniform cubic B-spline's four cells around a pixel, for each pixel of a cell. The first cell is one
/// left of the cell that holds the pixel for pixels right of its centre, two left for the others.
std::vector<std::array<float, 4>> splineWeights(int pixelsPerCell)
{
    std::vector<std::array<float, 4>> weights(static_cast<std::size_t>(pixelsPerCell));
    for (int pixel = 0; pixel < pixelsPerCell; ++pixel) {
        float t = (float(pixel) + 0.5F) / float(pixelsPerCell) - 0.5F;
        if (t < 0.0F)
            t += 1.0F;
        const float s = 1.0F - t;
        weights[std::size_t(pixel)] = {s * s * s / 6.0F, (3.0F * t * t * t - 6.0F * t * t + 4.0F) / 6.0F,
                                       (3.0F * s * s * s - 6.0F * s * s + 4.0F) / 6.0F, t * t * t / 6.0F};
    }
    return weights;
}

/// Index of the first of the four cells around a pixel.
int splineStart(int planePixel, int pixelsPerCell)
{
    const int cell = planePixel / pixelsPerCell;
    const bool rightHalf = 2 * (planePixel % pixelsPerCell) + 1 >= pixelsPerCell;
    return rightHalf ? cell - 1 : cell - 2;
}

} // namespace

int Membrane::margin(base::Size storedSize)
{
    return marginCells * cellSize(storedSize) / BlockMask::blockSize;
}

void Membrane::prepare(const BlockMask &mask, base::Size storedSize, const Rectangle &blocks)
{
    m_mask = &mask;
    m_size = storedSize;
    m_cell = cellSize(storedSize);
    m_blocks = blocks;
    const int perCell = m_cell / BlockMask::blockSize;
    const int allColumns = (mask.columns() + perCell - 1) / perCell;
    const int allRows = (mask.rows() + perCell - 1) / perCell;
    m_firstColumn = std::max(0, blocks.x / perCell - marginCells);
    m_firstRow = std::max(0, blocks.y / perCell - marginCells);
    m_columns = std::min(allColumns, (blocks.right() + perCell - 1) / perCell + marginCells) - m_firstColumn;
    m_rows = std::min(allRows, (blocks.bottom() + perCell - 1) / perCell + marginCells) - m_firstRow;

    m_coverage.assign(std::size_t(m_columns) * std::size_t(m_rows), 0);
    for (int y = 0; y < m_rows; ++y) {
        const int top = (m_firstRow + y) * perCell;
        const int bottom = std::min(mask.rows(), top + perCell);
        for (int x = 0; x < m_columns; ++x) {
            const int left = (m_firstColumn + x) * perCell;
            const int right = std::min(mask.columns(), left + perCell);
            int covered = 0;
            for (int row = top; row < bottom; ++row) {
                const std::uint8_t *cells = mask.row(row);
                covered += int(std::count_if(cells + left, cells + right, [](std::uint8_t b) { return b != 0; }));
            }
            m_coverage[std::size_t(y * m_columns + x)] =
                covered == 0 ? 0 : (covered == (bottom - top) * (right - left) ? 2 : 1);
        }
    }
}

void Membrane::solve(const base::VideoFrame &frame, int plane)
{
    const base::PixelLayout layout = frame.layout();
    m_shiftX = plane == 0 ? 0 : layout.chromaShiftX();
    m_shiftY = plane == 0 ? 0 : layout.chromaShiftY();
    m_maximum = (1 << layout.bitDepth) - 1;
    m_weightsX = splineWeights(m_cell >> m_shiftX);
    m_weightsY = splineWeights(m_cell >> m_shiftY);
    gather(frame, plane);
    smoothHeldCells();
    relax();
}

void Membrane::gather(const base::VideoFrame &frame, int plane)
{
    if (m_levels.empty())
        m_levels.resize(1);
    Level &level = m_levels.front();
    level.columns = m_columns;
    level.rows = m_rows;
    level.values.assign(m_coverage.size(), float((m_maximum + 1) / 2));
    level.weights.assign(m_coverage.size(), 0.0F);
    if (frame.layout().bytesPerSample() == 1)
        gatherPlane<std::uint8_t>(frame.plane(plane));
    else
        gatherPlane<std::uint16_t>(frame.plane(plane));
}

template<typename Sample> void Membrane::gatherPlane(const base::VideoFrame::Plane &plane)
{
    Level &level = m_levels.front();
    const int width = m_cell >> m_shiftX;
    const int height = m_cell >> m_shiftY;
    const int blockShiftX = 1 - m_shiftX; // from plane pixels to blocks
    const int blockShiftY = 1 - m_shiftY;
    for (int y = 0; y < m_rows; ++y) {
        const int top = (m_firstRow + y) * height;
        const int bottom = std::min(plane.size.height, top + height);
        for (int x = 0; x < m_columns; ++x) {
            const std::size_t cell = std::size_t(y * m_columns + x);
            if (m_coverage[cell] == 2)
                continue;
            const int left = (m_firstColumn + x) * width;
            const int right = std::min(plane.size.width, left + width);
            std::uint32_t sum = 0;
            std::uint32_t count = 0;
            for (int row = top; row < bottom; ++row) {
                const auto *samples = reinterpret_cast<const Sample *>(plane.data + std::ptrdiff_t(row) * plane.stride);
                if (m_coverage[cell] == 0) {
                    for (int column = left; column < right; ++column)
                        sum += samples[column];
                    count += std::uint32_t(std::max(0, right - left));
                    continue;
                }
                const std::uint8_t *blocks = m_mask->row(row >> blockShiftY);
                for (int column = left; column < right; ++column) {
                    if (blocks[column >> blockShiftX] == 0) {
                        sum += samples[column];
                        ++count;
                    }
                }
            }
            if (count > 0) {
                level.values[cell] = float(sum) / float(count);
                level.weights[cell] = float(count);
            }
        }
    }
}

void Membrane::smoothHeldCells()
{
    constexpr int passes = 2;
    constexpr std::array<float, 3> kernel = {1.0F, 2.0F, 1.0F};
    Level &level = m_levels.front();
    for (int pass = 0; pass < passes; ++pass) {
        m_scratch = level.values;
        for (int y = 0; y < m_rows; ++y) {
            for (int x = 0; x < m_columns; ++x) {
                const std::size_t cell = std::size_t(y * m_columns + x);
                if (level.weights[cell] <= 0.0F)
                    continue;
                float sum = 0.0F;
                float total = 0.0F;
                for (int dy = std::max(-1, -y); dy <= std::min(1, m_rows - 1 - y); ++dy) {
                    for (int dx = std::max(-1, -x); dx <= std::min(1, m_columns - 1 - x); ++dx) {
                        const std::size_t other = std::size_t((y + dy) * m_columns + x + dx);
                        const float weight =
                            level.weights[other] * kernel[std::size_t(dx + 1)] * kernel[std::size_t(dy + 1)];
                        sum += weight * m_scratch[other];
                        total += weight;
                    }
                }
                level.values[cell] = sum / total;
            }
        }
    }
}

void Membrane::coarsen(std::size_t index)
{
    const Level &fine = m_levels[index];
    Level &coarse = m_levels[index + 1];
    coarse.columns = (fine.columns + 1) / 2;
    coarse.rows = (fine.rows + 1) / 2;
    const std::size_t count = std::size_t(coarse.columns) * std::size_t(coarse.rows);
    coarse.values.assign(count, float((m_maximum + 1) / 2));
    coarse.weights.assign(count, 0.0F);
    for (int y = 0; y < coarse.rows; ++y) {
        for (int x = 0; x < coarse.columns; ++x) {
            float sum = 0.0F;
            float held = 0.0F;
            for (int row = 2 * y; row < std::min(fine.rows, 2 * y + 2); ++row) {
                for (int column = 2 * x; column < std::min(fine.columns, 2 * x + 2); ++column) {
                    const std::size_t cell = std::size_t(row * fine.columns + column);
                    if (fine.weights[cell] > 0.0F) {
                        sum += fine.values[cell];
                        held += 1.0F;
                    }
                }
            }
            if (held > 0.0F) {
                coarse.values[std::size_t(y * coarse.columns + x)] = sum / held;
                coarse.weights[std::size_t(y * coarse.columns + x)] = held;
            }
        }
    }
}

namespace {

struct Grid
{
    int columns;
    int rows;
    std::vector<float> &values;
    const std::vector<float> &weights;
};

/// Free cells from the grid twice as coarse, bilinearly.
void prolong(const Grid &coarse, Grid &fine)
{
    for (int y = 0; y < fine.rows; ++y) {
        const int y0 = y / 2;
        const int y1 = std::clamp(y % 2 == 0 ? y0 - 1 : y0 + 1, 0, coarse.rows - 1);
        for (int x = 0; x < fine.columns; ++x) {
            const std::size_t cell = std::size_t(y * fine.columns + x);
            if (fine.weights[cell] > 0.0F)
                continue;
            const int x0 = x / 2;
            const int x1 = std::clamp(x % 2 == 0 ? x0 - 1 : x0 + 1, 0, coarse.columns - 1);
            const auto at = [&](int column, int row) {
                return coarse.values[std::size_t(row * coarse.columns + column)];
            };
            fine.values[cell] =
                0.75F * (0.75F * at(x0, y0) + 0.25F * at(x1, y0)) + 0.25F * (0.75F * at(x0, y1) + 0.25F * at(x1, y1));
        }
    }
}

void relaxCell(Grid &grid, int x, int y, float factor)
{
    const std::size_t cell = std::size_t(y * grid.columns + x);
    if (grid.weights[cell] > 0.0F)
        return;
    float sum = 0.0F;
    float neighbours = 0.0F;
    const auto add = [&](std::size_t other) {
        sum += grid.values[other];
        neighbours += 1.0F;
    };
    if (x > 0)
        add(cell - 1);
    if (x + 1 < grid.columns)
        add(cell + 1);
    if (y > 0)
        add(cell - std::size_t(grid.columns));
    if (y + 1 < grid.rows)
        add(cell + std::size_t(grid.columns));
    if (neighbours > 0.0F)
        grid.values[cell] += factor * (sum / neighbours - grid.values[cell]);
}

/// Sweeps in alternating directions, so that no corner is favoured. The factor goes to 1 at the end, which takes out
/// the ripple that over-relaxation leaves.
void relaxGrid(Grid &grid, int sweeps)
{
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        const float factor = sweep + 4 < sweeps ? 1.7F : 1.0F;
        if (sweep % 2 == 0) {
            for (int y = 0; y < grid.rows; ++y) {
                for (int x = 0; x < grid.columns; ++x)
                    relaxCell(grid, x, y, factor);
            }
        } else {
            for (int y = grid.rows - 1; y >= 0; --y) {
                for (int x = grid.columns - 1; x >= 0; --x)
                    relaxCell(grid, x, y, factor);
            }
        }
    }
}

} // namespace

void Membrane::relax()
{
    constexpr int coarsestSide = 6; // cells
    constexpr int coarsestSweeps = 40;
    constexpr int fineSweeps = 16;
    std::size_t used = 1;
    while (std::max(m_levels[used - 1].columns, m_levels[used - 1].rows) > coarsestSide) {
        if (m_levels.size() <= used)
            m_levels.resize(used + 1);
        coarsen(used - 1);
        ++used;
    }
    for (std::size_t index = used; index-- > 0;) {
        Level &level = m_levels[index];
        Grid grid{level.columns, level.rows, level.values, level.weights};
        if (index + 1 < used) {
            Level &above = m_levels[index + 1];
            prolong({above.columns, above.rows, above.values, above.weights}, grid);
        }
        relaxGrid(grid, index + 1 == used ? coarsestSweeps : fineSweeps);
    }
}

void Membrane::combineRows(int planeRow)
{
    const Level &level = m_levels.front();
    const int height = m_cell >> m_shiftY;
    const std::array<float, 4> &weights = m_weightsY[std::size_t(planeRow % height)];
    const int start = splineStart(planeRow, height) - m_firstRow;
    // Two cells repeated at either end: the spline of the outermost pixels reaches over the edge.
    m_rowCells.assign(std::size_t(m_columns) + 4, 0.0F);
    for (int tap = 0; tap < 4; ++tap) {
        const int row = std::clamp(start + tap, 0, m_rows - 1);
        const float *cells = level.values.data() + std::ptrdiff_t(row) * m_columns;
        const float weight = weights[std::size_t(tap)];
        for (int x = 0; x < m_columns; ++x)
            m_rowCells[std::size_t(x + 2)] += weight * cells[x];
    }
    m_rowCells[0] = m_rowCells[1] = m_rowCells[2];
    m_rowCells[std::size_t(m_columns) + 2] = m_rowCells[std::size_t(m_columns) + 3] =
        m_rowCells[std::size_t(m_columns) + 1];
}

void Membrane::render(base::VideoFrame &frame, int plane, BlockCover cover)
{
    if (frame.layout().bytesPerSample() == 1)
        renderPlane<std::uint8_t>(frame.plane(plane), std::uint8_t(cover));
    else
        renderPlane<std::uint16_t>(frame.plane(plane), std::uint8_t(cover));
}

template<typename Sample> void Membrane::renderPlane(const base::VideoFrame::Plane &plane, std::uint8_t cover)
{
    const int width = m_cell >> m_shiftX;
    const int blockShiftX = 1 - m_shiftX;
    const int blockShiftY = 1 - m_shiftY;
    const int left = m_blocks.x << blockShiftX;
    const int right = std::min(plane.size.width, m_blocks.right() << blockShiftX);
    const int top = m_blocks.y << blockShiftY;
    const int bottom = std::min(plane.size.height, m_blocks.bottom() << blockShiftY);
    for (int row = top; row < bottom; ++row) {
        const std::uint8_t *blocks = m_mask->row(row >> blockShiftY);
        if (std::find(blocks + m_blocks.x, blocks + m_blocks.right(), cover) == blocks + m_blocks.right())
            continue;
        combineRows(row);
        auto *samples = reinterpret_cast<Sample *>(plane.data + std::ptrdiff_t(row) * plane.stride);
        for (int column = left; column < right; ++column) {
            if (blocks[column >> blockShiftX] != cover)
                continue;
            const float *cells = m_rowCells.data() + splineStart(column, width) - m_firstColumn + 2;
            const std::array<float, 4> &weights = m_weightsX[std::size_t(column & (width - 1))];
            const float value =
                weights[0] * cells[0] + weights[1] * cells[1] + weights[2] * cells[2] + weights[3] * cells[3];
            samples[column] = Sample(std::clamp(int(value + 0.5F), 0, m_maximum));
        }
    }
}

int Membrane::valueAt(base::Point planePixel) const
{
    const Level &level = m_levels.front();
    const int width = m_cell >> m_shiftX;
    const int height = m_cell >> m_shiftY;
    const int startX = splineStart(planePixel.x, width) - m_firstColumn;
    const int startY = splineStart(planePixel.y, height) - m_firstRow;
    float value = 0.0F;
    for (int y = 0; y < 4; ++y) {
        const int row = std::clamp(startY + y, 0, m_rows - 1);
        for (int x = 0; x < 4; ++x) {
            const int column = std::clamp(startX + x, 0, m_columns - 1);
            value += m_weightsY[std::size_t(planePixel.y % height)][std::size_t(y)]
                     * m_weightsX[std::size_t(planePixel.x % width)][std::size_t(x)]
                     * level.values[std::size_t(row * m_columns + column)];
        }
    }
    return std::clamp(int(value + 0.5F), 0, m_maximum);
}

std::vector<Rectangle> separateAreas(const BlockMask &mask, base::Size storedSize)
{
    // Grown to whole cells and by the margin on both: what one area reads, no other covers.
    const int margin = 2 * Membrane::margin(storedSize) + 2 * (Membrane::margin(storedSize) / marginCells);
    std::vector<Rectangle> areas = mask.bounds();
    for (bool merged = true; merged;) {
        merged = false;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            for (std::size_t j = i + 1; j < areas.size();) {
                if (areas[i].grown(margin, margin).intersected(areas[j]).isEmpty()) {
                    ++j;
                    continue;
                }
                areas[i] = areas[i].united(areas[j]);
                areas[j] = areas.back();
                areas.pop_back();
                merged = true;
            }
        }
    }
    return areas;
}

} // namespace doorveil::redaction
