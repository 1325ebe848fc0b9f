// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/packetledger_p.h"

namespace doorveil::decode {

namespace {
constexpr std::int64_t none = INT64_MIN;

bool isLeading(const PacketRecord &record, std::int64_t pts)
{
    return pts != none && record.keyPts != none && pts < record.keyPts;
}
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
        addDamage(record);
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
                addDamage(other);
        }
    }
    arrival.damaged = dependsOnDamage(arrival.record, pts);
    return arrival;
}

void PacketLedger::addDamage(const PacketRecord &record)
{
    m_damaged.emplace(record.serial, isLeading(record, record.pts));
}

bool PacketLedger::dependsOnDamage(const PacketRecord &record, std::int64_t pts) const
{
    // Pictures shown before their key picture (open groups) also refer to the group before it. Nothing refers to
    // them but others of their own group.
    const bool leading = isLeading(record, pts);
    const auto end = m_damaged.upper_bound(record.serial);
    for (auto damage = m_damaged.lower_bound(leading ? record.previousKeySerial : record.keySerial); damage != end;
         ++damage) {
        const auto &[serial, isOfLeading] = *damage;
        if (!isOfLeading || (leading && serial >= record.keySerial))
            return true;
    }
    return false;
}

std::optional<PacketRecord> PacketLedger::find(std::int64_t serial) const
{
    const auto found = m_waiting.find(serial);
    return found != m_waiting.end() ? std::optional<PacketRecord>(found->second) : std::nullopt;
}

void PacketLedger::markDamaged(std::int64_t serial)
{
    const auto found = m_waiting.find(serial);
    if (found != m_waiting.end())
        addDamage(found->second);
    else
        m_damaged.emplace(serial, false);
}

void PacketLedger::takeDtsUpTo(std::int64_t dts)
{
    m_dtsWithoutPts.erase(m_dtsWithoutPts.begin(), m_dtsWithoutPts.upper_bound(dts));
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
