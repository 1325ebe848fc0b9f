// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
}

/// Owners of FFmpeg's objects.
namespace doorveil::encode {

struct CodecContextDeleter
{
    void operator()(AVCodecContext *context) const;
};
struct FormatContextDeleter
{
    void operator()(AVFormatContext *context) const;
};
struct BitstreamFilterDeleter
{
    void operator()(AVBSFContext *context) const;
};
struct FrameDeleter
{
    void operator()(AVFrame *frame) const;
};
struct PacketDeleter
{
    void operator()(AVPacket *packet) const;
};
struct IoContextDeleter
{
    void operator()(AVIOContext *context) const; ///< frees the context and its buffer, without flushing
};
struct ResamplerDeleter
{
    void operator()(SwrContext *context) const;
};

using CodecContextHandle = std::unique_ptr<AVCodecContext, CodecContextDeleter>;
using FormatContextHandle = std::unique_ptr<AVFormatContext, FormatContextDeleter>;
using BitstreamFilterHandle = std::unique_ptr<AVBSFContext, BitstreamFilterDeleter>;
using FrameHandle = std::unique_ptr<AVFrame, FrameDeleter>;
using PacketHandle = std::unique_ptr<AVPacket, PacketDeleter>;
using ResamplerHandle = std::unique_ptr<SwrContext, ResamplerDeleter>;
using IoContextHandle = std::unique_ptr<AVIOContext, IoContextDeleter>;

/// AVDictionary is handed to FFmpeg by address of the pointer, so its owner is a small class of its own.
class Dictionary
{
public:
    Dictionary() = default;
    ~Dictionary();
    Dictionary(const Dictionary &) = delete;
    Dictionary &operator=(const Dictionary &) = delete;

    void set(const char *key, const char *value);
    void set(const char *key, std::int64_t value);
    [[nodiscard]] AVDictionary **address() { return &m_dictionary; }
    [[nodiscard]] const AVDictionary *get() const { return m_dictionary; }

private:
    AVDictionary *m_dictionary = nullptr;
};

} // namespace doorveil::encode
