// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "projectsummary.h"

#include "base/result.h"

#include <filesystem>

namespace doorveil::ui {

/// What the window and the list of clips need of the Review place: one project is open in it at a time. While it is
/// (from projectOpened() to projectClosed()), nobody else may read or lock the project file.
class ReviewPlaceBase : public Place
{
    Q_OBJECT

public:
    using Place::Place;

    /// Opens a project (a `.doorveil` file) in place of the one that is open; ends with projectOpened() or
    /// openFailed(). The one that was open is closed first, its edits on disk: projectClosed().
    virtual void openProject(const std::filesystem::path &project) = 0;
    /// Closes the open project; ends with projectClosed(). Does nothing without one.
    virtual void closeProject() = 0;
    /// Empty without an open project. Already set while one is being opened.
    [[nodiscard]] virtual std::filesystem::path currentProject() const = 0;

signals:
    void projectOpened(const std::filesystem::path &project);
    void openFailed(const std::filesystem::path &project, const doorveil::base::Error &error);
    /// On disk: after opening and after every edit that changes it.
    void summaryChanged(const std::filesystem::path &project, const doorveil::ui::ProjectSummary &summary);
    void projectClosed(const std::filesystem::path &project);
    /// "Show clips" from an empty review: the window goes to the Clips place.
    void clipsWanted();
};

} // namespace doorveil::ui
