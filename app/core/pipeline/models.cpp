// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/models.h"

#include "vision/modelregistry.h"

namespace doorveil::pipeline {

base::Result<std::vector<ModelStatus>> modelStatus()
{
    const base::Result<std::vector<vision::ModelState>> states = vision::checkModels();
    if (!states)
        return states.error();
    std::vector<ModelStatus> models;
    for (const vision::ModelState &state : *states)
        models.push_back({state.description.id, state.description.role, state.description.version,
                          state.description.licence, state.usable, state.reason, state.paths});
    return models;
}

} // namespace doorveil::pipeline
