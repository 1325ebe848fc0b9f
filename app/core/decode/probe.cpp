// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/probe_p.h"

#include "decode/limits_p.h"
#include "decode/pictureformat_p.h"
#include "decode/tags_p.h"

#include <algorithm>

extern "C" {
#include <libavutil/avstring.h>
}

namespace doorveil::decode {

namespace {

bool isPicture(const AVStream *stream)
{
    return (stream->disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0;
}

bool isFilm(const AVStream *stream)
{
    return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO && !isPicture(stream);
}

std::int64_t areaOf(const AVStream *stream)
{
    return std::int64_t(stream->codecpar->width) * stream->codecpar->height;
}

// As players choose: FFmpeg's best stream, which in files of several videos is the one of the higher rate, unless
// that is a cover picture or one that cannot be decoded here.
base::Result<int> chooseVideo(const Demuxer &demuxer)
{
    const int best = av_find_best_stream(demuxer.context(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (best >= 0 && isFilm(demuxer.stream(best)) && allowedDecoder(demuxer.stream(best)->codecpar) != nullptr)
        return best;

    int chosen = -1;
    int refused = -1;
    for (int index = 0; index < demuxer.streamCount(); ++index) {
        const AVStream *stream = demuxer.stream(index);
        if (!isFilm(stream))
            continue;
        if (allowedDecoder(stream->codecpar) == nullptr)
            refused = index;
        else if (chosen < 0 || areaOf(stream) > areaOf(demuxer.stream(chosen)))
            chosen = index;
    }
    if (chosen >= 0)
        return chosen;
    if (refused >= 0) {
        return notOpenable(QStringLiteral("Its video is coded as “%1”, which is not supported (H.264, HEVC, VP8, VP9, "
                                          "AV1, MPEG-4, MPEG-2 and Motion JPEG are).")
                               .arg(QString::fromUtf8(avcodec_get_name(demuxer.stream(refused)->codecpar->codec_id))));
    }
    return notOpenable(QStringLiteral("It holds no video."));
}

base::Result<base::Orientation> readOrientation(const AVStream *stream)
{
    std::size_t size = 0;
    const std::uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (data == nullptr || size < 9 * sizeof(std::int32_t))
        return base::Orientation{};
    std::int32_t matrix[9];
    std::copy_n(data, sizeof matrix, reinterpret_cast<std::uint8_t *>(matrix));
    const auto orientation = orientationOf(matrix);
    if (!orientation) {
        return notOpenable(QStringLiteral("Its picture is to be shown turned by an angle that is not a quarter turn, "
                                          "which is not supported."));
    }
    return *orientation;
}

base::FieldOrder fieldOrderOf(AVFieldOrder order)
{
    // The second letter is the field shown first.
    switch (order) {
    case AV_FIELD_TT:
    case AV_FIELD_BT:
        return base::FieldOrder::TopFirst;
    case AV_FIELD_BB:
    case AV_FIELD_TB:
        return base::FieldOrder::BottomFirst;
    default:
        return base::FieldOrder::Progressive;
    }
}

QString kindOf(const AVStream *stream)
{
    switch (stream->codecpar->codec_type) {
    case AVMEDIA_TYPE_VIDEO:
        return isPicture(stream) ? QStringLiteral("picture") : QStringLiteral("video");
    case AVMEDIA_TYPE_AUDIO:
        return QStringLiteral("audio");
    case AVMEDIA_TYPE_SUBTITLE:
        return QStringLiteral("subtitle");
    case AVMEDIA_TYPE_ATTACHMENT:
        return QStringLiteral("attachment");
    default:
        return QStringLiteral("data");
    }
}

bool isUsableSound(const AVCodecParameters *parameters)
{
    return parameters->codec_type == AVMEDIA_TYPE_AUDIO && allowedDecoder(parameters) != nullptr
           && parameters->sample_rate > 0 && parameters->sample_rate <= maximumSampleRate
           && parameters->ch_layout.nb_channels > 0 && parameters->ch_layout.nb_channels <= maximumChannels;
}

base::AudioStreamInfo describeSound(const AVStream *stream)
{
    base::AudioStreamInfo sound;
    sound.streamIndex = stream->index;
    sound.codec = QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id));
    sound.sampleRate = stream->codecpar->sample_rate;
    sound.channels = stream->codecpar->ch_layout.nb_channels;
    const AVDictionaryEntry *language = av_dict_get(stream->metadata, "language", nullptr, 0);
    if (language != nullptr)
        sound.language = cleanText(language->value, 16);
    return sound;
}

void describeOtherStreams(const Demuxer &demuxer, base::ClipInfo &info)
{
    for (int index = 0; index < demuxer.streamCount(); ++index) {
        const AVStream *stream = demuxer.stream(index);
        if (index == info.videoStreamIndex)
            continue;
        if (isUsableSound(stream->codecpar)) {
            info.audioStreams.push_back(describeSound(stream));
            continue;
        }
        info.otherStreams.push_back(
            {index, kindOf(stream), QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id))});
    }
    const int best = av_find_best_stream(demuxer.context(), AVMEDIA_TYPE_AUDIO, -1, info.videoStreamIndex, nullptr, 0);
    for (std::size_t index = 0; index < info.audioStreams.size(); ++index) {
        if (info.audioStreams[index].streamIndex == best)
            info.defaultAudioStream = int(index);
    }
    if (info.defaultAudioStream < 0 && !info.audioStreams.empty())
        info.defaultAudioStream = 0;
    if (info.defaultAudioStream >= 0)
        info.audioStreams[std::size_t(info.defaultAudioStream)].isDefault = true;
}

void describeTiming(const Demuxer &demuxer, base::ClipInfo &info)
{
    const AVStream *stream = demuxer.stream(info.videoStreamIndex);
    const AVRational rate = frameRateOf(demuxer, info.videoStreamIndex);
    info.timeBase = toRational(stream->time_base);
    info.averageFrameRate = toRational(rate);
    if (stream->duration > 0 && !demuxer.isRawStream())
        info.durationMilliseconds = av_rescale_q(stream->duration, stream->time_base, {1, 1000});
    else if (demuxer.context()->duration > 0 && !demuxer.isRawStream())
        info.durationMilliseconds = av_rescale_q(demuxer.context()->duration, {1, AV_TIME_BASE}, {1, 1000});
    info.durationMilliseconds = std::max<std::int64_t>(0, info.durationMilliseconds);
    if (stream->nb_frames > 0)
        info.frameCountEstimate = stream->nb_frames;
    else if (rate.num > 0)
        info.frameCountEstimate = av_rescale(info.durationMilliseconds, rate.num, std::int64_t(rate.den) * 1000);
    if (demuxer.isRawStream()) {
        info.assumptions.append(QStringLiteral("The file holds no timestamps: %1 frames a second are assumed.")
                                    .arg(av_q2d(rate), 0, 'g', 5));
    }
}

void describePicture(const Demuxer &demuxer, base::ClipInfo &info)
{
    AVStream *stream = demuxer.stream(info.videoStreamIndex);
    const AVCodecParameters *parameters = stream->codecpar;
    const auto format = AVPixelFormat(parameters->format);
    info.videoCodec = QString::fromUtf8(avcodec_get_name(parameters->codec_id));
    info.storedSize = {parameters->width, parameters->height};
    const AVRational aspect = av_guess_sample_aspect_ratio(demuxer.context(), stream, nullptr);
    if (aspect.num > 0 && aspect.den > 0)
        info.sampleAspect = toRational(aspect);
    info.layout = layoutFor(format);
    info.colour = colourOf(format, parameters->height, parameters->color_primaries, parameters->color_trc,
                           parameters->color_space, parameters->color_range, parameters->chroma_location);
    info.fieldOrder = fieldOrderOf(parameters->field_order);
}

} // namespace

const AVCodec *allowedDecoder(const AVCodecParameters *parameters)
{
    const AVCodec *decoder = avcodec_find_decoder(parameters->codec_id);
    if (decoder == nullptr)
        return nullptr;
    const char *allowed = nullptr;
    if (parameters->codec_type == AVMEDIA_TYPE_VIDEO)
        allowed = allowedVideoDecoders;
    else if (parameters->codec_type == AVMEDIA_TYPE_AUDIO)
        allowed = allowedAudioDecoders;
    return allowed != nullptr && av_match_list(decoder->name, allowed, ',') > 0 ? decoder : nullptr;
}

AVRational frameRateOf(const Demuxer &demuxer, int streamIndex)
{
    constexpr double fastestBelievable = 1000;
    AVStream *stream = demuxer.stream(streamIndex);
    const auto believable = [](AVRational rate) {
        return rate.num > 0 && rate.den > 0 && av_q2d(rate) <= fastestBelievable;
    };
    if (believable(stream->avg_frame_rate))
        return stream->avg_frame_rate;
    const AVRational guess = av_guess_frame_rate(demuxer.context(), stream, nullptr);
    if (believable(guess))
        return guess;
    return demuxer.isRawStream() ? AVRational{25, 1} : AVRational{0, 1};
}

base::Result<base::ClipInfo> describe(const Demuxer &demuxer)
{
    const auto video = chooseVideo(demuxer);
    if (!video)
        return video.error();
    const auto orientation = readOrientation(demuxer.stream(*video));
    if (!orientation)
        return orientation.error();

    base::ClipInfo info;
    info.container = QString::fromUtf8(demuxer.context()->iformat->name);
    info.videoStreamIndex = *video;
    info.orientation = *orientation;
    describePicture(demuxer, info);
    describeTiming(demuxer, info);
    describeOtherStreams(demuxer, info);
    info.tags = readTags(demuxer.context());
    return info;
}

} // namespace doorveil::decode
