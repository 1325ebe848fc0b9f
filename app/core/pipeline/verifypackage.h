// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "package/packageverifier.h"

#include <QJsonObject>

#include <filesystem>

namespace doorveil::pipeline {

/// The package verifier, and what only a decoder can tell: duration and picture size of each clip against the record.
[[nodiscard]] base::Result<package::PackageFindings> verifyPackage(const std::filesystem::path &folder,
                                                                   const package::PackageOptions &options,
                                                                   const base::CancelToken &cancel = {});

/// {"passed", "class", "checks": [{"name", "state", "class", "message"}…], "record", "fingerprint", …}
[[nodiscard]] QJsonObject toJson(const package::PackageFindings &findings);

} // namespace doorveil::pipeline
