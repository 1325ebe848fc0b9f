// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/database_p.h"

#include "base/blockingwork.h"

#include <QCoreApplication>
#include <QSqlError>

#include <atomic>

namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

QString newConnectionName()
{
    static std::atomic<std::uint64_t> count = 0;
    return QStringLiteral("doorveil-project-%1").arg(++count);
}

/// What happened, in words for the common causes; SQLite's own otherwise. Codes: https://sqlite.org/rescode.html
Error errorOf(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    switch (code) {
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return {ErrorKind::Failure, QStringLiteral("another program is using the file"),
                QStringLiteral("project-in-use")};
    case 8: // SQLITE_READONLY
        return {ErrorKind::Failure, QStringLiteral("the file or its folder is read-only")};
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return {ErrorKind::Failure, QStringLiteral("the file is damaged"), QStringLiteral("project-damaged")};
    case 13: // SQLITE_FULL
        return {ErrorKind::Failure, QStringLiteral("the disk is full")};
    default:
        break;
    }
    const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    return {ErrorKind::Failure, text};
}

} // namespace

Database::Database(QString connectionName) : m_connectionName(std::move(connectionName)) { }

Result<std::unique_ptr<Database>> Database::open(const QString &fileName, Purpose purpose)
{
    base::enterBlockingWork(base::BlockingWork::Database);
    if (QCoreApplication::instance() == nullptr) // Qt finds its database drivers through it
        return Error{ErrorKind::Failure, QStringLiteral("projects need a QCoreApplication")};
    std::unique_ptr<Database> database(new Database(newConnectionName()));
    database->m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_connectionName);
    if (!database->m_database.isValid())
        return Error{ErrorKind::Failure,
                     QStringLiteral("Qt's SQLite driver is not installed (package libqt6sql6-sqlite)")};
    database->m_database.setDatabaseName(fileName);
    database->m_database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    if (!database->m_database.open())
        return errorOf(database->m_database.lastError());
    if (Result<void> ready = database->setUp(purpose); !ready)
        return ready.error();
    return database;
}

Database::~Database()
{
    m_database.close();
    m_database = QSqlDatabase(); // the last reference must be gone before the name is
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<void> Database::setUp(Purpose purpose)
{
    // The first group keeps a hostile file from doing anything: no functions from its schema, every cell checked, no
    // memory map that shrinks under us, no temporary files.
    QStringList pragmas{QStringLiteral("PRAGMA trusted_schema=OFF"),    QStringLiteral("PRAGMA cell_size_check=ON"),
                        QStringLiteral("PRAGMA mmap_size=0"),           QStringLiteral("PRAGMA temp_store=MEMORY"),
                        QStringLiteral("PRAGMA secure_delete=ON"),      QStringLiteral("PRAGMA foreign_keys=ON"),
                        QStringLiteral("PRAGMA locking_mode=EXCLUSIVE")};
    if (purpose == Purpose::Building)
        pragmas += {QStringLiteral("PRAGMA journal_mode=MEMORY"), QStringLiteral("PRAGMA synchronous=OFF")};
    else
        pragmas += QStringLiteral("PRAGMA synchronous=FULL");
    for (const QString &pragma : pragmas) {
        if (Result<void> done = execute(pragma); !done)
            return done;
    }
    if (purpose == Purpose::Building)
        return {};
    const Result<QVariant> mode = value(QStringLiteral("PRAGMA journal_mode=WAL"));
    if (!mode)
        return mode.error();
    if (mode->toString() != QStringLiteral("wal"))
        return Error{ErrorKind::Failure, QStringLiteral("a write-ahead log cannot be set up beside the file")};
    const Result<QVariant> synchronous = value(QStringLiteral("PRAGMA synchronous"));
    if (!synchronous || synchronous->toInt() != 2)
        return Error{ErrorKind::Failure, QStringLiteral("SQLite does not keep to synchronous=FULL")};
    return {};
}

Result<void> Database::run(QSqlQuery &query, const QString &statement, const QVariantList &values)
{
    base::enterBlockingWork(base::BlockingWork::Database);
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return errorOf(query.lastError());
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return errorOf(query.lastError());
    return {};
}

Result<void> Database::execute(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(m_database);
    return run(query, statement, values);
}

Result<QVariant> Database::value(const QString &statement, const QVariantList &values)
{
    QSqlQuery query(m_database);
    if (Result<void> done = run(query, statement, values); !done)
        return done.error();
    if (query.next())
        return query.value(0);
    if (query.lastError().isValid())
        return errorOf(query.lastError());
    return QVariant();
}

Result<void> Database::forEachRow(const QString &statement, const RowFunction &function)
{
    QSqlQuery query(m_database);
    if (Result<void> done = run(query, statement, {}); !done)
        return done;
    while (query.next()) {
        if (Result<void> done = function(query); !done)
            return done;
    }
    if (query.lastError().isValid())
        return errorOf(query.lastError());
    return {};
}

Result<void> Database::transaction(const std::function<Result<void>()> &function)
{
    base::enterBlockingWork(base::BlockingWork::Database);
    if (Result<void> begun = execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    Result<void> done = function();
    if (done)
        done = execute(QStringLiteral("COMMIT"));
    if (!done)
        (void)execute(QStringLiteral("ROLLBACK")); // fails where SQLite rolled back by itself
    return done;
}

} // namespace doorveil::project::internal
