// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/protocol.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// Any bytes as a packet from the worker or to it: refused or understood, inside the bounds that the protocol promises.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace doorveil::isolation;
    const std::span<const std::byte> packet(reinterpret_cast<const std::byte *>(data), size);
    const auto split = splitMessage(packet);
    const std::span<const std::byte> body = split ? split->body : packet;
    (void)decodeHello(body);
    (void)decodeOpen(body);
    (void)decodeStart(body);
    (void)decodeFailure(body);
    (void)decodeLoss(body);
    (void)decodeFrameCredit(body);
    (void)decodeSeek(body);
    if (const auto frame = decodeFrame(body)) {
        if (frame->size.width <= 0 || frame->size.height <= 0 || frame->size.width > maximumSide
            || frame->size.height > maximumSide || frameBytes(frame->size, frame->layout) > maximumFrameBytes)
            std::abort();
    }
    if (const auto audio = decodeAudio(body)) {
        if (audio->samples.size() * sizeof(float) > maximumPartBytes)
            std::abort();
    }
    if (const auto part = decodeInfoPart(body))
        (void)decodeInfo(part->content, true);
    for (const bool video : {false, true})
        (void)decodeInfo(body, video);
    return 0;
}
