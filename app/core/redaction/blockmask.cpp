// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/blockmask_p.h"

#include <algorithm>
#include <cmath>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

/// Where an edge is within rows, in doubles: corners may be far outside.
struct Edge
{
    double x0 = 0.0;
    double y0 = 0.0; ///< y0 <= y1
    double x1 = 0.0;
    double y1 = 0.0;
    int direction = 1; ///< +1 downwards, -1 upwards in the outline's order

    [[nodiscard]] double xAt(double y) const { return x0 + (x1 - x0) * ((y - y0) / (y1 - y0)); }
};

struct Crossing
{
    double x = 0.0;
    int direction = 0;
};

/// Marks of one picture row while a polygon is rasterised.
struct RowMarks
{
    std::vector<Crossing> crossings; ///< of the row's centre line
    std::vector<std::pair<double, double>> touched; ///< stretches an edge runs through
};

int columnBefore(double x, int width)
{
    return int(std::clamp(std::floor(x), 0.0, double(width)));
}
int columnAfter(double x, int width)
{
    return int(std::clamp(std::ceil(x), 0.0, double(width)));
}

void addEdge(std::vector<RowMarks> &rows, const Edge &edge)
{
    const double lastRow = double(rows.size()) - 1.0;
    // A level edge runs between two rows and lies in neither: the edges at its ends bring the inside.
    if (edge.y1 <= edge.y0 || edge.y1 < 0.0 || edge.y0 > lastRow + 1.0)
        return;
    const int first = int(std::clamp(std::floor(edge.y0), 0.0, lastRow));
    const int last = int(std::clamp(std::ceil(edge.y1) - 1.0, double(first), lastRow));
    for (int y = first; y <= last; ++y) {
        RowMarks &marks = rows[std::size_t(y)];
        const double top = std::max(double(y), edge.y0);
        const double bottom = std::min(double(y) + 1.0, edge.y1);
        double left = edge.xAt(top);
        double right = edge.xAt(bottom);
        if (left > right)
            std::swap(left, right);
        marks.touched.emplace_back(left, right);
        const double centre = double(y) + 0.5;
        if (edge.y0 <= centre && centre < edge.y1)
            marks.crossings.push_back({edge.xAt(centre), edge.direction});
    }
}

void addSpans(std::vector<RowSpan> &spans, int row, RowMarks &marks, int width)
{
    const auto add = [&](double left, double right) {
        const int first = columnBefore(left, width);
        const int last = columnAfter(right, width);
        if (last > first)
            spans.push_back({row, first, last});
    };
    for (const auto &[left, right] : marks.touched)
        add(left, right);
    std::sort(marks.crossings.begin(), marks.crossings.end(),
              [](const Crossing &a, const Crossing &b) { return a.x < b.x; });
    int winding = 0;
    for (std::size_t index = 0; index + 1 < marks.crossings.size(); ++index) {
        winding += marks.crossings[index].direction;
        if (winding != 0)
            add(marks.crossings[index].x, marks.crossings[index + 1].x);
    }
}

/// A level or upright line has no inside: it covers the pixels below or to the right of it.
std::vector<RowSpan> rasterisedLine(Rectangle bounds, base::Size size)
{
    bounds.width = std::max(bounds.width, 1);
    bounds.height = std::max(bounds.height, 1);
    const Rectangle inside = bounds.clampedTo(size);
    std::vector<RowSpan> spans;
    for (int y = inside.y; y < inside.bottom(); ++y)
        spans.push_back({y, inside.x, inside.right()});
    return spans;
}

} // namespace

std::vector<RowSpan> rasterised(const base::Polygon &stored, base::Size size)
{
    std::vector<RowSpan> spans;
    if (stored.empty() || size.isEmpty())
        return spans;
    if (const Rectangle bounds = base::boundingRectangle(stored); bounds.isEmpty())
        return rasterisedLine(bounds, size);
    std::vector<RowMarks> rows(std::size_t(size.height));
    for (std::size_t index = 0; index < stored.size(); ++index) {
        const base::Point &from = stored[index];
        const base::Point &to = stored[(index + 1) % stored.size()];
        if (from.y <= to.y)
            addEdge(rows, {double(from.x), double(from.y), double(to.x), double(to.y), 1});
        else
            addEdge(rows, {double(to.x), double(to.y), double(from.x), double(from.y), -1});
    }
    for (int y = 0; y < size.height; ++y)
        addSpans(spans, y, rows[std::size_t(y)], size.width);
    return spans;
}

base::Polygon displayedToStored(const base::Polygon &displayed, base::Size storedSize, base::Orientation orientation)
{
    base::Polygon stored;
    stored.reserve(displayed.size());
    constexpr int farAway = 100'000'000;
    for (const base::Point &corner : displayed) {
        const base::Point near{std::clamp(corner.x, -farAway, farAway), std::clamp(corner.y, -farAway, farAway)};
        // Grid points are one more than pixels on each axis, so the map of pixels is the map of a picture one larger.
        stored.push_back(base::displayedToStored(near, {storedSize.width + 1, storedSize.height + 1}, orientation));
    }
    return stored;
}

BlockCover blockCover(base::CoverStyle style)
{
    switch (style) {
    case base::CoverStyle::Solid:
        return BlockCover::Solid;
    case base::CoverStyle::Mosaic:
        return BlockCover::Mosaic;
    case base::CoverStyle::Blur:
        break;
    }
    return BlockCover::Blur;
}

void BlockMask::assign(base::Size storedSize, base::Orientation orientation, bool interlaced,
                       const std::vector<CoverRegion> &regions)
{
    if (storedSize != m_size) {
        m_size = storedSize;
        m_columns = (storedSize.width + blockSize - 1) / blockSize;
        m_rows = (storedSize.height + blockSize - 1) / blockSize;
        m_blocks.assign(std::size_t(m_columns) * std::size_t(m_rows), 0);
    } else {
        for (const Rectangle &area : m_bounds) {
            for (int y = area.y; y < area.bottom(); ++y) {
                std::uint8_t *begin = m_blocks.data() + std::size_t(y) * std::size_t(m_columns) + area.x;
                std::fill(begin, begin + area.width, std::uint8_t(0));
            }
        }
    }
    m_bounds.clear();
    for (const CoverRegion &region : regions) {
        const BlockCover cover = blockCover(region.style);
        if (region.polygon.empty())
            markRectangle(base::displayedToStored(region.region, storedSize, orientation), cover, interlaced);
        else
            markPolygon(region.polygon, orientation, cover, interlaced);
    }
}

void BlockMask::markRectangle(const Rectangle &stored, BlockCover cover, bool interlaced)
{
    const Rectangle inside = stored.clampedTo(m_size);
    if (inside.isEmpty())
        return;
    const int rowUnit = interlaced ? 2 : 1; // blocks
    const int left = inside.x / blockSize;
    const int right = (inside.right() + blockSize - 1) / blockSize;
    const int top = inside.y / (blockSize * rowUnit) * rowUnit;
    const int bottom = std::min(m_rows, (inside.bottom() + blockSize * rowUnit - 1) / (blockSize * rowUnit) * rowUnit);
    for (int y = top; y < bottom; ++y)
        markRow(y, left, right, cover);
    m_bounds.push_back({left, top, right - left, bottom - top});
}

void BlockMask::markPolygon(const base::Polygon &displayed, base::Orientation orientation, BlockCover cover,
                            bool interlaced)
{
    Rectangle bounds;
    for (const RowSpan &span : rasterised(displayedToStored(displayed, m_size, orientation), m_size)) {
        const int rowUnit = interlaced ? 2 : 1;
        const int left = span.first / blockSize;
        const int right = (span.last + blockSize - 1) / blockSize;
        const int top = span.row / (blockSize * rowUnit) * rowUnit;
        const int bottom = std::min(m_rows, top + rowUnit);
        for (int y = top; y < bottom; ++y)
            markRow(y, left, right, cover);
        bounds = bounds.united({left, top, right - left, bottom - top});
    }
    if (!bounds.isEmpty())
        m_bounds.push_back(bounds);
}

void BlockMask::markRow(int blockRow, int firstColumn, int lastColumn, BlockCover cover)
{
    std::uint8_t *blocks = m_blocks.data() + std::size_t(blockRow) * std::size_t(m_columns);
    for (int x = firstColumn; x < lastColumn; ++x)
        blocks[x] = std::max(blocks[x], std::uint8_t(cover));
}

} // namespace doorveil::redaction
