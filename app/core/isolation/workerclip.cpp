// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/workerclip.h"

#include "base/blockingwork.h"
#include "base/log.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>

namespace doorveil::isolation {

namespace {

constexpr std::uint32_t minimumSlots = 3;
constexpr std::size_t pageBytes = 4096;

} // namespace

WorkerClip::WorkerClip(std::unique_ptr<WorkerHandle> worker, base::FileDescriptor socket, FrameRing ring,
                       const SessionLimits &limits)
    : m_worker(std::move(worker)),
      m_socket(std::move(socket)),
      m_ring(std::move(ring)),
      m_limits(limits),
      m_packet(maximumMessageBytes + 1)
{
}

WorkerClip::~WorkerClip() = default;

base::Result<HelloMessage> WorkerClip::greet()
{
    while (m_state == State::Greeting) {
        if (const auto received = pump(); !received)
            return received.error();
    }
    return m_hello;
}

base::Result<void> WorkerClip::open(const base::FrameSourceOptions &options)
{
    m_options = options;
    m_options.threads = std::clamp(options.threads, 1, 16);
    OpenMessage request;
    request.video = m_options.video;
    request.audioStream = std::clamp(m_options.audioStream, -1, 1000);
    request.threads = m_options.threads;
    if (const auto sent = send(encode(request)); !sent)
        return sent.error();
    while (m_state == State::Opening && !m_openFailure) {
        if (const auto received = pump(); !received)
            return received.error();
    }
    if (m_openFailure)
        return broken(*m_openFailure);
    return startRing();
}

base::Result<void> WorkerClip::startRing()
{
    StartMessage start;
    if (m_options.video) {
        const std::size_t slotBytes =
            (frameBytes(m_info.storedSize, m_info.layout) + pageBytes - 1) / pageBytes * pageBytes;
        start.slotCount = std::uint32_t(
            std::clamp<std::size_t>(m_limits.ringBytes / slotBytes, minimumSlots, std::size_t(maximumSlots)));
        start.slotBytes = std::int64_t(slotBytes);
        if (const auto allocated = m_ring.allocate(start.slotCount, slotBytes); !allocated)
            return broken(allocated.error());
    }
    m_state = State::Running;
    return send(encode(start));
}

base::Result<std::optional<base::VideoFrame>> WorkerClip::nextFrame()
{
    base::enterBlockingWork(base::BlockingWork::Decoding);
    if (!m_options.video)
        return std::optional<base::VideoFrame>();
    while (true) {
        if (m_broken)
            return *m_broken;
        if (!m_pendingVideo.empty()) {
            const PendingVideo next = std::move(m_pendingVideo.front());
            m_pendingVideo.pop_front();
            if (next.loss) {
                noteLoss(*next.loss);
                continue;
            }
            std::optional<base::VideoFrame> frame = copyOut(*next.frame);
            m_slotHeld[next.frame->slot] = false;
            // A worker that is gone has still given this frame; the next call tells what became of it.
            if (const auto sent = send(encodeFrameCredit(next.frame->slot)); !sent)
                qCDebug(base::logIsolation) << "no credit returned:" << sent.error().message;
            return frame;
        }
        if (m_video.error)
            return *m_video.error;
        if (m_video.ended)
            return std::optional<base::VideoFrame>();
        if (const auto received = pump(); !received)
            return received.error();
    }
}

base::Result<std::optional<base::AudioBlock>> WorkerClip::nextAudio()
{
    base::enterBlockingWork(base::BlockingWork::Decoding);
    if (m_options.audioStream < 0)
        return std::optional<base::AudioBlock>();
    while (true) {
        if (m_broken)
            return *m_broken;
        if (!m_pendingAudio.empty()) {
            std::optional<base::AudioBlock> block = std::move(m_pendingAudio.front());
            m_pendingAudio.pop_front();
            if (const auto sent = send(encodeEmpty({MessageType::AudioCredit, 0})); !sent)
                qCDebug(base::logIsolation) << "no credit returned:" << sent.error().message;
            return block;
        }
        if (m_audio.error)
            return *m_audio.error;
        if (m_audio.ended)
            return std::optional<base::AudioBlock>();
        if (const auto received = pump(); !received)
            return received.error();
    }
}

base::Result<void> WorkerClip::seek(std::int64_t ticks)
{
    base::enterBlockingWork(base::BlockingWork::Decoding);
    if (m_broken)
        return *m_broken;
    restartStreams();
    ++m_generation;
    m_seeking = true;
    m_progressCount = 0;
    m_seekFailure.reset();
    if (const auto sent = send(encodeSeek(m_generation, std::clamp(ticks, -maximumTicks, maximumTicks))); !sent)
        return sent.error();
    while (m_seeking) {
        if (const auto received = pump(); !received)
            return received.error();
    }
    if (m_seekFailure)
        return *m_seekFailure;
    return {};
}

/// What was decoded ahead of a seek is not wanted any more; the losses seen on the way are still facts. The worker
/// frees its slots and its audio credits itself when the seek reaches it.
void WorkerClip::restartStreams()
{
    for (const PendingVideo &pending : m_pendingVideo) {
        if (pending.loss)
            noteLoss(*pending.loss);
    }
    m_pendingVideo.clear();
    m_pendingAudio.clear();
    m_slotHeld.fill(false);
    m_video = {};
    m_audio = {};
}

void WorkerClip::noteLoss(const base::Loss &loss)
{
    const auto place = std::upper_bound(m_losses.begin(), m_losses.end(), loss,
                                        [](const base::Loss &a, const base::Loss &b) { return a.pts < b.pts; });
    m_losses.insert(place, loss);
}

base::VideoFrame WorkerClip::copyOut(const FrameMessage &message) const
{
    base::VideoFrame frame(message.size, message.layout);
    const std::span<const std::byte> slot = m_ring.slot(message.slot);
    std::memcpy(frame.plane(0).data, slot.data(), frame.byteCount()); // planes follow each other without gaps
    frame.pts = message.pts;
    frame.duration = message.duration;
    frame.orientation = message.orientation;
    frame.colour = message.colour;
    frame.fieldOrder = message.fieldOrder;
    frame.damaged = message.damaged;
    return frame;
}

base::Result<void> WorkerClip::pump()
{
    if (m_broken)
        return *m_broken;
    if (const auto readable = awaitReadable(); !readable)
        return readable.error();
    const ssize_t length = ::recv(m_socket.get(), m_packet.data(), m_packet.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return {};
    if (length <= 0)
        return workerGone();
    if (std::size_t(length) > maximumMessageBytes)
        return misbehaved(QStringLiteral("a message is too long"));
    const auto message = splitMessage(std::span(m_packet).first(std::size_t(length)));
    if (!message)
        return misbehaved(QStringLiteral("a message is too short"));
    return handle(*message);
}

/// Counts the time in short slices, none for more than its length: a host that was itself stopped (Ctrl-Z, a
/// suspended machine) does not blame the worker.
base::Result<void> WorkerClip::awaitReadable()
{
    using Clock = std::chrono::steady_clock;
    constexpr std::chrono::milliseconds slice(250);
    std::chrono::milliseconds left = m_limits.answer;
    while (left.count() > 0) {
        pollfd entry{m_socket.get(), POLLIN, 0};
        const auto wanted = std::min(slice, left);
        const auto begin = Clock::now();
        const int ready = ::poll(&entry, 1, int(wanted.count()));
        if (ready > 0)
            return {};
        if (ready < 0 && errno != EINTR && errno != EAGAIN)
            return workerGone();
        const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
        left -= ready == 0 ? wanted : std::min(wanted, spent);
    }
    m_worker->kill();
    return broken({base::ErrorKind::Failure,
                   QStringLiteral("the decoder did not answer for %1 seconds and was stopped")
                       .arg(std::max<std::int64_t>(1, m_limits.answer.count() / 1000)),
                   QStringLiteral("decoder-hung")});
}

/// Never blocks: a worker that reads what it is sent always has room, because the host sends no more than the
/// worker's credits and one seek.
base::Result<void> WorkerClip::send(const QByteArray &message)
{
    if (m_broken)
        return *m_broken;
    while (true) {
        if (::send(m_socket.get(), message.constData(), std::size_t(message.size()), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
            return {};
        if (errno == EINTR)
            continue;
        if (errno == EAGAIN)
            return misbehaved(QStringLiteral("it does not read its messages"));
        // It has ended; what it sent before may still lie in the socket and is read first.
        return {};
    }
}

base::Error WorkerClip::broken(const base::Error &error)
{
    m_worker->kill();
    m_pendingVideo.clear();
    m_pendingAudio.clear();
    m_broken = error;
    return error;
}

base::Error WorkerClip::misbehaved(const QString &what)
{
    return broken({base::ErrorKind::Failure,
                   QStringLiteral("the decoder sent something that cannot be true (%1) and was stopped").arg(what),
                   QStringLiteral("decoder-misbehaved")});
}

base::Error WorkerClip::workerGone()
{
    constexpr std::chrono::milliseconds patience(2000);
    const WorkerEnd end = m_worker->waitForEnd(patience);
    if (!end.errorOutput.isEmpty())
        qCDebug(base::logIsolation) << "worker:" << end.errorOutput;
    const auto failure = [this](const QString &message, const QString &failureClass) {
        return broken({base::ErrorKind::Failure, message, failureClass});
    };
    const QString crashed = QStringLiteral("decoder-crashed");
    if (end.kind == WorkerEnd::Kind::Signalled && end.code == SIGSYS)
        return failure(QStringLiteral("the decoder asked the system for something it may not do and was stopped "
                                      "(signal %1, system call filter)")
                           .arg(end.code),
                       QStringLiteral("decoder-blocked"));
    if (end.kind == WorkerEnd::Kind::Signalled)
        return failure(QStringLiteral("the decoder crashed (signal %1)").arg(end.code), crashed);
    if (end.kind == WorkerEnd::Kind::StillRunning)
        return misbehaved(QStringLiteral("it hung up and went on running"));
    if (end.code == exitNotConfined)
        return failure(QStringLiteral("clips cannot be decoded safely on this system: %1")
                           .arg(QString::fromUtf8(end.errorOutput.left(300)).simplified()),
                       QStringLiteral("not-confined"));
    if (end.code == exitOutOfMemory)
        return failure(QStringLiteral("the decoder needs more memory than it is allowed"),
                       QStringLiteral("decoder-out-of-memory"));
    return failure(QStringLiteral("the decoder ended unexpectedly (exit code %1)").arg(end.code), crashed);
}

} // namespace doorveil::isolation
