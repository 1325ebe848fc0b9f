// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/clipdecoder.h"

#include "decode/frameconverter_p.h"
#include "decode/losslist_p.h"
#include "decode/picturedecoder_p.h"
#include "decode/pictureformat_p.h"
#include "decode/probe_p.h"
#include "decode/sounddecoder_p.h"

#include <algorithm>
#include <new>

namespace doorveil::decode {

namespace {

base::Error outOfMemory()
{
    return {base::ErrorKind::Failure, QStringLiteral("There is not enough memory to decode the clip.")};
}

std::int64_t soundPosition(std::int64_t ticks, base::Rational timeBase, int sampleRate)
{
    constexpr std::int64_t farthest = std::int64_t(1) << 50; // samples: centuries
    const AVRational from{int(timeBase.numerator), int(timeBase.denominator)};
    const std::int64_t position = av_rescale_q(ticks, from, {1, sampleRate}); // the least number where it overflows
    if (position == noPts)
        return ticks > 0 ? farthest : -farthest;
    return std::clamp(position, -farthest, farthest);
}

class ClipDecoder final : public base::FrameSource
{
public:
    ClipDecoder(int descriptor, const base::FrameSourceOptions &options) : m_descriptor(descriptor), m_options(options)
    {
    }

    [[nodiscard]] base::Result<void> open();

    [[nodiscard]] const base::ClipInfo &info() const override { return m_info; }
    [[nodiscard]] base::Result<std::optional<base::VideoFrame>> nextFrame() override;
    [[nodiscard]] base::Result<void> seek(std::int64_t ticks) override;
    [[nodiscard]] base::Result<std::optional<base::AudioBlock>> nextAudio() override;
    [[nodiscard]] std::vector<base::Loss> losses() const override { return m_losses.all(); }

private:
    [[nodiscard]] base::Result<void> openVideo(std::unique_ptr<Demuxer> demuxer);
    [[nodiscard]] base::Result<void> openSound();
    [[nodiscard]] base::Result<void> restart();
    void refineInfo(const AVFrame &picture);
    [[nodiscard]] std::optional<base::VideoFrame> deliver(const DecodedPicture &picture, std::int64_t duration);
    [[nodiscard]] base::Result<void> seekVideo(std::int64_t ticks);
    [[nodiscard]] bool landBefore(std::int64_t ticks);
    void skipTo(std::int64_t ticks);

    int m_descriptor;
    base::FrameSourceOptions m_options;
    base::ClipInfo m_info;
    LossList m_losses;
    FrameConverter m_converter;
    std::unique_ptr<PictureDecoder> m_pictures;
    std::unique_ptr<SoundDecoder> m_sound;
    std::optional<DecodedPicture> m_current; // the one nextFrame() gives next
    std::optional<DecodedPicture> m_ahead; // the one after it, whose pts ends the current one
    bool m_dependsOnHistory = false;
    base::Size m_lastPictureSize;
};

base::Result<void> ClipDecoder::open()
{
    auto demuxer = Demuxer::open(m_descriptor);
    if (!demuxer)
        return demuxer.error();
    auto info = describe(**demuxer);
    if (!info)
        return info.error();
    m_info = std::move(*info);
    if (m_options.video) {
        if (auto opened = openVideo(std::move(*demuxer)); !opened)
            return opened;
    }
    return m_options.audioStream >= 0 ? openSound() : base::Result<void>();
}

base::Result<void> ClipDecoder::openVideo(std::unique_ptr<Demuxer> demuxer)
{
    auto pictures = PictureDecoder::open(std::move(demuxer), m_info.videoStreamIndex, m_options.threads, m_losses);
    if (!pictures)
        return pictures.error();
    m_pictures = std::move(*pictures);
    m_current = m_pictures->next();
    if (m_current) {
        refineInfo(*m_current->picture);
        m_ahead = m_pictures->next();
    }
    if (m_info.storedSize.isEmpty())
        return notOpenable(missingSize());
    m_converter = FrameConverter(m_info.storedSize, m_info.layout, m_options.frameMemory);
    m_lastPictureSize = m_info.storedSize;
    return {};
}

base::Result<void> ClipDecoder::openSound()
{
    if (m_options.audioStream >= int(m_info.audioStreams.size()))
        return base::Error{base::ErrorKind::Usage, QStringLiteral("The clip has no sound track of that number.")};
    auto sound = SoundDecoder::open(m_descriptor, m_info.audioStreams[std::size_t(m_options.audioStream)]);
    if (!sound)
        return sound.error();
    m_sound = std::move(*sound);
    return {};
}

// What the first picture says is true; headers are often silent or wrong.
void ClipDecoder::refineInfo(const AVFrame &picture)
{
    const auto format = AVPixelFormat(picture.format);
    m_info.storedSize = {picture.width, picture.height};
    m_info.layout = layoutFor(format);
    m_info.colour = colourOf(picture);
    m_info.fieldOrder = fieldOrderOf(picture);
    if (!isNative(format)) {
        m_info.assumptions.append(QStringLiteral("The samples (%1) are converted to %2 for covering and export.")
                                      .arg(QString::fromUtf8(av_get_pix_fmt_name(format)),
                                           QString::fromUtf8(av_get_pix_fmt_name(pixelFormatOf(m_info.layout)))));
    }
}

base::Result<std::optional<base::VideoFrame>> ClipDecoder::nextFrame()
try {
    while (m_current) {
        const DecodedPicture picture = std::move(*m_current);
        m_current = std::move(m_ahead);
        m_ahead = m_current ? m_pictures->next() : std::nullopt;
        m_dependsOnHistory = m_dependsOnHistory || m_pictures->dependsOnHistory();
        auto frame = deliver(picture, m_current ? m_current->pts - picture.pts : picture.ownDuration);
        if (frame)
            return frame;
        m_losses.add(picture.pts, QStringLiteral("this picture could not be converted"));
    }
    return std::optional<base::VideoFrame>();
} catch (const std::bad_alloc &) {
    return outOfMemory();
}

std::optional<base::VideoFrame> ClipDecoder::deliver(const DecodedPicture &picture, std::int64_t duration)
{
    const base::Size size{picture.picture->width, picture.picture->height};
    if (size != m_lastPictureSize) {
        m_lastPictureSize = size;
        if (m_converter.changesSize(*picture.picture)) {
            m_losses.add(picture.pts,
                         QStringLiteral("the picture changes to %1 × %2 here: scaled to the size of the first one")
                             .arg(size.width)
                             .arg(size.height));
        }
    }
    auto frame = m_converter.convert(*picture.picture);
    if (!frame)
        return std::nullopt;
    frame->pts = picture.pts;
    frame->duration = duration;
    frame->orientation = m_info.orientation;
    frame->damaged = picture.damaged;
    return frame;
}

base::Result<void> ClipDecoder::restart()
{
    m_current.reset();
    m_ahead.reset();
    m_pictures.reset();
    auto demuxer = Demuxer::open(m_descriptor);
    if (!demuxer)
        return demuxer.error();
    auto pictures = PictureDecoder::open(std::move(*demuxer), m_info.videoStreamIndex, m_options.threads, m_losses);
    if (!pictures)
        return pictures.error();
    m_pictures = std::move(*pictures);
    m_current = m_pictures->next();
    m_ahead = m_current ? m_pictures->next() : std::nullopt;
    return {};
}

bool ClipDecoder::landBefore(std::int64_t ticks)
{
    // Containers seek by decoding times, and roughly: where the landing is late, try earlier, further each time.
    constexpr int attempts = 6;
    const std::int64_t second = std::max<std::int64_t>(1, base::rescale(1, {1, 1}, m_info.timeBase));
    std::int64_t step = second;
    std::int64_t wanted = ticks;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        if (!m_pictures->seekBackward(wanted))
            return false;
        m_current = m_pictures->next();
        if (m_pictures->dependsOnHistory())
            return false;
        if (m_current && m_current->pts <= ticks) {
            m_ahead = m_pictures->next();
            return true;
        }
        if (__builtin_sub_overflow(wanted, step, &wanted))
            return false;
        step *= 2;
    }
    return false;
}

void ClipDecoder::skipTo(std::int64_t ticks)
{
    while (m_ahead && m_ahead->pts <= ticks) {
        if (m_options.stillWorking)
            m_options.stillWorking();
        m_current = std::move(m_ahead);
        m_ahead = m_pictures->next();
    }
}

base::Result<void> ClipDecoder::seekVideo(std::int64_t ticks)
{
    m_dependsOnHistory = m_dependsOnHistory || m_pictures->dependsOnHistory();
    const std::int64_t second = std::max<std::int64_t>(1, base::rescale(1, {1, 1}, m_info.timeBase));
    const bool isShortlyAhead = m_current && m_current->pts <= ticks && ticks - m_current->pts <= second;
    if (!isShortlyAhead && (m_dependsOnHistory || !landBefore(ticks))) {
        if (auto restarted = restart(); !restarted)
            return restarted;
    }
    skipTo(ticks);
    return {};
}

base::Result<void> ClipDecoder::seek(std::int64_t wanted)
try {
    constexpr std::int64_t farthest = std::int64_t(1) << 60; // sums stay far from overflowing
    const std::int64_t ticks = std::clamp(wanted, -farthest, farthest);
    if (m_pictures) {
        if (auto sought = seekVideo(ticks); !sought)
            return sought;
    }
    if (m_sound) {
        const int rate = m_info.audioStreams[std::size_t(m_options.audioStream)].sampleRate;
        m_sound->seek(soundPosition(ticks, m_info.timeBase, rate));
    }
    return {};
} catch (const std::bad_alloc &) {
    return outOfMemory();
}

base::Result<std::optional<base::AudioBlock>> ClipDecoder::nextAudio()
try {
    if (!m_sound)
        return std::optional<base::AudioBlock>();
    return m_sound->next();
} catch (const std::bad_alloc &) {
    return outOfMemory();
}

} // namespace

base::Result<std::unique_ptr<base::FrameSource>> openClip(int descriptor, const base::FrameSourceOptions &options)
try {
    auto clip = std::make_unique<ClipDecoder>(descriptor, options);
    if (const auto opened = clip->open(); !opened)
        return opened.error();
    return std::unique_ptr<base::FrameSource>(std::move(clip));
} catch (const std::bad_alloc &) {
    return outOfMemory();
}

} // namespace doorveil::decode
