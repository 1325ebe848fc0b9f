// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/projectstore.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <utility>

using namespace doorveil;

/// The program as its user starts it, offscreen, on folders of its own.
class TestGuiKill final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void killedAtAnyMomentItLosesNothing();
    void remoteDisplayIsRefusedWithASentence();

private:
    void prepare(QProcess &program, const QStringList &arguments);
    [[nodiscard]] QStringList projectFiles() const;
    /// The clip that waits in a project of that name; empty where none does.
    [[nodiscard]] QString waitingIn(const QString &project) const;

    QTemporaryDir m_folder;
    QStringList m_clips;
};

void TestGuiKill::initTestCase()
{
    for (const char *name : {"a", "b", "c", "d"}) {
        testsupport::CounterClip clip;
        clip.size = {160, 120};
        clip.frames = 20;
        const QString file = m_folder.filePath(QString::fromLatin1(name) + QStringLiteral(".mp4"));
        QVERIFY(testsupport::makeCounterClip(file, clip));
        if (*name != 'd')
            m_clips += file;
        // So that the four are four clips, of the same pictures.
        QVERIFY(testsupport::writeAll(file, testsupport::readAll(file) + QByteArray(name)));
    }
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("config"))));
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("documents"))));
    QVERIFY(testsupport::writeAll(m_folder.filePath(QStringLiteral("config/user-dirs.dirs")),
                                  "XDG_DOCUMENTS_DIR=\"" + m_folder.filePath(QStringLiteral("documents")).toUtf8()
                                      + "\"\n"));
}

void TestGuiKill::prepare(QProcess &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder.filePath(QStringLiteral("config")));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.filePath(QStringLiteral("data")));
    environment.insert(QStringLiteral("HOME"), m_folder.path());
    program.setProcessEnvironment(environment);
    program.setProgram(QStringLiteral(DOORVEIL_PROGRAM));
    program.setArguments(arguments);
    program.setProcessChannelMode(QProcess::ForwardedChannels);
}

QStringList TestGuiKill::projectFiles() const
{
    return QDir(m_folder.filePath(QStringLiteral("documents/Doorveil")))
        .entryList({QStringLiteral("*.doorveil")}, QDir::Files, QDir::Name);
}

QString TestGuiKill::waitingIn(const QString &project) const
{
    const auto clip = project::ProjectStore::waitingClip(
        QFile::encodeName(m_folder.filePath(QStringLiteral("documents/Doorveil/") + project)).toStdString());
    return clip && *clip ? QString::fromStdString((*clip)->string()) : QString();
}

void TestGuiKill::killedAtAnyMomentItLosesNothing()
{
    const QString folder = m_folder.filePath(QStringLiteral("documents/Doorveil"));
    const int runs = testsupport::trials(6, 60);
    QStringList known; // clips that had a project, waiting or analysed, after the run before
    for (int run = 0; run < runs; ++run) {
        QProcess program;
        prepare(program, m_clips);
        program.start();
        QVERIFY(program.waitForStarted());
        QTest::qWait(QRandomGenerator::global()->bounded(50, 2500));
        program.kill();
        QVERIFY(program.waitForFinished());

        // The settings are whole or not there.
        const QString settings = m_folder.filePath(QStringLiteral("data/doorveil/settings.json"));
        if (QFile::exists(settings))
            QVERIFY2(QJsonDocument::fromJson(testsupport::readAll(settings)).isObject(), qPrintable(settings));
        // Every project that is there is whole: one that waits, or an analysed one.
        QStringList projects;
        QStringList named;
        const QStringList files = projectFiles();
        for (const QString &name : files) {
            if (const QString clip = waitingIn(name); !clip.isEmpty()) {
                named += clip;
                continue;
            }
            projects += name;
            const auto store = project::ProjectStore::open(
                QFile::encodeName(m_folder.filePath(QStringLiteral("documents/Doorveil/") + name)).toStdString());
            QVERIFY2(store, store ? "" : qPrintable(store.error().message));
            QVERIFY((*store)->document().analysis.done);
            QCOMPARE((*store)->document().source.frames.size(), std::size_t(20));
            named += QString::fromUtf8((*store)->document().source.nativePath);
        }
        for (const QString &clip : std::as_const(named))
            QVERIFY2(m_clips.contains(clip), qPrintable(clip));
        for (const QString &clip : std::as_const(known))
            QVERIFY2(named.contains(clip), qPrintable(clip + QStringLiteral(" left the list")));
        known = named;
        QVERIFY2(projects.size() <= 3, "killed runs made the same project twice");
    }
    // Left alone it finishes, with one more clip: every clip has its one project, and nothing of killed runs is left
    // beside them, and none waits.
    QProcess program;
    prepare(program, m_clips + QStringList{m_folder.filePath(QStringLiteral("d.mp4"))});
    program.start();
    QVERIFY(program.waitForStarted());
    const auto isFinished = [this, &folder] {
        const QStringList projects = projectFiles();
        for (const QString &name : projects) { // fails, too, while the program has it open
            if (!project::ProjectStore::open(QFile::encodeName(folder + QLatin1Char('/') + name).toStdString()))
                return false;
        }
        return projects.size() == 4 && QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name) == projects;
    };
    // Not before the program has read what is in the folder: a project that another program has open is left alone, and
    // its clip would be taken for a new one.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder + QStringLiteral("/d.doorveil")), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(isFinished(), 120'000);
    program.kill();
    QVERIFY(program.waitForFinished());
    QVERIFY(isFinished());
    for (const QString &clip : std::as_const(m_clips))
        QVERIFY(QFile::exists(clip));
}

void TestGuiKill::remoteDisplayIsRefusedWithASentence()
{
#ifndef Q_OS_LINUX
    // The window refuses itself the network with seccomp, so a display across it cannot work; no other system has that
    // filter. tst_theme covers the sentence everywhere.
    QSKIP("only on Linux does the window refuse itself the network, and with it a remote display");
#endif
    QProcess program;
    prepare(program, {});
    QProcessEnvironment environment = program.processEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("DISPLAY"), QStringLiteral("localhost:10.0"));
    program.setProcessEnvironment(environment);
    program.setProcessChannelMode(QProcess::SeparateChannels);
    program.start();
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 1);
    const QString said = QString::fromUtf8(program.readAllStandardError());
    QVERIFY2(said.contains(QStringLiteral("localhost:10.0")), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestGuiKill)
#include "tst_guikill.moc"
