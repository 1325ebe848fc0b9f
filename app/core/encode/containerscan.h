// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

#include <cstdint>

namespace doorveil::encode {

/// What is in a finished MP4, box by box and NAL unit by NAL unit (DESIGN section 6 (d), standards 5.4).
struct ContainerScan
{
    QStringList findings; ///< everything that is not allow-listed, as sentences; empty means clean
    int videoTracks = 0;
    int audioTracks = 0;
    std::int64_t videoSamples = 0;
    std::int64_t unreferencedBytes = 0; ///< in mdat

    [[nodiscard]] bool isClean() const { return findings.isEmpty(); }
};

/// Own parser on purpose: an allow-list written independently of the muxer. The file is untrusted (a package from
/// somebody else): bounded memory, no recursion beyond a fixed depth, every size checked. An error means that it is no
/// readable MP4.
[[nodiscard]] base::Result<ContainerScan> scanContainer(int descriptor);

} // namespace doorveil::encode
