// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/runcli.h"
#include "pipeline/batch/batchfolder.h"
#include "pipeline/batch/batchreport.h"
#include "pipeline/source.h"
#include "project/projectstore.h"
#include "support/batchclips.h"
#include "support/media.h"
#include "support/testdata.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <map>
#include <sys/stat.h>
#include <thread>

using namespace doorveil;
using namespace doorveil::pipeline::batch;
using testsupport::CliRun;
using testsupport::runCli;

/// Whole batches of small clips: killed and resumed, divided and merged, watched. DOORVEIL_FULL=1 takes 200 clips and
/// 20 kills.
class TestBatch final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void oneRun();
    void outputsAreComparedByteForByte();
    void killedAndResumed();
    void partsMergedEqualOneRun();
    void aMergeRefusesWhatWasChanged();
    void resumeNeitherSkipsNorRepeatsWrongly();
    void foreignFilesAreNeverReplaced();
    void calledOffCleanly();
    void twoBatchesOnOneFolder();
    void rulesReachTheClips();
    void reportShowsOnlyCoveredPictures();
    void watchTakesFinishedClips();
    void dryRunWritesNothing();
    void usageErrors_data();
    void usageErrors();

private:
    [[nodiscard]] std::string at(const char *name) const { return (m_folder->path().toStdString() + "/") + name; }
    [[nodiscard]] std::string clips() const { return m_clips.path().toStdString(); }
    void policy(const QByteArray &rules = {}) const;
    [[nodiscard]] std::vector<std::string> batchWords(const std::string &input, const std::string &output,
                                                      const std::vector<std::string> &more) const;
    /// In this process.
    [[nodiscard]] CliRun batch(const std::string &input, const std::string &output,
                               const std::vector<std::string> &more = {}) const
    {
        return runCli(batchWords(input, output, more));
    }

    QTemporaryDir m_clips;
    QTemporaryDir m_reference; ///< one uninterrupted run over all clips
    std::unique_ptr<QTemporaryDir> m_folder;
    testsupport::BatchClips m_made;
    int m_kills = 0;
    qint64 m_milliseconds = 0; ///< that the uninterrupted run took
};

namespace {

bool isFull()
{
    return qEnvironmentVariableIsSet("DOORVEIL_FULL");
}

QString text(const std::string &path)
{
    return QString::fromStdString(path);
}

/// Everything below a folder that has to be the same whoever made it: name to content. Projects hold the time of their
/// making, and are compared by what they say; the lock and the division are of the run, not of the result.
std::map<QString, QByteArray> contentOf(const std::string &folder)
{
    std::map<QString, QByteArray> content;
    const QDir root(text(folder));
    QDirIterator entries(root.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString path = entries.next();
        const QString name = root.relativeFilePath(path);
        if (name.endsWith(QStringLiteral("/lock")) || name.endsWith(QStringLiteral("shards.json")))
            continue;
        if (name.endsWith(QStringLiteral(".doorveil"))) {
            const auto store = project::ProjectStore::open(path.toStdString());
            content[name] = store ? QByteArray::number((*store)->document().tracks.size()) + ' '
                                        + QByteArray::number((*store)->document().checks.size())
                                  : QByteArray("not a project");
            continue;
        }
        content[name] = testsupport::readAll(path);
    }
    return content;
}

/// The first line that differs, of both.
QString lineThatDiffers(const QByteArray &expected, const QByteArray &found)
{
    const auto [one, other] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
    const auto lineAt = [](const QByteArray &bytes, qsizetype place) {
        const qsizetype begin = place > 0 ? bytes.lastIndexOf('\n', place - 1) + 1 : 0;
        return QString::fromUtf8(bytes.mid(begin, 200).split('\n').constFirst());
    };
    return QStringLiteral("at %1: %2 / %3")
        .arg(one - expected.begin())
        .arg(lineAt(expected, one - expected.begin()), lineAt(found, other - found.begin()));
}

/// The first difference, as a sentence; empty where there is none.
QString difference(const std::map<QString, QByteArray> &expected, const std::map<QString, QByteArray> &found)
{
    for (const auto &[name, bytes] : expected) {
        const auto other = found.find(name);
        if (other == found.end())
            return QStringLiteral("%1 is missing").arg(name);
        if (other->second != bytes)
            return QStringLiteral("%1 differs %2").arg(name, lineThatDiffers(bytes, other->second));
    }
    for (const auto &[name, bytes] : found) {
        if (!expected.contains(name))
            return QStringLiteral("%1 should not be there").arg(name);
    }
    return {};
}

void verifySame(const std::map<QString, QByteArray> &expected, const std::map<QString, QByteArray> &found)
{
    const QString first = difference(expected, found);
    QVERIFY2(first.isEmpty(), qPrintable(first));
}

/// When each finished clip's file came to be: changes when a clip is done twice.
std::map<QString, std::pair<quint64, qint64>> births(const std::string &folder)
{
    std::map<QString, std::pair<quint64, qint64>> all;
    const auto records = BatchFolder::readRecords(folder);
    if (!records)
        return all;
    for (const ClipRecord &record : *records) {
        struct stat status = {};
        if (record.state == ClipState::Done
            && ::stat(BatchFolder::outputsIn(folder, record.name).clip.c_str(), &status) == 0)
            all[record.name] = {status.st_ino, status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
    }
    return all;
}

std::vector<ClipRecord> recordsIn(const std::string &folder)
{
    const auto records = BatchFolder::readRecords(folder);
    return records ? *records : std::vector<ClipRecord>();
}

ClipRecord recordOf(const std::string &folder, const char *name)
{
    for (const ClipRecord &record : recordsIn(folder)) {
        if (record.name == QLatin1String(name))
            return record;
    }
    return {};
}

QString cliProgram()
{
    return QStringLiteral(DOORVEIL_BINARY_DIR) + QStringLiteral("/app/doorveil-cli");
}

QStringList toArguments(const std::vector<std::string> &words)
{
    QStringList arguments;
    for (const std::string &word : words)
        arguments += text(word);
    return arguments;
}

/// By the program itself. Records hold the program's hash, so all that is compared has to be made by the same one.
CliRun runProgram(const std::vector<std::string> &words)
{
    QProcess process;
    process.start(cliProgram(), toArguments(words));
    if (!process.waitForFinished(isFull() ? 3'600'000 : 200'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

void TestBatch::policy(const QByteArray &rules) const
{
    const QByteArray body = R"(version = 1
name = "{folder}/{stem}"
preset = "ultrafast"
include = ["**/*.mp4", "**/*.mkv", "**/*.mov"]
)" + rules;
    QVERIFY(testsupport::writeAll(text(at("P.toml")), body));
}

std::vector<std::string> TestBatch::batchWords(const std::string &input, const std::string &output,
                                               const std::vector<std::string> &more) const
{
    std::vector<std::string> words{"batch", input, "-o", output, "--policy", at("P.toml")};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// Small clips, cut, scaled, rotated and damaged: drawn ones, and cut from the real ones at full numbers.
void TestBatch::initTestCase()
{
    const auto made = testsupport::makeBatchClips(
        m_clips.path(), isFull() ? 200 : 8, isFull() ? testsupport::testData(QStringLiteral("clips/dev")) : QString());
    QVERIFY(made);
    m_made = *made;
    m_kills = isFull() ? 20 : 4;
    m_folder = std::make_unique<QTemporaryDir>();
    policy();
    QElapsedTimer timer;
    timer.start();
    const CliRun run = runProgram(batchWords(clips(), m_reference.path().toStdString(), {"--jobs", "2"}));
    QVERIFY2(run.exit == 1, run.err.constData());
    m_milliseconds = timer.elapsed();
    qInfo("%d clips in %.1f s", m_made.count, double(m_milliseconds) / 1000);
}

void TestBatch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    policy();
}

void TestBatch::oneRun()
{
    const std::string folder = m_reference.path().toStdString();
    const auto records = BatchFolder::readRecords(folder);
    QVERIFY(records);
    const BatchTotals totals = totalsOf(*records);
    // Of two hundred made by the same rules some are the same, and are done once.
    std::int64_t copies = 0;
    for (const ClipRecord &record : *records)
        copies += record.copies.size();
    QCOMPARE(totals.clips + copies, std::int64_t(m_made.count));
    QCOMPARE(totals.failed + totals.checkFailed + totals.done, totals.clips);
    QVERIFY(totals.failed >= m_made.unreadable);
    QVERIFY(totals.done > m_made.count / 2);
    for (const ClipRecord &record : *records) {
        const OutputPaths paths = BatchFolder::outputsIn(folder, record.name);
        const bool done = record.state == ClipState::Done;
        QCOMPARE(std::filesystem::exists(paths.clip), done);
        if (!done) // every bad one is listed with its cause
            QVERIFY(record.failure.message.contains(record.clip.section(QLatin1Char('/'), -1)));
    }
    // What is finished is what `verify` calls good.
    const ClipRecord first = recordOf(folder, "front/clip000");
    QCOMPARE(first.state, ClipState::Done);
    const OutputPaths paths = BatchFolder::outputsIn(folder, first.name);
    const CliRun verified = runCli({"verify", paths.clip.string(), "--project", paths.project.string(), "--source",
                                    clips() + "/front/clip000.mp4"});
    QVERIFY2(verified.exit == 0, verified.out.constData());
    const QJsonObject report =
        QJsonDocument::fromJson(testsupport::readAll(text(folder) + QStringLiteral("/batch-report.json"))).object();
    QCOMPARE(report.value(QStringLiteral("clips")).toArray().size(), qsizetype(totals.clips));
}

/// The comparison of the tests below: a single bit, a file more and a file less have to be seen.
void TestBatch::outputsAreComparedByteForByte()
{
    const auto whole = contentOf(m_reference.path().toStdString());
    QVERIFY(whole.size() > std::size_t(m_made.count));
    verifySame(whole, whole);
    for (const auto &[name, bytes] : whole) {
        auto changed = whole;
        changed[name][bytes.size() / 2] = char(changed[name][bytes.size() / 2] ^ 1);
        QVERIFY(!difference(whole, changed).isEmpty());
        changed = whole;
        changed.erase(name);
        QVERIFY(!difference(whole, changed).isEmpty());
        QVERIFY(!difference(changed, whole).isEmpty());
    }
}

void TestBatch::killedAndResumed()
{
    // Kills come at random moments of the program, in another process; the seed is told, so that a failure comes again.
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const std::string output = at("out");
    const QStringList arguments = toArguments(batchWords(clips(), output, {"--jobs", "2", "--resume"}));
    std::map<QString, std::pair<quint64, qint64>> finished;
    int killed = 0;
    const auto unchanged = [&finished, &output] {
        const auto now = births(output);
        for (const auto &[name, birth] : finished) {
            const auto found = now.find(name);
            if (found == now.end() || found->second != birth)
                return false;
        }
        finished = now;
        return true;
    };
    // All through the batch, and soon enough that it is rarely done before the last; then it begins anew.
    const auto longest = int(std::max<qint64>(m_milliseconds * 2 / m_kills, 500));
    for (int attempt = 0; attempt < m_kills * 4 && killed < m_kills; ++attempt) {
        QProcess process;
        process.start(cliProgram(), arguments);
        QVERIFY(process.waitForStarted());
        if (process.waitForFinished(50 + int(random.bounded(longest)))) {
            // It was done before; begin anew, so that every kill counts.
            QVERIFY(unchanged());
            QVERIFY(QDir(text(output)).removeRecursively());
            finished.clear();
            continue;
        }
        process.kill();
        QVERIFY(process.waitForFinished());
        ++killed;
        QVERIFY2(unchanged(), "a clip that was done was done again");
    }
    QCOMPARE(killed, m_kills);
    const std::size_t done = finished.size();
    qInfo("%d kills, %zu of %d clips done before the last run", killed, done, m_made.count);
    const CliRun last = runProgram(batchWords(clips(), output, {"--jobs", "2", "--resume"}));
    QVERIFY2(last.exit == 1, last.err.constData());
    QVERIFY(unchanged());
    verifySame(contentOf(m_reference.path().toStdString()), contentOf(output));
}

void TestBatch::partsMergedEqualOneRun()
{
    std::vector<std::string> merge{"batch", "merge"};
    std::size_t parts = 0;
    for (const char *shard : {"1/3", "2/3", "3/3"}) {
        const std::string folder = at("part") + std::string(shard).substr(0, 1);
        const int exit = runProgram(batchWords(clips(), folder, {"--shard", shard})).exit;
        QVERIFY(exit == 0 || exit == 1 || exit == 4 || exit == 5);
        parts += recordsIn(folder).size();
        merge.push_back(folder);
        if (merge.size() == 4) {
            // A part is missing: said, and no success.
            std::vector<std::string> early = merge;
            early.insert(early.end(), {"-o", at("early")});
            const CliRun run = runCli(early);
            QCOMPARE(run.exit, 1);
            QVERIFY(run.err.contains("3/3"));
        }
    }
    QCOMPARE(parts, recordsIn(m_reference.path().toStdString()).size());
    merge.insert(merge.end(), {"-o", at("merged")});
    const CliRun run = runCli(merge);
    QCOMPARE(run.exit, 1); // as the one run: there are bad clips
    verifySame(contentOf(m_reference.path().toStdString()), contentOf(at("merged")));
    // Merging again changes nothing.
    QCOMPARE(runCli(merge).exit, 1);
    verifySame(contentOf(m_reference.path().toStdString()), contentOf(at("merged")));
}

void TestBatch::aMergeRefusesWhatWasChanged()
{
    const std::string one = clips() + "/front/clip000.mp4";
    QCOMPARE(batch(one, at("part")).exit & ~5, 0);
    const QString exported = text(at("part/clip000.mp4"));
    QByteArray bytes = testsupport::readAll(exported);
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    QVERIFY(testsupport::writeAll(exported, bytes));
    const CliRun run = runCli({"batch", "merge", at("part"), "-o", at("merged")});
    QCOMPARE(run.exit, 1);
    QVERIFY(run.err.contains("clip000"));
    QVERIFY(!std::filesystem::exists(at("merged/clip000.mp4")));
    QCOMPARE(runCli({"batch", "merge", at("nowhere")}).exit, 2);
}

void TestBatch::resumeNeitherSkipsNorRepeatsWrongly()
{
    const std::string one = clips() + "/front/clip000.mp4";
    const std::string output = at("out");
    const auto resume = [&] { return batch(one, output, {"--resume"}); };
    QCOMPARE(batch(one, output).exit & ~5, 0);
    auto before = births(output);
    QCOMPARE(before.size(), std::size_t(1));
    QCOMPARE(resume().exit & ~5, 0);
    QVERIFY(births(output) == before);
    // A record of a clip whose output is gone is not believed.
    QVERIFY(std::filesystem::remove(at("out/clip000.mp4")));
    QCOMPARE(resume().exit & ~5, 0);
    QCOMPARE(births(output).size(), std::size_t(1));
    // Another rule does it again, under the same name.
    const QString hash = recordOf(output, "clip000").outputSha256;
    policy("style = \"solid\"\n");
    QCOMPARE(resume().exit & ~5, 0);
    QVERIFY(recordOf(output, "clip000").key.rules != QString());
    QCOMPARE(recordsIn(output).size(), std::size_t(1));
    before = births(output);
    QVERIFY(resume().err.contains("0 clips to do"));
    QVERIFY(births(output) == before);
    // What somebody made of it since is neither skipped silently nor written over.
    QVERIFY(testsupport::writeAll(text(at("out/clip000.mp4")), "mine"));
    const CliRun changed = resume();
    QVERIFY(changed.err.contains("left alone"));
    QCOMPARE(testsupport::readAll(text(at("out/clip000.mp4"))), QByteArray("mine"));
    // Without --resume nothing is mixed.
    QCOMPARE(batch(one, output).exit, 2);
}

void TestBatch::foreignFilesAreNeverReplaced()
{
    QDir(text(at("."))).mkdir(QStringLiteral("out"));
    QVERIFY(testsupport::writeAll(text(at("out/clip000.mp4")), "precious"));
    const CliRun run = batch(clips() + "/front/clip000.mp4", at("out"));
    QCOMPARE(run.exit, 1);
    QVERIFY(run.err.contains("did not write it"));
    QCOMPARE(testsupport::readAll(text(at("out/clip000.mp4"))), QByteArray("precious"));

    // The clip's own folder as the output folder, with a name that is the clip's: the original is no output.
    QDir(text(at("."))).mkdir(QStringLiteral("own"));
    QVERIFY(QFile::copy(text(clips() + "/front/clip000.mp4"), text(at("own/clip000.mp4"))));
    const QByteArray original = testsupport::readAll(text(at("own/clip000.mp4")));
    QCOMPARE(batch(at("own/clip000.mp4"), at("own")).exit, 1);
    QCOMPARE(testsupport::readAll(text(at("own/clip000.mp4"))), original);
    // Not even where a record claims that it is the batch's.
    auto records = BatchFolder::readRecords(at("own"));
    QCOMPARE(records->size(), std::size_t(1));
    records->front().state = ClipState::Started;
    {
        auto folder = BatchFolder::open(at("own"), true);
        QVERIFY(folder && (*folder)->store(records->front()));
    }
    QCOMPARE(batch(at("own/clip000.mp4"), at("own"), {"--resume"}).exit, 1);
    QCOMPARE(testsupport::readAll(text(at("own/clip000.mp4"))), original);
}

void TestBatch::calledOffCleanly()
{
    QProcess process;
    process.start(cliProgram(),
                  {QStringLiteral("batch"), text(clips()), QStringLiteral("-o"), text(at("out")),
                   QStringLiteral("--policy"), text(at("P.toml")), QStringLiteral("--jobs"), QStringLiteral("2")});
    QVERIFY(process.waitForStarted());
    // Once the first clip is done there is something to lose.
    QElapsedTimer waited;
    waited.start();
    while (births(at("out")).empty() && process.state() == QProcess::Running && waited.elapsed() < 60'000)
        QTest::qWait(20);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QVERIFY(process.exitCode() == 130 || process.exitCode() == 1); // 1 where it was just done
    // Nothing half: every record is of a finished clip, and nothing temporary is left.
    for (const ClipRecord &record : recordsIn(at("out")))
        QVERIFY(record.state != ClipState::Started);
    for (const auto &[name, content] : contentOf(at("out")))
        QVERIFY2(!name.endsWith(QStringLiteral(".part")), qPrintable(name));
    QVERIFY(!births(at("out")).empty());

    // In this process: called off before it begins.
    QCOMPARE(runCli({"batch", clips(), "-o", at("never"), "--policy", at("P.toml")}, true).exit, 130);
    QVERIFY(births(at("never")).empty());
}

void TestBatch::twoBatchesOnOneFolder()
{
    auto folder = BatchFolder::open(at("out"), false);
    QVERIFY(folder);
    const CliRun run = batch(clips(), at("out"), {"--resume"});
    QCOMPARE(run.exit, 2);
    QVERIFY(run.err.contains("another batch"));
    QCOMPARE(runCli({"batch", "merge", at("out"), "-o", at("merged")}).exit, 2);
}

void TestBatch::rulesReachTheClips()
{
    policy(R"(
[review]
reasons = ["nobody-found"]
[[camera]]
name = "the gate"
path = "gate/clip001.mp4"
style = "solid"
cover = "person"
trim = "00:00:00.200-00:10:00"
[[camera.zone]]
label = "window"
corners = "0%,0% 25%,0% 25%,25% 0%,25%"
)");
    QDir(text(at("."))).mkpath(QStringLiteral("in/gate"));
    for (const char *name : {"gate/clip001.mp4", "front/clip000.mp4"})
        QVERIFY(QFile::copy(text(clips() + "/" + name), text(at("in/") + (name[0] == 'g' ? name : "clip000.mp4"))));
    (void)batch(at("in"), at("out"), {"--report", at("r.json")});
    const ClipRecord gate = recordOf(at("out"), "gate/clip001");
    QCOMPARE(gate.state, ClipState::Done);
    QCOMPARE(gate.camera, QStringLiteral("the gate"));
    const QJsonObject report =
        QJsonDocument::fromJson(testsupport::readAll(text(at("out/gate/clip001.report.json")))).object();
    QCOMPARE(report.value(QStringLiteral("style")).toString(), QStringLiteral("solid"));
    QCOMPARE(report.value(QStringLiteral("cover")).toString(), QStringLiteral("person"));
    QCOMPARE(report.value(QStringLiteral("source_frames")).toInt(),
             report.value(QStringLiteral("exported_frames")).toInt() + 2); // 10 frames a second
    const auto store = project::ProjectStore::open(at("out/gate/clip001.doorveil"));
    QVERIFY(store);
    QCOMPARE((*store)->document().zones.size(), std::size_t(1));
    QCOMPARE((*store)->document().zones.front().label, QStringLiteral("window"));
    const ClipRecord other = recordOf(at("out"), "clip000");
    QCOMPARE(other.state, ClipState::Done);
    QCOMPARE(other.camera, QString());
    QVERIFY(QFile::exists(text(at("r.json"))));
    QCOMPARE(testsupport::readAll(text(at("r.json"))), testsupport::readAll(text(at("out/batch-report.json"))));
}

/// The pictures of the page come from covered files only: a file that is not the batch's own gives none.
void TestBatch::reportShowsOnlyCoveredPictures()
{
    policy("[review]\nreasons = [\"nobody-found\", \"bridged-gap\", \"weak-score\", \"track-ends-inside\", "
           "\"basic-detectors\", \"second-opinion\"]\nweak_score = 1.0\n[[zone]]\ncorners = \"0,0 40,0 40,40\"\n");
    const std::string one = clips() + "/front/clip000.mp4";
    (void)batch(one, at("out"));
    ClipRecord record = recordOf(at("out"), "clip000");
    QCOMPARE(record.state, ClipState::Done);
    if (!record.needsReview()) {
        auto folder = BatchFolder::open(at("out"), true);
        record.review = {{QStringLiteral("weak-score"), 0, 0}};
        QVERIFY((*folder)->store(record));
    }
    {
        auto folder = BatchFolder::open(at("out"), true);
        QVERIFY(writeBatchReport(**folder, {}, {}));
    }
    QVERIFY(testsupport::readAll(text(at("out/batch-report.html"))).contains("data:image/jpeg;base64,"));
    // The planted defect: the uncovered original in the covered clip's place.
    QVERIFY(std::filesystem::copy_file(one, at("out/clip000.mp4"), std::filesystem::copy_options::overwrite_existing));
    {
        auto folder = BatchFolder::open(at("out"), true);
        QVERIFY(writeBatchReport(**folder, {}, {}));
    }
    const QByteArray page = testsupport::readAll(text(at("out/batch-report.html")));
    QVERIFY(page.contains("clip000"));
    QVERIFY(!page.contains("data:image"));
}

void TestBatch::watchTakesFinishedClips()
{
    policy("[run]\nsettle_seconds = 0.2\n");
    QDir(text(at("."))).mkdir(QStringLiteral("in"));
    QProcess process;
    process.start(cliProgram(), {QStringLiteral("batch"), text(at("in")), QStringLiteral("-o"), text(at("out")),
                                 QStringLiteral("--policy"), text(at("P.toml")), QStringLiteral("--watch")});
    QVERIFY(process.waitForStarted());
    const QByteArray bytes = testsupport::readAll(text(clips() + "/front/clip000.mp4"));
    // Written in two halves by somebody who keeps it open, as a camera's export does.
    QFile slow(text(at("in/slow.mp4")));
    QVERIFY(slow.open(QIODevice::WriteOnly));
    QCOMPARE(slow.write(bytes.left(bytes.size() / 2)), bytes.size() / 2);
    QVERIFY(slow.flush());
    QVERIFY(testsupport::writeAll(text(at("in/quick.mp4")), testsupport::readAll(text(clips() + "/gate/clip001.mp4"))));
    const auto waitFor = [&](const char *name) {
        QElapsedTimer waited;
        waited.start();
        while (recordOf(at("out"), name).state != ClipState::Done && waited.elapsed() < 60'000)
            QTest::qWait(50);
        return recordOf(at("out"), name).state == ClipState::Done;
    };
    QVERIFY(waitFor("quick"));
    QVERIFY(recordOf(at("out"), "slow").name.isEmpty());
    slow.write(bytes.mid(bytes.size() / 2));
    slow.close();
    QVERIFY(waitFor("slow"));
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(QFile::exists(text(at("out/batch-report.json"))));
}

void TestBatch::dryRunWritesNothing()
{
    const CliRun run = batch(clips(), at("out"), {"--dry-run"});
    QCOMPARE(run.exit, 0);
    QCOMPARE(run.out.count("\nnew") + (run.out.startsWith("new") ? 1 : 0),
             qsizetype(recordsIn(m_reference.path().toStdString()).size()));
    QCOMPARE(testsupport::filesIn(m_folder->path().toStdString()), std::vector<std::string>{"P.toml"});
}

void TestBatch::usageErrors_data()
{
    QTest::addColumn<QString>("line");
    for (const char *line : {"batch",
                             "batch IN",
                             "batch IN -o OUT",
                             "batch -o OUT --policy P",
                             "batch IN --policy P",
                             "batch IN -o OUT --policy NONE",
                             "batch IN -o OUT --policy P --jobs 0",
                             "batch IN -o OUT --policy P --jobs x",
                             "batch IN -o OUT --policy P --shard 0/3",
                             "batch IN -o OUT --policy P --shard 4/3",
                             "batch IN -o OUT --policy P --shard 1",
                             "batch IN -o OUT --policy P --watch --dry-run",
                             "batch IN -o OUT --policy BAD",
                             "batch IN -o OUT --policy P --report P",
                             "batch merge",
                             "batch merge IN",
                             "batch merge IN --watch",
                             "policy",
                             "policy frob",
                             "policy check BAD"})
        QTest::newRow(line) << QString::fromLatin1(line);
}

void TestBatch::usageErrors()
{
    QFETCH(QString, line);
    QVERIFY(testsupport::writeAll(text(at("BAD.toml")), "version = 1\nstyel = 3\n"));
    std::vector<std::string> words;
    for (const QString &word : line.split(QLatin1Char(' '))) {
        if (word == QStringLiteral("IN"))
            words.push_back(clips());
        else if (word == QStringLiteral("OUT"))
            words.push_back(at("out"));
        else if (word == QStringLiteral("P") || word == QStringLiteral("BAD") || word == QStringLiteral("NONE"))
            words.push_back(at(word.toLatin1().constData()) + ".toml");
        else
            words.push_back(word.toStdString());
    }
    const QByteArray before = testsupport::readAll(text(at("P.toml")));
    const CliRun run = runCli(words);
    QCOMPARE(run.exit, 2);
    QVERIFY(run.out.isEmpty());
    if (line.contains(QStringLiteral("BAD")))
        QVERIFY2(run.err.contains("BAD.toml:2:1: styel"), run.err.constData());
    QVERIFY(!std::filesystem::exists(at("out")));
    QCOMPARE(testsupport::readAll(text(at("P.toml"))), before);
    QCOMPARE(runCli({"batch", at("nowhere"), "-o", at("out"), "--policy", at("P.toml")}).exit, 3);
    QVERIFY(!std::filesystem::exists(at("out")));
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
