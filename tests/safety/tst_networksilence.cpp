// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/sealedhome.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace doorveil::testsupport;

namespace {

/// Sockets of any other family than those that stay on the machine, and addresses of such: asked for, whether or not
/// they were refused.
QStringList beyondTheMachine(const QStringList &calls)
{
    static const QRegularExpression made(QStringLiteral("\\bsocket(?:pair)?\\((\\w+)"));
    static const QRegularExpression named(QStringLiteral("sa_family=(\\w+)"));
    const QStringList local{QStringLiteral("AF_UNIX"), QStringLiteral("AF_LOCAL"), QStringLiteral("AF_NETLINK"),
                            QStringLiteral("AF_UNSPEC")};
    QStringList found;
    for (const QString &call : calls) {
        for (const QRegularExpression &pattern : {made, named}) {
            const auto match = pattern.match(call);
            if (match.hasMatch() && !local.contains(match.captured(1)))
                found.append(call);
        }
    }
    return found;
}

QString whyNoEmptyNetwork()
{
    QProcess process;
    process.start(QStringLiteral("unshare"), {QStringLiteral("-rn"), QStringLiteral("true")});
    if (process.waitForFinished(30'000) && process.exitCode() == 0)
        return {};
    return QStringLiteral("no network namespace can be made here: ")
           + QString::fromLocal8Bit(process.readAllStandardError());
}

QByteArray hashOf(const QString &file)
{
    return QCryptographicHash::hash(readAll(file), QCryptographicHash::Sha256).toHex();
}

} // namespace

/// G18: through a whole flow, neither program asks for a socket that could leave the machine, and neither needs one.
class TestNetworkSilence final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void noSocketIsAskedFor_data();
    void noSocketIsAskedFor();
    void nothingNeedsANetwork();
    void theWindowNeedsNone();
    void connectingIsCaught_data();
    void connectingIsCaught();

private:
    [[nodiscard]] QString at(const char *below) const { return m_home->path(QString::fromLatin1(below)); }
    /// The words of each command of a whole flow. `folder` below work/ takes what it writes.
    [[nodiscard]] QList<QStringList> flow(const QString &folder) const;

    QTemporaryDir m_shared;
    std::unique_ptr<SealedHome> m_home;
    QString m_clip;
};

void TestNetworkSilence::initTestCase()
{
    CounterClip clip;
    clip.size = {160, 120};
    clip.frames = 12;
    QVERIFY(makeCounterClip(m_shared.filePath(QStringLiteral("clip.mp4")), clip));
}

void TestNetworkSilence::init()
{
    m_home = std::make_unique<SealedHome>();
    m_clip = at("clips/clip.mp4");
    QVERIFY(QFile::copy(m_shared.filePath(QStringLiteral("clip.mp4")), m_clip));
}

QList<QStringList> TestNetworkSilence::flow(const QString &folder) const
{
    const QString out = at("work/") + folder + QLatin1Char('/');
    const QString project = out + QStringLiteral("p.doorveil");
    const auto words = [](const char *text) {
        return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    return {QStringList{QStringLiteral("inspect"), m_clip},
            QStringList{QStringLiteral("analyze"), m_clip, QStringLiteral("-o"), project},
            QStringList{QStringLiteral("redact"), m_clip, QStringLiteral("-o"), out + QStringLiteral("out.mp4")}
                + words("--preset ultrafast"),
            QStringList{QStringLiteral("package"), project, QStringLiteral("--request"), at("work/r.toml"),
                        QStringLiteral("-o"), out + QStringLiteral("package")}
                + words("--preset ultrafast --sign-as Owner --zip --unreviewed test"),
            QStringList{QStringLiteral("verify"), out + QStringLiteral("package")},
            words("ledger list"),
            words("models list"),
            words("key show")};
}

void TestNetworkSilence::noSocketIsAskedFor_data()
{
    QTest::addColumn<bool>("window");
    QTest::newRow("command line") << false;
#ifdef WINDOW_FLOW
    QTest::newRow("window") << true;
#endif
}

void TestNetworkSilence::noSocketIsAskedFor()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(bool, window);
    QStringList calls;
    const auto trace = [&calls](const QString &program, const QStringList &words) {
        const TracedRun run = runTraced(program, words, QStringLiteral("%network"));
        QVERIFY2(run.finished && run.exitCode == 0,
                 (words.join(QLatin1Char(' ')).toLocal8Bit() + run.output + run.errors).constData());
        calls += run.calls;
    };
    if (window) {
#ifdef WINDOW_FLOW
        trace(QStringLiteral(WINDOW_FLOW), {m_clip});
#endif
    } else {
        QVERIFY(QDir().mkpath(at("work/a")));
        QVERIFY(
            writeAll(at("work/r.toml"),
                     m_home->run(commandLineProgram(), {QStringLiteral("request"), QStringLiteral("init")}).output));
        for (const QStringList &words : flow(QStringLiteral("a")))
            trace(commandLineProgram(), words);
    }
    // The trace is one: the socket to the worker is in it.
    QVERIFY(!calls.filter(QStringLiteral("AF_UNIX")).isEmpty());
    const QStringList found = beyondTheMachine(calls);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

/// In a network namespace that has nothing, not even a loopback that is up, the same comes out.
void TestNetworkSilence::nothingNeedsANetwork()
{
    DOORVEIL_NEEDS_SYSTEM(whyNoEmptyNetwork());
    QVERIFY(writeAll(at("work/r.toml"),
                     m_home->run(commandLineProgram(), {QStringLiteral("request"), QStringLiteral("init")}).output));
    for (const bool network : {true, false}) {
        const QString folder = network ? QStringLiteral("with") : QStringLiteral("without");
        QVERIFY(QDir().mkpath(m_home->path(QStringLiteral("work/") + folder)));
        for (const QStringList &words : flow(folder)) {
            const ProgramRun run = network
                                       ? m_home->run(commandLineProgram(), words)
                                       : m_home->run(QStringLiteral("unshare"),
                                                     QStringList{QStringLiteral("-rn"), commandLineProgram()} + words);
            QVERIFY2(run.finished && run.exitCode == 0, run.errors.constData());
        }
    }
    const QByteArray hash = hashOf(at("work/with/out.mp4"));
    QVERIFY(QFile(at("work/with/out.mp4")).size() > 1000);
    QCOMPARE(hashOf(at("work/without/out.mp4")), hash);
    QCOMPARE(hashOf(at("work/without/package/data/clip-001.redacted.mp4")),
             hashOf(at("work/with/package/data/clip-001.redacted.mp4")));
}

void TestNetworkSilence::theWindowNeedsNone()
{
#ifdef WINDOW_FLOW
    DOORVEIL_NEEDS_SYSTEM(whyNoEmptyNetwork());
    const ProgramRun run =
        m_home->run(QStringLiteral("unshare"), {QStringLiteral("-rn"), QStringLiteral(WINDOW_FLOW), m_clip});
    QVERIFY2(run.finished && run.exitCode == 0, (run.output + run.errors).constData());
    QVERIFY(run.output.contains("at done"));
#endif
}

/// The anti-test: with a connection planted, each of the two nets above catches it.
void TestNetworkSilence::connectingIsCaught_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("a program that connects") << QStringList{QStringLiteral(CONNECTING_PROGRAM)};
    // Loaded before main(), and so before the program has refused itself the network.
    QTest::newRow("a library inside the command line")
        << QStringList{QStringLiteral("env"), QStringLiteral("LD_PRELOAD=" CONNECTING_LIBRARY), commandLineProgram(),
                       QStringLiteral("--version")};
    // And after: refused, and seen all the same.
    QTest::newRow("a library that connects late") << QStringList{
        QStringLiteral("env"), QStringLiteral("CONNECT_LATE=1"), QStringLiteral("LD_PRELOAD=" CONNECTING_LIBRARY),
        commandLineProgram(), QStringLiteral("--version")};
}

void TestNetworkSilence::connectingIsCaught()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(QStringList, words);
    const TracedRun run = runTraced(words.first(), words.mid(1), QStringLiteral("%network"));
    QVERIFY(run.finished);
    const QStringList found = beyondTheMachine(run.calls);
    QVERIFY(!found.filter(QStringLiteral("AF_INET")).isEmpty());
    const bool late = words.contains(QStringLiteral("CONNECT_LATE=1"));
    QCOMPARE(!found.filter(QStringLiteral("EACCES")).isEmpty(), late);
}

QTEST_GUILESS_MAIN(TestNetworkSilence)
#include "tst_networksilence.moc"
