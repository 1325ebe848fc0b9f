// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/projectstore.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <random>
#include <sched.h>
#include <sys/mount.h>
#include <thread>

using namespace doorveil;
using namespace doorveil::projecttest;
using namespace doorveil::testsupport;

namespace {

constexpr int versions = 40;

bool runs(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

/// A file system in a file, mounted in this process's own mount namespace, so that nothing stays when it ends.
class Disk
{
public:
    Disk(const QString &image, const QString &place) : m_place(place)
    {
        m_mounted = QDir().mkpath(place)
                    && runs(QStringLiteral("mount"), {QStringLiteral("-o"), QStringLiteral("loop"), image, place});
    }
    ~Disk()
    {
        if (m_mounted)
            (void)runs(QStringLiteral("umount"), {m_place});
    }
    Disk(const Disk &) = delete;
    Disk &operator=(const Disk &) = delete;

    [[nodiscard]] bool isMounted() const { return m_mounted; }
    [[nodiscard]] QString path(const QString &name) const { return m_place + QLatin1Char('/') + name; }

private:
    QString m_place;
    bool m_mounted = false;
};

} // namespace

/// G8: the power goes while something is saved. What the disk holds at that moment, and not what the kernel still has
/// in memory, must hold every save that was acknowledged.
class TestPowerCut final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void acknowledgedFilesAreThere_data();
    void acknowledgedFilesAreThere();
    void acknowledgedEditsAreThere_data();
    void acknowledgedEditsAreThere();

private:
    /// Runs the helper on the disk and cuts the power after a random acknowledgement; then `check` looks at what the
    /// disk has. Gives the acknowledgements until then, -1 where something went wrong.
    template<typename Check>
    int cut(const QString &program, const QStringList &arguments, int last, const Check &check);

    QTemporaryDir m_folder;
    QString m_why; ///< not tested
    std::mt19937 m_random{8};
};

void TestPowerCut::initTestCase()
{
    const QString image = m_folder.filePath(QStringLiteral("empty.img"));
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        m_why = QStringLiteral("mounting needs root");
        return;
    }
    QFile file(image);
    if (!file.open(QIODevice::WriteOnly) || !file.resize(12 << 20)
        || !runs(QStringLiteral("mkfs.ext4"), {QStringLiteral("-q"), image})) {
        m_why = QStringLiteral("no file system can be made");
        return;
    }
    const Disk disk(image, m_folder.filePath(QStringLiteral("try")));
    if (!disk.isMounted())
        m_why = QStringLiteral("no loop device can be mounted");
}

template<typename Check>
int TestPowerCut::cut(const QString &program, const QStringList &arguments, int last, const Check &check)
{
    const QString running = m_folder.filePath(QStringLiteral("disk.img"));
    const QString left = m_folder.filePath(QStringLiteral("left.img"));
    int acknowledged = 0;
    {
        const Disk disk(running, m_folder.filePath(QStringLiteral("disk")));
        if (!disk.isMounted())
            return -1;
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(program, arguments);
        if (!process.waitForStarted())
            return -1;
        const int wanted = int(m_random() % std::uint32_t(last));
        QByteArray output;
        while (acknowledged < wanted && process.waitForReadyRead(30'000)) {
            output += process.readAllStandardOutput();
            acknowledged = int(output.count('\n'));
        }
        std::this_thread::sleep_for(std::chrono::microseconds(m_random() % 3'000));
        ::kill(pid_t(process.processId()), SIGSTOP);
        // What it said before it stopped counts, too.
        while (process.waitForReadyRead(20))
            output += process.readAllStandardOutput();
        acknowledged = int(output.count('\n'));
        // This is the disk without what is only in memory.
        const bool copied = runs(QStringLiteral("cp"), {QStringLiteral("--sparse=always"), running, left});
        process.kill();
        process.waitForFinished();
        if (!copied)
            return -1;
    }
    const Disk disk(left, m_folder.filePath(QStringLiteral("left")));
    if (!disk.isMounted())
        return -1; // a file system that does not recover would be the kernel's fault
    check(disk, acknowledged);
    return acknowledged;
}

void TestPowerCut::acknowledgedFilesAreThere_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<bool>("safe");
    QTest::newRow("durable") << QStringLiteral("durable") << true;
    QTest::newRow("control: the folder is not synced") << QStringLiteral("no-folder-sync") << false;
    QTest::newRow("control: nothing is synced") << QStringLiteral("no-sync") << false;
}

void TestPowerCut::acknowledgedFilesAreThere()
{
    DOORVEIL_NEEDS_SYSTEM(m_why);
    QFETCH(QString, way);
    QFETCH(bool, safe);
    const int cuts = safe ? trials(12, 200) : trials(6, 30);
    int lost = 0;
    int torn = 0;
    for (int round = 0; round < cuts; ++round) {
        QFile::remove(m_folder.filePath(QStringLiteral("disk.img")));
        QVERIFY(
            QFile::copy(m_folder.filePath(QStringLiteral("empty.img")), m_folder.filePath(QStringLiteral("disk.img"))));
        const QString target = m_folder.filePath(QStringLiteral("disk/file"));
        const int acknowledged = cut(QStringLiteral(SAVE_HELPER), {way, target, QString::number(versions)}, versions,
                                     [&](const Disk &disk, int saved) {
                                         const QByteArray content = readAll(disk.path(QStringLiteral("file")));
                                         const int found = content.left(content.indexOf('\n')).toInt();
                                         lost += found < saved ? 1 : 0;
                                         torn += !content.isEmpty() && (content.size() != 20'000 || found <= 0) ? 1 : 0;
                                     });
        QVERIFY(acknowledged >= 0);
    }
    qInfo("%d power cuts, the last acknowledged save lost in %d, torn files in %d", cuts, lost, torn);
    QCOMPARE(lost > 0, !safe);
    QVERIFY(!safe || torn == 0);
}

void TestPowerCut::acknowledgedEditsAreThere_data()
{
    QTest::addColumn<QString>("mode");
    QTest::newRow("edits") << QStringLiteral("edit");
    QTest::newRow("control: acknowledged too early") << QStringLiteral("early");
}

void TestPowerCut::acknowledgedEditsAreThere()
{
    DOORVEIL_NEEDS_SYSTEM(m_why);
    QFETCH(QString, mode);
    const bool careful = mode == QStringLiteral("edit");
    std::vector<project::ReviewDocument> states;
    for (int edits = 0; edits <= versions; ++edits)
        states.push_back(scriptedDocument(edits));
    // A disk with a new project on it, taken from the drive as it should be.
    const QString image = m_folder.filePath(QStringLiteral("project.img"));
    QFile::remove(image);
    QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("empty.img")), image));
    {
        const Disk disk(image, m_folder.filePath(QStringLiteral("disk")));
        QVERIFY(disk.isMounted());
        QVERIFY(project::ProjectStore::create(disk.path(QStringLiteral("a.doorveil")).toStdString(), states[0], false));
    }
    const int cuts = careful ? trials(12, 200) : trials(5, 20);
    int lost = 0;
    QString unreadable;
    for (int round = 0; round < cuts; ++round) {
        QFile::remove(m_folder.filePath(QStringLiteral("disk.img")));
        QVERIFY(QFile::copy(image, m_folder.filePath(QStringLiteral("disk.img"))));
        const int acknowledged =
            cut(QStringLiteral(PROJECT_HELPER),
                {mode, m_folder.filePath(QStringLiteral("disk/a.doorveil")), QStringLiteral("1"),
                 QString::number(versions)},
                versions, [&](const Disk &disk, int saved) {
                    const auto store =
                        project::ProjectStore::open(disk.path(QStringLiteral("a.doorveil")).toStdString());
                    if (!store) {
                        unreadable = store.error().message;
                        return;
                    }
                    const auto found = std::find(states.begin(), states.end(), (*store)->document());
                    lost += found == states.end() || found - states.begin() < saved ? 1 : 0;
                });
        QVERIFY(acknowledged >= 0);
        QVERIFY2(unreadable.isEmpty(), qPrintable(unreadable));
    }
    qInfo("%d power cuts, an acknowledged edit lost in %d", cuts, lost);
    QCOMPARE(lost > 0, !careful);
}

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_powercut.moc"
