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
constexpr int smoothingPasses = 2;
constexpr int coarsestSide = 6; // cells
constexpr int coarsestSweeps = 40;
constexpr int fineSweeps = 14;
constexpr int settlingSweeps = 4; // the last ones, without over-relaxation: they take out the ripple it leaves
constexpr float overRelaxation = 1.7F;

int cellSizeFor(base::Size size)
{
    int cell = leastCell;
    while (cell * cellsAcross < std::min(size.width, size.height))
        cell *= 2;
    return cell;
}

/// The cell whose centre is the last before the pixel (-1 before the first centre), and the pixel's place after it.
struct SplinePlace
{
    int cell = 0;
    int phase = 0;
};

SplinePlace splinePlace(int pixel, int pixelsPerCell)
{
    // Cells are even, so that their centres lie between pixels.
    const int shifted = pixel + pixelsPerCell / 2;
    return {shifted / pixelsPerCell - 1, shifted % pixelsPerCell};
}

} // namespace

int Membrane::reach(base::Size storedSize)
{
    // One cell more: areas are rounded outwards to whole cells.
    return (marginCells + 1) * cellSizeFor(storedSize) / BlockMask::blockSize;
}

Membrane::Spline Membrane::splineFor(int pixels)
{
    Spline spline;
    spline.pixels = pixels;
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const float t = (float(pixel) + 0.5F) / float(pixels);
        const float s = 1.0F - t;
        spline.weights[0].push_back(s * s * s / 6.0F);
        spline.weights[1].push_back((3.0F * t * t * t - 6.0F * t * t + 4.0F) / 6.0F);
        spline.weights[2].push_back((3.0F * s * s * s - 6.0F * s * s + 4.0F) / 6.0F);
        spline.weights[3].push_back(t * t * t / 6.0F);
    }
    return spline;
}

void Membrane::solve(const base::VideoFrame &frame, const BlockMask &mask, const Rectangle &blocks)
{
    m_mask = &mask;
    place(frame, blocks);
    findStates();
    markRemote();
    gather(frame);
    smoothHeldCells();
    relax();
}

void Membrane::place(const base::VideoFrame &frame, const Rectangle &blocks)
{
    const int cellSize = cellSizeFor(frame.storedSize());
    if (cellSize != m_cellSize || !(frame.layout() == m_layout)) {
        m_cellSize = cellSize;
        m_layout = frame.layout();
        for (int plane = 0; plane < 3; ++plane) {
            m_splinesX[std::size_t(plane)] = splineFor(cellSize >> (plane == 0 ? 0 : m_layout.chromaShiftX()));
            m_splinesY[std::size_t(plane)] = splineFor(cellSize >> (plane == 0 ? 0 : m_layout.chromaShiftY()));
        }
    }
    m_blocks = blocks;
    const int perCell = m_cellSize / BlockMask::blockSize;
    const auto cellsFor = [perCell](int blockCount) { return (blockCount + perCell - 1) / perCell; };
    m_firstColumn = std::max(0, blocks.x / perCell - marginCells);
    m_firstRow = std::max(0, blocks.y / perCell - marginCells);
    Level &level = m_levels.front();
    level.columns = std::min(cellsFor(m_mask->columns()), cellsFor(blocks.right()) + marginCells) - m_firstColumn;
    level.rows = std::min(cellsFor(m_mask->rows()), cellsFor(blocks.bottom()) + marginCells) - m_firstRow;
}

void Membrane::findStates()
{
    Level &level = m_levels.front();
    const int perCell = m_cellSize / BlockMask::blockSize;
    const std::size_t count = std::size_t(level.columns) * std::size_t(level.rows);
    m_covered.assign(count, 0);
    level.states.assign(count, CellState::Held);
    for (int y = 0; y < level.rows; ++y) {
        const int top = (m_firstRow + y) * perCell;
        const int bottom = std::min(m_mask->rows(), top + perCell);
        for (int x = 0; x < level.columns; ++x) {
            const int left = (m_firstColumn + x) * perCell;
            const int right = std::min(m_mask->columns(), left + perCell);
            int covered = 0;
            for (int row = top; row < bottom; ++row) {
                const std::uint8_t *blocks = m_mask->row(row);
                for (int column = left; column < right; ++column)
                    covered += int(blocks[column] != 0);
            }
            const bool wholly = covered == (bottom - top) * (right - left);
            m_covered[level.index(x, y)] = covered == 0 ? 0 : (wholly ? 2 : 1);
            if (wholly)
                level.states[level.index(x, y)] = CellState::Free;
        }
    }
}

/// Cells that neither the smoothing nor the spline of any covered cell can reach are not read at all.
void Membrane::markRemote()
{
    Level &level = m_levels.front();
    std::vector<std::uint8_t> &near = m_covered;
    std::vector<std::uint8_t> wide(near.size(), 0);
    for (int y = 0; y < level.rows; ++y) {
        for (int x = 0; x < level.columns; ++x) {
            if (near[level.index(x, y)] == 0)
                continue;
            for (int other = std::max(0, x - marginCells); other <= std::min(level.columns - 1, x + marginCells);
                 ++other)
                wide[level.index(other, y)] = 1;
        }
    }
    for (int x = 0; x < level.columns; ++x) {
        int last = -marginCells - 1; // the row of the last wide cell at or above
        for (int y = 0; y < level.rows; ++y) {
            if (wide[level.index(x, y)] != 0)
                last = y;
            int below = y;
            while (below < level.rows && below <= y + marginCells && wide[level.index(x, below)] == 0)
                ++below;
            const bool reached = y - last <= marginCells || (below < level.rows && below <= y + marginCells);
            if (!reached)
                level.states[level.index(x, y)] = CellState::Remote;
        }
    }
}

void Membrane::gather(const base::VideoFrame &frame)
{
    Level &level = m_levels.front();
    const float grey = float(1 << (m_layout.bitDepth - 1));
    level.cells.assign(level.states.size(), Cell{grey, grey, grey, grey});
    m_weights.assign(level.states.size(), 0.0F);
    for (int plane = 0; plane < m_layout.planeCount(); ++plane) {
        if (m_layout.bytesPerSample() == 1)
            gatherPlane<std::uint8_t>(frame.plane(plane), plane);
        else
            gatherPlane<std::uint16_t>(frame.plane(plane), plane);
    }
}

template<typename Sample> void Membrane::gatherPlane(const base::VideoFrame::Plane &samples, int plane)
{
    Level &level = m_levels.front();
    const int width = m_splinesX[std::size_t(plane)].pixels;
    const int height = m_splinesY[std::size_t(plane)].pixels;
    const int blockShiftX = plane == 0 ? 1 : 1 - m_layout.chromaShiftX(); // from samples to blocks
    const int blockShiftY = plane == 0 ? 1 : 1 - m_layout.chromaShiftY();
    for (int y = 0; y < level.rows; ++y) {
        const int top = (m_firstRow + y) * height;
        const int bottom = std::min(samples.size.height, top + height);
        for (int x = 0; x < level.columns; ++x) {
            const std::size_t cell = level.index(x, y);
            if (level.states[cell] != CellState::Held)
                continue;
            const int left = (m_firstColumn + x) * width;
            const int right = std::min(samples.size.width, left + width);
            std::uint32_t sum = 0;
            std::uint32_t count = 0;
            for (int row = top; row < bottom; ++row) {
                const auto *line =
                    reinterpret_cast<const Sample *>(samples.data + std::ptrdiff_t(row) * samples.stride);
                if (m_covered[cell] == 0) {
                    for (int column = left; column < right; ++column)
                        sum += line[column];
                    count += std::uint32_t(right - left);
                    continue;
                }
                const std::uint8_t *blocks = m_mask->row(row >> blockShiftY);
                for (int column = left; column < right; ++column) {
                    if (blocks[column >> blockShiftX] == 0) {
                        sum += line[column];
                        ++count;
                    }
                }
            }
            level.cells[cell][std::size_t(plane)] = float(sum) / float(count);
            if (plane == 0)
                m_weights[cell] = float(count);
        }
    }
}

void Membrane::smoothHeldCells()
{
    constexpr std::array<float, 3> kernel = {1.0F, 2.0F, 1.0F};
    Level &level = m_levels.front();
    for (int pass = 0; pass < smoothingPasses; ++pass) {
        m_unsmoothed = level.cells;
        for (int y = 0; y < level.rows; ++y) {
            for (int x = 0; x < level.columns; ++x) {
                const std::size_t cell = level.index(x, y);
                if (level.states[cell] != CellState::Held)
                    continue;
                Cell sum{};
                float total = 0.0F;
                for (int dy = std::max(-1, -y); dy <= std::min(1, level.rows - 1 - y); ++dy) {
                    for (int dx = std::max(-1, -x); dx <= std::min(1, level.columns - 1 - x); ++dx) {
                        const std::size_t other = level.index(x + dx, y + dy);
                        const float weight =
                            m_weights[other] * kernel[std::size_t(dx) + 1] * kernel[std::size_t(dy) + 1];
                        for (std::size_t lane = 0; lane < 4; ++lane)
                            sum[lane] += weight * m_unsmoothed[other][lane];
                        total += weight;
                    }
                }
                for (std::size_t lane = 0; lane < 4; ++lane)
                    level.cells[cell][lane] = sum[lane] / total;
            }
        }
    }
}

void Membrane::coarsen(const Level &fine, Level &coarse)
{
    coarse.columns = (fine.columns + 1) / 2;
    coarse.rows = (fine.rows + 1) / 2;
    const std::size_t count = std::size_t(coarse.columns) * std::size_t(coarse.rows);
    coarse.cells.assign(count, fine.cells.front());
    coarse.states.assign(count, CellState::Remote);
    for (int y = 0; y < coarse.rows; ++y) {
        for (int x = 0; x < coarse.columns; ++x) {
            Cell sum{};
            float held = 0.0F;
            bool free = false;
            Cell anyFree{};
            for (int row = 2 * y; row < std::min(fine.rows, 2 * y + 2); ++row) {
                for (int column = 2 * x; column < std::min(fine.columns, 2 * x + 2); ++column) {
                    const std::size_t cell = fine.index(column, row);
                    if (fine.states[cell] == CellState::Held) {
                        for (std::size_t lane = 0; lane < 4; ++lane)
                            sum[lane] += fine.cells[cell][lane];
                        held += 1.0F;
                    } else if (fine.states[cell] == CellState::Free) {
                        free = true;
                        anyFree = fine.cells[cell];
                    }
                }
            }
            const std::size_t cell = coarse.index(x, y);
            if (held > 0.0F) {
                for (std::size_t lane = 0; lane < 4; ++lane)
                    coarse.cells[cell][lane] = sum[lane] / held;
                coarse.states[cell] = CellState::Held;
            } else if (free) {
                coarse.cells[cell] = anyFree; // mid-grey, as every free cell before relaxation
                coarse.states[cell] = CellState::Free;
            }
        }
    }
}

/// Free cells from the grid twice as coarse, bilinearly.
void Membrane::prolong(const Level &coarse, Level &fine)
{
    for (int y = 0; y < fine.rows; ++y) {
        const int y0 = y / 2;
        const int y1 = std::clamp(y % 2 == 0 ? y0 - 1 : y0 + 1, 0, coarse.rows - 1);
        for (int x = 0; x < fine.columns; ++x) {
            const std::size_t cell = fine.index(x, y);
            if (fine.states[cell] != CellState::Free)
                continue;
            const int x0 = x / 2;
            const int x1 = std::clamp(x % 2 == 0 ? x0 - 1 : x0 + 1, 0, coarse.columns - 1);
            const Cell &near = coarse.cells[coarse.index(x0, y0)];
            const Cell &beside = coarse.cells[coarse.index(x1, y0)];
            const Cell &above = coarse.cells[coarse.index(x0, y1)];
            const Cell &across = coarse.cells[coarse.index(x1, y1)];
            for (std::size_t lane = 0; lane < 4; ++lane)
                fine.cells[cell][lane] = 0.75F * (0.75F * near[lane] + 0.25F * beside[lane])
                                         + 0.25F * (0.75F * above[lane] + 0.25F * across[lane]);
        }
    }
}

void Membrane::relaxCell(Level &level, int x, int y, float factor)
{
    const std::size_t cell = level.index(x, y);
    if (level.states[cell] != CellState::Free)
        return;
    Cell &value = level.cells[cell];
    const auto columns = std::size_t(level.columns);
    if (x > 0 && y > 0 && x + 1 < level.columns && y + 1 < level.rows) {
        const Cell &left = level.cells[cell - 1];
        const Cell &right = level.cells[cell + 1];
        const Cell &above = level.cells[cell - columns];
        const Cell &below = level.cells[cell + columns];
        for (std::size_t lane = 0; lane < 4; ++lane) {
            const float mean = 0.25F * (left[lane] + right[lane] + above[lane] + below[lane]);
            value[lane] += factor * (mean - value[lane]);
        }
        return;
    }
    Cell sum{};
    float neighbours = 0.0F;
    const auto add = [&](std::size_t other) {
        for (std::size_t lane = 0; lane < 4; ++lane)
            sum[lane] += level.cells[other][lane];
        neighbours += 1.0F;
    };
    if (x > 0)
        add(cell - 1);
    if (x + 1 < level.columns)
        add(cell + 1);
    if (y > 0)
        add(cell - columns);
    if (y + 1 < level.rows)
        add(cell + columns);
    for (std::size_t lane = 0; neighbours > 0.0F && lane < 4; ++lane)
        value[lane] += factor * (sum[lane] / neighbours - value[lane]);
}

/// In alternating directions, so that no corner is favoured.
void Membrane::relaxLevel(Level &level, int sweeps)
{
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        const float factor = sweep + settlingSweeps < sweeps ? overRelaxation : 1.0F;
        if (sweep % 2 == 0) {
            for (int y = 0; y < level.rows; ++y) {
                for (int x = 0; x < level.columns; ++x)
                    relaxCell(level, x, y, factor);
            }
        } else {
            for (int y = level.rows - 1; y >= 0; --y) {
                for (int x = level.columns - 1; x >= 0; --x)
                    relaxCell(level, x, y, factor);
            }
        }
    }
}

void Membrane::relax()
{
    std::size_t used = 1;
    while (std::max(m_levels[used - 1].columns, m_levels[used - 1].rows) > coarsestSide) {
        if (m_levels.size() <= used)
            m_levels.resize(used + 1);
        coarsen(m_levels[used - 1], m_levels[used]);
        ++used;
    }
    relaxLevel(m_levels[used - 1], coarsestSweeps);
    for (std::size_t level = used - 1; level-- > 0;) {
        prolong(m_levels[level + 1], m_levels[level]);
        relaxLevel(m_levels[level], fineSweeps);
    }
}

void Membrane::combineRows(int plane, int planeRow)
{
    const Level &level = m_levels.front();
    const Spline &spline = m_splinesY[std::size_t(plane)];
    const SplinePlace place = splinePlace(planeRow, spline.pixels);
    // Two cells repeated at either end: the spline of the outermost pixels reaches over the picture's edge.
    m_rowCells.assign(std::size_t(level.columns) + 4, 0.0F);
    for (int tap = 0; tap < 4; ++tap) {
        const int row = std::clamp(place.cell - 1 + tap - m_firstRow, 0, level.rows - 1);
        const float weight = spline.weights[std::size_t(tap)][std::size_t(place.phase)];
        const Cell *cells = level.cells.data() + level.index(0, row);
        for (int x = 0; x < level.columns; ++x)
            m_rowCells[std::size_t(x) + 2] += weight * cells[x][std::size_t(plane)];
    }
    const std::size_t end = std::size_t(level.columns) + 2;
    m_rowCells[0] = m_rowCells[1] = m_rowCells[2];
    m_rowCells[end] = m_rowCells[end + 1] = m_rowCells[end - 1];
}

/// Sample values of the columns [left, right) into m_rowSamples, which starts at the last cell centre before `left`.
void Membrane::combineColumns(int plane, int left, int right)
{
    const Spline &spline = m_splinesX[std::size_t(plane)];
    const int pixels = spline.pixels;
    const int firstCell = splinePlace(left, pixels).cell;
    const int lastCell = splinePlace(right - 1, pixels).cell;
    const float maximum = float((1 << m_layout.bitDepth) - 1);
    m_rowSamples.resize(std::size_t(lastCell - firstCell + 1) * std::size_t(pixels));
    const float *w0 = spline.weights[0].data();
    const float *w1 = spline.weights[1].data();
    const float *w2 = spline.weights[2].data();
    const float *w3 = spline.weights[3].data();
    for (int cell = firstCell; cell <= lastCell; ++cell) {
        const float *cells = m_rowCells.data() + (cell - 1 - m_firstColumn + 2);
        int *out = m_rowSamples.data() + std::ptrdiff_t(cell - firstCell) * pixels;
        for (int pixel = 0; pixel < pixels; ++pixel) {
            const float value =
                w0[pixel] * cells[0] + w1[pixel] * cells[1] + w2[pixel] * cells[2] + w3[pixel] * cells[3];
            out[pixel] = int(std::min(maximum, std::max(0.0F, value + 0.5F)));
        }
    }
}

void Membrane::render(base::VideoFrame &frame, int plane, BlockCover cover)
{
    if (m_layout.bytesPerSample() == 1)
        renderPlane<std::uint8_t>(frame.plane(plane), plane, std::uint8_t(cover));
    else
        renderPlane<std::uint16_t>(frame.plane(plane), plane, std::uint8_t(cover));
}

template<typename Sample>
void Membrane::renderPlane(const base::VideoFrame::Plane &samples, int plane, std::uint8_t cover)
{
    const int pixels = m_splinesX[std::size_t(plane)].pixels;
    const int blockShiftX = plane == 0 ? 1 : 1 - m_layout.chromaShiftX();
    const int blockShiftY = plane == 0 ? 1 : 1 - m_layout.chromaShiftY();
    const int bottom = std::min(samples.size.height, m_blocks.bottom() << blockShiftY);
    for (int row = m_blocks.y << blockShiftY; row < bottom; ++row) {
        const std::uint8_t *blocks = m_mask->row(row >> blockShiftY);
        const std::uint8_t *end = blocks + m_blocks.right();
        const std::uint8_t *run = std::find(blocks + m_blocks.x, end, cover);
        if (run == end)
            continue;
        combineRows(plane, row);
        auto *line = reinterpret_cast<Sample *>(samples.data + std::ptrdiff_t(row) * samples.stride);
        while (run != end) {
            const std::uint8_t *runEnd = std::find_if(run, end, [cover](std::uint8_t block) { return block != cover; });
            const int left = int(run - blocks) << blockShiftX;
            const int right = std::min(samples.size.width, int(runEnd - blocks) << blockShiftX);
            combineColumns(plane, left, right);
            const int *values = m_rowSamples.data() + splinePlace(left, pixels).phase;
            for (int column = left; column < right; ++column)
                line[column] = Sample(values[column - left]);
            run = std::find(runEnd, end, cover);
        }
    }
}

int Membrane::valueAt(int plane, base::Point planePixel) const
{
    const Level &level = m_levels.front();
    const Spline &splineX = m_splinesX[std::size_t(plane)];
    const Spline &splineY = m_splinesY[std::size_t(plane)];
    const SplinePlace placeX = splinePlace(planePixel.x, splineX.pixels);
    const SplinePlace placeY = splinePlace(planePixel.y, splineY.pixels);
    float value = 0.0F;
    for (int y = 0; y < 4; ++y) {
        const int row = std::clamp(placeY.cell - 1 + y - m_firstRow, 0, level.rows - 1);
        for (int x = 0; x < 4; ++x) {
            const int column = std::clamp(placeX.cell - 1 + x - m_firstColumn, 0, level.columns - 1);
            value += splineY.weights[std::size_t(y)][std::size_t(placeY.phase)]
                     * splineX.weights[std::size_t(x)][std::size_t(placeX.phase)]
                     * level.cells[level.index(column, row)][std::size_t(plane)];
        }
    }
    return std::clamp(int(std::floor(value + 0.5F)), 0, (1 << m_layout.bitDepth) - 1);
}

std::vector<Rectangle> separateAreas(const BlockMask &mask, base::Size storedSize)
{
    // What one area reads, no other covers: each then has the membrane it would have alone.
    const int apart = 2 * Membrane::reach(storedSize);
    std::vector<Rectangle> areas = mask.bounds();
    for (bool merged = true; merged;) {
        merged = false;
        for (std::size_t i = 0; i < areas.size(); ++i) {
            for (std::size_t j = i + 1; j < areas.size();) {
                if (areas[i].grown(apart, apart).intersected(areas[j]).isEmpty()) {
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
