// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace doorveil::decode {

/// What is remembered of a video packet until its picture comes out.
struct PacketRecord
{
    std::int64_t serial = 0; ///< in decoding order since the start or the last seek
    std::int64_t pts = INT64_MIN;
    std::int64_t dts = INT64_MIN;
    std::int64_t duration = 0;
    bool isKey = false;
    bool isDamaged = false; ///< the container says so
    bool expectsPicture = true; ///< false for hidden frames, second fields, pre-roll
    bool isShown = true; ///< false for pre-roll that an edit list hides
    // Filled by PacketLedger::sent().
    std::int64_t keySerial = 0; ///< of the last key packet up to this one
    std::int64_t keyPts = INT64_MIN;
    std::int64_t previousKeySerial = 0; ///< of the key packet before that
};

/// Pairs packets with the pictures that come out of the decoder, in whatever order, and so knows which packets gave
/// none and which pictures depend on damaged data. Knows nothing of FFmpeg; the same calls give the same answers
/// whatever the number of decoding threads.
class PacketLedger
{
public:
    /// Packets still without picture when this many later ones have been sent are lost: more than a decoder's
    /// reordering (16) and threads (16) can hold back.
    static constexpr std::int64_t patience = 64;

    /// Next packet, in decoding order. Returns its record with the serial filled in.
    PacketRecord sent(PacketRecord record);

    struct Arrival
    {
        PacketRecord record;
        bool damaged = false; ///< the packet, or one that it can depend on, was lost or damaged
    };
    /// A picture of packet `serial` has come out at `pts`. Nothing for a packet that is not waited for (a second
    /// picture of one packet).
    [[nodiscard]] std::optional<Arrival> arrived(std::int64_t serial, std::int64_t pts);

    /// The packet that is waited for under this serial.
    [[nodiscard]] std::optional<PacketRecord> find(std::int64_t serial) const;

    /// The decoder reported an error in packet `serial`.
    void markDamaged(std::int64_t serial);

    /// Packets that will never give a picture, in decoding order; each is returned once. `atEnd`: all that are left.
    [[nodiscard]] std::vector<PacketRecord> takeLost(bool atEnd);

    /// The earliest decoding time of the packets without pts that have been sent and not taken yet: what the next
    /// shown picture's pts is where the container has none (display and decoding times are the same set).
    [[nodiscard]] std::optional<std::int64_t> takeEarliestDts();
    /// Takes all decoding times up to `dts`: for streams that are shown as they are decoded.
    void takeDtsUpTo(std::int64_t dts);

    void clear();

private:
    void addDamage(const PacketRecord &record);
    [[nodiscard]] bool dependsOnDamage(const PacketRecord &record, std::int64_t pts) const;

    std::int64_t m_nextSerial = 1;
    std::map<std::int64_t, PacketRecord> m_waiting;
    std::map<std::int64_t, bool> m_damaged; // by serial; whether it is shown before its key picture
    std::multiset<std::int64_t> m_dtsWithoutPts;
    std::int64_t m_keySerial = 0;
    std::int64_t m_keyPts = INT64_MIN;
    std::int64_t m_previousKeySerial = 0;
};

} // namespace doorveil::decode
