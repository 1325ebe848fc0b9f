// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/awake.h"
#include "desktop/filemanager.h"
#include "support/testdata.h"
#include "theme/systemscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusUnixFileDescriptor>
#include <QDBusVariant>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace doorveil;

namespace {

/// What a desktop answers on the bus.
class FakeDesktop final : public QObject
{
    Q_OBJECT

public:
    QStringList calls;
    uint scheme = 1;
    QTemporaryFile inhibitor;
    QStringList shown;
};

class ScreenSaver final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    explicit ScreenSaver(FakeDesktop &owner) : desktop(owner) { }

public slots:
    uint Inhibit(const QString &program, const QString &reason)
    {
        desktop.calls += QStringLiteral("inhibit %1 %2").arg(program, reason);
        return 42;
    }
    void UnInhibit(uint cookie) { desktop.calls += QStringLiteral("uninhibit %1").arg(cookie); }

private:
    FakeDesktop &desktop;
};

class LoginManager final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    explicit LoginManager(FakeDesktop &owner) : desktop(owner) { }

public slots:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &, const QString &mode)
    {
        desktop.calls += QStringLiteral("login %1 %2 %3").arg(what, who, mode);
        return QDBusUnixFileDescriptor(desktop.inhibitor.handle());
    }

private:
    FakeDesktop &desktop;
};

class PortalSettings final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    explicit PortalSettings(FakeDesktop &owner) : desktop(owner) { }

public slots:
    QDBusVariant Read(const QString &, const QString &)
    {
        return QDBusVariant(QVariant::fromValue(QDBusVariant(desktop.scheme)));
    }

signals:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    FakeDesktop &desktop;
};

class FileManager final : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.FileManager1")

public:
    explicit FileManager(FakeDesktop &owner) : desktop(owner) { }

public slots:
    void ShowItems(const QStringList &items, const QString &) { desktop.shown += items; }

private:
    FakeDesktop &desktop;
};

} // namespace

/// What the window asks of a desktop, against one that the test plays on a bus of its own.
class TestDesktop final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void longWorkKeepsTheComputerAwake();
    void lateAnswersAreGivenBack();
    void schemeIsAskedAndFollowed();
    void fileIsShownInItsFolder();

private:
    QProcess m_bus;
    FakeDesktop m_desktop;
    PortalSettings m_settings{m_desktop};
};

void TestDesktop::initTestCase()
{
    // Nothing else covers these calls; that the window does without their answers, every other test here shows.
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("dbus-daemon"));
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QVERIFY(m_bus.waitForStarted());
    QVERIFY(m_bus.waitForReadyRead());
    const QByteArray address = m_bus.readLine().trimmed();
    // Before anything asks for a bus in this process.
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);

    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromUtf8(address), QStringLiteral("fake-desktop"));
    QVERIFY(bus.isConnected());
    QVERIFY(m_desktop.inhibitor.open());
    const auto offer = [this, &bus](const char *service, const char *path, QObject *object) {
        object->setParent(&m_desktop);
        return bus.registerService(QString::fromLatin1(service))
               && bus.registerObject(QString::fromLatin1(path), object,
                                     QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals);
    };
    QVERIFY(offer("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", new ScreenSaver(m_desktop)));
    QVERIFY(offer("org.freedesktop.login1", "/org/freedesktop/login1", new LoginManager(m_desktop)));
    QVERIFY(offer("org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", new FileManager(m_desktop)));
    QVERIFY(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    QVERIFY(bus.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &m_settings,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
}

void TestDesktop::cleanupTestCase()
{
    m_bus.kill();
    m_bus.waitForFinished();
}

void TestDesktop::longWorkKeepsTheComputerAwake()
{
    m_desktop.calls.clear();
    ui::Awake awake;
    awake.keep(QStringLiteral("Analysing clips"));
    awake.keep(QStringLiteral("Analysing clips")); // once is enough
    QTRY_COMPARE(m_desktop.calls.size(), 2);
    m_desktop.calls.sort();
    QCOMPARE(m_desktop.calls, QStringList({QStringLiteral("inhibit Doorveil Analysing clips"),
                                           QStringLiteral("login idle Doorveil block")}));
    QTest::qWait(50); // the answers
    m_desktop.calls.clear();
    awake.release();
    QTRY_COMPARE(m_desktop.calls, QStringList(QStringLiteral("uninhibit 42")));
}

void TestDesktop::lateAnswersAreGivenBack()
{
    m_desktop.calls.clear();
    ui::Awake awake;
    awake.keep(QStringLiteral("Analysing clips"));
    awake.release(); // before the desktop answered
    QTRY_VERIFY(m_desktop.calls.contains(QStringLiteral("uninhibit 42")));
}

void TestDesktop::schemeIsAskedAndFollowed()
{
    ui::SystemScheme scheme;
    QCOMPARE(scheme.prefersDark(), std::optional<bool>()); // not known at once: nothing is waited for
    QSignalSpy changed(&scheme, &ui::SystemScheme::changed);
    QVERIFY(changed.wait());
    QCOMPARE(scheme.prefersDark(), std::optional(true));
    const auto tell = [this](const char *group, uint value) {
        emit m_settings.SettingChanged(QString::fromLatin1(group), QStringLiteral("color-scheme"), QDBusVariant(value));
    };
    tell("org.example.other", 2);
    tell("org.freedesktop.appearance", 2);
    QVERIFY(changed.wait());
    QCOMPARE(scheme.prefersDark(), std::optional(false));
    QCOMPARE(changed.size(), 2);
    tell("org.freedesktop.appearance", 0); // no preference
    QVERIFY(changed.wait());
    QCOMPARE(scheme.prefersDark(), std::optional<bool>());
}

void TestDesktop::fileIsShownInItsFolder()
{
    bool failed = false;
    ui::showInFileManager(std::filesystem::path("/tmp/my clips/ñ 100%.mp4"), this, [&failed] { failed = true; });
    QTRY_COMPARE(m_desktop.shown.size(), 1);
    QCOMPARE(m_desktop.shown.front(), QStringLiteral("file:///tmp/my%20clips/%C3%B1%20100%25.mp4"));
    QVERIFY(!failed);
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "tst_desktop.moc"
