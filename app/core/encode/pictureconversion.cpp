// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/pictureconversion_p.h"

#include <algorithm>
#include <cstring>

namespace doorveil::encode {

namespace {

using base::ChromaLayout;
using base::FieldOrder;
using base::VideoFrame;

/// One field of a plane, or the whole plane of a progressive picture.
struct SourceRows
{
    const std::byte *data = nullptr;
    std::ptrdiff_t stride = 0;
    base::Size size;
    bool wide = false; ///< 16-bit samples

    [[nodiscard]] int at(int x, int y) const
    {
        const std::byte *row = data + y * stride;
        if (!wide)
            return std::to_integer<int>(row[x]);
        std::uint16_t sample = 0;
        std::memcpy(&sample, row + std::ptrdiff_t(2) * x, sizeof sample);
        return sample;
    }
};

struct TargetRows
{
    std::uint8_t *data = nullptr;
    std::ptrdiff_t stride = 0;
    base::Size size;
    [[nodiscard]] std::uint8_t *row(int y) const { return data + y * stride; }
};

SourceRows fieldOf(const VideoFrame &frame, int plane, int field, int fields)
{
    const VideoFrame::Plane &whole = frame.plane(plane);
    const int rows = std::max(1, (whole.size.height - field + fields - 1) / fields);
    // A picture of one row has one field only; the other repeats it.
    const int first = field < whole.size.height ? field : 0;
    return {whole.data + first * whole.stride,
            whole.stride * fields,
            {whole.size.width, rows},
            frame.layout().bytesPerSample() == 2};
}

TargetRows fieldOf(const AVFrame &frame, int plane, int field, int fields)
{
    const int shift = plane == 0 ? 0 : 1;
    return {frame.data[plane] + std::ptrdiff_t(field) * frame.linesize[plane],
            std::ptrdiff_t(frame.linesize[plane]) * fields,
            {frame.width >> shift, (frame.height >> shift) / fields}};
}

/// The sum of `count` samples of `extraBits` more than 8, as their rounded mean in 8 bits.
std::uint8_t rounded(int sum, int shift)
{
    const int value = shift > 0 ? (sum + (1 << (shift - 1))) >> shift : sum;
    return static_cast<std::uint8_t>(std::min(value, 255));
}

void repeatLastColumn(std::uint8_t *row, int known, int width)
{
    if (known < width)
        std::memset(row + known, row[known - 1], std::size_t(width - known));
}

void copyLuma(const SourceRows &source, int extraBits, const TargetRows &target)
{
    const int known = std::min(source.size.width, target.size.width);
    for (int y = 0; y < target.size.height; ++y) {
        const int sourceRow = std::min(y, source.size.height - 1);
        std::uint8_t *row = target.row(y);
        if (!source.wide) {
            std::memcpy(row, source.data + sourceRow * source.stride, std::size_t(known));
        } else {
            for (int x = 0; x < known; ++x)
                row[x] = rounded(source.at(x, sourceRow), extraBits);
        }
        repeatLastColumn(row, known, target.size.width);
    }
}

void reduceChroma(const SourceRows &source, ChromaLayout layout, int extraBits, const TargetRows &target)
{
    const int lastColumn = source.size.width - 1;
    const int lastRow = source.size.height - 1;
    for (int y = 0; y < target.size.height; ++y) {
        std::uint8_t *row = target.row(y);
        const int upper = std::min(2 * y, lastRow);
        const int lower = std::min(2 * y + 1, lastRow);
        if (layout == ChromaLayout::Yuv422) {
            for (int x = 0; x < target.size.width; ++x) {
                const int column = std::min(x, lastColumn);
                row[x] = rounded(source.at(column, upper) + source.at(column, lower), extraBits + 1);
            }
            continue;
        }
        for (int x = 0; x < target.size.width; ++x) {
            const int middle = std::min(2 * x, lastColumn);
            const int left = std::max(2 * x - 1, 0);
            const int right = std::min(2 * x + 1, lastColumn);
            int sum = 0;
            for (const int sourceRow : {upper, lower})
                sum += source.at(std::min(left, lastColumn), sourceRow) + 2 * source.at(middle, sourceRow)
                       + source.at(right, sourceRow);
            row[x] = rounded(sum, extraBits + 3);
        }
    }
}

void fillNeutral(const TargetRows &target)
{
    for (int y = 0; y < target.size.height; ++y)
        std::memset(target.row(y), 128, std::size_t(target.size.width));
}

} // namespace

base::Size encodedSizeFor(base::Size storedSize, FieldOrder fieldOrder)
{
    const int rows = fieldOrder == FieldOrder::Progressive ? 2 : 4;
    return {(storedSize.width + 1) / 2 * 2, (storedSize.height + rows - 1) / rows * rows};
}

void convertPicture(const VideoFrame &source, FieldOrder fieldOrder, AVFrame &target)
{
    const base::PixelLayout layout = source.layout();
    const int extraBits = layout.bitDepth - 8;
    const int fields = fieldOrder == FieldOrder::Progressive ? 1 : 2;
    for (int field = 0; field < fields; ++field) {
        copyLuma(fieldOf(source, 0, field, fields), extraBits, fieldOf(target, 0, field, fields));
        for (int plane = 1; plane < 3; ++plane) {
            const TargetRows chroma = fieldOf(target, plane, field, fields);
            if (layout.chroma == ChromaLayout::Grey)
                fillNeutral(chroma);
            else if (layout.chroma == ChromaLayout::Yuv420)
                copyLuma(fieldOf(source, plane, field, fields), extraBits, chroma);
            else
                reduceChroma(fieldOf(source, plane, field, fields), layout.chroma, extraBits, chroma);
        }
    }
}

} // namespace doorveil::encode
