// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/mosaic_p.h"

#include <algorithm>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

/// Bayer's ordered dither, in sixteenths.
constexpr std::array<int, 16> bayer = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};

/// Chroma levels hold the neutral value, so that grey stays grey; four levels cannot lie evenly around it.
constexpr std::array<int, 4> lumaLevels = {40, 96, 152, 208};
constexpr std::array<int, 4> chromaLevels = {96, 128, 160, 192};

int quantised(int sample, int plane, std::size_t position, int bitDepth)
{
    const std::array<int, 4> &levels = plane == 0 ? lumaLevels : chromaLevels;
    const int step = levels[1] - levels[0];
    const int shift = bitDepth - 8;
    // The dither is two steps high, so that blocks show on an even ground, too. Chroma is only rounded: dithered, it
    // would speckle grey with colour.
    const int offset = plane == 0 ? (2 * bayer[position] + 1) * step / 16 - step / 2 : step / 2;
    const int level = std::clamp((std::max(0, (sample >> shift) - levels[0] + offset)) / step, 0, 3);
    return levels[std::size_t(level)] << shift;
}

template<typename Sample>
void fill(const base::VideoFrame::Plane &plane, const Rectangle &area, const BlockMask &mask, int blockShiftX,
          int blockShiftY, int value)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint8_t *blocks = mask.row(y >> blockShiftY);
        auto *samples = reinterpret_cast<Sample *>(plane.data + std::ptrdiff_t(y) * plane.stride);
        for (int x = area.x; x < area.right(); ++x) {
            if (blocks[x >> blockShiftX] == std::uint8_t(BlockCover::Mosaic))
                samples[x] = Sample(value);
        }
    }
}

} // namespace

Mosaic::Key Mosaic::keyOf(const CoverRegion &region)
{
    return {region.origin == base::Origin::Zone, region.track};
}

bool Mosaic::isNew(const CoverRegion &region) const
{
    return !m_frozen.contains(keyOf(region));
}

Rectangle Mosaic::block(const Rectangle &stored, int column, int row)
{
    const auto cut = [](int begin, int length, int index) { return begin + length * index / blocksAcross; };
    const int left = cut(stored.x, stored.width, column);
    const int top = cut(stored.y, stored.height, row);
    return {left, top, cut(stored.x, stored.width, column + 1) - left, cut(stored.y, stored.height, row + 1) - top};
}

void Mosaic::sample(const CoverRegion &region, const base::VideoFrame &frame, int plane, const Membrane &membrane)
{
    Values &values = m_frozen[keyOf(region)];
    const base::PixelLayout layout = frame.layout();
    const int shiftX = plane == 0 ? 0 : layout.chromaShiftX();
    const int shiftY = plane == 0 ? 0 : layout.chromaShiftY();
    const Rectangle stored = base::displayedToStored(region.region, frame.storedSize(), frame.orientation);
    for (int row = 0; row < blocksAcross; ++row) {
        for (int column = 0; column < blocksAcross; ++column) {
            const Rectangle area = block(stored, column, row);
            const base::Point centre{(area.x + area.width / 2) >> shiftX, (area.y + area.height / 2) >> shiftY};
            const std::size_t position = std::size_t(row) * blocksAcross + std::size_t(column);
            values[std::size_t(plane)][position] =
                quantised(membrane.valueAt(plane, centre), plane, position, layout.bitDepth);
        }
    }
}

void Mosaic::render(const CoverRegion &region, base::VideoFrame &frame, const BlockMask &mask) const
{
    const auto found = m_frozen.find(keyOf(region));
    if (found == m_frozen.end())
        return;
    const base::PixelLayout layout = frame.layout();
    const Rectangle stored = base::displayedToStored(region.region, frame.storedSize(), frame.orientation);
    // The mask is rounded outwards by up to three pixels: the outermost blocks reach that far.
    constexpr int reach = 4;
    for (int index = 0; index < layout.planeCount(); ++index) {
        const int shiftX = index == 0 ? 0 : layout.chromaShiftX();
        const int shiftY = index == 0 ? 0 : layout.chromaShiftY();
        const base::VideoFrame::Plane &plane = frame.plane(index);
        for (int position = 0; position < blocksAcross * blocksAcross; ++position) {
            const int column = position % blocksAcross;
            const int row = position / blocksAcross;
            const Rectangle area = block(stored, column, row);
            const int left = (area.x - (column == 0 ? reach : 0)) >> shiftX;
            const int top = (area.y - (row == 0 ? reach : 0)) >> shiftY;
            const int right = (area.right() + (column == blocksAcross - 1 ? reach : 0) + shiftX) >> shiftX;
            const int bottom = (area.bottom() + (row == blocksAcross - 1 ? reach : 0) + shiftY) >> shiftY;
            const Rectangle inPlane = Rectangle{left, top, right - left, bottom - top}.clampedTo(plane.size);
            const int value = found->second[std::size_t(index)][std::size_t(position)];
            if (layout.bytesPerSample() == 1)
                fill<std::uint8_t>(plane, inPlane, mask, 1 - shiftX, 1 - shiftY, value);
            else
                fill<std::uint16_t>(plane, inPlane, mask, 1 - shiftX, 1 - shiftY, value);
        }
    }
}

} // namespace doorveil::redaction
