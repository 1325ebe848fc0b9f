// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/track.h"

#include <QByteArray>
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
    QString name; ///< file name without a folder
    QString url; ///< upstream; empty for files that are shipped with the program
    QString sha256;
    std::int64_t bytes = 0;
};

/// models/<id>/model.toml.
struct ModelDescription
{
    QString id;
    QString role; ///< "face", "plate", "person"
    QString family; ///< networks that share what they were trained on, and so their blind spots
    int rank = 0; ///< among those of one role: the usable one with the lowest is the best
    QString version;
    QString licence;
    QString adapter; ///< which code reads its outputs: "yunet", "yolov5-plate", "lpd-yunet", "darknet-body", …
    std::vector<ModelFile> files;
    int inputWidth = 0; ///< 0: any multiple of 32
    int inputHeight = 0;
    double strongThreshold = 0.0; ///< starts a track
    double weakThreshold = 0.0; ///< continues one
    double aloneThreshold = 0.0; ///< makes one that is found no second time
    double nonMaximumSuppression = 0.3;
    int smallestSide = 0; ///< of an object that it finds at scale 1, in pixels
    bool embedded = false; ///< part of the program or of a library it needs: nothing to download
};

/// Where a model stands on this machine.
struct ModelState
{
    ModelDescription description;
    bool usable = false;
    QString reason; ///< why not: missing, wrong size, wrong SHA-256 (both given), unreadable
    /// Of the verified files, in the order of description.files; empty for embedded models.
    std::vector<std::filesystem::path> paths;
    /// Is there, but was refused: worth telling, where merely missing is not.
    bool refused = false;
};

/// Folders that are searched, in order: $DOORVEIL_MODELS_DIR, the user's data folder, the installed share folder.
[[nodiscard]] std::vector<std::filesystem::path> modelFolders();
/// The user's data folder for models, where `doorveil-models install` puts them.
[[nodiscard]] std::filesystem::path userModelFolder();

/// Descriptions compiled into the program from models/*/model.toml; an error is a mistake in one of them.
[[nodiscard]] base::Result<std::vector<ModelDescription>> modelDescriptions();

/// Parses one model.toml; `name` is what errors call it. Exposed for tests.
[[nodiscard]] base::Result<ModelDescription> parseModelDescription(const QByteArray &text, const QString &name);

/// Looks for every described file under each folder (also in sub-folders, by name) and verifies size and SHA-256
/// before anything is loaded.
[[nodiscard]] base::Result<std::vector<ModelState>> checkModels();
[[nodiscard]] base::Result<std::vector<ModelState>> checkModels(const std::vector<std::filesystem::path> &folders);

/// A model and the very bytes that were verified: what is loaded is what was checked, whatever happens to the files in
/// between.
struct VerifiedModel
{
    ModelState state;
    std::vector<QByteArray> contents; ///< in the order of description.files; empty where the model is not usable
};
[[nodiscard]] VerifiedModel readModel(const ModelDescription &description,
                                      const std::vector<std::filesystem::path> &folders);

} // namespace doorveil::vision
