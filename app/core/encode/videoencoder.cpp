// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/videoencoder_p.h"

#include "encode/averror_p.h"
#include "encode/pictureconversion_p.h"

#include <algorithm>
#include <cerrno>
#include <limits>

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace doorveil::encode {

namespace {

// The same number everywhere, because the encoded bytes depend on it.
constexpr int threads = 3;
/// x264 takes less as "lossless", which the High profile has not.
constexpr int lowestCrf = 1;

base::Error usageError(const QString &message)
{
    return {base::ErrorKind::Usage, message};
}

base::Result<void> checkSettings(const EncodeSettings &settings)
{
    if (settings.storedSize.isEmpty() || settings.storedSize.width > 16384 || settings.storedSize.height > 16384)
        return encodingError(QStringLiteral("A picture of %1 × %2 cannot be encoded.")
                                 .arg(settings.storedSize.width)
                                 .arg(settings.storedSize.height));
    if (settings.crf < 0 || settings.crf > highestCrf)
        return usageError(QStringLiteral("The quality (CRF) %1 is not between 0 and 51.").arg(settings.crf));
    if (!presetNames().contains(settings.preset))
        return usageError(
            QStringLiteral("There is no preset “%1”; x264 has ultrafast to placebo.").arg(settings.preset));
    return {};
}

/// Code points that FFmpeg does not know, and RGB (which these pictures are not), become "unspecified".
void setColour(const base::ColourInfo &colour, AVCodecContext &context)
{
    const auto primaries = static_cast<AVColorPrimaries>(colour.primaries);
    const auto transfer = static_cast<AVColorTransferCharacteristic>(colour.transfer);
    const auto matrix = static_cast<AVColorSpace>(colour.matrix);
    context.color_primaries = av_color_primaries_name(primaries) != nullptr ? primaries : AVCOL_PRI_UNSPECIFIED;
    context.color_trc = av_color_transfer_name(transfer) != nullptr ? transfer : AVCOL_TRC_UNSPECIFIED;
    const bool knownMatrix = av_color_space_name(matrix) != nullptr && matrix != AVCOL_SPC_RGB;
    context.colorspace = knownMatrix ? matrix : AVCOL_SPC_UNSPECIFIED;
    context.color_range = colour.fullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    const bool knownLocation = colour.chromaLocation > 0 && colour.chromaLocation < AVCHROMA_LOC_NB;
    context.chroma_sample_location =
        knownLocation ? static_cast<AVChromaLocation>(colour.chromaLocation) : AVCHROMA_LOC_UNSPECIFIED;
}

/// x264 derives the level from it; the timing itself comes from pts.
AVRational nominalFrameRate(base::Rational rate)
{
    const bool sensible = rate.isPositive() && rate.numerator <= std::numeric_limits<int>::max()
                          && rate.denominator <= std::numeric_limits<int>::max() && rate.toDouble() >= 1.0
                          && rate.toDouble() <= 240.0;
    return sensible ? AVRational{int(rate.numerator), int(rate.denominator)} : AVRational{30, 1};
}

} // namespace

const QStringList &presetNames()
{
    static const QStringList names{QStringLiteral("ultrafast"), QStringLiteral("superfast"), QStringLiteral("veryfast"),
                                   QStringLiteral("faster"),    QStringLiteral("fast"),      QStringLiteral("medium"),
                                   QStringLiteral("slow"),      QStringLiteral("slower"),    QStringLiteral("veryslow"),
                                   QStringLiteral("placebo")};
    return names;
}

base::Result<std::unique_ptr<VideoEncoder>> VideoEncoder::create(const EncodeSettings &settings, base::Size encodedSize,
                                                                 const TrackClock &clock)
{
    if (const base::Result<void> checked = checkSettings(settings); !checked)
        return checked.error();
    std::unique_ptr<VideoEncoder> encoder(new VideoEncoder);
    encoder->m_clock = clock;
    encoder->m_storedSize = settings.storedSize;
    encoder->m_fieldOrder = settings.fieldOrder;
    encoder->m_crf = settings.crf;
    encoder->m_packet.reset(av_packet_alloc());
    encoder->m_frame.reset(av_frame_alloc());
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr)
        return encodingError(QStringLiteral("This FFmpeg has no H.264 encoder (libx264)."));
    encoder->m_context.reset(avcodec_alloc_context3(codec));
    if (!encoder->m_packet || !encoder->m_frame || !encoder->m_context)
        return encodingError(QStringLiteral("The video encoder cannot be started"), AVERROR(ENOMEM));
    encoder->m_context->width = encodedSize.width;
    encoder->m_context->height = encodedSize.height;
    if (const base::Result<void> opened = encoder->open(settings); !opened)
        return opened.error();
    if (const base::Result<void> filtered = encoder->openFilter(); !filtered)
        return filtered.error();
    return encoder;
}

base::Result<void> VideoEncoder::open(const EncodeSettings &settings)
{
    AVCodecContext &context = *m_context;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.time_base = {1, m_clock.timeScale};
    context.framerate = nominalFrameRate(settings.frameRate);
    context.thread_count = threads;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
    if (settings.sampleAspect.isPositive())
        av_reduce(&context.sample_aspect_ratio.num, &context.sample_aspect_ratio.den, settings.sampleAspect.numerator,
                  settings.sampleAspect.denominator, 65535);
    setColour(settings.colour, context);
    if (m_fieldOrder != base::FieldOrder::Progressive) {
        context.flags |= AV_CODEC_FLAG_INTERLACED_DCT;
        context.field_order = m_fieldOrder == base::FieldOrder::TopFirst ? AV_FIELD_TT : AV_FIELD_BB;
    } else {
        context.field_order = AV_FIELD_PROGRESSIVE;
    }

    Dictionary options;
    options.set("preset", settings.preset.toUtf8().constData());
    options.set("profile", "high");
    options.set("crf", std::max(settings.crf, lowestCrf));
    if (settings.crf > coarsestEvenCrf)
        options.set("aq-mode", 1); // x264's own but in ultrafast; without it no area can be encoded better
    // Nothing of the source's side data, captions and user data among it, may travel along.
    options.set("a53cc", "0");
    options.set("udu_sei", "0");
    // The same decisions on every processor. It also keeps x264 164 away from its AVX-512 look-ahead, whose result
    // depends on what lies beside the picture in memory: without this the same input gives different files.
    options.set("x264-params", "cpu-independent=1");
    if (const int code = avcodec_open2(&context, nullptr, options.address()); code < 0)
        return encodingError(QStringLiteral("The video encoder cannot be started"), code);
    if (av_dict_count(options.get()) != 0)
        return encodingError(QStringLiteral("This FFmpeg's libx264 lacks an option that Doorveil needs."));

    m_frame->format = context.pix_fmt;
    m_frame->width = context.width;
    m_frame->height = context.height;
    if (const int code = av_frame_get_buffer(m_frame.get(), 0); code < 0)
        return encodingError(QStringLiteral("The video encoder cannot be started"), code);
    m_frame->color_range = context.color_range;
    m_frame->interlaced_frame = m_fieldOrder != base::FieldOrder::Progressive ? 1 : 0;
    m_frame->top_field_first = m_fieldOrder == base::FieldOrder::TopFirst ? 1 : 0;
    return {};
}

base::Result<void> VideoEncoder::openFilter()
{
    const QString what = QStringLiteral("The video encoder cannot be started");
    const AVBitStreamFilter *filter = av_bsf_get_by_name("filter_units");
    AVBSFContext *context = nullptr;
    if (filter == nullptr || av_bsf_alloc(filter, &context) < 0)
        return encodingError(QStringLiteral("This FFmpeg has no filter_units bitstream filter."));
    m_filter.reset(context);
    int code = avcodec_parameters_from_context(m_filter->par_in, m_context.get());
    m_filter->time_base_in = m_context->time_base;
    // SEI units (6) carry x264's version and options, and could carry anything. Field order, which one of them names
    // too, follows from the fields' picture order counts.
    if (code >= 0)
        code = av_opt_set(m_filter->priv_data, "remove_types", "6", 0);
    if (code >= 0)
        code = av_bsf_init(m_filter.get());
    if (code < 0)
        return encodingError(what, code);
    return {};
}

base::Result<void> VideoEncoder::accept(std::int64_t pts, std::int64_t duration)
{
    if (m_lastPts < 0 && pts != 0)
        return encodingError(QStringLiteral("The first frame of an export has to be at time 0."));
    if (m_lastPts >= 0 && pts <= m_lastPts)
        return encodingError(QStringLiteral("The frames of an export have to be in order of time."));
    if (pts - std::max<std::int64_t>(m_lastPts, 0) > longestGap || duration > longestGap)
        return encodingError(
            QStringLiteral("A frame is shown for longer than an MP4 file with the clip's fine time base can hold."));
    if (m_lastPts >= 0)
        m_durations[m_lastPts] = pts - m_lastPts;
    // Unknown: as long as the frame before it, and a lone frame for a 25th of a second.
    const std::int64_t assumed = m_lastPts >= 0 ? pts - m_lastPts : std::max(m_clock.timeScale / 25, 1);
    m_lastDuration = duration > 0 ? duration : assumed;
    m_lastPts = pts;
    m_decodingTimes.push_back(pts);
    return {};
}

/// For the next frame.
base::Result<void> VideoEncoder::markEven(const std::vector<base::Rectangle> &areas)
{
    av_frame_remove_side_data(m_frame.get(), AV_FRAME_DATA_REGIONS_OF_INTEREST);
    if (areas.empty() || m_crf <= coarsestEvenCrf)
        return {};
    AVFrameSideData *data = av_frame_new_side_data(m_frame.get(), AV_FRAME_DATA_REGIONS_OF_INTEREST,
                                                   areas.size() * sizeof(AVRegionOfInterest));
    if (data == nullptr)
        return encodingError(QStringLiteral("A frame cannot be encoded"), AVERROR(ENOMEM));
    auto *regions = reinterpret_cast<AVRegionOfInterest *>(data->data);
    for (const base::Rectangle &area : areas) {
        // A quantiser's step is a 51st of the range, as is one of CRF.
        *regions++ = {sizeof(AVRegionOfInterest),           area.y, area.bottom(), area.x, area.right(),
                      {coarsestEvenCrf - m_crf, highestCrf}};
    }
    return {};
}

base::Result<void> VideoEncoder::encode(const base::VideoFrame &frame, const std::vector<base::Rectangle> &evenAreas,
                                        const PacketSink &sink)
{
    if (frame.isNull() || frame.storedSize() != m_storedSize)
        return encodingError(QStringLiteral("A frame of an export does not have the clip's size."));
    const base::Result<std::int64_t> pts = m_clock.toTrack(frame.pts);
    const base::Result<std::int64_t> duration = m_clock.toTrack(frame.duration);
    if (!pts)
        return pts.error();
    if (!duration)
        return duration.error();
    if (const base::Result<void> accepted = accept(*pts, *duration); !accepted)
        return accepted;
    if (const int code = av_frame_make_writable(m_frame.get()); code < 0)
        return encodingError(QStringLiteral("A frame cannot be encoded"), code);
    convertPicture(frame, m_fieldOrder, *m_frame);
    if (const base::Result<void> marked = markEven(evenAreas); !marked)
        return marked;
    m_frame->pts = *pts;
    return drain(m_frame.get(), sink);
}

base::Result<void> VideoEncoder::finish(const PacketSink &sink)
{
    m_finishing = true;
    if (m_lastPts >= 0)
        m_durations[m_lastPts] = m_lastDuration;
    return drain(nullptr, sink);
}

base::Result<void> VideoEncoder::drain(const AVFrame *frame, const PacketSink &sink)
{
    const QString what = QStringLiteral("A frame cannot be encoded");
    int code = avcodec_send_frame(m_context.get(), frame);
    if (code < 0)
        return encodingError(what, code);
    while ((code = avcodec_receive_packet(m_context.get(), m_packet.get())) >= 0) {
        if (const base::Result<void> filtered = filterPacket(m_packet.get()); !filtered)
            return filtered;
    }
    if (code != AVERROR(EAGAIN) && code != AVERROR_EOF)
        return encodingError(what, code);
    return deliver(sink);
}

base::Result<void> VideoEncoder::filterPacket(AVPacket *packet)
{
    const QString what = QStringLiteral("An encoded frame cannot be cleaned");
    if (const int code = av_bsf_send_packet(m_filter.get(), packet); code < 0)
        return encodingError(what, code);
    PacketHandle clean(av_packet_alloc());
    if (!clean)
        return encodingError(what, AVERROR(ENOMEM));
    // One packet in is one packet out in this filter; a frame that gave none would be lost.
    if (const int code = av_bsf_receive_packet(m_filter.get(), clean.get()); code < 0)
        return encodingError(what, code);
    m_ready.push_back(std::move(clean));
    return {};
}

base::Result<void> VideoEncoder::deliver(const PacketSink &sink)
{
    while (!m_ready.empty()) {
        AVPacket &packet = *m_ready.front();
        const auto duration = m_durations.find(packet.pts);
        if (duration == m_durations.end())
            return {}; // the next frame is not known yet
        if (m_decodingTimes.empty())
            return encodingError(QStringLiteral("The video encoder gave more frames than it was given."));
        // The n-th packet is decoded when the n-th frame is shown: strictly rising, beginning at 0, and the track's
        // length is exactly the time the frames are shown, whatever the frame rate does.
        packet.dts = m_decodingTimes.front() - decodingLead;
        const bool isLast = m_finishing && m_decodingTimes.size() == 1;
        packet.duration = isLast ? m_lastDuration : duration->second;
        const std::int64_t offset = packet.pts - m_decodingTimes.front();
        if (offset > longestGap || offset < -decodingLead)
            return encodingError(QStringLiteral("Frames are shown for longer than an MP4 file can hold."));
        m_decodingTimes.pop_front();
        m_durations.erase(duration);
        if (const base::Result<void> taken = sink(packet); !taken)
            return taken;
        m_ready.pop_front();
    }
    return {};
}

} // namespace doorveil::encode
