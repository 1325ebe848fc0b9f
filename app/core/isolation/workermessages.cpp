// SPDX-License-Identifier: GPL-3.0-or-later
// What the host does with each message of a worker, and which of them it does not believe.
#include "isolation/workerclip.h"

namespace doorveil::isolation {

namespace {
constexpr std::size_t maximumLosses = 100'000;
/// Sound frames a byte of a file may give: more than the densest packets of the formats read here (FLAC: a silent
/// block of 65535 frames in about ten bytes).
constexpr std::int64_t soundFramesPerByte = 65536;
} // namespace

base::Result<void> WorkerClip::handle(const SplitMessage &message)
{
    if (m_state == State::Greeting) {
        const auto hello = message.header.type == MessageType::Hello ? decodeHello(message.body) : std::nullopt;
        if (!hello)
            return misbehaved(QStringLiteral("a greeting"));
        if (hello->version != protocolVersion)
            return broken({base::ErrorKind::Failure,
                           QStringLiteral("the decoder program belongs to another version: reinstall Doorveil"),
                           {}});
        if (!hello->systemCallFilter && !m_limits.acceptUnconfined)
            return broken({base::ErrorKind::Failure,
                           QStringLiteral("clips cannot be decoded safely on this system: the decoder runs without "
                                          "its system call filter"),
                           QStringLiteral("not-confined")});
        m_hello = *hello;
        m_state = State::Opening;
        return {};
    }
    if (m_state == State::Opening)
        return handleOpening(message);
    return handleRunning(message);
}

base::Result<void> WorkerClip::handleOpening(const SplitMessage &message)
{
    if (message.header.type == MessageType::Info)
        return handleInfo(message);
    if (message.header.type != MessageType::Failure)
        return misbehaved(QStringLiteral("an answer that fits no question"));
    const auto failure = decodeFailure(message.body);
    if (!failure)
        return misbehaved(QStringLiteral("a reason for a failure"));
    m_openFailure = *failure;
    return {};
}

base::Result<void> WorkerClip::handleInfo(const SplitMessage &message)
{
    const auto part = decodeInfoPart(message.body);
    if (!part || std::size_t(m_infoContent.size()) + part->content.size() > maximumInfoBytes)
        return misbehaved(QStringLiteral("the clip's description"));
    m_infoContent.append(reinterpret_cast<const char *>(part->content.data()), qsizetype(part->content.size()));
    if (!part->last) {
        // A part that is not the last is full, so that parts without end cannot keep the host here.
        if (part->content.size() != maximumPartBytes)
            return misbehaved(QStringLiteral("the clip's description"));
        return {};
    }
    const auto info = decodeInfo(std::as_bytes(std::span(m_infoContent.constData(), std::size_t(m_infoContent.size()))),
                                 m_options.video);
    m_infoContent.clear();
    if (!info || m_options.audioStream >= int(info->audioStreams.size()))
        return misbehaved(QStringLiteral("the clip's description"));
    m_info = *info;
    m_state = State::Starting;
    return {};
}

base::Result<void> WorkerClip::handleRunning(const SplitMessage &message)
{
    if (m_state != State::Running || message.header.generation > m_generation)
        return misbehaved(QStringLiteral("an answer that fits no question"));
    switch (message.header.type) {
    case MessageType::Frame:
        return handleFrame(message);
    case MessageType::Audio:
        return handleAudio(message);
    case MessageType::Loss: {
        const auto loss = decodeLoss(message.body);
        if (!loss || m_losses.size() + m_pendingVideo.size() > maximumLosses)
            return misbehaved(QStringLiteral("a lost packet"));
        m_pendingVideo.push_back({std::nullopt, *loss});
        return {};
    }
    case MessageType::Progress:
        if (!message.body.empty() || !m_seeking || ++m_progressCount > m_limits.seekProgress)
            return misbehaved(QStringLiteral("a search that does not end"));
        return {};
    default:
        return handleEnd(message);
    }
}

base::Result<void> WorkerClip::handleFrame(const SplitMessage &message)
{
    const auto frame = decodeFrame(message.body);
    if (!frame || !m_options.video || frame->slot >= m_ring.slotCount() || frame->size != m_info.storedSize
        || frame->layout != m_info.layout || frame->orientation != m_info.orientation)
        return misbehaved(QStringLiteral("a frame's description"));
    if (message.header.generation != m_generation)
        return {}; // from before the seek; the worker has taken its slot back
    if (m_seeking || m_video.ended || m_slotHeld[frame->slot])
        return misbehaved(QStringLiteral("a frame nobody has room for"));
    if (m_video.lastPts && frame->pts <= *m_video.lastPts)
        return misbehaved(QStringLiteral("a frame's time"));
    if (++m_video.count > m_limits.frames)
        return misbehaved(QStringLiteral("more frames than the file can hold"));
    m_video.lastPts = frame->pts;
    m_slotHeld[frame->slot] = true;
    m_pendingVideo.push_back({*frame, std::nullopt});
    return {};
}

base::Result<void> WorkerClip::handleAudio(const SplitMessage &message)
{
    auto block = decodeAudio(message.body);
    if (!block || m_options.audioStream < 0)
        return misbehaved(QStringLiteral("a block of sound"));
    if (message.header.generation != m_generation)
        return {};
    if (m_soundFormat.sampleRate == 0)
        m_soundFormat = {block->sampleRate, block->channels};
    if (m_seeking || m_audio.ended || m_pendingAudio.size() >= audioCredits
        || block->sampleRate != m_soundFormat.sampleRate || block->channels != m_soundFormat.channels)
        return misbehaved(QStringLiteral("a block of sound"));
    if (m_audio.lastPts && block->pts <= *m_audio.lastPts)
        return misbehaved(QStringLiteral("a sound's time"));
    m_audio.count += block->frameCount();
    if (m_audio.count / soundFramesPerByte > m_limits.frames)
        return misbehaved(QStringLiteral("more sound than the file can hold"));
    m_audio.lastPts = block->pts;
    m_pendingAudio.push_back(std::move(*block));
    return {};
}

base::Result<void> WorkerClip::handleEnd(const SplitMessage &message)
{
    const MessageType type = message.header.type;
    const bool carriesReason =
        type == MessageType::VideoFailure || type == MessageType::AudioFailure || type == MessageType::SeekFailure;
    const bool known =
        carriesReason || type == MessageType::VideoEnd || type == MessageType::AudioEnd || type == MessageType::Seeked;
    const auto reason = carriesReason ? decodeFailure(message.body) : std::nullopt;
    if (!known || carriesReason != reason.has_value() || (!carriesReason && !message.body.empty()))
        return misbehaved(QStringLiteral("an unknown message"));
    if (message.header.generation != m_generation)
        return {};
    const bool answersSeek = type == MessageType::Seeked || type == MessageType::SeekFailure;
    if (answersSeek != m_seeking)
        return misbehaved(QStringLiteral("an answer that fits no question"));
    if (answersSeek) {
        m_seeking = false;
        m_seekFailure = reason;
        return {};
    }
    Stream &stream = type == MessageType::VideoEnd || type == MessageType::VideoFailure ? m_video : m_audio;
    stream.ended = true;
    stream.error = reason;
    return {};
}

} // namespace doorveil::isolation
