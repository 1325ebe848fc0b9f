// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/exportscene.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace doorveil::testsupport;
using Kind = ExportScene::Kind;

/// G10, G11 for the export and the package: failing or filled up at any system call, nothing partial gets a final name,
/// the original is what it was under whatever name, and with the cause gone the same command succeeds. The control of
/// what is looked at is in tst_exportkills.
class TestExportFaults final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_scene.make(); }
    void init() { QVERIFY(m_scene.isOriginalUntouched()); }
    void failingAtAnyCall_data();
    void failingAtAnyCall();
    void fullDisk_data();
    void fullDisk();
    void fileSizeLimit();
    void originalUnderOtherNames_data();
    void originalUnderOtherNames();

private:
    /// Empty where something can be mounted for a program alone.
    [[nodiscard]] QString whyNoMounts() const;

    ExportScene m_scene;
};

QString TestExportFaults::whyNoMounts() const
{
    const ProgramRun probe = m_scene.home().run(QStringLiteral("unshare"), words("-rm true"));
    return probe.exitCode == 0 ? QString()
                               : QStringLiteral("no mount namespace: ") + QString::fromLocal8Bit(probe.errors);
}

void TestExportFaults::failingAtAnyCall_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("calls");
    QTest::addColumn<QString>("error");
    for (const auto &[name, kind] : {std::pair{"export", Kind::Export}, std::pair{"package", Kind::Package}}) {
        for (const char *error : {"ENOSPC", "EIO"}) {
            QTest::addRow("%s: writing, %s", name, error)
                << int(kind) << QStringLiteral("write,pwrite64,ftruncate") << QString::fromLatin1(error);
            QTest::addRow("%s: syncing and naming, %s", name, error)
                << int(kind) << QStringLiteral("fsync,fdatasync,renameat2,mkdirat,linkat")
                << QString::fromLatin1(error);
        }
    }
}

void TestExportFaults::failingAtAnyCall()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(int, kind);
    QFETCH(QString, calls);
    QFETCH(QString, error);
    int refused = 0;
    int without = 0;
    for (const Point &point : m_scene.pointsOf(Kind(kind), calls, 2)) {
        m_scene.reset(Kind(kind));
        const TracedRun run = runTraced(commandLineProgram(), m_scene.commandOf(Kind(kind)), point.call,
                                        QStringLiteral("%1:error=%2:when=%3").arg(point.call, error).arg(point.when));
        QVERIFY2(run.finished, qPrintable(point.line));
        const QByteArray where = point.line.toLocal8Bit() + '\n' + run.errors;
        const QString unsafe = m_scene.whyNotSafe(Kind(kind));
        QVERIFY2(unsafe.isEmpty(), (where + '\n' + unsafe.toUtf8()).constData());
        if (run.exitCode != 0) {
            ++refused;
            QVERIFY2(run.errors.contains("work/") || run.errors.contains("out.mp4") || run.errors.contains("doorveil"),
                     where.constData());
        } else {
            // What did not matter was not lost either.
            ++without;
            const bool there = QFile::exists(m_scene.at(Kind(kind) == Kind::Package ? "work/pkg" : "work/out.mp4"));
            QVERIFY2(there, where.constData());
        }
        const QString next = m_scene.whyNoNextRun(Kind(kind));
        QVERIFY2(next.isEmpty(), qPrintable(point.line + QLatin1Char('\n') + next));
    }
    qInfo("%d errors refused, %d did not matter", refused, without);
    QVERIFY(refused > 0);
}

/// On a disk of that size, in a mount namespace of its own: nothing under a final name, or all; and with more space the
/// same command succeeds.
void TestExportFaults::fullDisk_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("kilobytes");
    const int steps = trials(2, 10);
    for (int step = 0; step < steps; ++step) {
        const int kilobytes = 60 + step * 240 / steps;
        QTest::addRow("export, %d kB", kilobytes) << int(Kind::Export) << kilobytes;
        QTest::addRow("package, %d kB", kilobytes) << int(Kind::Package) << kilobytes;
    }
}

void TestExportFaults::fullDisk()
{
    QFETCH(int, kind);
    QFETCH(int, kilobytes);
    m_scene.reset(Kind(kind));
    DOORVEIL_NEEDS_SYSTEM(whyNoMounts());
    const QString script = QStringLiteral(
        "mount -t tmpfs -o size=$1k t \"$2\" && cp \"$3\"/* \"$2\" && shift 3 || exit 99\n"
        "\"$@\"; echo \"first $?\"; ls -A \"$FOLDER\" | sed 's/^/has /'\n"
        "cat \"$FOLDER/out.mp4\" 2>/dev/null | sha256sum\n"
        "mount -o remount,size=64m \"$FOLDER\"; rm -rf \"$FOLDER\"/out.mp4 \"$FOLDER\"/report.json \"$FOLDER\"/pkg*\n"
        "\"$@\"; echo \"second $?\"; ls -A \"$FOLDER\" | sed 's/^/then /'\n");
    QVERIFY(QDir().mkpath(m_scene.at("before")));
    for (auto entry = m_scene.project().begin(); entry != m_scene.project().end(); ++entry)
        QVERIFY(writeAll(m_scene.at("before/") + entry.key(), entry.value()));
    qputenv("FOLDER", m_scene.at("work").toLocal8Bit());
    const ProgramRun run = m_scene.home().run(
        QStringLiteral("unshare"),
        QStringList{QStringLiteral("-rm"), QStringLiteral("sh"), QStringLiteral("-c"), script, QStringLiteral("sh"),
                    QString::number(kilobytes), m_scene.at("work"), m_scene.at("before"), commandLineProgram()}
            + m_scene.commandOf(Kind(kind)));
    QVERIFY2(run.finished && run.exitCode == 0, (run.output + run.errors).constData());
    QVERIFY2(run.output.contains("second 0"), (run.output + run.errors).constData());
    QVERIFY2(!run.output.contains("then ."), run.output.constData());
    if (run.output.contains("first 0"))
        return; // it fitted
    QVERIFY2(!run.output.contains("has .doorveil-"), run.output.constData());
    QVERIFY2(!run.output.contains("has out.mp4") && !run.output.contains("has pkg"), run.output.constData());
    QVERIFY2(run.errors.contains("work/"), run.errors.constData());
    QVERIFY(m_scene.isOriginalUntouched());
}

void TestExportFaults::fileSizeLimit()
{
    m_scene.reset(Kind::Export);
    const ProgramRun run = m_scene.home().run(
        QStringLiteral("sh"),
        QStringList{QStringLiteral("-c"), QStringLiteral("ulimit -f 8; exec \"$0\" \"$@\""), commandLineProgram()}
            + m_scene.commandOf(Kind::Export));
    QVERIFY(run.finished);
    QVERIFY(run.exitCode != 0);
    QVERIFY2(run.errors.contains("out.mp4") || run.errors.contains("p.doorveil"), run.errors.constData());
    QCOMPARE(m_scene.whyNotSafe(Kind::Export), QString());
    QVERIFY(!QFile::exists(m_scene.at("work/out.mp4")));
    QCOMPARE(m_scene.whyNoNextRun(Kind::Export), QString());
}

/// G11; tst_commandline has six more names in the same process.
void TestExportFaults::originalUnderOtherNames_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"same", "symlink", "hard link", "bind mount", "its folder", "folder mounted elsewhere",
                            "through /proc", "relative"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestExportFaults::originalUnderOtherNames()
{
    QFETCH(QString, way);
    m_scene.reset(Kind::Export);
    const QString folder = m_scene.at("work");
    const QString original = folder + QStringLiteral("/clip.mp4");
    QVERIFY(QFile::copy(m_scene.clip(), original));
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/elsewhere")));
    QVERIFY(writeAll(folder + QStringLiteral("/other.mp4"), {}));
    QString output = folder + QStringLiteral("/link.mp4");
    QString before = QStringLiteral("true");
    if (way == QStringLiteral("same"))
        output = original;
    else if (way == QStringLiteral("symlink"))
        before = QStringLiteral("ln -s clip.mp4 link.mp4");
    else if (way == QStringLiteral("hard link"))
        before = QStringLiteral("ln clip.mp4 link.mp4");
    else if (way == QStringLiteral("its folder"))
        output = folder;
    else if (way == QStringLiteral("through /proc"))
        output = QStringLiteral("/proc/self/cwd/clip.mp4");
    else if (way == QStringLiteral("relative"))
        output = QStringLiteral("elsewhere/../clip.mp4");
    else if (way == QStringLiteral("bind mount")) {
        before = QStringLiteral("mount --bind clip.mp4 other.mp4");
        output = folder + QStringLiteral("/other.mp4");
    } else {
        before = QStringLiteral("mount --bind . elsewhere");
        output = folder + QStringLiteral("/elsewhere/clip.mp4");
    }
    const bool mounts = before.startsWith(QStringLiteral("mount"));
    DOORVEIL_NEEDS_SYSTEM(mounts ? whyNoMounts() : QString());
    const QByteArray content = readAll(original);
    // A new file beside it would be the first write.
    const QString script = before
                           + QStringLiteral("\nls -A >../names\n\"$0\" \"$@\"; code=$?\n"
                                            "ls -A | cmp -s - ../names || exit 90\nexit $code");
    QStringList command{QStringLiteral("sh"),
                        QStringLiteral("-c"),
                        script,
                        commandLineProgram(),
                        QStringLiteral("redact"),
                        original,
                        QStringLiteral("-o"),
                        output,
                        QStringLiteral("--force")};
    if (mounts)
        command = words("unshare -rm") + command;
    const ProgramRun run = m_scene.home().run(command.first(), command.mid(1));
    QVERIFY(run.finished);
    QVERIFY2(run.exitCode == 2, run.errors.constData());
    QCOMPARE(readAll(original), content);
}

QTEST_GUILESS_MAIN(TestExportFaults)
#include "tst_exportfaults.moc"
