// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/avhandles_p.h"

extern "C" {
#include <libavutil/dict.h>
#include <libavutil/mem.h>
}

namespace doorveil::encode {

void CodecContextDeleter::operator()(AVCodecContext *context) const
{
    avcodec_free_context(&context);
}

void FormatContextDeleter::operator()(AVFormatContext *context) const
{
    avformat_free_context(context);
}

void BitstreamFilterDeleter::operator()(AVBSFContext *context) const
{
    av_bsf_free(&context);
}

void FrameDeleter::operator()(AVFrame *frame) const
{
    av_frame_free(&frame);
}

void PacketDeleter::operator()(AVPacket *packet) const
{
    av_packet_free(&packet);
}

void IoContextDeleter::operator()(AVIOContext *context) const
{
    av_freep(&context->buffer);
    avio_context_free(&context);
}

void ResamplerDeleter::operator()(SwrContext *context) const
{
    swr_free(&context);
}

Dictionary::~Dictionary()
{
    av_dict_free(&m_dictionary);
}

void Dictionary::set(const char *key, const char *value)
{
    av_dict_set(&m_dictionary, key, value, 0);
}

void Dictionary::set(const char *key, std::int64_t value)
{
    av_dict_set_int(&m_dictionary, key, value, 0);
}

} // namespace doorveil::encode
