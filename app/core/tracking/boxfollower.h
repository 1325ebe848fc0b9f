// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/videoframe.h"

#include <memory>
#include <optional>

namespace doorveil::tracking {

/// Follows one box that the owner drew from frame to frame, in whichever direction the frames come. Stops for good
/// where the picture no longer tells where the subject is, rather than sliding onto something else: what it shows is
/// compared with the frame before and with what the owner drew. Deterministic. Not thread-safe.
class BoxFollower
{
public:
    /// A small grey copy of a frame, as the follower looks at it: for callers that have to keep many (going backwards).
    struct View
    {
        base::GreyPicture grey;
        int factor = 1;
    };
    [[nodiscard]] static View viewOf(const base::VideoFrame &frame);

    /// `box` in displayed pixels, as drawn in `first`.
    BoxFollower(base::Size displayedSize, const View &first, const base::Rectangle &box);
    ~BoxFollower();
    BoxFollower(const BoxFollower &) = delete;
    BoxFollower &operator=(const BoxFollower &) = delete;

    /// Where the box is in the next frame, clamped to the picture; nothing, from then on, where it is lost: it left the
    /// picture, or cannot be recognised.
    [[nodiscard]] std::optional<base::Rectangle> follow(const View &next);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::tracking
