// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/workidentity.h"

#include "base/file.h"
#include "isolation/videoreader.h"
#include "vision/modelregistry.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QJsonDocument>

namespace doorveil::pipeline::batch {

namespace {

base::Result<QString> hashOf(const std::filesystem::path &path)
{
    const base::Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return file.error();
    return base::sha256Of(file->get());
}

QString sha256(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

} // namespace

base::Result<WorkIdentity> currentWorkIdentity()
{
    const base::Result<std::filesystem::path> worker = isolation::workerPath();
    if (!worker)
        return worker.error();
    QByteArray program = "Doorveil " DOORVEIL_VERSION "\n";
    const std::filesystem::path self(QCoreApplication::applicationFilePath().toStdString());
    for (const std::filesystem::path &path : {self, *worker}) {
        const base::Result<QString> hash = hashOf(path);
        if (!hash)
            return hash.error();
        program += hash->toLatin1() + '\n';
    }
    const base::Result<std::vector<vision::ModelState>> states = vision::checkModels();
    if (!states)
        return states.error();
    QByteArray models;
    for (const vision::ModelState &state : *states) {
        if (!state.usable)
            continue;
        models += state.description.id.toUtf8();
        for (const vision::ModelFile &file : state.description.files)
            models += ' ' + file.sha256.toLatin1();
        models += '\n';
    }
    return WorkIdentity{sha256(program), sha256(models)};
}

QString rulesHash(const ClipRules &rules)
{
    return sha256(QJsonDocument(rules.toJson()).toJson(QJsonDocument::Compact));
}

} // namespace doorveil::pipeline::batch
