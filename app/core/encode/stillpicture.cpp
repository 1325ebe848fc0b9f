// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/stillpicture.h"

#include "encode/averror_p.h"
#include "encode/avhandles_p.h"

#include <algorithm>

namespace doorveil::encode {

namespace {

struct Sample
{
    int luma = 0;
    int blue = 0;
    int red = 0;
};

/// JFIF's full-range BT.601 (ITU-T T.871), 16 bits of fraction.
Sample toSample(const std::uint8_t *bgr)
{
    const int blue = bgr[0];
    const int green = bgr[1];
    const int red = bgr[2];
    constexpr int half = 1 << 15;
    return {(19595 * red + 38470 * green + 7471 * blue + half) >> 16,
            ((-11059 * red - 21709 * green + 32768 * blue + half - 1) >> 16) + 128,
            ((32768 * red - 27439 * green - 5329 * blue + half - 1) >> 16) + 128};
}

void fill(const base::Picture &picture, AVFrame &frame)
{
    const int width = picture.size.width;
    const int height = picture.size.height;
    const auto at = [&picture, width, height](int x, int y) {
        const std::size_t offset =
            (std::size_t(std::min(y, height - 1)) * std::size_t(width) + std::size_t(std::min(x, width - 1))) * 3;
        return toSample(picture.bgr.data() + offset);
    };
    for (int y = 0; y < height; y += 2) {
        for (int x = 0; x < width; x += 2) {
            int blue = 0;
            int red = 0;
            for (int part = 0; part < 4; ++part) {
                const int column = x + part % 2;
                const int row = y + part / 2;
                const Sample sample = at(column, row);
                if (column < width && row < height)
                    frame.data[0][row * frame.linesize[0] + column] = std::uint8_t(std::clamp(sample.luma, 0, 255));
                blue += sample.blue;
                red += sample.red;
            }
            frame.data[1][(y / 2) * frame.linesize[1] + x / 2] = std::uint8_t(std::clamp((blue + 2) / 4, 0, 255));
            frame.data[2][(y / 2) * frame.linesize[2] + x / 2] = std::uint8_t(std::clamp((red + 2) / 4, 0, 255));
        }
    }
}

} // namespace

base::Picture scaledDown(const base::Picture &picture, int longestSide)
{
    const int longest = std::max(picture.size.width, picture.size.height);
    if (picture.isNull() || longestSide <= 0 || longest <= longestSide)
        return picture;
    base::Picture small;
    small.size = {std::max(1, int(std::int64_t(picture.size.width) * longestSide / longest)),
                  std::max(1, int(std::int64_t(picture.size.height) * longestSide / longest))};
    small.bgr.resize(std::size_t(small.size.width) * std::size_t(small.size.height) * 3);
    for (int y = 0; y < small.size.height; ++y) {
        const int top = int(std::int64_t(y) * picture.size.height / small.size.height);
        const int bottom = int(std::int64_t(y + 1) * picture.size.height / small.size.height);
        for (int x = 0; x < small.size.width; ++x) {
            const int left = int(std::int64_t(x) * picture.size.width / small.size.width);
            const int right = int(std::int64_t(x + 1) * picture.size.width / small.size.width);
            std::uint32_t sums[3] = {};
            for (int row = top; row < bottom; ++row) {
                const std::uint8_t *source =
                    picture.bgr.data() + (std::size_t(row) * std::size_t(picture.size.width) + std::size_t(left)) * 3;
                for (int column = left; column < right; ++column, source += 3) {
                    for (int channel = 0; channel < 3; ++channel)
                        sums[channel] += source[channel];
                }
            }
            const auto count = std::uint32_t((bottom - top) * (right - left));
            std::uint8_t *target =
                small.bgr.data() + (std::size_t(y) * std::size_t(small.size.width) + std::size_t(x)) * 3;
            for (int channel = 0; channel < 3; ++channel)
                target[channel] = std::uint8_t((sums[channel] + count / 2) / count);
        }
    }
    return small;
}

base::Result<QByteArray> encodeJpeg(const base::Picture &picture, int quantiser)
{
    if (picture.isNull())
        return encodingError(QStringLiteral("There is no picture to encode."));
    const AVCodec *codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
    if (codec == nullptr)
        return encodingError(QStringLiteral("This FFmpeg has no JPEG encoder."));
    const CodecContextHandle context(avcodec_alloc_context3(codec));
    const FrameHandle frame(av_frame_alloc());
    const PacketHandle packet(av_packet_alloc());
    if (!context || !frame || !packet)
        return encodingError(QStringLiteral("Out of memory."));
    context->width = picture.size.width;
    context->height = picture.size.height;
    context->pix_fmt = AV_PIX_FMT_YUVJ420P;
    context->color_range = AVCOL_RANGE_JPEG;
    context->time_base = {1, 25};
    context->flags |= AV_CODEC_FLAG_QSCALE | AV_CODEC_FLAG_BITEXACT;
    context->global_quality = FF_QP2LAMBDA * std::clamp(quantiser, 2, 31);
    context->thread_count = 1;
    if (const int code = avcodec_open2(context.get(), codec, nullptr); code < 0)
        return encodingError(QStringLiteral("The JPEG encoder cannot be opened"), code);
    frame->format = AV_PIX_FMT_YUVJ420P;
    frame->width = picture.size.width;
    frame->height = picture.size.height;
    frame->quality = context->global_quality;
    frame->pts = 0;
    if (const int code = av_frame_get_buffer(frame.get(), 0); code < 0)
        return encodingError(QStringLiteral("A picture cannot be allocated"), code);
    fill(picture, *frame);
    if (const int code = avcodec_send_frame(context.get(), frame.get()); code < 0)
        return encodingError(QStringLiteral("A picture cannot be encoded"), code);
    if (const int code = avcodec_receive_packet(context.get(), packet.get()); code < 0)
        return encodingError(QStringLiteral("A picture cannot be encoded"), code);
    return QByteArray(reinterpret_cast<const char *>(packet->data), packet->size);
}

} // namespace doorveil::encode
