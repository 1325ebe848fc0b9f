// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/result.h"
#include "base/videoframe.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::base {

/// Memory for the samples of one frame, of so many bytes; null where there is none, and the frame has its own.
using FrameMemory = std::function<std::shared_ptr<std::byte[]>(std::size_t bytes)>;

/// What a source is opened for.
struct FrameSourceOptions
{
    bool video = true;
    int audioStream = -1; ///< index into ClipInfo::audioStreams to decode; -1 for none
    int threads = 2; ///< decoding threads; frames do not depend on it
    std::function<void()> stillWorking =
        {}; ///< where set, a decoder calls it between two pictures it skips: a long seek is not a hang
    FrameMemory frameMemory = {}; ///< where set, a decoder asks it at each frame that nextFrame() delivers
};

/// Plain frames out of one clip: the process-neutral face of decoding. decode implements it in the worker,
/// isolation implements it in the host by talking to the worker; nothing above can tell the difference.
/// Not thread-safe: one thread at a time. An error names no file: the caller knows which one it opened.
class FrameSource
{
public:
    FrameSource() = default;
    virtual ~FrameSource() = default;
    FrameSource(const FrameSource &) = delete;
    FrameSource &operator=(const FrameSource &) = delete;

    [[nodiscard]] virtual const ClipInfo &info() const = 0;

    /// The next shown frame in display order; nothing at the end. Frames hidden by an edit list or pre-roll are
    /// not delivered. pts strictly increase. Damaged packets are skipped and listed in losses(); an error means
    /// that nothing more can come (a killed worker, for instance).
    [[nodiscard]] virtual Result<std::optional<VideoFrame>> nextFrame() = 0;

    /// After this nextFrame() gives the frame shown at `ticks` (the last with pts <= ticks, or the first frame).
    /// Frame-exact: the same frames as a decode from the start, except after damage.
    [[nodiscard]] virtual Result<void> seek(std::int64_t ticks) = 0;

    /// The next block of the chosen sound track in order; nothing at the end. Gaps in the track are visible in pts.
    [[nodiscard]] virtual Result<std::optional<AudioBlock>> nextAudio() = 0;

    /// What could not be decoded so far (video only), in order.
    [[nodiscard]] virtual std::vector<Loss> losses() const = 0;
};

} // namespace doorveil::base
