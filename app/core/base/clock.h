// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace doorveil::base {

/// The time of day, behind an interface so that tests can set it.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    [[nodiscard]] virtual QDateTime now() const = 0; ///< with the system's UTC offset
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override
    {
        const QDateTime local = QDateTime::currentDateTime();
        return local.toOffsetFromUtc(local.offsetFromUtc());
    }
};

} // namespace doorveil::base
