// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/frameconverter_p.h"

#include "decode/pictureformat_p.h"

#include <cstring>
#include <memory>
#include <utility>

namespace doorveil::decode {

namespace {

void copyPlanes(const AVFrame &from, base::VideoFrame &to)
{
    for (int index = 0; index < to.layout().planeCount(); ++index) {
        const base::VideoFrame::Plane &plane = to.plane(index);
        const std::size_t rowBytes = std::size_t(plane.size.width) * std::size_t(to.layout().bytesPerSample());
        const std::uint8_t *source = from.data[index];
        std::byte *target = plane.data;
        for (int row = 0; row < plane.size.height; ++row) {
            std::memcpy(target, source, rowBytes);
            source += from.linesize[index];
            target += plane.stride;
        }
    }
}

// swscale's tables know some matrices by number; for others it takes BT.601 itself.
const int *coefficientsOf(int matrix)
{
    return sws_getCoefficients(matrix == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : matrix);
}

} // namespace

base::FieldOrder fieldOrderOf(const AVFrame &picture)
{
    if (picture.interlaced_frame == 0)
        return base::FieldOrder::Progressive;
    return picture.top_field_first != 0 ? base::FieldOrder::TopFirst : base::FieldOrder::BottomFirst;
}

base::ColourInfo colourOf(const AVFrame &picture)
{
    return colourOf(AVPixelFormat(picture.format), picture.height, picture.color_primaries, picture.color_trc,
                    picture.colorspace, picture.color_range, picture.chroma_location);
}

bool FrameConverter::changesSize(const AVFrame &picture) const
{
    return picture.width != m_size.width || picture.height != m_size.height;
}

base::VideoFrame FrameConverter::emptyFrame() const
{
    std::shared_ptr<std::byte[]> memory;
    if (m_memory)
        memory = m_memory(base::VideoFrame::bytesFor(m_size, m_layout));
    return memory ? base::VideoFrame(m_size, m_layout, std::move(memory)) : base::VideoFrame(m_size, m_layout);
}

std::optional<base::VideoFrame> FrameConverter::convert(const AVFrame &picture)
{
    const auto format = AVPixelFormat(picture.format);
    base::VideoFrame frame = emptyFrame();
    if (!changesSize(picture) && plainFormat(format) == pixelFormatOf(m_layout)) {
        copyPlanes(picture, frame);
    } else {
        const FramePointer result = scaled(picture);
        if (!result)
            return std::nullopt;
        copyPlanes(*result, frame);
    }
    frame.colour = colourOf(picture);
    frame.fieldOrder = fieldOrderOf(picture);
    return frame;
}

FramePointer FrameConverter::scaled(const AVFrame &picture)
{
    const AVPixelFormat sourceFormat = plainFormat(AVPixelFormat(picture.format));
    const AVPixelFormat targetFormat = pixelFormatOf(m_layout);
    const base::Size sourceSize{picture.width, picture.height};
    if (!m_scaler || m_scalerSize != sourceSize || m_scalerFormat != sourceFormat) {
        constexpr int flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP;
        m_scaler.reset(sws_getContext(sourceSize.width, sourceSize.height, sourceFormat, m_size.width, m_size.height,
                                      targetFormat, flags, nullptr, nullptr, nullptr));
        m_scalerSize = sourceSize;
        m_scalerFormat = sourceFormat;
    }
    if (!m_scaler)
        return nullptr;

    // The same matrix and range on both sides: only RGB changes its colour model.
    const base::ColourInfo colour = colourOf(picture);
    const int *coefficients = coefficientsOf(colour.matrix);
    const int sourceRange = isRgb(sourceFormat) || colour.fullRange ? 1 : 0;
    sws_setColorspaceDetails(m_scaler.get(), coefficients, sourceRange, coefficients, colour.fullRange ? 1 : 0, 0,
                             1 << 16, 1 << 16);

    FramePointer target(av_frame_alloc());
    if (!target)
        return nullptr;
    target->format = targetFormat;
    target->width = m_size.width;
    target->height = m_size.height;
    if (av_frame_get_buffer(target.get(), 0) < 0)
        return nullptr;
    const int rows =
        sws_scale(m_scaler.get(), picture.data, picture.linesize, 0, picture.height, target->data, target->linesize);
    return rows == m_size.height ? std::move(target) : nullptr;
}

} // namespace doorveil::decode
