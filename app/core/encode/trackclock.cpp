// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/trackclock_p.h"

#include "encode/averror_p.h"

#include <limits>
#include <numeric>

namespace doorveil::encode {

base::Result<TrackClock> TrackClock::fromTimeBase(base::Rational timeBase)
{
    if (!timeBase.isPositive())
        return encodingError(QStringLiteral("The clip's time base %1/%2 is not valid.")
                                 .arg(timeBase.numerator)
                                 .arg(timeBase.denominator));
    const std::int64_t common = std::gcd(timeBase.numerator, timeBase.denominator);
    const std::int64_t scale = timeBase.denominator / common;
    const std::int64_t factor = timeBase.numerator / common;
    constexpr std::int64_t limit = std::numeric_limits<std::int32_t>::max();
    if (scale > limit || factor > limit)
        return encodingError(QStringLiteral("The clip's time base %1/%2 does not fit into an MP4 file.")
                                 .arg(timeBase.numerator)
                                 .arg(timeBase.denominator));
    return TrackClock{int(scale), factor};
}

base::Result<std::int64_t> TrackClock::toTrack(std::int64_t ticks) const
{
    const __int128 wide = __int128(ticks) * factor;
    constexpr std::int64_t limit = std::int64_t(1) << 62;
    if (wide > limit || wide < -limit)
        return encodingError(QStringLiteral("A frame's time is too large for an MP4 file."));
    return std::int64_t(wide);
}

} // namespace doorveil::encode
