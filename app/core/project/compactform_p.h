// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/track.h"

#include <QByteArray>

#include <vector>

/// Long lists as bytes: differences to the item before, as zigzag varints (LEB128). About 10 bytes a box. The same
/// list always gives the same bytes, so they also serve for hashing.
namespace doorveil::project::internal {

/// A box: pts, x, y, width and height as differences, one byte for the origin, four for the score (IEEE 754, low byte
/// first).
[[nodiscard]] QByteArray packObservations(const std::vector<base::Observation> &observations);
/// Refuses what packObservations would not have made. Allocates for what is there, never for what a count claims.
[[nodiscard]] base::Result<std::vector<base::Observation>> unpackObservations(const QByteArray &bytes);

/// A frame: pts as difference, duration, one byte for "damaged".
[[nodiscard]] QByteArray packFrames(const std::vector<base::FrameTime> &frames);
[[nodiscard]] base::Result<std::vector<base::FrameTime>> unpackFrames(const QByteArray &bytes);

/// Deflate with the size in front. `largest` bounds the result.
[[nodiscard]] QByteArray compress(const QByteArray &bytes);
[[nodiscard]] base::Result<QByteArray> decompress(const QByteArray &bytes, std::int64_t largest);

} // namespace doorveil::project::internal
