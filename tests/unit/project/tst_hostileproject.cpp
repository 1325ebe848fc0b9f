// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/compactform_p.h"
#include "project/documentrules.h"
#include "project/projectstore.h"
#include "project/schema_p.h"
#include "support/tracing.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;
using doorveil::testsupport::trials;

namespace {

QByteArray contentOf(const std::filesystem::path &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const std::filesystem::path &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

std::filesystem::path logOf(std::filesystem::path path)
{
    return path += "-wal";
}

/// Bytes flipped (mostly near the beginning of a page, where structures are), cut, zeroed, swapped or doubled.
QByteArray mutated(QByteArray content, std::mt19937 &random)
{
    constexpr qsizetype page = 4096;
    const auto below = [&random](qsizetype bound) {
        return qsizetype(random() % std::uint32_t(std::max<qsizetype>(bound, 1)));
    };
    const qsizetype pages = content.size() / page;
    switch (random() % 8) {
    case 0:
        return content.left(below(content.size()));
    case 1: {
        const qsizetype at = below(content.size());
        std::fill_n(content.begin() + at, std::min(below(3000), content.size() - at), '\0');
        return content;
    }
    case 2: {
        const qsizetype one = below(pages) * page;
        const qsizetype other = below(pages) * page;
        const QByteArray first = content.mid(one, page);
        content.replace(one, page, content.mid(other, page));
        return content.replace(other, page, first);
    }
    case 3:
        return content.insert(below(content.size()), content.mid(below(content.size()), below(page)));
    default:
        break;
    }
    for (std::uint32_t count = 1 + random() % 12; count > 0; --count) {
        const qsizetype at = random() % 2 == 0 ? below(content.size()) : below(pages) * page + below(120);
        content[std::min(at, content.size() - 1)] = char(random());
    }
    return content;
}

} // namespace

/// G20: what somebody sends as a project either opens as it was, or is refused naming the file. Run under the
/// sanitizers by the dev-asan preset.
class TestHostileProject : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_path = std::filesystem::path(m_folder.path().toStdString()) / "sent.doorveil";
        const auto store = ProjectStore::create(m_path, sampleDocument(), false);
        QVERIFY(store);
        for (int number = 1; number <= edits; ++number)
            QVERIFY((*store)->apply(scriptedEdit(number)));
        m_log = contentOf(logOf(m_path));
        m_unclosed = contentOf(m_path);
        QVERIFY(m_log.size() > 20'000);
    }

    void mutatedFilesAreRefusedOrWhole()
    {
        const QByteArray content = contentOf(m_path); // closed: everything is in it
        const ReviewDocument expected = scriptedDocument(edits);
        std::mt19937 random(2026);
        int opened = 0;
        const int rounds = trials(300, 2000);
        for (int round = 0; round < rounds; ++round) {
            QVERIFY(put(m_path, mutated(content, random)));
            const auto store = ProjectStore::open(m_path);
            if (!store) {
                QVERIFY2(store.error().message.contains(QStringLiteral("sent.doorveil")),
                         qPrintable(store.error().message));
                continue;
            }
            ++opened;
            QVERIFY2((*store)->document() == expected, "a changed project opened");
            QVERIFY((*store)->apply(scriptedEdit(edits + 1)));
        }
        qInfo("%d of %d mutated files opened, unchanged; the others were refused", opened, rounds);
        QVERIFY(opened > 0 && opened < rounds / 2);
    }

    void mutatedLogsGiveSomeEarlierState()
    {
        std::vector<ReviewDocument> states;
        for (int count = 0; count <= edits; ++count)
            states.push_back(scriptedDocument(count));
        std::mt19937 random(2027);
        int opened = 0;
        const int rounds = trials(150, 1000);
        for (int round = 0; round < rounds; ++round) {
            QVERIFY(put(m_path, m_unclosed));
            QVERIFY(put(logOf(m_path), round == 0 ? m_log : mutated(m_log, random)));
            const auto store = ProjectStore::open(m_path);
            if (!store) {
                QVERIFY(store.error().message.contains(QStringLiteral("sent.doorveil")));
                continue;
            }
            ++opened;
            QVERIFY((*store)->wasRecovered() || round > 0);
            const bool known = std::find(states.begin(), states.end(), (*store)->document()) != states.end();
            QVERIFY2(known, "a state that never was");
            QVERIFY(round > 0 || (*store)->document() == states.back()); // control: the unharmed log has everything
        }
        QVERIFY(opened > 0);
    }

    void packedListsAreChecked()
    {
        using namespace project::internal;
        const std::vector<base::Observation> boxes = sampleTrack(1, 0, 50).observations;
        const QByteArray packed = packObservations(boxes);
        QVERIFY(packed.size() < 50 * 12);
        QCOMPARE(*unpackObservations(packed), boxes);
        const std::vector<base::FrameTime> frames = sampleDocument().source.frames;
        QCOMPARE(*unpackFrames(packFrames(frames)), frames);
        std::mt19937 random(3);
        for (int round = 0; round < 20'000; ++round) {
            QByteArray changed = packed;
            for (std::uint32_t count = 1 + random() % 3; count > 0; --count)
                changed[qsizetype(random() % std::uint32_t(changed.size()))] = char(random());
            if (const auto unpacked = unpackObservations(changed)) {
                QCOMPARE(packObservations(*unpacked), changed); // one form only
            }
            (void)unpackFrames(changed);
        }
        QVERIFY(!unpackObservations(packed.left(packed.size() - 1)));
        // A size that is a lie allocates nothing.
        QVERIFY(!decompress(QByteArrayLiteral("\x7f\xff\xff\xffxxxx"), 1 << 30));
        QVERIFY(!decompress(QByteArrayLiteral("\x00\x00"), 1 << 30));
        QCOMPARE(*decompress(compress(packed), 1 << 20), packed);
        QVERIFY(!decompress(compress(packed), 10));
        QCOMPARE(*decompress(compress({}), 10), QByteArray());
    }

    void olderVersionsAreMigrated()
    {
        using namespace project::internal;
        std::vector<SchemaVersion> versions = schemaVersions();
        const std::filesystem::path path = m_path.parent_path() / "old.doorveil";
        QVERIFY(ProjectStore::create(path, sampleDocument(), false));
        const QString added = QStringLiteral("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
        versions.push_back({versions.back().objects + QStringList{added}, {added}});
        const auto open = [&path] {
            return Database::open(QString::fromStdString(path.string()), Database::Purpose::Editing);
        };
        {
            // A migration that fails half-way leaves the old version.
            auto broken = versions;
            broken.back().migration.append(QStringLiteral("INSERT INTO nothing VALUES (1)"));
            const auto database = open();
            QVERIFY(database);
            QVERIFY(!openSchema(**database, broken));
            QCOMPARE((*database)->value(QStringLiteral("PRAGMA user_version"))->toInt(), 1);
        }
        QVERIFY(ProjectStore::open(path));
        {
            const auto database = open();
            QVERIFY(database);
            const base::Result<void> migrated = openSchema(**database, versions);
            QVERIFY2(migrated, migrated ? "" : qPrintable(migrated.error().message));
            QCOMPARE((*database)->value(QStringLiteral("PRAGMA user_version"))->toInt(), 2);
            QVERIFY((*database)->execute(QStringLiteral("INSERT INTO notes VALUES (1, 'x')")));
        }
        const auto newer = ProjectStore::open(path);
        QVERIFY(!newer);
        QVERIFY(newer.error().message.contains(QStringLiteral("newer")));
    }

    void theLogCannotBeRewritten()
    {
        using namespace project::internal;
        const std::filesystem::path path = m_path.parent_path() / "log.doorveil";
        {
            const auto store = ProjectStore::create(path, sampleDocument(), false);
            QVERIFY(store && (*store)->apply(scriptedEdit(1)));
        }
        const auto database = Database::open(QString::fromStdString(path.string()), Database::Purpose::Editing);
        QVERIFY(database);
        QVERIFY(!(*database)->execute(QStringLiteral("UPDATE log SET name = 'x'")));
        QVERIFY(!(*database)->execute(QStringLiteral("DELETE FROM log")));
        QCOMPARE((*database)->value(QStringLiteral("PRAGMA secure_delete"))->toInt(), 1);
        QCOMPARE((*database)->value(QStringLiteral("PRAGMA foreign_keys"))->toInt(), 1);
        QCOMPARE((*database)->value(QStringLiteral("PRAGMA synchronous"))->toInt(), 2);
        QCOMPARE((*database)->value(QStringLiteral("PRAGMA journal_mode"))->toString(), QStringLiteral("wal"));
    }

    void whatWasRemovedIsGone()
    {
        const std::filesystem::path path = m_path.parent_path() / "gone.doorveil";
        {
            ReviewDocument document = sampleDocument();
            document.zones[0].label = QStringLiteral("Canary-Lane-4711");
            const auto store = ProjectStore::create(path, document, false);
            QVERIFY(store);
            QVERIFY(contentOf(path).contains("Canary-Lane-4711"));
            QVERIFY((*store)->apply(RemoveZone{1}));
        }
        QVERIFY(!contentOf(path).contains("Canary-Lane-4711"));
    }

private:
    static constexpr int edits = 12;
    QTemporaryDir m_folder;
    std::filesystem::path m_path;
    QByteArray m_log; ///< of the project before it was closed
    QByteArray m_unclosed;
};

QTEST_GUILESS_MAIN(TestHostileProject)
#include "tst_hostileproject.moc"
