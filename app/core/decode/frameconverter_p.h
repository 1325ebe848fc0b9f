// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"
#include "base/videoframe.h"
#include "decode/ffmpeg_p.h"

#include <optional>
#include <utility>

namespace doorveil::decode {

/// Copies decoder pictures into plain frames of one size and layout. Pictures that have both are copied sample for
/// sample; others go through swscale (bit-exact, so the same on every processor).
class FrameConverter
{
public:
    FrameConverter() = default;
    FrameConverter(base::Size size, base::PixelLayout layout, base::FrameMemory memory = {})
        : m_size(size), m_layout(layout), m_memory(std::move(memory))
    {
    }

    [[nodiscard]] base::Size size() const { return m_size; }
    /// Whether `picture` has to be scaled.
    [[nodiscard]] bool changesSize(const AVFrame &picture) const;
    /// Samples, colour and field order; the caller sets pts, duration, orientation and damage. Nothing where the
    /// picture cannot be converted.
    [[nodiscard]] std::optional<base::VideoFrame> convert(const AVFrame &picture);

private:
    [[nodiscard]] base::VideoFrame emptyFrame() const;
    [[nodiscard]] FramePointer scaled(const AVFrame &picture);

    base::Size m_size;
    base::PixelLayout m_layout;
    base::FrameMemory m_memory;
    ScalerPointer m_scaler;
    base::Size m_scalerSize; // what m_scaler was made for
    AVPixelFormat m_scalerFormat = AV_PIX_FMT_NONE;
};

[[nodiscard]] base::FieldOrder fieldOrderOf(const AVFrame &picture);
[[nodiscard]] base::ColourInfo colourOf(const AVFrame &picture);

} // namespace doorveil::decode
