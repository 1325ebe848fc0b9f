// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <QString>

#include <vector>

/// Frames through the `ffmpeg` program: another reader and writer than the ones the project has.
namespace doorveil::testsupport {

/// The first frames of a clip, in the stored orientation, 8-bit 4:2:0. Empty where ffmpeg failed.
[[nodiscard]] std::vector<base::VideoFrame> decodedByFfmpeg(const QString &clip, int frames);

/// H.264 at that CRF, written to a file and read back. An odd width or height comes back padded.
[[nodiscard]] std::vector<base::VideoFrame> throughH264(const std::vector<base::VideoFrame> &frames, int crf,
                                                        const QString &preset = QStringLiteral("medium"));

} // namespace doorveil::testsupport
