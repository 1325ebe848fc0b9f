// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/database_p.h"
#include "project/projectstore.h"

#include <cstdint>

namespace doorveil::project::internal {

/// Where the log of a project stands.
struct LogHead
{
    std::int64_t entries = 0;
    QString chain; ///< SHA-256 of everything so far, lower-case hex
    bool edited = false; ///< holds something else than analyses
};

/// The log of a new project: its first link binds a random id, the time and the state it was made with.
[[nodiscard]] base::Result<LogHead> beginLog(Database &database, const QDateTime &created, const QString &state);

/// Adds a line and gives the new head. To be called inside the transaction of the edit.
[[nodiscard]] base::Result<LogHead> appendToLog(Database &database, const LogHead &head, const LogEntry &entry,
                                                const QString &state);

/// Reads every line, checks numbers, chain and head, and that the last line's state is `state`.
[[nodiscard]] base::Result<LogHead> verifyLog(Database &database, const QString &state);

[[nodiscard]] base::Result<std::vector<LogEntry>> readLog(Database &database);

} // namespace doorveil::project::internal
