// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/samplecursor_p.h"

namespace doorveil::encode {

/// Names a box in messages: "moov/trak/mdia".
[[nodiscard]] QString pathOf(const QString &parent, std::uint32_t type);

/// Allow-lists a box that has fixed content: its exact size and the bytes that have to be zero.
/// Ranges are [begin, end) behind the box's header.
struct FixedBox
{
    std::int64_t size;
    std::vector<std::pair<int, int>> zeros;
};
void checkFixed(ByteWindow &file, const ScanBox &box, const QString &path, const FixedBox &rule, Findings &findings);

/// True, and a finding, where a box of this type was there before. `seen` belongs to one parent.
[[nodiscard]] bool isRepeated(std::vector<std::uint32_t> &seen, const ScanBox &box, const QString &parent,
                              Findings &findings);

void checkFree(ByteWindow &file, const ScanBox &box, Findings &findings);
void reportUnknown(const ScanBox &box, const QString &parent, Findings &findings);

/// Everything in one `trak` but its samples.
[[nodiscard]] ScanTrack scanTrack(ByteWindow &file, const ScanBox &track, Findings &findings);

/// The one entry of `stsd`, avc1 or mp4a.
void scanSampleDescription(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings);

} // namespace doorveil::encode
