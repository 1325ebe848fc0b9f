// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/database_p.h"

#include <QStringList>

#include <vector>

namespace doorveil::project::internal {

/// In the SQLite header, so that `file` and isProjectFile() know a project: "Door".
inline constexpr std::uint32_t applicationId = 0x446f6f72;

/// One version of the tables: what a new file gets, and what turns the version before into it.
struct SchemaVersion
{
    QStringList objects; ///< CREATE statements, exactly as SQLite keeps them
    QStringList migration; ///< statements from the version before; empty for the first
};

/// Index 0 is version 1.
[[nodiscard]] const std::vector<SchemaVersion> &schemaVersions();

[[nodiscard]] base::Result<void> createSchema(Database &database, const std::vector<SchemaVersion> &versions);

/// Refuses a file whose objects are not exactly those of its version: a trigger or a view that somebody planted would
/// run with our statements. Then migrates older versions, in one transaction.
[[nodiscard]] base::Result<void> openSchema(Database &database, const std::vector<SchemaVersion> &versions);

} // namespace doorveil::project::internal
