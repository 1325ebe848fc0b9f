// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/coverplan.h"

#include <cstdint>
#include <vector>

namespace doorveil::redaction {

/// What covers a block of 2 × 2 stored luma pixels. Where regions overlap the greater value wins.
enum class BlockCover : std::uint8_t { None = 0, Mosaic = 1, Blur = 2, Solid = 3 };

/// The covers of one frame on a grid of 2 × 2 luma pixels of the stored picture. That grid is the rounding of DESIGN
/// section 5: every chroma sample belongs to one block (4:2:0) or to a part of one (4:2:2, 4:4:4), so none is half
/// covered. In interlaced frames, where a 4:2:0 chroma row belongs to every other luma row, blocks are marked in
/// vertical pairs.
class BlockMask
{
public:
    static constexpr int blockSize = 2;

    /// Clears the mask and marks the regions (displayed coordinates). `bounds()` gets one rectangle for each region
    /// that covers anything, in blocks.
    void assign(base::Size storedSize, base::Orientation orientation, bool interlaced,
                const std::vector<CoverRegion> &regions);

    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] int rows() const { return m_rows; }
    [[nodiscard]] const std::uint8_t *row(int y) const
    {
        return m_blocks.data() + std::size_t(y) * std::size_t(m_columns);
    }
    [[nodiscard]] const std::vector<base::Rectangle> &bounds() const { return m_bounds; }

private:
    void markRectangle(const base::Rectangle &stored, BlockCover cover, bool interlaced);
    void markPolygon(const base::Polygon &displayed, base::Orientation orientation, BlockCover cover, bool interlaced);
    void markRow(int blockRow, int firstColumn, int lastColumn, BlockCover cover);

    base::Size m_size;
    int m_columns = 0;
    int m_rows = 0;
    std::vector<std::uint8_t> m_blocks;
    std::vector<base::Rectangle> m_bounds;
};

/// For each row of a picture the columns [first, last) that a polygon touches.
struct RowSpan
{
    int row = 0;
    int first = 0;
    int last = 0;
};

/// Rasterises outwards: every pixel whose square the polygon overlaps. Corners are points on the grid between pixels;
/// what the outline goes round at least once (non-zero winding) is inside. Corners may lie outside the picture.
[[nodiscard]] std::vector<RowSpan> rasterised(const base::Polygon &stored, base::Size size);

/// A displayed polygon in stored coordinates (of the grid between pixels).
[[nodiscard]] base::Polygon displayedToStored(const base::Polygon &displayed, base::Size storedSize,
                                              base::Orientation orientation);

[[nodiscard]] BlockCover blockCover(base::CoverStyle style);

} // namespace doorveil::redaction
