// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/blockingwork.h"
#include "documentfixture.h"
#include "isolation/videoreader.h"
#include "project/documentrules.h"
#include "project/projectstore.h"
#include "session/guithread.h"
#include "session/reviewsession.h"
#include "support/tracing.h"
#include "vision/detectorset.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <random>
#include <thread>

using namespace doorveil;
using namespace doorveil::projecttest;
using project::ProjectStore;
using project::ReviewDocument;
using testsupport::trials;
using ui::ReviewSession;

namespace {

int violations = 0;

} // namespace

/// The open project of the window: edits in order, each on disk before the next; undo; and never on the window's
/// thread.
class TestReviewSession final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        ui::installGuiThreadGuard();
        ui::setGuiThreadViolationHandler([] { ++violations; });
    }
    void cleanupTestCase() { ui::setGuiThreadViolationHandler({}); }

    void init()
    {
        violations = 0;
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = QDir(m_folder->path()).canonicalPath() + QStringLiteral("/a.doorveil");
        makeProject(sampleDocument());
    }

    void editsAreQueuedAndSaved()
    {
        {
            ReviewSession session;
            open(session);
            QSignalSpy changed(&session, &ReviewSession::documentChanged);
            for (int number = 1; number <= 10; ++number)
                session.perform(scriptedEdit(number), QStringLiteral("step %1").arg(number));
            QVERIFY(session.isSaving());
            QVERIFY(session.document() == sampleDocument()); // nothing changes before it is on disk
            QTRY_COMPARE(changed.count(), 10);
            QVERIFY(session.document() == scriptedDocument(10));
            QCOMPARE(session.undoStack()->undoText(), QStringLiteral("step 10"));
        }
        QVERIFY(stored() == scriptedDocument(10));
        QCOMPARE(violations, 0);
    }

    void closingSavesWhatWasHandedOver()
    {
        {
            ReviewSession session;
            open(session);
            for (int number = 1; number <= 10; ++number)
                session.perform(scriptedEdit(number), {});
        }
        QVERIFY(stored() == scriptedDocument(10));
    }

    void undoAndRedoAreEdits()
    {
        ReviewSession session;
        open(session);
        for (int number = 1; number <= 5; ++number)
            session.perform(scriptedEdit(number), {});
        for (int step = 0; step < 3; ++step)
            session.undo();
        session.redo();
        QTRY_VERIFY(!session.isSaving());
        QVERIFY(session.document() == scriptedDocument(3));
        session.undo();
        session.undo();
        session.undo();
        session.undo(); // one more than there is
        QTRY_VERIFY(!session.isSaving());
        QVERIFY(session.document() == sampleDocument());
        QVERIFY(!session.undoStack()->canUndo() && session.undoStack()->canRedo());
    }

    void recordsAreNoSteps()
    {
        ReviewSession session;
        open(session);
        session.perform(scriptedEdit(1), QStringLiteral("step"));
        QSignalSpy recorded(&session, &ReviewSession::recorded);
        session.record(project::SetWatched{{{0, 900}}});
        session.record(project::SetWatched{{{900, 0}}}); // refused, silently
        QTRY_VERIFY(!session.isSaving());
        QCOMPARE(recorded.count(), 1);
        QCOMPARE(session.undoStack()->count(), 1);
        session.undo();
        QTRY_VERIFY(!session.isSaving());
        ReviewDocument expected = sampleDocument();
        expected.watched = {{0, 900}};
        QVERIFY(session.document() == expected); // what was watched stays watched
    }

    void refusedEditsAreToldAndOthersGoOn()
    {
        ReviewSession session;
        open(session);
        QSignalSpy failed(&session, &ReviewSession::editFailed);
        session.perform(project::RemoveTrack{4711}, QStringLiteral("impossible"));
        session.perform(scriptedEdit(1), QStringLiteral("possible"));
        QTRY_VERIFY(!session.isSaving());
        QCOMPARE(failed.count(), 1);
        QCOMPARE(failed[0][0].toString(), QStringLiteral("impossible"));
        QVERIFY(session.document() == scriptedDocument(1));
    }

    void secondWindowIsRefusedPolitely()
    {
        ReviewSession first;
        open(first);
        ReviewSession second;
        QSignalSpy failed(&second, &ReviewSession::openFailed);
        second.open(m_path.toStdString());
        QTRY_COMPARE(failed.count(), 1);
        const auto error = failed[0][0].value<base::Error>();
        QCOMPARE(error.failureClass, QStringLiteral("project-in-use"));
        QVERIFY2(error.message.contains(QStringLiteral("a.doorveil")), qPrintable(error.message));
        QVERIFY(!second.isOpen());
        first.perform(scriptedEdit(1), {}); // and the first one goes on
        QTRY_VERIFY(first.document() == scriptedDocument(1));
    }

    /// 10,000 operations in a full run: invariants hold, and the document is what a replay of the log gives.
    void randomEditsEqualTheirLog()
    {
        const int operations = trials(400, 10'000);
        std::mt19937 random(2026);
        ReviewDocument last;
        {
            ReviewSession session;
            open(session);
            int undone = 0;
            for (int done = 0; done < operations; ++done) {
                switch (random() % 8) {
                case 0:
                    session.undo();
                    ++undone;
                    break;
                case 1:
                    session.redo();
                    break;
                default:
                    session.perform(randomEdit(session.document(), random), QStringLiteral("step"));
                }
                if (random() % 4 == 0) { // otherwise several are on their way at once
                    QTRY_VERIFY_WITH_TIMEOUT(!session.isSaving(), 30'000);
                    if (const auto valid = project::validate(session.document()); !valid)
                        QFAIL(qPrintable(valid.error().message));
                }
            }
            QTRY_VERIFY_WITH_TIMEOUT(!session.isSaving(), 30'000);
            QVERIFY(undone > operations / 16);
            last = session.document();
            // All the way back.
            while (session.undoStack()->canUndo()) {
                session.undo();
                QTRY_VERIFY_WITH_TIMEOUT(!session.isSaving(), 30'000);
            }
            QVERIFY(session.document() == sampleDocument());
            while (session.undoStack()->canRedo()) {
                session.redo();
                QTRY_VERIFY_WITH_TIMEOUT(!session.isSaving(), 30'000);
            }
        }
        QCOMPARE(violations, 0);
        const auto store = ProjectStore::open(m_path.toStdString());
        QVERIFY(store.hasValue());
        ReviewDocument replayed = sampleDocument();
        const auto log = (*store)->log();
        QVERIFY(log.hasValue());
        for (const project::LogEntry &entry : *log) {
            const auto edit = project::editFromJson(entry.edit);
            QVERIFY(edit.hasValue());
            QVERIFY(project::apply(replayed, *edit).hasValue());
        }
        QVERIFY(replayed == (*store)->document());
    }

    void killedWhileEditing_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::newRow("edits") << QStringLiteral("edit");
        QTest::newRow("control: acknowledged too early") << QStringLiteral("early");
    }
    void killedWhileEditing()
    {
        QFETCH(QString, mode);
        const bool careful = mode == QStringLiteral("edit");
        const int rounds = careful ? trials(20, 200) : 8;
        std::vector<ReviewDocument> states;
        for (int edits = 0; edits <= 60; ++edits)
            states.push_back(scriptedDocument(edits));
        std::mt19937 random(7);
        int killed = 0;
        int lost = 0;
        for (int round = 0; round < rounds; ++round) {
            init();
            const int killAfter = careful ? int(random() % 60) : 60;
            const std::chrono::microseconds pause(careful ? random() % 3'000 : 0);
            const KilledRun run =
                runAndKill(QStringLiteral(SESSION_HELPER), {mode, m_path, QStringLiteral("1"), QStringLiteral("60")},
                           killAfter, pause);
            QVERIFY(run.started);
            killed += run.killed ? 1 : 0;
            const int acknowledged = run.acknowledged;
            const ReviewDocument now = stored();
            // The acknowledged ones, or those and the one that was on its way.
            const bool kept = now == states[std::size_t(acknowledged)]
                              || (acknowledged < 60 && now == states[std::size_t(acknowledged) + 1]);
            lost += kept ? 0 : 1;
        }
        qInfo("%d runs, %d killed, %d with an acknowledged edit lost", rounds, killed, lost);
        QVERIFY(killed > rounds / 2);
        QCOMPARE(lost > 0, !careful);
    }

    /// Decoding, detection and SQLite announce themselves; on the window's thread each is caught (the controls), on
    /// another one none is.
    void blockingWorkIsCaughtOnTheWindowsThread_data()
    {
        QTest::addColumn<int>("work");
        QTest::newRow("decoding") << int(base::BlockingWork::Decoding);
        QTest::newRow("detection") << int(base::BlockingWork::Detection);
        QTest::newRow("database") << int(base::BlockingWork::Database);
    }
    void blockingWorkIsCaughtOnTheWindowsThread()
    {
        QFETCH(int, work);
        const auto begin = [this, work] {
            switch (base::BlockingWork(work)) {
            case base::BlockingWork::Decoding:
                (void)isolation::openClip(-1);
                break;
            case base::BlockingWork::Detection:
                (void)vision::loadDetectors(vision::DetectorChoice::Embedded);
                break;
            case base::BlockingWork::Database:
                (void)ProjectStore::open(m_path.toStdString());
                break;
            }
        };
        std::thread elsewhere(begin);
        elsewhere.join();
        QCOMPARE(violations, 0);
        begin();
        QVERIFY(violations > 0);
    }

private:
    void makeProject(const ReviewDocument &document) const
    {
        std::thread([this, &document] {
            if (!ProjectStore::create(m_path.toStdString(), document, false))
                qFatal("the project could not be made");
        }).join();
    }
    [[nodiscard]] ReviewDocument stored() const
    {
        ReviewDocument document;
        std::thread([this, &document] {
            const auto store = ProjectStore::open(m_path.toStdString());
            if (!store)
                qFatal("%s", qPrintable(store.error().message));
            document = (*store)->document();
        }).join();
        return document;
    }
    void open(ReviewSession &session) const
    {
        QSignalSpy opened(&session, &ReviewSession::opened);
        session.open(m_path.toStdString());
        QTRY_COMPARE(opened.count(), 1);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestReviewSession)
#include "tst_reviewsession.moc"
