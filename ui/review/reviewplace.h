// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "review/reviewedits.h"
#include "review/reviewplacebase.h"
#include "windowcontext.h"

#include <QImage>

#include <functional>
#include <memory>
#include <optional>

namespace doorveil::ui {

/// The place where a project is looked at and corrected: player, timeline, subjects, editing and things to check.
///
/// Everything the owner does becomes a planned edit (reviewedits.h) that the session puts on disk; what is on screen
/// follows from the document that comes back. Decoding, covering, following and hashing run beside the window's thread.
class ReviewPlace final : public ReviewPlaceBase
{
    Q_OBJECT

public:
    explicit ReviewPlace(const WindowContext &context, QWidget *parent = nullptr);
    ~ReviewPlace() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<ActionMenu> menus() const override;
    [[nodiscard]] QWidget *firstFocus() override;
    void prepareToClose() override;
    void openProject(const std::filesystem::path &project) override;
    void closeProject() override;
    [[nodiscard]] std::filesystem::path currentProject() const override;

    /// As saved; null without an open project. For tests and for the window's other places.
    [[nodiscard]] std::shared_ptr<const project::ReviewDocument> document() const;
    [[nodiscard]] bool isSaving() const;
    void seekTo(std::int64_t ticks); ///< the frame shown then

public slots:
    void cancelJob() override;

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    // reviewplace.cpp: what is shown
    void buildWidgets();
    void connectPlaying();
    void connectLooking();
    void connectPanels();
    void showEmpty(const QString &title, const QString &text);
    void takeDocument();
    void refreshFrame();
    void refreshActions();
    void refreshWatched();
    void refreshTime();
    void showFrame(const QImage &picture, const QImage &scaled, std::size_t index, bool covered);
    void applyViewMode();
    void selectTrack(std::int64_t track, bool goThere);
    void selectZone(std::int64_t zone);
    void goToCheck(const QModelIndex &index);
    void walkChecks(bool forwards);
    void goToStop(bool forwards);
    void goToSubject(std::int64_t subject);
    void playUnwatched();
    void flushWatched();

    // reviewplace_edits.cpp: what the owner changes
    void connectEditing();
    bool perform(const Plan &plan);
    void toggleShown(std::int64_t subject);
    void askToShow(std::int64_t subject, bool coverOthers, std::int64_t check,
                   const std::optional<base::Decision> &proposed = {});
    void settle(Settlement how);
    void moveSelected(int x, int y, bool resize);
    void removeHere();
    void mergeChosen();
    void renameChosen();
    void toggleMute();
    void setTrimEdge(bool begin);
    void markReviewed();
    void askRecordedTime();
    void openMenu(const QPoint &globalPosition);
    [[nodiscard]] QString nameOfTrack(std::int64_t track) const;

    // reviewplace_jobs.cpp: what takes time
    void connectJobs();
    void openClip();
    void verifySource();
    void updatePlan();
    void makeThumbnails();
    void loadSound();
    void updateSound();
    void follow(std::int64_t track, std::size_t index, bool forwards, bool backwards);
    void saveFrame();
    void relink();
    void saveZones();
    void offerZones();
    void useZones();
    void setJob(const JobStatus &job);

    /// A file that the owner asks for: where, written beside the window's thread, and told.
    struct SavedFile
    {
        QString objectName; ///< of the dialogue
        QString title;
        QString folder; ///< proposed
        QString name; ///< proposed
        QString filter;
        QString suffix; ///< where the owner writes none
        std::function<void(const QString &file)> chosen; ///< may be empty
        /// On another thread.
        std::function<base::Result<void>(const project::ReviewDocument &, const std::filesystem::path &target,
                                         const std::filesystem::path &projectFile, const base::CancelToken &)>
            write;
        QString done; ///< with %1 for the file
    };
    void saveFile(const SavedFile &about);

    // reviewplace_labels.cpp: positions for the benchmark
    void exportLabels();
    void writeLabels(int step);

    // reviewplace_suggestions.cpp: who looks alike
    void connectSuggestions();
    void lookForAlikes();
    void rememberShown();
    void refreshSuggestions();
    void answerSuggestion(bool yes);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
