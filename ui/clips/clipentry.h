// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clips/clipjobs.h"

#include <QPixmap>
#include <QString>

#include <filesystem>
#include <optional>

namespace doorveil::ui {

/// Where a clip stands on its way. Problems win over progress.
enum class ClipState {
    Reading, ///< being opened
    New, ///< not analysed
    Waiting, ///< in the queue
    Analysing,
    Failed, ///< `error` says why
    ToCheck, ///< a project with things to check
    Ready, ///< a project with nothing open that the owner has not called reviewed
    Reviewed,
    ClipMissing,
    ClipChanged,
    InUse, ///< another program has the project open
    ProjectUnreadable, ///< `error` says why
};

/// One row of the list of clips.
struct ClipEntry
{
    int id = 0; ///< stays the same while the program runs
    std::filesystem::path clip; ///< may be empty where only an unreadable project is known
    std::filesystem::path project; ///< empty before the analysis
    std::filesystem::path begun; ///< the project in which the clip waits for it; empty where there is none
    ClipState state = ClipState::Reading;
    int percent = -1; ///< of the analysis
    QPixmap thumbnail;
    std::int64_t bytes = -1; ///< -1: unknown
    std::int64_t durationMilliseconds = 0; ///< 0: unknown
    std::int64_t frameCountEstimate = 0;
    std::optional<bool> hasSound;
    std::optional<base::RecordedTimeGuess> guess;
    std::optional<ProjectSummary> summary;
    QString error; ///< the whole reason
    bool isUnreadable = false; ///< the error is about the file itself: no video, or damaged

    /// What the owner set, else the guess; either put right by the clock's error that the owner told.
    [[nodiscard]] std::optional<QDateTime> recordedAt() const;
    [[nodiscard]] bool hasProject() const { return !project.empty(); }
    /// Whether review can open it.
    [[nodiscard]] bool canReview() const;
    /// The state that a project's facts mean.
    [[nodiscard]] static ClipState stateOf(const ProjectFacts &facts);
};

/// "0:02", "1:05:09"; tenths below ten seconds ("4.7 s").
[[nodiscard]] QString durationText(std::int64_t milliseconds);
/// "1:10", for how long something will take.
[[nodiscard]] QString remainingText(std::int64_t seconds);

} // namespace doorveil::ui
