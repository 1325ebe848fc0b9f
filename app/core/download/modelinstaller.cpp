// SPDX-License-Identifier: GPL-3.0-or-later
#include "download/modelinstaller.h"

#include "base/durablefile.h"
#include "base/file.h"

#include <QNetworkAccessManager>
#include <QTimer>

#include <algorithm>

namespace doorveil::download {

namespace {

constexpr int readableByAll = 0644; // models are public; a folder shared by several users must work for all

base::Result<void> makeFolder(const std::filesystem::path &folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("The folder %1 cannot be made: %2")
                               .arg(base::displayPath(folder), QString::fromLocal8Bit(error.message().c_str())),
                           QStringLiteral("not-writable")};
    }
    return {};
}

base::Result<void> store(const std::filesystem::path &folder, const vision::ModelFile &file, const QByteArray &content)
{
    base::DurableFile::Options options;
    options.replaceExisting = true; // what is there was looked at and did not verify
    options.mode = readableByAll;
    return base::writeDurably(folder / file.name.toStdString(), content, options);
}

bool isInstalled(const vision::ModelDescription &model, const std::filesystem::path &folder)
{
    return vision::readModel(model, {folder}).state.usable;
}

} // namespace

base::Result<std::vector<vision::ModelDescription>>
chosenModels(const std::vector<vision::ModelDescription> &descriptions, const QStringList &ids)
{
    std::vector<vision::ModelDescription> installable;
    QStringList known;
    for (const vision::ModelDescription &description : descriptions) {
        if (description.embedded)
            continue;
        installable.push_back(description);
        known.append(description.id);
    }
    if (ids.isEmpty())
        return installable;
    std::vector<vision::ModelDescription> chosen;
    for (const QString &id : ids) {
        const auto found = std::find_if(installable.begin(), installable.end(),
                                        [&id](const vision::ModelDescription &model) { return model.id == id; });
        if (found == installable.end()) {
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("There is no model \"%1\" to install. There are: %2")
                                   .arg(id, known.join(QStringLiteral(", "))),
                               QStringLiteral("unknown-model")};
        }
        if (std::none_of(chosen.begin(), chosen.end(), [&id](const auto &model) { return model.id == id; }))
            chosen.push_back(*found);
    }
    return chosen;
}

InstallOutcome installFromFolder(const std::vector<vision::ModelDescription> &models,
                                 const std::filesystem::path &source, const std::filesystem::path &target)
{
    InstallOutcome outcome;
    for (const vision::ModelDescription &model : models) {
        const std::filesystem::path folder = target / model.id.toStdString();
        if (isInstalled(model, folder)) {
            outcome.alreadyThere.append(model.id);
            continue;
        }
        const vision::VerifiedModel found = vision::readModel(model, {source});
        if (!found.state.usable) {
            if (found.state.refused)
                outcome.errors.push_back({base::ErrorKind::Failure,
                                          QStringLiteral("%1: %2").arg(model.id, found.state.reason),
                                          QStringLiteral("wrong-file")});
            else
                outcome.missing.append(model.id);
            continue;
        }
        base::Result<void> done = makeFolder(folder);
        for (std::size_t index = 0; done && index < model.files.size(); ++index)
            done = store(folder, model.files[index], found.contents[index]);
        if (done)
            outcome.installed.append(model.id);
        else
            outcome.errors.push_back(done.error());
    }
    return outcome;
}

ModelInstaller::ModelInstaller(std::vector<vision::ModelDescription> models, std::filesystem::path target,
                               DownloadSettings settings)
    : m_models(std::move(models)),
      m_target(std::move(target)),
      m_settings(settings),
      m_network(std::make_unique<QNetworkAccessManager>())
{
}

ModelInstaller::~ModelInstaller() = default;

void ModelInstaller::start(Finished finished, Advanced advanced)
{
    m_finished = std::move(finished);
    m_advanced = std::move(advanced);
    QTimer::singleShot(0, this, [this] { nextModel(); });
}

std::filesystem::path ModelInstaller::folderOf(const vision::ModelDescription &model) const
{
    return m_target / model.id.toStdString();
}

void ModelInstaller::nextModel()
{
    while (m_model < m_models.size() && isInstalled(m_models[m_model], folderOf(m_models[m_model]))) {
        m_outcome.alreadyThere.append(m_models[m_model].id);
        ++m_model;
    }
    if (m_model >= m_models.size()) {
        finish();
        return;
    }
    if (const base::Result<void> made = makeFolder(folderOf(m_models[m_model])); !made) {
        modelFailed(made.error());
        return;
    }
    m_file = 0;
    nextFile();
}

void ModelInstaller::nextFile()
{
    const vision::ModelDescription &model = m_models[m_model];
    if (m_file >= model.files.size()) {
        m_outcome.installed.append(model.id);
        ++m_model;
        nextModel();
        return;
    }
    const vision::ModelFile &file = model.files[m_file];
    const std::filesystem::path partial = folderOf(model) / ("." + file.name.toStdString() + ".partial");
    m_download = std::make_unique<FileDownload>(*m_network, file, partial, m_settings);
    m_download->start(
        [this](base::Result<QByteArray> content) {
            // Leaves the download's own call first: what follows replaces the download.
            QTimer::singleShot(0, this, [this, content = std::move(content)] { fetched(content); });
        },
        [this, name = file.name, bytes = file.bytes](std::int64_t received) {
            if (m_advanced)
                m_advanced(name, received, bytes);
        });
}

void ModelInstaller::fetched(base::Result<QByteArray> content)
{
    if (!content) {
        modelFailed(content.error());
        return;
    }
    const vision::ModelDescription &model = m_models[m_model];
    if (const base::Result<void> stored = store(folderOf(model), model.files[m_file], *content); !stored) {
        modelFailed(stored.error());
        return;
    }
    ++m_file;
    nextFile();
}

void ModelInstaller::modelFailed(base::Error error)
{
    const bool unanswered = error.failureClass == QLatin1String("no-answer");
    m_outcome.errors.push_back(std::move(error));
    std::error_code ignored;
    std::filesystem::remove(folderOf(m_models[m_model]), ignored); // only where nothing is in it
    if (unanswered) {
        finish();
        return;
    }
    ++m_model;
    nextModel();
}

void ModelInstaller::finish()
{
    if (!m_finished)
        return;
    const Finished finished = std::exchange(m_finished, {});
    finished(m_outcome);
}

} // namespace doorveil::download
