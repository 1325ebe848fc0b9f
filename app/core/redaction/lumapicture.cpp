// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/lumapicture_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace doorveil::redaction {

using base::Rectangle;

LumaPicture::LumaPicture(const base::VideoFrame &frame) : m_size(frame.storedSize())
{
    const base::VideoFrame::Plane &plane = frame.plane(0);
    if (frame.layout().bitDepth == 8) {
        m_data = reinterpret_cast<const std::uint8_t *>(plane.data);
        m_stride = plane.stride;
        return;
    }
    const int shift = frame.layout().bitDepth - 8;
    m_converted.resize(std::size_t(m_size.width) * std::size_t(m_size.height));
    m_stride = m_size.width;
    m_data = m_converted.data();
    for (int y = 0; y < m_size.height; ++y) {
        const auto *from = reinterpret_cast<const std::uint16_t *>(plane.data + std::ptrdiff_t(y) * plane.stride);
        std::uint8_t *to = m_converted.data() + std::ptrdiff_t(y) * m_stride;
        for (int x = 0; x < m_size.width; ++x)
            to[x] = std::uint8_t(std::min(255, (from[x] + (1 << (shift - 1))) >> shift));
    }
}

base::VideoFrame greyFrame(const LumaPicture &picture, const base::VideoFrame &like)
{
    base::VideoFrame frame(picture.size(), {base::ChromaLayout::Grey, 8});
    frame.orientation = like.orientation;
    frame.fieldOrder = like.fieldOrder;
    frame.colour = like.colour;
    for (int y = 0; y < picture.size().height; ++y)
        std::memcpy(frame.plane(0).data + std::ptrdiff_t(y) * frame.plane(0).stride, picture.row(y),
                    std::size_t(picture.size().width));
    return frame;
}

PixelSet::PixelSet(Rectangle bounds, bool filled)
    : m_bounds(bounds.isEmpty() ? Rectangle{} : bounds), m_pixels(std::size_t(m_bounds.area()), std::uint8_t(filled))
{
}

void PixelSet::set(int y, int first, int last, bool value)
{
    first = std::max(first, m_bounds.x);
    last = std::min(last, m_bounds.right());
    if (y < m_bounds.y || y >= m_bounds.bottom() || first >= last)
        return;
    std::memset(m_pixels.data() + std::size_t(y - m_bounds.y) * std::size_t(m_bounds.width) + (first - m_bounds.x),
                value ? 1 : 0, std::size_t(last - first));
}

double psnr(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels)
{
    const Rectangle bounds = pixels.bounds();
    std::int64_t squares = 0;
    std::int64_t count = 0;
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        const std::uint8_t *rowA = a.row(y) + bounds.x;
        const std::uint8_t *rowB = b.row(y) + bounds.x;
        const std::uint8_t *in = pixels.row(y);
        std::int32_t rowSquares = 0; // 2^31 is enough for 33,000 pixels of the greatest difference
        std::int32_t rowCount = 0;
        for (int x = 0; x < bounds.width; ++x) {
            const auto difference = std::int16_t((rowA[x] - rowB[x]) * in[x]);
            rowSquares += difference * difference;
            rowCount += in[x];
        }
        squares += rowSquares;
        count += rowCount;
    }
    if (squares == 0)
        return 99.0;
    return 10.0 * std::log10(255.0 * 255.0 * double(count) / double(squares));
}

TileStatistics tileStatistics(const LumaPicture &picture, const Rectangle &tile)
{
    std::int64_t sum = 0;
    std::int64_t squares = 0;
    for (int y = tile.y; y < tile.bottom(); ++y) {
        const std::uint8_t *row = picture.row(y);
        for (int x = tile.x; x < tile.right(); ++x) {
            sum += row[x];
            squares += std::int64_t(row[x]) * row[x];
        }
    }
    const double count = double(std::max<std::int64_t>(1, tile.area()));
    const double mean = double(sum) / count;
    return {mean, std::sqrt(std::max(0.0, double(squares) / count - mean * mean))};
}

Difference absoluteDifference(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels, const Rectangle &area)
{
    const Rectangle inside = area.intersected(pixels.bounds());
    Difference difference;
    for (int y = inside.y; y < inside.bottom(); ++y) {
        const std::uint8_t *rowA = a.row(y) + inside.x;
        const std::uint8_t *rowB = b.row(y) + inside.x;
        const std::uint8_t *in = pixels.row(y) + (inside.x - pixels.bounds().x);
        std::int32_t sum = 0;
        std::int32_t count = 0;
        for (int x = 0; x < inside.width; ++x) {
            sum += std::abs(rowA[x] - rowB[x]) * in[x];
            count += in[x];
        }
        difference.sum += sum;
        difference.pixels += count;
    }
    return difference;
}

namespace {

/// A row of a picture with the mean of the 5 × 5 pixels around taken off, in eighths of 1/25 level: fits 16 bits and
/// lets the products below be summed in 32.
void highPassRow(const LumaPicture &picture, int y, int first, int count, std::vector<std::int16_t> &columns,
                 std::vector<std::int16_t> &result)
{
    columns.resize(std::size_t(count) + 4);
    result.resize(std::size_t(count));
    std::array<const std::uint8_t *, 5> rows{};
    for (int offset = -2; offset <= 2; ++offset)
        rows[std::size_t(offset) + 2] = picture.row(y + offset) + first - 2;
    std::int16_t *sums = columns.data();
    for (int x = 0; x < count + 4; ++x)
        sums[x] = std::int16_t(rows[0][x] + rows[1][x] + rows[2][x] + rows[3][x] + rows[4][x]);
    const std::uint8_t *centre = rows[2] + 2;
    std::int16_t *out = result.data();
    for (int x = 0; x < count; ++x) {
        const int around = sums[x] + sums[x + 1] + sums[x + 2] + sums[x + 3] + sums[x + 4];
        out[x] = std::int16_t((25 * centre[x] - around) / 8);
    }
}

std::int32_t dotProduct(const std::vector<std::int16_t> &a, const std::vector<std::int16_t> &b)
{
    std::int32_t sum = 0;
    for (std::size_t index = 0; index < a.size(); ++index)
        sum += std::int32_t(a[index]) * b[index];
    return sum;
}

} // namespace

double shareOfSource(const LumaPicture &exported, const LumaPicture &source, const LumaPicture &cover,
                     const PixelSet &pixels)
{
    constexpr double alike = 16.0; // squared levels: less differs by the source's noise
    // Of what shines through, squared levels: a tenth of the faintest texture that is looked at. Under a small and
    // faint one the rounding of a smooth cover gives a higher share by chance.
    constexpr double leastSeen = 0.01 * alike;
    constexpr double pixelsAlike = 25.0; // 5 x 5, as the high pass takes them together
    const Rectangle bounds = pixels.bounds();
    const auto width = std::size_t(bounds.width);
    std::vector<std::int16_t> hidden(width);
    std::vector<std::int16_t> seen(width);
    std::int64_t squares = 0;
    std::int64_t squaresSeen = 0;
    std::int64_t products = 0;
    std::int64_t sumHidden = 0;
    std::int64_t sumSeen = 0;
    std::int64_t count = 0;
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        const std::uint8_t *exportedRow = exported.row(y) + bounds.x;
        const std::uint8_t *sourceRow = source.row(y) + bounds.x;
        const std::uint8_t *coverRow = cover.row(y) + bounds.x;
        const std::uint8_t *in = pixels.row(y);
        std::int32_t rowHidden = 0;
        std::int32_t rowSeen = 0;
        std::int32_t rowCount = 0;
        for (std::size_t x = 0; x < width; ++x) {
            hidden[x] = std::int16_t((sourceRow[x] - coverRow[x]) * in[x]);
            seen[x] = std::int16_t((exportedRow[x] - coverRow[x]) * in[x]);
            rowHidden += hidden[x];
            rowSeen += seen[x];
            rowCount += in[x];
        }
        squares += dotProduct(hidden, hidden);
        squaresSeen += dotProduct(seen, seen);
        products += dotProduct(hidden, seen);
        sumHidden += rowHidden;
        sumSeen += rowSeen;
        count += rowCount;
    }
    if (count == 0)
        return 0.0;
    const double pixelCount = double(count);
    const double meanHidden = double(sumHidden) / pixelCount;
    const double meanSeen = double(sumSeen) / pixelCount;
    const double variance = double(squares) / pixelCount - meanHidden * meanHidden;
    if (variance < alike)
        return 0.0;
    const double share = (double(products) / pixelCount - meanHidden * meanSeen) / variance;
    if (share * share * variance < leastSeen)
        return 0.0;
    // The slope's standard error: the rest of what is seen is coding noise, alike over some pixels each way.
    const double rest =
        std::max(0.0, double(squaresSeen) / pixelCount - meanSeen * meanSeen - share * share * variance);
    const double byChance = std::sqrt(rest * pixelsAlike / (variance * pixelCount));
    return std::copysign(std::max(0.0, std::abs(share) - byChance), share);
}

double highPassCorrelation(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels)
{
    constexpr double unit = 25.0 / 8.0; // of the rows above, a level
    constexpr double floor = 1.0 * unit * unit;
    constexpr double texture = 2.0 * unit * unit; // less is the noise of a flat surface
    constexpr int piece = 2048; // columns whose products fit into 32 bits
    const Rectangle picture = Rectangle{0, 0, a.size().width, a.size().height}.grown(-2, -2);
    const Rectangle bounds = pixels.bounds().intersected(picture);
    std::int64_t squaresA = 0;
    std::int64_t squaresB = 0;
    std::int64_t products = 0;
    std::int64_t count = 0;
    std::vector<std::int16_t> columns;
    std::vector<std::int16_t> rowA;
    std::vector<std::int16_t> rowB;
    for (int y = bounds.y; y < bounds.bottom(); ++y) {
        for (int first = bounds.x; first < bounds.right(); first += piece) {
            const int length = std::min(piece, bounds.right() - first);
            highPassRow(a, y, first, length, columns, rowA);
            highPassRow(b, y, first, length, columns, rowB);
            const std::uint8_t *in = pixels.row(y) + (first - pixels.bounds().x);
            for (int x = 0; x < length; ++x) {
                rowA[std::size_t(x)] = std::int16_t(rowA[std::size_t(x)] * in[x]);
                rowB[std::size_t(x)] = std::int16_t(rowB[std::size_t(x)] * in[x]);
                count += in[x];
            }
            squaresA += dotProduct(rowA, rowA);
            squaresB += dotProduct(rowB, rowB);
            products += dotProduct(rowA, rowB);
        }
    }
    if (count == 0 || double(squaresA) / double(count) < texture)
        return 0.0;
    const double varianceA = double(squaresA) / double(count) + floor;
    const double varianceB = double(squaresB) / double(count) + floor;
    return std::abs(double(products) / double(count)) / std::sqrt(varianceA * varianceB);
}

} // namespace doorveil::redaction
