// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

#include <cstdint>

namespace doorveil::ui {

/// A colour that a subject keeps in the picture, the list and the timeline. From Okabe and Ito's palette (Color
/// Universal Design, 2008), which people with any colour vision can tell apart; lighter on dark surfaces. Never the
/// only sign: names, patterns and text say the same.
[[nodiscard]] QColor subjectColour(std::int64_t id, bool onDark);

} // namespace doorveil::ui
