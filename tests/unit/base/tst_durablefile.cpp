// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"
#include "base/durablefolder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace doorveil::base;
namespace fs = std::filesystem;

namespace {

QByteArray contentOf(const fs::path &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<missing>");
}

void put(const fs::path &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

DurableFile::Options replacing()
{
    DurableFile::Options options;
    options.replaceExisting = true;
    return options;
}

int entriesOf(const fs::path &folder)
{
    return int(std::distance(fs::directory_iterator(folder), {}));
}

} // namespace

class TestDurableFile : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_folder->path().toStdString());
        m_target = m_path / "out.mp4";
    }
    void cleanup() { fs::remove_all(m_path); } // QTemporaryDir leaves names that are not UTF-8

    /// A process that another thread starts has copies of all descriptors until it becomes another program.
    void locksEndWithTheirOwner()
    {
        auto file = DurableFile::create(m_target, {});
        QVERIFY(file);
        QVERIFY((*file)->write("whole"));
        const FileDescriptor copy(::dup((*file)->descriptor()));
        QVERIFY((*file)->commit());
        const FileDescriptor other(::open(m_target.c_str(), O_RDWR | O_CLOEXEC));
        QVERIFY(::flock(other.get(), LOCK_EX | LOCK_NB) != 0); // control: it is locked while its owner lives
        file->reset();
        QCOMPARE(::flock(other.get(), LOCK_EX | LOCK_NB), 0);
    }

    void appearsWhole()
    {
        const auto file = DurableFile::create(m_target, {});
        QVERIFY(file);
        QVERIFY((*file)->write("one"));
        QVERIFY(!fs::exists(m_target));
        QVERIFY((*file)->write("two"));
        QVERIFY((*file)->commit());
        QCOMPARE(contentOf(m_target), QByteArrayLiteral("onetwo"));
        QCOMPARE(entriesOf(m_path), 1);
        QVERIFY(!(*file)->commit()); // once
    }

    void leavesNothingWithoutCommit()
    {
        {
            const auto file = DurableFile::create(m_target, {});
            QVERIFY(file);
            QVERIFY((*file)->write("half"));
            QCOMPARE(entriesOf(m_path), 1);
        }
        QCOMPARE(entriesOf(m_path), 0);
    }

    void isPrivate()
    {
        const mode_t before = ::umask(0);
        QVERIFY(writeDurably(m_target, "x", {}));
        ::umask(before);
        struct stat status = {};
        QCOMPARE(::stat(m_target.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t(0600));
    }

    void refusesWhatExists()
    {
        put(m_target, "old");
        const Result<void> refused = writeDurably(m_target, "new", {});
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Usage);
        QCOMPARE(contentOf(m_target), QByteArrayLiteral("old"));
        QVERIFY(writeDurably(m_target, "new", replacing()));
        QCOMPARE(contentOf(m_target), QByteArrayLiteral("new"));
        QCOMPARE(entriesOf(m_path), 1);
    }

    void refusesWhatAppearsMeanwhile()
    {
        const auto file = DurableFile::create(m_target, {});
        QVERIFY(file && (*file)->write("new"));
        put(m_target, "other");
        QVERIFY(!(*file)->commit());
        QCOMPARE(contentOf(m_target), QByteArrayLiteral("other"));
    }

    void refusesAnOriginalThatTookTheNameMeanwhile()
    {
        const fs::path original = m_path / "clip.mp4";
        put(original, "original");
        put(m_target, "old");
        const auto opened = openInput(original);
        QVERIFY(opened);
        DurableFile::Options options = replacing();
        options.neverOverwrite = {*identityOf(opened->get())};
        const auto file = DurableFile::create(m_target, options);
        QVERIFY(file && (*file)->write("new"));
        fs::rename(original, m_target);
        QVERIFY(!(*file)->commit());
        QCOMPARE(contentOf(m_target), QByteArrayLiteral("original"));
    }

    void aTemporaryThatWasSwappedIsNotPutInPlace()
    {
        const auto file = DurableFile::create(m_target, {});
        QVERIFY(file && (*file)->write("new"));
        fs::remove((*file)->temporaryPath());
        put((*file)->temporaryPath(), "planted");
        QVERIFY(!(*file)->commit());
        QVERIFY(!fs::exists(m_target));
    }

    void theOriginalIsRefusedUnderEveryName_data()
    {
        QTest::addColumn<int>("alias");
        for (const auto &[name, alias] :
             {std::pair{"itself", 0}, std::pair{"dot", 1}, std::pair{"dot dot", 2}, std::pair{"symbolic link", 3},
              std::pair{"hard link", 4}, std::pair{"linked folder", 5}, std::pair{"link to a link", 6},
              std::pair{"its folder", 7}, std::pair{"bind mount", 8}})
            QTest::newRow(name) << alias;
    }
    void theOriginalIsRefusedUnderEveryName()
    {
        QFETCH(int, alias);
        const fs::path folder = m_path / "clips";
        fs::create_directory(folder);
        const fs::path original = folder / "clip.mp4";
        put(original, "original");
        struct stat before = {};
        QCOMPARE(::stat(original.c_str(), &before), 0);
        fs::create_symlink(original, m_path / "link.mp4");
        fs::create_hard_link(original, m_path / "hard.mp4");
        fs::create_directory_symlink(folder, m_path / "folder");
        fs::create_symlink(m_path / "link.mp4", m_path / "link2.mp4");
        fs::create_directory(m_path / "bound");
        const std::vector<fs::path> aliases{original,
                                            folder / "." / "clip.mp4",
                                            folder / ".." / "clips" / "clip.mp4",
                                            m_path / "link.mp4",
                                            m_path / "hard.mp4",
                                            m_path / "folder" / "clip.mp4",
                                            m_path / "link2.mp4",
                                            folder,
                                            m_path / "bound" / "clip.mp4"};
        const auto opened = openInput(original);
        QVERIFY(opened);
        DurableFile::Options options = replacing();
        options.neverOverwrite = {*identityOf(opened->get())};
        if (alias == 8)
            checkBindMount(folder, m_path / "bound", options);
        else
            checkRefused(aliases[std::size_t(alias)], options);
        QCOMPARE(contentOf(original), QByteArrayLiteral("original"));
        struct stat after = {};
        QCOMPARE(::stat(original.c_str(), &after), 0);
        QCOMPARE(after.st_ino, before.st_ino);
        QCOMPARE(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
        // Control: without the identity the hard link is just another name, and the test would notice.
        if (alias == 4) {
            QVERIFY(writeDurably(aliases[4], "new", replacing()));
            QCOMPARE(contentOf(aliases[4]), QByteArrayLiteral("new"));
        }
    }

    void linksAreNotFollowed()
    {
        put(m_path / "elsewhere", "precious");
        fs::create_symlink(m_path / "elsewhere", m_target);
        const Result<void> refused = writeDurably(m_target, "new", replacing());
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("link")));
        QCOMPARE(contentOf(m_path / "elsewhere"), QByteArrayLiteral("precious"));
        fs::remove(m_path / "elsewhere"); // a link to nothing
        QVERIFY(!writeDurably(m_target, "new", replacing()));
        QVERIFY(!fs::exists(m_path / "elsewhere"));
    }

    void otherThingsAreRefused()
    {
        QCOMPARE(::mkfifo((m_path / "fifo").c_str(), 0600), 0);
        for (const fs::path &path : {m_path, m_path / "fifo", m_path / "no" / "such" / "folder.mp4", m_path / ".",
                                     m_path / "..", fs::path(), m_path / std::string(300, 'n')}) {
            const Result<void> refused = writeDurably(path, "new", replacing());
            QVERIFY2(!refused, path.c_str());
            QCOMPARE(refused.error().kind, ErrorKind::Usage);
        }
    }

    void namesNeedNotBeUtf8()
    {
        const fs::path target = m_path / "caf\xe9\n\x1b[2J.mp4";
        QVERIFY(writeDurably(target, "x", {}));
        QCOMPARE(contentOf(target), QByteArrayLiteral("<missing>")); // QFile cannot name it
        QVERIFY(fs::exists(target));
        const Result<void> refused = writeDurably(target, "x", {});
        QVERIFY(!refused);
        QVERIFY(refused.error().message.contains(QStringLiteral("caf\\xe9\\x0a\\x1b[2J.mp4")));
    }

    void namesCannotDisguiseAMessage()
    {
        QCOMPARE(displayPath("a\u202Egpj.exe"), QStringLiteral("a\\xe2\\x80\\xaegpj.exe"));
        QCOMPARE(displayPath("a\u009b2Jb"), QStringLiteral("a\\xc2\\x9b2Jb"));
        QCOMPARE(displayPath("\u00dcn\u00ef \u4e2d \U0001F600"), QString::fromUtf8("\u00dcn\u00ef \u4e2d \U0001F600"));
        QCOMPARE(displayPath("a\xc0\xafz"), QStringLiteral("a\\xc0\\xafz"));
    }

    void relativeNamesWork()
    {
        const fs::path before = fs::current_path();
        fs::current_path(m_path);
        const Result<void> written = writeDurably("plain", "x", {});
        fs::current_path(before);
        QVERIFY(written);
        QCOMPARE(contentOf(m_path / "plain"), QByteArrayLiteral("x"));
    }

    void staleTemporariesAreRemoved()
    {
        // What a killed run leaves: a child that dies holding one.
        const pid_t child = ::fork();
        if (child == 0) {
            const auto file = DurableFile::create(m_target, {});
            ::_exit(file && (*file)->write("half") ? 0 : 1); // no destructor
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QCOMPARE(entriesOf(m_path), 1);
        // A stale one whose process id was given out again: to this very process.
        put(m_path / (".doorveil-" + std::to_string(::getpid()) + "-123.part"), "half");
        put(m_path / ".doorveil-notes.part", "somebody's own");
        put(m_path / "doorveil-1-1.part", "somebody's own");
        fs::create_symlink(m_path / "doorveil-1-1.part", m_path / ".doorveil-1-2.part");
        fs::create_directory(m_path / ".doorveil-1-3.part");
        const auto living = DurableFile::create(m_path / "living", {});
        QVERIFY(living);
        QCOMPARE(entriesOf(m_path), 5);
        QVERIFY((*living)->write("whole"));
        removeStaleTemporaries(m_path);
        QVERIFY(writeDurably(m_target, "x", {}));
        QVERIFY((*living)->commit()); // was left alone
        QCOMPARE(contentOf(m_path / "living"), QByteArrayLiteral("whole"));
        QCOMPARE(contentOf(m_path / "doorveil-1-1.part"), QByteArrayLiteral("somebody's own"));
    }

    void staleFoldersAreRemoved()
    {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto folder = DurableFolder::create(m_target);
            ::_exit(folder && (*folder)->add("inner/half", "half") ? 0 : 1); // no destructor
        }
        int status = -1;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(status, 0);
        QCOMPARE(entriesOf(m_path), 1);
        const auto living = DurableFolder::create(m_path / "living");
        QVERIFY(living);
        QCOMPARE(entriesOf(m_path), 1);
        QVERIFY((*living)->add("inner/whole", "whole"));

        // A stale one whose process id was given out again, and what only looks like one.
        fs::create_directories(m_path / (".doorveil-" + std::to_string(::getpid()) + "-123.part") / "inner");
        fs::create_directory(m_path / ".doorveil-notes.part");
        fs::create_directory(m_path / "doorveil-1-1.part");
        put(m_path / "doorveil-1-1.part" / "notes", "somebody's own");
        fs::create_directory_symlink(m_path / "doorveil-1-1.part", m_path / ".doorveil-1-2.part");
        put(m_path / ".doorveil-1-3.part", "a file"); // DurableFile's to remove
        QCOMPARE(entriesOf(m_path), 6);
        QVERIFY(DurableFolder::create(m_path / "another"));
        QCOMPARE(entriesOf(m_path), 5);
        QCOMPARE(contentOf(m_path / "doorveil-1-1.part" / "notes"), QByteArrayLiteral("somebody's own"));
        QVERIFY((*living)->commit()); // was left alone
        QCOMPARE(contentOf(m_path / "living" / "inner" / "whole"), QByteArrayLiteral("whole"));
    }

    void aFullDiskIsAnErrorThatNamesTheFile()
    {
        const Result<std::unique_ptr<DurableFile>> file = DurableFile::create(m_target, {});
        QVERIFY(file);
        // Every write to it fails as on a full disk.
        const FileDescriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
        QVERIFY(full.isValid() && ::dup2(full.get(), (*file)->descriptor()) >= 0);
        const Result<void> failed = (*file)->write("content");
        QVERIFY(!failed);
        QVERIFY(failed.error().message.contains(QStringLiteral("out.mp4")));
        QVERIFY(failed.error().message.contains(QStringLiteral("no space")));
        QVERIFY(!(*file)->commit());
        QVERIFY(!fs::exists(m_target));
    }

private:
    void checkRefused(const fs::path &alias, const DurableFile::Options &options)
    {
        const int before = entriesOf(m_path) + entriesOf(m_path / "clips");
        const auto refused = DurableFile::create(alias, options);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Usage);
        QVERIFY(refused.error().message.contains(QStringLiteral("cannot be written")));
        QCOMPARE(entriesOf(m_path) + entriesOf(m_path / "clips"), before); // not even a temporary
    }

    /// In a child with namespaces of its own; where those are not to be had, with the identity alone.
    void checkBindMount(const fs::path &folder, const fs::path &bound, const DurableFile::Options &options)
    {
        const QString mount = QStringLiteral("mount --bind '%1' '%2' 2>/dev/null")
                                  .arg(QString::fromStdString(folder.string()), QString::fromStdString(bound.string()));
        if (::system(qPrintable(mount)) != 0) {
            qInfo("no right to bind-mount here: a bind mount shows the same device and inode, as a hard link does");
            return;
        }
        checkRefused(bound / "clip.mp4", options);
        QCOMPARE(::system(qPrintable(QStringLiteral("umount '%1'").arg(QString::fromStdString(bound.string())))), 0);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_path;
    fs::path m_target;
};

QTEST_APPLESS_MAIN(TestDurableFile)
#include "tst_durablefile.moc"
