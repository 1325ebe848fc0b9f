// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/sounddecoder_p.h"

#include "decode/probe_p.h"

#include <algorithm>
#include <limits>

namespace doorveil::decode {

namespace {

// Containers round times, and cameras stamp sound by their own clock: this much is jitter, more is a gap.
constexpr int jitterPerSecond = 33; // 1/33 s: below what is noticed between lips and sound (40 ms)
// Decoded and thrown away before a sought place: enough for every codec's memory (Opus 80 ms, MP3 about 120 ms).
constexpr int preRollPerSecond = 2; // 1/2 s
constexpr int maximumDrainErrors = 1000;

} // namespace

base::Result<std::unique_ptr<SoundDecoder>> SoundDecoder::open(int descriptor, const base::AudioStreamInfo &stream)
{
    std::unique_ptr<SoundDecoder> decoder(new SoundDecoder(descriptor, stream));
    if (const auto started = decoder->start(); !started)
        return started.error();
    return decoder;
}

base::Result<void> SoundDecoder::start()
{
    auto demuxer = Demuxer::open(m_descriptor);
    if (!demuxer)
        return demuxer.error();
    m_decoder.reset();
    m_demuxer = std::move(*demuxer);
    if (m_info.streamIndex < 0 || m_info.streamIndex >= m_demuxer->streamCount())
        return notOpenable(QStringLiteral("Its sound track is not there any more."));

    const AVStream *stream = m_demuxer->stream(m_info.streamIndex);
    const AVCodec *codec = allowedDecoder(stream->codecpar);
    if (codec != nullptr)
        m_decoder.reset(avcodec_alloc_context3(codec));
    m_packet.reset(av_packet_alloc());
    m_frame.reset(av_frame_alloc());
    if (!m_decoder || !m_packet || !m_frame || avcodec_parameters_to_context(m_decoder.get(), stream->codecpar) < 0)
        return notOpenable(QStringLiteral("Its sound track cannot be set up for decoding."));
    m_decoder->pkt_timebase = stream->time_base;
    m_decoder->thread_count = 1;
    if (const int opened = avcodec_open2(m_decoder.get(), codec, nullptr); opened < 0) {
        return notOpenable(QStringLiteral("Its sound (%1) cannot be decoded: %2.")
                               .arg(QString::fromUtf8(codec->name), errorText(opened)));
    }
    m_demuxer->keepOnly(m_info.streamIndex);
    m_resampler.reset();
    m_nextPts.reset();
    m_ahead.reset();
    m_draining = false;
    return {};
}

bool SoundDecoder::feed()
{
    if (m_draining)
        return false;
    while (true) {
        const Demuxer::ReadResult result = m_demuxer->read(m_packet.get());
        if (result == Demuxer::ReadResult::Damaged)
            continue;
        if (result == Demuxer::ReadResult::End) {
            m_draining = true;
            avcodec_send_packet(m_decoder.get(), nullptr);
            return true;
        }
        // A packet that does not decode is a gap, which the next block's pts shows.
        avcodec_send_packet(m_decoder.get(), m_packet.get());
        av_packet_unref(m_packet.get());
        return true;
    }
}

std::optional<base::AudioBlock> SoundDecoder::next()
{
    if (m_ahead) {
        std::optional<base::AudioBlock> block = std::move(m_ahead);
        m_ahead.reset();
        return block;
    }
    return decodeBlock();
}

std::optional<base::AudioBlock> SoundDecoder::decodeBlock()
{
    int drainErrors = 0;
    while (true) {
        av_frame_unref(m_frame.get());
        const int result = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (result == 0) {
            if (auto block = convert(*m_frame))
                return block;
            continue;
        }
        if (result == AVERROR_EOF)
            return std::nullopt;
        if (!feed() && ++drainErrors > maximumDrainErrors)
            return std::nullopt;
    }
}

bool SoundDecoder::prepareResampler(const AVFrame &frame)
{
    const int channels = frame.ch_layout.nb_channels;
    if (m_resampler && m_resamplerFormat == frame.format && m_resamplerRate == frame.sample_rate
        && m_resamplerChannels == channels)
        return true;

    AVChannelLayout source = {};
    AVChannelLayout target = {};
    av_channel_layout_default(&source, channels);
    av_channel_layout_default(&target, m_info.channels);
    SwrContext *resampler = nullptr;
    const int made = swr_alloc_set_opts2(&resampler, &target, AV_SAMPLE_FMT_FLT, m_info.sampleRate, &source,
                                         AVSampleFormat(frame.format), frame.sample_rate, 0, nullptr);
    m_resampler.reset(resampler);
    av_channel_layout_uninit(&source);
    av_channel_layout_uninit(&target);
    if (made < 0 || !m_resampler || swr_init(m_resampler.get()) < 0) {
        m_resampler.reset();
        return false;
    }
    m_resamplerFormat = frame.format;
    m_resamplerRate = frame.sample_rate;
    m_resamplerChannels = channels;
    return true;
}

std::int64_t SoundDecoder::place(const AVFrame &frame) const
{
    const std::int64_t stamp = frame.pts != noPts ? frame.pts : frame.best_effort_timestamp;
    if (stamp == noPts)
        return m_nextPts.value_or(0);
    const std::int64_t given = av_rescale_q(stamp, m_decoder->pkt_timebase, {1, m_info.sampleRate});
    if (given == std::numeric_limits<std::int64_t>::min())
        return m_nextPts.value_or(0);
    const std::int64_t jitter = m_info.sampleRate / jitterPerSecond;
    const bool isContiguous = m_nextPts && given >= *m_nextPts - jitter && given <= *m_nextPts + jitter;
    return isContiguous ? *m_nextPts : given;
}

std::optional<base::AudioBlock> SoundDecoder::convert(const AVFrame &frame)
{
    if (frame.nb_samples <= 0 || frame.sample_rate <= 0 || !prepareResampler(frame))
        return std::nullopt;
    base::AudioBlock block;
    block.sampleRate = m_info.sampleRate;
    block.channels = m_info.channels;
    const int room = swr_get_out_samples(m_resampler.get(), frame.nb_samples);
    if (room <= 0)
        return std::nullopt;
    const auto channels = std::size_t(block.channels);
    block.samples.resize(std::size_t(room) * channels);
    auto *output = reinterpret_cast<std::uint8_t *>(block.samples.data());
    const auto **input = const_cast<const std::uint8_t **>(frame.extended_data);
    const int count = swr_convert(m_resampler.get(), &output, room, input, frame.nb_samples);
    if (count <= 0)
        return std::nullopt;
    block.samples.resize(std::size_t(count) * channels);

    block.pts = place(frame);
    if (m_nextPts && block.pts < *m_nextPts) {
        const std::int64_t overlap = *m_nextPts - block.pts;
        if (overlap >= count)
            return std::nullopt;
        block.samples.erase(block.samples.begin(),
                            block.samples.begin() + std::ptrdiff_t(overlap) * std::ptrdiff_t(channels));
        block.pts = *m_nextPts;
    }
    m_nextPts = block.pts + block.frameCount();
    return block;
}

std::optional<base::AudioBlock> SoundDecoder::firstBlockAt(std::int64_t position)
{
    while (auto block = decodeBlock()) {
        if (block->pts + block->frameCount() > position)
            return block;
    }
    return std::nullopt;
}

void SoundDecoder::seek(std::int64_t position)
{
    m_ahead.reset();
    const AVRational clock{1, m_info.sampleRate};
    const std::int64_t from = position - m_info.sampleRate / preRollPerSecond;
    const std::int64_t ticks = av_rescale_q(from, clock, m_decoder->pkt_timebase);
    if (m_demuxer->seekBackward(m_info.streamIndex, ticks)) {
        avcodec_flush_buffers(m_decoder.get());
        m_resampler.reset();
        m_nextPts.reset();
        m_draining = false;
        m_ahead = decodeBlock();
        // Some indexes land late; then, and where the container cannot seek, decoding starts at the beginning.
        if (m_ahead && m_ahead->pts <= position) {
            if (m_ahead->pts + m_ahead->frameCount() <= position)
                m_ahead = firstBlockAt(position);
            return;
        }
    }
    if (start())
        m_ahead = firstBlockAt(position);
}

} // namespace doorveil::decode
