// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace doorveil::base {

namespace {

/// Where a displayed row runs in the stored picture: from `start` by one pixel at a time.
struct RowWalk
{
    Point start;
    int stepX = 0;
    int stepY = 0;
};

RowWalk rowWalk(const VideoFrame &frame, int displayedX, int displayedY)
{
    const Size stored = frame.storedSize();
    const Point first = displayedToStored(Point{displayedX, displayedY}, stored, frame.orientation);
    const Point second = displayedToStored(Point{displayedX + 1, displayedY}, stored, frame.orientation);
    return {first, second.x - first.x, second.y - first.y};
}

/// 8-bit value of a sample of either depth. Rounds to nearest; 10-bit white of full range stays white.
template<typename Sample> constexpr int roundingOf(int shift)
{
    return sizeof(Sample) > 1 && shift > 0 ? 1 << (shift - 1) : 0;
}

template<typename Sample> std::int16_t toEightBits(Sample sample, int shift)
{
    return std::int16_t(std::min((int(sample) + roundingOf<Sample>(shift)) >> shift, 255));
}

template<typename Sample> const Sample *rowOf(const VideoFrame::Plane &plane, int y)
{
    // Rows start at multiples of 64 bytes, so that the cast keeps the alignment.
    return static_cast<const Sample *>(static_cast<const void *>(plane.data + std::ptrdiff_t(y) * plane.stride));
}

/// Reads `count` samples of a displayed row. `shiftX`, `shiftY`: log2 of luma pixels a sample of this plane.
template<typename Sample>
void readRow(const VideoFrame::Plane &plane, const RowWalk &walk, int shiftX, int shiftY, int depthShift, int count,
             std::int16_t *out)
{
    if (walk.stepX == 1) {
        const Sample *row = rowOf<Sample>(plane, walk.start.y >> shiftY);
        if (shiftX == 0) {
            const Sample *from = row + walk.start.x;
            for (int x = 0; x < count; ++x)
                out[x] = toEightBits(from[x], depthShift);
            return;
        }
        int x = 0;
        if (walk.start.x % 2 != 0 && count > 0)
            out[x++] = toEightBits(row[walk.start.x >> 1], depthShift);
        const Sample *from = row + ((walk.start.x + x) >> 1);
        const std::ptrdiff_t pairs = (count - x) / 2;
        std::int16_t *to = out + x;
        for (std::ptrdiff_t pair = 0; pair < pairs; ++pair) {
            const std::int16_t value = toEightBits(from[pair], depthShift);
            to[2 * pair] = value;
            to[2 * pair + 1] = value;
        }
        if ((count - x) % 2 != 0)
            out[count - 1] = toEightBits(from[pairs], depthShift);
        return;
    }
    if (walk.stepX == -1) {
        const Sample *row = rowOf<Sample>(plane, walk.start.y >> shiftY);
        for (int x = 0; x < count; ++x)
            out[x] = toEightBits(row[(walk.start.x - x) >> shiftX], depthShift);
        return;
    }
    const int column = walk.start.x >> shiftX;
    for (int x = 0; x < count; ++x)
        out[x] = toEightBits(rowOf<Sample>(plane, (walk.start.y + x * walk.stepY) >> shiftY)[column], depthShift);
}

void readPlaneRow(const VideoFrame &frame, int plane, const RowWalk &walk, int count, std::int16_t *out)
{
    const PixelLayout layout = frame.layout();
    const int shiftX = plane == 0 ? 0 : layout.chromaShiftX();
    const int shiftY = plane == 0 ? 0 : layout.chromaShiftY();
    const int depthShift = layout.bitDepth - 8;
    if (layout.bytesPerSample() == 1)
        readRow<std::uint8_t>(frame.plane(plane), walk, shiftX, shiftY, 0, count, out);
    else
        readRow<std::uint16_t>(frame.plane(plane), walk, shiftX, shiftY, depthShift, count, out);
}

constexpr int fixedPointBits = 13; // the largest coefficient, 2.28, fits 16 bits: widening 16-bit products vectorise

/// out = (first × Y' + second × Cb' + third × Cr') / 2^13, with Y', Cb', Cr' shifted to zero.
struct ChannelWeights
{
    std::int16_t luma = 0;
    std::int16_t blueDifference = 0;
    std::int16_t redDifference = 0;
};

struct ColourConversion
{
    int lumaOffset = 0;
    int chromaOffset = 128;
    ChannelWeights blue;
    ChannelWeights green;
    ChannelWeights red;
};

std::int16_t fixedPoint(double value)
{
    return std::int16_t(std::lround(value * (1 << fixedPointBits)));
}

/// Kr and Kb of ITU-T H.273 table 4, by its matrix code points.
std::array<double, 2> lumaWeights(int matrix, int rows)
{
    switch (matrix) {
    case 1:
        return {0.2126, 0.0722}; // BT.709
    case 4:
        return {0.30, 0.11}; // FCC
    case 5:
    case 6:
        return {0.299, 0.114}; // BT.601
    case 7:
        return {0.212, 0.087}; // SMPTE 240M
    case 9:
    case 10:
        return {0.2627, 0.0593}; // BT.2020
    default:
        return rows >= 720 ? lumaWeights(1, rows) : lumaWeights(6, rows);
    }
}

ColourConversion colourConversion(const ColourInfo &colour, int rows)
{
    // Narrow range: luma 16 to 235, chroma 16 to 240 (H.273 section 8.3).
    const double lumaScale = colour.fullRange ? 1.0 : 255.0 / 219.0;
    const double chromaScale = colour.fullRange ? 1.0 : 255.0 / 224.0;
    ColourConversion conversion;
    conversion.lumaOffset = colour.fullRange ? 0 : 16;
    const std::int16_t luma = fixedPoint(lumaScale);
    if (colour.matrix == 0) { // planes are G, B, R
        conversion.chromaOffset = conversion.lumaOffset;
        conversion.blue = {0, luma, 0};
        conversion.green = {luma, 0, 0};
        conversion.red = {0, 0, luma};
        return conversion;
    }
    if (colour.matrix == 8) { // YCgCo
        const std::int16_t chroma = fixedPoint(chromaScale);
        const auto negative = std::int16_t(-chroma);
        conversion.blue = {luma, negative, negative};
        conversion.green = {luma, chroma, 0};
        conversion.red = {luma, negative, chroma};
        return conversion;
    }
    const auto [kr, kb] = lumaWeights(colour.matrix, rows);
    const double kg = 1.0 - kr - kb;
    const double toBlue = 2.0 * (1.0 - kb) * chromaScale;
    const double toRed = 2.0 * (1.0 - kr) * chromaScale;
    conversion.blue = {luma, fixedPoint(toBlue), 0};
    conversion.green = {luma, fixedPoint(-toBlue * kb / kg), fixedPoint(-toRed * kr / kg)};
    conversion.red = {luma, 0, fixedPoint(toRed)};
    return conversion;
}

/// One row of one colour, planar: this loop is the one that vectorises.
void convertChannel(const std::int16_t *luma, const std::int16_t *blueDifference, const std::int16_t *redDifference,
                    ChannelWeights weights, int count, std::uint8_t *out)
{
    constexpr int half = 1 << (fixedPointBits - 1);
    for (int x = 0; x < count; ++x) {
        const int sum = int(luma[x]) * int(weights.luma) + int(blueDifference[x]) * int(weights.blueDifference)
                        + int(redDifference[x]) * int(weights.redDifference) + half;
        out[x] = std::uint8_t(std::clamp(sum >> fixedPointBits, 0, 255));
    }
}

void subtract(std::int16_t *values, int offset, int count)
{
    const auto less = std::int16_t(offset);
    for (int x = 0; x < count; ++x)
        values[x] = std::int16_t(values[x] - less);
}

void interleave(const std::uint8_t *blue, const std::uint8_t *green, const std::uint8_t *red, int count,
                std::uint8_t *out)
{
    for (std::ptrdiff_t x = 0; x < count; ++x) {
        out[3 * x] = blue[x];
        out[3 * x + 1] = green[x];
        out[3 * x + 2] = red[x];
    }
}

/// Displayed luma, row by row.
GreyPicture fullLuma(const VideoFrame &frame)
{
    GreyPicture grey;
    grey.size = frame.displayedSize();
    grey.samples.resize(std::size_t(grey.size.width) * std::size_t(grey.size.height));
    std::vector<std::int16_t> row(std::size_t(grey.size.width));
    for (int y = 0; y < grey.size.height; ++y) {
        std::uint8_t *out = grey.samples.data() + std::ptrdiff_t(y) * grey.size.width;
        const RowWalk walk = rowWalk(frame, 0, y);
        if (walk.stepX == 1 && frame.layout().bytesPerSample() == 1) {
            std::memcpy(out, rowOf<std::uint8_t>(frame.plane(0), walk.start.y), std::size_t(grey.size.width));
            continue;
        }
        readPlaneRow(frame, 0, walk, grey.size.width, row.data());
        for (int x = 0; x < grey.size.width; ++x)
            out[x] = std::uint8_t(row[std::size_t(x)]);
    }
    return grey;
}

/// Averages of factor × factor blocks; the last column and row average what there is of their blocks.
GreyPicture boxAveraged(const VideoFrame &frame, int factor)
{
    const Size full = frame.displayedSize();
    GreyPicture grey;
    grey.size = {(full.width + factor - 1) / factor, (full.height + factor - 1) / factor};
    grey.samples.resize(std::size_t(grey.size.width) * std::size_t(grey.size.height));
    std::vector<std::int16_t> row(std::size_t(full.width));
    std::vector<std::uint32_t> columns(std::size_t(full.width));
    for (int block = 0; block < grey.size.height; ++block) {
        std::fill(columns.begin(), columns.end(), 0U);
        const int top = block * factor;
        const int rows = std::min(factor, full.height - top);
        for (int y = top; y < top + rows; ++y) {
            readPlaneRow(frame, 0, rowWalk(frame, 0, y), full.width, row.data());
            for (std::size_t x = 0; x < columns.size(); ++x)
                columns[x] += std::uint32_t(row[x]);
        }
        std::uint8_t *out = grey.samples.data() + std::ptrdiff_t(block) * grey.size.width;
        for (int x = 0; x < grey.size.width; ++x) {
            const int left = x * factor;
            const int right = std::min(left + factor, full.width);
            std::uint32_t sum = 0;
            for (int column = left; column < right; ++column)
                sum += columns[std::size_t(column)];
            const auto samples =
                std::uint32_t(std::max((right - left) * rows, 1)); // never less: the size is rounded up
            out[x] = std::uint8_t((sum + samples / 2) / samples);
        }
    }
    return grey;
}

} // namespace

Picture toPicture(const VideoFrame &frame)
{
    const Size size = frame.displayedSize();
    return toPicture(frame, {0, 0, size.width, size.height});
}

Picture toPicture(const VideoFrame &frame, const Rectangle &displayedArea)
{
    Picture picture;
    if (frame.isNull())
        return picture;
    const Rectangle area = displayedArea.clampedTo(frame.displayedSize());
    if (area.isEmpty())
        return picture;
    picture.size = {area.width, area.height};
    picture.bgr.resize(std::size_t(area.width) * std::size_t(area.height) * 3);

    const auto width = std::size_t(area.width);
    const bool grey = frame.layout().chroma == ChromaLayout::Grey;
    // A grey frame has no matrix; whatever is written in it must not turn luma into green.
    ColourInfo colour = frame.colour;
    if (grey)
        colour.matrix = 1;
    const ColourConversion conversion = colourConversion(colour, frame.storedSize().height);
    std::vector<std::int16_t> samples(3 * width);
    std::int16_t *const luma = samples.data();
    std::int16_t *const blueDifference = luma + width;
    std::int16_t *const redDifference = blueDifference + width;
    std::vector<std::uint8_t> channels(3 * width);
    std::uint8_t *const blue = channels.data();
    std::uint8_t *const green = blue + width;
    std::uint8_t *const red = green + width;
    for (int y = 0; y < area.height; ++y) {
        const RowWalk walk = rowWalk(frame, area.x, area.y + y);
        readPlaneRow(frame, 0, walk, area.width, luma);
        subtract(luma, conversion.lumaOffset, area.width);
        if (!grey) {
            readPlaneRow(frame, 1, walk, area.width, blueDifference);
            readPlaneRow(frame, 2, walk, area.width, redDifference);
            subtract(blueDifference, conversion.chromaOffset, area.width);
            subtract(redDifference, conversion.chromaOffset, area.width);
        }
        convertChannel(luma, blueDifference, redDifference, conversion.blue, area.width, blue);
        convertChannel(luma, blueDifference, redDifference, conversion.green, area.width, green);
        convertChannel(luma, blueDifference, redDifference, conversion.red, area.width, red);
        interleave(blue, green, red, area.width, picture.bgr.data() + std::size_t(y) * width * 3);
    }
    return picture;
}

GreyPicture toGreyPicture(const VideoFrame &frame, int longestSide, int *factor)
{
    if (factor != nullptr)
        *factor = 1;
    if (frame.isNull() || frame.displayedSize().isEmpty())
        return {};
    const Size size = frame.displayedSize();
    const int longest = std::max(size.width, size.height);
    const int reduction = longestSide > 0 ? (longest + longestSide - 1) / longestSide : 1;
    if (factor != nullptr)
        *factor = reduction;
    return reduction > 1 ? boxAveraged(frame, reduction) : fullLuma(frame);
}

} // namespace doorveil::base
