// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <cstddef>
#include <map>
#include <optional>

namespace doorveil::pipeline {

/// Decoded frames of one clip around a position, within a budget of bytes: what is furthest from the position goes
/// first. Not thread-safe.
class FrameStore
{
public:
    explicit FrameStore(std::size_t byteBudget) : m_byteBudget(byteBudget) { }

    void moveTo(std::size_t position) { m_position = position; }
    [[nodiscard]] std::size_t position() const { return m_position; }

    void keep(std::size_t index, base::VideoFrame frame);
    [[nodiscard]] bool contains(std::size_t index) const { return m_frames.contains(index); }
    [[nodiscard]] std::optional<base::VideoFrame> find(std::size_t index) const;

    /// How many frames directly before the position are here.
    [[nodiscard]] std::size_t framesBehind() const;
    /// How many frames of this clip fit; 0 while there is none to measure.
    [[nodiscard]] std::size_t capacity() const;
    [[nodiscard]] std::size_t bytesHeld() const { return m_bytes; }

private:
    std::size_t m_byteBudget;
    std::size_t m_position = 0;
    std::size_t m_bytes = 0;
    std::map<std::size_t, base::VideoFrame> m_frames;
};

} // namespace doorveil::pipeline
