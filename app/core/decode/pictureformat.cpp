// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/pictureformat_p.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace doorveil::decode {

namespace {

struct PlainName
{
    AVPixelFormat format;
    AVPixelFormat plain;
};

constexpr std::array<PlainName, 11> plainNames{{
    {AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV420P},
    {AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUV422P},
    {AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUV444P},
    {AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUV440P},
    {AV_PIX_FMT_YUVJ411P, AV_PIX_FMT_YUV411P},
    {AV_PIX_FMT_YUVA420P, AV_PIX_FMT_YUV420P},
    {AV_PIX_FMT_YUVA422P, AV_PIX_FMT_YUV422P},
    {AV_PIX_FMT_YUVA444P, AV_PIX_FMT_YUV444P},
    {AV_PIX_FMT_YUVA420P10LE, AV_PIX_FMT_YUV420P10LE},
    {AV_PIX_FMT_YUVA422P10LE, AV_PIX_FMT_YUV422P10LE},
    {AV_PIX_FMT_YUVA444P10LE, AV_PIX_FMT_YUV444P10LE},
}};

bool hasFullRangeName(AVPixelFormat format)
{
    return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P
           || format == AV_PIX_FMT_YUVJ440P || format == AV_PIX_FMT_YUVJ411P;
}

int codePoint(int value)
{
    return value >= 0 && value <= 255 ? value : 2;
}

} // namespace

AVPixelFormat plainFormat(AVPixelFormat format)
{
    const auto *found = std::find_if(plainNames.begin(), plainNames.end(),
                                     [format](const PlainName &name) { return name.format == format; });
    return found != plainNames.end() ? found->plain : format;
}

bool isRgb(AVPixelFormat format)
{
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(format);
    return description != nullptr && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

base::PixelLayout layoutFor(AVPixelFormat format)
{
    const AVPixFmtDescriptor *description = av_pix_fmt_desc_get(format);
    if (description == nullptr)
        return {};
    base::PixelLayout layout;
    layout.bitDepth = description->comp[0].depth > 8 ? 10 : 8;
    const bool hasColour = description->nb_components > 2;
    if (isRgb(format) || (hasColour && description->log2_chroma_w == 0))
        layout.chroma = base::ChromaLayout::Yuv444;
    else if (!hasColour)
        layout.chroma = base::ChromaLayout::Grey;
    else if (description->log2_chroma_h == 0)
        layout.chroma = base::ChromaLayout::Yuv422;
    else
        layout.chroma = base::ChromaLayout::Yuv420;
    return layout;
}

AVPixelFormat pixelFormatOf(base::PixelLayout layout)
{
    const bool deep = layout.bitDepth > 8;
    switch (layout.chroma) {
    case base::ChromaLayout::Grey:
        return deep ? AV_PIX_FMT_GRAY10LE : AV_PIX_FMT_GRAY8;
    case base::ChromaLayout::Yuv420:
        return deep ? AV_PIX_FMT_YUV420P10LE : AV_PIX_FMT_YUV420P;
    case base::ChromaLayout::Yuv422:
        return deep ? AV_PIX_FMT_YUV422P10LE : AV_PIX_FMT_YUV422P;
    case base::ChromaLayout::Yuv444:
        return deep ? AV_PIX_FMT_YUV444P10LE : AV_PIX_FMT_YUV444P;
    }
    return AV_PIX_FMT_NONE;
}

bool isNative(AVPixelFormat format)
{
    return plainFormat(format) == pixelFormatOf(layoutFor(format));
}

int matrixForRgb(int height)
{
    return height >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
}

base::ColourInfo colourOf(AVPixelFormat format, int height, AVColorPrimaries primaries,
                          AVColorTransferCharacteristic transfer, AVColorSpace matrix, AVColorRange range,
                          AVChromaLocation location)
{
    base::ColourInfo colour;
    colour.primaries = codePoint(primaries);
    colour.transfer = codePoint(transfer);
    colour.matrix = codePoint(matrix);
    colour.fullRange = range == AVCOL_RANGE_JPEG || hasFullRangeName(format);
    colour.chromaLocation = location >= 0 && location < AVCHROMA_LOC_NB ? int(location) : 0;
    if (isRgb(format)) {
        colour.matrix = matrixForRgb(height);
        colour.fullRange = false;
        colour.chromaLocation = 0;
    }
    return colour;
}

std::optional<base::Orientation> orientationOf(const std::int32_t *matrix)
{
    // (x, y) of the stored picture goes to (a x + c y, b x + d y), y downwards.
    const double a = matrix[0];
    const double b = matrix[1];
    const double c = matrix[3];
    const double d = matrix[4];
    const double largest = std::max({std::abs(a), std::abs(b), std::abs(c), std::abs(d)});
    if (largest == 0.0)
        return base::Orientation{};
    const auto sign = [largest](double value) {
        constexpr double roundingAllowed = 0.01; // writers round sines and cosines
        return std::abs(value) < largest * roundingAllowed ? 0 : (value > 0 ? 1 : -1);
    };
    struct Case
    {
        std::array<int, 4> signs{}; // of a, b, c, d
        base::Orientation orientation;
    };
    static constexpr std::array<Case, 8> cases{{
        {{1, 0, 0, 1}, {0, false}},
        {{0, 1, -1, 0}, {1, false}},
        {{-1, 0, 0, -1}, {2, false}},
        {{0, -1, 1, 0}, {3, false}},
        {{-1, 0, 0, 1}, {0, true}},
        {{0, -1, -1, 0}, {1, true}},
        {{1, 0, 0, -1}, {2, true}},
        {{0, 1, 1, 0}, {3, true}},
    }};
    const std::array<int, 4> signs{sign(a), sign(b), sign(c), sign(d)};
    for (const Case &known : cases) {
        if (known.signs == signs)
            return known.orientation;
    }
    return std::nullopt;
}

} // namespace doorveil::decode
