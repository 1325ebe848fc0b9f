// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <filesystem>
#include <vector>

namespace doorveil::pipeline {

/// One model and where it stands on this machine, for programs above the pipeline.
struct ModelStatus
{
    QString id;
    QString role; ///< "face", "plate", "person"
    QString version;
    QString licence;
    bool usable = false;
    QString reason; ///< why not
    std::vector<std::filesystem::path> paths;
};

[[nodiscard]] base::Result<std::vector<ModelStatus>> modelStatus();

} // namespace doorveil::pipeline
