// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"

#include <map>
#include <vector>

namespace doorveil::decode {

/// The losses of a clip in order of time, each once however often its place is decoded, and bounded in number.
class LossList
{
public:
    void add(std::int64_t pts, const QString &reason);
    [[nodiscard]] std::vector<base::Loss> all() const;

private:
    std::map<std::int64_t, QString> m_reasons; // by pts
    bool m_full = false;
};

} // namespace doorveil::decode
