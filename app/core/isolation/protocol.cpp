// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/protocol.h"

#include "isolation/wire.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace doorveil::isolation {

namespace {

constexpr std::size_t maximumReasonBytes = 1000;
constexpr std::size_t maximumClassBytes = 64;
/// What a decoder may report; anything else becomes the first.
constexpr std::array failureKinds{base::ErrorKind::Failure, base::ErrorKind::InputNotOpenable, base::ErrorKind::Usage};
constexpr int maximumSampleRate = 768'000;
constexpr int maximumChannels = 64;

WireWriter begin(MessageType type, std::uint32_t generation)
{
    WireWriter writer;
    writer.u32(static_cast<std::uint32_t>(type));
    writer.u32(generation);
    return writer;
}

/// Control characters could steer a terminal; this text comes from a process that may be hostile.
QString printable(QString text)
{
    for (QChar &character : text) {
        if (character.category() == QChar::Other_Control || character.category() == QChar::Other_Format)
            character = QLatin1Char(' ');
    }
    return text;
}

} // namespace

std::optional<SplitMessage> splitMessage(std::span<const std::byte> packet)
{
    WireReader reader(packet);
    const MessageHeader header{MessageType(reader.u32()), reader.u32()};
    if (reader.failed())
        return std::nullopt;
    return SplitMessage{header, reader.rest()};
}

QByteArray encodeEmpty(MessageHeader header)
{
    return begin(header.type, header.generation).message();
}

QByteArray encode(const HelloMessage &message)
{
    WireWriter writer = begin(MessageType::Hello, 0);
    writer.u32(message.version);
    writer.flag(message.systemCallFilter);
    writer.i32(message.landlockAbi);
    return writer.message();
}

std::optional<HelloMessage> decodeHello(std::span<const std::byte> body)
{
    WireReader reader(body);
    HelloMessage message;
    message.version = reader.u32();
    message.systemCallFilter = reader.flag();
    message.landlockAbi = reader.i32(0, 1000);
    return reader.isComplete() ? std::optional(message) : std::nullopt;
}

QByteArray encode(const OpenMessage &message)
{
    WireWriter writer = begin(MessageType::Open, 0);
    writer.flag(message.video);
    writer.i32(message.audioStream);
    writer.i32(message.threads);
    return writer.message();
}

std::optional<OpenMessage> decodeOpen(std::span<const std::byte> body)
{
    WireReader reader(body);
    OpenMessage message;
    message.video = reader.flag();
    message.audioStream = reader.i32(-1, 1000);
    message.threads = reader.i32(1, 64);
    return reader.isComplete() ? std::optional(message) : std::nullopt;
}

QByteArray encode(const StartMessage &message)
{
    WireWriter writer = begin(MessageType::Start, 0);
    writer.u32(message.slotCount);
    writer.i64(message.slotBytes);
    return writer.message();
}

std::optional<StartMessage> decodeStart(std::span<const std::byte> body)
{
    WireReader reader(body);
    StartMessage message;
    message.slotCount = reader.u32(0, maximumSlots);
    message.slotBytes = reader.i64(0, std::int64_t(2 * maximumFrameBytes));
    return reader.isComplete() ? std::optional(message) : std::nullopt;
}

QByteArray encodeFailure(MessageHeader header, const base::Error &error)
{
    WireWriter writer = begin(header.type, header.generation);
    writer.u32(std::uint32_t(std::find(failureKinds.begin(), failureKinds.end(), error.kind) - failureKinds.begin())
               % failureKinds.size());
    writer.text(error.message, maximumReasonBytes);
    writer.text(error.failureClass, maximumClassBytes);
    return writer.message();
}

std::optional<base::Error> decodeFailure(std::span<const std::byte> body)
{
    WireReader reader(body);
    base::Error error;
    error.kind = failureKinds[reader.u32(0, failureKinds.size() - 1)];
    error.message = printable(reader.text(maximumReasonBytes));
    error.failureClass = printable(reader.text(maximumClassBytes));
    return reader.isComplete() ? std::optional(error) : std::nullopt;
}

QByteArray encodeLoss(std::uint32_t generation, const base::Loss &loss)
{
    WireWriter writer = begin(MessageType::Loss, generation);
    writer.i64(loss.pts);
    writer.text(loss.reason, maximumReasonBytes);
    return writer.message();
}

std::optional<base::Loss> decodeLoss(std::span<const std::byte> body)
{
    WireReader reader(body);
    base::Loss loss;
    loss.pts = reader.i64(-maximumTicks, maximumTicks);
    loss.reason = printable(reader.text(maximumReasonBytes));
    return reader.isComplete() ? std::optional(loss) : std::nullopt;
}

QByteArray encodeFrame(std::uint32_t generation, const FrameMessage &frame)
{
    WireWriter writer = begin(MessageType::Frame, generation);
    writer.u32(frame.slot);
    writer.i32(frame.size.width);
    writer.i32(frame.size.height);
    writer.i32(static_cast<std::int32_t>(frame.layout.chroma));
    writer.i32(frame.layout.bitDepth);
    writer.i64(frame.pts);
    writer.i64(frame.duration);
    writer.i32(frame.orientation.quarterTurns);
    writer.flag(frame.orientation.mirrored);
    writer.i32(frame.colour.primaries);
    writer.i32(frame.colour.transfer);
    writer.i32(frame.colour.matrix);
    writer.flag(frame.colour.fullRange);
    writer.i32(frame.colour.chromaLocation);
    writer.i32(static_cast<std::int32_t>(frame.fieldOrder));
    writer.flag(frame.damaged);
    return writer.message();
}

std::optional<FrameMessage> decodeFrame(std::span<const std::byte> body)
{
    WireReader reader(body);
    FrameMessage frame;
    frame.slot = reader.u32(0, maximumSlots - 1);
    frame.size.width = reader.i32(1, maximumSide);
    frame.size.height = reader.i32(1, maximumSide);
    frame.layout.chroma = base::ChromaLayout(reader.i32(0, 3));
    frame.layout.bitDepth = reader.i32(8, 10);
    frame.pts = reader.i64(-maximumTicks, maximumTicks);
    frame.duration = reader.i64(0, maximumTicks);
    frame.orientation.quarterTurns = reader.i32(0, 3);
    frame.orientation.mirrored = reader.flag();
    frame.colour.primaries = reader.i32(0, 255);
    frame.colour.transfer = reader.i32(0, 255);
    frame.colour.matrix = reader.i32(0, 255);
    frame.colour.fullRange = reader.flag();
    frame.colour.chromaLocation = reader.i32(0, 6);
    frame.fieldOrder = base::FieldOrder(reader.i32(0, 2));
    frame.damaged = reader.flag();
    if (frame.layout.bitDepth == 9)
        reader.fail();
    return reader.isComplete() ? std::optional(frame) : std::nullopt;
}

QByteArray encodeAudio(std::uint32_t generation, std::int64_t pts, int sampleRate, int channels,
                       std::span<const float> samples)
{
    WireWriter writer = begin(MessageType::Audio, generation);
    writer.i64(pts);
    writer.i32(sampleRate);
    writer.i32(channels);
    writer.bytes(std::as_bytes(samples));
    return writer.message();
}

std::optional<base::AudioBlock> decodeAudio(std::span<const std::byte> body)
{
    WireReader reader(body);
    base::AudioBlock block;
    block.pts = reader.i64(-maximumTicks, maximumTicks);
    block.sampleRate = reader.i32(1, maximumSampleRate);
    block.channels = reader.i32(1, maximumChannels);
    const std::span<const std::byte> samples = reader.rest();
    if (reader.failed() || samples.empty() || samples.size() > maximumPartBytes
        || samples.size() % (sizeof(float) * std::size_t(block.channels)) != 0)
        return std::nullopt;
    block.samples.resize(samples.size() / sizeof(float));
    std::memcpy(block.samples.data(), samples.data(), samples.size());
    for (const float sample : block.samples) {
        if (!std::isfinite(sample))
            return std::nullopt;
    }
    return block;
}

QByteArray encodeFrameCredit(std::uint32_t slot)
{
    WireWriter writer = begin(MessageType::FrameCredit, 0);
    writer.u32(slot);
    return writer.message();
}

std::optional<std::uint32_t> decodeFrameCredit(std::span<const std::byte> body)
{
    WireReader reader(body);
    const std::uint32_t slot = reader.u32(0, maximumSlots - 1);
    return reader.isComplete() ? std::optional(slot) : std::nullopt;
}

QByteArray encodeSeek(std::uint32_t generation, std::int64_t ticks)
{
    WireWriter writer = begin(MessageType::Seek, generation);
    writer.i64(ticks);
    return writer.message();
}

std::optional<std::int64_t> decodeSeek(std::span<const std::byte> body)
{
    WireReader reader(body);
    const std::int64_t ticks = reader.i64(-maximumTicks, maximumTicks);
    return reader.isComplete() ? std::optional(ticks) : std::nullopt;
}

std::optional<InfoPart> decodeInfoPart(std::span<const std::byte> body)
{
    WireReader reader(body);
    InfoPart part;
    part.last = reader.flag();
    part.content = reader.rest();
    if (reader.failed() || part.content.size() > maximumPartBytes)
        return std::nullopt;
    return part;
}

std::size_t frameBytes(base::Size size, base::PixelLayout layout)
{
    if (size.isEmpty() || size.width > maximumSide || size.height > maximumSide)
        return 0;
    const std::size_t bytes = base::VideoFrame::bytesFor(size, layout);
    return bytes <= maximumFrameBytes ? bytes : 0;
}

} // namespace doorveil::isolation
