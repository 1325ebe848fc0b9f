// SPDX-License-Identifier: GPL-3.0-or-later
// request, package, ledger and key, in process, with a data folder of their own.
#include "integration/packagetesting.h"
#include "project/projectstore.h"
#include "runcli.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace doorveil;
using testsupport::CliRun;
using testsupport::contentOf;
using testsupport::runCli;
using testsupport::writeContent;

class TestPackageCommands final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void templateCanBeChecked();
    void unreviewedEndsWithFive();
    void packageVerifyWithdraw();
    void usageErrors_data();
    void usageErrors();
    void invalidRequestsEndWithTwo();
    void preservationMakesNoPackage();
    void declineStaysAtHome();
    void wrongPassphraseMakesNothing();
    void tamperedPackageEndsWithFour();
    void keysAreShownExportedAndRotated();
    void backupAndRestore();
    void ledgerExports();

private:
    [[nodiscard]] std::string at(const char *name) const
    {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] QJsonObject lastJson(const CliRun &run) const
    {
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        return QJsonDocument::fromJson(lines.last()).object();
    }
    void makeProject(bool reviewed);
    void makeRequest(const QByteArray &from = {}, const QByteArray &to = {});
    [[nodiscard]] CliRun makePackage(const std::vector<std::string> &more = {});

    QTemporaryDir m_shared;
    testsupport::PackageBench m_bench;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPackageCommands::initTestCase()
{
    const QString problem = m_bench.prepare(m_shared.path());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    // The second pass of the command looks with the best detectors that are installed; the embedded ones do here.
    qputenv("DOORVEIL_MODELS_DIR", m_shared.path().toUtf8());
}

void TestPackageCommands::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", (m_folder->path() + QStringLiteral("/data")).toUtf8());
    qputenv("DOORVEIL_KEY_PASSPHRASE", "correct horse");
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
}

void TestPackageCommands::makeProject(bool reviewed)
{
    project::ReviewDocument document = m_bench.document;
    document.reviewed = reviewed;
    QVERIFY(project::ProjectStore::create(at("clip.doorveil"), document, false));
}

void TestPackageCommands::makeRequest(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = runCli({"request", "init"}).out;
    QVERIFY(from.isEmpty() || text.contains(from));
    if (!from.isEmpty())
        text.replace(text.indexOf(from), from.size(), to);
    writeContent(QString::fromStdString(at("r.toml")), text);
}

CliRun TestPackageCommands::makePackage(const std::vector<std::string> &more)
{
    std::vector<std::string> words{"package", at("clip.doorveil"), "--request", at("r.toml"), "--sign-as", "Alex Owner",
                                   "-o",      at("out"),           "--json",    "--preset",   "ultrafast"};
    words.insert(words.end(), more.begin(), more.end());
    return runCli(words);
}

void TestPackageCommands::templateCanBeChecked()
{
    makeRequest();
    const CliRun run = runCli({"request", "check", at("r.toml"), "--json"});
    QCOMPARE(run.exit, 0);
    QVERIFY(lastJson(run).value(QStringLiteral("valid")).toBool());
    QVERIFY(run.err.contains("example values"));
}

void TestPackageCommands::unreviewedEndsWithFive()
{
    makeProject(false);
    makeRequest();
    const CliRun refused = makePackage();
    QCOMPARE(refused.exit, 5);
    QCOMPARE(lastJson(refused).value(QStringLiteral("class")).toString(), QStringLiteral("not-reviewed"));
    QVERIFY(!QFile::exists(QString::fromStdString(at("out"))));
    QVERIFY(!QFile::exists(QString::fromStdString(at("data/doorveil/ledger.sqlite")))); // and nothing was noted
    const CliRun made = makePackage({"--unreviewed", "no time"});
    QVERIFY2(made.exit == 0, made.err.constData());
    QVERIFY(contentOf(QString::fromStdString(at("out/data/statement.txt"))).contains("no time"));
}

void TestPackageCommands::packageVerifyWithdraw()
{
    makeProject(true);
    makeRequest();
    const CliRun made = makePackage({"--zip"});
    QVERIFY2(made.exit == 0, made.err.constData());
    const QJsonObject done = lastJson(made);
    QCOMPARE(done.value(QStringLiteral("event")).toString(), QStringLiteral("done"));
    QCOMPARE(done.value(QStringLiteral("manifest_sha256")).toString(),
             testsupport::hashOf(contentOf(QString::fromStdString(at("out/manifest-sha256.txt")))));
    const std::string fingerprint = done.value(QStringLiteral("fingerprint")).toString().toStdString();

    for (const char *name : {"out", "out.zip"}) {
        const CliRun verified = runCli({"verify", at(name), "--json", "--fingerprint", fingerprint});
        QVERIFY2(verified.exit == 0, verified.err.constData());
        QVERIFY(lastJson(verified).value(QStringLiteral("passed")).toBool());
        QCOMPARE(lastJson(verified).value(QStringLiteral("record")), done.value(QStringLiteral("record")));
    }
    const CliRun wrongKey = runCli({"verify", at("out"), "--json", "--fingerprint", "SHA256:other"});
    QCOMPARE(wrongKey.exit, 4);
    QCOMPARE(lastJson(wrongKey).value(QStringLiteral("class")).toString(), QStringLiteral("wrong-key"));

    // Existing outputs stay.
    QCOMPARE(makePackage().exit, 2);

    const std::string record = done.value(QStringLiteral("record")).toString().toStdString();
    QCOMPARE(runCli({"ledger", "deliver", record, "--channel", "in person"}).exit, 0);
    const CliRun shown = runCli({"ledger", "show", record.substr(0, 8), "--json"});
    QCOMPARE(shown.exit, 0);
    QCOMPARE(shown.out.count('\n'), 2);
    const CliRun withdrawn = runCli({"ledger", "withdraw", record, "--reason", "they passed it on", "-o",
                                     at("withdrawal"), "--sign-as", "Alex Owner"});
    QVERIFY2(withdrawn.exit == 0, withdrawn.err.constData());
    QVERIFY(contentOf(QString::fromStdString(at("withdrawal/withdrawal.txt"))).contains("they passed it on"));
    QVERIFY(QFile::exists(QString::fromStdString(at("withdrawal/withdrawal.jsonld.sig"))));
    const CliRun after = runCli({"verify", at("out"), "--json"});
    QCOMPARE(after.exit, 4);
    QCOMPARE(lastJson(after).value(QStringLiteral("class")).toString(), QStringLiteral("withdrawn"));
    QCOMPARE(runCli({"ledger", "withdraw", record}).exit, 2); // once is enough
    // On another machine nobody knows.
    qputenv("XDG_DATA_HOME", (m_folder->path() + QStringLiteral("/elsewhere")).toUtf8());
    QCOMPARE(runCli({"verify", at("out")}).exit, 0);
}

void TestPackageCommands::usageErrors_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"package",
                             "package clip.doorveil",
                             "package clip.doorveil --request r.toml -o out",
                             "package clip.doorveil --request r.toml --sign-as X",
                             "package clip.doorveil --sign-as X -o out",
                             "package clip.doorveil --request r.toml --sign-as X -o out --to nobody",
                             "package clip.doorveil --request r.toml --sign-as X -o out --crf 99",
                             "package clip.doorveil --request r.toml --sign-as X -o out --unreviewed",
                             "package clip.doorveil --request r.toml --sign-as X -o out --key 0000",
                             "request",
                             "request frob",
                             "request check",
                             "request init more",
                             "ledger",
                             "ledger frob",
                             "ledger show 99",
                             "ledger withdraw nothing1",
                             "ledger list --kind frob",
                             "ledger export --format pdf",
                             "key",
                             "key frob",
                             "key backup",
                             "key restore",
                             "key export",
                             "verify out --identity r.toml --crf 20"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestPackageCommands::usageErrors()
{
    QFETCH(QString, line);
    makeProject(true);
    makeRequest();
    QDir().mkpath(QString::fromStdString(at("out-of-the-way")));
    std::vector<std::string> words;
    for (const QString &word : line.split(QLatin1Char(' '))) {
        const std::string text = word.toStdString();
        words.push_back(text == "clip.doorveil" || text == "r.toml" || text == "out" ? at(text.c_str()) : text);
    }
    if (line.startsWith(QLatin1String("verify")))
        QDir().mkpath(QString::fromStdString(at("out")));
    const CliRun run = runCli(words);
    QVERIFY2(run.exit == 2, run.err.constData());
    QVERIFY(!run.err.isEmpty());
}

void TestPackageCommands::invalidRequestsEndWithTwo()
{
    makeProject(true);
    makeRequest("basis = \"voluntary\"", "basis = \"compelled\"");
    QCOMPARE(makePackage().exit, 2);
    makeRequest("agency", "agencyy");
    const CliRun run = makePackage();
    QCOMPARE(run.exit, 2);
    QVERIFY(run.err.contains("unknown key") || run.err.contains("nobody is named"));
    QCOMPARE(runCli({"request", "check", at("r.toml")}).exit, 2);
    QCOMPARE(runCli({"request", "check", at("missing.toml")}).exit, 3);
}

void TestPackageCommands::preservationMakesNoPackage()
{
    makeProject(true);
    makeRequest("kind = \"direct-ask\"", "kind = \"preservation-request\"");
    const CliRun run = makePackage();
    QCOMPARE(run.exit, 2);
    QCOMPARE(lastJson(run).value(QStringLiteral("class")).toString(), QStringLiteral("preservation-request"));
    QCOMPARE(runCli({"request", "record", at("r.toml")}).exit, 0);
    QVERIFY(runCli({"ledger", "list"}).out.contains("preservation-request"));
}

void TestPackageCommands::declineStaysAtHome()
{
    makeRequest("kind = \"direct-ask\"\n# voluntary, compelled, emergency or unsolicited; it has to fit the "
                "kind.\nbasis = \"voluntary\"",
                "kind = \"emergency-request\"\nbasis = \"emergency\"");
    const CliRun declined = runCli({"request", "decline", at("r.toml"), "--note", "called them back; nobody knew"});
    QVERIFY2(declined.exit == 0, declined.err.constData());
    QVERIFY(declined.err.contains("the decision is") || declined.err.contains("your decision"));
    const CliRun listed = runCli({"ledger", "list", "--kind", "decline", "--json"});
    const QJsonObject entry = lastJson(listed);
    QCOMPARE(entry.value(QStringLiteral("content")).toObject().value(QStringLiteral("outcome")).toString(),
             QStringLiteral("decline"));
    QCOMPARE(entry.value(QStringLiteral("content")).toObject().value(QStringLiteral("note")).toString(),
             QStringLiteral("called them back; nobody knew"));
    makeProject(true);
    makeRequest("outcome = \"share\"", "outcome = \"decline\"");
    QCOMPARE(makePackage().exit, 2);
}

void TestPackageCommands::wrongPassphraseMakesNothing()
{
    makeProject(true);
    makeRequest();
    QCOMPARE(runCli({"key", "new"}).exit, 0);
    qputenv("DOORVEIL_KEY_PASSPHRASE", "wrong");
    QCOMPARE(makePackage().exit, 1);
    qunsetenv("DOORVEIL_KEY_PASSPHRASE");
    const CliRun none = makePackage();
    QCOMPARE(none.exit, 2);
    QCOMPARE(lastJson(none).value(QStringLiteral("class")).toString(), QStringLiteral("no-passphrase"));
    writeContent(QString::fromStdString(at("pass")), "correct horse\n");
    const CliRun made = makePackage({"--passphrase-file", at("pass")});
    QVERIFY2(made.exit == 0, made.err.constData());
}

void TestPackageCommands::tamperedPackageEndsWithFour()
{
    makeProject(true);
    makeRequest();
    QCOMPARE(makePackage().exit, 0);
    const QString record = QString::fromStdString(at("out/data/consent.jsonld"));
    writeContent(record, contentOf(record).replace("Alex", "Alec"));
    const CliRun run = runCli({"verify", at("out"), "--json"});
    QCOMPARE(run.exit, 4);
    QCOMPARE(lastJson(run).value(QStringLiteral("class")).toString(), QStringLiteral("hash-mismatch"));
    QVERIFY(run.err.contains("refused"));
    writeContent(QString::fromStdString(at("not.zip")), "PK\x03\x04 nonsense");
    const CliRun zip = runCli({"verify", at("not.zip"), "--json"});
    QCOMPARE(zip.exit, 4);
    QCOMPARE(lastJson(zip).value(QStringLiteral("class")).toString(), QStringLiteral("zip-malformed"));
    QCOMPARE(runCli({"verify", at("missing.zip")}).exit, 3);
}

void TestPackageCommands::keysAreShownExportedAndRotated()
{
    const CliRun first = runCli({"key", "new", "--json"});
    QCOMPARE(first.exit, 0);
    const QString id = lastJson(first).value(QStringLiteral("id")).toString();
    makeProject(true);
    makeRequest();
    QCOMPARE(makePackage().exit, 0);
    const CliRun second = runCli({"key", "new", "--json"});
    QVERIFY(lastJson(second).value(QStringLiteral("id")).toString() != id);
    const CliRun shown = runCli({"key", "show", "--json"});
    QCOMPARE(shown.out.count('\n'), 2);
    QVERIFY(shown.out.contains("\"retired\""));
    // Old packages still verify, and the old key can still be named.
    QCOMPARE(runCli({"verify", at("out")}).exit, 0);
    const CliRun exported = runCli({"key", "export", id.toStdString(), "--allowed-signer", "owner"});
    QVERIFY(exported.out.startsWith("owner ssh-ed25519 AAAA"));
    struct stat status = {};
    QCOMPARE(::stat(at(("data/doorveil/keys/" + id.toStdString() + ".sealed").c_str()).c_str(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
}

void TestPackageCommands::backupAndRestore()
{
    makeProject(true);
    makeRequest();
    QCOMPARE(makePackage().exit, 0);
    const QByteArray shown = runCli({"key", "show", "--json"}).out;
    QCOMPARE(runCli({"key", "backup", "-o", at("backup")}).exit, 0);
    QCOMPARE(runCli({"key", "backup", "-o", at("backup")}).exit, 2); // exists
    const QByteArray sealed = contentOf(QString::fromStdString(at("backup")));
    QVERIFY(sealed.startsWith("doorveil-sealed-1\n"));
    QVERIFY(!sealed.contains("Example Police"));
    qputenv("XDG_DATA_HOME", (m_folder->path() + QStringLiteral("/new")).toUtf8());
    qputenv("DOORVEIL_KEY_PASSPHRASE", "wrong");
    QCOMPARE(runCli({"key", "restore", at("backup")}).exit, 1);
    qputenv("DOORVEIL_KEY_PASSPHRASE", "correct horse");
    const CliRun restored = runCli({"key", "restore", at("backup"), "--json"});
    QVERIFY2(restored.exit == 0, restored.err.constData());
    QCOMPARE(lastJson(restored).value(QStringLiteral("keys")).toInt(), 1);
    QCOMPARE(lastJson(restored).value(QStringLiteral("ledger_entries")).toInt(), 1);
    QCOMPARE(runCli({"key", "show", "--json"}).out, shown);
    QVERIFY(runCli({"ledger", "list"}).out.contains("Example Police Department"));
    QCOMPARE(runCli({"verify", at("out")}).exit, 0);
}

void TestPackageCommands::ledgerExports()
{
    makeRequest();
    QCOMPARE(runCli({"request", "record", at("r.toml")}).exit, 0);
    const CliRun csv = runCli({"ledger", "export"});
    QCOMPARE(csv.exit, 0);
    QCOMPARE(csv.out.count("\r\n"), 2);
    QCOMPARE(runCli({"ledger", "export", "-o", at("ledger.html")}).exit, 0);
    QVERIFY(contentOf(QString::fromStdString(at("ledger.html"))).contains("<table>"));
    QCOMPARE(runCli({"ledger", "export", "-o", at("ledger.html")}).exit, 2);
    QVERIFY(runCli({"ledger", "list", "--search", "nothing of that"}).out.isEmpty());
    QCOMPARE(runCli({"ledger", "list", "--due"}).exit, 0);
}

QTEST_GUILESS_MAIN(TestPackageCommands)
#include "tst_packagecommands.moc"
