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
    bool embedded = false; ///< part of the program: nothing to install
    bool usable = false;
    QString reason; ///< why not
    std::vector<std::filesystem::path> paths;
};

/// Reads and verifies the files of every model.
[[nodiscard]] base::Result<std::vector<ModelStatus>> modelStatus();

/// Whether faces or plates would be looked for by embedded detectors only, as an analysis would record it.
[[nodiscard]] bool isBasic(const std::vector<ModelStatus> &models);

/// Where `doorveil-models install` puts the models.
[[nodiscard]] std::filesystem::path installedModelsFolder();

} // namespace doorveil::pipeline
