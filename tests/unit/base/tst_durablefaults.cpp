// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace doorveil::testsupport;

namespace {

constexpr int contentBytes = 400'000;
const QString everyCall =
    QStringLiteral("openat,write,fsync,fdatasync,close,flock,fcntl,rename,renameat,renameat2,linkat,unlinkat");

bool saysSaved(const QString &line)
{
    return line.contains(QStringLiteral("\"saved\\n\""));
}

enum class State { Absent, Old, New, Partial };

} // namespace

/// G6, G9, G10 for whole files: killed, or failing, at every system call that matters.
class TestDurableFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_helper = QStringLiteral(DURABLE_HELPER);
        QVERIFY(QFile::exists(m_helper));
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_target = QDir(m_folder->path()).canonicalPath() + QStringLiteral("/out.mp4");
    }

    void theOrderIsSyncRenameSync_data()
    {
        QTest::addColumn<QString>("way");
        QTest::addColumn<bool>("durable");
        QTest::newRow("new file") << QStringLiteral("durable") << true;
        QTest::newRow("replaced file") << QStringLiteral("replace") << true;
        QTest::newRow("control: renamed without syncs") << QStringLiteral("unsynced") << false;
    }
    void theOrderIsSyncRenameSync()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, way);
        QFETCH(bool, durable);
        if (way != QStringLiteral("durable"))
            putOld();
        const TracedRun run = runTraced(m_helper, arguments(way), everyCall);
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.output, QByteArrayLiteral("saved\n"));
        const QString problem = whyNotDurable(run.calls, m_target, saysSaved);
        QVERIFY2(problem.isEmpty() == durable, qPrintable(problem));
    }

    void killedAnywhere_data()
    {
        QTest::addColumn<QString>("way");
        QTest::addColumn<bool>("safe");
        QTest::newRow("new file") << QStringLiteral("durable") << true;
        QTest::newRow("replaced file") << QStringLiteral("replace") << true;
        QTest::newRow("control: written in place") << QStringLiteral("overwrite") << false;
    }
    void killedAnywhere()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, way);
        QFETCH(bool, safe);
        int points = 0;
        int partial = 0;
        for (const char *call : {"write", "fsync", "flock", "renameat2", "linkat", "unlinkat", "fcntl", "openat"}) {
            const auto [first, last] = occurrences(QLatin1String(call), way);
            for (int when = first; when <= last; ++when) {
                reset(way);
                const TracedRun run =
                    runTraced(m_helper, arguments(way), QLatin1String(call),
                              QStringLiteral("%1:signal=KILL:when=%2").arg(QLatin1String(call)).arg(when));
                ++points;
                const State state = stateOfTarget();
                partial += state == State::Partial ? 1 : 0;
                if (run.output.contains("saved"))
                    QCOMPARE(state, State::New);
                if (!safe)
                    continue;
                QVERIFY2(state != State::Partial, call);
                QVERIFY(state != State::Absent || way == QStringLiteral("durable"));
                checkNextRunCleansUp();
            }
        }
        qInfo("%d kill points, %d partial files under the final name", points, partial);
        QVERIFY(points >= (safe ? 12 : 4));
        QCOMPARE(partial > 0, !safe);
    }

    void failingAnywhere_data()
    {
        QTest::addColumn<QString>("way");
        QTest::newRow("new file") << QStringLiteral("durable");
        QTest::newRow("replaced file") << QStringLiteral("replace");
    }
    void failingAnywhere()
    {
        DOORVEIL_NEEDS_TRACING();
        QFETCH(QString, way);
        const State before = way == QStringLiteral("replace") ? State::Old : State::Absent;
        int refused = 0;
        for (const auto &[call, error] :
             {std::pair{"write", "ENOSPC"}, std::pair{"write", "EIO"}, std::pair{"write", "EDQUOT"},
              std::pair{"fsync", "EIO"}, std::pair{"fsync", "ENOSPC"}, std::pair{"close", "EIO"},
              std::pair{"renameat2", "EIO"}, std::pair{"renameat2", "ENOSPC"}}) {
            const auto [first, last] = occurrences(QLatin1String(call), way);
            for (int when = first; when <= last; ++when) {
                reset(way);
                const QString injection =
                    QStringLiteral("%1:error=%2:when=%3").arg(QLatin1String(call), QLatin1String(error)).arg(when);
                const TracedRun run = runTraced(m_helper, arguments(way), QLatin1String(call), injection);
                QVERIFY2(run.finished, qPrintable(injection));
                const bool acknowledged = run.output.contains("saved");
                if (run.exitCode == 0 && acknowledged) {
                    QCOMPARE(stateOfTarget(), State::New); // a call that does not matter, such as closing a library
                    continue;
                }
                if (run.errors.contains("shared libraries"))
                    continue; // the loader's own call failed, before the program began
                ++refused;
                if (acknowledged || run.errors.isEmpty())
                    continue; // the acknowledgement or the message itself was what failed
                QVERIFY2(run.errors.contains("out.mp4"), run.errors.constData());
                QVERIFY2(stateOfTarget() == before, qPrintable(injection));
                QCOMPARE(
                    QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
                    before == State::Old ? 1 : 0);
                checkNextRunCleansUp(); // the same run succeeds once there is space
            }
        }
        qInfo("%d injected errors refused", refused);
        QVERIFY(refused >= 18);
    }

    void aFileSystemWithoutTheFlagsStillWorks()
    {
        DOORVEIL_NEEDS_TRACING();
        for (const char *way : {"durable", "replace"}) {
            reset(QLatin1String(way));
            const TracedRun run =
                runTraced(m_helper, arguments(QLatin1String(way)), everyCall, QStringLiteral("renameat2:error=EINVAL"));
            QCOMPARE(run.exitCode, 0);
            QCOMPARE(stateOfTarget(), State::New);
            const QString problem = whyNotDurable(run.calls, m_target, saysSaved);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
        }
    }

    void aFileSizeLimitIsAnError()
    {
        QProcess process;
        process.start(QStringLiteral("sh"),
                      {QStringLiteral("-c"), QStringLiteral("ulimit -f 50; exec \"$0\" \"$@\""), m_helper,
                       QStringLiteral("durable"), m_target, QString::number(contentBytes)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY(process.exitCode() != 0);
        QVERIFY(process.readAllStandardError().contains("out.mp4"));
        QCOMPARE(stateOfTarget(), State::Absent);
    }

private:
    [[nodiscard]] QStringList arguments(const QString &way) const
    {
        return {way, m_target, QString::number(contentBytes)};
    }

    void putOld() const
    {
        QFile file(m_target);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("old") == 3);
    }

    void reset(const QString &way) const
    {
        QDir folder(m_folder->path());
        for (const QString &name : folder.entryList(QDir::Files | QDir::Hidden))
            QVERIFY(folder.remove(name));
        if (way != QStringLiteral("durable"))
            putOld();
    }

    [[nodiscard]] State stateOfTarget() const
    {
        QFile file(m_target);
        if (!file.open(QIODevice::ReadOnly))
            return State::Absent;
        const QByteArray content = file.readAll();
        return content == QByteArray(contentBytes, 'n') ? State::New
               : content == QByteArrayLiteral("old")    ? State::Old
                                                        : State::Partial;
    }

    /// Which calls of a whole run to try: all, but of opening files only the last (before them libraries are loaded).
    [[nodiscard]] std::pair<int, int> occurrences(const QString &call, const QString &way) const
    {
        reset(way);
        const TracedRun run = runTraced(m_helper, arguments(way), call);
        int count = 0;
        for (const QString &line : run.calls)
            count += line.contains(call + QLatin1Char('(')) ? 1 : 0;
        const bool loading = call == QStringLiteral("openat") || call == QStringLiteral("close");
        constexpr int afterLoading = 6;
        return {loading ? std::max(1, count - afterLoading + 1) : 1, count};
    }

    void checkNextRunCleansUp() const
    {
        QProcess process;
        process.start(m_helper, arguments(QStringLiteral("replace")));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(stateOfTarget(), State::New);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(), 1);
    }

    QString m_helper;
    QString m_target;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDurableFaults)
#include "tst_durablefaults.moc"
