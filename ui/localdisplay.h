// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace doorveil::ui {

/// Why the window cannot be shown without the network, as a sentence; nothing where it can. An X server that is reached
/// over TCP ("host:0", and ssh's "localhost:10") needs a socket that the program has given up, and so do the platforms
/// "vnc" and the like. Arguments: $QT_QPA_PLATFORM, $DISPLAY and $WAYLAND_DISPLAY.
[[nodiscard]] std::optional<QString> whyDisplayNeedsNetwork(const QString &platform, const QString &display,
                                                            const QString &waylandDisplay);

} // namespace doorveil::ui
