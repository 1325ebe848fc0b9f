// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/audioencoder_p.h"

#include "encode/averror_p.h"

#include <algorithm>
#include <cerrno>
#include <cmath>

extern "C" {
#include <libavutil/channel_layout.h>
}

namespace doorveil::encode {

namespace {

constexpr int lowestBitRate = 128'000;
constexpr int lowestBitRatePerChannel = 64'000;
/// A gap that no clip has; without a limit a wrong time would fill the disk with silence.
constexpr std::int64_t longestGapSeconds = std::int64_t(24) * 3600;

QString startFailed()
{
    return QStringLiteral("The sound encoder cannot be started");
}

/// The lowest rate of AAC that loses nothing, or the highest it has; 0 for a codec that does not say.
int encodedRateFor(const AVCodec &codec, int rate)
{
    int best = 0;
    for (const int *known = codec.supported_samplerates; known != nullptr && *known != 0; ++known) {
        const bool bothEnough = best >= rate && *known >= rate;
        if (best == 0 || (bothEnough ? *known < best : *known > best))
            best = *known;
    }
    return best;
}

/// A damaged source can hold values that are no numbers, which the encoder refuses.
float soundSample(float value)
{
    return std::isfinite(value) ? std::clamp(value, -1.0F, 1.0F) : 0.0F;
}

} // namespace

base::Result<std::unique_ptr<AudioEncoder>> AudioEncoder::create(const AudioSettings &settings)
{
    constexpr int mostChannels = 8;
    constexpr int highestRate = 768'000;
    if (settings.channels < 1 || settings.channels > mostChannels || settings.sampleRate < 1
        || settings.sampleRate > highestRate)
        return encodingError(QStringLiteral("Sound with %1 channels at %2 Hz cannot be kept; export without sound.")
                                 .arg(settings.channels)
                                 .arg(settings.sampleRate));
    std::unique_ptr<AudioEncoder> encoder(new AudioEncoder);
    encoder->m_channels = settings.channels;
    encoder->m_sourceRate = settings.sampleRate;
    if (const base::Result<void> opened = encoder->openEncoder(settings); !opened)
        return opened.error();
    if (const base::Result<void> opened = encoder->openResampler(); !opened)
        return opened.error();
    return encoder;
}

base::Result<void> AudioEncoder::openEncoder(const AudioSettings &settings)
{
    const AVCodec *codec = avcodec_find_encoder_by_name("aac");
    if (codec == nullptr)
        return encodingError(QStringLiteral("This FFmpeg has no AAC encoder."));
    m_context.reset(avcodec_alloc_context3(codec));
    m_packet.reset(av_packet_alloc());
    m_frame.reset(av_frame_alloc());
    if (!m_context || !m_packet || !m_frame)
        return encodingError(startFailed(), AVERROR(ENOMEM));
    m_context->sample_fmt = AV_SAMPLE_FMT_FLTP;
    m_context->sample_rate = encodedRateFor(*codec, settings.sampleRate);
    m_context->time_base = {1, m_context->sample_rate};
    m_context->bit_rate = std::max({settings.bitRate, lowestBitRate, lowestBitRatePerChannel * settings.channels});
    m_context->thread_count = 1;
    // Bit-exact mode also leaves out the encoder's name, which AAC otherwise carries in a fill element.
    m_context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    av_channel_layout_default(&m_context->ch_layout, settings.channels);
    if (const int code = avcodec_open2(m_context.get(), codec, nullptr); code < 0)
        return encodingError(startFailed(), code);

    m_frame->format = m_context->sample_fmt;
    m_frame->sample_rate = m_context->sample_rate;
    m_frame->nb_samples = m_context->frame_size;
    int code = av_channel_layout_copy(&m_frame->ch_layout, &m_context->ch_layout);
    if (code >= 0)
        code = av_frame_get_buffer(m_frame.get(), 0);
    if (code < 0)
        return encodingError(startFailed(), code);
    m_pending.reserve(std::size_t(m_context->frame_size) * std::size_t(settings.channels));
    return {};
}

base::Result<void> AudioEncoder::openResampler()
{
    if (m_context->sample_rate == m_sourceRate)
        return {};
    SwrContext *context = nullptr;
    int code = swr_alloc_set_opts2(&context, &m_context->ch_layout, AV_SAMPLE_FMT_FLT, m_context->sample_rate,
                                   &m_context->ch_layout, AV_SAMPLE_FMT_FLT, m_sourceRate, 0, nullptr);
    m_resampler.reset(context);
    if (code >= 0)
        code = swr_init(context);
    if (code < 0)
        return encodingError(startFailed(), code);
    return {};
}

base::Result<void> AudioEncoder::encode(const base::AudioBlock &block, const PacketSink &sink)
{
    if (block.channels != m_channels || block.sampleRate != m_sourceRate)
        return encodingError(QStringLiteral("The sound changes its rate or channels; export without sound."));
    const std::int64_t longestGap = longestGapSeconds * m_sourceRate;
    const std::int64_t frames = block.frameCount();
    if (block.pts > m_appended && block.pts - m_appended > longestGap)
        return encodingError(QStringLiteral("The sound has a gap of more than a day; export without sound."));
    if (block.pts < -longestGap || frames > longestGap)
        return {};
    // What lies before time 0, or overlaps with what is there already, is cut off.
    const std::int64_t skipped = std::clamp<std::int64_t>(m_appended - block.pts, 0, frames);
    if (skipped == frames)
        return {};
    if (const base::Result<void> filled = appendSilence(block.pts + skipped - m_appended, sink); !filled)
        return filled;
    return append(std::span(block.samples)
                      .subspan(std::size_t(skipped * m_channels), std::size_t((frames - skipped) * m_channels)),
                  sink);
}

base::Result<void> AudioEncoder::appendSilence(std::int64_t frames, const PacketSink &sink)
{
    const std::vector<float> silence(std::size_t(m_context->frame_size) * std::size_t(m_channels));
    while (frames > 0) {
        const std::int64_t part = std::min<std::int64_t>(frames, m_context->frame_size);
        if (const base::Result<void> done = append(std::span(silence).first(std::size_t(part * m_channels)), sink);
            !done)
            return done;
        frames -= part;
    }
    return {};
}

base::Result<void> AudioEncoder::append(std::span<const float> samples, const PacketSink &sink)
{
    m_appended += std::int64_t(samples.size()) / m_channels;
    return m_resampler ? resample(samples, sink) : queue(samples, sink);
}

/// Nothing to resample means: give what is still inside.
base::Result<void> AudioEncoder::resample(std::span<const float> samples, const PacketSink &sink)
{
    constexpr int room = 4096;
    std::vector<float> clean(samples.size());
    std::transform(samples.begin(), samples.end(), clean.begin(), soundSample);
    std::vector<float> resampled(std::size_t(room) * std::size_t(m_channels));
    std::span<const float> rest(clean);
    const bool flushing = samples.empty();
    while (flushing || !rest.empty()) {
        const std::size_t part = std::min(rest.size(), resampled.size());
        const auto *input = reinterpret_cast<const std::uint8_t *>(rest.data());
        auto *output = reinterpret_cast<std::uint8_t *>(resampled.data());
        int count = swr_convert(m_resampler.get(), &output, room, flushing ? nullptr : &input, int(part) / m_channels);
        rest = rest.subspan(part);
        if (count == 0 && flushing)
            return {};
        // What did not fit stays in the resampler; it comes out before more goes in.
        while (count > 0) {
            const auto whole = std::span<const float>(resampled).first(std::size_t(count) * std::size_t(m_channels));
            if (const base::Result<void> queued = queue(whole, sink); !queued)
                return queued;
            count = flushing ? 0 : swr_convert(m_resampler.get(), &output, room, &input, 0);
        }
        if (count < 0)
            return encodingError(QStringLiteral("Sound cannot be encoded"), count);
    }
    return {};
}

base::Result<void> AudioEncoder::queue(std::span<const float> samples, const PacketSink &sink)
{
    const std::size_t whole = std::size_t(m_context->frame_size) * std::size_t(m_channels);
    while (!samples.empty()) {
        const std::size_t part = std::min(samples.size(), whole - m_pending.size());
        m_pending.insert(m_pending.end(), samples.begin(), samples.begin() + std::ptrdiff_t(part));
        samples = samples.subspan(part);
        if (m_pending.size() < whole)
            break;
        if (const base::Result<void> sent = sendPending(sink); !sent)
            return sent;
    }
    return {};
}

base::Result<void> AudioEncoder::sendPending(const PacketSink &sink)
{
    const std::size_t channels = std::size_t(m_channels);
    const std::size_t frames = m_pending.size() / channels;
    if (const int code = av_frame_make_writable(m_frame.get()); code < 0)
        return encodingError(QStringLiteral("Sound cannot be encoded"), code);
    m_frame->nb_samples = int(frames);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        auto *plane = reinterpret_cast<float *>(m_frame->extended_data[channel]);
        for (std::size_t index = 0; index < frames; ++index)
            plane[index] = soundSample(m_pending[index * channels + channel]);
    }
    m_frame->pts = m_sent;
    m_sent += std::int64_t(frames);
    m_pending.clear();
    return drain(m_frame.get(), sink);
}

base::Result<void> AudioEncoder::finish(const PacketSink &sink)
{
    if (m_resampler) {
        if (const base::Result<void> flushed = resample({}, sink); !flushed)
            return flushed;
    }
    if (!m_pending.empty()) {
        if (const base::Result<void> sent = sendPending(sink); !sent)
            return sent;
    }
    return drain(nullptr, sink);
}

base::Result<void> AudioEncoder::drain(const AVFrame *frame, const PacketSink &sink)
{
    const QString what = QStringLiteral("Sound cannot be encoded");
    int code = avcodec_send_frame(m_context.get(), frame);
    if (code < 0)
        return encodingError(what, code);
    while ((code = avcodec_receive_packet(m_context.get(), m_packet.get())) >= 0) {
        if (const base::Result<void> taken = sink(*m_packet); !taken)
            return taken;
        av_packet_unref(m_packet.get());
    }
    if (code != AVERROR(EAGAIN) && code != AVERROR_EOF)
        return encodingError(what, code);
    return {};
}

} // namespace doorveil::encode
