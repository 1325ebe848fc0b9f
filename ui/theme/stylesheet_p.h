// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

namespace doorveil::ui {

/// The few rules that Fusion with a palette cannot give: rounder buttons, flat lists, and looks by dynamic property.
/// A widget chooses with setProperty("look", …): QPushButton "primary", "danger"; QToolButton "flat"; QLabel "title",
/// "heading", "muted"; QFrame "card", "warning", "danger", "success" (a notice in that colour).
[[nodiscard]] QString styleSheetOf(const ThemeColours &colours);

} // namespace doorveil::ui
