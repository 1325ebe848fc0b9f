// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/worker/clipserver.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <new>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <utility>

namespace doorveil::isolation::worker {

ClipServer::ClipServer(int socket) : m_socket(socket), m_packet(maximumMessageBytes) { }

ClipServer::~ClipServer()
{
    if (m_ring != nullptr)
        ::munmap(m_ring, m_ringBytes);
}

int ClipServer::run(const HelloMessage &hello, const SourceFactory &factory)
{
    try {
        send(encode(hello));
        open(factory);
        mapRing();
        serve();
    } catch (const HostGone &gone) {
        return gone.exitCode;
    }
}

/// Waits where the socket is full: the host reads when it needs something.
void ClipServer::send(const QByteArray &message)
{
    while (::send(m_socket, message.constData(), std::size_t(message.size()), MSG_NOSIGNAL) < 0) {
        if (errno != EINTR)
            throw HostGone{};
    }
}

std::optional<SplitMessage> ClipServer::receive(bool wait)
{
    while (true) {
        const ssize_t length = ::recv(m_socket, m_packet.data(), m_packet.size(), wait ? 0 : MSG_DONTWAIT);
        if (length > 0) {
            const auto message = splitMessage(std::span(m_packet).first(std::size_t(length)));
            if (!message)
                throw HostGone{exitInternalError};
            return message;
        }
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0 && errno == EAGAIN && !wait)
            return std::nullopt;
        throw HostGone{};
    }
}

SplitMessage ClipServer::expect(MessageType type)
{
    const auto message = receive(true);
    if (!message || message->header.type != type)
        throw HostGone{exitInternalError};
    return *message;
}

/// An end with unread messages would take back what was sent before.
void ClipServer::waitForHangUp()
{
    while (true)
        static_cast<void>(receive(true));
}

void ClipServer::open(const SourceFactory &factory)
{
    const auto request = decodeOpen(expect(MessageType::Open).body);
    if (!request)
        throw HostGone{exitInternalError};
    m_options.video = request->video;
    m_options.audioStream = request->audioStream;
    m_options.threads = request->threads;
    m_options.stillWorking = [this] { sendProgress(); };
    m_options.frameMemory = [this](std::size_t bytes) { return slotMemory(bytes); };
    auto source = factory(clipDescriptor, m_options);
    if (!source) {
        send(encodeFailure({MessageType::Failure, 0}, source.error()));
        waitForHangUp();
    }
    m_source = std::move(*source);
    for (const QByteArray &part : encodeInfo(m_source->info()))
        send(part);
}

void ClipServer::mapRing()
{
    const auto start = decodeStart(expect(MessageType::Start).body);
    const base::ClipInfo &info = m_source->info();
    if (!start || (m_options.video && std::size_t(start->slotBytes) < frameBytes(info.storedSize, info.layout)))
        throw HostGone{exitInternalError};
    m_slotCount = start->slotCount;
    m_slotBytes = std::size_t(start->slotBytes);
    m_ringBytes = m_slotCount * m_slotBytes;
    if (m_ringBytes > 0) {
        void *mapping = ::mmap(nullptr, m_ringBytes, PROT_READ | PROT_WRITE, MAP_SHARED, ringDescriptor, 0);
        if (mapping == MAP_FAILED)
            throw std::bad_alloc();
        m_ring = static_cast<std::byte *>(mapping);
    }
    m_slotFree.fill(true);
    m_audioCredits = audioCredits;
    m_videoDone = !m_options.video;
    m_audioDone = m_options.audioStream < 0;
}

void ClipServer::serve()
{
    while (true) {
        const std::optional<std::uint32_t> slot = m_videoDone ? std::nullopt : freeSlot();
        const bool sound = !m_audioDone && m_audioCredits > 0;
        if (const auto message = receive(!slot && !sound)) {
            handle(*message);
            continue;
        }
        if (sound)
            sendNextAudio();
        if (slot)
            sendNextFrame(*slot);
    }
}

void ClipServer::handle(const SplitMessage &message)
{
    if (message.header.type == MessageType::FrameCredit) {
        const auto slot = decodeFrameCredit(message.body);
        if (!slot || *slot >= m_slotCount)
            throw HostGone{exitInternalError};
        m_slotFree[*slot] = true;
    } else if (message.header.type == MessageType::AudioCredit) {
        m_audioCredits = std::min(m_audioCredits + 1, audioCredits);
    } else if (message.header.type == MessageType::Seek) {
        seek(message);
    } else {
        throw HostGone{exitInternalError};
    }
}

/// The host has dropped whatever it had not used: everything is free again.
void ClipServer::seek(const SplitMessage &message)
{
    const auto ticks = decodeSeek(message.body);
    if (!ticks)
        throw HostGone{exitInternalError};
    m_generation = message.header.generation;
    m_slotFree.fill(true);
    m_audioCredits = audioCredits;
    m_audioRest = {};
    m_videoDone = !m_options.video;
    m_audioDone = m_options.audioStream < 0;
    m_seeking = true;
    m_lastProgress = std::chrono::steady_clock::now();
    const auto done = m_source->seek(*ticks);
    m_seeking = false;
    sendNewLosses();
    if (done)
        send(encodeEmpty({MessageType::Seeked, m_generation}));
    else
        send(encodeFailure({MessageType::SeekFailure, m_generation}, done.error()));
}

std::optional<std::uint32_t> ClipServer::freeSlot() const
{
    for (std::uint32_t slot = 0; slot < m_slotCount; ++slot) {
        if (m_slotFree[slot])
            return slot;
    }
    return std::nullopt;
}

/// The slot that the next frame goes to, once: a frame that the decoder puts there itself needs no copy.
std::shared_ptr<std::byte[]> ClipServer::slotMemory(std::size_t bytes)
{
    std::byte *memory = std::exchange(m_target, nullptr);
    if (memory == nullptr || bytes > m_slotBytes)
        return nullptr;
    return {memory, [](std::byte *) {}}; // the mapping's
}

void ClipServer::sendNextFrame(std::uint32_t slot)
{
    std::byte *const target = m_ring + slot * m_slotBytes;
    m_target = target;
    const auto next = m_source->nextFrame();
    m_target = nullptr;
    sendNewLosses();
    if (!next || !next->has_value()) {
        m_videoDone = true;
        send(next ? encodeEmpty({MessageType::VideoEnd, m_generation})
                  : encodeFailure({MessageType::VideoFailure, m_generation}, next.error()));
        return;
    }
    const base::VideoFrame &frame = **next;
    const base::ClipInfo &info = m_source->info();
    if (frame.storedSize() != info.storedSize || frame.layout() != info.layout) {
        m_videoDone = true;
        send(encodeFailure({MessageType::VideoFailure, m_generation},
                           {base::ErrorKind::Failure, QStringLiteral("the picture changes its size within the clip")}));
        return;
    }
    if (frame.plane(0).data != target) // planes follow each other without gaps, here as there
        std::memcpy(target, frame.plane(0).data, frame.byteCount());
    m_slotFree[slot] = false;
    send(encodeFrame(m_generation, {slot, frame.storedSize(), frame.layout(), frame.pts, frame.duration,
                                    frame.orientation, frame.colour, frame.fieldOrder, frame.damaged}));
}

void ClipServer::sendNextAudio()
{
    if (m_audioRest.samples.empty()) {
        auto next = m_source->nextAudio();
        if (!next || !next->has_value()) {
            m_audioDone = true;
            send(next ? encodeEmpty({MessageType::AudioEnd, m_generation})
                      : encodeFailure({MessageType::AudioFailure, m_generation}, next.error()));
            return;
        }
        m_audioRest = std::move(**next);
        // Damaged packets can decode to values that are no numbers.
        for (float &sample : m_audioRest.samples)
            sample = std::isfinite(sample) ? sample : 0.0F;
        if (m_audioRest.channels <= 0 || m_audioRest.samples.empty())
            return;
    }
    const auto channels = std::size_t(m_audioRest.channels);
    const std::size_t most = maximumPartBytes / sizeof(float) / channels * channels;
    const std::size_t count = std::min(m_audioRest.samples.size(), most);
    send(encodeAudio(m_generation, m_audioRest.pts, m_audioRest.sampleRate, m_audioRest.channels,
                     std::span(m_audioRest.samples).first(count)));
    --m_audioCredits;
    m_audioRest.samples.erase(m_audioRest.samples.begin(), m_audioRest.samples.begin() + std::ptrdiff_t(count));
    m_audioRest.pts += std::int64_t(count / channels);
}

/// In a damaged clip a seek decodes from the beginning, which can take longer than the host waits for a frame.
void ClipServer::sendProgress()
{
    constexpr std::chrono::seconds interval(1);
    const auto now = std::chrono::steady_clock::now();
    if (!m_seeking || now - m_lastProgress < interval)
        return;
    m_lastProgress = now;
    send(encodeEmpty({MessageType::Progress, m_generation}));
}

void ClipServer::sendNewLosses()
{
    // The list only grows, but a loss found late may stand before those known already.
    const std::vector<base::Loss> losses = m_source->losses();
    if (losses.size() == m_lossesSent.size())
        return;
    for (const base::Loss &loss : losses) {
        if (m_lossesSent.emplace(loss.pts, loss.reason).second)
            send(encodeLoss(m_generation, loss));
    }
}

} // namespace doorveil::isolation::worker
