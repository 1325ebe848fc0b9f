// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/modelscommand.h"

#include "base/file.h"
#include "cli/jsonlines.h"
#include "pipeline/models.h"

#include <QJsonArray>

#include <algorithm>

namespace doorveil::cli {

namespace {

QJsonObject modelObject(const pipeline::ModelStatus &model)
{
    QJsonArray paths;
    for (const std::filesystem::path &path : model.paths)
        paths.append(base::displayPath(path));
    return {{QStringLiteral("id"), model.id},
            {QStringLiteral("role"), model.role},
            {QStringLiteral("version"), model.version},
            {QStringLiteral("licence"), model.licence},
            {QStringLiteral("usable"), model.usable},
            {QStringLiteral("reason"), model.reason},
            {QStringLiteral("paths"), paths}};
}

void printModels(Context &context, const std::vector<pipeline::ModelStatus> &models)
{
    for (const pipeline::ModelStatus &model : models)
        print(context, QStringLiteral("%1 %2 %3")
                           .arg(model.id, -30)
                           .arg(model.role, -8)
                           .arg(model.usable ? QStringLiteral("installed and verified") : model.reason));
}

} // namespace

QString ModelsCommand::description() const
{
    return QStringLiteral("Lists the detectors and checks their files");
}

QString ModelsCommand::synopsis() const
{
    return QStringLiteral("list|check [--json]");
}

std::vector<Option> ModelsCommand::options() const
{
    return {{"json", {}, QStringLiteral("one JSON object a line on stdout instead of text")}};
}

base::Result<int> ModelsCommand::run(Context &context, const Arguments &arguments)
{
    const auto &words = arguments.positional();
    if (words.size() != 1 || (words.front() != "list" && words.front() != "check"))
        return usageError(QStringLiteral("`models list` or `models check`"));
    const auto models = pipeline::modelStatus();
    if (!models)
        return models.error();
    if (arguments.has("json")) {
        for (const pipeline::ModelStatus &model : *models)
            printJson(context, modelObject(model));
    } else {
        printModels(context, *models);
    }
    const auto usable = [&models](const char *role) {
        return std::any_of(models->begin(), models->end(), [role](const pipeline::ModelStatus &model) {
            return model.usable && model.role == QLatin1String(role);
        });
    };
    const bool complete = usable("face") && usable("plate");
    if (!complete)
        say(context, QStringLiteral("WARNING: without a verified model for faces and one for plates the BASIC "
                                    "DETECTORS are used, which miss more. `doorveil-models install` fetches them."));
    // `list` tells; `check` is for scripts that want to know whether the basic detectors would be used.
    return words.front() == "check" && !complete ? exitFailure : exitDone;
}

} // namespace doorveil::cli
