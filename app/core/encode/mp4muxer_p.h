// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/audioencoder_p.h"
#include "encode/avhandles_p.h"
#include "encode/descriptorio_p.h"
#include "encode/videoencoder_p.h"

#include <deque>

namespace doorveil::encode {

/// FFmpeg's MP4 muxer on a borrowed descriptor, told to write nothing but one video and at most one audio track.
class Mp4Muxer
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Mp4Muxer>>
    create(int descriptor, const EncodeSettings &settings, const VideoEncoder &video, const AudioEncoder *audio);
    ~Mp4Muxer() = default;
    Mp4Muxer(const Mp4Muxer &) = delete;
    Mp4Muxer &operator=(const Mp4Muxer &) = delete;

    [[nodiscard]] base::Result<void> writeVideo(AVPacket &packet);
    /// Sound waits here until the video has come as far, at most audioLimit bytes of it.
    [[nodiscard]] base::Result<void> writeAudio(AVPacket &packet);
    [[nodiscard]] base::Result<void> finish();

private:
    explicit Mp4Muxer(int descriptor) : m_descriptor(descriptor) { }
    [[nodiscard]] base::Result<void> addVideoStream(const EncodeSettings &settings, const VideoEncoder &encoder);
    [[nodiscard]] base::Result<void> addAudioStream(const AudioEncoder &encoder);
    [[nodiscard]] base::Result<void> writeHeader(const AudioEncoder *audio);
    [[nodiscard]] base::Result<void> write(AVPacket &packet, const AVStream &stream, AVRational timeBase);
    [[nodiscard]] base::Result<void> writeWaitingAudio(std::size_t keptBytes);
    [[nodiscard]] base::Error writeError(int code) const;
    static int openReader(AVFormatContext *context, AVIOContext **io, const char *url, int flags,
                          AVDictionary **options);
    static int closeReader(AVFormatContext *context, AVIOContext *io);

    int m_descriptor;
    std::unique_ptr<DescriptorIo> m_io; ///< outlives m_context, which points to it
    std::unique_ptr<DescriptorIo> m_reader; ///< during the fast start pass
    FormatContextHandle m_context;
    AVStream *m_video = nullptr; ///< owned by m_context
    AVStream *m_audio = nullptr; ///< owned by m_context
    AVRational m_videoTimeBase = {1, 1};
    AVRational m_audioTimeBase = {1, 1};
    std::deque<PacketHandle> m_waitingAudio;
    std::size_t m_waitingBytes = 0;
};

} // namespace doorveil::encode
