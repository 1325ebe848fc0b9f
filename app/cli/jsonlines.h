// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/context.h"

#include <QJsonObject>

namespace doorveil::cli {

/// One object a line on the data stream, flushed: a reader follows the work by it.
void printJson(Context &context, const QJsonObject &object);

/// {"event": "error", "exit": …, "class": …, "message": …}
[[nodiscard]] QJsonObject errorObject(const base::Error &error, int exit);

} // namespace doorveil::cli
