// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/mp4muxer_p.h"

#include "encode/averror_p.h"
#include "encode/moovcleaner_p.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

extern "C" {
#include <libavutil/display.h>
}

namespace doorveil::encode {

namespace {

constexpr std::size_t audioLimit = 4 << 20;

/// The matrix of an MP4 track header: a shown point is (a x + c y + tx, b x + d y + ty), both axes to the right and
/// down, 16.16 fixed point (ISO 14496-12, 6.2.2). The shift keeps the picture's corner at the origin.
std::array<std::int32_t, 9> displayMatrix(base::Orientation orientation, base::Size size)
{
    // A clockwise quarter turn takes (x, y) to (height - y, x).
    int a = orientation.mirrored ? -1 : 1;
    int b = 0;
    int c = 0;
    int d = 1;
    int shiftX = orientation.mirrored ? size.width : 0;
    int shiftY = 0;
    int height = size.height;
    int width = size.width;
    for (int turn = 0; turn < orientation.quarterTurns % 4; ++turn) {
        const int oldA = a;
        const int oldC = c;
        const int oldShiftX = shiftX;
        a = -b;
        b = oldA;
        c = -d;
        d = oldC;
        shiftX = height - shiftY;
        shiftY = oldShiftX;
        std::swap(height, width);
    }
    constexpr std::int32_t one = 1 << 16;
    return {a * one, b * one, 0, c * one, d * one, 0, shiftX * one, shiftY * one, 1 << 30};
}

} // namespace

base::Result<std::unique_ptr<Mp4Muxer>> Mp4Muxer::create(int descriptor, const EncodeSettings &settings,
                                                         const VideoEncoder &video, const AudioEncoder *audio)
{
    std::unique_ptr<Mp4Muxer> muxer(new Mp4Muxer(descriptor));
    AVFormatContext *context = nullptr;
    if (const int code = avformat_alloc_output_context2(&context, nullptr, "mp4", nullptr); code < 0)
        return encodingError(QStringLiteral("The file cannot be started"), code);
    muxer->m_context.reset(context);
    muxer->m_io = DescriptorIo::create(descriptor, DescriptorIo::Access::ReadWrite);
    if (!muxer->m_io)
        return encodingError(QStringLiteral("The file cannot be started"), AVERROR(ENOMEM));
    context->pb = muxer->m_io->context();
    context->opaque = muxer.get();
    context->io_open = &Mp4Muxer::openReader;
    context->io_close2 = &Mp4Muxer::closeReader;
    context->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    context->avoid_negative_ts = AVFMT_AVOID_NEG_TS_DISABLED;
    if (const base::Result<void> added = muxer->addVideoStream(settings, video); !added)
        return added.error();
    if (audio != nullptr) {
        if (const base::Result<void> added = muxer->addAudioStream(*audio); !added)
            return added.error();
    }
    if (const base::Result<void> written = muxer->writeHeader(audio); !written)
        return written.error();
    return muxer;
}

base::Result<void> Mp4Muxer::addVideoStream(const EncodeSettings &settings, const VideoEncoder &encoder)
{
    const QString what = QStringLiteral("The file cannot be started");
    m_video = avformat_new_stream(m_context.get(), nullptr);
    if (m_video == nullptr)
        return encodingError(what, AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_copy(m_video->codecpar, &encoder.parameters()); code < 0)
        return encodingError(what, code);
    m_video->codecpar->codec_tag = 0;
    m_video->time_base = m_videoTimeBase = encoder.context().time_base;
    m_video->sample_aspect_ratio = encoder.context().sample_aspect_ratio;
    if (settings.orientation == base::Orientation{})
        return {};
    const auto matrix = displayMatrix(settings.orientation, {encoder.context().width, encoder.context().height});
    std::uint8_t *stored = av_stream_new_side_data(m_video, AV_PKT_DATA_DISPLAYMATRIX, sizeof matrix);
    if (stored == nullptr)
        return encodingError(what, AVERROR(ENOMEM));
    std::memcpy(stored, matrix.data(), sizeof matrix);
    return {};
}

base::Result<void> Mp4Muxer::addAudioStream(const AudioEncoder &encoder)
{
    m_audio = avformat_new_stream(m_context.get(), nullptr);
    if (m_audio == nullptr)
        return encodingError(QStringLiteral("The file cannot be started"), AVERROR(ENOMEM));
    if (const int code = avcodec_parameters_from_context(m_audio->codecpar, &encoder.context()); code < 0)
        return encodingError(QStringLiteral("The file cannot be started"), code);
    m_audio->codecpar->codec_tag = 0;
    m_audio->time_base = m_audioTimeBase = encoder.context().time_base;
    return {};
}

base::Result<void> Mp4Muxer::writeHeader(const AudioEncoder *audio)
{
    Dictionary options;
    options.set("movflags", "+faststart+negative_cts_offsets");
    // One edit list for the sound, which skips the encoder's priming; cleanIndex() takes the video's away.
    options.set("use_editlist", audio != nullptr ? 1 : 0);
    options.set("video_track_timescale", m_videoTimeBase.den);
    // Edit lists are timed in the file's own time scale: with the sound's they end on the very sample.
    if (audio != nullptr)
        options.set("movie_timescale", m_audioTimeBase.den);
    options.set("write_tmcd", "0");
    options.set("empty_hdlr_name", "1");
    if (const int code = avformat_write_header(m_context.get(), options.address()); code < 0)
        return writeError(code);
    if (av_dict_count(options.get()) != 0)
        return encodingError(QStringLiteral("This FFmpeg's MP4 writer lacks an option that Doorveil needs."));
    return {};
}

base::Error Mp4Muxer::writeError(int code) const
{
    const int first = m_io->firstError();
    return encodingError(QStringLiteral("The file cannot be written"), first != 0 ? AVERROR(first) : code);
}

base::Result<void> Mp4Muxer::write(AVPacket &packet, const AVStream &stream, AVRational timeBase)
{
    packet.stream_index = stream.index;
    av_packet_rescale_ts(&packet, timeBase, stream.time_base);
    const int code = av_write_frame(m_context.get(), &packet);
    if (code < 0 || m_io->firstError() != 0)
        return writeError(code);
    return {};
}

base::Result<void> Mp4Muxer::writeVideo(AVPacket &packet)
{
    const std::int64_t decoded = packet.dts + VideoEncoder::decodingLead;
    while (!m_waitingAudio.empty()
           && av_compare_ts(m_waitingAudio.front()->pts, m_audioTimeBase, decoded, m_videoTimeBase) <= 0) {
        if (const base::Result<void> written =
                writeWaitingAudio(m_waitingBytes - std::size_t(m_waitingAudio.front()->size));
            !written)
            return written;
    }
    return write(packet, *m_video, m_videoTimeBase);
}

base::Result<void> Mp4Muxer::writeAudio(AVPacket &packet)
{
    PacketHandle waiting(av_packet_clone(&packet));
    if (!waiting)
        return encodingError(QStringLiteral("Sound cannot be encoded"), AVERROR(ENOMEM));
    m_waitingBytes += std::size_t(waiting->size);
    m_waitingAudio.push_back(std::move(waiting));
    return writeWaitingAudio(audioLimit);
}

base::Result<void> Mp4Muxer::writeWaitingAudio(std::size_t keptBytes)
{
    while (!m_waitingAudio.empty() && m_waitingBytes > keptBytes) {
        const PacketHandle packet = std::move(m_waitingAudio.front());
        m_waitingAudio.pop_front();
        m_waitingBytes -= std::size_t(packet->size);
        if (const base::Result<void> written = write(*packet, *m_audio, m_audioTimeBase); !written)
            return written;
    }
    return {};
}

base::Result<void> Mp4Muxer::finish()
{
    if (const base::Result<void> written = writeWaitingAudio(0); !written)
        return written;
    const int code = av_write_trailer(m_context.get());
    avio_flush(m_io->context());
    if (code < 0 || m_io->firstError() != 0 || m_io->context()->error < 0)
        return writeError(code < 0 ? code : m_io->context()->error);
    return cleanIndex(m_descriptor);
}

int Mp4Muxer::openReader(AVFormatContext *context, AVIOContext **io, const char *url, int flags, AVDictionary **options)
{
    Q_UNUSED(url)
    Q_UNUSED(options)
    auto *self = static_cast<Mp4Muxer *>(context->opaque);
    if (flags != AVIO_FLAG_READ || self->m_reader)
        return AVERROR(EACCES);
    self->m_reader = DescriptorIo::create(self->m_descriptor, DescriptorIo::Access::ReadOnly);
    if (!self->m_reader)
        return AVERROR(ENOMEM);
    *io = self->m_reader->context();
    return 0;
}

int Mp4Muxer::closeReader(AVFormatContext *context, AVIOContext *io)
{
    Q_UNUSED(io)
    auto *self = static_cast<Mp4Muxer *>(context->opaque);
    const int code = self->m_reader ? self->m_reader->firstError() : 0;
    self->m_reader.reset();
    return code != 0 ? AVERROR(code) : 0;
}

} // namespace doorveil::encode
