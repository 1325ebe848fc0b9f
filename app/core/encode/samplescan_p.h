// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/samplecursor_p.h"

#include <vector>

namespace doorveil::encode {

struct SampleScan
{
    std::int64_t unreferencedBytes = 0;
    std::int64_t videoSamples = 0;
    bool failed = false; ///< the file could not be read
};

/// Walks the samples of all tracks in the order of the file: each byte of `samples` (mdat) has to belong to exactly
/// one, and each has to hold nothing but picture or sound.
[[nodiscard]] SampleScan scanSamples(const ByteWindow &file, const ScanBox &samples,
                                     const std::vector<ScanTrack> &tracks, Findings &findings);

/// Timing: nothing is shown before the start or after the end, and no edit list hides more than the sound encoder's
/// priming and padding.
void scanTiming(const ByteWindow &file, const ScanTrack &track, std::uint32_t movieTimeScale, Findings &findings);

} // namespace doorveil::encode
