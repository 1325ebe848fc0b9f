// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "consent/request.h"

#include <QJsonArray>

namespace doorveil::cli {

/// What is missing or unusual about a request, for people.
void sayProblems(Context &context, const consent::Request &request);
[[nodiscard]] QJsonArray problemsJson(const consent::Request &request);

} // namespace doorveil::cli
