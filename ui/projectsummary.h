// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace doorveil::ui {

/// What the owner says of when a clip was recorded.
struct RecordedTime
{
    std::optional<QDateTime> at; ///< by the camera's clock, with its offset from UTC; nothing: only a guess, if that
    std::int64_t clockOffsetMilliseconds = 0; ///< to be added to it, or to the guess
    bool operator==(const RecordedTime &) const = default;

    [[nodiscard]] static RecordedTime of(const project::ReviewDocument &document);
};

/// What the list of clips shows of a project, taken from its document.
struct ProjectSummary
{
    std::filesystem::path clip; ///< the source, as recorded
    QString sha256;
    std::int64_t bytes = 0;
    std::int64_t durationMilliseconds = 0; ///< of all shown frames
    bool hasSound = false;
    RecordedTime recorded;
    int openChecks = 0;
    bool reviewed = false;
    bool basicDetectors = false;
    bool operator==(const ProjectSummary &) const = default;

    [[nodiscard]] static ProjectSummary of(const project::ReviewDocument &document);
};

} // namespace doorveil::ui
