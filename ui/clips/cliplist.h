// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clips/analysisqueue.h"
#include "clips/clipsmodel.h"

#include "pipeline/models.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace doorveil::ui {

class Settings;

/// The clips and projects that the owner works on: opens them, has them analysed, remembers them. No widgets. Lives on
/// the window's thread; everything that reads files happens on a thread of its own, analysing on another one.
///
/// Every clip of the list has a project from the start, in which it waits (project::ProjectStore::createWaiting), so
/// that the folder for projects is the list, and nothing else names a clip.
///
/// Deletes no file but the projects of clips that wait, when they leave the list. A project that is open in review
/// (setOpenProject) is not touched: what needs it asks for it with releaseWanted() and goes on when it is closed.
class ClipList final : public QObject
{
    Q_OBJECT

public:
    explicit ClipList(Settings &settings, QObject *parent = nullptr);
    ~ClipList() override;

    [[nodiscard]] ClipsModel *model() const;
    [[nodiscard]] AnalysisQueue *queue() const;

    /// The projects in the folder for projects, those that wait and those that links lead to, but for those that were
    /// taken off the list.
    void restore();
    /// Clips, folders and projects, in any mixture. Clips are analysed as they come.
    void addPaths(const std::vector<std::filesystem::path> &paths);
    /// New, failed and stopped clips go into the queue; those with a project are left alone.
    void analyse(const std::vector<int> &ids);
    /// Into the same project; the owner's work stays (project::mergeAnalysis).
    void analyseAgain(int id);
    /// From the list only. Stops what runs for them.
    void remove(const std::vector<int> &ids);
    /// The clip of a project is elsewhere now. Refused with a message unless its content is the same.
    void relink(int id, const std::filesystem::path &clip);
    void setRecordedTime(const std::vector<int> &ids, const RecordedTime &recorded);
    /// Reads the whole clip in the background; the row says so where it is not the one that was analysed.
    void checkUnchanged(int id);
    /// Reads a project again, after its lock went or its clip came back.
    void reload(int id);
    /// Looks again at projects that were open elsewhere and at clips that were missing.
    void retryBlocked();

    /// The project that review has open; empty for none.
    void setOpenProject(const std::filesystem::path &project);
    void takeSummary(const std::filesystem::path &project, const ProjectSummary &summary);
    void takeOpenFailure(const std::filesystem::path &project, const base::Error &error);

    /// Looks again which detection models are installed; ends with modelsKnown().
    void refreshModels();
    [[nodiscard]] const std::vector<pipeline::ModelStatus> &models() const;
    [[nodiscard]] bool isBasic() const; ///< false until it is known

    /// Clips that were not analysed and are not in the queue.
    [[nodiscard]] std::vector<int> unfinished() const;

signals:
    void message(const QString &text); ///< for the status strip
    void selectWanted(int id);
    /// A single project was opened by name: it is read, and review can open it.
    void reviewReady(int id);
    void releaseWanted(const std::filesystem::path &project);
    void modelsKnown();
    void changed(); ///< rows, states or the queue

private:
    void takeFiles(const FolderContent &content);
    int addClip(const std::filesystem::path &clip);
    void begin(const std::vector<int> &ids);
    void takeBegun(int id, const base::Result<std::filesystem::path> &project);
    void takeWaiting(int id, const ProjectFacts &facts);
    int addProject(const std::filesystem::path &project, const std::filesystem::path &clip);
    void readClipOf(int id, bool analyseIt);
    void readProjectOf(int id);
    void takeFacts(int id, const base::Result<ProjectFacts> &facts);
    void takeOutcome(int id, const AnalysisOutcome &outcome);
    void setState(int id, ClipState state);
    void fail(int id, ClipState state, const base::Error &error);
    void whenFree(const std::filesystem::path &project, std::function<void()> work);
    [[nodiscard]] AnalysisRequest requestFor(int id) const;
    [[nodiscard]] bool comesBackByItself(const std::filesystem::path &project) const;
    void remember(const std::filesystem::path &project);
    void saveRemoved();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
