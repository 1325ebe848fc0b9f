// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/result.h"
#include "base/videoframe.h"

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// What host and worker say to each other over a SOCK_SEQPACKET pair: one message a packet, each beginning with its
/// type and the generation (the number of seeks so far) that it belongs to. The host believes none of it: every
/// decode function refuses a field outside its range, a text too long, a byte too many or too few.
///
/// Course of a session: worker Hello; host Open; worker Info (in parts) or Failure; host Start with the ring's size;
/// then the worker decodes ahead into free slots and sends Loss, Frame, Audio and their ends, while the host returns
/// credits and sends Seek.
namespace doorveil::isolation {

constexpr std::uint32_t protocolVersion = 1;

// Descriptors of the worker. 0 and 1 are /dev/null, 2 is a pipe to the host; all others are closed.
constexpr int clipDescriptor = 3;
constexpr int ringDescriptor = 4;
constexpr int socketDescriptor = 5;

// Exit codes of the worker that the host explains.
constexpr int exitNotConfined = 11; ///< the sandbox could not be set up; nothing of the clip was read
constexpr int exitOutOfMemory = 12;
constexpr int exitInternalError = 13; ///< an exception that nobody expected, or a host that broke the protocol

constexpr std::size_t maximumMessageBytes = std::size_t(48) << 10;
constexpr std::size_t maximumPartBytes = std::size_t(32) << 10; ///< content of one Info or Audio message
constexpr std::size_t maximumInfoBytes = std::size_t(2) << 20;
constexpr int maximumSide = 16384; ///< pixels
constexpr std::size_t maximumFrameBytes = std::size_t(256) << 20;
constexpr std::uint32_t maximumSlots = 8;
constexpr std::uint32_t audioCredits = 4; ///< audio blocks under way
/// Ticks further out are refused, so that differences never overflow.
constexpr std::int64_t maximumTicks = std::int64_t(1) << 61;

enum class MessageType : std::uint32_t {
    // worker to host
    Hello = 1,
    Info,
    Failure, ///< the clip could not be opened
    Loss,
    Frame,
    VideoEnd,
    VideoFailure, ///< no further frame will come
    Audio,
    AudioEnd,
    AudioFailure,
    Seeked,
    SeekFailure,
    Progress, ///< a seek goes on
    // host to worker
    Open = 101,
    Start,
    FrameCredit,
    AudioCredit,
    Seek,
};

struct MessageHeader
{
    MessageType type = MessageType::Hello;
    std::uint32_t generation = 0;
};

struct HelloMessage
{
    std::uint32_t version = protocolVersion;
    bool systemCallFilter = false;
    int landlockAbi = 0;
};

struct OpenMessage
{
    bool video = true;
    int audioStream = -1;
    int threads = 2;
};

struct StartMessage
{
    std::uint32_t slotCount = 0;
    std::int64_t slotBytes = 0;
};

/// A VideoFrame without its samples; they lie in the slot, laid out as VideoFrame lays them out.
struct FrameMessage
{
    std::uint32_t slot = 0;
    base::Size size;
    base::PixelLayout layout;
    std::int64_t pts = 0;
    std::int64_t duration = 0;
    base::Orientation orientation;
    base::ColourInfo colour;
    base::FieldOrder fieldOrder = base::FieldOrder::Progressive;
    bool damaged = false;
};

struct SplitMessage
{
    MessageHeader header;
    std::span<const std::byte> body;
};

/// Nothing where the packet is shorter than a header. The type is not checked: whoever dispatches on it does.
[[nodiscard]] std::optional<SplitMessage> splitMessage(std::span<const std::byte> packet);

[[nodiscard]] QByteArray encodeEmpty(MessageHeader header);
[[nodiscard]] QByteArray encode(const HelloMessage &message);
[[nodiscard]] QByteArray encode(const OpenMessage &message);
[[nodiscard]] QByteArray encode(const StartMessage &message);
[[nodiscard]] QByteArray encodeFailure(MessageHeader header, const base::Error &error);
[[nodiscard]] QByteArray encodeLoss(std::uint32_t generation, const base::Loss &loss);
[[nodiscard]] QByteArray encodeFrame(std::uint32_t generation, const FrameMessage &frame);
/// At most maximumPartBytes of samples; the caller splits longer blocks.
[[nodiscard]] QByteArray encodeAudio(std::uint32_t generation, std::int64_t pts, int sampleRate, int channels,
                                     std::span<const float> samples);
[[nodiscard]] QByteArray encodeFrameCredit(std::uint32_t slot);
[[nodiscard]] QByteArray encodeSeek(std::uint32_t generation, std::int64_t ticks);
/// The messages that carry a part each of a ClipInfo. Texts and lists longer than the bounds are cut.
[[nodiscard]] std::vector<QByteArray> encodeInfo(const base::ClipInfo &info);

[[nodiscard]] std::optional<HelloMessage> decodeHello(std::span<const std::byte> body);
[[nodiscard]] std::optional<OpenMessage> decodeOpen(std::span<const std::byte> body);
[[nodiscard]] std::optional<StartMessage> decodeStart(std::span<const std::byte> body);
[[nodiscard]] std::optional<base::Error> decodeFailure(std::span<const std::byte> body);
[[nodiscard]] std::optional<base::Loss> decodeLoss(std::span<const std::byte> body);
[[nodiscard]] std::optional<FrameMessage> decodeFrame(std::span<const std::byte> body);
[[nodiscard]] std::optional<base::AudioBlock> decodeAudio(std::span<const std::byte> body);
[[nodiscard]] std::optional<std::uint32_t> decodeFrameCredit(std::span<const std::byte> body);
[[nodiscard]] std::optional<std::int64_t> decodeSeek(std::span<const std::byte> body);

struct InfoPart
{
    bool last = false;
    std::span<const std::byte> content;
};
[[nodiscard]] std::optional<InfoPart> decodeInfoPart(std::span<const std::byte> body);
/// The joined content of all parts. `video` tells whether a picture size is required.
[[nodiscard]] std::optional<base::ClipInfo> decodeInfo(std::span<const std::byte> content, bool video);

/// Bytes of a frame's samples in VideoFrame's layout; 0 for a size that no frame may have.
[[nodiscard]] std::size_t frameBytes(base::Size size, base::PixelLayout layout);

} // namespace doorveil::isolation
