// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/schema_p.h"

#include <algorithm>

namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QStringList versionOne()
{
    return {
        QStringLiteral("CREATE TABLE meta (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID"),
        // "source", "analysis", "settings" and "review", as JSON
        QStringLiteral("CREATE TABLE parts (name TEXT PRIMARY KEY NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE frames (id INTEGER PRIMARY KEY CHECK (id = 1), data BLOB NOT NULL) STRICT"),
        QStringLiteral("CREATE TABLE tracks (id INTEGER PRIMARY KEY CHECK (id > 0), kind TEXT NOT NULL, "
                       "decision TEXT NOT NULL, reason TEXT NOT NULL, consent TEXT NOT NULL, style TEXT, "
                       "label TEXT NOT NULL) STRICT"),
        // beside the tracks, so that a decision does not rewrite a thousand boxes
        QStringLiteral("CREATE TABLE observations (track INTEGER PRIMARY KEY REFERENCES tracks (id) ON DELETE CASCADE "
                       "DEFERRABLE INITIALLY DEFERRED, data BLOB NOT NULL) STRICT"),
        QStringLiteral("CREATE TABLE zones (id INTEGER PRIMARY KEY CHECK (id > 0), data TEXT NOT NULL) STRICT"),
        QStringLiteral("CREATE TABLE checks (id INTEGER PRIMARY KEY CHECK (id > 0), kind TEXT NOT NULL, "
                       "track INTEGER REFERENCES tracks (id) DEFERRABLE INITIALLY DEFERRED, pts INTEGER NOT NULL, "
                       "x INTEGER NOT NULL, y INTEGER NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, "
                       "settled INTEGER NOT NULL CHECK (settled IN (0, 1))) STRICT"),
        // request and consent drafts; not part of the document
        QStringLiteral(
            "CREATE TABLE drafts (name TEXT PRIMARY KEY NOT NULL, data TEXT NOT NULL) STRICT, WITHOUT ROWID"),
        QStringLiteral("CREATE TABLE log (number INTEGER PRIMARY KEY CHECK (number > 0), at TEXT NOT NULL, "
                       "name TEXT NOT NULL, edit BLOB NOT NULL, compressed INTEGER NOT NULL, state TEXT NOT NULL, "
                       "chain TEXT NOT NULL) STRICT"),
        QStringLiteral("CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN "
                       "SELECT RAISE(ABORT, 'the log is append-only'); END"),
        QStringLiteral("CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN "
                       "SELECT RAISE(ABORT, 'the log is append-only'); END"),
    };
}

Error foreignSchema()
{
    return {ErrorKind::Failure, QStringLiteral("its tables are not those of a Doorveil project"),
            QStringLiteral("project-damaged")};
}

Result<void> executeAll(Database &database, const QStringList &statements)
{
    for (const QString &statement : statements) {
        if (Result<void> done = database.execute(statement); !done)
            return done;
    }
    return {};
}

Result<void> setVersion(Database &database, std::size_t version)
{
    return database.execute(QStringLiteral("PRAGMA user_version=%1").arg(version));
}

Result<void> checkObjects(Database &database, QStringList expected)
{
    QStringList found;
    // Counted first: a hostile file may hold very many.
    const Result<QVariant> size =
        database.value(QStringLiteral("SELECT count(*) + total(length(sql) > 4096) * 1000 FROM sqlite_schema"));
    if (!size)
        return size.error();
    if (size->toLongLong() != expected.size())
        return foreignSchema();
    const Result<void> read =
        database.forEachRow(QStringLiteral("SELECT sql FROM sqlite_schema"), [&found](const QSqlQuery &row) {
            found.append(row.value(0).toString());
            return Result<void>();
        });
    if (!read)
        return read;
    std::sort(found.begin(), found.end());
    std::sort(expected.begin(), expected.end());
    return found == expected ? Result<void>() : foreignSchema();
}

} // namespace

const std::vector<SchemaVersion> &schemaVersions()
{
    static const std::vector<SchemaVersion> versions{{versionOne(), {}}};
    return versions;
}

Result<void> createSchema(Database &database, const std::vector<SchemaVersion> &versions)
{
    if (Result<void> done = database.execute(QStringLiteral("PRAGMA application_id=%1").arg(applicationId)); !done)
        return done;
    if (Result<void> done = setVersion(database, versions.size()); !done)
        return done;
    return executeAll(database, versions.back().objects);
}

Result<void> openSchema(Database &database, const std::vector<SchemaVersion> &versions)
{
    const Result<QVariant> stored = database.value(QStringLiteral("PRAGMA user_version"));
    if (!stored)
        return stored.error();
    const qlonglong version = stored->toLongLong();
    if (version > qlonglong(versions.size()))
        return Error{ErrorKind::Failure, QStringLiteral("a newer Doorveil made it (format %1, this one reads up to %2)")
                                             .arg(version)
                                             .arg(versions.size())};
    if (version < 1)
        return foreignSchema();
    if (Result<void> known = checkObjects(database, versions[std::size_t(version - 1)].objects); !known)
        return known;
    if (version == qlonglong(versions.size()))
        return {};
    return database.transaction([&database, &versions, version]() -> Result<void> {
        for (std::size_t next = std::size_t(version); next < versions.size(); ++next) {
            if (Result<void> done = executeAll(database, versions[next].migration); !done)
                return done;
        }
        if (Result<void> done = setVersion(database, versions.size()); !done)
            return done;
        return checkObjects(database, versions.back().objects);
    });
}

} // namespace doorveil::project::internal
