// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/losslist_p.h"

#include "decode/limits_p.h"

namespace doorveil::decode {

void LossList::add(std::int64_t pts, const QString &reason)
{
    if (m_reasons.size() >= maximumLosses && !m_reasons.contains(pts)) {
        m_full = true;
        return;
    }
    m_reasons.emplace(pts, reason);
}

std::vector<base::Loss> LossList::all() const
{
    std::vector<base::Loss> losses;
    losses.reserve(m_reasons.size() + 1);
    for (const auto &[pts, reason] : m_reasons)
        losses.push_back({pts, reason});
    if (m_full)
        losses.push_back({losses.back().pts, QStringLiteral("more was lost than is listed here")});
    return losses;
}

} // namespace doorveil::decode
