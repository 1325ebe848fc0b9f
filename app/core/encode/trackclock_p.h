// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mediatime.h"
#include "base/result.h"

#include <cstdint>

namespace doorveil::encode {

/// How ticks of the source's time base become ticks of an MP4 track, exactly. An MP4 time scale is "ticks a second",
/// so a time base of 1001/30000 becomes a time scale of 30000 with every tick worth 1001.
struct TrackClock
{
    int timeScale = 1; ///< the track's ticks a second
    std::int64_t factor = 1; ///< track ticks a source tick

    /// Refuses time bases that no 32-bit time scale can hold exactly.
    [[nodiscard]] static base::Result<TrackClock> fromTimeBase(base::Rational timeBase);
    /// Refuses what does not fit into 62 bits.
    [[nodiscard]] base::Result<std::int64_t> toTrack(std::int64_t ticks) const;
};

} // namespace doorveil::encode
