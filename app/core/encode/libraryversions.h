// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace doorveil::encode {

/// The libraries behind the encoder with the versions that run, such as "libavcodec 59.37.100": for records.
[[nodiscard]] QStringList libraryVersions();

} // namespace doorveil::encode
