// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/track.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace doorveil::vision {

/// One file of a model, pinned.
struct ModelFile
{
    QString name; ///< file name below the model folder, as stored
    QString url; ///< upstream; empty for files that are shipped with the program
    QString sha256;
    std::int64_t bytes = 0;
};

/// models/<id>/model.toml.
struct ModelDescription
{
    QString id;
    QString role; ///< "face", "plate", "person"
    QString version;
    QString licence;
    QString adapter; ///< which code reads its outputs: "yunet", "yolov5-plate", "lpd-yunet", "darknet-body", …
    std::vector<ModelFile> files;
    int inputWidth = 0; ///< 0: any multiple of 32
    int inputHeight = 0;
    double strongThreshold = 0.0; ///< starts a track
    double weakThreshold = 0.0; ///< continues one
    double nonMaximumSuppression = 0.3;
    int smallestSide = 0;
};

/// Where a model stands on this machine.
struct ModelState
{
    ModelDescription description;
    bool usable = false;
    QString reason; ///< why not: missing, wrong size, wrong SHA-256 (both given), unreadable
    std::vector<std::filesystem::path> paths; ///< of the verified files, in the order of description.files
};

/// Folders that are searched, in order: $DOORVEIL_MODELS_DIR, the user's data folder, the installed share folder.
[[nodiscard]] std::vector<std::filesystem::path> modelFolders();
/// The user's data folder for models, where `doorveil-models install` puts them.
[[nodiscard]] std::filesystem::path userModelFolder();

/// Descriptions compiled into the program from models/*/model.toml; an error is a mistake in one of them.
[[nodiscard]] base::Result<std::vector<ModelDescription>> modelDescriptions();

/// Looks for every described file under each folder (also in sub-folders, by name) and verifies size and SHA-256
/// before anything is loaded.
[[nodiscard]] base::Result<std::vector<ModelState>> checkModels();

} // namespace doorveil::vision
