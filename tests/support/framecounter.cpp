// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/framecounter.h"

#include <algorithm>
#include <cstring>

namespace doorveil::testsupport {

namespace {

constexpr int bitCount = 24;
constexpr int squareCount = bitCount + 2;
constexpr int white = 235;
constexpr int black = 16;

/// Mean of the inner half of a square, scaled to 8 bits.
int level(const base::VideoFrame &frame, int square)
{
    const int side = frameCounterSquare(frame.storedSize());
    const base::VideoFrame::Plane &luma = frame.plane(0);
    const int top = luma.size.height - side;
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (int y = top + side / 4; y < top + side - side / 4; ++y) {
        const std::byte *row = luma.data + y * luma.stride;
        for (int x = square * side + side / 4; x < (square + 1) * side - side / 4; ++x) {
            if (frame.layout().bytesPerSample() == 1) {
                sum += std::to_integer<int>(row[x]);
            } else {
                std::uint16_t sample = 0;
                std::memcpy(&sample, row + 2 * x, sizeof sample);
                sum += sample >> (frame.layout().bitDepth - 8);
            }
            ++count;
        }
    }
    return count > 0 ? int(sum / count) : 0;
}

} // namespace

int frameCounterSquare(base::Size size)
{
    return std::min(size.width / squareCount, std::max(8, size.width / 60));
}

void drawFrameCounter(base::VideoFrame &frame, std::uint32_t value)
{
    frame.detach();
    const int side = frameCounterSquare(frame.storedSize());
    const base::VideoFrame::Plane &luma = frame.plane(0);
    for (int square = 0; square < squareCount; ++square) {
        const bool isWhite = square == 0 || (square > 1 && ((value >> (square - 2)) & 1U) != 0);
        for (int y = luma.size.height - side; y < luma.size.height; ++y)
            std::memset(luma.data + y * luma.stride + square * side, isWhite ? white : black, std::size_t(side));
    }
    for (int index = 1; index < frame.layout().planeCount(); ++index) {
        const base::VideoFrame::Plane &plane = frame.plane(index);
        const int rows = (side >> frame.layout().chromaShiftY()) + 1;
        for (int y = plane.size.height - rows; y < plane.size.height; ++y)
            std::memset(plane.data + y * plane.stride, 128, std::size_t(plane.size.width));
    }
}

std::int64_t readFrameCounter(const base::VideoFrame &frame)
{
    constexpr int middle = (white + black) / 2;
    if (level(frame, 0) < middle || level(frame, 1) > middle)
        return -1;
    std::int64_t value = 0;
    for (int bit = 0; bit < bitCount; ++bit) {
        if (level(frame, bit + 2) > middle)
            value |= std::int64_t(1) << bit;
    }
    return value;
}

} // namespace doorveil::testsupport
