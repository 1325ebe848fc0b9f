// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace doorveil::ui {

/// What the list of clips shows of a project, taken from its document.
struct ProjectSummary
{
    std::filesystem::path clip; ///< the source, as recorded
    QString sha256;
    std::int64_t bytes = 0;
    std::int64_t durationMilliseconds = 0; ///< of all shown frames
    bool hasSound = false;
    std::optional<QDateTime> recordedAt; ///< set by the owner
    std::int64_t clockOffsetMilliseconds = 0; ///< to be added to what the camera's clock says
    int openChecks = 0;
    bool reviewed = false;
    bool basicDetectors = false;
    bool operator==(const ProjectSummary &) const = default;

    [[nodiscard]] static ProjectSummary of(const project::ReviewDocument &document);
};

} // namespace doorveil::ui
