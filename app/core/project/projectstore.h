// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/reviewdocument.h"

#include <filesystem>
#include <memory>
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
/// (a second opener is refused politely); lives on the thread that opened it.
class ProjectStore
{
public:
    /// Refuses an existing file unless `replace`, and never replaces a project that holds edits.
    [[nodiscard]] static base::Result<std::unique_ptr<ProjectStore>>
    create(const std::filesystem::path &path, const ReviewDocument &document, bool replace);
    /// Checks application id, schema version (migrating older ones), the log's chain, and integrity where the file was
    /// not closed.
    [[nodiscard]] static base::Result<std::unique_ptr<ProjectStore>> open(const std::filesystem::path &path);
    ~ProjectStore();
    ProjectStore(const ProjectStore &) = delete;
    ProjectStore &operator=(const ProjectStore &) = delete;

    [[nodiscard]] const ReviewDocument &document() const;
    /// Applies and stores in one transaction: on disk when it returns. Gives the inverse.
    [[nodiscard]] base::Result<Edit> apply(const Edit &edit);
    [[nodiscard]] base::Result<std::vector<LogEntry>> log() const;
    /// Whether anybody edited it after the first analysis.
    [[nodiscard]] bool hasEdits() const;

private:
    ProjectStore();
    struct State;
    std::unique_ptr<State> m_state;
};

/// Whether the file looks like a project (SQLite header with our application id); never an error.
[[nodiscard]] bool isProjectFile(const std::filesystem::path &path);

} // namespace doorveil::project
