// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/mem.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include "base/mediatime.h"

#include <QString>

#include <cstdint>
#include <memory>

/// Owners of FFmpeg's objects, and its constants without C casts. Private to decode.
namespace doorveil::decode {

struct FreeFormatContext
{
    void operator()(AVFormatContext *context) const { avformat_close_input(&context); }
};
struct FreeIoContext
{
    void operator()(AVIOContext *context) const
    {
        av_freep(&context->buffer);
        avio_context_free(&context);
    }
};
struct FreeCodecContext
{
    void operator()(AVCodecContext *context) const { avcodec_free_context(&context); }
};
struct FreePacket
{
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
};
struct FreeFrame
{
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
};
struct FreeDictionary
{
    void operator()(AVDictionary *dictionary) const { av_dict_free(&dictionary); }
};
struct FreeParser
{
    void operator()(AVCodecParserContext *parser) const { av_parser_close(parser); }
};
struct FreeScaler
{
    void operator()(SwsContext *context) const { sws_freeContext(context); }
};
struct FreeResampler
{
    void operator()(SwrContext *context) const { swr_free(&context); }
};

using FormatContextPointer = std::unique_ptr<AVFormatContext, FreeFormatContext>;
using IoContextPointer = std::unique_ptr<AVIOContext, FreeIoContext>;
using CodecContextPointer = std::unique_ptr<AVCodecContext, FreeCodecContext>;
using PacketPointer = std::unique_ptr<AVPacket, FreePacket>;
using FramePointer = std::unique_ptr<AVFrame, FreeFrame>;
using ParserPointer = std::unique_ptr<AVCodecParserContext, FreeParser>;
using ScalerPointer = std::unique_ptr<SwsContext, FreeScaler>;
using ResamplerPointer = std::unique_ptr<SwrContext, FreeResampler>;

inline constexpr std::int64_t noPts = INT64_MIN; // AV_NOPTS_VALUE
static_assert(noPts == AV_NOPTS_VALUE);

[[nodiscard]] inline base::Rational toRational(AVRational value)
{
    return {value.num, value.den};
}

[[nodiscard]] inline QString errorText(int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return QString::fromUtf8(text);
}

} // namespace doorveil::decode
