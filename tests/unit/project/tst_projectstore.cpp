// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/documentrules.h"
#include "project/projectstore.h"

#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;

namespace {

using StoreResult = base::Result<std::unique_ptr<ProjectStore>>;

QByteArray fileContent(const std::filesystem::path &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Runs SQL on a closed project behind its back.
bool tamper(const std::filesystem::path &path, const QStringList &statements)
{
    bool done = true;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("tamper"));
        database.setDatabaseName(QString::fromStdString(path.string()));
        done = database.open();
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            if (!query.exec(statement)) {
                qWarning() << statement << query.lastError();
                done = false;
            }
        }
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("tamper"));
    return done;
}

} // namespace

class TestProjectStore : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = std::filesystem::path(m_folder->path().toStdString()) / "Front door.doorveil";
    }

    void cleanup()
    {
        std::filesystem::remove_all(m_path.parent_path()); // QTemporaryDir leaves names that are not UTF-8
    }

    void comesBackAsItWas()
    {
        const ReviewDocument document = sampleDocument();
        {
            const StoreResult store = ProjectStore::create(m_path, document, false);
            QVERIFY2(store, store ? "" : qPrintable(store.error().message));
            QCOMPARE((*store)->document() == document, true);
            QVERIFY(!(*store)->hasEdits());
            QVERIFY(!(*store)->wasRecovered());
        }
        QVERIFY(isProjectFile(m_path));
        const StoreResult store = ProjectStore::open(m_path);
        QVERIFY2(store, store ? "" : qPrintable(store.error().message));
        QCOMPARE((*store)->document() == document, true);
        QVERIFY(!(*store)->wasRecovered());
    }

    void isPrivateAndAlone()
    {
        ::umask(0);
        {
            const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
            QVERIFY(store);
            QVERIFY((*store)->apply(SetReviewed{true}));
            for (const auto &entry : std::filesystem::directory_iterator(m_path.parent_path()))
                QCOMPARE(int(entry.status().permissions()) & 0777, 0600);
        }
        QCOMPARE(std::distance(std::filesystem::directory_iterator(m_path.parent_path()), {}), std::ptrdiff_t(1));
        QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
    }

    /// A clip that waits has a project that names it, and that nothing takes for one in which nobody is to be covered.
    void clipsWaitInProjects()
    {
        ::umask(0);
        const std::filesystem::path clip = m_path.parent_path() / "d\xf6or.mp4"; // not UTF-8
        const base::Result<void> made = ProjectStore::createWaiting(m_path, clip);
        QVERIFY2(made, made ? "" : qPrintable(made.error().message));
        QVERIFY(isProjectFile(m_path));
        const StoreResult refused = ProjectStore::open(m_path);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::InputNotOpenable);
        QCOMPARE(refused.error().failureClass, QStringLiteral("not-analysed"));
        for (const auto &entry : std::filesystem::directory_iterator(m_path.parent_path()))
            QCOMPARE(int(entry.status().permissions()) & 0777, 0600);
        const auto waiting = ProjectStore::waitingClip(m_path);
        QVERIFY(waiting && *waiting);
        QCOMPARE(**waiting == clip, true);
        // It is in nobody's way, and nobody's work is in its.
        QVERIFY(!ProjectStore::createWaiting(m_path, clip));
        QVERIFY(!ProjectStore::create(m_path, sampleDocument(), false));
        {
            const StoreResult store = ProjectStore::create(m_path, sampleDocument(), true);
            QVERIFY2(store, store ? "" : qPrintable(store.error().message));
            const base::Result<void> used = ProjectStore::removeWaiting(m_path);
            QVERIFY(!used);
            QCOMPARE(used.error().failureClass, QStringLiteral("project-in-use"));
        }
        const auto analysed = ProjectStore::waitingClip(m_path);
        QVERIFY(analysed && !*analysed);
        QVERIFY(!ProjectStore::createWaiting(m_path, clip));
        QVERIFY(!ProjectStore::removeWaiting(m_path));
        QVERIFY(ProjectStore::open(m_path));
        // One that is not wanted any more leaves nothing.
        std::filesystem::remove(m_path);
        QVERIFY(ProjectStore::createWaiting(m_path, clip));
        const base::Result<void> removed = ProjectStore::removeWaiting(m_path);
        QVERIFY2(removed, removed ? "" : qPrintable(removed.error().message));
        QVERIFY(std::filesystem::is_empty(m_path.parent_path()));
        QVERIFY(!ProjectStore::waitingClip(m_path));
    }

    void everyEditIsStored()
    {
        std::mt19937 random(99);
        ReviewDocument expected = sampleDocument();
        const std::size_t rounds = 400;
        std::size_t applied = 0;
        {
            const StoreResult store = ProjectStore::create(m_path, expected, false);
            QVERIFY(store);
            for (std::size_t round = 0; round < rounds; ++round) {
                const Edit edit = randomEdit(expected, random);
                const base::Result<Edit> stored = (*store)->apply(edit);
                const base::Result<Edit> direct = project::apply(expected, edit);
                QCOMPARE(stored.hasValue(), direct.hasValue());
                applied += stored ? 1 : 0;
                QCOMPARE((*store)->document() == expected, true);
            }
            QVERIFY((*store)->hasEdits());
        }
        const StoreResult store = ProjectStore::open(m_path);
        QVERIFY2(store, store ? "" : qPrintable(store.error().message));
        QCOMPARE((*store)->document() == expected, true);
        const auto log = (*store)->log();
        QVERIFY(log);
        QCOMPARE(log->size(), applied);
        ReviewDocument replayed = sampleDocument();
        for (const LogEntry &entry : *log) {
            const base::Result<Edit> edit = editFromJson(entry.edit);
            QVERIFY(edit);
            QVERIFY(entry.at.isValid());
            QVERIFY(project::apply(replayed, *edit));
        }
        QCOMPARE(replayed == expected, true);
    }

    void aSecondOpenerIsRefusedPolitely()
    {
        const StoreResult first = ProjectStore::create(m_path, sampleDocument(), false);
        QVERIFY(first);
        const StoreResult second = ProjectStore::open(m_path);
        QVERIFY(!second);
        QCOMPARE(second.error().failureClass, QStringLiteral("project-in-use"));
        QVERIFY(second.error().message.contains(QStringLiteral("Front door.doorveil")));
        QVERIFY(!ProjectStore::create(m_path, sampleDocument(), true));
        QVERIFY((*first)->apply(SetReviewed{true})); // not disturbed
    }

    void otherThreadsAreRefused()
    {
        const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
        QVERIFY(store);
        bool refused = false;
        const std::unique_ptr<QThread> thread(
            QThread::create([&store, &refused] { refused = !(*store)->apply(SetReviewed{true}); }));
        thread->start();
        thread->wait();
        QVERIFY(refused);
        QVERIFY((*store)->apply(SetReviewed{true}));
    }

    void projectsWithEditsAreNeverReplaced()
    {
        ReviewDocument other = sampleDocument();
        other.tracks.clear();
        other.checks.clear();
        QVERIFY(ProjectStore::create(m_path, sampleDocument(), false));
        const StoreResult plain = ProjectStore::create(m_path, other, false);
        QVERIFY(!plain);
        QCOMPARE(plain.error().kind, base::ErrorKind::Usage);
        {
            const StoreResult replaced = ProjectStore::create(m_path, other, true);
            QVERIFY2(replaced, replaced ? "" : qPrintable(replaced.error().message));
            QCOMPARE((*replaced)->document() == other, true);
            const ReviewDocument current = (*replaced)->document();
            QVERIFY((*replaced)->apply(
                SetAnalysis{current.analysis, current.tracks, current.checks, std::nullopt})); // not the owner's
            QVERIFY(!(*replaced)->hasEdits());
            QVERIFY((*replaced)->apply(SetReviewed{true}));
            QVERIFY((*replaced)->hasEdits());
        }
        const QByteArray before = fileContent(m_path);
        const StoreResult refused = ProjectStore::create(m_path, sampleDocument(), true);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::Usage);
        QVERIFY(refused.error().message.contains(QStringLiteral("edits")));
        const StoreResult store = ProjectStore::open(m_path);
        QVERIFY(store);
        QCOMPARE((*store)->document().reviewed, true);
    }

    void theClipIsNeverReplaced()
    {
        const std::filesystem::path clip = m_path.parent_path() / "clip.mp4";
        QFile file(clip);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("video") == 5);
        file.close();
        ReviewDocument document = sampleDocument();
        document.source.nativePath = QByteArray::fromStdString(clip.string());
        const StoreResult refused = ProjectStore::create(clip, document, true);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::Usage);
        QCOMPARE(fileContent(clip), QByteArrayLiteral("video"));
    }

    void namesNeedNotBeUtf8()
    {
        const std::filesystem::path path = m_path.parent_path() / "caf\xe9\n#?%41.doorveil";
        {
            const StoreResult store = ProjectStore::create(path, sampleDocument(), false);
            QVERIFY2(store, store ? "" : qPrintable(store.error().message));
            QVERIFY((*store)->apply(SetReviewed{true}));
        }
        const StoreResult store = ProjectStore::open(path);
        QVERIFY2(store, store ? "" : qPrintable(store.error().message));
        QVERIFY((*store)->document().reviewed);
        // SQLite's own files lay beside it, not beside some other name.
        QCOMPARE(std::distance(std::filesystem::directory_iterator(m_path.parent_path()), {}), std::ptrdiff_t(2));
    }

    void whatAnEarlierProjectLeftIsNotTakenOver()
    {
        QByteArray oldLog;
        {
            const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
            QVERIFY(store);
            QVERIFY((*store)->apply(SetReviewed{true}));
            std::filesystem::path log = m_path;
            log += "-wal";
            oldLog = fileContent(log);
            QVERIFY(oldLog.size() > 1000);
        }
        std::filesystem::remove(m_path);
        std::filesystem::path log = m_path;
        log += "-wal";
        QFile file(log);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(oldLog) == oldLog.size());
        file.close();
        const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
        QVERIFY2(store, store ? "" : qPrintable(store.error().message));
        QCOMPARE((*store)->document().reviewed, false);
    }

    void aFileThatIsGoneTakesNoMoreEdits()
    {
        const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
        QVERIFY(store);
        std::filesystem::rename(m_path, m_path.parent_path() / "elsewhere.doorveil");
        const base::Result<Edit> refused = (*store)->apply(SetReviewed{true});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("Front door.doorveil")));
        QVERIFY(!(*store)->document().reviewed);
    }

    void draftsComeBack()
    {
        const QJsonObject draft{{QStringLiteral("agency"), QStringLiteral("Polizei")}};
        {
            const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
            QVERIFY(store);
            QCOMPARE(*(*store)->draft(QStringLiteral("request")), QJsonObject());
            QVERIFY((*store)->setDraft(QStringLiteral("request"), draft));
            QVERIFY(!(*store)->hasEdits());
        }
        const StoreResult store = ProjectStore::open(m_path);
        QVERIFY(store);
        QCOMPARE(*(*store)->draft(QStringLiteral("request")), draft);
    }

    void tamperingIsNoticed_data()
    {
        QTest::addColumn<QStringList>("statements");
        QTest::addColumn<bool>("opens");
        const QString allowDelete = QStringLiteral("DROP TRIGGER log_is_not_shortened");
        const QString restoreDelete = QStringLiteral("CREATE TRIGGER log_is_not_shortened BEFORE DELETE ON log BEGIN "
                                                     "SELECT RAISE(ABORT, 'the log is append-only'); END");
        const QString allowUpdate = QStringLiteral("DROP TRIGGER log_is_not_changed");
        const QString restoreUpdate = QStringLiteral("CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN "
                                                     "SELECT RAISE(ABORT, 'the log is append-only'); END");
        QTest::newRow("control: nothing") << QStringList{QStringLiteral("SELECT 1")} << true;
        QTest::newRow("control: triggers put back") << QStringList{allowDelete, restoreDelete} << true;
        QTest::newRow("last line gone") << QStringList{allowDelete, QStringLiteral("DELETE FROM log WHERE number = 3"),
                                                       restoreDelete}
                                        << false;
        QTest::newRow("middle line gone")
            << QStringList{allowDelete, QStringLiteral("DELETE FROM log WHERE number = 2"), restoreDelete} << false;
        QTest::newRow("all lines gone") << QStringList{allowDelete, QStringLiteral("DELETE FROM log"), restoreDelete}
                                        << false;
        QTest::newRow("line changed") << QStringList{
            allowUpdate, QStringLiteral("UPDATE log SET edit = CAST('{}' AS BLOB) WHERE number = 1"),
            restoreUpdate} << false;
        QTest::newRow("time changed") << QStringList{
            allowUpdate, QStringLiteral("UPDATE log SET at = '1999' WHERE number = 1"),
            restoreUpdate} << false;
        QTest::newRow("track gone") << QStringList{QStringLiteral("PRAGMA foreign_keys=ON"),
                                                   QStringLiteral("DELETE FROM tracks WHERE id = 5")}
                                    << false;
        QTest::newRow("boxes gone") << QStringList{QStringLiteral("DELETE FROM observations WHERE track = 5")} << false;
        QTest::newRow("decision changed")
            << QStringList{QStringLiteral("UPDATE tracks SET decision = 'show' WHERE id = 4")} << false;
        QTest::newRow("nonsense decision")
            << QStringList{QStringLiteral("UPDATE tracks SET decision = 'maybe' WHERE id = 4")} << false;
        QTest::newRow("zone gone") << QStringList{QStringLiteral("DELETE FROM zones WHERE id = 1")} << false;
        QTest::newRow("check settled") << QStringList{QStringLiteral("UPDATE checks SET settled = 1")} << false;
        QTest::newRow("settings gone") << QStringList{QStringLiteral("DELETE FROM parts WHERE name = 'settings'")}
                                       << false;
        QTest::newRow("trigger planted") << QStringList{QStringLiteral(
            "CREATE TRIGGER planted AFTER INSERT ON log BEGIN DELETE FROM zones; END")}
                                         << false;
        QTest::newRow("view planted") << QStringList{QStringLiteral("ALTER TABLE zones RENAME TO hidden"),
                                                     QStringLiteral("CREATE VIEW zones AS SELECT * FROM hidden")}
                                      << false;
        QTest::newRow("table added") << QStringList{QStringLiteral("CREATE TABLE more (x)")} << false;
        QTest::newRow("newer version") << QStringList{QStringLiteral("PRAGMA user_version=99")} << false;
        QTest::newRow("no version") << QStringList{QStringLiteral("PRAGMA user_version=0")} << false;
        QTest::newRow("other application") << QStringList{QStringLiteral("PRAGMA application_id=1")} << false;
        QTest::newRow("huge box list") << QStringList{QStringLiteral(
            "UPDATE observations SET data = zeroblob(600000000) WHERE track = 1")}
                                       << false;
        QTest::newRow("too many zones") << QStringList{QStringLiteral(
            "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE "
            "i < 5000) INSERT INTO zones SELECT i, '{}' FROM n")}
                                        << false;
    }
    void tamperingIsNoticed()
    {
        QFETCH(QStringList, statements);
        QFETCH(bool, opens);
        {
            const StoreResult store = ProjectStore::create(m_path, sampleDocument(), false);
            QVERIFY(store);
            QVERIFY((*store)->apply(SetLabel{1, QStringLiteral("postman")}));
            QVERIFY((*store)->apply(SplitTrack{1, ptsOf(30), 7}));
            QVERIFY((*store)->apply(SetReviewed{true}));
        }
        QVERIFY(tamper(m_path, statements));
        const StoreResult store = ProjectStore::open(m_path);
        QCOMPARE(store.hasValue(), opens);
        if (!opens) {
            QVERIFY2(store.error().message.contains(QStringLiteral("Front door.doorveil")),
                     qPrintable(store.error().message));
            QCOMPARE(store.error().kind, base::ErrorKind::InputNotOpenable);
            QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
        }
    }

    void otherFilesAreRefused()
    {
        const std::filesystem::path folder = m_path.parent_path();
        QVERIFY(!ProjectStore::open(folder / "missing.doorveil"));
        QVERIFY(!ProjectStore::open(folder));
        QVERIFY(!isProjectFile(folder));
        const std::filesystem::path fifo = folder / "fifo.doorveil";
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
        QVERIFY(!ProjectStore::open(fifo));
        QVERIFY(!isProjectFile(fifo));
        const std::filesystem::path text = folder / "text.doorveil";
        QFile file(text);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(5000, 'x')) == 5000);
        file.close();
        const StoreResult refused = ProjectStore::open(text);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("not a Doorveil project")));
        QVERIFY(!isProjectFile(text));
    }

    void linksBesideAProjectAreRefused()
    {
        QVERIFY(ProjectStore::create(m_path, sampleDocument(), false));
        std::filesystem::path log = m_path;
        log += "-wal";
        const std::filesystem::path victim = m_path.parent_path() / "victim";
        QFile file(victim);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("precious") == 8);
        file.close();
        std::filesystem::create_symlink(victim, log);
        QVERIFY(!ProjectStore::open(m_path));
        QCOMPARE(fileContent(victim), QByteArrayLiteral("precious"));
    }

    void aLargeDocumentIsEditedQuickly()
    {
        // 100,000 boxes. No time is asserted; the benchmark prints it. What is written must stay small.
        const ReviewDocument document = largeDocument(100, 1000);
        const StoreResult store = ProjectStore::create(m_path, document, false);
        QVERIFY(store);
        std::filesystem::path log = m_path;
        log += "-wal";
        const auto before = std::filesystem::file_size(log);
        QBENCHMARK_ONCE
        {
            for (int index = 0; index < 10; ++index)
                QVERIFY(
                    (*store)->apply(MoveObservation{7, {ptsOf(500), {index, 3, 50, 50}, base::Origin::Manual, 0.0F}}));
        }
        QVERIFY(std::filesystem::file_size(log) - before < 10 * 64 * 1024);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
};

QTEST_GUILESS_MAIN(TestProjectStore)
#include "tst_projectstore.moc"
