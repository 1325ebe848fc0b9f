// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/arguments.h"

#include <QString>

namespace doorveil::cli {

/// `--crf` and `--preset`; what is not given leaves the value as it is.
[[nodiscard]] base::Result<void> parseCrf(const Arguments &arguments, int &crf);
[[nodiscard]] base::Result<void> parsePreset(const Arguments &arguments, QString &preset);

} // namespace doorveil::cli
