// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/demuxer_p.h"

#include "decode/containerend_p.h"
#include "decode/limits_p.h"

#include <array>
#include <cerrno>
#include <string>
#include <vector>

extern "C" {
#include <libavutil/avstring.h>
}

namespace doorveil::decode {

namespace {

// A container can be broken in many places in a row; more than this and there is nothing behind it.
constexpr int maximumErrorsInARow = 1000;
constexpr int probeScoreNeeded = AVPROBE_SCORE_RETRY / 2;

QString supportedContainers()
{
    return QStringLiteral("MP4, MOV, MKV, WebM, AVI, MPEG-TS and raw H.264");
}

// FFmpeg asks for a callback without a va_list of ours: nothing of a clip may reach a terminal or a log.
void silence(void * /*context*/, int /*level*/, const char * /*format*/, va_list /*arguments*/) { }

// Containers can name other files (references, playlists). None is ever opened.
int refuseToOpen(AVFormatContext * /*context*/, AVIOContext ** /*io*/, const char * /*url*/, int /*flags*/,
                 AVDictionary ** /*options*/)
{
    return AVERROR(EPERM);
}

/// An AVDictionary while it is filled.
class Options
{
public:
    Options() = default;
    Options(const Options &) = delete;
    Options &operator=(const Options &) = delete;
    ~Options() { av_dict_free(&m_dictionary); }
    void set(const char *key, const char *value) { av_dict_set(&m_dictionary, key, value, 0); }
    void set(const char *key, std::int64_t value) { av_dict_set_int(&m_dictionary, key, value, 0); }
    [[nodiscard]] AVDictionary **address() { return &m_dictionary; }

private:
    AVDictionary *m_dictionary = nullptr;
};

std::string allowedDecoders()
{
    return std::string(allowedVideoDecoders) + ',' + allowedAudioDecoders;
}

// Playlists are text and point at other files; they get an answer of their own.
bool looksLikePlaylist(const QByteArray &head)
{
    QByteArray text = head;
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    text = text.trimmed().left(512).toLower();
    static constexpr std::array<const char *, 6> starts{"#extm3u", "ffconcat", "[playlist]", "<mpd", "<smil", "<asx"};
    for (const char *start : starts) {
        if (text.startsWith(start))
            return true;
    }
    return text.startsWith("<?xml") && (text.contains("<mpd") || text.contains("<smil") || text.contains("<playlist"));
}

bool isPlaylistFormat(const AVInputFormat *format)
{
    return av_match_name(format->name, "hls,concat,dash,imf,webm_dash_manifest,sdp,rtsp") > 0;
}

QString sizeRefusal(int width, int height)
{
    return QStringLiteral("Its picture is %1 × %2 pixels; the most that is opened is %3 a side and %4 million in all.")
        .arg(width)
        .arg(height)
        .arg(maximumSide)
        .arg(maximumPixels / 1'000'000);
}

} // namespace

base::Error notOpenable(const QString &message, const QString &failureClass)
{
    return {base::ErrorKind::InputNotOpenable, message, failureClass};
}

QString missingSize()
{
    return QStringLiteral("Its header gives the picture no size (0 × 0), and no picture of it decodes.");
}

base::Result<std::unique_ptr<Demuxer>> Demuxer::open(int descriptor)
{
    av_log_set_callback(&silence);
    av_max_alloc(maximumAllocation);

    std::unique_ptr<Demuxer> demuxer(new Demuxer(descriptor));
    const auto format = demuxer->recognise();
    if (!format)
        return format.error();
    if (const auto opened = demuxer->openContainer(*format); !opened)
        return opened.error();
    if (const auto analysed = demuxer->analyse(); !analysed)
        return analysed.error();
    return demuxer;
}

base::Result<const AVInputFormat *> Demuxer::recognise()
{
    if (m_io.context() == nullptr)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("There is not enough memory to open the clip.")};
    const QByteArray head = m_io.bytesAt(0, 4096);
    if (head.isEmpty())
        return notOpenable(QStringLiteral("The file is empty."));
    if (looksLikePlaylist(head)) {
        return notOpenable(QStringLiteral("It is a playlist that points at other files, not a clip. "
                                          "Give the clip itself."));
    }

    const AVInputFormat *format = nullptr;
    const int score = av_probe_input_buffer2(m_io.context(), &format, "", nullptr, 0, 1 << 20);
    if (score < probeScoreNeeded || format == nullptr) {
        return notOpenable(QStringLiteral("It is not a video in a supported container (%1), or its beginning is "
                                          "damaged.")
                               .arg(supportedContainers()));
    }
    if (isPlaylistFormat(format)) {
        return notOpenable(QStringLiteral("It is a playlist that points at other files, not a clip. "
                                          "Give the clip itself."));
    }
    if (av_match_list(format->name, allowedContainers, ',') <= 0) {
        return notOpenable(QStringLiteral("It looks like “%1”, which is not a supported container (%2).")
                               .arg(QString::fromUtf8(format->name), supportedContainers()));
    }
    return format;
}

base::Result<void> Demuxer::openContainer(const AVInputFormat *format)
{
    AVFormatContext *context = avformat_alloc_context();
    if (context == nullptr)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("There is not enough memory to open the clip.")};
    context->pb = m_io.context();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    context->io_open = &refuseToOpen;

    Options options;
    options.set("protocol_whitelist", "");
    options.set("format_whitelist", allowedContainers);
    options.set("codec_whitelist", allowedDecoders().c_str());
    options.set("probesize", probeBytes);
    options.set("analyzeduration", probeMicroseconds);
    options.set("max_streams", std::int64_t(maximumStreamsRead));
    options.set("enable_drefs", "0");
    options.set("use_absolute_path", "0");
    const int opened = avformat_open_input(&context, "", format, options.address()); // frees the context on failure
    if (opened < 0) {
        if (opened == AVERROR(ENOMEM)) {
            return notOpenable(QStringLiteral("Its header asks for more streams or more memory than is allowed (at "
                                              "most %1 streams).")
                                   .arg(maximumStreams));
        }
        return notOpenable(QStringLiteral("It is recognised as “%1”, but its header cannot be read (%2): the file is "
                                          "incomplete or damaged.")
                               .arg(QString::fromUtf8(format->name), errorText(opened)));
    }
    m_context.reset(context);
    return {};
}

base::Result<void> Demuxer::analyse()
{
    if (auto checked = checkLimits(); !checked)
        return checked;

    std::vector<AVDictionary *> streamOptions(m_context->nb_streams, nullptr);
    for (AVDictionary *&dictionary : streamOptions)
        av_dict_set_int(&dictionary, "max_pixels", maximumPixels, 0);
    const int found = avformat_find_stream_info(m_context.get(), streamOptions.data());
    for (AVDictionary *&dictionary : streamOptions)
        av_dict_free(&dictionary);
    if (found < 0) {
        if (hasPictureWithoutSize())
            return notOpenable(missingSize());
        return notOpenable(QStringLiteral("Its streams cannot be read (%1): the file is incomplete or damaged.")
                               .arg(errorText(found)));
    }
    return checkLimits();
}

bool Demuxer::hasPictureWithoutSize() const
{
    for (int index = 0; index < streamCount(); ++index) {
        const AVCodecParameters *parameters = stream(index)->codecpar;
        if (parameters->codec_type == AVMEDIA_TYPE_VIDEO && (parameters->width <= 0 || parameters->height <= 0))
            return true;
    }
    return false;
}

base::Result<void> Demuxer::checkLimits() const
{
    if (m_context->nb_streams > unsigned(maximumStreams)) {
        return notOpenable(
            QStringLiteral("It has %1 streams; at most %2 are opened.").arg(m_context->nb_streams).arg(maximumStreams));
    }
    for (unsigned index = 0; index < m_context->nb_streams; ++index) {
        const AVCodecParameters *parameters = m_context->streams[index]->codecpar;
        if (parameters->codec_type != AVMEDIA_TYPE_VIDEO)
            continue;
        const int width = parameters->width;
        const int height = parameters->height;
        if (width < 0 || height < 0 || width > maximumSide || height > maximumSide
            || std::int64_t(width) * height > maximumPixels)
            return notOpenable(sizeRefusal(width, height));
    }
    return {};
}

bool Demuxer::isRawStream() const
{
    return av_match_name("h264", m_context->iformat->name) > 0;
}

bool Demuxer::hasOnlyDecodingTimes() const
{
    return av_match_name("avi", m_context->iformat->name) > 0;
}

bool Demuxer::isCutShort() const
{
    return endsBeforeItsEnd(m_io);
}

void Demuxer::keepOnly(int streamIndex)
{
    m_keptStream = streamIndex;
    for (int index = 0; index < streamCount(); ++index)
        stream(index)->discard = index == streamIndex ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

Demuxer::ReadResult Demuxer::read(AVPacket *packet)
{
    while (true) {
        av_packet_unref(packet);
        const int result = av_read_frame(m_context.get(), packet);
        if (result == AVERROR_EOF)
            return ReadResult::End;
        if (result < 0) {
            if (++m_errorsInARow > maximumErrorsInARow)
                return ReadResult::End;
            return ReadResult::Damaged;
        }
        m_errorsInARow = 0;
        // A packet without bytes would tell the decoder that the stream ends.
        if (packet->stream_index == m_keptStream && packet->size > 0)
            return ReadResult::Packet;
    }
}

bool Demuxer::seekBackward(int streamIndex, std::int64_t ticks)
{
    m_errorsInARow = 0;
    return av_seek_frame(m_context.get(), streamIndex, ticks, AVSEEK_FLAG_BACKWARD) >= 0;
}

} // namespace doorveil::decode
