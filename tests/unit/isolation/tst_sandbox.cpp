// SPDX-License-Identifier: GPL-3.0-or-later
// What a decoder under an attacker's control can reach: nothing. Each attack is also run in an unconfined worker, to
// show that it is the sandbox that stops it.
#include "testclip.h"

#include <QTest>

#include <array>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace doorveil;
using namespace doorveil::testing;

class TestSandbox final : public QObject
{
    Q_OBJECT

private slots:
    void stopsAttacks_data();
    void stopsAttacks();
    void limitsMemory();
    void neverHandsOutAWritableClip();
    void refusesWithoutConfinement_data();
    void refusesWithoutConfinement();
    void goesOnWithoutLandlock();
    void tellsHowItIsConfined();
    void diesWithTheHost();
};

namespace {

isolation::WorkerSettings unconfinedWorker()
{
    isolation::WorkerSettings settings = testWorker("unconfined");
    settings.limits.acceptUnconfined = true;
    return settings;
}

/// The error that the third frame of a clip gives.
base::Error attack(const isolation::WorkerSettings &settings, const QByteArray &mode, int descriptor = -1)
{
    const base::FileDescriptor file = fakeClipFile("frames=5 at=2 mode=" + mode);
    auto source = isolation::openClipWith(settings, descriptor >= 0 ? descriptor : file.get(), {});
    if (!source)
        return source.error();
    return harvest(**source).error.value_or(
        base::Error{base::ErrorKind::Failure, QStringLiteral("nothing happened"), {}});
}

} // namespace

void TestSandbox::stopsAttacks_data()
{
    QTest::addColumn<QString>("control"); // what the unconfined worker reports; empty: this is not for the filter alone
    const QString works = QStringLiteral("SUCCEEDED");
    for (const char *mode : {"open", "create", "openat2", "proc-self-fd", "socket-inet", "socket-unix", "fork",
                             "ptrace", "write-to-execute", "map-executable", "kill-parent", "send-descriptor"})
        QTest::newRow(mode) << works;
    QTest::newRow("exec") << QStringLiteral("exit code 0"); // it has become another program
    QTest::newRow("write-clip") << QString(); // the descriptor is read-only besides
    QTest::newRow("grow-ring") << QString(); // the ring is sealed besides
    QTest::newRow("shrink-ring") << QString();
    QTest::newRow("io-uring") << QString(); // often switched off for everybody
}

void TestSandbox::stopsAttacks()
{
    QFETCH(QString, control);
    const QByteArray mode = QTest::currentDataTag();
    const base::Error error = attack(testWorker(), mode);
    const bool stopped =
        error.failureClass == QLatin1String("decoder-blocked") || error.message.startsWith(QLatin1String("blocked: "));
    QVERIFY2(stopped, qPrintable(error.message));
    if (control.isEmpty())
        return;
    const base::Error unconfined = attack(unconfinedWorker(), mode);
    QVERIFY2(unconfined.message.contains(control), qPrintable(unconfined.message));
}

void TestSandbox::limitsMemory()
{
    QCOMPARE(attack(testWorker(), "memory").failureClass, QStringLiteral("decoder-out-of-memory"));
    QCOMPARE(attack(unconfinedWorker(), "memory").message, QStringLiteral("SUCCEEDED"));
}

void TestSandbox::neverHandsOutAWritableClip()
{
    // The finished export is checked through the descriptor that wrote it. Even an unconfined worker cannot write.
    const base::FileDescriptor file = fakeClipFile("frames=5 at=2 mode=write-clip");
    QCOMPARE(::fcntl(file.get(), F_GETFL) & O_ACCMODE, O_RDWR);
    const base::Error error = attack(unconfinedWorker(), "write-clip", file.get());
    QVERIFY2(error.message.startsWith(QLatin1String("blocked: ")), qPrintable(error.message));
}

void TestSandbox::refusesWithoutConfinement_data()
{
    QTest::addColumn<QString>("reason");
    QTest::newRow("no-seccomp") << "system call filter";
    QTest::newRow("landlock-fails") << "Landlock";
    QTest::newRow("unconfined") << "without its system call filter";
}

void TestSandbox::refusesWithoutConfinement()
{
    QFETCH(QString, reason);
    const base::FileDescriptor file = fakeClipFile("frames=5");
    const auto refused = isolation::openClipWith(testWorker(QTest::currentDataTag()), file.get(), {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("not-confined"));
    QVERIFY2(refused.error().message.contains(QStringLiteral("cannot be decoded safely on this system"))
                 && refused.error().message.contains(reason),
             qPrintable(refused.error().message));
}

void TestSandbox::goesOnWithoutLandlock()
{
    const base::FileDescriptor file = fakeClipFile("frames=5");
    auto source = isolation::openClipWith(testWorker("no-landlock"), file.get(), {});
    QVERIFY2(source, reasonOf(source).constData());
    QCOMPARE(harvest(**source).frames.size(), std::size_t(5));
    const auto hello = isolation::askWorker(testWorker("no-landlock"));
    QVERIFY(hello);
    QVERIFY(hello->systemCallFilter);
    QCOMPARE(hello->landlockAbi, 0);
    // The filter stops files and sockets on its own.
    QVERIFY(attack(testWorker("no-landlock"), "open").message.startsWith(QLatin1String("blocked: ")));
    QCOMPARE(attack(testWorker("no-landlock"), "socket-inet").failureClass, QStringLiteral("decoder-blocked"));
}

void TestSandbox::tellsHowItIsConfined()
{
    const auto hello = isolation::askWorker(testWorker());
    QVERIFY2(hello, reasonOf(hello).constData());
    QVERIFY(hello->systemCallFilter);
    isolation::WorkerSettings settings = unconfinedWorker();
    const auto none = isolation::askWorker(settings);
    QVERIFY(none);
    QVERIFY(!none->systemCallFilter);
}

void TestSandbox::diesWithTheHost()
{
    // The worker of a killed host is handed to this process, which sees how it ended.
    QCOMPARE(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    std::array<int, 2> pipe{};
    QCOMPARE(::pipe(pipe.data()), 0);
    const pid_t host = ::fork();
    if (host == 0) {
        const base::FileDescriptor file = fakeClipFile("frames=5 at=1 mode=spin");
        auto source = isolation::openClipWith(testWorker(), file.get(), {});
        const bool good = source && (*source)->nextFrame();
        static_cast<void>(!::write(pipe[1], good ? "+" : "-", 1));
        ::pause();
        ::_exit(0);
    }
    char answer = 0;
    QCOMPARE(::read(pipe[0], &answer, 1), ssize_t(1));
    QCOMPARE(answer, '+');
    ::close(pipe[0]);
    ::close(pipe[1]);
    QCOMPARE(::kill(host, SIGKILL), 0);
    int status = 0;
    QCOMPARE(::waitpid(host, &status, 0), host);
    pid_t ended = 0;
    for (int attempt = 0; ended == 0 && attempt < 400; ++attempt) {
        ended = ::waitpid(-1, &status, WNOHANG);
        QTest::qSleep(50);
    }
    QVERIFY(ended > 0);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGKILL);
}

QTEST_APPLESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
