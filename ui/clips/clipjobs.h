// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "projectsummary.h"

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/recordedtime.h"
#include "base/result.h"

#include <QImage>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

/// The Clips place's work off the window's thread: each function runs on a JobThread and returns values.
namespace doorveil::ui {

/// What is known of a clip that was opened but not analysed. The thumbnail lives in memory only.
struct ClipFacts
{
    QImage thumbnail; ///< null where no frame decodes; fits thumbnailSize, in device pixels of a 2x screen
    std::int64_t bytes = 0;
    std::int64_t durationMilliseconds = 0; ///< an estimate; 0 where unknown
    std::int64_t frameCountEstimate = 0; ///< 0 where unknown
    bool hasSound = false;
    std::optional<base::RecordedTimeGuess> recorded;
};
inline constexpr QSize thumbnailSize(96, 54); ///< logical pixels

[[nodiscard]] base::Result<ClipFacts> readClip(const std::filesystem::path &clip, const base::CancelToken &cancel);

/// What stands in the way of working on a project.
enum class ClipProblem { None, Missing, Changed };

struct ProjectFacts
{
    std::filesystem::path project;
    ProjectSummary summary; ///< of a project that waits: only the clip
    ClipProblem problem = ClipProblem::None;
    bool waits = false; ///< it names its clip and was not analysed yet (project::ProjectStore::createWaiting)
};

/// Whether a project could not be opened because another program, or another thread for long, holds it.
[[nodiscard]] bool isInUse(const base::Error &error);
/// Opens a project, also one that waits, takes its summary, and closes it again. `problem` comes from the clip's
/// presence and size; only isUnchanged() compares all of it.
[[nodiscard]] base::Result<ProjectFacts> readProject(const std::filesystem::path &project);

/// Whether the clip is byte for byte the one that was analysed. An error where it cannot be read.
[[nodiscard]] base::Result<bool> isUnchanged(const ProjectSummary &summary, const base::CancelToken &cancel);

/// The clip has another place now. Refused (Usage) unless it is byte for byte the same.
[[nodiscard]] base::Result<ProjectFacts> relinkClip(const std::filesystem::path &project,
                                                    const std::filesystem::path &clip, const base::CancelToken &cancel);

/// Sets when a clip was recorded; an edit of the project.
[[nodiscard]] base::Result<ProjectFacts> setRecordedTime(const std::filesystem::path &project,
                                                         const RecordedTime &recorded);

/// Endings that are taken for clips when a folder is opened, lower case with the dot.
[[nodiscard]] const std::vector<std::string> &clipEndings();
[[nodiscard]] bool isProjectName(const std::filesystem::path &path);

struct FolderContent
{
    std::vector<std::filesystem::path> files; ///< clips and projects, sorted by name
    bool cut = false; ///< there were more than `folderLimit`
};
inline constexpr std::size_t folderLimit = 2000;
/// Clips and projects below a folder; hidden folders, links to folders and unreadable folders are passed over.
[[nodiscard]] FolderContent scanFolder(const std::filesystem::path &folder, const base::CancelToken &cancel);
/// Projects directly in a folder, and those that links in it lead to; none where it does not exist.
[[nodiscard]] std::vector<std::filesystem::path> projectsIn(const std::filesystem::path &folder);

/// The projects in which clips wait to be analysed: made where there is none yet, so that a crash loses no clip of the
/// queue. In the order of the clips.
[[nodiscard]] std::vector<base::Result<std::filesystem::path>>
beginProjects(const std::filesystem::path &folder, const std::vector<std::filesystem::path> &clips);
/// Removes a project that waits. One that was analysed meanwhile, or is gone, is left as it is.
void dropBegun(const std::filesystem::path &project);

/// A project elsewhere is remembered by a link to it in the folder for projects.
[[nodiscard]] base::Result<void> linkProject(const std::filesystem::path &folder, const std::filesystem::path &project);
void unlinkProject(const std::filesystem::path &folder, const std::filesystem::path &project);

struct AnalysisRequest
{
    std::filesystem::path clip;
    std::filesystem::path begun; ///< the project in which the clip waits; empty where there is none
    std::filesystem::path project; ///< analyse again into this one; empty: make one
    std::filesystem::path projectFolder; ///< where new ones are made; made itself where it is missing
    std::vector<std::pair<QString, std::filesystem::path>> known; ///< SHA-256 and project of every clip in the list
};

struct AnalysisOutcome
{
    ProjectFacts facts;
    bool existed = false; ///< the clip had a project already: nothing was analysed
};

/// Analyses a clip and makes its project, durably, in the place of the one that waited: whatever ends this before, the
/// clip waits as it did.
/// A clip that has a project in the list or under its name in the folder gets that one; where another program holds a
/// project of its name, that is an error of class "project-in-use".
[[nodiscard]] base::Result<AnalysisOutcome> analyseClip(const AnalysisRequest &request,
                                                        const base::ProgressCallback &progress,
                                                        const std::function<void()> &betweenFrames,
                                                        const base::CancelToken &cancel);

} // namespace doorveil::ui
