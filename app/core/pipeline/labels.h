// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/reviewdocument.h"

#include <QByteArray>

#include <filesystem>

/// Labels for the recall benchmark (docs/formats.md): where faces, heads and plates are in some frames of a clip, as
/// somebody has corrected them. They hold positions of people, so they are written only where the owner asks for it.
namespace doorveil::pipeline {

namespace labels {
inline constexpr char format[] = "doorveil-labels";
inline constexpr int version = 1;
inline constexpr char faces[] = "faces";
inline constexpr char heads[] = "heads"; ///< of people whose face is not visible
inline constexpr char plates[] = "plates";
inline constexpr char ignored[] = "ignore"; ///< neither for nor against
inline constexpr char fileSuffix[] = ".labels.json"; ///< after the clip's whole file name
inline constexpr int usualStep = 10; ///< every tenth frame
} // namespace labels

/// Of every `step`th frame from the first: faces and heads (of a body without either, its likely head) and plates as
/// found, bridged, followed or drawn. Dismissed tracks are left out. What is only held before or after a find, other
/// areas and zones are to be ignored: what is there is not known. `step` at least 1.
[[nodiscard]] QByteArray labelsOf(const project::ReviewDocument &document, int step);

/// labelsOf() in one durable step. Never over the clip or the project.
[[nodiscard]] base::Result<void> writeLabels(const project::ReviewDocument &document, int step,
                                             const std::filesystem::path &target, bool replaceExisting,
                                             const std::filesystem::path &projectFile);

} // namespace doorveil::pipeline
