// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include "base/file.h"
#include "clips/clipjobs.h"
#include "clips/cliplist.h"
#include "clips/clipsplace.h"
#include "project/projectstore.h"
#include "recordedtimedialog.h"
#include "review/reviewplacebase.h"
#include "session/guithread.h"
#include "settings/settings.h"
#include "support/media.h"
#include "support/testdata.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDateTimeEdit>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QLabel>
#include <QMessageBox>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTest>
#include <QTimeEdit>

#include <future>

using namespace doorveil;
using guitest::WindowFixture;
using ui::ClipState;

namespace {

constexpr int longWait = 120'000; ///< for analyses on a busy machine; nothing is asserted about time

QByteArray hashOf(const QString &file)
{
    return QCryptographicHash::hash(testsupport::readAll(file), QCryptographicHash::Sha256);
}

/// Children of this process that decode.
int workers()
{
    int count = 0;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &process : processes) {
        QFile status(QStringLiteral("/proc/%1/status").arg(process));
        if (!status.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = status.readAll();
        if (text.contains("PPid:\t" + QByteArray::number(QCoreApplication::applicationPid()) + '\n')
            && text.startsWith("Name:\tdoorveil-worker") && !text.contains("State:\tZ"))
            ++count;
    }
    return count;
}

std::filesystem::path pathOf(const QString &name)
{
    return QFile::encodeName(name).toStdString();
}

} // namespace

class TestClips final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void guardCatchesWorkOnTheWindowsThread();
    void droppedClipsBecomeProjects();
    void failingClipDoesNotStopTheOthers();
    void clipOpensInReview();
    void projectOpensByName();
    void pauseHoldsAndGoesOn();
    void stopLeavesNothingHalf();
    void removingNeverDeletes();
    void listSurvivesARestart();
    void waitingClipsLiveInProjects();
    void noClipIsNamedElsewhere();
    void sameClipTwiceIsOneRow();
    void knownClipIsNotAnalysedAgain();
    void projectOpenForAMomentIsWaitedFor();
    void analysingAgainKeepsTheOwnersWork();
    void quittingWhileAnalysingAsks();
    void missingClipIsRelinkedOnlyToItself();
    void changedClipIsNoticed();
    void projectOpenElsewhereIsRefusedPolitely();
    void recordedTimeIsSetByTheOwner();
    void recordedTimeKeepsWhatItWasGiven();
    void folderIsTakenWithoutHiddenFiles();
    void basicDetectorsAreTold();
    void realClip();

private:
    template<typename Type> Type *find(const char *name) { return m_fixture->find<Type>(name); }
    void trigger(const char *action) { find<QAction>(action)->trigger(); }
    [[nodiscard]] ui::ClipList *list() { return find<ui::ClipsPlace>("clipsPlace")->list(); }
    /// The row of a clip by its file name; null where there is none.
    const ui::ClipEntry *entry(const QString &name);
    [[nodiscard]] ClipState stateOf(const QString &name);
    void waitUntilIdle();
    void select(const QString &name);
    [[nodiscard]] QStringList files() const;
    [[nodiscard]] QStringList projects() const;
    [[nodiscard]] QStringList waiting() const;
    void restart();

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_violations = 0;
};

void TestClips::initTestCase()
{
    ui::setGuiThreadViolationHandler([this] { ++m_violations; });
    // The embedded detectors would do; they are slower than the models on pictures like these.
    qInfo("models: %s", qPrintable(testsupport::modelsFolder()));
}

void TestClips::init()
{
    m_violations = 0;
    m_fixture = std::make_unique<WindowFixture>();
    m_tester = std::make_unique<QAbstractItemModelTester>(list()->model(),
                                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
}

void TestClips::cleanup()
{
    m_tester.reset();
    m_fixture.reset();
    QCOMPARE(m_violations, 0); // files, SQLite and decoding stay off the window's thread, in every test
}

const ui::ClipEntry *TestClips::entry(const QString &name)
{
    for (const ui::ClipEntry &candidate : list()->model()->entries()) {
        if (candidate.clip.filename() == pathOf(name))
            return &candidate;
        // Of a project that could not be read yet only its own name is known.
        if (candidate.clip.empty() && candidate.project.stem() == pathOf(name).stem())
            return &candidate;
    }
    return nullptr;
}

ClipState TestClips::stateOf(const QString &name)
{
    const ui::ClipEntry *found = entry(name);
    return found != nullptr ? found->state : ClipState::Reading;
}

void TestClips::waitUntilIdle()
{
    QTRY_VERIFY_WITH_TIMEOUT(
        [this] {
            if (list()->queue()->isBusy() || list()->model()->entries().empty())
                return false;
            for (const ui::ClipEntry &each : list()->model()->entries()) {
                if (each.state == ClipState::Reading)
                    return false;
            }
            return true;
        }(),
        longWait);
}

void TestClips::select(const QString &name)
{
    auto *table = find<QTableView>("clipTable");
    const ui::ClipEntry *wanted = entry(name);
    QVERIFY2(wanted != nullptr, qPrintable(name));
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data(ui::ClipsModel::IdRole).toInt() == wanted->id)
            table->selectRow(row);
    }
}

/// Whatever lies in the folder for projects.
QStringList TestClips::files() const
{
    return QDir(m_fixture->projectFolder()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
}

/// The projects in which clips wait.
QStringList TestClips::waiting() const
{
    QStringList found;
    const QStringList all = files();
    for (const QString &name : all) {
        const std::filesystem::path path = pathOf(m_fixture->projectFolder() + QLatin1Char('/') + name);
        auto clip = project::ProjectStore::waitingClip(path);
        constexpr int patience = 30; // the list looks into it, for a moment; a test that has it open knows what it is
        for (int attempt = 0; attempt < patience && !clip && ui::isInUse(clip.error()); ++attempt) {
            QTest::qSleep(10);
            clip = project::ProjectStore::waitingClip(path);
        }
        if (clip && *clip)
            found += name;
    }
    return found;
}

/// And whatever else might have been left there.
QStringList TestClips::projects() const
{
    QStringList all = files();
    const QStringList waitingOnes = waiting();
    for (const QString &name : waitingOnes)
        all.removeAll(name);
    return all;
}

void TestClips::restart()
{
    m_tester.reset();
    m_fixture->restart();
}

void TestClips::guardCatchesWorkOnTheWindowsThread()
{
    // Control: the check in cleanup() can fail.
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 2);
    QCOMPARE(m_violations, 0);
    QVERIFY(ui::readClip(pathOf(file), {}));
    QCOMPARE(m_violations, 1);
    m_violations = 0;
}

void TestClips::droppedClipsBecomeProjects()
{
    const QString first = m_fixture->makeClip(QStringLiteral("porch_20240131_074502.mp4"), 12);
    const QString second = m_fixture->makeClip(QStringLiteral("yard.mp4"), 13);
    QVERIFY(!first.isEmpty() && !second.isEmpty());
    const QByteArray before = hashOf(first);
    QCOMPARE(find<QStackedWidget>("places")->currentWidget()->objectName(), QStringLiteral("clipsPlace"));
    QVERIFY(find<QWidget>("clipsEmpty")->isVisible());

    m_fixture->drop({first, second});
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    QVERIFY(!find<QWidget>("clipsEmpty")->isVisible());
    waitUntilIdle();
    QCOMPARE(projects(),
             QStringList({QStringLiteral("porch_20240131_074502.doorveil"), QStringLiteral("yard.doorveil")}));
    QVERIFY(entry(QStringLiteral("yard.mp4"))->canReview());
    QVERIFY(!entry(QStringLiteral("yard.mp4"))->thumbnail.isNull());
    QCOMPARE(entry(QStringLiteral("yard.mp4"))->durationMilliseconds, 520);
    QCOMPARE(entry(QStringLiteral("yard.mp4"))->hasSound, std::optional(false));
    // A guess is marked as one.
    const int row = list()->model()->rowOf(entry(QStringLiteral("porch_20240131_074502.mp4"))->id);
    const QString recorded =
        list()->model()->index(row, ui::ClipsModel::RecordedColumn).data(Qt::DisplayRole).toString();
    QVERIFY2(recorded.contains(QStringLiteral("07:45:02")) && recorded.contains(QStringLiteral("guess")),
             qPrintable(recorded));
    QCOMPARE(hashOf(first), before);
    const auto store =
        project::ProjectStore::open(pathOf(m_fixture->projectFolder() + QStringLiteral("/yard.doorveil")));
    QVERIFY(store);
    QVERIFY((*store)->document().analysis.done);
    QCOMPARE((*store)->document().source.frames.size(), std::size_t(13));
}

void TestClips::failingClipDoesNotStopTheOthers()
{
    const QString good = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    const QString bad = m_fixture->clip(QStringLiteral("b.mp4"));
    QVERIFY(testsupport::writeAll(bad, testsupport::readAll(good).left(600)));
    const QString none = m_fixture->clip(QStringLiteral("c.mp4"));
    const QString last = m_fixture->makeClip(QStringLiteral("d.mp4"), 9);
    m_fixture->drop({good, bad, none, last});
    QTRY_COMPARE(list()->model()->rowCount(), 4);
    waitUntilIdle();
    QVERIFY(entry(QStringLiteral("a.mp4"))->canReview());
    QVERIFY(entry(QStringLiteral("d.mp4"))->canReview());
    for (const QString &name : {QStringLiteral("b.mp4"), QStringLiteral("c.mp4")}) {
        QVERIFY2(stateOf(name) == ClipState::Failed, qPrintable(name));
        QVERIFY(!entry(name)->error.isEmpty());
    }
    QCOMPARE(projects().size(), 2);
    QCOMPARE(waiting(), QStringList({QStringLiteral("b.doorveil"), QStringLiteral("c.doorveil")}));
    // A failed clip can be tried again once it is whole.
    QVERIFY(QFile::remove(bad) && QFile::copy(good, bad));
    QVERIFY(testsupport::writeAll(bad, testsupport::readAll(bad) + QByteArray(16, '\0')));
    select(QStringLiteral("b.mp4"));
    trigger("analyseClip");
    waitUntilIdle();
    QVERIFY2(entry(QStringLiteral("b.mp4"))->canReview(), qPrintable(entry(QStringLiteral("b.mp4"))->error));
}

void TestClips::clipOpensInReview()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("a.mp4"), 8)});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    select(QStringLiteral("a.mp4"));
    auto *table = find<QTableView>("clipTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(find<QStackedWidget>("places")->currentWidget()->objectName(), QStringLiteral("reviewPlace"));
    auto *review = find<ui::ReviewPlaceBase>("reviewPlace");
    const std::filesystem::path project = entry(QStringLiteral("a.mp4"))->project;
    QCOMPARE(review->currentProject(), project);
    // While it is open there nobody else touches it; taking it off the list closes it first.
    trigger("goClips");
    trigger("removeFromList");
    QCOMPARE(list()->model()->rowCount(), 0);
    QTRY_VERIFY(review->currentProject().empty());
    QTRY_VERIFY(project::ProjectStore::open(project).hasValue());
}

void TestClips::projectOpensByName()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("a.mp4"), 8)});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    const std::filesystem::path project = entry(QStringLiteral("a.mp4"))->project;
    auto *places = find<QStackedWidget>("places");
    QCOMPARE(places->currentWidget()->objectName(), QStringLiteral("clipsPlace"));
    m_fixture->window().openPaths({project}); // in the list already
    QTRY_COMPARE(places->currentWidget()->objectName(), QStringLiteral("reviewPlace"));
    trigger("goClips");
    trigger("removeFromList");
    QTRY_VERIFY(find<ui::ReviewPlaceBase>("reviewPlace")->currentProject().empty());
    m_fixture->window().openPaths({project}); // not any more: it has to be read first
    QTRY_COMPARE(places->currentWidget()->objectName(), QStringLiteral("reviewPlace"));
    QCOMPARE(find<ui::ReviewPlaceBase>("reviewPlace")->currentProject(), project);
}

void TestClips::pauseHoldsAndGoesOn()
{
    m_fixture->drop(
        {m_fixture->makeClip(QStringLiteral("long.mp4"), 400), m_fixture->makeClip(QStringLiteral("b.mp4"), 8)});
    QTRY_VERIFY_WITH_TIMEOUT(list()->queue()->overview().percent > 0, longWait);
    trigger("pauseAnalysis");
    QVERIFY(list()->queue()->isPaused());
    QVERIFY(find<QLabel>("analysisTitle")->text().startsWith(QStringLiteral("Paused")));
    // What was in flight arrives; then nothing moves.
    QTest::qWait(400);
    const int held = list()->queue()->overview().percent;
    QTest::qWait(800);
    QCOMPARE(list()->queue()->overview().percent, held);
    QVERIFY(held < 99);
    QVERIFY(stateOf(QStringLiteral("b.mp4")) == ClipState::Waiting);
    trigger("pauseAnalysis");
    waitUntilIdle();
    QVERIFY(entry(QStringLiteral("long.mp4"))->canReview());
    QVERIFY(entry(QStringLiteral("b.mp4"))->canReview());
}

void TestClips::stopLeavesNothingHalf()
{
    m_fixture->drop(
        {m_fixture->makeClip(QStringLiteral("long.mp4"), 400), m_fixture->makeClip(QStringLiteral("b.mp4"), 8)});
    QTRY_VERIFY_WITH_TIMEOUT(list()->queue()->overview().percent > 0, longWait);
    trigger("pauseAnalysis"); // also out of a pause
    trigger("stopAnalysis");
    QTRY_VERIFY_WITH_TIMEOUT(!list()->queue()->isBusy(), longWait);
    QVERIFY(stateOf(QStringLiteral("long.mp4")) == ClipState::New);
    QVERIFY(stateOf(QStringLiteral("b.mp4")) == ClipState::New);
    QCOMPARE(projects(), QStringList());
    QCOMPARE(waiting(), QStringList({QStringLiteral("b.doorveil"), QStringLiteral("long.doorveil")}));
    QTRY_COMPARE(workers(), 0);
    QTRY_VERIFY(find<QWidget>("unfinishedNotice")->isVisible());
    QTest::mouseClick(find<QAbstractButton>("analyseUnfinished"), Qt::LeftButton);
    QVERIFY(!find<QWidget>("unfinishedNotice")->isVisible());
    waitUntilIdle();
    QCOMPARE(projects().size(), 2);
}

void TestClips::removingNeverDeletes()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    QVERIFY(find<QTableView>("clipTable")->selectionModel()->hasSelection());
    find<QTableView>("clipTable")->setFocus();
    QTest::keyClick(find<QTableView>("clipTable"), Qt::Key_Delete);
    QCOMPARE(list()->model()->rowCount(), 0);
    QVERIFY(QFile::exists(file));
    QCOMPARE(projects(), QStringList(QStringLiteral("a.doorveil")));
    QVERIFY(find<QLabel>("statusMessage")->text().contains(QStringLiteral("No file was deleted")));
    // It does not come back by itself.
    m_tester.reset();
    m_fixture->restart();
    QTest::qWait(300);
    QCOMPARE(list()->model()->rowCount(), 0);
    // It does when it is asked for, with its project.
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    QVERIFY(entry(QStringLiteral("a.mp4"))->canReview());
    QCOMPARE(projects(), QStringList(QStringLiteral("a.doorveil")));
}

void TestClips::listSurvivesARestart()
{
    m_fixture->drop(
        {m_fixture->makeClip(QStringLiteral("a.mp4"), 8), m_fixture->makeClip(QStringLiteral("long.mp4"), 400)});
    QTRY_VERIFY_WITH_TIMEOUT(list()->queue()->overview().position == 2, longWait);
    restart(); // in the middle of an analysis
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    QTRY_VERIFY(entry(QStringLiteral("a.mp4"))->canReview());
    QTRY_VERIFY(stateOf(QStringLiteral("long.mp4")) == ClipState::New);
    QTRY_VERIFY(!entry(QStringLiteral("a.mp4"))->thumbnail.isNull());
    QTRY_VERIFY(find<QWidget>("unfinishedNotice")->isVisible());
    QCOMPARE(projects(), QStringList(QStringLiteral("a.doorveil")));
}

/// From the moment a clip is in the list it has a project: a crash loses no queue, and nothing else names it.
void TestClips::waitingClipsLiveInProjects()
{
    const QString longClip = m_fixture->makeClip(QStringLiteral("long.mp4"), 400);
    m_fixture->drop({longClip});
    QTRY_COMPARE(waiting(), QStringList(QStringLiteral("long.doorveil")));
    const std::filesystem::path project = pathOf(m_fixture->projectFolder() + QStringLiteral("/long.doorveil"));
    QCOMPARE(QFile::permissions(QString::fromStdString(project.string())) & 0x0077, QFile::Permissions());
    // Nothing takes it for a clip in which nobody is to be covered.
    const auto opened = project::ProjectStore::open(project);
    QVERIFY(!opened);
    QCOMPARE(opened.error().failureClass, QStringLiteral("not-analysed"));
    restart();
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QTRY_VERIFY(stateOf(QStringLiteral("long.mp4")) == ClipState::New);
    // Opened by its name, or by its clip's, it is the same row.
    m_fixture->drop({QString::fromStdString(project.string())});
    QTest::qWait(300);
    QCOMPARE(list()->model()->rowCount(), 1);
    m_fixture->drop({longClip});
    waitUntilIdle();
    QTRY_VERIFY(entry(QStringLiteral("long.mp4"))->canReview());
    QCOMPARE(list()->model()->rowCount(), 1);
    QCOMPARE(entry(QStringLiteral("long.mp4"))->project, project); // in the place of the one that waited
    QCOMPARE(files(), QStringList(QStringLiteral("long.doorveil")));

    // A clip that is taken off the list before its turn leaves nothing behind.
    const QString other = m_fixture->makeClip(QStringLiteral("other.mp4"), 410);
    m_fixture->drop({other});
    QTRY_COMPARE(waiting(), QStringList(QStringLiteral("other.doorveil")));
    list()->remove({entry(QStringLiteral("other.mp4"))->id});
    QTRY_COMPARE(files(), QStringList(QStringLiteral("long.doorveil")));
    QTRY_VERIFY_WITH_TIMEOUT(!list()->queue()->isBusy(), longWait);
    restart();
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    QCOMPARE(list()->model()->rowCount(), 1);
    QVERIFY(QFile::exists(other));
}

/// Projects elsewhere and rows that were taken off are remembered without a name in the settings.
void TestClips::noClipIsNamedElsewhere()
{
    const auto isNamedIn = [](const QString &file, const QString &text) {
        const QByteArray content = QFile::exists(file) ? testsupport::readAll(file) : QByteArray();
        return content.contains(text.toUtf8()) || content.contains(text.toUtf8().toBase64());
    };
    const QString clip = m_fixture->makeClip(QStringLiteral("cat_at_the_door.mp4"), 8);
    m_fixture->drop({clip});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    const std::filesystem::path project = entry(QStringLiteral("cat_at_the_door.mp4"))->project;
    const std::filesystem::path elsewhere = pathOf(m_fixture->clip(QStringLiteral("elsewhere.doorveil")));
    std::filesystem::copy_file(project, elsewhere);
    m_fixture->drop({QString::fromStdString(elsewhere.string())});
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    waitUntilIdle();
    list()->remove({list()->model()->entries().front().id});
    restart();
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    QCOMPARE(list()->model()->entries().front().project, elsewhere);
    // The link to it, opened by its name, is the row that is there.
    const QString link = m_fixture->projectFolder() + QStringLiteral("/elsewhere.doorveil");
    QVERIFY(QFileInfo(link).isSymLink());
    m_fixture->drop({link});
    QTest::qWait(300);
    QCOMPARE(list()->model()->rowCount(), 1);
    // The one that was taken off stays off while it is there; when it is gone nothing is kept of it.
    const auto marks = [this] {
        return m_fixture->settings().value(QLatin1String(ui::settings::removedProjects)).toArray().size();
    };
    QCOMPARE(marks(), 1);
    QVERIFY(std::filesystem::remove(project));
    restart();
    QTRY_COMPARE(marks(), 0);
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    list()->remove({list()->model()->entries().front().id});
    QTRY_COMPARE(files(), QStringList());
    QVERIFY(std::filesystem::exists(elsewhere));
    restart();
    QVERIFY(QFile::exists(m_fixture->settingsFile()));
    for (const QString &text : {QStringLiteral("cat_at_the_door"), QStringLiteral("elsewhere"), clip,
                                QString::fromStdString(project.string()), QString::fromStdString(elsewhere.string())})
        QVERIFY2(!isNamedIn(m_fixture->settingsFile(), text), qPrintable(text));
}

void TestClips::sameClipTwiceIsOneRow()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    const QString copy = m_fixture->clip(QStringLiteral("copy of a.mp4"));
    QVERIFY(QFile::copy(file, copy));
    m_fixture->drop({file, copy, file});
    QTRY_VERIFY(list()->model()->rowCount() > 0);
    waitUntilIdle();
    QCOMPARE(list()->model()->rowCount(), 1);
    QCOMPARE(projects(), QStringList(QStringLiteral("a.doorveil")));
    QVERIFY(find<QLabel>("statusMessage")->text().contains(QStringLiteral("copy of a.mp4")));
    // Another clip of the same name gets a project of its own.
    QDir().mkpath(m_fixture->clip(QStringLiteral("other")));
    const QString other = m_fixture->makeClip(QStringLiteral("other/a.mp4"), 11);
    m_fixture->drop({other});
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    waitUntilIdle();
    QCOMPARE(projects(), QStringList({QStringLiteral("a (2).doorveil"), QStringLiteral("a.doorveil")}));
}

void TestClips::knownClipIsNotAnalysedAgain()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    // The owner has worked on it.
    const std::filesystem::path project = entry(QStringLiteral("a.mp4"))->project;
    {
        const auto store = project::ProjectStore::open(project);
        QVERIFY(store);
        QVERIFY((*store)->apply(project::SetReviewed{true}));
    }
    m_tester.reset();
    m_fixture->restart();
    // Projects in the folder come back by themselves; dropping the clip finds it.
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    QTRY_VERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::Reviewed);
    m_fixture->drop({file});
    QTest::qWait(100);
    waitUntilIdle();
    QCOMPARE(list()->model()->rowCount(), 1);
    QVERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::Reviewed);
}

void TestClips::projectOpenForAMomentIsWaitedFor()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    ui::AnalysisRequest request;
    request.clip = pathOf(file);
    request.projectFolder = pathOf(m_fixture->projectFolder());
    const auto analyse = [request] { return ui::analyseClip(request, {}, {}, {}); };
    const std::filesystem::path project = entry(QStringLiteral("a.mp4"))->project;
    auto store = project::ProjectStore::open(project);
    QVERIFY(store);
    // The list looks into it while the analysis asks whether the clip has one.
    auto outcome = std::async(std::launch::async, analyse);
    QTest::qWait(300);
    store->reset();
    const auto found = outcome.get();
    QVERIFY2(found, found ? "" : qPrintable(found.error().message));
    QVERIFY(found->existed);
    QCOMPARE(found->facts.project, project);
    // Held for good, it is no reason for a second project of the same clip.
    store = project::ProjectStore::open(project);
    QVERIFY(store);
    const auto refused = std::async(std::launch::async, analyse).get();
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("project-in-use"));
    QCOMPARE(projects().filter(QStringLiteral(".doorveil")).filter(QStringLiteral("(2)")), QStringList());
}

void TestClips::analysingAgainKeepsTheOwnersWork()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("a.mp4"), 8)});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    const std::filesystem::path project = entry(QStringLiteral("a.mp4"))->project;
    base::Zone zone;
    zone.id = 1;
    zone.polygon = {{0, 0}, {40, 0}, {40, 40}};
    {
        const auto store = project::ProjectStore::open(project);
        QVERIFY(store);
        QVERIFY((*store)->apply(project::AddZone{zone}));
    }
    // Open in review: it is closed there, analysed, and its row goes on.
    select(QStringLiteral("a.mp4"));
    trigger("reviewClip");
    trigger("goClips");
    select(QStringLiteral("a.mp4"));
    trigger("analyseAgain");
    QTRY_VERIFY(list()->queue()->isBusy());
    waitUntilIdle();
    QVERIFY2(entry(QStringLiteral("a.mp4"))->canReview(), qPrintable(entry(QStringLiteral("a.mp4"))->error));
    const auto store = project::ProjectStore::open(project);
    QVERIFY2(store, store ? "" : qPrintable(store.error().message));
    QCOMPARE((*store)->document().zones.size(), std::size_t(1));
    QVERIFY((*store)->document().zones.front() == zone);
    const auto log = (*store)->log();
    QVERIFY(log);
    QCOMPARE(log->back().name, QStringLiteral("SetAnalysis"));
}

void TestClips::quittingWhileAnalysingAsks()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("long.mp4"), 600)});
    QTRY_VERIFY_WITH_TIMEOUT(list()->queue()->overview().percent > 0, longWait);
    trigger("quit");
    auto *question = find<QMessageBox>("quitQuestion");
    QVERIFY(question->isVisible());
    QVERIFY(question->text().contains(QStringLiteral("1 clip")));
    QTest::mouseClick(find<QAbstractButton>("quitNot"), Qt::LeftButton);
    QVERIFY(m_fixture->window().isVisible());
    QVERIFY(list()->queue()->isBusy());
    QTRY_VERIFY(m_fixture->findOrNull<QMessageBox>("quitQuestion") == nullptr);

    trigger("quit");
    QTest::mouseClick(find<QAbstractButton>("quitAnyway"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!list()->queue()->isBusy(), longWait);
    QVERIFY(!m_fixture->window().isVisible());
    QTRY_COMPARE(workers(), 0);
    QCOMPARE(projects(), QStringList());
    // Nothing running: no question.
    m_tester.reset();
    m_fixture->restart();
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    trigger("quit");
    QVERIFY(!m_fixture->window().isVisible());
}

void TestClips::missingClipIsRelinkedOnlyToItself()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    const QString moved = m_fixture->clip(QStringLiteral("moved.mp4"));
    QVERIFY(QFile::rename(file, moved));
    const QString other = m_fixture->makeClip(QStringLiteral("other.mp4"), 9);
    m_tester.reset();
    m_fixture->restart();
    QTRY_VERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::ClipMissing);
    select(QStringLiteral("a.mp4"));
    QVERIFY(!find<QAction>("reviewClip")->isEnabled());
    QVERIFY(find<QAction>("findClip")->isEnabled());

    const int id = entry(QStringLiteral("a.mp4"))->id;
    list()->relink(id, pathOf(other));
    QTRY_VERIFY(find<QLabel>("statusMessage")->text().contains(QStringLiteral("other.mp4")));
    QTRY_VERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::ClipMissing);
    list()->relink(id, pathOf(moved));
    QTRY_VERIFY(entry(QStringLiteral("moved.mp4")) != nullptr);
    QVERIFY(entry(QStringLiteral("moved.mp4"))->canReview());
    QCOMPARE(entry(QStringLiteral("moved.mp4"))->id, id);
}

void TestClips::changedClipIsNoticed()
{
    const QString file = m_fixture->makeClip(QStringLiteral("a.mp4"), 8);
    m_fixture->drop({file});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    // Of the same length: only its content tells.
    QByteArray bytes = testsupport::readAll(file);
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    QVERIFY(testsupport::writeAll(file, bytes));
    select(QStringLiteral("a.mp4"));
    trigger("reviewClip");
    QTRY_VERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::ClipChanged);
    QVERIFY(find<QLabel>("statusMessage")->text().contains(QStringLiteral("a.mp4")));
    // Of another length: seen when the list is read.
    QVERIFY(testsupport::writeAll(file, bytes + "x"));
    m_tester.reset();
    m_fixture->restart();
    QTRY_VERIFY(stateOf(QStringLiteral("a.mp4")) == ClipState::ClipChanged);
}

void TestClips::projectOpenElsewhereIsRefusedPolitely()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("a.mp4"), 8)});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    auto held = project::ProjectStore::open(entry(QStringLiteral("a.mp4"))->project);
    QVERIFY(held);
    m_tester.reset();
    m_fixture->restart();
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(QStringLiteral("a.mp4")) == ClipState::InUse, longWait);
    select(QStringLiteral("a.mp4"));
    QVERIFY(!find<QAction>("reviewClip")->isEnabled());
    held->reset();
    list()->retryBlocked();
    QTRY_VERIFY(entry(QStringLiteral("a.mp4"))->canReview());
}

void TestClips::recordedTimeIsSetByTheOwner()
{
    m_fixture->drop({m_fixture->makeClip(QStringLiteral("porch_20240131_074502.mp4"), 8),
                     m_fixture->makeClip(QStringLiteral("porch_20240131_081500.mp4"), 9)});
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    waitUntilIdle();
    const QString name = QStringLiteral("porch_20240131_074502.mp4");
    const QString otherName = QStringLiteral("porch_20240131_081500.mp4");
    // The camera's clock was an hour behind, in both clips.
    select(name);
    trigger("setRecordedTime");
    auto *direction = find<QComboBox>("clockDirection");
    direction->setCurrentIndex(1);
    find<QTimeEdit>("clockError")->setTime(QTime(1, 0));
    find<QCheckBox>("clockOthers")->setChecked(true);
    QVERIFY(find<QLabel>("recordedResult")->text().contains(QStringLiteral("guess")));
    QTest::mouseClick(find<QAbstractButton>("recordedSave"), Qt::LeftButton);
    QTRY_COMPARE(entry(name)->summary->recorded.clockOffsetMilliseconds, std::int64_t(3'600'000));
    QTRY_COMPARE(entry(otherName)->summary->recorded.clockOffsetMilliseconds, std::int64_t(3'600'000));
    QCOMPARE(entry(name)->recordedAt()->time(), QTime(8, 45, 2));
    QTRY_VERIFY(m_fixture->findOrNull<QDialog>("recordedTimeDialog") == nullptr);
    waitUntilIdle();

    // The owner knows: that is no guess.
    select(name);
    trigger("setRecordedTime");
    find<QCheckBox>("recordedKnown")->setChecked(true);
    find<QDateTimeEdit>("recordedTime")->setDateTime(QDateTime(QDate(2024, 2, 1), QTime(9, 0)));
    QTest::mouseClick(find<QAbstractButton>("recordedSave"), Qt::LeftButton);
    QTRY_VERIFY(entry(name)->summary->recorded.at.has_value());
    // By the camera's clock, which was an hour behind.
    QCOMPARE(entry(name)->recordedAt()->toLocalTime(), QDateTime(QDate(2024, 2, 1), QTime(10, 0)));
    waitUntilIdle();
    const auto store = project::ProjectStore::open(entry(name)->project);
    QVERIFY(store);
    QVERIFY((*store)->document().settings.recordedAt.has_value());
}

void TestClips::recordedTimeKeepsWhatItWasGiven()
{
    const QDateTime at(QDate(2024, 2, 1), QTime(9, 0), Qt::OffsetFromUTC, 5 * 3600 + 1800);
    const std::int64_t error = -(2 * 86'400'000 + 90'500); // clocks are wrong by days, too
    const ui::RecordedTimeDialog dialog({QStringLiteral("a.mp4"), {at, error}, std::nullopt, 0});
    QCOMPARE(dialog.recorded().at.value(), at);
    QCOMPARE(dialog.recorded().at->offsetFromUtc(), at.offsetFromUtc());
    QCOMPARE(dialog.recorded().clockOffsetMilliseconds, error);
    const ui::RecordedTimeDialog unknown({QStringLiteral("a.mp4"), {}, std::nullopt, 0});
    QVERIFY(unknown.recorded() == ui::RecordedTime());
}

void TestClips::folderIsTakenWithoutHiddenFiles()
{
    QDir().mkpath(m_fixture->clip(QStringLiteral("January/.trash")));
    QVERIFY(!m_fixture->makeClip(QStringLiteral("January/a.mp4"), 8).isEmpty());
    QVERIFY(!m_fixture->makeClip(QStringLiteral("January/.hidden.mp4"), 9).isEmpty());
    QVERIFY(!m_fixture->makeClip(QStringLiteral("January/.trash/b.mp4"), 10).isEmpty());
    QVERIFY(testsupport::writeAll(m_fixture->clip(QStringLiteral("January/notes.txt")), "no clip"));
    QVERIFY(!m_fixture->makeClip(QStringLiteral("January/B.MKV"), 11).isEmpty());
    m_fixture->drop({m_fixture->clipFolder()});
    QTRY_COMPARE(list()->model()->rowCount(), 2);
    waitUntilIdle();
    QCOMPARE(projects(), QStringList({QStringLiteral("B.doorveil"), QStringLiteral("a.doorveil")}));
    // An empty folder says so.
    QDir().mkpath(m_fixture->clip(QStringLiteral("empty")));
    m_fixture->drop({m_fixture->clip(QStringLiteral("empty"))});
    QTRY_VERIFY(find<QLabel>("statusMessage")->text().contains(QStringLiteral("no clips")));
}

void TestClips::basicDetectorsAreTold()
{
    QTRY_VERIFY_WITH_TIMEOUT(!list()->models().empty(), longWait); // what the window looked for when it started
    const QByteArray models = qgetenv("DOORVEIL_MODELS_DIR");
    const QByteArray data = qgetenv("XDG_DATA_HOME");
    const QByteArray shared = qgetenv("XDG_DATA_DIRS");
    const auto restore = qScopeGuard([&] {
        qputenv("DOORVEIL_MODELS_DIR", models);
        qputenv("XDG_DATA_HOME", data);
        if (shared.isEmpty())
            qunsetenv("XDG_DATA_DIRS");
        else
            qputenv("XDG_DATA_DIRS", shared);
    });
    // No models: neither chosen, nor the user's, nor the whole system's.
    for (const char *folder : {"DOORVEIL_MODELS_DIR", "XDG_DATA_HOME", "XDG_DATA_DIRS"})
        qputenv(folder, m_fixture->clipFolder().toUtf8());
    list()->refreshModels();
    QSignalSpy known(list(), &ui::ClipList::modelsKnown);
    QVERIFY(known.wait());
    QVERIFY(list()->isBasic());
    QTRY_VERIFY(find<QWidget>("basicNotice")->isVisible());
    QTest::mouseClick(find<QAbstractButton>("basicNoticeButton"), Qt::LeftButton);
    QVERIFY(find<QDialog>("modelsDialog")->isVisible());
    QVERIFY(find<QLabel>("modelsState")->text().contains(QStringLiteral("basic")));
    if (models.isEmpty())
        return;
    // They are installed meanwhile.
    qputenv("DOORVEIL_MODELS_DIR", models);
    QTest::mouseClick(find<QAbstractButton>("checkModels"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!find<QWidget>("basicNotice")->isVisible(), 30'000);
    QVERIFY(find<QLabel>("modelsState")->text().contains(QStringLiteral("good")));
}

void TestClips::realClip()
{
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/asl_eat.mkv", clip);
    DOORVEIL_NEEDS_MODELS();
    m_fixture->drop({clip});
    QTRY_COMPARE(list()->model()->rowCount(), 1);
    waitUntilIdle();
    QVERIFY(entry(QStringLiteral("asl_eat.mkv"))->canReview());
    const auto store = project::ProjectStore::open(entry(QStringLiteral("asl_eat.mkv"))->project);
    QVERIFY(store);
    QVERIFY(!(*store)->document().tracks.empty());
}

QTEST_MAIN(TestClips)
#include "tst_clips.moc"
