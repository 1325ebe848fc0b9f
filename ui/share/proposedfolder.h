// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace doorveil::ui {

/// A folder in the user's documents for something that is handed over, as people read paths. Its name tells little:
/// what it is ("share"), the day, and who gets it.
[[nodiscard]] QString proposedFolder(const QString &what, const QString &who);

} // namespace doorveil::ui
