// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/reviewdocument.h"

#include <QJsonObject>

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::project {

/// One line of the append-only edit log.
struct LogEntry
{
    std::int64_t number = 0; ///< from 1
    QDateTime at;
    QString name;
    QJsonObject edit;
    QString chain; ///< SHA-256 over the entry before and this one, hex
};

/// A `.doorveil` file: SQLite, WAL, synchronous=FULL, application_id, one transaction an edit. One owner at a time
/// (a second opener is refused politely; the lock goes with the process, however it ends). Lives on the thread that
/// made it: calls from another one are errors. Needs a QCoreApplication, through which Qt finds its SQLite driver.
/// Holds no pixels.
class ProjectStore
{
public:
    /// Makes the file, 0600, whole or not at all, and opens it. Refuses (Usage) an existing file unless `replace`,
    /// and never replaces a project that holds edits, is open elsewhere or cannot be read, nor the clip itself.
    [[nodiscard]] static base::Result<std::unique_ptr<ProjectStore>>
    create(const std::filesystem::path &path, const ReviewDocument &document, bool replace);
    /// Checks application id, tables, schema version (migrating older ones), SQLite's structure (fully where the file
    /// was not closed), the rules of a document, the log's chain, and that the content is what the log says.
    /// Errors (InputNotOpenable) name the file; class "project-in-use" where somebody else has it open, "not-analysed"
    /// for one that waits.
    [[nodiscard]] static base::Result<std::unique_ptr<ProjectStore>> open(const std::filesystem::path &path);

    /// Makes the project of a clip that waits to be analysed, 0600, whole or not at all: it names the clip, so that a
    /// crash does not lose it, and knows of nobody in it. open() refuses it, so that no path through the program takes
    /// it for a clip that shows nobody; create() with `replace` puts the analysed project in its place. Refuses (Usage)
    /// an existing file.
    [[nodiscard]] static base::Result<void> createWaiting(const std::filesystem::path &path,
                                                          const std::filesystem::path &clip);
    /// The clip of a project that waits; nothing where the project is an analysed one.
    [[nodiscard]] static base::Result<std::optional<std::filesystem::path>>
    waitingClip(const std::filesystem::path &path);
    /// Removes a project that waits. Refuses (Usage) any other.
    [[nodiscard]] static base::Result<void> removeWaiting(const std::filesystem::path &path);

    ~ProjectStore();
    ProjectStore(const ProjectStore &) = delete;
    ProjectStore &operator=(const ProjectStore &) = delete;

    [[nodiscard]] const std::filesystem::path &path() const;
    [[nodiscard]] const ReviewDocument &document() const;
    /// Applies and stores in one transaction: on disk when it returns. Gives the inverse. After an error document and
    /// file are what they were, and the edit may be tried again.
    [[nodiscard]] base::Result<Edit> apply(const Edit &edit);
    [[nodiscard]] base::Result<std::vector<LogEntry>> log() const;
    /// Whether anybody edited it after the first analysis. Analysing again is no such edit; one that was taken back is.
    [[nodiscard]] bool hasEdits() const;
    /// Whether the file was not closed by the program that had it open last.
    [[nodiscard]] bool wasRecovered() const;

    /// Drafts of requests and consents, by name: kept with the project, no part of the document or its log. On disk
    /// when it returns. An empty object where there is none.
    [[nodiscard]] base::Result<QJsonObject> draft(const QString &name) const;
    [[nodiscard]] base::Result<void> setDraft(const QString &name, const QJsonObject &draft);

private:
    ProjectStore();
    [[nodiscard]] static base::Result<void> place(const std::filesystem::path &path, const ReviewDocument &document,
                                                  bool replace);
    /// Also one that waits.
    [[nodiscard]] static base::Result<std::unique_ptr<ProjectStore>> openAny(const std::filesystem::path &path);
    [[nodiscard]] static base::Result<void> checkReplaceable(const std::filesystem::path &path,
                                                             std::unique_ptr<ProjectStore> &existing);
    /// The database only; the lock on the file goes with the object.
    void close();
    struct State;
    std::unique_ptr<State> m_state;
};

/// Whether the file looks like a project (SQLite header with our application id); never an error. Not to be called
/// for a project that this process has open: closing the file again would drop SQLite's lock on it.
[[nodiscard]] bool isProjectFile(const std::filesystem::path &path);

} // namespace doorveil::project
