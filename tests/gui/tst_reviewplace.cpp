// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"
#include "itemmodels/checkmodel.h"
#include "itemmodels/subjectmodel.h"
#include "mainwindow.h"
#include "pipeline/jobs.h"
#include "project/checks.h"
#include "project/documentrules.h"
#include "project/projectstore.h"
#include "review/camerazones.h"
#include "review/framesaver.h"
#include "review/pictureview.h"
#include "review/reviewnotice.h"
#include "review/reviewplace.h"
#include "review/suggestioncard.h"
#include "review/timelineview.h"
#include "session/guithread.h"
#include "settings/settings.h"
#include "support/democlip.h"
#include "support/media.h"
#include "theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace doorveil;
using namespace doorveil::ui;
using base::Origin;
using project::ReviewDocument;

namespace {

int violations = 0;
constexpr base::Size pictureSize{480, 270};
constexpr int frameCount = 60;

template<typename Work> auto elsewhere(Work work)
{
    decltype(work()) result;
    std::thread([&result, &work] { result = work(); }).join();
    return result;
}

base::Track trackOf(const ReviewDocument &document, std::int64_t id, base::TrackKind kind, int first, int count,
                    const base::Rectangle &box)
{
    base::Track track;
    track.id = id;
    track.kind = kind;
    for (int index = first; index < first + count; ++index)
        track.observations.push_back({document.source.frames[std::size_t(index)].pts, box, Origin::Detected, 0.9F});
    return track;
}

} // namespace

/// The Review place in the real main window, driven by the names of its widgets and actions.
class TestReviewPlace final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void opensCoveredAndShowsWhoWasFound();
    void showingAsksWhyAndUndoCovers();
    void coveringEveryoneElse();
    void everyEditCanBeUndoneAndIsThereAfterReopening();
    void drawingFollowsAndIsCovered();
    void boxesAreMovedByMouseAndKeys();
    void originalViewWarns();
    void playingGoesByFramesAndIsWatched();
    void timelineSeeksAndTrims();
    void soundIsMuted();
    void zonesAreDrawnAndKeptForTheCamera();
    void checksAreWalkedAndSettledByKeys();
    void reviewedSaysWhatIsMissing();
    void framesAreSavedCovered();
    void savedFramesNeverReplaceTheClip();
    void labelsHoldTheTracksAsCorrected();
    void labelsNeverReplaceTheClip();
    void movedClipIsFoundAgainOnlyByItsHash();
    void changedClipIsNotShown();
    void secondWindowIsRefused();
    void motionThatNobodyCoversIsMarkedAndFollowedBothWays();
    void alikePeopleAreAskedAboutAndMerged();
    void whomTheOwnerShowsIsOfferedInOtherClips();
    void aThousandTracksPaintOnlyWhatIsInView();
    void closingInTheMiddleLosesNothing();

private:
    void openProject();
    void reopen();
    void waitSaved();
    void waitForPicture();
    [[nodiscard]] ReviewDocument stored() const;
    /// Another clip with what is given of a document as its project, opened in place of the one that is open.
    void openAnother(const QString &clip, ReviewDocument document);
    /// Through the menu, the dialogue that explains and the one for the file.
    void exportLabels(const QString &target, int step);
    [[nodiscard]] QString dressedClip(const QString &name, int lastShade);
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_window->findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("no widget or action is called %s", name);
        return found;
    }
    void trigger(const char *name)
    {
        QAction *action = find<QAction>(name);
        if (!action->isEnabled())
            qFatal("%s is not enabled", name);
        action->trigger();
        waitSaved();
    }
    void select(std::int64_t subject)
    {
        auto *list = find<QListView>("subjectList");
        auto *model = qobject_cast<SubjectModel *>(list->model());
        // Not by setCurrentIndex() of the list: a key of the test before may have left Ctrl down, which adds to what is
        // chosen.
        list->selectionModel()->setCurrentIndex(model->indexOf(subject), QItemSelectionModel::ClearAndSelect);
    }
    [[nodiscard]] const ReviewDocument &document() { return *review()->document(); }
    [[nodiscard]] ReviewPlace *review()
    {
        return static_cast<ReviewPlace *>(m_window->place(MainWindow::PlaceId::Review));
    }
    [[nodiscard]] PictureView *picture() { return find<PictureView>("pictureView"); }
    [[nodiscard]] QPoint onPicture(double x, double y)
    {
        return picture()->geometryOfPicture().toView(QPointF(x, y)).toPoint();
    }
    void drag(QWidget *widget, QPoint from, QPoint to)
    {
        QTest::mousePress(widget, Qt::LeftButton, {}, from);
        QTest::mouseMove(widget, (from + to) / 2);
        QTest::mouseMove(widget, to);
        QTest::mouseRelease(widget, Qt::LeftButton, {}, to);
    }
    void answerShow(const char *reason, base::ConsentStatus consent)
    {
        auto *dialog = find<QDialog>("showDialog");
        QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("showAccept"))->isEnabled()); // nothing by default
        dialog->findChild<QRadioButton *>(QString::fromLatin1(reason))->click();
        auto *box = dialog->findChild<QComboBox *>(QStringLiteral("consentBox"));
        box->setCurrentIndex(box->findData(int(consent)));
        dialog->findChild<QPushButton *>(QStringLiteral("showAccept"))->click();
        waitSaved();
    }

    std::unique_ptr<QTemporaryDir> m_clips;
    QString m_original;
    ReviewDocument m_template;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_clip;
    QString m_project;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<MainWindow> m_window;
};

void TestReviewPlace::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    installGuiThreadGuard();
    setGuiThreadViolationHandler([] { ++violations; });
    m_clips = std::make_unique<QTemporaryDir>();
    m_original = m_clips->filePath(QStringLiteral("front-door-0001.mp4"));
    testsupport::CounterClip clip;
    clip.size = pictureSize;
    clip.frames = frameCount;
    clip.rate = QStringLiteral("15");
    clip.inputs = {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                   QStringLiteral("sine=frequency=440:sample_rate=16000:duration=4")};
    QVERIFY(testsupport::makeCounterClip(m_original, clip));
    const auto analysed = elsewhere([this]() -> std::optional<ReviewDocument> {
        pipeline::AnalyzeParameters parameters;
        parameters.clip = m_original.toStdString();
        parameters.detectors = vision::DetectorChoice::Embedded;
        auto document = pipeline::analyze(parameters, {}, {});
        return document ? std::optional<ReviewDocument>(std::move(*document)) : std::nullopt;
    });
    QVERIFY(analysed.has_value());
    m_template = *analysed;
    QCOMPARE(m_template.source.frames.size(), std::size_t(frameCount));
    QVERIFY(m_template.source.info.defaultAudioStream >= 0);
    // Known subjects instead of whatever detectors make of a test picture.
    m_template.tracks = {trackOf(m_template, 1, base::TrackKind::Face, 0, 40, {60, 60, 40, 50}),
                         trackOf(m_template, 2, base::TrackKind::Face, 10, 30, {300, 80, 40, 50}),
                         trackOf(m_template, 3, base::TrackKind::Plate, 0, 60, {200, 200, 60, 20})};
    auto &gap = m_template.tracks[1].observations;
    for (int index = 8; index < 18; ++index)
        gap[std::size_t(index)] = {gap[std::size_t(index)].pts, {300, 80, 40, 50}, Origin::Interpolated, 0.0F};
    m_template.checks = project::checksFor(m_template);
    QVERIFY(m_template.checks.size() >= 2);
}

void TestReviewPlace::init()
{
    violations = 0;
    QFile::remove(QString::fromStdString(cameraZonesFile().string()));
    m_folder = std::make_unique<QTemporaryDir>();
    m_clip = QDir(m_folder->path()).canonicalPath() + QStringLiteral("/front-door-0001.mp4");
    m_project = QDir(m_folder->path()).canonicalPath() + QStringLiteral("/front-door-0001.doorveil");
    QVERIFY(QFile::copy(m_original, m_clip));
    m_template.source.path = m_clip;
    m_template.source.nativePath = QFile::encodeName(m_clip);
    QVERIFY(elsewhere(
        [this] { return project::ProjectStore::create(m_project.toStdString(), m_template, false).hasValue(); }));
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.json")).toStdString());
    m_theme = std::make_unique<Theme>(*qApp);
    m_window = std::make_unique<MainWindow>(WindowContext{*m_settings, *m_theme}, MainWindow::Options{true});
    m_window->resize(1366, 768);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    openProject();
}

void TestReviewPlace::cleanup()
{
    m_window.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
    QCOMPARE(violations, 0); // nothing blocked the window's thread
}

void TestReviewPlace::openProject()
{
    QSignalSpy opened(review(), &ReviewPlaceBase::projectOpened);
    review()->openProject(m_project.toStdString());
    QTRY_COMPARE(opened.count(), 1);
    m_window->showPlace(MainWindow::PlaceId::Review);
    waitForPicture();
}

void TestReviewPlace::reopen()
{
    const ReviewDocument before = document();
    review()->closeProject();
    openProject();
    ReviewDocument now = document();
    now.watched = before.watched; // what was watched last is written when it is closed
    QVERIFY(now == before);
}

void TestReviewPlace::waitSaved()
{
    QTRY_VERIFY(!review()->isSaving());
}

void TestReviewPlace::waitForPicture()
{
    QTRY_VERIFY_WITH_TIMEOUT(picture()->hasPicture(), 20'000);
}

ReviewDocument TestReviewPlace::stored() const
{
    return elsewhere([this] {
        const auto store = project::ProjectStore::open(m_project.toStdString());
        return store ? (*store)->document() : ReviewDocument{};
    });
}

void TestReviewPlace::opensCoveredAndShowsWhoWasFound()
{
    auto *list = find<QListView>("subjectList");
    QCOMPARE(list->model()->rowCount(), 3);
    QCOMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("Person 1"));
    QVERIFY(find<QAction>("viewCovered")->isChecked());
    QTRY_VERIFY(!list->model()->index(0, 0).data(Qt::DecorationRole).value<QPixmap>().isNull());
    QCOMPARE(find<QListView>("checkList")->model()->rowCount(), int(m_template.checks.size()));
    // What is on screen is covered: inside the cover nothing of the test picture's texture is left.
    const QImage shown = picture()->grab().toImage();
    const auto spread = [&shown, this](double x, double y) {
        int lowest = 255;
        int highest = 0;
        for (int step = 0; step < 12; ++step) {
            const int level = qGray(shown.pixel(onPicture(x + step, y)));
            lowest = std::min(lowest, level);
            highest = std::max(highest, level);
        }
        return highest - lowest;
    };
    QVERIFY2(spread(74, 85) < 40, qPrintable(QString::number(spread(74, 85))));
}

void TestReviewPlace::showingAsksWhyAndUndoCovers()
{
    select(1);
    find<QAction>("showSubject")->trigger();
    find<QDialog>("showDialog")->findChild<QPushButton *>(QStringLiteral("showCancel"))->click();
    QCOMPARE(document().tracks[0].decision.kind, base::DecisionKind::Cover);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);

    find<QAction>("showSubject")->trigger();
    answerShow("reason-household", base::ConsentStatus::Given);
    const base::Decision expected{base::DecisionKind::Show, base::ShowReason::Household, base::ConsentStatus::Given};
    QVERIFY(document().tracks[0].decision == expected);
    QVERIFY(find<QAction>("undo")->text().contains(QStringLiteral("Person 1")));
    auto *list = find<QListView>("subjectList");
    QVERIFY(list->model()->index(0, 0).data(SubjectModel::ShownRole).toBool());
    reopen();
    QVERIFY(document().tracks[0].decision == expected);
    // Covering again asks nothing.
    select(1);
    trigger("showSubject");
    QCOMPARE(document().tracks[0].decision.kind, base::DecisionKind::Cover);
    trigger("undo");
    QVERIFY(document().tracks[0].decision == expected);
}

void TestReviewPlace::coveringEveryoneElse()
{
    select(2);
    find<QAction>("coverOthers")->trigger();
    answerShow("reason-owner", base::ConsentStatus::Self);
    QCOMPARE(document().tracks[1].decision.kind, base::DecisionKind::Show);
    select(1);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    find<QAction>("coverOthers")->trigger();
    answerShow("reason-owner", base::ConsentStatus::Self);
    QCOMPARE(document().tracks[0].decision.kind, base::DecisionKind::Show);
    QCOMPARE(document().tracks[1].decision.kind, base::DecisionKind::Cover);
}

void TestReviewPlace::everyEditCanBeUndoneAndIsThereAfterReopening()
{
    struct Step
    {
        const char *action;
        int frame;
    };
    const std::vector<Step> steps{
        {"removeBox", 5},   {"nudgeRight", 6},      {"wider", 7},           {"splitTrack", 20}, {"extendToEnd", 20},
        {"kindHead", 20},   {"dismissSubject", 20}, {"trimIn", 4},          {"trimOut", 50},    {"keepSound", 50},
        {"styleSolid", 50}, {"scopePerson", 50},    {"followForwards", 30}, {"removeTrack", 30}};
    ReviewDocument before = document();
    int made = 0;
    for (const Step &step : steps) {
        select(qstrcmp(step.action, "removeTrack") == 0 ? 3 : 1);
        for (int frame = 0; frame < step.frame; ++frame)
            find<QAction>("frameForward")->trigger();
        if (qstrcmp(step.action, "followForwards") != 0) {
            trigger(step.action);
        } else {
            find<QAction>("followForwards")->trigger();
            QTRY_VERIFY(!find<ReviewNotice>("reviewNotice")->text().isEmpty());
            waitSaved();
        }
        find<QAction>("firstFrame")->trigger();
        ReviewDocument now = document();
        now.watched = before.watched;
        if (qstrcmp(step.action, "followForwards") != 0)
            QVERIFY2(!(now == before), step.action);
        if (!(now == before)) {
            ++made;
            trigger("undo");
            ReviewDocument undone = document();
            undone.watched = before.watched;
            QVERIFY2(undone == before, step.action);
            trigger("redo");
            ReviewDocument redone = document();
            redone.watched = now.watched;
            QVERIFY2(redone == now, step.action);
        }
        before = document();
    }
    QVERIFY(made >= int(steps.size()) - 1);
    reopen();
    review()->closeProject();
    ReviewDocument kept = stored();
    kept.watched = before.watched;
    QVERIFY(kept == before);
}

void TestReviewPlace::drawingFollowsAndIsCovered()
{
    find<QAction>("drawBox")->trigger();
    QCOMPARE(picture()->tool(), PictureView::Tool::DrawBox);
    drag(picture(), onPicture(380, 180), onPicture(430, 240));
    QTRY_COMPARE(document().tracks.size(), std::size_t(4));
    QCOMPARE(picture()->tool(), PictureView::Tool::Select);
    const base::Track &drawn = document().tracks[3];
    QVERIFY(drawn.decision == base::Decision{});
    QVERIFY(base::intersectionOverUnion(drawn.observations.front().box, {380, 180, 50, 60}) > 0.9);
    QTRY_VERIFY(!find<ReviewNotice>("reviewNotice")->text().isEmpty()); // followed, or said that it could not be
    waitSaved();
    // A click is no cover.
    find<QAction>("drawBox")->trigger();
    QTest::mouseClick(picture(), Qt::LeftButton, {}, onPicture(20, 20));
    waitSaved();
    QCOMPARE(document().tracks.size(), std::size_t(4));
}

void TestReviewPlace::boxesAreMovedByMouseAndKeys()
{
    select(1);
    drag(picture(), onPicture(80, 85), onPicture(100, 95));
    waitSaved();
    base::Rectangle box = document().tracks[0].observations[0].box;
    QVERIFY(std::abs(box.x - 80) <= 1 && std::abs(box.y - 70) <= 1 && box.width == 40 && box.height == 50);
    QCOMPARE(document().tracks[0].observations[0].origin, Origin::Manual);
    QVERIFY(document().tracks[0].observations[1] == m_template.tracks[0].observations[1]);
    // By its corner.
    drag(picture(), onPicture(box.right(), box.bottom()), onPicture(box.right() + 10, box.bottom() + 20));
    waitSaved();
    base::Rectangle larger = document().tracks[0].observations[0].box;
    QVERIFY(std::abs(larger.width - 50) <= 1 && std::abs(larger.height - 70) <= 1 && larger.x == box.x);
    QTest::keyClick(picture(), Qt::Key_Right, Qt::AltModifier);
    waitSaved();
    QCOMPARE(document().tracks[0].observations[0].box.x, larger.x + 1);
    QTest::keyClick(picture(), Qt::Key_Z, Qt::ControlModifier);
    waitSaved();
    QCOMPARE(document().tracks[0].observations[0].box.x, larger.x);
    QTest::keyClick(picture(), Qt::Key_Delete);
    waitSaved();
    QCOMPARE(document().tracks[0].observations.size(), std::size_t(39)); // one box, not the track
}

void TestReviewPlace::originalViewWarns()
{
    const QColor red(0xc6, 0x28, 0x28);
    const auto hasBorder = [this, red] {
        return picture()->grab().toImage().pixelColor(2, picture()->height() / 2) == red;
    };
    QVERIFY(!hasBorder());
    QTest::keyClick(picture(), Qt::Key_3);
    QTRY_VERIFY(hasBorder());
    QTest::keyClick(picture(), Qt::Key_1);
    QTRY_VERIFY(!hasBorder());
    // Never opens in the original view.
    QTest::keyClick(picture(), Qt::Key_3);
    QTRY_VERIFY(hasBorder());
    reopen();
    QTRY_VERIFY(!hasBorder());
}

void TestReviewPlace::playingGoesByFramesAndIsWatched()
{
    auto *frame = find<QLabel>("frameLabel");
    QTest::keyClick(picture(), Qt::Key_Right);
    QTest::keyClick(picture(), Qt::Key_Right);
    QCOMPARE(frame->text(), QStringLiteral("frame 3"));
    QTest::keyClick(picture(), Qt::Key_Left);
    QCOMPARE(frame->text(), QStringLiteral("frame 2"));
    QTest::keyClick(picture(), Qt::Key_Right, Qt::ShiftModifier); // a second: 15 frames
    QCOMPARE(frame->text(), QStringLiteral("frame 17"));
    QTest::keyClick(picture(), Qt::Key_End);
    QCOMPARE(frame->text(), QStringLiteral("frame 60"));
    QTest::keyClick(picture(), Qt::Key_Home);
    QTest::keyClick(picture(), Qt::Key_Space); // plays to the end, and stops there
    QTRY_COMPARE_WITH_TIMEOUT(frame->text(), QStringLiteral("frame 60"), 30'000);
    QTest::keyClick(picture(), Qt::Key_J); // backwards
    QTRY_VERIFY_WITH_TIMEOUT(frame->text() != QStringLiteral("frame 60"), 10'000);
    QTest::keyClick(picture(), Qt::Key_K);
    QTRY_VERIFY_WITH_TIMEOUT(!document().watched.empty(), 10'000); // on disk by itself
    QVERIFY(!find<QAction>("undo")->isEnabled()); // and no step of the owner's
    // The original view counts for nothing.
    review()->closeProject();
    const auto before = stored().watched;
    openProject();
    QTest::keyClick(picture(), Qt::Key_3);
    QTest::keyClick(picture(), Qt::Key_End);
    QTest::qWait(300);
    review()->closeProject();
    QVERIFY(stored().watched.size() <= before.size() + 1); // at most the first frame, seen covered
}

void TestReviewPlace::timelineSeeksAndTrims()
{
    auto *timeline = find<TimelineView>("timelineView");
    const auto pointAt = [timeline](int frame, int y, const ReviewDocument &document) {
        const double name = timeline->viewport()->width() - 8 - timeline->scale().width();
        return QPoint(int(name + timeline->scale().xOf(document.source.frames[std::size_t(frame)].pts)) + 1, y);
    };
    QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, pointAt(30, 10, document()));
    QCOMPARE(find<QLabel>("frameLabel")->text(), QStringLiteral("frame 31"));
    const int lane = int(timeline->lanes().yOf(1)) + 5;
    QTest::mouseClick(timeline->viewport(), Qt::LeftButton, {}, pointAt(12, lane, document()));
    QVERIFY(find<QListView>("subjectList")->currentIndex().isValid());
    drag(timeline->viewport(), pointAt(0, 10, document()), pointAt(15, 10, document()));
    waitSaved();
    QVERIFY(document().settings.trim.has_value());
    const std::int64_t begin = document().settings.trim->begin;
    QVERIFY(project::isFrame(document(), begin));
    QVERIFY(begin >= document().source.frames[14].pts && begin <= document().source.frames[16].pts);
    trigger("trimClear");
    QVERIFY(!document().settings.trim);
}

void TestReviewPlace::soundIsMuted()
{
    trigger("keepSound");
    auto *timeline = find<TimelineView>("timelineView");
    const auto &frames = document().source.frames;
    timeline->setSelection(base::TimeRange{frames[10].pts, frames[20].pts});
    trigger("muteRange");
    QCOMPARE(document().settings.mutedRanges.size(), std::size_t(1));
    QVERIFY(!timeline->selection());
    // From here, to here.
    find<QAction>("lastFrame")->trigger();
    trigger("muteRange");
    for (int step = 0; step < 5; ++step)
        find<QAction>("frameBack")->trigger();
    trigger("muteRange");
    QCOMPARE(document().settings.mutedRanges.size(), std::size_t(2));
    // Inside a muted stretch it lets it be heard.
    trigger("muteRange");
    QCOMPARE(document().settings.mutedRanges.size(), std::size_t(1));
}

void TestReviewPlace::zonesAreDrawnAndKeptForTheCamera()
{
    QTest::keyClick(picture(), Qt::Key_N); // Enter would settle this one, if it did not belong to the drawing
    const auto checks = document().checks;
    find<QAction>("drawZone")->trigger();
    for (const QPoint &corner : {onPicture(350, 10), onPicture(470, 10), onPicture(470, 60)})
        QTest::mouseClick(picture(), Qt::LeftButton, {}, corner);
    QTest::keyClick(picture(), Qt::Key_Return);
    QTRY_COMPARE(document().zones.size(), std::size_t(1));
    QVERIFY(document().zones[0].polygon.size() == 3);
    QVERIFY(document().checks == checks);
    find<QPushButton>("noticeButton")->click(); // keep for this camera
    const std::filesystem::path file = cameraZonesFile();
    QTRY_VERIFY(std::filesystem::exists(file));
    QTRY_VERIFY(find<ReviewNotice>("reviewNotice")->text().contains(QStringLiteral("kept")));
    QCOMPARE(int(std::filesystem::status(file).permissions() & std::filesystem::perms::all), 0600);
    // The next clip of that camera.
    trigger("undo");
    QVERIFY(document().zones.empty());
    review()->closeProject();
    openProject();
    QTRY_VERIFY(find<ReviewNotice>("reviewNotice")->text().contains(QStringLiteral("camera")));
    QVERIFY(document().zones.empty()); // offered, not used
    find<QPushButton>("noticeButton")->click();
    QTRY_COMPARE(document().zones.size(), std::size_t(1));
    // Another camera is another camera.
    project::SourceRecord other = document().source;
    other.path = QStringLiteral("/x/front-door-0002.mp4");
    QCOMPARE(cameraKey(other), cameraKey(document().source));
    other.path = QStringLiteral("/x/garden-0002.mp4");
    QVERIFY(cameraKey(other) != cameraKey(document().source));
}

void TestReviewPlace::checksAreWalkedAndSettledByKeys()
{
    const auto open = [this] { return qobject_cast<CheckModel *>(find<QListView>("checkList")->model())->openCount(); };
    const int before = open();
    QVERIFY(before >= 2);
    QTest::keyClick(picture(), Qt::Key_N);
    const QModelIndex first = find<QListView>("checkList")->currentIndex();
    QVERIFY(first.isValid());
    const std::int64_t pts = qobject_cast<CheckModel *>(find<QListView>("checkList")->model())->entry(first)->pts;
    QCOMPARE(find<QLabel>("frameLabel")->text(),
             QStringLiteral("frame %1")
                 .arg(1
                      + int(std::find_if(document().source.frames.begin(), document().source.frames.end(),
                                         [pts](const base::FrameTime &frame) { return frame.pts == pts; })
                            - document().source.frames.begin())));
    QTest::keyClick(picture(), Qt::Key_Return); // looks right
    waitSaved();
    QCOMPARE(open(), before - 1);
    QVERIFY(find<QListView>("checkList")->currentIndex().isValid()); // on to the next
    QTest::keyClick(picture(), Qt::Key_W); // a mistake
    waitSaved();
    QVERIFY(open() <= before - 2);
    QVERIFY(std::any_of(document().tracks.begin(), document().tracks.end(),
                        [](const base::Track &track) { return track.decision.kind == base::DecisionKind::Dismissed; }));
    QTest::keyClick(picture(), Qt::Key_Z, Qt::ControlModifier);
    waitSaved();
    QCOMPARE(open(), before - 1);
}

void TestReviewPlace::reviewedSaysWhatIsMissing()
{
    find<QAction>("markReviewed")->trigger();
    auto *question = find<QDialog>("reviewedQuestion");
    QVERIFY(!document().reviewed);
    question->findChild<QPushButton *>(QStringLiteral("reviewedNot"))->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!document().reviewed);
    find<QAction>("markReviewed")->trigger();
    find<QDialog>("reviewedQuestion")->findChild<QPushButton *>(QStringLiteral("reviewedAnyway"))->click();
    QTRY_VERIFY(document().reviewed);
    QVERIFY(find<QLabel>("reviewedText")->text().contains(QLatin1Char('%'))); // still says what is missing
    trigger("markReviewed");
    QVERIFY(!document().reviewed);
}

void TestReviewPlace::framesAreSavedCovered()
{
    const QString target = m_folder->filePath(QStringLiteral("frame.png"));
    find<QAction>("saveFrame")->trigger();
    auto *dialog = find<QFileDialog>("saveFrameDialog");
    emit dialog->fileSelected(target);
    dialog->close();
    QTRY_VERIFY(QFile::exists(target));
    const QImage saved(target);
    QCOMPARE(saved.size(), QSize(pictureSize.width, pictureSize.height));
    QVERIFY(saved.textKeys().isEmpty());
    // Against the same frame with nothing covered: equal far from covers, another picture inside.
    ReviewDocument bare = m_template;
    bare.tracks.clear();
    const QString control = m_folder->filePath(QStringLiteral("control.png"));
    QVERIFY(elsewhere([&] {
        return saveFrameAsPicture(bare, 0, control.toStdString(), false, m_project.toStdString(), {}).hasValue();
    }));
    const QImage original(control);
    QCOMPARE(saved.pixel(450, 250), original.pixel(450, 250));
    int different = 0;
    for (int y = 65; y < 105; ++y) {
        for (int x = 65; x < 95; ++x)
            different += saved.pixel(x, y) != original.pixel(x, y) ? 1 : 0;
    }
    QVERIFY2(different > 30 * 40 * 9 / 10, qPrintable(QString::number(different)));
}

void TestReviewPlace::savedFramesNeverReplaceTheClip()
{
    for (const QString &target : {m_clip, m_project}) {
        const QByteArray before = testsupport::readAll(target);
        QVERIFY(elsewhere([&] {
            return !saveFrameAsPicture(document(), 0, target.toStdString(), true, m_project.toStdString(), {})
                        .hasValue();
        }));
        if (target == m_clip)
            QCOMPARE(testsupport::readAll(target), before);
    }
}

void TestReviewPlace::exportLabels(const QString &target, int step)
{
    find<QAction>("exportLabels")->trigger();
    auto *question = find<QDialog>("labelsDialog");
    auto *steps = question->findChild<QSpinBox *>(QStringLiteral("labelsStep"));
    QCOMPARE(steps->value(), 10);
    steps->setValue(step);
    question->findChild<QPushButton *>(QStringLiteral("labelsChoose"))->click();
    auto *dialog = find<QFileDialog>("exportLabelsDialog");
    QCOMPARE(dialog->selectedFiles().value(0), m_clip + QStringLiteral(".labels.json")); // proposed beside the clip
    QVERIFY(!QFile::exists(m_clip + QStringLiteral(".labels.json"))); // nothing before a place is chosen
    emit dialog->fileSelected(target);
    dialog->close();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QTRY_VERIFY(!find<ReviewNotice>("reviewNotice")->text().isEmpty());
}

void TestReviewPlace::labelsHoldTheTracksAsCorrected()
{
    select(2);
    trigger("dismissSubject");
    select(3);
    find<QAction>("firstFrame")->trigger();
    for (int frame = 0; frame < 20; ++frame)
        find<QAction>("frameForward")->trigger();
    trigger("nudgeRight"); // the plate, in frame 20 only
    const QString target = m_folder->filePath(QStringLiteral("mine.labels.json"));
    exportLabels(target, 20);
    QTRY_VERIFY(QFile::exists(target));
    QVERIFY(find<ReviewNotice>("reviewNotice")->text().contains(QStringLiteral("mine.labels.json")));
    QCOMPARE(QFile::permissions(target) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray text = testsupport::readAll(target);
    QVERIFY(!text.contains(QFile::encodeName(m_folder->path()))); // the name of the clip, not where it is

    const QJsonObject root = QJsonDocument::fromJson(text).object();
    QCOMPARE(root[QStringLiteral("clip")].toString(), QStringLiteral("front-door-0001.mp4"));
    const QJsonObject frames = root[QStringLiteral("frames")].toObject();
    QCOMPARE(frames.keys(), QStringList({QStringLiteral("0"), QStringLiteral("20"), QStringLiteral("40")}));
    for (const QString &key : frames.keys()) {
        const std::int64_t pts = document().source.frames[std::size_t(key.toInt())].pts;
        const QJsonObject frame = frames[key].toObject();
        for (const auto &[kind, id] : {std::pair(QStringLiteral("faces"), 1), std::pair(QStringLiteral("plates"), 3)}) {
            const base::Observation *seen = base::observationAt(*project::findTrack(document(), id), pts);
            QJsonArray expected;
            if (seen != nullptr)
                expected.append(QJsonArray{seen->box.x, seen->box.y, seen->box.right(), seen->box.bottom()});
            QCOMPARE(frame[kind].toArray(), expected); // of faces the dismissed one is not there
        }
        QCOMPARE(frame[QStringLiteral("heads")].toArray(), QJsonArray());
    }
    const auto left = [&frames](const QString &key) {
        return frames[key].toObject()[QStringLiteral("plates")].toArray()[0].toArray()[0].toInt();
    };
    QCOMPARE(left(QStringLiteral("40")), 200);
    QVERIFY(left(QStringLiteral("20")) > 200); // as the owner moved it
    // Frame 20 shows the dismissed face; control: taken back, it is there.
    QCOMPARE(frames[QStringLiteral("20")].toObject()[QStringLiteral("faces")].toArray().size(), 1);
    trigger("undo");
    trigger("undo");
    const QString second = m_folder->filePath(QStringLiteral("second.labels.json"));
    exportLabels(second, 20);
    QTRY_VERIFY(QFile::exists(second));
    const QJsonObject again = QJsonDocument::fromJson(testsupport::readAll(second)).object();
    QCOMPARE(again[QStringLiteral("frames")][QStringLiteral("20")][QStringLiteral("faces")].toArray().size(), 2);
}

void TestReviewPlace::labelsNeverReplaceTheClip()
{
    const QByteArray before = testsupport::readAll(m_clip);
    exportLabels(m_clip, 10);
    const QString told = find<ReviewNotice>("reviewNotice")->text();
    QVERIFY2(told.contains(QStringLiteral("front-door-0001.mp4")) && !told.contains(QStringLiteral("Saved")),
             qPrintable(told));
    QCOMPARE(testsupport::readAll(m_clip), before);
}

void TestReviewPlace::movedClipIsFoundAgainOnlyByItsHash()
{
    review()->closeProject();
    const QString moved = m_folder->filePath(QStringLiteral("elsewhere.mp4"));
    QVERIFY(QFile::rename(m_clip, moved));
    QSignalSpy opened(review(), &ReviewPlaceBase::projectOpened);
    review()->openProject(m_project.toStdString());
    QTRY_COMPARE(opened.count(), 1);
    QTRY_VERIFY(find<ReviewNotice>("reviewNotice")->text().contains(QStringLiteral("front-door-0001.mp4")));
    QVERIFY(!picture()->hasPicture());
    // Another file is refused.
    const QString other = m_folder->filePath(QStringLiteral("other.mp4"));
    QByteArray bytes = testsupport::readAll(moved);
    bytes[bytes.size() - 1] = char(bytes[bytes.size() - 1] ^ 1);
    QVERIFY(testsupport::writeAll(other, bytes));
    const auto choose = [this](const QString &file) {
        find<QAction>("relinkClip")->trigger();
        auto *dialog = find<QFileDialog>("relinkDialog");
        emit dialog->fileSelected(file);
        dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    choose(other);
    QTRY_VERIFY(find<ReviewNotice>("reviewNotice")->text().contains(QStringLiteral("another file")));
    QCOMPARE(document().source.path, m_clip);
    choose(moved);
    QTRY_COMPARE(document().source.path, QDir(m_folder->path()).canonicalPath() + QStringLiteral("/elsewhere.mp4"));
    waitForPicture();
    reopen();
}

void TestReviewPlace::changedClipIsNotShown()
{
    review()->closeProject();
    QByteArray bytes = testsupport::readAll(m_clip);
    bytes[bytes.size() - 1] = char(bytes[bytes.size() - 1] ^ 1);
    QVERIFY(testsupport::writeAll(m_clip, bytes));
    review()->openProject(m_project.toStdString());
    QTRY_VERIFY(!find<ReviewNotice>("reviewNotice")->text().isEmpty());
    QVERIFY(!picture()->hasPicture());
    QVERIFY(!find<QAction>("saveFrame")->isEnabled());
    QVERIFY(document().tracks.size() == 3); // the work is there
}

void TestReviewPlace::secondWindowIsRefused()
{
    MainWindow second(WindowContext{*m_settings, *m_theme}, MainWindow::Options{true});
    auto *place = static_cast<ReviewPlaceBase *>(second.place(MainWindow::PlaceId::Review));
    QSignalSpy failed(place, &ReviewPlaceBase::openFailed);
    place->openProject(m_project.toStdString());
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed[0][1].value<base::Error>().failureClass, QStringLiteral("project-in-use"));
    select(1);
    trigger("extendToEnd"); // the first window goes on
}

void TestReviewPlace::openAnother(const QString &clip, ReviewDocument document)
{
    const auto imported = elsewhere([&clip] {
        const auto one = pipeline::importClip(clip.toStdString());
        return one ? std::optional(one->source) : std::nullopt;
    });
    QVERIFY(imported.has_value());
    std::vector<base::FrameTime> frames = std::move(document.source.frames);
    document.source = *imported;
    document.source.frames = std::move(frames);
    document.analysis.done = true;
    const QString project = clip.chopped(4) + QStringLiteral(".doorveil");
    const auto created =
        elsewhere([&] { return project::ProjectStore::create(project.toStdString(), document, false).hasValue(); });
    QVERIFY(created);
    review()->closeProject();
    m_project = project;
    openProject();
}

void TestReviewPlace::motionThatNobodyCoversIsMarkedAndFollowedBothWays()
{
    static constexpr testsupport::DemoSettings demo{{480, 270}, 15, 60};
    constexpr int index = 30;
    testsupport::DemoTruth truth;
    (void)testsupport::drawDemoFrame(demo, index, &truth);
    QVERIFY(!truth.faces.empty());
    const base::Rectangle moving = truth.faces[0];
    const QString clip = m_folder->filePath(QStringLiteral("demo.mp4"));
    QVERIFY(elsewhere([&clip] { return testsupport::writeDemoClip(clip.toStdString(), demo).hasValue(); }));
    ReviewDocument made;
    made.source.frames = elsewhere([&clip] {
        pipeline::AnalyzeParameters parameters;
        parameters.clip = clip.toStdString();
        parameters.detectors = vision::DetectorChoice::Embedded;
        const auto analysed = pipeline::analyze(parameters, {}, {});
        return analysed ? analysed->source.frames : std::vector<base::FrameTime>();
    });
    QCOMPARE(made.source.frames.size(), std::size_t(demo.frameCount));
    const std::int64_t pts = made.source.frames[index].pts;
    made.checks = {{1, QStringLiteral("motion-uncovered"), 0, pts, moving, false}};
    openAnother(clip, made);

    // Dashes in the warning's colour along the upper edge of what moved.
    const auto marked = [this, &moving] {
        const QImage shown = picture()->grab().toImage();
        const QColor warning = m_theme->colours().warning;
        int found = 0;
        for (int x = moving.x + 4; x < moving.x + moving.width - 4; ++x) {
            const QPoint at = onPicture(x, moving.y);
            for (int y = at.y() - 2; y <= at.y() + 2; ++y) {
                const QColor colour = shown.pixelColor(at.x(), y);
                found += std::abs(colour.red() - warning.red()) < 40 && std::abs(colour.green() - warning.green()) < 40
                                 && std::abs(colour.blue() - warning.blue()) < 40
                             ? 1
                             : 0;
            }
        }
        return found >= 5;
    };
    QVERIFY(!marked());
    QTest::keyClick(picture(), Qt::Key_N);
    QTRY_VERIFY(marked());
    // Only in its own frame.
    find<QAction>("frameForward")->trigger();
    QTRY_VERIFY(!marked());
    find<QAction>("frameBack")->trigger();
    QTRY_VERIFY(marked());

    QTest::keyClick(picture(), Qt::Key_C);
    QTRY_COMPARE(document().tracks.size(), std::size_t(1));
    QVERIFY(document().checks[0].settled);
    const auto followed = [this, pts](bool before) {
        const auto &all = document().tracks[0].observations;
        return std::count_if(all.begin(), all.end(), [pts, before](const base::Observation &one) {
            return one.origin == Origin::Propagated && (before ? one.pts < pts : one.pts > pts);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(followed(true) >= 5 && followed(false) >= 5, 20'000);
    QVERIFY(document().tracks[0].decision == base::Decision{});
    for (const base::Observation &one : document().tracks[0].observations) {
        const auto frame = std::find_if(made.source.frames.begin(), made.source.frames.end(),
                                        [&one](const base::FrameTime &time) { return time.pts == one.pts; });
        testsupport::DemoTruth then;
        (void)testsupport::drawDemoFrame(demo, int(frame - made.source.frames.begin()), &then);
        QVERIFY(base::intersectionOverUnion(one.box, then.faces[0]) > 0.3);
    }
}

/// Two people in front of a test picture, each always in the same place: the left one in red and green, the right one
/// in blue and a last shade that makes the file another one.
QString TestReviewPlace::dressedClip(const QString &name, int lastShade)
{
    const QString path = m_folder->filePath(name);
    testsupport::CounterClip clip;
    clip.size = pictureSize;
    clip.frames = frameCount;
    clip.rate = QStringLiteral("15");
    QStringList boxes;
    const auto paint = [&boxes](int x, int y, int width, int height, const QString &colour) {
        boxes += QStringLiteral("drawbox=x=%1:y=%2:w=%3:h=%4:color=%5:t=fill")
                     .arg(x)
                     .arg(y)
                     .arg(width)
                     .arg(height)
                     .arg(colour);
    };
    for (const auto &[x, chest, waist] :
         {std::tuple(60, QStringLiteral("0xb02020"), QStringLiteral("0x208040")),
          std::tuple(300, QStringLiteral("0x2040c0"), QStringLiteral("0xc0a0%1").arg(lastShade, 2, 16, QChar(u'0')))}) {
        paint(x - 30, 30, 100, 85, QStringLiteral("0xa07050"));
        paint(x - 30, 115, 100, 50, chest);
        paint(x - 30, 165, 100, 60, waist);
    }
    clip.filters = boxes.join(QLatin1Char(','));
    return testsupport::makeCounterClip(path, clip) ? path : QString();
}

void TestReviewPlace::alikePeopleAreAskedAboutAndMerged()
{
    const QString clip = dressedClip(QStringLiteral("porch-0001.mp4"), 16);
    QVERIFY(!clip.isEmpty());
    ReviewDocument made;
    made.source.frames = m_template.source.frames;
    // The left one comes back after the right one, who is there all the time.
    made.tracks = {trackOf(m_template, 1, base::TrackKind::Face, 0, 20, {60, 60, 40, 48}),
                   trackOf(m_template, 2, base::TrackKind::Face, 0, 60, {300, 60, 40, 48}),
                   trackOf(m_template, 3, base::TrackKind::Face, 40, 20, {60, 60, 40, 48})};
    openAnother(clip, made);
    auto *card = find<SuggestionCard>("suggestionCard");
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible(), 20'000);
    const QString question = find<QLabel>("suggestionText")->text();
    QVERIFY(question.contains(QStringLiteral("Person 1")) && question.contains(QStringLiteral("Person 3")));
    QVERIFY(!question.contains(QStringLiteral("Person 2")));
    // Asked, and nothing else: nothing is merged, nothing is stored.
    QCOMPARE(document().tracks.size(), std::size_t(3));
    QVERIFY(document().tracks == made.tracks);

    trigger("suggestionYes");
    QTRY_COMPARE(document().tracks.size(), std::size_t(2));
    QVERIFY(!card->isVisible()); // the other one is not alike
    QCOMPARE(document().tracks[0].observations.size(), std::size_t(40));
    QVERIFY(document().tracks[0].decision == base::Decision{}); // one switch, still covered
    trigger("undo");
    QTRY_VERIFY(card->isVisible());
    trigger("suggestionNo");
    QVERIFY(!card->isVisible());
    QVERIFY(document().tracks == made.tracks);

    // A no to one switch for both is none to showing both; that is asked about in full.
    select(1);
    find<QAction>("showSubject")->trigger();
    answerShow("reason-household", base::ConsentStatus::Given);
    QTRY_VERIFY(card->isVisible());
    QCOMPARE(document().tracks[2].decision.kind, base::DecisionKind::Cover);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    find<QAction>("suggestionYes")->trigger();
    auto *dialog = find<QDialog>("showDialog");
    QCOMPARE(document().tracks[2].decision.kind, base::DecisionKind::Cover); // until it is confirmed
    dialog->findChild<QPushButton *>(QStringLiteral("showAccept"))->click();
    waitSaved();
    QVERIFY(document().tracks[2].decision == document().tracks[0].decision);
    QCOMPARE(document().tracks[1].decision.kind, base::DecisionKind::Cover);
    QVERIFY(!card->isVisible());
}

void TestReviewPlace::whomTheOwnerShowsIsOfferedInOtherClips()
{
    const QString first = dressedClip(QStringLiteral("porch-0001.mp4"), 16);
    const QString second = dressedClip(QStringLiteral("porch-0002.mp4"), 80);
    ReviewDocument made;
    made.source.frames = m_template.source.frames;
    made.tracks = {trackOf(m_template, 1, base::TrackKind::Face, 0, 40, {60, 60, 40, 48}),
                   trackOf(m_template, 2, base::TrackKind::Face, 0, 60, {300, 60, 40, 48})};
    openAnother(first, made);
    auto *card = find<SuggestionCard>("suggestionCard");
    select(1);
    find<QAction>("showSubject")->trigger();
    answerShow("reason-household", base::ConsentStatus::Given);
    const base::Decision decision = document().tracks[0].decision;
    // Their looks are known soon after the first picture; nothing in this clip is to be asked about.
    QTest::qWait(1500);
    QVERIFY(!card->isVisible());

    openAnother(second, made);
    QTRY_VERIFY_WITH_TIMEOUT(card->isVisible(), 20'000);
    QVERIFY(find<QLabel>("suggestionText")->text().contains(QStringLiteral("porch-0001.mp4")));
    QVERIFY(document().tracks == made.tracks);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    find<QAction>("suggestionYes")->trigger();
    auto *dialog = find<QDialog>("showDialog");
    QVERIFY(dialog->findChild<QRadioButton *>(QStringLiteral("reason-household"))->isChecked());
    dialog->findChild<QPushButton *>(QStringLiteral("showAccept"))->click();
    waitSaved();
    QVERIFY(document().tracks[0].decision == decision);
    QCOMPARE(document().tracks[1].decision.kind, base::DecisionKind::Cover); // in other clothes
    QVERIFY(!card->isVisible());
}

void TestReviewPlace::aThousandTracksPaintOnlyWhatIsInView()
{
    ReviewDocument large = m_template;
    large.source.frames.clear();
    const base::Rational timeBase = large.source.info.timeBase;
    const std::int64_t step = base::rescale(1, {1, 15}, timeBase);
    for (std::int64_t index = 0; index < 54'000; ++index) // an hour
        large.source.frames.push_back({index * step, step, false});
    large.tracks.clear();
    large.checks.clear();
    for (int id = 1; id <= 1000; ++id)
        large.tracks.push_back(trackOf(large, id, base::TrackKind::Face, (id * 53) % 53'000, 300, {60, 60, 40, 50}));
    const QString path = m_folder->filePath(QStringLiteral("large.doorveil"));
    QVERIFY(elsewhere([&] { return project::ProjectStore::create(path.toStdString(), large, false).hasValue(); }));
    QSignalSpy opened(review(), &ReviewPlaceBase::projectOpened);
    review()->openProject(path.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 60'000);
    auto *timeline = find<TimelineView>("timelineView");
    timeline->grab();
    const std::size_t inView = timeline->lanes().endVisible() - timeline->lanes().firstVisible();
    QCOMPARE(timeline->lanes().count, std::size_t(1000));
    QVERIFY(inView < 40);
    QCOMPARE(timeline->lanesPainted(), inView);
    timeline->setSelectedTrack(900); // scrolls there
    timeline->grab();
    QVERIFY(timeline->lanes().firstVisible() > 100);
    QVERIFY(timeline->lanesPainted() < 40);
}

void TestReviewPlace::closingInTheMiddleLosesNothing()
{
    select(1);
    find<QAction>("drawBox")->trigger();
    drag(picture(), onPicture(380, 180), onPicture(430, 240));
    QTRY_COMPARE(document().tracks.size(), std::size_t(4));
    // While it is being followed, and with edits on their way.
    select(2);
    find<QAction>("extendToEnd")->trigger();
    find<QAction>("extendToBeginning")->trigger();
    review()->closeProject();
    const ReviewDocument kept = stored();
    QCOMPARE(kept.tracks.size(), std::size_t(4));
    QCOMPARE(kept.tracks[1].observations.size(), std::size_t(frameCount));
    openProject();
    QVERIFY(document().tracks == kept.tracks);
}

QTEST_MAIN(TestReviewPlace)
#include "tst_reviewplace.moc"
