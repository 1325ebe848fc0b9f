// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/arena_p.h"

#include <algorithm>
#include <iterator>

namespace doorveil::vision {

Arena::Place Arena::take(std::size_t bytes)
{
    bytes = (bytes + alignment - 1) / alignment * alignment;
    auto best = m_free.end();
    for (auto place = m_free.begin(); place != m_free.end(); ++place) {
        if (place->bytes >= bytes && (best == m_free.end() || place->bytes < best->bytes))
            best = place;
    }
    if (best == m_free.end()) {
        const Place place{m_end, bytes};
        m_end += bytes;
        return place;
    }
    const Place place{best->offset, bytes};
    best->offset += bytes;
    best->bytes -= bytes;
    if (best->bytes == 0)
        m_free.erase(best);
    return place;
}

void Arena::give(const Place &place)
{
    auto next =
        std::find_if(m_free.begin(), m_free.end(), [&](const Place &other) { return other.offset > place.offset; });
    next = m_free.insert(next, place);
    if (const auto after = std::next(next); after != m_free.end() && next->offset + next->bytes == after->offset) {
        next->bytes += after->bytes;
        m_free.erase(after);
    }
    if (next != m_free.begin()) {
        const auto before = std::prev(next);
        if (before->offset + before->bytes == next->offset) {
            before->bytes += next->bytes;
            m_free.erase(next);
        }
    }
}

} // namespace doorveil::vision
