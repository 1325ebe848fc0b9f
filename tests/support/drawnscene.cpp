// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/drawnscene.h"

#include <algorithm>
#include <cstring>

namespace doorveil::testsupport {

namespace {
std::uint32_t mixed(std::uint32_t value)
{
    // Finaliser of MurmurHash3: every input bit reaches every output bit.
    value ^= value >> 16;
    value *= 0x85ebca6bU;
    value ^= value >> 13;
    value *= 0xc2b2ae35U;
    return value ^ (value >> 16);
}

int cellValue(std::uint32_t seed, int column, int row)
{
    return int(mixed(seed * 7919U + std::uint32_t(column) * 104729U + std::uint32_t(row) * 1299709U) & 255U) - 128;
}

/// A pattern with soft cells of `cell` pixels, in [-128, 127].
int pattern(std::uint32_t seed, int x, int y, int cell)
{
    const int column = x / cell;
    const int row = y / cell;
    const int partX = x % cell;
    const int partY = y % cell;
    const int top = cellValue(seed, column, row) * (cell - partX) + cellValue(seed, column + 1, row) * partX;
    const int bottom = cellValue(seed, column, row + 1) * (cell - partX) + cellValue(seed, column + 1, row + 1) * partX;
    return (top * (cell - partY) + bottom * partY) / (cell * cell);
}
} // namespace

base::VideoFrame drawScene(base::Size size, std::int64_t pts, const std::vector<DrawnPatch> &patches, int noise,
                           int brightness, std::uint32_t background)
{
    base::VideoFrame frame(size, {base::ChromaLayout::Yuv420, 8});
    frame.pts = pts;
    const base::VideoFrame::Plane &luma = frame.plane(0);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            int value = 110 + pattern(background, x, y, 24) / 4;
            for (const DrawnPatch &patch : patches) {
                if (patch.box.contains({x, y}))
                    value =
                        patch.level + pattern(patch.seed, x - patch.box.x, y - patch.box.y, 6) * patch.contrast / 128;
            }
            if (noise > 0) {
                const std::uint32_t grain = mixed(std::uint32_t(pts) * 2654435761U + std::uint32_t(y * size.width + x));
                value += int(grain % std::uint32_t(2 * noise + 1)) - noise;
            }
            luma.data[y * luma.stride + x] = std::byte(std::clamp(value + brightness, 16, 235));
        }
    }
    for (int plane = 1; plane < 3; ++plane) {
        const base::VideoFrame::Plane &chroma = frame.plane(plane);
        for (int y = 0; y < chroma.size.height; ++y)
            std::memset(chroma.data + y * chroma.stride, 128, std::size_t(chroma.size.width));
    }
    return frame;
}

} // namespace doorveil::testsupport
