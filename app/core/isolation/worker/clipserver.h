// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "isolation/protocol.h"
#include "isolation/worker/worker.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace doorveil::isolation::worker {

/// The worker's end of one session. One thread: it decodes ahead while there are free slots and credits, looks for
/// messages between two frames, and sleeps in recv() when there is nothing to do.
class ClipServer
{
public:
    explicit ClipServer(int socket);
    ~ClipServer();
    ClipServer(const ClipServer &) = delete;
    ClipServer &operator=(const ClipServer &) = delete;

    /// Returns the exit code when the host hangs up.
    [[nodiscard]] int run(const HelloMessage &hello, const SourceFactory &factory);

private:
    /// Thrown when the host has hung up or speaks another protocol: there is nobody left to tell.
    struct HostGone
    {
        int exitCode = 0;
    };

    void send(const QByteArray &message);
    [[nodiscard]] std::optional<SplitMessage> receive(bool wait);
    [[nodiscard]] SplitMessage expect(MessageType type);
    [[noreturn]] void waitForHangUp();

    void open(const SourceFactory &factory);
    void mapRing();
    [[noreturn]] void serve();
    void handle(const SplitMessage &message);
    void seek(const SplitMessage &message);
    [[nodiscard]] std::optional<std::uint32_t> freeSlot() const;
    [[nodiscard]] std::shared_ptr<std::byte[]> slotMemory(std::size_t bytes);
    void sendNextFrame(std::uint32_t slot);
    void sendNextAudio();
    void sendNewLosses();
    void sendProgress();

    int m_socket;
    std::unique_ptr<base::FrameSource> m_source;
    base::FrameSourceOptions m_options;
    std::byte *m_ring = nullptr;
    std::byte *m_target = nullptr; ///< the slot that the next frame goes to, while it is decoded
    std::size_t m_ringBytes = 0;
    std::size_t m_slotBytes = 0;
    std::uint32_t m_slotCount = 0;
    std::array<bool, maximumSlots> m_slotFree{};
    std::uint32_t m_audioCredits = 0;
    std::uint32_t m_generation = 0;
    bool m_seeking = false;
    std::chrono::steady_clock::time_point m_lastProgress;
    bool m_videoDone = true;
    bool m_audioDone = true;
    base::AudioBlock m_audioRest; ///< what did not fit into the last message
    std::set<std::pair<std::int64_t, QString>> m_lossesSent;
    std::vector<std::byte> m_packet;
};

} // namespace doorveil::isolation::worker
