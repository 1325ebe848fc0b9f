// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "decode/demuxer_p.h"
#include "decode/losslist_p.h"
#include "decode/packetledger_p.h"
#include "decode/timeline_p.h"

#include <deque>
#include <memory>
#include <optional>

namespace doorveil::decode {

/// A shown picture as the decoder gives it, with its final pts.
struct DecodedPicture
{
    FramePointer picture;
    std::int64_t pts = 0;
    std::int64_t ownDuration = 0; ///< what the container says of it; at least 1
    bool damaged = false;
};

/// Decodes the shown pictures of one video stream in display order from the start of a container or from a key
/// packet. Owns the container.
class PictureDecoder
{
public:
    /// `losses` outlives the decoder. Errors: InputNotOpenable.
    [[nodiscard]] static base::Result<std::unique_ptr<PictureDecoder>>
    open(std::unique_ptr<Demuxer> demuxer, int streamIndex, int threads, LossList &losses);

    /// The next picture; nothing at the end.
    [[nodiscard]] std::optional<DecodedPicture> next();

    /// Goes on from a key packet at or before `ticks` as the container's index says; the first picture after it can
    /// still be later than `ticks`, and next() gives
    /// nothing where the picture is not whole at the key packet. False where the container cannot: then open it again.
    [[nodiscard]] bool seekBackward(std::int64_t ticks);

    /// Whether pts here depend on what was decoded before (missing, repeated or jumping), so that only a decode from
    /// the start gives them.
    [[nodiscard]] bool dependsOnHistory() const { return m_dependsOnHistory; }

    [[nodiscard]] const Demuxer &demuxer() const { return *m_demuxer; }

private:
    PictureDecoder(std::unique_ptr<Demuxer> demuxer, int streamIndex, LossList &losses);
    [[nodiscard]] base::Result<void> openDecoder(int threads);
    void feed();
    void sendPacket();
    void noteDecoderError();
    void noteBrokenContainer();
    void noteMissingTail();
    void rememberSent(const PacketRecord &record);
    void noteLostPackets(bool atEnd);
    void noteRule(Timeline::Rule rule, std::int64_t pts);
    [[nodiscard]] bool endsEarly() const;
    [[nodiscard]] bool hasHiddenPicture() const;
    [[nodiscard]] bool isSecondField();
    [[nodiscard]] std::optional<DecodedPicture> accept(FramePointer picture);
    [[nodiscard]] std::optional<std::int64_t> containerPts(const AVFrame &picture);
    [[nodiscard]] AVStream *stream() const { return m_demuxer->stream(m_streamIndex); }

    std::unique_ptr<Demuxer> m_demuxer;
    int m_streamIndex;
    LossList &m_losses;
    ParserPointer m_fieldParser; // only for codecs that may put the two fields of a picture into two packets
    CodecContextPointer m_fieldParserContext;
    AVPictureStructure m_firstField = AV_PICTURE_STRUCTURE_UNKNOWN; // whose second field is due
    PacketPointer m_packet;
    PacketLedger m_ledger;
    Timeline m_timeline;
    std::int64_t m_frameDuration = 1;
    std::int64_t m_picturesShown = 0;
    std::int64_t m_lastSerial = 0;
    std::int64_t m_lastPts = 0;
    struct Sent
    {
        std::int64_t firstDts = noPts;
        std::int64_t leastPts = noPts;
        std::deque<std::int64_t> latestPts; // in decoding order
    };
    Sent m_sent; // of shown pictures: what an index that goes on behind the end of the file is compared with
    std::int64_t m_startPts = noPts; // after a seek: of the key packet; nothing before it is wanted
    bool m_keySeen = true; // false from a seek to its key packet
    bool m_hasGoodPicture = false;
    bool m_landingBroken = false; // after a seek: the key packet's picture is not whole
    bool m_hasOnlyDts = false;
    bool m_draining = false;
    bool m_containerBroken = false;
    bool m_dependsOnHistory = false;
    int m_drainErrors = 0;
    CodecContextPointer m_decoder; // last: it goes first
};

} // namespace doorveil::decode
