// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mediatime.h"

#include <QRegularExpression>

#include <array>
#include <limits>

namespace doorveil::base {

std::int64_t rescale(std::int64_t ticks, Rational from, Rational to)
{
    const __int128 numerator = __int128(ticks) * from.numerator * to.denominator;
    const __int128 denominator = __int128(from.denominator) * to.numerator;
    if (denominator == 0)
        return 0;
    const __int128 half = denominator / 2;
    const __int128 rounded = numerator >= 0 ? (numerator + half) / denominator : (numerator - half) / denominator;
    constexpr __int128 lowest = std::numeric_limits<std::int64_t>::min();
    constexpr __int128 highest = std::numeric_limits<std::int64_t>::max();
    return std::int64_t(rounded < lowest ? lowest : rounded > highest ? highest : rounded);
}

std::int64_t toMilliseconds(std::int64_t ticks, Rational timeBase)
{
    return rescale(ticks, timeBase, {1, 1000});
}

QString formatMilliseconds(std::int64_t milliseconds)
{
    const bool negative = milliseconds < 0;
    const std::int64_t absolute = negative ? -milliseconds : milliseconds;
    const auto part = [](std::int64_t value, int digits) {
        return QString::number(value).rightJustified(digits, QLatin1Char('0'));
    };
    return (negative ? QStringLiteral("-") : QString()) + part(absolute / 3'600'000, 2) + QLatin1Char(':')
           + part(absolute / 60'000 % 60, 2) + QLatin1Char(':') + part(absolute / 1000 % 60, 2) + QLatin1Char('.')
           + part(absolute % 1000, 3);
}

std::optional<std::int64_t> parseMilliseconds(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?:(?:(\\d{1,4}):)?(\\d{1,2}):)?(\\d{1,6})(?:\\.(\\d{1,3}))?$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const std::int64_t hours = match.captured(1).toLongLong();
    const std::int64_t minutes = match.captured(2).toLongLong();
    const std::int64_t seconds = match.captured(3).toLongLong();
    const bool hasMinutes = !match.captured(2).isEmpty();
    if (minutes > 59 || (hasMinutes && seconds > 59))
        return std::nullopt;
    const std::int64_t fraction = match.captured(4).leftJustified(3, QLatin1Char('0')).toLongLong();
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
}

} // namespace doorveil::base
