// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/framesource.h"
#include "isolation/framering.h"
#include "isolation/protocol.h"
#include "isolation/workerhandle.h"

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace doorveil::isolation {

struct SessionLimits
{
    /// Wall clock without any message while one is awaited, after which the worker is killed.
    std::chrono::milliseconds answer{10'000};
    /// Signs of life, one a second, that prolong one seek: a long damaged clip is decoded from its beginning.
    int seekProgress = 300;
    /// Frames a clip may give between two seeks: no format stores a frame in less than a byte, so the size of the file.
    std::int64_t frames = maximumTicks;
    std::size_t ringBytes = std::size_t(256) << 20; ///< where three slots fit in it
    bool acceptUnconfined = false; ///< sanitizer builds and the controls of tests only
};

/// The host's end of one session: a FrameSource whose frames come from a worker. Everything received is checked; the
/// first message that breaks the protocol kills the worker, and every later call gives the same error.
class WorkerClip final : public base::FrameSource
{
public:
    WorkerClip(std::unique_ptr<WorkerHandle> worker, base::FileDescriptor socket, FrameRing ring,
               const SessionLimits &limits);
    ~WorkerClip() override;

    /// Waits for the worker's first message. Nothing of a clip has been read by then.
    [[nodiscard]] base::Result<HelloMessage> greet();
    /// Opens the clip and sets up the ring.
    [[nodiscard]] base::Result<void> open(const base::FrameSourceOptions &options);

    [[nodiscard]] const base::ClipInfo &info() const override { return m_info; }
    [[nodiscard]] base::Result<std::optional<base::VideoFrame>> nextFrame() override;
    [[nodiscard]] base::Result<void> seek(std::int64_t ticks) override;
    [[nodiscard]] base::Result<std::optional<base::AudioBlock>> nextAudio() override;
    [[nodiscard]] std::vector<base::Loss> losses() const override { return m_losses; }

private:
    enum class State { Greeting, Opening, Starting, Running };

    /// What the worker has decoded ahead, in the order it was sent.
    struct PendingVideo
    {
        std::optional<FrameMessage> frame;
        std::optional<base::Loss> loss;
    };
    struct Stream
    {
        bool ended = false;
        std::optional<base::Error> error;
        std::optional<std::int64_t> lastPts;
        std::int64_t count = 0;
    };

    struct SoundFormat
    {
        int sampleRate = 0; ///< 0 until the first block
        int channels = 0;
    };

    [[nodiscard]] base::Result<void> pump();
    [[nodiscard]] base::Result<void> awaitReadable();
    [[nodiscard]] base::Result<void> send(const QByteArray &message);
    [[nodiscard]] base::Error broken(const base::Error &error);
    [[nodiscard]] base::Error misbehaved(const QString &what);
    [[nodiscard]] base::Error workerGone();

    [[nodiscard]] base::Result<void> handle(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleOpening(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleRunning(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleFrame(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleAudio(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleEnd(const SplitMessage &message);
    [[nodiscard]] base::Result<void> handleInfo(const SplitMessage &message);
    [[nodiscard]] base::Result<void> startRing();
    [[nodiscard]] base::VideoFrame copyOut(const FrameMessage &message) const;
    void restartStreams();
    void noteLoss(const base::Loss &loss);

    std::unique_ptr<WorkerHandle> m_worker;
    base::FileDescriptor m_socket;
    FrameRing m_ring;
    SessionLimits m_limits;
    State m_state = State::Greeting;
    std::optional<base::Error> m_broken;
    HelloMessage m_hello;
    base::FrameSourceOptions m_options;
    QByteArray m_infoContent;
    base::ClipInfo m_info;
    std::optional<base::Error> m_openFailure;

    std::uint32_t m_generation = 0;
    bool m_seeking = false;
    int m_progressCount = 0;
    std::optional<base::Error> m_seekFailure;
    Stream m_video;
    Stream m_audio;
    SoundFormat m_soundFormat; ///< of the first block: it never changes within a clip
    std::deque<PendingVideo> m_pendingVideo;
    std::deque<base::AudioBlock> m_pendingAudio;
    std::array<bool, maximumSlots> m_slotHeld{};
    std::vector<base::Loss> m_losses; ///< in the order of their times
    std::vector<std::byte> m_packet;
};

} // namespace doorveil::isolation
