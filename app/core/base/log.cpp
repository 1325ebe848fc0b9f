// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

namespace doorveil::base {
Q_LOGGING_CATEGORY(logBase, "doorveil.base", QtWarningMsg)
Q_LOGGING_CATEGORY(logIsolation, "doorveil.isolation", QtWarningMsg)
Q_LOGGING_CATEGORY(logVision, "doorveil.vision", QtWarningMsg)
Q_LOGGING_CATEGORY(logProject, "doorveil.project", QtWarningMsg)
Q_LOGGING_CATEGORY(logPipeline, "doorveil.pipeline", QtWarningMsg)
} // namespace doorveil::base
