// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <compare>
#include <cstdint>
#include <optional>

namespace doorveil::base {

/// A ratio of two integers; the denominator of a valid one is positive.
struct Rational
{
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;

    [[nodiscard]] bool isValid() const { return denominator > 0; }
    [[nodiscard]] bool isPositive() const { return denominator > 0 && numerator > 0; }
    /// For display and estimates only: stored times are never floating point.
    [[nodiscard]] double toDouble() const { return double(numerator) / double(denominator); }
    bool operator==(const Rational &) const = default;
};

/// Ticks in a stream's time base. A frame is shown in [pts, pts of the next frame).
struct MediaTime
{
    std::int64_t ticks = 0;
    Rational timeBase = {1, 1000}; ///< seconds a tick

    bool operator==(const MediaTime &) const = default;
};

/// `ticks` of time base `from`, in time base `to`, rounded to nearest (ties away from zero).
/// Uses 128-bit intermediates: no overflow for any 64-bit ticks with time bases below 2^31.
[[nodiscard]] std::int64_t rescale(std::int64_t ticks, Rational from, Rational to);

/// Milliseconds, rounded to nearest.
[[nodiscard]] std::int64_t toMilliseconds(std::int64_t ticks, Rational timeBase);

/// `HH:MM:SS.mmm`; negative times carry a leading minus.
[[nodiscard]] QString formatMilliseconds(std::int64_t milliseconds);

/// Reads `[[HH:]MM:]SS[.mmm]`; nothing for any other text.
[[nodiscard]] std::optional<std::int64_t> parseMilliseconds(const QString &text);

} // namespace doorveil::base
