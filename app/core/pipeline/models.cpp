// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/models.h"

#include "vision/modelregistry.h"

#include <algorithm>

namespace doorveil::pipeline {

base::Result<std::vector<ModelStatus>> modelStatus()
{
    const base::Result<std::vector<vision::ModelState>> states = vision::checkModels();
    if (!states)
        return states.error();
    std::vector<ModelStatus> models;
    for (const vision::ModelState &state : *states)
        models.push_back({state.description.id, state.description.role, state.description.version,
                          state.description.licence, state.description.embedded, state.usable, state.reason,
                          state.paths});
    return models;
}

bool isBasic(const std::vector<ModelStatus> &models)
{
    const auto installed = [&models](const QString &role) {
        return std::any_of(models.begin(), models.end(), [&role](const ModelStatus &model) {
            return model.role == role && model.usable && !model.embedded;
        });
    };
    return !installed(QStringLiteral("face")) || !installed(QStringLiteral("plate"));
}

std::filesystem::path installedModelsFolder()
{
    return vision::userModelFolder();
}

} // namespace doorveil::pipeline
