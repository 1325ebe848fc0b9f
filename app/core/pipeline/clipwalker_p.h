// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/framesource.h"
#include "base/track.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::pipeline {

/// Walks through the frames of a clip by their index, with a worker of its own that is started when it is needed.
/// After an error the next call starts a fresh one. One thread at a time.
class ClipWalker
{
public:
    struct Step
    {
        std::size_t index = 0;
        base::VideoFrame frame;
    };

    /// `frames` outlives it.
    ClipWalker(std::filesystem::path clip, const std::vector<base::FrameTime> &frames);

    [[nodiscard]] bool isOpen() const { return m_source != nullptr; }
    /// Of the frame that next() gives.
    [[nodiscard]] std::size_t nextIndex() const { return m_nextIndex; }

    /// Starts the worker, at the first frame. Nothing to do where it runs.
    [[nodiscard]] base::Result<void> open();
    [[nodiscard]] base::Result<void> goTo(std::size_t index);
    /// Nothing at the end. Pictures that are no frames of the clip are passed over.
    [[nodiscard]] base::Result<std::optional<Step>> next();

private:
    [[nodiscard]] base::Error failed(const base::Error &error);

    std::filesystem::path m_clip;
    const std::vector<base::FrameTime> &m_frames;
    base::FileDescriptor m_file;
    std::unique_ptr<base::FrameSource> m_source; // before the file it reads
    std::size_t m_nextIndex = 0;
};

} // namespace doorveil::pipeline
