// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"
#include "project/reviewdocument.h"
#include "redaction/coverplan.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace doorveil::pipeline {

/// Frames of one clip for a screen, decoded ahead by a worker and cached within a byte budget around the position;
/// while the position stands still or goes back, a second worker brings in the frames before it. Owns its threads;
/// every function may be called from one other thread (the window's), returns at once, and answers through the callback
/// on one of the cache's own threads.
class FrameCache
{
public:
    struct Answer
    {
        std::uint64_t request = 0; ///< as given by request(); an answer to a newer request makes older ones void
        std::size_t index = 0; ///< of the frame in document.source.frames
        base::VideoFrame frame; ///< as decoded
        base::VideoFrame covered; ///< covered by the same CoverPlan and Redactor as the export; null in other views
    };
    using Deliver = std::function<void(base::Result<Answer>)>;

    struct Settings
    {
        std::size_t byteBudget = std::size_t(256) << 20;
        std::size_t readAhead = 8; ///< frames decoded beyond the asked one while playing
    };

    FrameCache(const std::filesystem::path &clip, const std::vector<base::FrameTime> &frames, const Settings &settings,
               Deliver deliver);
    ~FrameCache();
    FrameCache(const FrameCache &) = delete;
    FrameCache &operator=(const FrameCache &) = delete;

    /// What is covered from now on. Until it is called, covered frames are refused: nothing is known to be safe.
    void setPlan(std::shared_ptr<const redaction::CoverPlan> plan);
    /// Asks for the frame of an index; the newest request wins. Gives the request's number (0: no such frame, no
    /// answer).
    std::uint64_t request(std::size_t index, bool covered);
    [[nodiscard]] std::size_t bytesHeld() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// What an export of the document would cover, whatever its trim. Walks all tracks: not for a window's thread.
[[nodiscard]] std::shared_ptr<const redaction::CoverPlan> coverPlanOf(const project::ReviewDocument &document);

} // namespace doorveil::pipeline
