// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// Folders of small clips for whole batches, the same every time: cut, scaled, turned, damaged.
namespace doorveil::testsupport {

struct BatchClips
{
    int count = 0;
    int unreadable = 0; ///< of them no clips at all; some of the damaged ones may turn out to be none, too
};

/// Writes `front/clip000.mp4`, `gate/clip001.mp4`, … below `folder`: from the clips in `samples`, cut and coded anew
/// with the `ffmpeg` program, or drawn where `samples` is empty. The first two are whole and have 15 and 10, or 10 and
/// 10, frames a second. Nothing, with the cause in the test's log, where one cannot be made.
[[nodiscard]] std::optional<BatchClips> makeBatchClips(const QString &folder, int count, const QString &samples = {});

} // namespace doorveil::testsupport
