// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <functional>
#include <memory>

namespace doorveil::project::internal {

/// One SQLite connection with a name of its own, usable on the thread that opened it. Error messages give the cause
/// only; the caller names the file.
class Database
{
public:
    enum class Purpose {
        Building, ///< a file nobody sees yet: no journal on disk, no syncs; the caller makes the file durable
        Editing, ///< WAL, synchronous=FULL, exclusive
    };

    /// The file exists (SQLite takes over its mode). Nothing of its content is trusted: no statement of the file's
    /// schema runs before checkSchema() accepted it.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const QString &fileName, Purpose purpose);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] base::Result<void> execute(const QString &statement, const QVariantList &values = {});
    /// The first column of the first row; a null value where there is no row.
    [[nodiscard]] base::Result<QVariant> value(const QString &statement, const QVariantList &values = {});
    using RowFunction = std::function<base::Result<void>(const QSqlQuery &)>;
    [[nodiscard]] base::Result<void> forEachRow(const QString &statement, const RowFunction &function);

    /// Everything that `function` executes, or nothing.
    [[nodiscard]] base::Result<void> transaction(const std::function<base::Result<void>()> &function);

private:
    explicit Database(QString connectionName);
    [[nodiscard]] base::Result<void> setUp(Purpose purpose);
    [[nodiscard]] base::Result<void> run(QSqlQuery &query, const QString &statement, const QVariantList &values);

    QString m_connectionName;
    QSqlDatabase m_database;
};

} // namespace doorveil::project::internal
