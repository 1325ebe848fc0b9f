// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/sealedhome.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace doorveil::testsupport;

namespace {

/// What the owner asked for: the program wrote it where he said. Projects hold names, the rest holds no content either.
bool isOutput(const QString &path)
{
    return path.startsWith(QStringLiteral("work/")) || path.startsWith(QStringLiteral("documents/"));
}

/// Ours: settings, ledger, key, camera zones.
bool isOwnData(const QString &path)
{
    return path == QStringLiteral("data/doorveil") || path.startsWith(QStringLiteral("data/doorveil/"));
}

/// The fixed list of what libraries keep: shader programs of Qt, the index of fonts, the sound server's folder.
bool isLibraryCache(const QString &path)
{
    static const QRegularExpression known(
        QStringLiteral("^cache/(fontconfig(/.*)?|qtshadercache-[^/]*(/.*)?|doorveil(/qtpipelinecache-[^/]*(/"
                       ".*)?)?|mesa_shader_cache(/.*)?)$|^runtime/pulse$"));
    return path.contains(known);
}

/// The clip as the person has it, and what a covered or packed copy of it is made from.
bool isFilm(const QString &path)
{
    return path.endsWith(QStringLiteral(".mp4")) || path.endsWith(QStringLiteral(".mov"));
}

bool isArchive(const QString &path)
{
    return path.endsWith(QStringLiteral(".zip"));
}

/// A report, an analysis or a project that has not got its name yet: a program was killed between writing and renaming
/// it. The next run takes it away.
bool isBeingWritten(const QString &path, const QByteArray &bytes)
{
    static const QRegularExpression temporary(QStringLiteral("^(work|documents/Doorveil)/\\.doorveil-[^/]*\\.part$"));
    return path.contains(temporary) && (bytes.startsWith('{') || bytes.startsWith("SQLite format 3"));
}

/// Where the name of a clip may stand: the project, the ledger, the camera zones, and the analysis and report that the
/// owner asked for by name. Not the settings.
bool mayHoldNames(const QString &path, const QByteArray &bytes)
{
    if (isBeingWritten(path, bytes))
        return true;
    static const QRegularExpression known(QStringLiteral("(\\.doorveil(-wal|-shm)?|/ledger\\.sqlite(-wal|-shm)?|/zones/"
                                                         "[^/]*|/analysis\\.json|/report\\.json|"
                                                         "/batch/\\.doorveil-batch/.*|/batch/[^/]*)$"));
    return path.contains(known);
}

} // namespace

/// G17: after a whole flow of either program, nothing of the clip is anywhere but where it was asked for.
class TestResidue final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(MarkedClip::make(m_shared.filePath(QStringLiteral("clip.mov")))); }
    void init();
    void commandLine_data();
    void commandLine();
    void window_data();
    void window();
    void nothingIsOpenedForWritingElsewhere_data();
    void nothingIsOpenedForWritingElsewhere();
    void plantedLeaksAreFound_data();
    void plantedLeaksAreFound();

private:
    void commandLineFlow(bool finishes);
    void windowFlow();
    [[nodiscard]] QStringList leaks() const;
    [[nodiscard]] QString at(const char *below) const { return m_home->path(QString::fromLatin1(below)); }

    QTemporaryDir m_shared;
    std::unique_ptr<SealedHome> m_home;
    QString m_clip;
    QMap<QString, int> m_before;
};

void TestResidue::init()
{
    m_home = std::make_unique<SealedHome>();
    m_clip =
        m_home->path(QStringLiteral("clips/") + QString::fromLatin1(MarkedClip::nameMark) + QStringLiteral(".mov"));
    QVERIFY(QFile::copy(m_shared.filePath(QStringLiteral("clip.mov")), m_clip));
    m_before = m_home->entries();
}

/// What lies where it should not, or holds what it should not, or may be read by others.
QStringList TestResidue::leaks() const
{
    QStringList found;
    const QMap<QString, int> now = m_home->entries();
    for (auto entry = now.begin(); entry != now.end(); ++entry) {
        const QString &path = entry.key();
        const QFileInfo file(m_home->path(path));
        if (m_before.contains(path))
            continue;
        if (!isOutput(path) && !isOwnData(path) && !isLibraryCache(path))
            found.append(QStringLiteral("%1: should not be there").arg(path));
        if ((isOwnData(path) || path.endsWith(QStringLiteral(".doorveil"))) && (entry.value() & 077) != 0)
            found.append(QStringLiteral("%1: readable by others (%2)").arg(path).arg(entry.value(), 0, 8));
        if (QFileInfo(path).fileName().startsWith(QStringLiteral("core")))
            found.append(QStringLiteral("%1: a core file").arg(path));
        if (!file.isFile())
            continue;
        const QByteArray bytes = readAll(file.filePath());
        QStringList content = MarkedClip::contentIn(bytes);
        if (isFilm(path) || isArchive(path)) // the exported picture is there to be seen; its tags never
            content.removeAll(QStringLiteral("picture"));
        for (const QString &what : std::as_const(content))
            found.append(QStringLiteral("%1: holds %2 of the clip").arg(path, what));
        if (MarkedClip::nameIn(bytes) && !mayHoldNames(path, bytes))
            found.append(QStringLiteral("%1: holds the clip's name").arg(path));
    }
    return found;
}

/// Every command that reads a clip or writes. `finishes`: that nothing was killed before.
void TestResidue::commandLineFlow(bool finishes)
{
    const QString program = commandLineProgram();
    const auto run = [&](const QStringList &words, int expected = 0) {
        const ProgramRun result = m_home->run(program, words);
        QVERIFY2(result.finished, qPrintable(words.join(QLatin1Char(' '))));
        QVERIFY2(result.exitCode == expected || !finishes,
                 qPrintable(words.join(QLatin1Char(' ')) + QStringLiteral(": ") + QString::fromUtf8(result.errors)));
        // Nor do the messages hold anything of the tags.
        QVERIFY2(words.first() == QStringLiteral("inspect") || !result.errors.contains(MarkedClip::tagMark),
                 result.errors.constData());
    };
    const auto words = [](const char *text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    run({QStringLiteral("inspect"), m_clip});
    run(QStringList{QStringLiteral("analyze"), m_clip} + words("-o p.doorveil --json analysis.json --force"));
    run(words("edit p.doorveil AddZone box=0,0,20,20"));
    run(QStringList{QStringLiteral("redact"), m_clip}
        + words("-o direct.mp4 --preset ultrafast --audio keep --report report.json --force"));
    run(words("redact p.doorveil -o out.mp4 --preset ultrafast --force"));
    run(QStringList{QStringLiteral("verify"), QStringLiteral("out.mp4"), QStringLiteral("--project"),
                    QStringLiteral("p.doorveil"), QStringLiteral("--source"), m_clip});
    const ProgramRun request = m_home->run(program, words("request init"));
    QVERIFY(writeAll(at("work/r.toml"), request.output));
    QDir(at("work/package")).removeRecursively();
    QFile::remove(at("work/package.zip"));
    run(words(
        "package p.doorveil --request r.toml -o package --preset ultrafast --zip --sign-as Owner --unreviewed test"));
    run(words("verify package"));
    run(words("ledger list"));
    const ProgramRun policy = m_home->run(program, words("policy init"));
    QVERIFY(writeAll(at("work/policy.toml"), policy.output));
    run(QStringList{QStringLiteral("batch"), m_clip} + words("-o batch --policy policy.toml --resume"),
        5); // one clip is to be looked at
}

void TestResidue::windowFlow()
{
    const ProgramRun run = m_home->run(QStringLiteral(WINDOW_FLOW), {m_clip});
    QVERIFY2(run.finished && run.exitCode == 0, (run.output + run.errors).constData());
    const QStringList packages = QDir(at("documents/Doorveil")).entryList({QStringLiteral("share-*.zip")});
    QCOMPARE(packages.size(), 1);
    QVERIFY2(!run.errors.contains(MarkedClip::tagMark) && !MarkedClip::nameIn(run.errors), run.errors.constData());
}

void TestResidue::commandLine_data()
{
    QTest::addColumn<QStringList>("killed");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("left alone") << QStringList() << 0;
    const QStringList redact{QStringLiteral("redact"),  QStringLiteral("CLIP"),     QStringLiteral("-o"),
                             QStringLiteral("out.mp4"), QStringLiteral("--report"), QStringLiteral("report.json")};
    const QStringList analyze{QStringLiteral("analyze"), QStringLiteral("CLIP"), QStringLiteral("-o"),
                              QStringLiteral("p.doorveil")};
    const int steps = trials(1, 12);
    for (int step = 0; step < steps; ++step) {
        const int milliseconds = 300 + step * 1500 / steps;
        QTest::addRow("redact killed after %d ms", milliseconds) << redact << milliseconds;
        QTest::addRow("analyze killed after %d ms", milliseconds) << analyze << milliseconds;
    }
}

void TestResidue::commandLine()
{
    QFETCH(QStringList, killed);
    QFETCH(int, milliseconds);
    if (!killed.isEmpty()) {
        killed.replaceInStrings(QStringLiteral("CLIP"), m_clip);
        (void)m_home->runAndKill(commandLineProgram(), killed, QByteArray(), milliseconds);
        QCOMPARE(leaks().filter(QStringLiteral("holds")).join(QLatin1Char('\n')), QString());
    }
    commandLineFlow(killed.isEmpty());
    QCOMPARE(leaks().join(QLatin1Char('\n')), QString());
    // And what killed runs left beside the outputs is gone.
    const QStringList hidden =
        QDir(at("work")).entryList({QStringLiteral(".*")}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QCOMPARE(hidden, QStringList());
}

void TestResidue::window_data()
{
    QTest::addColumn<QByteArray>("killedAt");
    QTest::newRow("left alone") << QByteArray();
    QTest::newRow("killed while analysing") << QByteArray("at analysing");
    QTest::newRow("killed while reviewing") << QByteArray("at reviewing");
    QTest::newRow("killed while packaging") << QByteArray("at packaging");
}

void TestResidue::window()
{
    QFETCH(QByteArray, killedAt);
    if (!killedAt.isEmpty()) {
        const ProgramRun run = m_home->runAndKill(QStringLiteral(WINDOW_FLOW), {m_clip}, killedAt, 400);
        QVERIFY2(run.output.contains(killedAt), (run.output + run.errors).constData());
        QVERIFY(!run.finished);
        QCOMPARE(leaks().filter(QStringLiteral("holds")).join(QLatin1Char('\n')), QString());
    }
    // A run that was killed while it wrote a project left this; it takes a moment of luck to hit.
    const QString unfinished = at("documents/Doorveil/.doorveil-999999-1.part");
    QVERIFY(QDir().mkpath(at("documents/Doorveil")));
    QVERIFY(writeAll(unfinished, "SQLite format 3, and " + QByteArray(MarkedClip::nameMark)));
    QCOMPARE(leaks().filter(QStringLiteral("holds")).join(QLatin1Char('\n')), QString());
    windowFlow();
    QCOMPARE(leaks().join(QLatin1Char('\n')), QString());
    QVERIFY(!QFile::exists(unfinished));
}

/// Also what was written and removed again, and outside the home that was searched.
void TestResidue::nothingIsOpenedForWritingElsewhere_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<bool>("clean");
    const QString clip = QStringLiteral("CLIP");
    QTest::newRow("command line")
        << QStringList{commandLineProgram(),       QStringLiteral("redact"),       clip,
                       QStringLiteral("-o"),       QStringLiteral("WORK/out.mp4"), QStringLiteral("--preset"),
                       QStringLiteral("ultrafast")}
        << true;
    QTest::newRow("window") << QStringList{QStringLiteral(WINDOW_FLOW), clip} << true;
    QTest::newRow("control: a copy in /var/tmp")
        << QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("n=$(mktemp -p /var/tmp); rm $n")}
        << false;
    QTest::newRow("control: a temporary file")
        << QStringList{QStringLiteral("sh"), QStringLiteral("-c"), QStringLiteral("n=$(mktemp); rm $n")} << false;
}

void TestResidue::nothingIsOpenedForWritingElsewhere()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(QStringList, words);
    QFETCH(bool, clean);
    words.replaceInStrings(QStringLiteral("CLIP"), m_clip);
    words.replaceInStrings(QStringLiteral("WORK/"), m_home->path(QStringLiteral("work/")));
    const TracedRun run = runTraced(words.first(), words.mid(1), QStringLiteral("open,openat,creat,mkdir,mkdirat"));
    QVERIFY2(run.finished && run.exitCode == 0, (run.output + run.errors).constData());
    static const QRegularExpression opened(
        QStringLiteral("^\\d+ +(?:mkdir|mkdirat|creat|open|openat)\\(.*\"([^\"]*)\"(.*)\\) = \\d"));
    static const QRegularExpression writing(QStringLiteral("O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE"));
    static const QRegularExpression nowhere(QStringLiteral("^/dev/(null|tty|dri/.*|udmabuf)$|^/proc/(self|\\d+)/"));
    QStringList elsewhere;
    for (const QString &call : run.calls) {
        const auto match = opened.match(call);
        if (!match.hasMatch() || (call.contains(QStringLiteral("open")) && !match.captured(2).contains(writing)))
            continue;
        const QString path = match.captured(1);
        const QString relative = path.mid(m_home->path(QString()).size());
        const bool atHome = path.startsWith(m_home->path(QString()))
                            && (isOutput(relative) || isOwnData(relative) || isLibraryCache(relative));
        if (!atHome && !path.contains(nowhere) && path.startsWith(QLatin1Char('/')))
            elsewhere.append(call);
    }
    QVERIFY2(elsewhere.isEmpty() == clean, qPrintable(elsewhere.join(QLatin1Char('\n'))));
}

/// The controls: whatever is planted, leaks() finds it.
void TestResidue::plantedLeaksAreFound_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *path, const QByteArray &content, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(path) << content << QString::fromLatin1(said);
    };
    const QByteArray noise = QByteArrayLiteral("some other bytes ");
    row("a temporary file", "tmp/frame.raw", noise, "should not be there");
    row("a file in the home", "home/.doorveilrc", noise, "should not be there");
    row("an unknown cache", "cache/thumbnails/a.bin", noise, "should not be there");
    row("luma", "data/doorveil/a", noise + MarkedClip::pictureRow(1) + noise, "holds picture");
    row("BGR", "data/doorveil/a", noise + MarkedClip::pictureRow(3) + noise, "holds picture");
    row("BGRA", "cache/fontconfig/a", noise + MarkedClip::pictureRow(4) + noise, "holds picture");
    row("a packed picture", "work/p.doorveil", noise + qCompress(MarkedClip::pictureRow(1)), "holds picture");
    row("samples", "data/doorveil/a", noise + MarkedClip::soundSamples(false), "holds sound");
    row("float samples", "data/doorveil/a", noise + MarkedClip::soundSamples(true), "holds sound");
    row("a thumbnail", "data/doorveil/a", noise + "\x89PNG\r\n\x1a\n" + noise, "holds image file");
    row("a tag in a project", "work/p.doorveil", noise + MarkedClip::tagMark, "holds tags");
    row("a tag in an export", "work/out.mp4", noise + MarkedClip::tagMark, "holds tags");
    row("a name in base64", "work/package/data/log.jsonl", noise + ("/x/" + MarkedClip::nameMark).toBase64(),
        "holds the clip's name");
    row("a name", "data/doorveil/log.txt", noise + MarkedClip::nameMark, "holds the clip's name");
    row("a name in the settings", "data/doorveil/settings.json", noise + ("/x/" + MarkedClip::nameMark).toBase64(),
        "holds the clip's name");
    row("a name in an export being written", "work/.doorveil-1-2.part", noise + MarkedClip::nameMark,
        "holds the clip's name");
    row("a name in settings being written", "data/doorveil/.doorveil-1-2.part", "{" + MarkedClip::nameMark,
        "holds the clip's name");
    row("a name beside the projects", "documents/Doorveil/unfinished.json",
        noise + ("/x/" + MarkedClip::nameMark).toBase64(), "holds the clip's name");
    row("a core file", "work/core.4711", noise, "a core file");
    row("open to all", "data/doorveil/settings.json", noise, "readable by others");
}

void TestResidue::plantedLeaksAreFound()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    QVERIFY(QDir().mkpath(QFileInfo(m_home->path(path)).path()));
    QVERIFY(writeAll(m_home->path(path), content));
    QVERIFY(QFile::setPermissions(m_home->path(path), QFile::ReadOwner | QFile::ReadOther));
    const QStringList found = leaks();
    QVERIFY2(!found.filter(said).isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TestResidue)
#include "tst_residue.moc"
