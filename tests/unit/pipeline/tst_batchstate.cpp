// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/batchplan.h"
#include "pipeline/batch/batchreport.h"
#include "pipeline/batch/memorybudget_p.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

using namespace doorveil;
using namespace doorveil::pipeline::batch;

/// What a batch remembers, and what follows from it; no clip is decoded here.
class TestBatchState final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void recordsComeBackAsTheyWere();
    void brokenRecordsAreRefused_data();
    void brokenRecordsAreRefused();
    void aFolderIsHeldByOne();
    void anEarlierBatchIsNotMixedIn();
    void everyHashIsInOneShard();
    void whatIsDoneIsNotDoneAgain();
    void namesAreTheSameForEveryShard();
    void clipsThatTookTheProgramDownComeLast();
    void foldersAreSearched();
    void whatNeedsALookIsAQueue();
    void openFilesAreNotFinished();
    void budgetIsKept();

private:
    [[nodiscard]] std::filesystem::path at(const char *name) const
    {
        return std::filesystem::path(m_folder->path().toStdString()) / name;
    }
    void write(const std::filesystem::path &path, const QByteArray &content) const
    {
        std::filesystem::create_directories(path.parent_path());
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    [[nodiscard]] std::vector<PlannedClip>
    planFor(const std::vector<FoundClip> &found, const Policy &policy, const std::vector<ClipRecord> &records,
            const std::optional<Shard> &shard = {},
            const WorkIdentity &identity = {QStringLiteral("p"), QStringLiteral("m")}) const
    {
        ClipHashes hashes;
        const auto hashed = hashes.hash(found, {}, {});
        if (!hashed)
            return {};
        const auto plan = makeBatchPlan(*hashed, policy, identity, shard, at("out"), records, {});
        return plan ? *plan : std::vector<PlannedClip>();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

QString sha256(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

Policy policyOf(const QByteArray &text = {})
{
    return *parsePolicy("version = 1\nname = \"{folder}/{stem}\"\n" + text, QStringLiteral("policy"));
}

ClipRecord someRecord()
{
    ClipRecord record;
    record.name = QStringLiteral("a/ünïcode");
    record.clip = QStringLiteral("a/ünïcode.mp4");
    record.copies = QStringList{QStringLiteral("b.mp4")};
    record.camera = QStringLiteral("gate");
    record.key = {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"), QStringLiteral("4")};
    record.state = ClipState::Failed;
    record.outputSha256 = QStringLiteral("5");
    record.reportSha256 = QStringLiteral("6");
    record.frames = 7;
    record.tracks = 8;
    record.basic = true;
    record.hasProject = true;
    record.review = {{QStringLiteral("weak-score"), 1234, -1}};
    record.failure = {base::ErrorKind::CheckFailed, QStringLiteral("why"), QStringLiteral("class")};
    return record;
}

} // namespace

void TestBatchState::recordsComeBackAsTheyWere()
{
    const ClipRecord record = someRecord();
    const auto read = clipRecordFromJson(QJsonDocument(toJson(record)).toJson(), QStringLiteral("r"));
    QVERIFY(read);
    QVERIFY(*read == record);

    auto folder = BatchFolder::open(at("out"), false);
    QVERIFY(folder);
    QVERIFY((*folder)->store(record));
    ClipRecord changed = record;
    changed.state = ClipState::Done;
    changed.failure = {};
    QVERIFY((*folder)->store(changed));
    folder->reset();
    folder = BatchFolder::open(at("out"), true);
    QVERIFY(folder);
    QCOMPARE((*folder)->records().size(), std::size_t(1));
    QVERIFY((*folder)->records().front() == changed);
    (*folder)->forget(record.name);
    folder->reset();
    QVERIFY(BatchFolder::readRecords(at("out"))->empty());
}

void TestBatchState::brokenRecordsAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    const QJsonObject whole = toJson(someRecord());
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("half") << QJsonDocument(whole).toJson().left(200);
    for (const QString &key : whole.keys()) {
        QJsonObject object = whole;
        object.remove(key);
        QTest::newRow(qPrintable(QStringLiteral("without ") + key)) << QJsonDocument(object).toJson();
    }
    for (const char *name : {"../out", "a/../../out", "/etc/out", ".doorveil-batch/x", ""}) {
        QJsonObject object = whole;
        object[QStringLiteral("name")] = QString::fromLatin1(name);
        QTest::addRow("name %s", name) << QJsonDocument(object).toJson();
    }
}

void TestBatchState::brokenRecordsAreRefused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!clipRecordFromJson(text, QStringLiteral("r")));
}

void TestBatchState::aFolderIsHeldByOne()
{
    auto first = BatchFolder::open(at("out"), false);
    QVERIFY(first);
    const auto second = BatchFolder::open(at("out"), true);
    QVERIFY(!second);
    QCOMPARE(second.error().kind, base::ErrorKind::Usage);
    QCOMPARE(second.error().failureClass, QStringLiteral("in-use"));
    first->reset();
    QVERIFY(BatchFolder::open(at("out"), true));
}

void TestBatchState::anEarlierBatchIsNotMixedIn()
{
    {
        auto folder = BatchFolder::open(at("out"), false);
        QVERIFY((*folder)->store(someRecord()));
    }
    const auto again = BatchFolder::open(at("out"), false);
    QVERIFY(!again);
    QVERIFY(again.error().message.contains(QStringLiteral("--resume")));
}

void TestBatchState::everyHashIsInOneShard()
{
    int counts[3] = {};
    for (int number = 0; number < 300; ++number) {
        const QString hash = sha256(QByteArray::number(number));
        int takers = 0;
        for (int index = 1; index <= 3; ++index) {
            if (Shard{index, 3}.takes(hash)) {
                ++takers;
                ++counts[index - 1];
            }
        }
        QCOMPARE(takers, 1);
        const Shard whole{1, 1};
        QVERIFY(whole.takes(hash));
    }
    for (const int count : counts)
        QVERIFY(count > 60);
}

void TestBatchState::whatIsDoneIsNotDoneAgain()
{
    write(at("in/a.mp4"), "clip a");
    const std::vector<FoundClip> found{{at("in/a.mp4"), "a.mp4"}};
    const Policy policy = policyOf();
    const auto only = [&](const std::vector<ClipRecord> &records, const Policy &by, const WorkIdentity &identity) {
        return planFor(found, by, records, {}, identity).at(0).state;
    };
    const WorkIdentity identity{QStringLiteral("p"), QStringLiteral("m")};
    const std::vector<PlannedClip> fresh = planFor(found, policy, {});
    QCOMPARE(fresh.at(0).state, PlannedState::New);

    ClipRecord record;
    record.name = fresh.at(0).name;
    record.key = fresh.at(0).key;
    record.state = ClipState::Done;
    write(at("out/a.mp4"), "export");
    write(at("out/a.report.json"), "report");
    write(at("out/a.doorveil"), "project");
    record.outputSha256 = sha256("export");
    record.reportSha256 = sha256("report");
    QCOMPARE(only({record}, policy, identity), PlannedState::Done);
    // Each of the four hashes is reason enough to do it again.
    QCOMPARE(only({record}, policyOf("style = \"solid\"\n"), identity), PlannedState::Changed);
    QCOMPARE(only({record}, policy, {QStringLiteral("p2"), QStringLiteral("m")}), PlannedState::Changed);
    QCOMPARE(only({record}, policy, {QStringLiteral("p"), QStringLiteral("m2")}), PlannedState::Changed);
    write(at("in/a.mp4"), "clip b");
    QVERIFY(only({record}, policy, identity) != PlannedState::Done);
    write(at("in/a.mp4"), "clip a");
    // Every output counts, and one that somebody changed is not written over.
    for (const char *name : {"out/a.mp4", "out/a.report.json", "out/a.doorveil"}) {
        const QByteArray kept = [&] {
            QFile file(QString::fromStdString(at(name).string()));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }();
        QVERIFY(std::filesystem::remove(at(name)));
        QCOMPARE(only({record}, policy, identity), PlannedState::OutputMissing);
        write(at(name), kept);
    }
    write(at("out/a.mp4"), "somebody's");
    QCOMPARE(only({record}, policy, identity), PlannedState::OutputChanged);
    write(at("out/a.mp4"), "export");
    record.state = ClipState::Started;
    QCOMPARE(only({record}, policy, identity), PlannedState::Interrupted);
    record.state = ClipState::Failed;
    QCOMPARE(only({record}, policy, identity), PlannedState::Retry);
}

void TestBatchState::namesAreTheSameForEveryShard()
{
    std::vector<FoundClip> found;
    for (const char *name : {"a.mkv", "a.mp4", "b/a.mp4", "B/A.mp4", "copy.mp4", "lone.mp4"}) {
        write(at("in") / name, QByteArray(name) == "copy.mp4" ? QByteArray("lone.mp4") : QByteArray(name));
        found.push_back({at("in") / name, name});
    }
    const auto namesOf = [](const std::vector<PlannedClip> &plan) {
        QStringList names;
        for (const PlannedClip &clip : plan)
            names.append(clip.name);
        names.sort();
        return names;
    };
    const QStringList whole = namesOf(planFor(found, policyOf(), {}));
    QCOMPARE(whole.size(), 5); // the copy has no export of its own
    QSet<QString> unique;
    for (const QString &name : whole)
        unique.insert(name.toCaseFolded());
    QCOMPARE(unique.size(), 5);
    QStringList parts;
    for (int index = 1; index <= 3; ++index)
        parts += namesOf(planFor(found, policyOf(), {}, Shard{index, 3}));
    parts.sort();
    QCOMPARE(parts, whole);

    // A clip keeps its name when another one that would have it comes later.
    const std::vector<PlannedClip> early = planFor({found[1]}, policyOf(), {});
    QCOMPARE(early.at(0).name, QStringLiteral("a"));
    ClipRecord record;
    record.name = early.at(0).name;
    record.key = early.at(0).key;
    record.state = ClipState::Failed;
    for (const PlannedClip &clip : planFor(found, policyOf(), {record})) {
        if (clip.clip.relativePath == "a.mp4")
            QCOMPARE(clip.name, QStringLiteral("a"));
        else
            QVERIFY(clip.name != QStringLiteral("a"));
    }
}

void TestBatchState::clipsThatTookTheProgramDownComeLast()
{
    std::vector<FoundClip> found;
    for (const char *name : {"a.mp4", "b.mp4", "c.mp4"}) {
        write(at("in") / name, name);
        found.push_back({at("in") / name, name});
    }
    std::vector<PlannedClip> plan = planFor(found, policyOf(), {});
    QCOMPARE(plan.front().name, QStringLiteral("a"));
    ClipRecord record;
    record.name = QStringLiteral("a");
    record.key = plan.front().key;
    record.state = ClipState::Started;
    record.attempts = 1;
    QCOMPARE(planFor(found, policyOf(), {record}).front().name, QStringLiteral("a"));
    record.attempts = 2;
    QCOMPARE(planFor(found, policyOf(), {record}).back().name, QStringLiteral("a"));
}

void TestBatchState::foldersAreSearched()
{
    for (const char *name :
         {"in/b/x.MP4", "in/a.mp4", "in/.hidden/y.mp4", "in/.z.mp4", "in/notes.txt", "in/out/done.mp4"})
        write(at(name), name);
    std::filesystem::create_directory_symlink(at("in"), at("in/circle"));
    const auto found = findClips({at("in"), at("in/a.mp4"), at("in/notes.txt")}, policyOf(), at("in/out"), {});
    QVERIFY(found);
    QStringList names;
    for (const FoundClip &clip : *found)
        names.append(QString::fromStdString(clip.relativePath));
    // A file that is named itself is taken whatever its ending, and each file once.
    QCOMPARE(names, (QStringList{QStringLiteral("a.mp4"), QStringLiteral("b/x.MP4"), QStringLiteral("notes.txt")}));
    const auto missing = findClips({at("nowhere")}, policyOf(), {}, {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, base::ErrorKind::InputNotOpenable);
}

void TestBatchState::whatNeedsALookIsAQueue()
{
    QVERIFY(reviewQueue(at("out")).empty());
    auto folder = BatchFolder::open(at("out"), false);
    const auto store = [&](const char *name, ClipState state, bool review, bool project) {
        ClipRecord record = someRecord();
        record.name = QString::fromLatin1(name);
        record.state = state;
        record.hasProject = project;
        if (state != ClipState::Failed)
            record.failure = {};
        if (!review)
            record.review.clear();
        return (*folder)->store(record).hasValue();
    };
    QVERIFY(store("a", ClipState::Done, true, true));
    QVERIFY(store("b", ClipState::Done, false, true));
    QVERIFY(store("c", ClipState::Failed, true, true)); // a check of the finished clip
    QVERIFY(store("d", ClipState::Failed, false, false)); // nothing to look at
    QVERIFY(store("e", ClipState::Started, true, true));
    QVERIFY(reviewQueue(at("out")) == (std::vector<std::filesystem::path>{at("out/c.doorveil"), at("out/a.doorveil")}));
}

void TestBatchState::openFilesAreNotFinished()
{
#ifdef Q_OS_LINUX
    write(at("clip.mp4"), "half");
    QVERIFY(isClosed(at("clip.mp4")));
    const int writer = ::open(at("clip.mp4").c_str(), O_WRONLY | O_CLOEXEC);
    QVERIFY(writer >= 0);
    QVERIFY(!isClosed(at("clip.mp4")));
    ::close(writer);
    QVERIFY(isClosed(at("clip.mp4")));
#else
    QSKIP("this system does not tell who has a file open");
#endif
}

void TestBatchState::budgetIsKept()
{
    constexpr std::int64_t budgetBytes = 100;
    MemoryBudget budget(budgetBytes);
    std::atomic<std::int64_t> used = 0;
    std::atomic<std::int64_t> most = 0;
    std::atomic<int> largeAlone = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 12; ++number) {
        threads.emplace_back([&, number] {
            const std::int64_t bytes = number == 5 ? 500 : 40;
            const MemoryBudget::Share share(budget, bytes);
            const std::int64_t now = used += bytes;
            if (number == 5)
                largeAlone = now == bytes ? 1 : -1;
            else
                for (std::int64_t seen = most; seen < now && !most.compare_exchange_weak(seen, now);)
                    ;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            used -= bytes;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(largeAlone.load(), 1);
    QVERIFY(most <= budgetBytes);
    // Two fit at a time: neither waits for the other, or this would never end.
    const MemoryBudget::Share first(budget, 40);
    const MemoryBudget::Share second(budget, 40);
}

QTEST_GUILESS_MAIN(TestBatchState)
#include "tst_batchstate.moc"
