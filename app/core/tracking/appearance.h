// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/videoframe.h"

#include <vector>

namespace doorveil::tracking {

/// What somebody looks like from afar: how the colours of hair and face, chest and waist are spread. No measure of a
/// face: it knows a red jacket again, not the person in it. For the memory of a running program, never to be stored.
struct Appearance
{
    std::vector<float> colours; ///< of each part in turn, each summing up to 1; empty where nothing can be said

    [[nodiscard]] bool isEmpty() const { return colours.empty(); }
};

/// The part of a picture (displayed pixels, not clamped) that appearanceOf() looks at for a head of this box.
[[nodiscard]] base::Rectangle appearanceArea(const base::Rectangle &head);

/// Of the somebody whose head lies in `head`, in pixels of `picture`. Empty where too little of the chest is in the
/// picture, where the head is too small, and where the picture has hardly any colour (infrared): then everybody looks
/// alike.
[[nodiscard]] Appearance appearanceOf(const base::Picture &picture, const base::Rectangle &head);

/// The mean of several views of one person; empty for none.
[[nodiscard]] Appearance meanOf(const std::vector<Appearance> &views);

/// From 0 (nothing in common) to 1 (the same). 0 where either is empty.
[[nodiscard]] double likeness(const Appearance &a, const Appearance &b);

/// From here on two appearances may be one person's: measured on people in different and in the same clothes.
inline constexpr double alikeFrom = 0.80;

} // namespace doorveil::tracking
