// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace doorveil::encode {

/// "<what>: <FFmpeg's or the system's text for the code>".
[[nodiscard]] base::Error encodingError(const QString &what, int averrorCode);
[[nodiscard]] base::Error encodingError(const QString &message);

} // namespace doorveil::encode
