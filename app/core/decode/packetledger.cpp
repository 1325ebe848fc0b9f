// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/packetledger_p.h"

namespace doorveil::decode {

namespace {
constexpr std::int64_t none = INT64_MIN;
} // namespace

PacketRecord PacketLedger::sent(PacketRecord record)
{
    record.serial = m_nextSerial++;
    if (record.isKey) {
        m_previousKeySerial = m_keySerial;
        m_keySerial = record.serial;
        m_keyPts = record.pts;
        m_damaged.erase(m_damaged.begin(), m_damaged.lower_bound(m_previousKeySerial));
    }
    record.keySerial = m_keySerial;
    record.keyPts = m_keyPts;
    record.previousKeySerial = m_previousKeySerial;
    if (record.isDamaged)
        m_damaged.insert(record.serial);
    m_waiting.emplace(record.serial, record);
    if (record.expectsPicture && record.pts == none && record.dts != none)
        m_dtsWithoutPts.insert(record.dts);
    return record;
}

std::optional<PacketLedger::Arrival> PacketLedger::arrived(std::int64_t serial, std::int64_t pts)
{
    const auto found = m_waiting.find(serial);
    if (found == m_waiting.end())
        return std::nullopt;
    Arrival arrival{found->second, false};
    m_waiting.erase(found);
    if (pts != none) {
        // Pictures come in display order: what should have been shown earlier, and was decoded earlier, is missing.
        for (const auto &[otherSerial, other] : m_waiting) {
            if (otherSerial >= serial)
                break;
            if (other.expectsPicture && other.pts != none && other.pts < pts)
                m_damaged.insert(otherSerial);
        }
    }
    arrival.damaged = dependsOnDamage(arrival.record, pts);
    return arrival;
}

bool PacketLedger::dependsOnDamage(const PacketRecord &record, std::int64_t pts) const
{
    // Pictures shown before their key picture (open groups) also refer to the group before it.
    const bool isLeading = pts != none && record.keyPts != none && pts < record.keyPts;
    const std::int64_t since = isLeading ? record.previousKeySerial : record.keySerial;
    const auto first = m_damaged.lower_bound(since);
    return first != m_damaged.end() && *first <= record.serial;
}

void PacketLedger::markDamaged(std::int64_t serial)
{
    m_damaged.insert(serial);
}

std::vector<PacketRecord> PacketLedger::takeLost(bool atEnd)
{
    std::vector<PacketRecord> lost;
    while (!m_waiting.empty()) {
        const auto oldest = m_waiting.begin();
        if (!atEnd && oldest->first + patience >= m_nextSerial)
            break;
        if (oldest->second.expectsPicture) {
            lost.push_back(oldest->second);
            if (const auto dts = m_dtsWithoutPts.find(oldest->second.dts);
                oldest->second.pts == none && dts != m_dtsWithoutPts.end())
                m_dtsWithoutPts.erase(dts);
        }
        m_waiting.erase(oldest);
    }
    return lost;
}

std::optional<std::int64_t> PacketLedger::takeEarliestDts()
{
    if (m_dtsWithoutPts.empty())
        return std::nullopt;
    const std::int64_t earliest = *m_dtsWithoutPts.begin();
    m_dtsWithoutPts.erase(m_dtsWithoutPts.begin());
    return earliest;
}

void PacketLedger::clear()
{
    *this = PacketLedger();
}

} // namespace doorveil::decode
