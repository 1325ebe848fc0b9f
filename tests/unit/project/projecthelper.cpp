// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/projectstore.h"

#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <cstdio>
#include <string>
#include <unistd.h>

// Works on a project as a script tells and says after each step that it is saved, for tst_projectfaults to kill.
//
//     projecthelper create PROJECT            "saved 0"
//     projecthelper edit PROJECT FIRST COUNT  "saved N" after each edit of the script
//     projecthelper early PROJECT FIRST COUNT the positive control: says so before
//     projecthelper open PROJECT              "saved 0" once it is open
//     projecthelper unsynced DATABASE         the positive control for the order: SQLite with synchronous=OFF

namespace {

using namespace doorveil;
using namespace doorveil::project;

bool acknowledge(int number)
{
    const std::string line = "saved " + std::to_string(number) + "\n";
    return ::write(STDOUT_FILENO, line.data(), line.size()) == ssize_t(line.size());
}

int fail(const base::Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 1;
}

int edit(ProjectStore &store, int first, int count, bool early)
{
    for (int number = first; number < first + count; ++number) {
        if (early) {
            acknowledge(number);
            ::usleep(5000); // long enough to be killed in
        }
        if (const base::Result<Edit> done = store.apply(projecttest::scriptedEdit(number)); !done)
            return fail(done.error());
        if (!early && !acknowledge(number))
            return 1;
    }
    return 0;
}

int unsynced(const QString &fileName)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"));
    database.setDatabaseName(fileName);
    if (!database.open())
        return 1;
    QSqlQuery query(database);
    bool done = query.exec(QStringLiteral("PRAGMA journal_mode=WAL"))
                && query.exec(QStringLiteral("PRAGMA synchronous=OFF"))
                && query.exec(QStringLiteral("CREATE TABLE edits (number)"));
    for (int number = 1; done && number <= 5; ++number)
        done = query.exec(QStringLiteral("INSERT INTO edits VALUES (%1)").arg(number)) && acknowledge(number);
    return done ? 0 : 1;
}

} // namespace

int main(int count, char **words)
{
    const QCoreApplication application(count, words);
    if (count < 3)
        return 2;
    const std::string mode = words[1];
    if (mode == "unsynced")
        return unsynced(QString::fromLocal8Bit(words[2]));
    const base::Result<std::unique_ptr<ProjectStore>> store =
        mode == "create" ? ProjectStore::create(words[2], projecttest::sampleDocument(), true)
                         : ProjectStore::open(words[2]);
    if (!store)
        return fail(store.error());
    if (count < 5)
        return acknowledge(0) ? 0 : 1;
    return edit(**store, std::atoi(words[3]), std::atoi(words[4]), mode == "early");
}
