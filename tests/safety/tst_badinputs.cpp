// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/sealedhome.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <sys/stat.h>

using namespace doorveil::testsupport;

/// G2: bad inputs among good ones, as somebody has them in a folder: each is named with the reason, leaves nothing, and
/// keeps nobody else from being done; and a file that names others opens none of them.
class TestBadInputs final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aFolderOfThem();
    void namedFilesStayClosed_data();
    void namedFilesStayClosed();

private:
    [[nodiscard]] QString at(const QString &below) const { return m_home.path(below); }
    void put(const QString &name, const QByteArray &content)
    {
        QVERIFY(writeAll(at(QStringLiteral("clips/") + name), content));
    }

    SealedHome m_home;
    QByteArray m_clip;
};

void TestBadInputs::initTestCase()
{
    CounterClip clip;
    clip.size = {128, 96};
    clip.frames = 6;
    const QString path = at(QStringLiteral("whole.mp4"));
    QVERIFY(makeCounterClip(path, clip));
    m_clip = readAll(path);
    QVERIFY(m_clip.size() > 1000);
}

void TestBadInputs::aFolderOfThem()
{
    QStringList bad;
    const auto putBad = [&](const QString &name, const QByteArray &content) {
        bad.append(name);
        put(name, content);
    };
    const int truncations = trials(8, 180);
    for (int index = 0; index < truncations; ++index) // the index of an MP4 is at its end: none of these opens
        putBad(QStringLiteral("cut%1.mp4").arg(index, 3, 10, QLatin1Char('0')),
               m_clip.left(m_clip.size() * index / (truncations + truncations / 4 + 1)));
    putBad(QStringLiteral("empty.mp4"), {});
    putBad(QStringLiteral("text.mp4"), QByteArray("not a clip\n").repeated(100));
    putBad(QStringLiteral("zeros.mkv"), QByteArray(5000, '\0'));
    putBad(QStringLiteral("list.mp4"), "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\ngood1.mp4\n#EXT-X-ENDLIST\n");
    putBad(QStringLiteral("concat.mp4"), "ffconcat version 1.0\nfile good1.mp4\n");
    putBad(QStringLiteral("picture.mp4"), "\x89PNG\r\n\x1a\n" + QByteArray(300, 'x'));
    putBad(QStringLiteral("new\nline.mp4"), "x");
    QVERIFY(runFfmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                       QStringLiteral("sine=duration=0.3"), at(QStringLiteral("clips/sound.mp4"))}));
    bad.append(QStringLiteral("sound.mp4"));
    QVERIFY(QDir().mkpath(at(QStringLiteral("clips/folder.mp4"))));
    QCOMPARE(::mkfifo(at(QStringLiteral("clips/pipe.mp4")).toLocal8Bit().constData(), 0600), 0);
    const QStringList good{QStringLiteral("good1.mp4"), QStringLiteral("good2.avi"), QStringLiteral("zz good.mp4")};
    for (const QString &name : good) // one with the wrong ending, and none the same as another
        put(name, m_clip + name.toLatin1());

    QVERIFY(writeAll(at(QStringLiteral("policy.toml")),
                     m_home.run(commandLineProgram(), {QStringLiteral("policy"), QStringLiteral("init")}).output));
    const ProgramRun run =
        m_home.run(commandLineProgram(),
                   {QStringLiteral("batch"), at(QStringLiteral("clips")), QStringLiteral("-o"),
                    at(QStringLiteral("work/out")), QStringLiteral("--policy"), at(QStringLiteral("policy.toml")),
                    QStringLiteral("--report"), at(QStringLiteral("work/report.json"))});
    QVERIFY2(run.finished, run.errors.constData());
    QCOMPARE(run.exitCode, 1);
    const QJsonArray clips = QJsonDocument::fromJson(readAll(at(QStringLiteral("work/report.json"))))
                                 .object()
                                 .value(QStringLiteral("clips"))
                                 .toArray();
    QCOMPARE(clips.size(), bad.size() + good.size());
    const QStringList files = QDir(at(QStringLiteral("work/out"))).entryList(QDir::Files | QDir::Hidden);
    QCOMPARE(files.filter(QStringLiteral(".mp4")).size(), good.size());
    QVERIFY(files.filter(QStringLiteral(".part")).isEmpty());
    for (const QString &name : std::as_const(bad)) {
        const QString shown = name.left(name.indexOf(QLatin1Char('\n')));
        QVERIFY2(run.errors.contains(shown.toUtf8()), qPrintable(name));
        QVERIFY2(files.filter(shown.chopped(4) + QLatin1Char('.')).isEmpty(), qPrintable(name));
    }
}

void TestBadInputs::namedFilesStayClosed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("control");
    const QByteArray list = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nneighbour.mp4\n#EXT-X-ENDLIST\n";
    const QByteArray concat = "ffconcat version 1.0\nfile neighbour.mp4\n";
    QTest::newRow("HLS") << QStringLiteral("hls.mp4") << list << false;
    QTest::newRow("HLS with its own ending") << QStringLiteral("hls.m3u8") << list << false;
    QTest::newRow("concat") << QStringLiteral("concat.mp4") << concat << false;
    // A reference to another file where an MP4 keeps its samples.
    QTest::newRow("data reference") << QStringLiteral("dref.mp4") << QByteArray() << false;
    QTest::newRow("control: ffmpeg follows a list") << QStringLiteral("concat.txt") << concat << true;
}

void TestBadInputs::namedFilesStayClosed()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(bool, control);
    QVERIFY(writeAll(at(QStringLiteral("work/neighbour.mp4")), m_clip));
    if (content.isEmpty()) {
        content = m_clip;
        const qsizetype url = content.indexOf("url \0\0\0\1");
        const qsizetype at = url >= 0 ? url : content.indexOf("url ");
        QVERIFY(at > 0);
        content[at + 7] = '\0'; // no longer "in the same file"
    }
    const QString path = at(QStringLiteral("work/") + name);
    QVERIFY(writeAll(path, content));
    const QStringList words = control ? QStringList{QStringLiteral("-v"),
                                                    QStringLiteral("quiet"),
                                                    QStringLiteral("-f"),
                                                    QStringLiteral("concat"),
                                                    QStringLiteral("-safe"),
                                                    QStringLiteral("0"),
                                                    path}
                                      : QStringList{QStringLiteral("redact"), path, QStringLiteral("-o"),
                                                    at(QStringLiteral("work/out.mp4")), QStringLiteral("--force")};
    const TracedRun run = runTraced(control ? QStringLiteral("ffprobe") : commandLineProgram(), words,
                                    QStringLiteral("open,openat,openat2,stat,newfstatat,access,readlink"));
    QVERIFY(run.finished);
    QCOMPARE(run.calls.filter(QStringLiteral("neighbour.mp4")).isEmpty(), !control);
}

QTEST_GUILESS_MAIN(TestBadInputs)
#include "tst_badinputs.moc"
