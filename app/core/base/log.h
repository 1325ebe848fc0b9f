// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

/// Logging categories, "doorveil.<module>". Logs never hold names, tags or pixels of clips unless asked for
/// (QT_LOGGING_RULES="doorveil.*.debug=true").
namespace doorveil::base {
Q_DECLARE_LOGGING_CATEGORY(logBase)
Q_DECLARE_LOGGING_CATEGORY(logIsolation)
Q_DECLARE_LOGGING_CATEGORY(logVision)
Q_DECLARE_LOGGING_CATEGORY(logProject)
Q_DECLARE_LOGGING_CATEGORY(logPipeline)
} // namespace doorveil::base
