// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptedworker.h"

#include <array>
#include <sys/socket.h>

namespace doorveil::testing {

using namespace isolation;

namespace {

class NoProcess final : public WorkerHandle
{
public:
    explicit NoProcess(std::shared_ptr<bool> killed) : m_killed(std::move(killed)) { }
    void kill() override { *m_killed = true; }
    WorkerEnd waitForEnd(std::chrono::milliseconds) override { return {WorkerEnd::Kind::Exited, 0, {}}; }

private:
    std::shared_ptr<bool> m_killed;
};

} // namespace

ScriptedWorker::ScriptedWorker(const std::vector<QByteArray> &packets, SessionLimits limits)
{
    std::array<int, 2> sockets{-1, -1};
    auto ring = FrameRing::create();
    if (!ring || ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        qFatal("no session");
    base::FileDescriptor hostEnd(sockets[0]);
    m_workerEnd = base::FileDescriptor(sockets[1]);
    for (const QByteArray &packet : packets)
        static_cast<void>(
            ::send(m_workerEnd.get(), packet.constData(), std::size_t(packet.size()), MSG_NOSIGNAL | MSG_DONTWAIT));
    ::shutdown(m_workerEnd.get(), SHUT_WR); // the host sees the end after the last packet
    m_clip = std::make_unique<WorkerClip>(std::make_unique<NoProcess>(m_killed), std::move(hostEnd), std::move(*ring),
                                          limits);
}

base::ClipInfo scriptedInfo()
{
    base::ClipInfo info;
    info.container = QStringLiteral("mov");
    info.videoStreamIndex = 0;
    info.videoCodec = QStringLiteral("h264");
    info.storedSize = {32, 16};
    info.audioStreams = {{1, QStringLiteral("aac"), 48000, 2, {}, true}};
    info.defaultAudioStream = 0;
    info.tags = {{QStringLiteral("container"), QStringLiteral("title"), QStringLiteral("x")}};
    return info;
}

std::vector<QByteArray> honestOpening()
{
    HelloMessage hello;
    hello.systemCallFilter = true;
    std::vector<QByteArray> packets{encode(hello)};
    for (const QByteArray &part : encodeInfo(scriptedInfo()))
        packets.push_back(part);
    return packets;
}

FrameMessage honestFrame(std::uint32_t slot, std::int64_t pts)
{
    const base::ClipInfo info = scriptedInfo();
    FrameMessage frame;
    frame.slot = slot;
    frame.size = info.storedSize;
    frame.layout = info.layout;
    frame.pts = pts;
    frame.duration = 10;
    return frame;
}

QByteArray honestAudio(std::uint32_t generation, std::int64_t pts)
{
    const std::vector<float> samples(256, 0.25F);
    return encodeAudio(generation, pts, 48000, 2, samples);
}

} // namespace doorveil::testing
