// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "download/filedownload.h"
#include "vision/modelregistry.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace doorveil::download {

/// What became of each model.
struct InstallOutcome
{
    QStringList installed; ///< ids
    QStringList alreadyThere; ///< ids
    QStringList missing; ///< ids that an offline folder does not hold
    std::vector<base::Error> errors; ///< one a model that failed; each names the file
};

/// The models to install: the named ones, or all that have something to install. Usage error for an unknown id, which
/// lists the known ones.
[[nodiscard]] base::Result<std::vector<vision::ModelDescription>>
chosenModels(const std::vector<vision::ModelDescription> &descriptions, const QStringList &ids);

/// Copies models from a folder, searched with its sub-folders by file name, into `target`/ID/. Each file is verified
/// in memory and those bytes are written, durably.
[[nodiscard]] InstallOutcome installFromFolder(const std::vector<vision::ModelDescription> &models,
                                               const std::filesystem::path &source,
                                               const std::filesystem::path &target);

/// Fetches models one after another into `target`/ID/. A model that is there and verifies is not fetched. When a server
/// does not answer, the rest is not tried: it would only be waited for again. Runs on the event loop of its thread.
class ModelInstaller final : public QObject
{
public:
    using Finished = std::function<void(const InstallOutcome &)>;
    using Advanced = std::function<void(const QString &file, std::int64_t received, std::int64_t bytes)>;

    ModelInstaller(std::vector<vision::ModelDescription> models, std::filesystem::path target,
                   DownloadSettings settings);
    ~ModelInstaller() override;

    /// Calls `finished` exactly once, from the event loop, unless this object is destroyed first.
    void start(Finished finished, Advanced advanced);

private:
    void nextModel();
    void nextFile();
    void fetched(base::Result<QByteArray> content);
    void modelFailed(base::Error error);
    void finish();
    [[nodiscard]] std::filesystem::path folderOf(const vision::ModelDescription &model) const;

    std::vector<vision::ModelDescription> m_models;
    std::filesystem::path m_target;
    DownloadSettings m_settings;
    Finished m_finished;
    Advanced m_advanced;
    InstallOutcome m_outcome;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<FileDownload> m_download;
    std::size_t m_model = 0;
    std::size_t m_file = 0;
};

} // namespace doorveil::download
