// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/sealedhome.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <random>
#include <sys/stat.h>
#include <sys/xattr.h>

using namespace doorveil::testsupport;

namespace {

const QString everyCall = QStringLiteral("openat,write,pwrite64,ftruncate,fallocate,rename,renameat,renameat2,link,"
                                         "linkat,fsync,fdatasync,unlink,unlinkat,mkdir,mkdirat");

/// One system call of a whole run that touches the disk.
struct Point
{
    QString call;
    int when = 0; ///< which of its kind in the thread that makes it, from 1
    QString line;
};

/// What may not change of an original.
struct Original
{
    QByteArray content;
    struct stat status = {};
    QByteArray attribute;

    [[nodiscard]] static Original of(const QString &path)
    {
        Original original;
        original.content = readAll(path);
        const QByteArray name = QFile::encodeName(path);
        if (::lstat(name.constData(), &original.status) != 0)
            qFatal("the original is gone");
        QByteArray value(64, '\0');
        const ssize_t length = ::getxattr(name.constData(), "user.camera", value.data(), std::size_t(value.size()));
        original.attribute = value.left(std::max<ssize_t>(length, 0));
        return original;
    }

    [[nodiscard]] bool operator==(const Original &other) const
    {
        return content == other.content && attribute == other.attribute && status.st_ino == other.status.st_ino
               && status.st_dev == other.status.st_dev && status.st_mode == other.status.st_mode
               && status.st_nlink == other.status.st_nlink && status.st_mtim.tv_sec == other.status.st_mtim.tv_sec
               && status.st_mtim.tv_nsec == other.status.st_mtim.tv_nsec;
    }
};

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

/// G6, G10, G11, G19 for the export and the package: killed, failing or filled up at any system call, a file under a
/// final name is the old one or the whole new one, the original is what it was, and the next run puts all in order.
class TestExportFaults final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void killedAtAnyCall_data();
    void killedAtAnyCall();
    void killedAtAnyMoment_data() { programs(); }
    void killedAtAnyMoment();
    void killedAgainWhileRecovering_data() { programs(); }
    void killedAgainWhileRecovering();
    void failingAtAnyCall_data();
    void failingAtAnyCall();
    void fullDisk_data();
    void fullDisk();
    void fileSizeLimit();
    void originalUnderOtherNames_data();
    void originalUnderOtherNames();
    void controlIsCaught();

private:
    enum class Kind { Export, Replace, Package };

    /// Empty where something can be mounted for a program alone.
    [[nodiscard]] QString whyNoMounts() const;
    void programs();
    void reset(Kind kind);
    [[nodiscard]] QStringList commandOf(Kind kind) const;
    [[nodiscard]] std::vector<Point> pointsOf(Kind kind, const QString &calls, int quick);
    /// Empty where everything under a final name is whole and the original unchanged.
    [[nodiscard]] QString whyNotSafe(Kind kind) const;
    /// Empty where the next run succeeds and leaves nothing of the one before.
    [[nodiscard]] QString whyNoNextRun(Kind kind) const;
    [[nodiscard]] QString at(const char *below) const { return m_home->path(QString::fromLatin1(below)); }

    std::unique_ptr<SealedHome> m_home;
    QString m_clip;
    Original m_original;
    QByteArray m_export; ///< every run gives these bytes
    QMap<QString, QByteArray> m_project;
    std::mt19937 m_random{2026};
};

void TestExportFaults::initTestCase()
{
    m_home = std::make_unique<SealedHome>();
    m_clip = at("clips/clip.mp4");
    CounterClip clip;
    clip.size = {160, 120};
    clip.frames = 8;
    QVERIFY(makeCounterClip(m_clip, clip));
    // Not every file system has them.
    (void)::setxattr(m_clip.toLocal8Bit().constData(), "user.camera", "porch", 5, 0);
    const auto run = [this](const QStringList &arguments) {
        const ProgramRun result = m_home->run(commandLineProgram(), arguments);
        QVERIFY2(result.finished && result.exitCode == 0, result.errors.constData());
    };
    run({QStringLiteral("analyze"), m_clip, QStringLiteral("-o"), at("work/p.doorveil")});
    run({QStringLiteral("edit"), at("work/p.doorveil"), QStringLiteral("AddTrack"), QStringLiteral("kind=region"),
         QStringLiteral("box=100,20,40,40")});
    QVERIFY(writeAll(at("r.toml"), m_home->run(commandLineProgram(), words("request init")).output));
    for (const QString &name : QDir(at("work")).entryList(QDir::Files | QDir::Hidden))
        m_project.insert(name, readAll(at("work/") + name));
    m_original = Original::of(m_clip);
    run(commandOf(Kind::Export));
    m_export = readAll(at("work/out.mp4"));
    QVERIFY(m_export.size() > 1000);
    run(commandOf(Kind::Package)); // makes the key, too
}

void TestExportFaults::init()
{
    QVERIFY(Original::of(m_clip) == m_original);
}

QString TestExportFaults::whyNoMounts() const
{
    const ProgramRun probe = m_home->run(QStringLiteral("unshare"), words("-rm true"));
    return probe.exitCode == 0 ? QString()
                               : QStringLiteral("no mount namespace: ") + QString::fromLocal8Bit(probe.errors);
}

QStringList TestExportFaults::commandOf(Kind kind) const
{
    if (kind == Kind::Package)
        return QStringList{QStringLiteral("package"), at("work/p.doorveil"), QStringLiteral("--request"), at("r.toml"),
                           QStringLiteral("-o"),      at("work/pkg")}
               + words("--preset ultrafast --sign-as Owner --zip --unreviewed test");
    QStringList command{QStringLiteral("redact"),   at("work/p.doorveil"),      QStringLiteral("-o"),
                        at("work/out.mp4"),         QStringLiteral("--preset"), QStringLiteral("ultrafast"),
                        QStringLiteral("--report"), at("work/report.json")};
    if (kind == Kind::Replace)
        command.append(QStringLiteral("--force"));
    return command;
}

void TestExportFaults::reset(Kind kind)
{
    QVERIFY(QDir(at("work")).removeRecursively());
    QVERIFY(QDir().mkpath(at("work")));
    for (auto entry = m_project.begin(); entry != m_project.end(); ++entry)
        QVERIFY(writeAll(at("work/") + entry.key(), entry.value()));
    if (kind == Kind::Replace)
        QVERIFY(writeAll(at("work/out.mp4"), "old"));
}

/// Calls of the main thread on files and folders of ours; others do not change what is on disk.
std::vector<Point> TestExportFaults::pointsOf(Kind kind, const QString &calls, int quick)
{
    reset(kind);
    const TracedRun run = runTraced(commandLineProgram(), commandOf(kind), calls);
    if (!run.finished || run.exitCode != 0)
        qFatal("the traced run failed: %s", run.errors.constData());
    static const QRegularExpression form(QStringLiteral("^(\\d+) +(\\w+)\\("));
    QMap<QString, int> counts;
    QString mainThread;
    std::vector<Point> points;
    for (const QString &line : run.calls) {
        const auto match = form.match(line);
        if (!match.hasMatch())
            continue;
        if (mainThread.isEmpty())
            mainThread = match.captured(1);
        if (match.captured(1) != mainThread)
            continue;
        const QString call = match.captured(2);
        const int when = ++counts[call];
        const bool ours = line.contains(at("work")) || line.contains(at("data"));
        if (ours && (call != QStringLiteral("openat") || line.contains(QStringLiteral("O_CREAT"))))
            points.push_back({call, when, line});
    }
    const std::size_t wanted = std::size_t(trials(quick, int(points.size())));
    std::vector<Point> chosen;
    for (std::size_t index = 0; index < wanted && index < points.size(); ++index)
        chosen.push_back(points[index * points.size() / std::min(wanted, points.size())]);
    return chosen;
}

QString TestExportFaults::whyNotSafe(Kind kind) const
{
    if (!(Original::of(m_clip) == m_original))
        return QStringLiteral("the original changed");
    const auto verified = [this](const QString &path) {
        return m_home->run(commandLineProgram(), {QStringLiteral("verify"), path}).exitCode == 0;
    };
    if (kind == Kind::Package) {
        for (const char *name : {"work/pkg", "work/pkg.zip"}) {
            if (QFile::exists(at(name)) && !verified(at(name)))
                return QStringLiteral("%1 does not verify").arg(QLatin1String(name));
        }
        return {};
    }
    const QByteArray found = readAll(at("work/out.mp4"));
    const bool mayBeOld = kind == Kind::Replace;
    if (!QFile::exists(at("work/out.mp4")))
        return mayBeOld ? QStringLiteral("the old file is gone") : QString();
    if (found != m_export && !(mayBeOld && found == "old"))
        return QStringLiteral("a partial file of %1 bytes under the final name").arg(found.size());
    return {};
}

QString TestExportFaults::whyNoNextRun(Kind kind) const
{
    if (kind == Kind::Package) { // a package that is there is never replaced
        QDir(at("work/pkg")).removeRecursively();
        QFile::remove(at("work/pkg.zip"));
    }
    QStringList command = commandOf(kind);
    if (kind == Kind::Export)
        command.append(QStringLiteral("--force"));
    const ProgramRun run = m_home->run(commandLineProgram(), command);
    if (!run.finished || run.exitCode != 0)
        return QString::fromUtf8(run.errors);
    if (const QString why = whyNotSafe(kind); !why.isEmpty())
        return why;
    if (kind != Kind::Package && readAll(at("work/out.mp4")) != m_export)
        return QStringLiteral("the next run made something else");
    const QStringList left =
        QDir(at("work")).entryList({QStringLiteral(".*")}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    return left.isEmpty() ? QString() : QStringLiteral("left behind: ") + left.join(QLatin1Char(' '));
}

void TestExportFaults::programs()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("export") << int(Kind::Export);
    QTest::newRow("export over an old file") << int(Kind::Replace);
    QTest::newRow("package") << int(Kind::Package);
}

void TestExportFaults::killedAtAnyCall_data()
{
    programs();
}

void TestExportFaults::killedAtAnyCall()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(int, kind);
    int killed = 0;
    int complete = 0;
    for (const Point &point : pointsOf(Kind(kind), everyCall, 7)) {
        reset(Kind(kind));
        const TracedRun run = runTraced(commandLineProgram(), commandOf(Kind(kind)), point.call,
                                        QStringLiteral("%1:signal=KILL:when=%2").arg(point.call).arg(point.when));
        killed += run.finished ? 0 : 1;
        QVERIFY2(whyNotSafe(Kind(kind)).isEmpty(), qPrintable(point.line + QLatin1Char('\n') + whyNotSafe(Kind(kind))));
        complete += QFile::exists(at("work/out.mp4")) || QFile::exists(at("work/pkg")) ? 1 : 0;
        const QString next = whyNoNextRun(Kind(kind));
        QVERIFY2(next.isEmpty(), qPrintable(point.line + QLatin1Char('\n') + next));
    }
    qInfo("killed at %d system calls, %d times with a whole result in place", killed, complete);
    QVERIFY(killed >= 6);
}

void TestExportFaults::killedAtAnyMoment()
{
    QFETCH(int, kind);
    const int rounds = trials(2, Kind(kind) == Kind::Package ? 100 : 50);
    const int longest = Kind(kind) == Kind::Package ? 1500 : 700;
    int killed = 0;
    for (int round = 0; round < rounds; ++round) {
        reset(Kind(kind));
        const int milliseconds = 5 + int(m_random() % std::uint32_t(longest));
        const ProgramRun run = m_home->runAndKill(commandLineProgram(), commandOf(Kind(kind)), {}, milliseconds);
        killed += run.finished ? 0 : 1;
        QCOMPARE(whyNotSafe(Kind(kind)), QString());
        QCOMPARE(whyNoNextRun(Kind(kind)), QString());
    }
    qInfo("%d of %d runs were killed", killed, rounds);
    QVERIFY(killed > 0 || rounds < 3);
}

void TestExportFaults::killedAgainWhileRecovering()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(int, kind);
    const std::vector<Point> points = pointsOf(Kind(kind), everyCall, 1'000);
    const int rounds = trials(1, 20);
    for (int round = 0; round < rounds; ++round) {
        reset(Kind(kind));
        for (int attempt = 0; attempt < 3; ++attempt) {
            const Point &point = points[m_random() % points.size()];
            const QString injection = QStringLiteral("%1:signal=KILL:when=%2").arg(point.call).arg(point.when);
            (void)runTraced(commandLineProgram(), commandOf(Kind(kind)), point.call, injection);
            QVERIFY2(whyNotSafe(Kind(kind)).isEmpty(),
                     qPrintable(point.line + QLatin1Char('\n') + whyNotSafe(Kind(kind))));
        }
        QCOMPARE(whyNoNextRun(Kind(kind)), QString());
    }
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
    for (const Point &point : pointsOf(Kind(kind), calls, 2)) {
        reset(Kind(kind));
        const TracedRun run = runTraced(commandLineProgram(), commandOf(Kind(kind)), point.call,
                                        QStringLiteral("%1:error=%2:when=%3").arg(point.call, error).arg(point.when));
        QVERIFY2(run.finished, qPrintable(point.line));
        const QByteArray where = point.line.toLocal8Bit() + '\n' + run.errors;
        QVERIFY2(whyNotSafe(Kind(kind)).isEmpty(), where.constData());
        if (run.exitCode != 0) {
            ++refused;
            QVERIFY2(run.errors.contains("work/") || run.errors.contains("out.mp4") || run.errors.contains("doorveil"),
                     where.constData());
        } else {
            // What did not matter was not lost either.
            ++without;
            const bool there = QFile::exists(at(Kind(kind) == Kind::Package ? "work/pkg" : "work/out.mp4"));
            QVERIFY2(there, where.constData());
        }
        const QString next = whyNoNextRun(Kind(kind));
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
    reset(Kind(kind));
    DOORVEIL_NEEDS_SYSTEM(whyNoMounts());
    const QString script = QStringLiteral(
        "mount -t tmpfs -o size=$1k t \"$2\" && cp \"$3\"/* \"$2\" && shift 3 || exit 99\n"
        "\"$@\"; echo \"first $?\"; ls -A \"$FOLDER\" | sed 's/^/has /'\n"
        "cat \"$FOLDER/out.mp4\" 2>/dev/null | sha256sum\n"
        "mount -o remount,size=64m \"$FOLDER\"; rm -rf \"$FOLDER\"/out.mp4 \"$FOLDER\"/report.json \"$FOLDER\"/pkg*\n"
        "\"$@\"; echo \"second $?\"; ls -A \"$FOLDER\" | sed 's/^/then /'\n");
    QVERIFY(QDir().mkpath(at("before")));
    for (auto entry = m_project.begin(); entry != m_project.end(); ++entry)
        QVERIFY(writeAll(at("before/") + entry.key(), entry.value()));
    qputenv("FOLDER", at("work").toLocal8Bit());
    const ProgramRun run = m_home->run(QStringLiteral("unshare"),
                                       QStringList{QStringLiteral("-rm"), QStringLiteral("sh"), QStringLiteral("-c"),
                                                   script, QStringLiteral("sh"), QString::number(kilobytes), at("work"),
                                                   at("before"), commandLineProgram()}
                                           + commandOf(Kind(kind)));
    QVERIFY2(run.finished && run.exitCode == 0, (run.output + run.errors).constData());
    QVERIFY2(run.output.contains("second 0"), (run.output + run.errors).constData());
    QVERIFY2(!run.output.contains("then ."), run.output.constData());
    if (run.output.contains("first 0"))
        return; // it fitted
    QVERIFY2(!run.output.contains("has .doorveil-"), run.output.constData());
    QVERIFY2(!run.output.contains("has out.mp4") && !run.output.contains("has pkg"), run.output.constData());
    QVERIFY2(run.errors.contains("work/"), run.errors.constData());
    QVERIFY(Original::of(m_clip) == m_original);
}

void TestExportFaults::fileSizeLimit()
{
    reset(Kind::Export);
    const ProgramRun run = m_home->run(
        QStringLiteral("sh"),
        QStringList{QStringLiteral("-c"), QStringLiteral("ulimit -f 8; exec \"$0\" \"$@\""), commandLineProgram()}
            + commandOf(Kind::Export));
    QVERIFY(run.finished);
    QVERIFY(run.exitCode != 0);
    QVERIFY2(run.errors.contains("out.mp4") || run.errors.contains("p.doorveil"), run.errors.constData());
    QCOMPARE(whyNotSafe(Kind::Export), QString());
    QVERIFY(!QFile::exists(at("work/out.mp4")));
    QCOMPARE(whyNoNextRun(Kind::Export), QString());
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
    reset(Kind::Export);
    const QString folder = at("work");
    const QString original = folder + QStringLiteral("/clip.mp4");
    QVERIFY(QFile::copy(m_clip, original));
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
    const ProgramRun run = m_home->run(command.first(), command.mid(1));
    QVERIFY(run.finished);
    QVERIFY2(run.exitCode == 2, run.errors.constData());
    QCOMPARE(readAll(original), content);
}

/// The control: a writer that is killed in the middle of its final name, and one that writes over the original, are
/// seen.
void TestExportFaults::controlIsCaught()
{
    reset(Kind::Export);
    QVERIFY(writeAll(at("work/out.mp4"), m_export.left(m_export.size() / 2)));
    QVERIFY(whyNotSafe(Kind::Export).contains(QStringLiteral("partial")));
    QVERIFY(QFile::remove(at("work/out.mp4")));
    reset(Kind::Replace);
    QVERIFY(QFile::remove(at("work/out.mp4")));
    QVERIFY(!whyNotSafe(Kind::Replace).isEmpty());
    reset(Kind::Package);
    QVERIFY(QDir().mkpath(at("work/pkg/data")));
    QVERIFY(!whyNotSafe(Kind::Package).isEmpty());
    const Original before = m_original;
    m_original.content += 'x';
    QVERIFY(whyNotSafe(Kind::Export).contains(QStringLiteral("original")));
    m_original = before;
    // And of the next run: what is left beside the output.
    reset(Kind::Export);
    QVERIFY(writeAll(at("work/.doorveil-someone-else.part"), "x"));
    QVERIFY(whyNoNextRun(Kind::Export).contains(QStringLiteral("left behind")));
}

QTEST_GUILESS_MAIN(TestExportFaults)
#include "tst_exportfaults.moc"
