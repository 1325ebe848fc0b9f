// SPDX-License-Identifier: GPL-3.0-or-later
// The system's keychain: a real secret service (gnome-keyring) on a session bus of its own. The test starts itself
// anew under that bus; without one it looks at what happens where nothing answers.
#include "keys/keychain.h"
#include "keys/keystore.h"
#include "support/testdata.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using namespace doorveil::keys;

namespace {

constexpr char innerRun[] = "DOORVEIL_KEYCHAIN_TEST_INNER";

// As the system's own, without folders of services: what is installed here must not answer unasked.
constexpr char busConfiguration[] = "<busconfig><type>session</type><keep_umask/><listen>unix:tmpdir=/tmp</listen>"
                                    "<auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
                                    "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>";

QByteArray bytesOf(const SecretBytes &secret)
{
    return {reinterpret_cast<const char *>(secret.data()), qsizetype(secret.size())};
}

} // namespace

class TestKeychain final : public QObject
{
    Q_OBJECT

private slots:
    void realSecretService();
    void busWithoutASecretService();
    void withoutABus();

private:
    void keepsPassphrases();
    void refuses();
    /// This test again, on a bus of its own that starts no service by itself, after `before`.
    void runInside(const QString &what, const QString &before);
};

void TestKeychain::runInside(const QString &what, const QString &before)
{
    QTemporaryDir home;
    QFile configuration(home.filePath(QStringLiteral("bus.conf")));
    QVERIFY(configuration.open(QIODevice::WriteOnly));
    configuration.write(busConfiguration);
    configuration.close();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"})
        environment.insert(QString::fromLatin1(name), home.path());
    environment.insert(QString::fromLatin1(innerRun), what);
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("dbus-run-session"),
                  {QStringLiteral("--config-file=") + configuration.fileName(), QStringLiteral("--"),
                   QStringLiteral("sh"), QStringLiteral("-c"),
                   before + QStringLiteral(" exec \"$0\" realSecretService"), QCoreApplication::applicationFilePath()});
    QVERIFY(process.waitForFinished(120'000));
    QVERIFY2(process.exitCode() == 0, process.readAll().constData());
}

void TestKeychain::realSecretService()
{
    if (qEnvironmentVariable(innerRun) == QLatin1String("service"))
        return keepsPassphrases();
    if (qEnvironmentVariableIsSet(innerRun))
        return refuses();
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("dbus-run-session"), QStringLiteral("gnome-keyring-daemon"));
    runInside(QStringLiteral("service"),
              QStringLiteral("printf 'login' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;"));
}

void TestKeychain::busWithoutASecretService()
{
    if (qEnvironmentVariableIsSet(innerRun))
        return;
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("dbus-run-session"));
    runInside(QStringLiteral("nothing"), QString());
}

void TestKeychain::withoutABus()
{
    if (qEnvironmentVariableIsSet(innerRun))
        return;
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(!SystemKeychain().isRunning());
}

void TestKeychain::keepsPassphrases()
{
    SystemKeychain keychain;
    QVERIFY(keychain.isRunning());
    const QString entry = QStringLiteral("test-entry");
    // The daemon takes its name on the bus after the command that started it has returned.
    QTRY_VERIFY_WITH_TIMEOUT(keychain.read(entry), 30'000);
    const auto nothing = keychain.read(entry);
    QVERIFY2(nothing, nothing ? "" : qPrintable(nothing.error().message));
    QVERIFY(!nothing->has_value());
    QByteArray text("every byte: \x01\xff", 14);
    const QByteArray expected = text;
    QVERIFY(keychain.write(entry, SecretBytes::take(text)));
    const auto read = keychain.read(entry);
    QVERIFY(read && read->has_value());
    QCOMPARE(bytesOf(**read), expected);
    QVERIFY(keychain.remove(entry));
    QVERIFY(!keychain.read(entry)->has_value());
    QVERIFY(keychain.remove(entry)); // it is gone: fine

    // A key whose passphrase only the keychain knows, opened by another run of the program.
    const auto passphrase = keychainPassphrase(keychain, true);
    QVERIFY(passphrase);
    QTemporaryDir folder;
    KeyStore store(std::filesystem::path(folder.path().toStdString()) / "keys");
    const base::SystemClock clock;
    const auto made = store.create(*passphrase, Unlocking::Keychain, clock, SealingCost::Moderate);
    QVERIFY(made);
    SystemKeychain later;
    const auto again = keychainPassphrase(later, false);
    QVERIFY(again);
    QCOMPARE(bytesOf(*again), bytesOf(*passphrase));
    const auto opened = store.open(made->id, *again);
    QVERIFY(opened);
    QCOMPARE(opened->publicKey().fingerprint(), made->publicKey.fingerprint());
}

void TestKeychain::refuses()
{
    // There is a bus, and nobody on it keeps secrets: an error that says so, no silence and no file in the clear.
    SystemKeychain keychain;
    QVERIFY(keychain.isRunning());
    const auto read = keychain.read(QStringLiteral("test-entry"));
    QVERIFY(!read);
    QCOMPARE(read.error().failureClass, QStringLiteral("no-keychain"));
    QByteArray text("secret");
    QVERIFY(!keychain.write(QStringLiteral("test-entry"), SecretBytes::take(text)));
    QVERIFY(!keychainPassphrase(keychain, true));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
