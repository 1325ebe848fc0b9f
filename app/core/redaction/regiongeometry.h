// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"

namespace doorveil::redaction {

/// The least dilation, of a box's width and height, on each side. Detectors' boxes wander by some per cent from frame
/// to frame, and a subject moves within the time a frame is exposed.
constexpr double leastDilation = 0.3;

/// Grown by that share of its width and height on each side, at least 4 px, rounded outwards; not clamped to a picture.
[[nodiscard]] base::Rectangle dilated(const base::Rectangle &box, double dilation);

/// The head of a face box, without dilation: 40 % of the box's height upwards, 15 % down, 20 % of its width to each
/// side. Detectors box the face from the brow or the hairline to the chin, about 170 mm high and 130 mm wide. A head is
/// about 230 mm from chin to crown (0.130 of the stature: Drillis and Contini 1966) and 180 mm wide over the ears, and
/// hair rises some 30 mm above the crown. With the dilation on top, neck, ears and most hair are within.
[[nodiscard]] base::Rectangle headOfFace(const base::Rectangle &face);

/// Where the head of a body box may be, without dilation, generously: the upper 18 % (a head is 0.130 of the stature),
/// but at least 0.6 of the box's width high (shoulders are 0.259 of the stature, two head heights, wide), since a body
/// that the picture's edge or an obstacle cuts off is short but not narrow; a fifth of that more above the box, for
/// hats; of the width the central 70 %. A box that is about as wide as high holds somebody crouching, lying or close to
/// the lens: the head may be anywhere in it. Of somebody whom the lower and a side edge of the picture cut off neither
/// stature nor width is known: the head may reach down to the middle of the box.
[[nodiscard]] base::Rectangle headOfPerson(const base::Rectangle &person, base::Size picture);

/// Where the head of a body box most probably is: for deciding whether a face that was found is that person's.
[[nodiscard]] base::Rectangle likelyHeadOfPerson(const base::Rectangle &person);

/// What is covered of one box: dilated, and for faces and persons the part that the scope asks for. Empty where the
/// scope asks for nothing of it (a person with scope Face). Not clamped to the picture.
[[nodiscard]] base::Rectangle coveredPart(const base::Rectangle &box, base::TrackKind kind, base::CoverScope scope,
                                          double dilation, base::Size picture);

} // namespace doorveil::redaction
