// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace doorveil::ui {

class Settings;
class Theme;

/// What the window lends its places; outlives them.
struct WindowContext
{
    Settings &settings;
    Theme &theme;
};

} // namespace doorveil::ui
