// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/boxfollower.h"

#include "base/picture.h"
#include "tracking/follower_p.h"
#include "tracking/trackbox_p.h"

namespace doorveil::tracking {

namespace {

constexpr int followingSide = 960; // longer side of the pictures that motion is followed in
constexpr double leastInside = 0.3; // of the box, in the picture: less of it cannot be told apart from the background
constexpr double leastSimilarity = 0.2; // with what was drawn: a head that turns keeps more, another subject does not
constexpr double keptMotion = 0.5; // share of the last step in the guess of the next: doorbell clips skip frames

} // namespace

struct BoxFollower::State
{
    State(base::Size size, int factor) : displayedSize(size), follower(size, factor) { }

    base::Size displayedSize;
    Follower follower;
    View before;
    TrackBox box;
    double stepX = 0.0;
    double stepY = 0.0;
    std::optional<Look> drawn;
    bool lost = false;
};

BoxFollower::View BoxFollower::viewOf(const base::VideoFrame &frame)
{
    View view;
    view.grey = base::toGreyPicture(frame, followingSide, &view.factor);
    return view;
}

BoxFollower::BoxFollower(base::Size displayedSize, const View &first, const base::Rectangle &box)
    : m_state(std::make_unique<State>(displayedSize, first.factor))
{
    m_state->before = first;
    m_state->box = TrackBox::of(box);
    m_state->drawn = m_state->follower.look(first.grey, m_state->box);
    m_state->lost = box.isEmpty() || !m_state->drawn;
}

BoxFollower::~BoxFollower() = default;

std::optional<base::Rectangle> BoxFollower::follow(const View &next)
{
    State &state = *m_state;
    if (state.lost)
        return std::nullopt;
    state.lost = true; // unless everything below holds
    if (next.factor != state.before.factor)
        return std::nullopt;
    const TrackBox expected = state.box.moved(state.stepX, state.stepY);
    const std::optional<TrackBox> found = state.follower.follow(state.before.grey, next.grey, state.box, expected);
    if (!found)
        return std::nullopt;
    if (visibleShare(*found, state.displayedSize) < leastInside)
        return std::nullopt;
    const std::optional<Look> now = state.follower.look(next.grey, *found);
    if (!now || Follower::similarity(*state.drawn, *now) < leastSimilarity)
        return std::nullopt;
    state.stepX = keptMotion * (found->centreX - state.box.centreX);
    state.stepY = keptMotion * (found->centreY - state.box.centreY);
    state.box = *found;
    state.before = next;
    state.lost = false;
    return found->rectangle().clampedTo(state.displayedSize);
}

} // namespace doorveil::tracking
