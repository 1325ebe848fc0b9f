// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/modelregistry.h"

#include "base/file.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <map>
#include <optional>

namespace doorveil::vision {

namespace {

// A models folder that is really somebody's home must not be walked for minutes.
constexpr int deepestFolder = 6;
constexpr int mostEntries = 20000;

std::filesystem::path toPath(const QString &text)
{
    return std::filesystem::path(QFile::encodeName(text).toStdString());
}

/// Paths of all files below the folders that have one of the names, in the folders' order, each folder's sorted.
std::vector<std::filesystem::path> findByName(const std::vector<std::filesystem::path> &folders, const QString &name)
{
    const std::string wanted = name.toStdString();
    std::vector<std::filesystem::path> found;
    for (const std::filesystem::path &folder : folders) {
        std::vector<std::filesystem::path> here;
        std::error_code error;
        std::filesystem::recursive_directory_iterator entry(
            folder, std::filesystem::directory_options::skip_permission_denied, error);
        for (int seen = 0; !error && entry != std::filesystem::recursive_directory_iterator() && seen < mostEntries;
             entry.increment(error), ++seen) {
            if (entry.depth() >= deepestFolder)
                entry.disable_recursion_pending();
            if (entry->path().filename() == wanted)
                here.push_back(entry->path());
        }
        std::sort(here.begin(), here.end());
        found.insert(found.end(), here.begin(), here.end());
    }
    return found;
}

struct FileCheck
{
    std::optional<QByteArray> content; ///< verified
    QString reason; ///< why not
};

FileCheck verified(const QByteArray &content, const ModelFile &file, const QString &place)
{
    if (content.size() != file.bytes) {
        return {{},
                QStringLiteral("%1 has %2 bytes, not %3: it is another file or was not copied whole")
                    .arg(place)
                    .arg(content.size())
                    .arg(file.bytes)};
    }
    const QString sha256 = QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
    if (sha256 != file.sha256) {
        return {{},
                QStringLiteral("%1 has SHA-256 %2, not %3: it is not the file that Doorveil was tested with")
                    .arg(place, sha256, file.sha256)};
    }
    return {content, {}};
}

FileCheck readVerified(const std::filesystem::path &path, const ModelFile &file)
{
    const QString place = base::displayPath(path);
    const base::Result<base::FileDescriptor> descriptor = base::openInput(path);
    if (!descriptor)
        return {{}, descriptor.error().message};
    const base::Result<std::int64_t> size = base::sizeOf(descriptor->get());
    if (!size)
        return {{}, size.error().message};
    // The size first: a wrong file of many gigabytes is not read to find that its hash is wrong.
    if (*size != file.bytes) {
        return {{},
                QStringLiteral("%1 has %2 bytes, not %3: it is another file or was not copied whole")
                    .arg(place)
                    .arg(*size)
                    .arg(file.bytes)};
    }
    QFile opened;
    if (!opened.open(descriptor->get(), QIODevice::ReadOnly))
        return {{}, QStringLiteral("%1 cannot be read: %2").arg(place, opened.errorString())};
    return verified(opened.read(file.bytes + 1), file, place);
}

VerifiedModel embeddedModel(const ModelDescription &description)
{
    VerifiedModel model{{description, true, {}, {}, false}, {}};
    for (const ModelFile &file : description.files) {
        QFile resource(QStringLiteral(":/doorveil/models/%1/%2").arg(description.id, file.name));
        FileCheck check;
        if (resource.open(QIODevice::ReadOnly))
            check = verified(resource.readAll(), file, resource.fileName());
        else
            check.reason = QStringLiteral("%1 is missing from the program").arg(resource.fileName());
        if (!check.content) {
            model.state.usable = false;
            model.state.refused = true;
            model.state.reason = check.reason;
            model.contents.clear();
            return model;
        }
        model.contents.push_back(*check.content);
    }
    return model;
}

} // namespace

std::filesystem::path userModelFolder()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return toPath(data + QStringLiteral("/doorveil/models"));
}

std::vector<std::filesystem::path> modelFolders()
{
    std::vector<std::filesystem::path> folders;
    const auto add = [&folders](const std::filesystem::path &folder) {
        if (std::find(folders.begin(), folders.end(), folder) == folders.end())
            folders.push_back(folder);
    };
    if (const QString chosen = qEnvironmentVariable("DOORVEIL_MODELS_DIR"); !chosen.isEmpty())
        add(toPath(chosen));
    add(userModelFolder());
    if (QCoreApplication::instance() != nullptr)
        add(toPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/doorveil/models")));
    for (const QString &shared : QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation))
        add(toPath(shared + QStringLiteral("/doorveil/models")));
    return folders;
}

VerifiedModel readModel(const ModelDescription &description, const std::vector<std::filesystem::path> &folders)
{
    if (description.embedded)
        return embeddedModel(description);
    VerifiedModel model{{description, true, {}, {}, false}, {}};
    for (const ModelFile &file : description.files) {
        std::optional<QByteArray> content;
        QStringList reasons;
        for (const std::filesystem::path &path : findByName(folders, file.name)) {
            FileCheck check = readVerified(path, file);
            if (check.content) {
                content = std::move(check.content);
                model.state.paths.push_back(path);
                break;
            }
            reasons.append(check.reason);
        }
        if (content) {
            model.contents.push_back(std::move(*content));
            continue;
        }
        model.state.usable = false;
        model.state.refused = !reasons.isEmpty();
        model.state.reason =
            reasons.isEmpty() ? QStringLiteral("%1 is missing").arg(file.name) : reasons.join(QStringLiteral("; "));
        model.state.paths.clear();
        model.contents.clear();
        return model;
    }
    return model;
}

base::Result<std::vector<ModelState>> checkModels(const std::vector<std::filesystem::path> &folders)
{
    const base::Result<std::vector<ModelDescription>> descriptions = modelDescriptions();
    if (!descriptions)
        return descriptions.error();
    std::vector<ModelState> states;
    for (const ModelDescription &description : *descriptions)
        states.push_back(readModel(description, folders).state);
    return states;
}

base::Result<std::vector<ModelState>> checkModels()
{
    return checkModels(modelFolders());
}

} // namespace doorveil::vision
