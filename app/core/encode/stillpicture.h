// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"

#include <QByteArray>

namespace doorveil::encode {

/// The picture made smaller by averaging, so that no side is longer than `longestSide`. Never made larger.
[[nodiscard]] base::Picture scaledDown(const base::Picture &picture, int longestSide);

/// A JPEG (baseline, 4:2:0) in memory, without any metadata; the same bytes for the same picture. For reports about
/// pictures that are covered already. `quantiser` is MPEG's, 2 (best) to 31.
[[nodiscard]] base::Result<QByteArray> encodeJpeg(const base::Picture &picture, int quantiser = 5);

} // namespace doorveil::encode
