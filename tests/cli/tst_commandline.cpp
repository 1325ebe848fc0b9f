// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/projectstore.h"
#include "runcli.h"
#include "support/democlip.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace doorveil;
using testsupport::CliRun;
using testsupport::filesIn;
using testsupport::runCli;

/// Usage, exit codes and refusals. What needs no whole redaction is here; the rest is in tests/integration.
class TestCommandLine final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void usageErrors_data();
    void usageErrors();
    void helpAndVersion();
    void unknownCommandGetsAHint();
    void inputsThatCannotBeOpened_data();
    void inputsThatCannotBeOpened();
    void outputThatIsTheInput_data();
    void outputThatIsTheInput();
    void outputsThatCannotBeWritten_data();
    void outputsThatCannotBeWritten();
    void existingOutputIsKept();
    void waitingProjectIsNoClipWithoutPeople();
    void cancelledLeavesNothing();
    void inspectTellsAboutTheClip();
    void modelsAreListed();
    void errorsAsJson();

private:
    [[nodiscard]] std::string at(const char *name) const { return (m_folder->path().toStdString() + "/") + name; }
    void write(const char *name, const QByteArray &content) const
    {
        QFile file(QString::fromStdString(at(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }

    QTemporaryDir m_shared;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestCommandLine::initTestCase()
{
    testsupport::DemoSettings settings;
    settings.size = {320, 180};
    settings.frameCount = 8;
    QVERIFY(testsupport::writeDemoClip((m_shared.path() + QStringLiteral("/clip.mp4")).toStdString(), settings));
}

void TestCommandLine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QFile::copy(m_shared.path() + QStringLiteral("/clip.mp4"), QString::fromStdString(at("clip.mp4"))));
}

void TestCommandLine::usageErrors_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"redact",
                             "redact clip.mp4",
                             "redact clip.mp4 other.mp4 -o out.mp4",
                             "redact clip.mp4 -o",
                             "redact clip.mp4 -o out.mp4 --style pixel",
                             "redact clip.mp4 -o out.mp4 --cover nose",
                             "redact clip.mp4 -o out.mp4 --audio loud",
                             "redact clip.mp4 -o out.mp4 --crf 52",
                             "redact clip.mp4 -o out.mp4 --crf x",
                             "redact clip.mp4 -o out.mp4 --preset quick",
                             "redact clip.mp4 -o out.mp4 --trim 5",
                             "redact clip.mp4 -o out.mp4 --trim 00:00:02-00:00:01",
                             "redact clip.mp4 -o out.mp4 --frobnicate",
                             "redact clip.mp4 -o out.mp4 --report out.mp4",
                             "analyze clip.mp4",
                             "analyze clip.mp4 -o -",
                             "analyze clip.mp4 --json - --again",
                             "inspect",
                             "inspect clip.mp4 other.mp4",
                             "verify",
                             "verify clip.mp4 --crf -1",
                             "models",
                             "models frob",
                             "edit",
                             "--frobnicate",
                             ""}) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void TestCommandLine::usageErrors()
{
    QFETCH(QString, line);
    std::vector<std::string> words;
    for (const QString &word : line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const std::string text = word.toStdString();
        words.push_back(word.endsWith(QStringLiteral(".mp4")) ? at(text.c_str()) : text);
    }
    const CliRun run = runCli(words);
    QCOMPARE(run.exit, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY(!run.err.isEmpty());
    QCOMPARE(filesIn(m_folder->path().toStdString()), std::vector<std::string>{"clip.mp4"});
}

void TestCommandLine::helpAndVersion()
{
    for (const std::vector<std::string> &words :
         {std::vector<std::string>{"--help"}, {"--version"}, {"redact", "--help"}, {"inspect", "-h"}}) {
        const CliRun run = runCli(words);
        QCOMPARE(run.exit, 0);
        QVERIFY(!run.out.isEmpty());
        QVERIFY(run.err.isEmpty());
    }
    QVERIFY(runCli({"redact", "--help"}).out.contains("--trim"));
}

void TestCommandLine::unknownCommandGetsAHint()
{
    const CliRun run = runCli({"redcat"});
    QCOMPARE(run.exit, 2);
    QVERIFY(run.err.contains("redact"));
}

void TestCommandLine::inputsThatCannotBeOpened_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty.mp4") << QByteArray();
    QTest::newRow("text.mp4") << QByteArray("not a clip\n").repeated(100);
    QTest::newRow("playlist.mp4") << QByteArray(
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nclip.mp4\n#EXT-X-ENDLIST\n");
    QTest::newRow("concat.mp4") << QByteArray("ffconcat version 1.0\nfile clip.mp4\n");
    QTest::newRow("missing.mp4") << QByteArray();
    QTest::newRow("folder.mp4") << QByteArray();
    QTest::newRow("pipe.mp4") << QByteArray();
    if (::geteuid() != 0) // everything is readable for root
        QTest::newRow("unreadable.mp4") << QByteArray("x");
    QTest::newRow("new\nline \xff.mp4") << QByteArray("x");
}

void TestCommandLine::inputsThatCannotBeOpened()
{
    QFETCH(QByteArray, content);
    const QByteArray name = QTest::currentDataTag();
    const std::string path = at(name.constData());
    if (name == "folder.mp4")
        QCOMPARE(::mkdir(path.c_str(), 0700), 0);
    else if (name == "pipe.mp4")
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    else if (name != "missing.mp4")
        std::ofstream(path, std::ios::binary) << content.toStdString();
    if (name == "unreadable.mp4")
        QCOMPARE(::chmod(path.c_str(), 0), 0);
    const auto before = filesIn(m_folder->path().toStdString());
    for (const std::vector<std::string> &words :
         {std::vector<std::string>{"inspect", path},
          {"redact", path, "-o", at("out.mp4"), "--report", at("r.json")},
          {"analyze", path, "-o", at("out.doorveil"), "--json", at("out.json")}}) {
        const CliRun run = runCli(words);
        QCOMPARE(run.exit, 3);
        QVERIFY(run.out.isEmpty());
        // The file is named on one line, as text that a terminal does not obey.
        QVERIFY2(run.err.contains(name.left(3)), run.err.constData());
        QCOMPARE(run.err.count('\n'), 1);
        QCOMPARE(filesIn(m_folder->path().toStdString()), before);
    }
}

void TestCommandLine::outputThatIsTheInput_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"same", "dot", "dotdot", "absolute", "symlink", "hardlink", "folder link", "report"})
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestCommandLine::outputThatIsTheInput()
{
    QFETCH(QString, way);
    const std::string folder = m_folder->path().toStdString();
    const std::string input = at("clip.mp4");
    std::string output = input;
    if (way == QStringLiteral("dot")) {
        output = folder + "/./clip.mp4";
    } else if (way == QStringLiteral("dotdot")) {
        QCOMPARE(::mkdir(at("sub").c_str(), 0700), 0);
        output = folder + "/sub/../clip.mp4";
    } else if (way == QStringLiteral("absolute")) {
        output = "/proc/self/root" + input;
    } else if (way == QStringLiteral("symlink")) {
        output = at("link.mp4");
        QCOMPARE(::symlink("clip.mp4", output.c_str()), 0);
    } else if (way == QStringLiteral("hardlink")) {
        output = at("link.mp4");
        QCOMPARE(::link(input.c_str(), output.c_str()), 0);
    } else if (way == QStringLiteral("folder link")) {
        QCOMPARE(::symlink(folder.c_str(), at("around").c_str()), 0);
        output = at("around/clip.mp4");
    }
    QFile original(QString::fromStdString(input));
    QVERIFY(original.open(QIODevice::ReadOnly));
    const QByteArray before = original.readAll();
    const auto files = filesIn(folder);
    std::vector<std::string> words{"redact", input, "-o", output, "--force"};
    if (way == QStringLiteral("report"))
        words = {"redact", input, "-o", at("out.mp4"), "--report", input, "--force"};
    const CliRun run = runCli(words);
    QCOMPARE(run.exit, 2);
    QVERIFY(run.err.contains("original"));
    original.seek(0);
    QCOMPARE(original.readAll(), before);
    QCOMPARE(filesIn(folder), files);
    QCOMPARE(runCli({"analyze", input, "-o", output, "--force"}).exit, 2);
    original.seek(0);
    QCOMPARE(original.readAll(), before);
}

void TestCommandLine::outputsThatCannotBeWritten_data()
{
    QTest::addColumn<QString>("output");
    QTest::newRow("folder missing") << QStringLiteral("nowhere/out.mp4");
    QTest::newRow("a folder") << QStringLiteral("folder");
    QTest::newRow("a folder with a slash") << QStringLiteral("folder/");
    QTest::newRow("a link to nothing") << QStringLiteral("dangling.mp4");
}

void TestCommandLine::outputsThatCannotBeWritten()
{
    QFETCH(QString, output);
    QCOMPARE(::mkdir(at("folder").c_str(), 0700), 0);
    QCOMPARE(::symlink("gone", at("dangling.mp4").c_str()), 0);
    const auto before = filesIn(m_folder->path().toStdString());
    const CliRun run = runCli({"redact", at("clip.mp4"), "-o", at(output.toStdString().c_str()), "--force"});
    QCOMPARE(run.exit, 2);
    QCOMPARE(filesIn(m_folder->path().toStdString()), before);
}

void TestCommandLine::existingOutputIsKept()
{
    write("out.mp4", "precious");
    const CliRun run = runCli({"redact", at("clip.mp4"), "-o", at("out.mp4")});
    QCOMPARE(run.exit, 2);
    QVERIFY(run.err.contains("--force"));
    QFile file(QString::fromStdString(at("out.mp4")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

/// A project in which a clip waits knows of nobody: nothing is exported from it.
void TestCommandLine::waitingProjectIsNoClipWithoutPeople()
{
    QVERIFY(project::ProjectStore::createWaiting(at("p.doorveil"), at("clip.mp4")));
    for (const std::vector<std::string> &words :
         {std::vector<std::string>{"redact", at("p.doorveil"), "-o", at("out.mp4")},
          {"edit", at("p.doorveil"), "AddZone", "box=0,0,20,20"},
          {"analyze", at("clip.mp4"), "-o", at("p.doorveil"), "--again"}}) {
        const CliRun run = runCli(words);
        QVERIFY2(run.exit == 3, run.err.constData());
        QVERIFY2(run.err.contains("not analysed"), run.err.constData());
        QCOMPARE(filesIn(m_folder->path().toStdString()), (std::vector<std::string>{"clip.mp4", "p.doorveil"}));
    }
    QCOMPARE(runCli({"analyze", at("clip.mp4"), "-o", at("p.doorveil"), "--force"}).exit, 0);
    QCOMPARE(runCli({"redact", at("p.doorveil"), "-o", at("out.mp4"), "--preset", "ultrafast"}).exit, 0);
}

void TestCommandLine::cancelledLeavesNothing()
{
    for (const std::vector<std::string> &words :
         {std::vector<std::string>{"redact", at("clip.mp4"), "-o", at("out.mp4"), "--report", at("r.json")},
          {"analyze", at("clip.mp4"), "-o", at("out.doorveil"), "--json", at("out.json")}}) {
        QCOMPARE(runCli(words, true).exit, 130);
        QCOMPARE(filesIn(m_folder->path().toStdString()), std::vector<std::string>{"clip.mp4"});
    }
}

void TestCommandLine::inspectTellsAboutTheClip()
{
    const CliRun text = runCli({"inspect", at("clip.mp4")});
    QCOMPARE(text.exit, 0);
    QVERIFY(text.out.contains("320 × 180"));
    const CliRun json = runCli({"inspect", at("clip.mp4"), "--json"});
    QCOMPARE(json.exit, 0);
    const QJsonObject object = QJsonDocument::fromJson(json.out).object();
    QCOMPARE(object[QStringLiteral("video")][QStringLiteral("width")].toInt(), 320);
    QCOMPARE(object[QStringLiteral("sha256")].toString().size(), 64);
    QVERIFY(json.err.isEmpty());
}

void TestCommandLine::modelsAreListed()
{
    const CliRun run = runCli({"models", "list", "--json"});
    QCOMPARE(run.exit, 0);
    QVERIFY(run.out.count('\n') >= 2);
    for (const QByteArray &line : run.out.trimmed().split('\n'))
        QVERIFY(QJsonDocument::fromJson(line).object().contains(QStringLiteral("usable")));
}

void TestCommandLine::errorsAsJson()
{
    const CliRun run = runCli({"redact", at("missing.mp4"), "-o", at("out.mp4"), "--json"});
    QCOMPARE(run.exit, 3);
    const QJsonObject object = QJsonDocument::fromJson(run.out).object();
    QCOMPARE(object[QStringLiteral("event")].toString(), QStringLiteral("error"));
    QCOMPARE(object[QStringLiteral("exit")].toInt(), 3);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
