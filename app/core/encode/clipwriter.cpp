// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/clipwriter.h"

#include "encode/audioencoder_p.h"
#include "encode/averror_p.h"
#include "encode/mp4muxer_p.h"
#include "encode/pictureconversion_p.h"
#include "encode/trackclock_p.h"
#include "encode/videoencoder_p.h"

#include "base/file.h"

#include <mutex>
#include <utility>

extern "C" {
#include <libavutil/log.h>
}

namespace doorveil::encode {

namespace {

class Mp4ClipWriter final : public ClipWriter
{
public:
    Mp4ClipWriter(int descriptor, base::Size storedSize, base::Size encodedSize, std::unique_ptr<VideoEncoder> video,
                  std::unique_ptr<AudioEncoder> audio, std::unique_ptr<Mp4Muxer> muxer)
        : m_descriptor(descriptor),
          m_video(std::move(video)),
          m_audio(std::move(audio)),
          m_muxer(std::move(muxer)),
          m_videoSink([this](AVPacket &packet) { return m_muxer->writeVideo(packet); }),
          m_audioSink([this](AVPacket &packet) { return m_muxer->writeAudio(packet); })
    {
        m_summary.encodedSize = encodedSize;
        m_summary.padded = encodedSize != storedSize;
    }

    base::Result<void> writeVideo(const base::VideoFrame &frame, const std::vector<base::Rectangle> &evenAreas) override
    {
        return guarded([&]() -> base::Result<void> {
            ++m_summary.frames;
            return m_video->encode(frame, evenAreas, m_videoSink);
        });
    }

    base::Result<void> writeAudio(const base::AudioBlock &block) override
    {
        return guarded([&]() -> base::Result<void> {
            if (!m_audio)
                return encodingError(QStringLiteral("This export has no sound track."));
            return m_audio->encode(block, m_audioSink);
        });
    }

    base::Result<EncodeSummary> finish() override
    {
        const base::Result<void> done = guarded([&]() -> base::Result<void> {
            if (m_summary.frames == 0)
                return encodingError(QStringLiteral("An export without a single frame is not written."));
            if (base::Result<void> flushed = m_video->finish(m_videoSink); !flushed)
                return flushed;
            if (m_audio) {
                if (base::Result<void> flushed = m_audio->finish(m_audioSink); !flushed)
                    return flushed;
            }
            return m_muxer->finish();
        });
        m_stopped = true;
        if (!done)
            return done.error();
        const base::Result<std::int64_t> size = base::sizeOf(m_descriptor);
        if (!size)
            return size.error();
        m_summary.bytes = *size;
        return m_summary;
    }

private:
    /// After the first error nothing more is written: the file is not going to be whole.
    template<typename Work> base::Result<void> guarded(const Work &work)
    {
        if (m_stopped)
            return encodingError(QStringLiteral("The export has ended already."));
        base::Result<void> done = work();
        m_stopped = !done;
        return done;
    }

    int m_descriptor;
    std::unique_ptr<VideoEncoder> m_video;
    std::unique_ptr<AudioEncoder> m_audio;
    std::unique_ptr<Mp4Muxer> m_muxer;
    PacketSink m_videoSink;
    PacketSink m_audioSink;
    EncodeSummary m_summary;
    bool m_stopped = false;
};

void quietenLibraries()
{
    // Errors reach the caller as results; FFmpeg's and x264's chatter would run into the program's own output.
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_PANIC); });
}

} // namespace

base::Result<std::unique_ptr<ClipWriter>> createClipWriter(int descriptor, const EncodeSettings &settings)
{
    quietenLibraries();
    // What is in the file beyond the export's end would stay in it.
    const base::Result<std::int64_t> size = base::sizeOf(descriptor);
    if (!size)
        return size.error();
    if (*size != 0)
        return encodingError(QStringLiteral("An export has to go into an empty file."));
    const base::Result<TrackClock> clock = TrackClock::fromTimeBase(settings.timeBase);
    if (!clock)
        return clock.error();
    const base::Size encodedSize = encodedSizeFor(settings.storedSize, settings.fieldOrder);
    base::Result<std::unique_ptr<VideoEncoder>> video = VideoEncoder::create(settings, encodedSize, *clock);
    if (!video)
        return video.error();
    std::unique_ptr<AudioEncoder> audio;
    if (settings.audio) {
        base::Result<std::unique_ptr<AudioEncoder>> created = AudioEncoder::create(*settings.audio);
        if (!created)
            return created.error();
        audio = *std::move(created);
    }
    base::Result<std::unique_ptr<Mp4Muxer>> muxer = Mp4Muxer::create(descriptor, settings, **video, audio.get());
    if (!muxer)
        return muxer.error();
    return std::unique_ptr<ClipWriter>(std::make_unique<Mp4ClipWriter>(
        descriptor, settings.storedSize, encodedSize, *std::move(video), std::move(audio), *std::move(muxer)));
}

} // namespace doorveil::encode
