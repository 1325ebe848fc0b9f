// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/detector.h"
#include "vision/modelregistry.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace doorveil::vision {

/// The detector of a model, from verified contents in the order of description.files. An error where the adapter is
/// unknown or the library cannot read the contents.
[[nodiscard]] base::Result<std::unique_ptr<Detector>> makeDetector(const ModelDescription &description,
                                                                   const std::vector<QByteArray> &contents);

} // namespace doorveil::vision
