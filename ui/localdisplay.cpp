// SPDX-License-Identifier: GPL-3.0-or-later
#include "localdisplay.h"

namespace doorveil::ui {

std::optional<QString> whyDisplayNeedsNetwork(const QString &platform, const QString &display,
                                              const QString &waylandDisplay)
{
    const QString name = platform.section(QLatin1Char(':'), 0, 0);
    if (name == QLatin1String("vnc"))
        return QStringLiteral("the display \"%1\" is reached over the network, which Doorveil never uses").arg(name);
    const bool isX11 = name.startsWith(QLatin1String("xcb")) || (name.isEmpty() && waylandDisplay.isEmpty());
    // X(7): [protocol/][host]:display[.screen]; without a host, "unix", or with a path it is a socket of this machine.
    const QString host = display.section(QLatin1Char(':'), 0, -2);
    const bool isLocal = host.isEmpty() || host == QLatin1String("unix") || host.startsWith(QLatin1String("unix/"))
                         || display.startsWith(QLatin1Char('/')) || display.startsWith(QLatin1String("unix:"));
    if (!isX11 || isLocal)
        return std::nullopt;
    return QStringLiteral("the display \"%1\" is reached over the network, which Doorveil never uses; start it on the "
                          "computer in front of you")
        .arg(display);
}

} // namespace doorveil::ui
