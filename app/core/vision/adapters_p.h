// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/detector.h"
#include "vision/modelregistry.h"
#include "vision/network_p.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace doorveil::vision {

/// Verified contents of a model's files, in the order of its description.
using ModelContents = std::vector<QByteArray>;

// One function an adapter; each may throw what the libraries throw on content they cannot read.
[[nodiscard]] std::unique_ptr<Detector> makeYunet(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeUltraLightFace(const ModelDescription &model,
                                                           const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makePlateYolo(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeCells(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeLpdYunet(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeDarknetBody(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeYoloxPerson(const ModelDescription &model, const ModelContents &contents);
[[nodiscard]] std::unique_ptr<Detector> makeYoloxVehicle(const ModelDescription &model, const ModelContents &contents);

/// What reports say about a detector made from this model.
[[nodiscard]] DetectorInfo infoOf(const ModelDescription &model);

} // namespace doorveil::vision
