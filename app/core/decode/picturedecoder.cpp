// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/picturedecoder_p.h"

#include "decode/limits_p.h"
#include "decode/probe_p.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace doorveil::decode {

namespace {

constexpr int maximumDrainErrors = 1000;
// An MPEG-4 packet of this size only says "no new picture": a placeholder of packed streams.
constexpr int mpeg4PlaceholderBytes = 16;

// FFmpeg conceals what is damaged out of what each of its threads decoded last, and a thread may copy from a picture
// that another one is still repairing: with more than one, the pictures of a damaged clip and the marks of damage
// differ from run to run. Only dav1d's pictures do not depend on threads. Detection, in the process beside, takes far
// longer than decoding.
int threadsFor(AVCodecID codec, int wanted)
{
    constexpr int fixed = 1;
    return codec == AV_CODEC_ID_AV1 ? std::clamp(wanted, 1, maximumThreads) : fixed;
}

QString brokenContainer()
{
    return QStringLiteral("the file is damaged or incomplete here");
}

// RFC 6386 section 9.1: bit 4 of the first byte is show_frame.
bool isHiddenVp8(const AVPacket &packet)
{
    return (packet.data[0] & 0x10) == 0;
}

// VP9 bitstream specification, 6.2 (uncompressed header) and annex B (superframes, whose last byte begins with 110).
bool isHiddenVp9(const AVPacket &packet)
{
    const unsigned first = packet.data[0];
    const unsigned last = packet.data[packet.size - 1];
    const bool isSuperframe = (last & 0xe0) == 0xc0;
    const bool isProfile3 = (first & 0x30) == 0x30;
    if (isSuperframe || isProfile3)
        return false;
    const bool showExistingFrame = (first & 0x08) != 0;
    const bool showFrame = (first & 0x02) != 0;
    return !showExistingFrame && !showFrame;
}

} // namespace

PictureDecoder::PictureDecoder(std::unique_ptr<Demuxer> demuxer, int streamIndex, LossList &losses)
    : m_demuxer(std::move(demuxer)), m_streamIndex(streamIndex), m_losses(losses)
{
}

base::Result<std::unique_ptr<PictureDecoder>> PictureDecoder::open(std::unique_ptr<Demuxer> demuxer, int streamIndex,
                                                                   int threads, LossList &losses)
{
    std::unique_ptr<PictureDecoder> decoder(new PictureDecoder(std::move(demuxer), streamIndex, losses));
    if (const auto opened = decoder->openDecoder(threads); !opened)
        return opened.error();
    return decoder;
}

base::Result<void> PictureDecoder::openDecoder(int threads)
{
    const AVCodecParameters *parameters = stream()->codecpar;
    const AVCodec *codec = allowedDecoder(parameters);
    m_packet.reset(av_packet_alloc());
    if (codec != nullptr)
        m_decoder.reset(avcodec_alloc_context3(codec));
    if (!m_packet || !m_decoder || avcodec_parameters_to_context(m_decoder.get(), parameters) < 0)
        return notOpenable(QStringLiteral("Its video cannot be set up for decoding."));

    m_decoder->pkt_timebase = stream()->time_base;
    m_decoder->max_pixels = maximumPixels;
    m_decoder->thread_count = threadsFor(codec->id, threads);
    // Slice threads switch off H.264's concealment of errors.
    m_decoder->thread_type = FF_THREAD_FRAME;
    // Broken pictures are wanted, marked. Crops at odd places are taken exactly.
    m_decoder->flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT | AV_CODEC_FLAG_UNALIGNED;
    if (const int opened = avcodec_open2(m_decoder.get(), codec, nullptr); opened < 0) {
        return notOpenable(QStringLiteral("Its video (%1) cannot be decoded: %2.")
                               .arg(QString::fromUtf8(codec->name), errorText(opened)));
    }

    if (codec->id == AV_CODEC_ID_H264 || codec->id == AV_CODEC_ID_MPEG2VIDEO) {
        m_fieldParser.reset(av_parser_init(codec->id));
        m_fieldParserContext.reset(avcodec_alloc_context3(codec));
        if (!m_fieldParser || !m_fieldParserContext
            || avcodec_parameters_to_context(m_fieldParserContext.get(), parameters) < 0)
            return notOpenable(QStringLiteral("Its video cannot be set up for decoding."));
        m_fieldParser->flags |= PARSER_FLAG_COMPLETE_FRAMES;
    }

    constexpr AVRational usualRate{25, 1};
    const AVRational known = frameRateOf(*m_demuxer, m_streamIndex);
    const AVRational rate = known.num > 0 ? known : usualRate;
    const AVRational timeBase = stream()->time_base;
    m_frameDuration = std::max<std::int64_t>(1, av_rescale_q(1, av_inv_q(rate), timeBase));
    m_timeline = Timeline(m_frameDuration, std::max<std::int64_t>(1, av_rescale_q(1, {1, 1}, timeBase)));
    m_hasOnlyDts = m_demuxer->hasOnlyDecodingTimes();
    m_demuxer->keepOnly(m_streamIndex);
    return {};
}

std::optional<DecodedPicture> PictureDecoder::next()
{
    while (!m_landingBroken) {
        FramePointer picture(av_frame_alloc());
        if (!picture)
            return std::nullopt;
        const int result = avcodec_receive_frame(m_decoder.get(), picture.get());
        if (result == 0) {
            if (auto accepted = accept(std::move(picture)))
                return accepted;
            continue;
        }
        if (result == AVERROR_EOF || (m_draining && m_drainErrors > maximumDrainErrors)) {
            noteLostPackets(true);
            if (m_draining && m_demuxer->isCutShort() && !endsEarly())
                m_losses.add(m_lastPts + m_frameDuration, QStringLiteral("the file ends before its own end: what "
                                                                         "follows is missing"));
            return std::nullopt;
        }
        if (result != AVERROR(EAGAIN))
            noteDecoderError();
        if (m_draining)
            ++m_drainErrors;
        else
            feed();
    }
    // The key packet does not restore the picture at once (a gradual refresh): what follows cannot be trusted.
    return std::nullopt;
}

void PictureDecoder::feed()
{
    while (true) {
        switch (m_demuxer->read(m_packet.get())) {
        case Demuxer::ReadResult::End:
            noteMissingTail();
            m_draining = true;
            avcodec_send_packet(m_decoder.get(), nullptr);
            return;
        case Demuxer::ReadResult::Damaged:
            noteBrokenContainer();
            continue;
        case Demuxer::ReadResult::Packet:
            break;
        }
        if (!m_keySeen && (m_packet->flags & AV_PKT_FLAG_KEY) == 0)
            continue;
        sendPacket();
        return;
    }
}

void PictureDecoder::sendPacket()
{
    PacketRecord record;
    record.pts = m_packet->pts;
    record.dts = m_packet->dts;
    record.duration = m_packet->duration;
    record.isKey = (m_packet->flags & AV_PKT_FLAG_KEY) != 0;
    record.isDamaged = (m_packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
    const bool secondField = isSecondField();
    record.isShown = (m_packet->flags & AV_PKT_FLAG_DISCARD) == 0;
    record.expectsPicture = record.isShown && !secondField && !hasHiddenPicture();
    if (m_hasOnlyDts)
        record.pts = noPts;
    if (!m_keySeen) {
        m_keySeen = true;
        m_startPts = m_hasOnlyDts ? record.dts : record.pts;
    }
    // Pictures before the key picture of a seek are not wanted, and not missed.
    if (m_startPts != noPts && record.pts != noPts && record.pts < m_startPts)
        record.expectsPicture = false;
    rememberSent(record);
    record = m_ledger.sent(record);
    m_lastSerial = record.serial;

    m_decoder->reordered_opaque = record.serial;
    const int result = avcodec_send_packet(m_decoder.get(), m_packet.get());
    av_packet_unref(m_packet.get());
    if (result < 0 && result != AVERROR(EAGAIN))
        noteDecoderError();
    noteLostPackets(false);
}

void PictureDecoder::noteDecoderError()
{
    // These two report one result a packet, behind by the pictures that the threads hold. The others split or join
    // packets on the way, and mark concealed pictures themselves.
    const bool oneResultPerPacket = m_decoder->codec_id == AV_CODEC_ID_H264 || m_decoder->codec_id == AV_CODEC_ID_HEVC;
    if (!oneResultPerPacket || m_draining)
        return;
    const bool threaded = (m_decoder->active_thread_type & FF_THREAD_FRAME) != 0;
    const std::int64_t heldBack = threaded ? m_decoder->thread_count - 1 : 0;
    if (m_lastSerial > heldBack)
        m_ledger.markDamaged(m_lastSerial - heldBack);
}

void PictureDecoder::noteBrokenContainer()
{
    if (!m_containerBroken && !endsEarly())
        m_losses.add(m_lastPts + m_frameDuration, brokenContainer());
    m_containerBroken = true;
}

bool PictureDecoder::endsEarly() const
{
    const int entries = avformat_index_get_entries_count(stream());
    const AVIndexEntry *last = entries > 0 ? avformat_index_get_entry(stream(), entries - 1) : nullptr;
    return last != nullptr && m_demuxer->fileSize() >= 0 && last->pos >= m_demuxer->fileSize();
}

void PictureDecoder::noteMissingTail()
{
    if (!endsEarly() || m_sent.firstDts == noPts || m_sent.leastPts == noPts)
        return;
    // The index knows decoding times only. The times shown are the same ones, later by the reordering: those that the
    // last packets already have are taken out, the others are missing.
    const std::int64_t shift = m_sent.leastPts - m_sent.firstDts;
    std::set<std::int64_t> missing;
    const int entries = avformat_index_get_entries_count(stream());
    int present = 0;
    while (present < entries && avformat_index_get_entry(stream(), present)->pos < m_demuxer->fileSize())
        ++present;
    for (int index = std::max(0, present - int(m_sent.latestPts.size())); index < entries; ++index) {
        const AVIndexEntry *entry = avformat_index_get_entry(stream(), index);
        if ((entry->flags & AVINDEX_DISCARD_FRAME) == 0)
            missing.insert(entry->timestamp + shift);
    }
    for (const std::int64_t pts : m_sent.latestPts) {
        auto nearest = missing.lower_bound(pts);
        if (nearest == missing.end() || (nearest != missing.begin() && *nearest - pts > pts - *std::prev(nearest)))
            nearest = nearest == missing.begin() ? nearest : std::prev(nearest);
        if (nearest != missing.end())
            missing.erase(nearest);
    }
    for (const std::int64_t pts : missing)
        m_losses.add(pts, QStringLiteral("the file ends before this picture"));
}

void PictureDecoder::rememberSent(const PacketRecord &record)
{
    if (!record.isShown)
        return;
    if (m_sent.firstDts == noPts)
        m_sent.firstDts = record.dts;
    if (record.pts == noPts)
        return;
    m_sent.leastPts = m_sent.leastPts == noPts ? record.pts : std::min(m_sent.leastPts, record.pts);
    m_sent.latestPts.push_back(record.pts);
    if (m_sent.latestPts.size() > std::size_t(PacketLedger::patience))
        m_sent.latestPts.pop_front();
}

void PictureDecoder::noteLostPackets(bool atEnd)
{
    for (const PacketRecord &record : m_ledger.takeLost(atEnd)) {
        if (m_startPts != noPts && record.pts != noPts && record.pts < m_startPts)
            continue; // pictures before the key picture of a seek are not wanted, and not lost
        m_losses.add(record.pts != noPts ? record.pts : m_lastPts, QStringLiteral("this picture could not be decoded"));
    }
}

void PictureDecoder::noteRule(Timeline::Rule rule, std::int64_t pts)
{
    if (rule == Timeline::Rule::Kept)
        return;
    m_dependsOnHistory = true;
    if (rule == Timeline::Rule::Moved)
        m_losses.add(pts, QStringLiteral("the file gives this picture no time of its own: shown one tick after the "
                                         "previous one"));
    else if (rule == Timeline::Rule::Restarted)
        m_losses.add(pts, QStringLiteral("the file's clock jumps back here: continued without a gap"));
}

bool PictureDecoder::hasHiddenPicture() const
{
    switch (m_decoder->codec_id) {
    case AV_CODEC_ID_VP8:
        return isHiddenVp8(*m_packet);
    case AV_CODEC_ID_VP9:
        return isHiddenVp9(*m_packet);
    case AV_CODEC_ID_MPEG4:
        return m_packet->size <= mpeg4PlaceholderBytes;
    default:
        return false;
    }
}

bool PictureDecoder::isSecondField()
{
    if (!m_fieldParser)
        return false;
    std::uint8_t *output = nullptr;
    int outputSize = 0;
    av_parser_parse2(m_fieldParser.get(), m_fieldParserContext.get(), &output, &outputSize, m_packet->data,
                     m_packet->size, m_packet->pts, m_packet->dts, m_packet->pos);
    const AVPictureStructure structure = m_fieldParser->picture_structure;
    const bool isField = structure == AV_PICTURE_STRUCTURE_TOP_FIELD || structure == AV_PICTURE_STRUCTURE_BOTTOM_FIELD;
    // A packet with both fields names the first one, so the same parity comes again and again.
    const bool isSecond = isField && m_firstField != AV_PICTURE_STRUCTURE_UNKNOWN && structure != m_firstField;
    m_firstField = isField && !isSecond ? structure : AV_PICTURE_STRUCTURE_UNKNOWN;
    return isSecond;
}

std::optional<std::int64_t> PictureDecoder::containerPts(const AVFrame &picture)
{
    if (m_demuxer->isRawStream()) {
        const AVRational rate = frameRateOf(*m_demuxer, m_streamIndex);
        return av_rescale_q(m_picturesShown, av_inv_q(rate), stream()->time_base);
    }
    if (!m_hasOnlyDts && picture.pts != noPts)
        return picture.pts;
    const bool isReordered = m_decoder->has_b_frames > 0;
    const std::optional<PacketRecord> record = m_ledger.find(picture.reordered_opaque);
    if (m_hasOnlyDts && !isReordered && record && record->dts != noPts) {
        m_ledger.takeDtsUpTo(record->dts);
        return record->dts;
    }
    m_dependsOnHistory = true;
    return m_ledger.takeEarliestDts();
}

std::optional<DecodedPicture> PictureDecoder::accept(FramePointer picture)
{
    const std::optional<std::int64_t> given = containerPts(*picture);
    const std::int64_t serial = picture->reordered_opaque;
    const bool isBroken = (picture->flags & AV_FRAME_FLAG_CORRUPT) != 0;
    if (isBroken || picture->decode_error_flags != 0)
        m_ledger.markDamaged(serial);
    const auto arrival = m_ledger.arrived(serial, given.value_or(noPts));
    const bool isWanted = (picture->flags & AV_FRAME_FLAG_DISCARD) == 0 && (!arrival || arrival->record.isShown);
    if (!isWanted)
        return std::nullopt;
    if (m_startPts != noPts && given && *given < m_startPts)
        return std::nullopt;
    if (isBroken && !m_hasGoodPicture) {
        m_landingBroken = m_landingBroken || m_startPts != noPts;
        if (m_startPts == noPts && given)
            m_losses.add(*given, QStringLiteral("the pictures that this one is built from are not in the file"));
        return std::nullopt;
    }
    if (picture->width > maximumSide || picture->height > maximumSide) {
        m_losses.add(given.value_or(m_lastPts), QStringLiteral("this picture is too large"));
        return std::nullopt;
    }
    m_hasGoodPicture = true;

    const Timeline::Assigned assigned = m_timeline.assign(given);
    noteRule(assigned.rule, assigned.pts);
    m_lastPts = assigned.pts;
    ++m_picturesShown;

    DecodedPicture decoded;
    decoded.pts = assigned.pts;
    const std::int64_t duration = arrival ? arrival->record.duration : 0;
    decoded.ownDuration = duration > 0 ? duration : m_frameDuration;
    decoded.damaged = isBroken || picture->decode_error_flags != 0 || (arrival && arrival->damaged);
    decoded.picture = std::move(picture);
    return decoded;
}

bool PictureDecoder::seekBackward(std::int64_t ticks)
{
    if (m_demuxer->isRawStream() || !m_demuxer->seekBackward(m_streamIndex, ticks))
        return false;
    avcodec_flush_buffers(m_decoder.get());
    m_ledger.clear();
    m_timeline.restart();
    m_sent.latestPts.clear();
    m_firstField = AV_PICTURE_STRUCTURE_UNKNOWN;
    m_draining = false;
    m_drainErrors = 0;
    m_landingBroken = false;
    m_hasGoodPicture = false;
    m_keySeen = false;
    m_startPts = noPts;
    return true;
}

} // namespace doorveil::decode
