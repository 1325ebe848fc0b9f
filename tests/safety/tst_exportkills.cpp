// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/exportscene.h"
#include "support/media.h"
#include "support/tracing.h"

#include <QFile>
#include <QTest>

#include <random>

using namespace doorveil::testsupport;
using Kind = ExportScene::Kind;

/// G6, G19 for the export and the package: killed at any system call or moment, a file under a final name is the old
/// one or the whole new one, the original is what it was, and the next run puts all in order.
class TestExportKills final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_scene.make(); }
    void init() { QVERIFY(m_scene.isOriginalUntouched()); }
    void killedAtAnyCall_data() { programs(); }
    void killedAtAnyCall();
    void killedAtAnyMoment_data() { programs(); }
    void killedAtAnyMoment();
    void killedAgainWhileRecovering_data() { programs(); }
    void killedAgainWhileRecovering();
    void controlIsCaught();

private:
    static void programs();

    ExportScene m_scene;
    std::mt19937 m_random{2026};
};

void TestExportKills::programs()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("export") << int(Kind::Export);
    QTest::newRow("export over an old file") << int(Kind::Replace);
    QTest::newRow("package") << int(Kind::Package);
}

void TestExportKills::killedAtAnyCall()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(int, kind);
    int killed = 0;
    int complete = 0;
    for (const Point &point : m_scene.pointsOf(Kind(kind), everyCall, 7)) {
        m_scene.reset(Kind(kind));
        const TracedRun run = runTraced(commandLineProgram(), m_scene.commandOf(Kind(kind)), point.call,
                                        QStringLiteral("%1:signal=KILL:when=%2").arg(point.call).arg(point.when));
        killed += run.finished ? 0 : 1;
        const QString unsafe = m_scene.whyNotSafe(Kind(kind));
        QVERIFY2(unsafe.isEmpty(), qPrintable(point.line + QLatin1Char('\n') + unsafe));
        complete += QFile::exists(m_scene.at("work/out.mp4")) || QFile::exists(m_scene.at("work/pkg")) ? 1 : 0;
        const QString next = m_scene.whyNoNextRun(Kind(kind));
        QVERIFY2(next.isEmpty(), qPrintable(point.line + QLatin1Char('\n') + next));
    }
    qInfo("killed at %d system calls, %d times with a whole result in place", killed, complete);
    QVERIFY(killed >= 6);
}

void TestExportKills::killedAtAnyMoment()
{
    QFETCH(int, kind);
    const int rounds = trials(2, Kind(kind) == Kind::Package ? 100 : 50);
    const int longest = Kind(kind) == Kind::Package ? 1500 : 700;
    int killed = 0;
    for (int round = 0; round < rounds; ++round) {
        m_scene.reset(Kind(kind));
        const int milliseconds = 5 + int(m_random() % std::uint32_t(longest));
        const ProgramRun run =
            m_scene.home().runAndKill(commandLineProgram(), m_scene.commandOf(Kind(kind)), {}, milliseconds);
        killed += run.finished ? 0 : 1;
        QCOMPARE(m_scene.whyNotSafe(Kind(kind)), QString());
        QCOMPARE(m_scene.whyNoNextRun(Kind(kind)), QString());
    }
    qInfo("%d of %d runs were killed", killed, rounds);
    QVERIFY(killed > 0 || rounds < 3);
}

void TestExportKills::killedAgainWhileRecovering()
{
    DOORVEIL_NEEDS_TRACING();
    QFETCH(int, kind);
    const std::vector<Point> points = m_scene.pointsOf(Kind(kind), everyCall, 1'000);
    const int rounds = trials(1, 20);
    for (int round = 0; round < rounds; ++round) {
        m_scene.reset(Kind(kind));
        for (int attempt = 0; attempt < 3; ++attempt) {
            const Point &point = points[m_random() % points.size()];
            const QString injection = QStringLiteral("%1:signal=KILL:when=%2").arg(point.call).arg(point.when);
            (void)runTraced(commandLineProgram(), m_scene.commandOf(Kind(kind)), point.call, injection);
            const QString unsafe = m_scene.whyNotSafe(Kind(kind));
            QVERIFY2(unsafe.isEmpty(), qPrintable(point.line + QLatin1Char('\n') + unsafe));
        }
        QCOMPARE(m_scene.whyNoNextRun(Kind(kind)), QString());
    }
}

/// The control: a writer that is killed in the middle of its final name, and one that writes over the original, are
/// seen.
void TestExportKills::controlIsCaught()
{
    m_scene.reset(Kind::Export);
    QVERIFY(writeAll(m_scene.at("work/out.mp4"), m_scene.wholeExport().left(m_scene.wholeExport().size() / 2)));
    QVERIFY(m_scene.whyNotSafe(Kind::Export).contains(QStringLiteral("partial")));
    QVERIFY(QFile::remove(m_scene.at("work/out.mp4")));
    m_scene.reset(Kind::Replace);
    QVERIFY(QFile::remove(m_scene.at("work/out.mp4")));
    QVERIFY(!m_scene.whyNotSafe(Kind::Replace).isEmpty());
    m_scene.reset(Kind::Package);
    QVERIFY(QDir().mkpath(m_scene.at("work/pkg/data")));
    QVERIFY(!m_scene.whyNotSafe(Kind::Package).isEmpty());
    const QByteArray before = readAll(m_scene.clip());
    m_scene.pretendOriginalWas(before + 'x');
    QVERIFY(m_scene.whyNotSafe(Kind::Export).contains(QStringLiteral("original")));
    m_scene.pretendOriginalWas(before);
    // And of the next run: what is left beside the output.
    m_scene.reset(Kind::Export);
    QVERIFY(writeAll(m_scene.at("work/.doorveil-someone-else.part"), "x"));
    QVERIFY(m_scene.whyNoNextRun(Kind::Export).contains(QStringLiteral("left behind")));
}

QTEST_GUILESS_MAIN(TestExportKills)
#include "tst_exportkills.moc"
