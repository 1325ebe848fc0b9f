// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/projectstore.h"
#include "support/tracing.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;
using namespace doorveil::testsupport;

namespace {

const QString everyCall =
    QStringLiteral("openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,renameat,renameat2,linkat,unlink,unlinkat");

bool saysSaved(const QString &line)
{
    return line.contains(QStringLiteral("\"saved "));
}

} // namespace

/// G7, G9, G10, G19 for projects: no acknowledged edit is lost, however the editor ends.
class TestProjectFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_helper = QStringLiteral(PROJECT_HELPER);
        QVERIFY(QFile::exists(m_helper));
        for (int edits = 0; edits <= 60; ++edits)
            m_states.push_back(scriptedDocument(edits));
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = QDir(m_folder->path()).canonicalPath() + QStringLiteral("/a.doorveil");
    }

    void killedWhileEditing_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("edits") << QStringLiteral("edit");
        QTest::newRow("control: acknowledged too early") << QStringLiteral("early");
    }
    void killedWhileEditing()
    {
        QFETCH(QString, mode);
        const bool careful = mode == QStringLiteral("edit");
        const int rounds = careful ? trials(40, 200) : 10;
        std::mt19937 random(5);
        int killed = 0;
        int lost = 0;
        for (int round = 0; round < rounds; ++round) {
            init();
            QVERIFY(makeProject());
            // From before the opening until after the last edit.
            const int killAfter = int(random() % 56) - 4;
            std::chrono::microseconds pause(killAfter <= 0 ? random() % 60'000 : 0);
            pause += std::chrono::microseconds(random() % 2'000);
            const KilledRun run =
                runAndKill(m_helper, {mode, m_path, QStringLiteral("1"), QStringLiteral("50")}, killAfter, pause);
            QVERIFY(run.started);
            killed += run.killed ? 1 : 0;
            const QString state = stateAfter(run.acknowledged);
            lost += state.isEmpty() ? 0 : 1;
            if (careful)
                QCOMPARE(state, QString());
        }
        qInfo("%d runs, %d killed, %d with an acknowledged edit lost", rounds, killed, lost);
        QVERIFY(killed > rounds / 2);
        QCOMPARE(lost > 0, !careful);
    }

    void killedAtEverySystemCall_data()
    {
        QTest::addColumn<QString>("call");
        for (const char *call : {"pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "openat", "fcntl"})
            QTest::newRow(call) << QString::fromLatin1(call);
    }
    void killedAtEverySystemCall()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, call);
        const QStringList script{QStringLiteral("edit"), m_path, QStringLiteral("1"), QStringLiteral("4")};
        QVERIFY(makeProject());
        for (const int when : pointsOf(call, script, 6)) {
            QVERIFY(resetProject());
            const TracedRun run =
                runTraced(m_helper, script, call, QStringLiteral("%1:signal=KILL:when=%2").arg(call).arg(when));
            QCOMPARE(stateAfter(acknowledgedIn(run.output)), QString());
        }
    }

    void failingAtEverySystemCall_data()
    {
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("error");
        QTest::newRow("disk full") << QStringLiteral("pwrite64") << QStringLiteral("ENOSPC");
        QTest::newRow("write error") << QStringLiteral("pwrite64") << QStringLiteral("EIO");
        QTest::newRow("sync error") << QStringLiteral("fdatasync") << QStringLiteral("EIO");
        QTest::newRow("folder sync error") << QStringLiteral("fsync") << QStringLiteral("EIO");
    }
    void failingAtEverySystemCall()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, call);
        QFETCH(QString, error);
        const QStringList script{QStringLiteral("edit"), m_path, QStringLiteral("1"), QStringLiteral("4")};
        QVERIFY(makeProject());
        int refused = 0;
        for (const int when : pointsOf(call, script, 6)) {
            QVERIFY(resetProject());
            const TracedRun run =
                runTraced(m_helper, script, call, QStringLiteral("%1:error=%2:when=%3").arg(call, error).arg(when));
            QVERIFY(run.finished);
            if (run.exitCode != 0) {
                ++refused;
                QVERIFY2(run.errors.contains("a.doorveil"), run.errors.constData());
            }
            QVERIFY(run.exitCode != 0 || acknowledgedIn(run.output) == 4);
            // The same goes on once the cause is gone; an edit whose sync failed may be there, whole.
            QCOMPARE(stateAfter(acknowledgedIn(run.output)), QString());
        }
        qInfo("%d errors refused", refused);
        QVERIFY(refused > 0);
    }

    void recoveryMayBeKilledToo_data()
    {
        QTest::addColumn<QString>("injection");
        for (const char *call : {"pwrite64", "fdatasync", "fsync", "unlink", "openat", "ftruncate"})
            QTest::newRow(call) << QStringLiteral("%1:signal=KILL").arg(QLatin1String(call));
        QTest::newRow("disk full") << QStringLiteral("pwrite64:error=ENOSPC");
    }
    void recoveryMayBeKilledToo()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, injection);
        const int acknowledged = makeInterruptedProject();
        QVERIFY(acknowledged >= 10);
        const QString call = injection.left(injection.indexOf(QLatin1Char(':')));
        const QStringList script{QStringLiteral("open"), m_path};
        for (const int when : pointsOf(call, script, 4)) {
            QVERIFY(resetProject());
            (void)runTraced(m_helper, script, call, injection + QStringLiteral(":when=%1").arg(when));
            // And once more, at the next call.
            (void)runTraced(m_helper, script, call, injection + QStringLiteral(":when=%1").arg(when + 1));
            QCOMPARE(stateAfter(acknowledged), QString());
        }
    }

    void editsAreSyncedBeforeTheyAreAcknowledged()
    {
        DOORVEIL_NEEDS_TRACING();
        QVERIFY(makeProject());
        const TracedRun run =
            runTraced(m_helper, {QStringLiteral("edit"), m_path, QStringLiteral("1"), QStringLiteral("9")}, everyCall);
        QCOMPARE(acknowledgedIn(run.output), 9);
        const QString problem = whyNotSynced(run.calls, QFileInfo(m_path).path(), saysSaved);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        // Positive control.
        const QString control = QFileInfo(m_path).path() + QStringLiteral("/control.db");
        const TracedRun careless = runTraced(m_helper, {QStringLiteral("unsynced"), control}, everyCall);
        QCOMPARE(acknowledgedIn(careless.output), 5);
        QVERIFY(!whyNotSynced(careless.calls, QFileInfo(m_path).path(), saysSaved).isEmpty());
    }

    void newProjectsAreOnDiskBeforeTheyAreAcknowledged()
    {
        DOORVEIL_NEEDS_TRACING();
        const TracedRun run = runTraced(m_helper, {QStringLiteral("create"), m_path}, everyCall);
        QCOMPARE(run.exitCode, 0);
        const QString problem = whyNotDurable(run.calls, m_path, saysSaved);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void creationIsKilledAtEverySystemCall()
    {
        DOORVEIL_NEEDS_TRACING();
        const QStringList script{QStringLiteral("create"), m_path};
        for (const char *call : {"pwrite64", "fsync", "fdatasync", "renameat2", "unlink", "unlinkat", "flock"}) {
            QFile::remove(m_path);
            for (const int when : pointsOf(QLatin1String(call), script, 3)) {
                for (const QString &name : QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden))
                    QFile::remove(m_folder->filePath(name));
                const TracedRun run =
                    runTraced(m_helper, script, QLatin1String(call),
                              QStringLiteral("%1:signal=KILL:when=%2").arg(QLatin1String(call)).arg(when));
                // Not there, or whole.
                if (QFile::exists(m_path))
                    QCOMPARE(stateAfter(0), QString());
                else
                    QVERIFY(!run.output.contains("saved"));
                QProcess again;
                again.start(m_helper, script);
                QVERIFY(again.waitForFinished());
                QCOMPARE(again.exitCode(), 0);
                QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden),
                         QStringList{QStringLiteral("a.doorveil")});
            }
        }
    }

private:
    [[nodiscard]] bool makeProject()
    {
        const bool made = ProjectStore::create(m_path.toStdString(), m_states[0], false).hasValue();
        m_template = allFiles();
        return made;
    }

    /// A project whose editor was killed with edits in the write-ahead log. Gives the number acknowledged.
    int makeInterruptedProject()
    {
        if (!makeProject())
            return 0;
        const KilledRun run =
            runAndKill(m_helper, {QStringLiteral("edit"), m_path, QStringLiteral("1"), QStringLiteral("60")}, 10, {});
        m_template = allFiles();
        return run.acknowledged;
    }

    [[nodiscard]] QMap<QString, QByteArray> allFiles() const
    {
        QMap<QString, QByteArray> files;
        for (const QString &name : QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden)) {
            QFile file(m_folder->filePath(name));
            if (file.open(QIODevice::ReadOnly))
                files.insert(name, file.readAll());
        }
        return files;
    }

    /// As the last makeProject left it.
    [[nodiscard]] bool resetProject() const
    {
        for (const QString &name : QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden))
            QFile::remove(m_folder->filePath(name));
        bool done = true;
        for (auto entry = m_template.begin(); entry != m_template.end(); ++entry) {
            QFile file(m_folder->filePath(entry.key()));
            done = done && file.open(QIODevice::WriteOnly) && file.write(entry.value()) == entry.value().size();
        }
        return done;
    }

    /// The occurrences of a call to try: all in a full run, else about `quick` of them, evenly.
    [[nodiscard]] std::vector<int> pointsOf(const QString &call, const QStringList &script, int quick) const
    {
        const bool existed = resetProject();
        const TracedRun run = runTraced(m_helper, script, call);
        int count = 0;
        for (const QString &line : run.calls)
            count += line.contains(call + QLatin1Char('(')) ? 1 : 0;
        std::vector<int> points;
        const int step = std::max(1, trials(count / quick, 1));
        for (int when = 1; existed && when <= count; when += step)
            points.push_back(when);
        return points;
    }

    /// Empty where the project holds the acknowledged edits, or those and the next one whole.
    [[nodiscard]] QString stateAfter(int acknowledged) const
    {
        const auto store = ProjectStore::open(m_path.toStdString());
        if (!store)
            return store.error().message;
        for (const int edits : {acknowledged, acknowledged + 1}) {
            if (std::size_t(edits) < m_states.size() && (*store)->document() == m_states[std::size_t(edits)]) {
                const auto log = (*store)->log();
                return log && int(log->size()) == edits ? QString() : QStringLiteral("the log does not fit");
            }
        }
        return QStringLiteral("%1 edits were acknowledged, the project holds another state").arg(acknowledged);
    }

    QString m_helper;
    QString m_path;
    std::unique_ptr<QTemporaryDir> m_folder;
    QMap<QString, QByteArray> m_template;
    std::vector<ReviewDocument> m_states;
};

QTEST_GUILESS_MAIN(TestProjectFaults)
#include "tst_projectfaults.moc"
