// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/ledgertext.h"

#include <QFile>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <sys/stat.h>
#include <thread>

using namespace doorveil;
using namespace doorveil::consent;

namespace {

class FixedClock final : public base::Clock
{
public:
    QDateTime moment{QDate(2026, 3, 6), QTime(9, 0), Qt::OffsetFromUTC, -5 * 3600};
    [[nodiscard]] QDateTime now() const override { return moment; }
};

const QString recordA = QStringLiteral("aaaaaaaa-0d1e-4f6a-8b3c-2f9d7e6a1c44");
const QString recordB = QStringLiteral("bbbbbbbb-0d1e-4f6a-8b3c-2f9d7e6a1c44");

} // namespace

class TestLedger final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsEntriesInOrder();
    void isPrivate();
    void cannotBeChangedThroughSql_data();
    void cannotBeChangedThroughSql();
    void changesAreFound_data();
    void changesAreFound();
    void findsByNumberAndBeginning();
    void packagesKnowTheirWithdrawal();
    void datesOfDeletionComeDue();
    void exportsForSpreadsheets();
    void backupRoundTrip();
    void severalWritersTakeTurns();
    void hostileFilesAreRefused();

private:
    [[nodiscard]] std::filesystem::path file() const { return m_folder->path().toStdString() + "/own/ledger.sqlite"; }
    void add(EntryKind kind, const QString &subject, const QJsonObject &content = {})
    {
        const auto entry = Ledger(file()).append(kind, subject, content, m_clock);
        QVERIFY2(entry, entry ? "" : qPrintable(entry.error().message));
    }
    /// Runs a statement on the file as somebody with another program would.
    [[nodiscard]] bool tamper(const QStringList &statements) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    FixedClock m_clock;
};

void TestLedger::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock.moment = FixedClock().moment;
}

bool TestLedger::tamper(const QStringList &statements) const
{
    bool done = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(QString::fromStdString(file().string()));
        done = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            done = done && query.exec(statement);
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
    return done;
}

void TestLedger::keepsEntriesInOrder()
{
    QVERIFY(Ledger(file()).entries());
    QVERIFY(Ledger(file()).entries()->empty());
    QVERIFY(!std::filesystem::exists(file())); // looking makes nothing
    add(EntryKind::Request, recordA, {{QStringLiteral("recipient"), QStringLiteral("Springfield PD")}});
    add(EntryKind::Decline, recordA);
    add(EntryKind::Package, recordB, {{QStringLiteral("recipient"), QStringLiteral("Ülm ✓")}});
    const auto all = Ledger(file()).entries();
    QVERIFY(all);
    QCOMPARE(all->size(), 3U);
    QCOMPARE((*all)[1].kind, EntryKind::Decline);
    QCOMPARE((*all)[2].content.value(QStringLiteral("recipient")).toString(), QStringLiteral("Ülm ✓"));
    QCOMPARE((*all)[0].at, m_clock.moment);
    const auto found = Ledger(file()).search(QStringLiteral("springfield"));
    QVERIFY(found);
    QCOMPARE(found->size(), 1U);
}

void TestLedger::isPrivate()
{
    add(EntryKind::Note, recordA);
    struct stat status = {};
    QCOMPARE(::stat(file().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
    QCOMPARE(::stat(file().parent_path().c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0700U);
}

void TestLedger::cannotBeChangedThroughSql_data()
{
    QTest::addColumn<QString>("statement");
    QTest::newRow("update") << QStringLiteral("UPDATE entries SET content = '{}'");
    QTest::newRow("delete") << QStringLiteral("DELETE FROM entries");
    QTest::newRow("replace") << QStringLiteral("REPLACE INTO entries VALUES (1, 'x', 'x', 'x', 'x', 5)");
}

void TestLedger::cannotBeChangedThroughSql()
{
    QFETCH(QString, statement);
    add(EntryKind::Note, recordA, {{QStringLiteral("note"), QStringLiteral("kept")}});
    // REPLACE deletes without a trigger unless recursive triggers are on; the chain finds what the trigger does not
    // stop.
    const bool changed = tamper({statement});
    const auto all = Ledger(file()).entries();
    if (changed)
        QVERIFY(!all);
    else
        QCOMPARE(all->front().content.value(QStringLiteral("note")).toString(), QStringLiteral("kept"));
}

void TestLedger::changesAreFound_data()
{
    QTest::addColumn<QStringList>("statements");
    const QString noTriggers = QStringLiteral("DROP TRIGGER entries_are_not_changed");
    const QString noTriggers2 = QStringLiteral("DROP TRIGGER entries_are_not_deleted");
    const QString back = QStringLiteral("CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT "
                                        "RAISE(ABORT, 'the ledger is append-only'); END");
    const QString back2 = QStringLiteral("CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT "
                                         "RAISE(ABORT, 'the ledger is append-only'); END");
    QTest::newRow("content") << QStringList{noTriggers,
                                            QStringLiteral("UPDATE entries SET content = '{}' WHERE number = 2"), back};
    QTest::newRow("time") << QStringList{
        noTriggers, QStringLiteral("UPDATE entries SET at = '2020-01-01T00:00:00.000Z' WHERE number = 2"), back};
    QTest::newRow("kind") << QStringList{noTriggers,
                                         QStringLiteral("UPDATE entries SET kind = 'note' WHERE number = 2"), back};
    QTest::newRow("subject") << QStringList{noTriggers,
                                            QStringLiteral("UPDATE entries SET subject = 'x' WHERE number = 2"), back};
    QTest::newRow("last removed") << QStringList{noTriggers2, QStringLiteral("DELETE FROM entries WHERE number = 3"),
                                                 back2};
    QTest::newRow("middle removed") << QStringList{noTriggers2, QStringLiteral("DELETE FROM entries WHERE number = 2"),
                                                   back2};
    QTest::newRow("triggers removed") << QStringList{noTriggers};
    QTest::newRow("planted trigger") << QStringList{
        QStringLiteral("CREATE TRIGGER x AFTER INSERT ON entries BEGIN SELECT 1; END")};
    QTest::newRow("planted entry") << QStringList{
        QStringLiteral("INSERT INTO entries VALUES (4, '2026-01-01T00:00:00.000Z', 'note', 'x', '{}', 'abc')")};
}

void TestLedger::changesAreFound()
{
    QFETCH(QStringList, statements);
    add(EntryKind::Request, recordA);
    add(EntryKind::Package, recordA, {{QStringLiteral("note"), QStringLiteral("x")}});
    add(EntryKind::Delivery, recordA);
    QVERIFY(Ledger(file()).entries());
    QVERIFY(tamper(statements));
    const auto all = Ledger(file()).entries();
    QVERIFY(!all);
    QCOMPARE(all.error().failureClass, QStringLiteral("ledger-damaged"));
    QVERIFY(!Ledger(file()).append(EntryKind::Note, recordA, {}, m_clock));
}

void TestLedger::findsByNumberAndBeginning()
{
    add(EntryKind::Package, recordA);
    add(EntryKind::Package, recordB);
    const Ledger ledger(file());
    QCOMPARE(ledger.find(QStringLiteral("2"))->subject, recordB);
    QCOMPARE(ledger.find(QStringLiteral("aaaaaaaa"))->number, 1);
    QCOMPARE(ledger.find(recordB)->number, 2);
    for (const char *reference : {"3", "0", "aaaa", "cccccccc", ""}) {
        const auto found = ledger.find(QString::fromLatin1(reference));
        QVERIFY2(!found, reference);
        QCOMPARE(found.error().failureClass, QStringLiteral("no-such-entry"));
    }
}

void TestLedger::packagesKnowTheirWithdrawal()
{
    add(EntryKind::Package, recordA);
    add(EntryKind::Package, recordB);
    add(EntryKind::Withdrawal, recordA);
    const Ledger ledger(file());
    QVERIFY((*ledger.package(recordA))->withdrawn());
    QVERIFY(!(*ledger.package(recordB))->withdrawn());
    QVERIFY(!ledger.package(QStringLiteral("x"))->has_value());
}

void TestLedger::datesOfDeletionComeDue()
{
    add(EntryKind::Package, recordA, {{QStringLiteral("retainUntil"), QStringLiteral("2026-06-30")}});
    add(EntryKind::Package, recordB);
    const Ledger ledger(file());
    QCOMPARE(ledger.due(QDate(2026, 6, 30))->size(), 0U);
    QCOMPARE(ledger.due(QDate(2026, 7, 1))->size(), 1U);
    m_clock.moment = m_clock.moment.addMonths(5);
    add(EntryKind::Acknowledgement, recordA, {{QStringLiteral("note"), QStringLiteral("deleted")}});
    QCOMPARE(ledger.due(QDate(2026, 9, 1))->size(), 0U);
}

void TestLedger::exportsForSpreadsheets()
{
    add(EntryKind::Request, recordA,
        {{QStringLiteral("recipient"), QStringLiteral("=HYPERLINK(\"x\")")},
         {QStringLiteral("note"), QStringLiteral("a, \"b\"\nc <i>")}});
    const auto all = Ledger(file()).entries();
    const QByteArray csv = ledgerCsv(*all);
    QCOMPARE(csv.count("\r\n"), 2);
    QVERIFY(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""));
    QVERIFY(csv.contains("\"a, \"\"b\"\"\nc <i>\""));
    const QByteArray html = ledgerHtml(*all);
    QVERIFY(html.contains("c &lt;i&gt;"));
    QVERIFY(!html.contains("<i>"));
}

void TestLedger::backupRoundTrip()
{
    add(EntryKind::Request, recordA);
    add(EntryKind::Package, recordB);
    const auto exported = Ledger(file()).exportAll();
    QVERIFY(exported);
    const std::filesystem::path other = m_folder->path().toStdString() + "/other/ledger.sqlite";
    Ledger copy(other);
    const auto added = copy.importAll(*exported);
    QVERIFY2(added, added ? "" : qPrintable(added.error().message));
    QCOMPARE(*added, 2);
    QCOMPARE(*copy.exportAll(), *exported);
    QCOMPARE(*copy.importAll(*exported), 0);
    // What came later here stays.
    QVERIFY(copy.append(EntryKind::Note, recordA, {}, m_clock));
    QCOMPARE(*copy.importAll(*exported), 0);
    QCOMPARE(copy.entries()->size(), 3U);
    // Two books of one owner are not mixed.
    add(EntryKind::Decline, recordA);
    const auto mixed = copy.importAll(*Ledger(file()).exportAll());
    QVERIFY(!mixed);
    QCOMPARE(mixed.error().failureClass, QStringLiteral("ledgers-differ"));
    // A changed backup is refused before anything is written.
    QJsonArray changed = *exported;
    QJsonObject second = changed[1].toObject();
    second.insert(QStringLiteral("subject"), recordA);
    changed.replace(1, second);
    Ledger third(m_folder->path().toStdString() + "/third/ledger.sqlite");
    QVERIFY(!third.importAll(changed));
    QVERIFY(third.entries()->empty());
}

void TestLedger::severalWritersTakeTurns()
{
    constexpr int writers = 4;
    constexpr int each = 5;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([this, &failures] {
            for (int entry = 0; entry < each; ++entry) {
                if (!Ledger(file()).append(EntryKind::Note, recordA, {}, m_clock))
                    ++failures;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(Ledger(file()).entries()->size(), std::size_t(writers * each));
}

void TestLedger::hostileFilesAreRefused()
{
    std::filesystem::create_directories(file().parent_path());
    QFile plain(QString::fromStdString(file().string()));
    QVERIFY(plain.open(QIODevice::WriteOnly) && plain.write("SQLite format 3\0not really", 27) == 27);
    plain.close();
    QVERIFY(!Ledger(file()).entries());
    QVERIFY(!Ledger(file()).append(EntryKind::Note, recordA, {}, m_clock));
    std::filesystem::remove(file());
    std::filesystem::create_symlink("/tmp", file());
    QVERIFY(!Ledger(file()).append(EntryKind::Note, recordA, {}, m_clock));
    std::filesystem::remove(file());
    QVERIFY(Ledger(file()).append(EntryKind::Note, recordA, {}, m_clock));
}

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"
