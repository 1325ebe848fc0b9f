// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/ledger.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "base/file.h"
#include "base/words.h"
#include "consent/json_p.h"
#include "consent/requestfile.h"
#include "project/database_p.h"
#include "project/projectfile_p.h"

#include <QCryptographicHash>
#include <QHash>
#include <QJsonDocument>
#include <QStandardPaths>

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace doorveil::consent {

using base::Error;
using base::ErrorKind;
using base::Result;
using internal::object;
using project::internal::Database;

namespace {

constexpr quint32 applicationId = 0x446f4c67; // "DoLg"
constexpr qsizetype longestContent = 1 << 20;
constexpr qint64 mostEntries = 1'000'000;
constexpr qsizetype shortestReference = 8;

constexpr base::Words<EntryKind, 7> kinds{{{EntryKind::Request, "request"},
                                           {EntryKind::Decline, "decline"},
                                           {EntryKind::Package, "package"},
                                           {EntryKind::Delivery, "delivery"},
                                           {EntryKind::Acknowledgement, "acknowledgement"},
                                           {EntryKind::Withdrawal, "withdrawal"},
                                           {EntryKind::Note, "note"}}};

const QString firstChain = QStringLiteral("doorveil-ledger-1");

QStringList statements()
{
    return {
        QStringLiteral("CREATE TABLE entries (number INTEGER PRIMARY KEY CHECK (number > 0), at TEXT NOT NULL, "
                       "kind TEXT NOT NULL, subject TEXT NOT NULL, content TEXT NOT NULL, chain TEXT NOT NULL) STRICT"),
        QStringLiteral("CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, "
                       "chain TEXT NOT NULL) STRICT"),
        QStringLiteral("CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN "
                       "SELECT RAISE(ABORT, 'the ledger is append-only'); END"),
        QStringLiteral("CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN "
                       "SELECT RAISE(ABORT, 'the ledger is append-only'); END"),
    };
}

QString timeText(const QDateTime &moment)
{
    return internal::timeWithOffset(moment, Qt::ISODateWithMs);
}

QByteArray contentText(const QJsonObject &content)
{
    return QJsonDocument(content).toJson(QJsonDocument::Compact);
}

/// Each part with its length: no two entries have the same bytes.
QString nextChain(const QString &before, qint64 number, const QString &at, const QString &kind, const QString &subject,
                  const QByteArray &content)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &part :
         {before.toUtf8(), QByteArray::number(number), at.toUtf8(), kind.toUtf8(), subject.toUtf8(), content}) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return QString::fromLatin1(hash.result().toHex());
}

Error damaged(const std::filesystem::path &file, const QString &reason)
{
    return {
        ErrorKind::Failure,
        QStringLiteral("the ledger %1 is damaged: %2; restore it from a backup").arg(base::displayPath(file), reason),
        QStringLiteral("ledger-damaged")};
}

/// An open ledger: the lock on a file beside it keeps two programs apart, the database lies behind it.
class Session
{
public:
    static Result<std::unique_ptr<Session>> open(const std::filesystem::path &file)
    {
        std::unique_ptr<Session> session(new Session(file));
        if (Result<void> ready = session->prepareFolder(); !ready)
            return ready.error();
        if (Result<void> locked = session->lock(); !locked)
            return locked.error();
        bool fresh = false;
        if (Result<void> made = session->makeFile(fresh); !made)
            return made.error();
        const Result<QString> name = project::internal::databaseName(file, -1);
        if (!name)
            return session->named(name.error());
        auto database = Database::open(*name, Database::Purpose::Editing);
        if (!database)
            return session->named(database.error());
        session->m_database = std::move(*database);
        if (Result<void> checked = session->checkSchema(fresh); !checked)
            return checked.error();
        // The name of the write-ahead log must be durable before the first entry counts.
        if (Result<void> synced = project::internal::syncFolderOf(file); !synced)
            return session->named(synced.error());
        return session;
    }

    [[nodiscard]] Database &database() { return *m_database; }

    [[nodiscard]] Error named(const Error &error) const
    {
        return error.prefixed(QStringLiteral("the ledger %1").arg(base::displayPath(m_file)));
    }

    Result<std::vector<LedgerEntry>> entries()
    {
        const Result<QVariant> size = m_database->value(
            QStringLiteral(
                "SELECT count(*) + total(length(content) > %1 OR length(subject) > 4000) * 1e12 FROM entries")
                .arg(longestContent));
        if (!size)
            return named(size.error());
        if (size->toDouble() > double(mostEntries))
            return damaged(m_file, QStringLiteral("it holds more than a ledger can"));
        std::vector<LedgerEntry> all;
        QString chain = firstChain;
        const Result<void> read = m_database->forEachRow(
            QStringLiteral("SELECT number, at, kind, subject, content, chain FROM entries ORDER BY number"),
            [&](const QSqlQuery &row) -> Result<void> {
                LedgerEntry entry;
                entry.number = row.value(0).toLongLong();
                const QString at = row.value(1).toString();
                const QString kind = row.value(2).toString();
                entry.at = QDateTime::fromString(at, Qt::ISODateWithMs);
                entry.subject = row.value(3).toString();
                const QByteArray content = row.value(4).toByteArray();
                entry.content = QJsonDocument::fromJson(content).object();
                entry.chain = row.value(5).toString();
                const std::optional<EntryKind> known = entryKindFromText(kind);
                if (!known || !entry.at.isValid() || entry.number != std::int64_t(all.size()) + 1)
                    return damaged(m_file, QStringLiteral("entry %1 cannot be read").arg(entry.number));
                chain = nextChain(chain, entry.number, at, kind, entry.subject, content);
                if (chain != entry.chain)
                    return damaged(m_file, QStringLiteral("entry %1 was changed").arg(entry.number));
                entry.kind = *known;
                all.push_back(std::move(entry));
                return {};
            });
        if (!read)
            return read.error();
        const Result<QVariant> head =
            m_database->value(QStringLiteral("SELECT entries || ' ' || chain FROM head WHERE id = 1"));
        if (!head)
            return named(head.error());
        if (head->toString() != headText(std::int64_t(all.size()), all.empty() ? firstChain : all.back().chain))
            return damaged(m_file, QStringLiteral("entries at its end are missing"));
        return all;
    }

    Result<LedgerEntry> append(const LedgerEntry &before, bool hasBefore, LedgerEntry entry)
    {
        const QByteArray content = contentText(entry.content);
        if (content.size() > longestContent)
            return Error{ErrorKind::Usage, QStringLiteral("the entry is too long for the ledger")};
        const QString at = timeText(entry.at);
        entry.number = hasBefore ? before.number + 1 : 1;
        entry.chain = nextChain(hasBefore ? before.chain : firstChain, entry.number, at, toText(entry.kind),
                                entry.subject, content);
        const Result<void> stored = m_database->transaction([&]() -> Result<void> {
            if (Result<void> done = m_database->execute(QStringLiteral("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)"),
                                                        {qlonglong(entry.number), at, toText(entry.kind), entry.subject,
                                                         QString::fromUtf8(content), entry.chain});
                !done)
                return done;
            return m_database->execute(QStringLiteral("UPDATE head SET entries = ?, chain = ? WHERE id = 1"),
                                       {qlonglong(entry.number), entry.chain});
        });
        if (!stored)
            return named(stored.error());
        return entry;
    }

private:
    explicit Session(std::filesystem::path file) : m_file(std::move(file)) { }

    static QString headText(std::int64_t entries, const QString &chain)
    {
        return QStringLiteral("%1 %2").arg(entries).arg(chain);
    }

    Result<void> prepareFolder()
    {
        const Result<void> made = base::makePrivateFolder(m_file.parent_path());
        return made ? made
                    : Result<void>(made.error().prefixed(QStringLiteral("the folder of the ledger cannot be made")));
    }

    Result<void> lock()
    {
        // A file of its own: locking the database's would get in the way of SQLite's locks. It is left in place, since
        // removing a lock file races with the next who opens it.
        std::filesystem::path path = m_file;
        path += ".lock";
        m_lock = base::FileDescriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!m_lock.isValid() || ::flock(m_lock.get(), LOCK_EX) != 0)
            return Error{ErrorKind::Failure, QStringLiteral("the ledger %1 cannot be locked; is its folder writable?")
                                                 .arg(base::displayPath(m_file))};
        return {};
    }

    Result<void> makeFile(bool &fresh)
    {
        struct stat status = {};
        if (::lstat(m_file.c_str(), &status) == 0) {
            if (!S_ISREG(status.st_mode))
                return damaged(m_file, QStringLiteral("it is no plain file"));
            return project::internal::checkCompanions(m_file);
        }
        if (Result<void> removed = project::internal::removeCompanions(m_file); !removed)
            return removed;
        // Made whole beside its name, then renamed: a crash leaves no half of a ledger.
        auto file = base::DurableFile::create(m_file, {});
        if (!file)
            return file.error();
        {
            const Result<QString> name =
                project::internal::databaseName((*file)->temporaryPath(), (*file)->descriptor());
            if (!name)
                return named(name.error());
            auto database = Database::open(*name, Database::Purpose::Building);
            if (!database)
                return named(database.error());
            QStringList all = statements();
            all.prepend(QStringLiteral("PRAGMA application_id=%1").arg(applicationId));
            all.append(QStringLiteral("PRAGMA user_version=1"));
            for (const QString &statement : all) {
                if (Result<void> done = (*database)->execute(statement); !done)
                    return named(done.error());
            }
            if (Result<void> done =
                    (*database)->execute(QStringLiteral("INSERT INTO head VALUES (1, 0, ?)"), {firstChain});
                !done)
                return named(done.error());
        }
        fresh = true;
        return (*file)->commit();
    }

    /// Nothing but our own tables and triggers may be there: others would run with our statements.
    Result<void> checkSchema(bool fresh)
    {
        if (fresh)
            return {};
        const Result<QVariant> version = m_database->value(QStringLiteral("PRAGMA user_version"));
        const Result<QVariant> id = m_database->value(QStringLiteral("PRAGMA application_id"));
        if (!version)
            return named(version.error());
        if (!id)
            return named(id.error());
        if (id->toLongLong() != qlonglong(applicationId))
            return damaged(m_file, QStringLiteral("it is no ledger of Doorveil"));
        if (version->toLongLong() != 1)
            return Error{ErrorKind::Failure,
                         QStringLiteral("the ledger %1 was made by a newer Doorveil").arg(base::displayPath(m_file))};
        QStringList found;
        const Result<void> read = m_database->forEachRow(
            QStringLiteral("SELECT substr(sql, 1, 4096) FROM sqlite_schema LIMIT 64"), [&found](const QSqlQuery &row) {
                found.append(row.value(0).toString());
                return Result<void>();
            });
        if (!read)
            return named(read.error());
        QStringList expected = statements();
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        return found == expected ? Result<void>() : damaged(m_file, QStringLiteral("its tables are others"));
    }

    std::filesystem::path m_file;
    base::FileDescriptor m_lock; ///< declared before the database: closed after it
    std::unique_ptr<Database> m_database;
};

bool fileExists(const std::filesystem::path &file)
{
    struct stat status = {};
    return ::lstat(file.c_str(), &status) == 0;
}

std::optional<QDate> dateIn(const LedgerEntry &entry, const char *path)
{
    const QDate date = QDate::fromString(internal::textAt(entry.content, path), Qt::ISODate);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

} // namespace

QString toText(EntryKind kind)
{
    return base::wordFor(kinds, kind);
}

std::optional<EntryKind> entryKindFromText(const QString &text)
{
    return base::valueFor(kinds, text);
}

QStringList entryKindWords()
{
    return base::listOf(kinds);
}

QJsonObject requestSummary(const Request &request)
{
    return object({{"recipient", request.recipient.organisation},
                   {"kind", toText(request.kind)},
                   {"basis", toText(request.basis)},
                   {"caseNumber", request.caseNumber.isEmpty() ? request.investigationCode : request.caseNumber},
                   {"outcome", toText(request.decision.outcome)},
                   {"note", request.decision.note}});
}

QJsonObject requestContent(const Request &request)
{
    QJsonObject content = requestSummary(request);
    content.insert(QStringLiteral("request"), toJson(request));
    return content;
}

bool PackageState::withdrawn() const
{
    return std::any_of(later.begin(), later.end(),
                       [](const LedgerEntry &entry) { return entry.kind == EntryKind::Withdrawal; });
}

std::optional<QDate> PackageState::retainUntil() const
{
    return dateIn(package, "retainUntil");
}

std::optional<QDate> PackageState::validUntil() const
{
    return dateIn(package, "validUntil");
}

Ledger::Ledger(std::filesystem::path file) : m_file(std::move(file)) { }

Result<LedgerEntry> Ledger::append(EntryKind kind, const QString &subject, const QJsonObject &content,
                                   const base::Clock &clock)
{
    auto session = Session::open(m_file);
    if (!session)
        return session.error();
    const Result<std::vector<LedgerEntry>> before = (*session)->entries();
    if (!before)
        return before.error();
    LedgerEntry entry;
    entry.at = clock.now();
    entry.kind = kind;
    entry.subject = subject;
    entry.content = content;
    return (*session)->append(before->empty() ? LedgerEntry() : before->back(), !before->empty(), std::move(entry));
}

Result<std::vector<LedgerEntry>> Ledger::entries() const
{
    if (!fileExists(m_file))
        return std::vector<LedgerEntry>();
    auto session = Session::open(m_file);
    if (!session)
        return session.error();
    return (*session)->entries();
}

Result<std::vector<LedgerEntry>> Ledger::search(const QString &text) const
{
    Result<std::vector<LedgerEntry>> all = entries();
    if (!all)
        return all;
    std::vector<LedgerEntry> found;
    for (LedgerEntry &entry : *all) {
        const QString whole = entry.subject + QLatin1Char('\n') + toText(entry.kind) + QLatin1Char('\n')
                              + timeText(entry.at) + QLatin1Char('\n') + QString::fromUtf8(contentText(entry.content));
        if (whole.contains(text, Qt::CaseInsensitive))
            found.push_back(std::move(entry));
    }
    return found;
}

Result<LedgerEntry> Ledger::find(const QString &reference) const
{
    const Result<std::vector<LedgerEntry>> all = entries();
    if (!all)
        return all.error();
    bool isNumber = false;
    const qlonglong number = reference.toLongLong(&isNumber);
    if (isNumber && number >= 1 && number <= qlonglong(all->size()))
        return (*all)[std::size_t(number - 1)];
    const LedgerEntry *found = nullptr;
    if (reference.size() >= shortestReference) {
        for (const LedgerEntry &entry : *all) {
            const bool fits = entry.subject.startsWith(reference, Qt::CaseInsensitive);
            if (fits && found != nullptr && found->subject != entry.subject)
                return Error{ErrorKind::Usage, QStringLiteral("%1 fits several records of the ledger").arg(reference),
                             QStringLiteral("no-such-entry")};
            if (fits && found == nullptr)
                found = &entry;
        }
    }
    if (found == nullptr)
        return Error{ErrorKind::Usage,
                     QStringLiteral("the ledger has no entry %1; `ledger list` shows what is there").arg(reference),
                     QStringLiteral("no-such-entry")};
    return *found;
}

Result<std::vector<PackageState>> Ledger::packages() const
{
    const Result<std::vector<LedgerEntry>> all = entries();
    if (!all)
        return all.error();
    std::vector<PackageState> states;
    QHash<QString, std::size_t> places;
    for (const LedgerEntry &entry : *all) {
        if (entry.kind == EntryKind::Package) {
            places.insert(entry.subject, states.size());
            states.push_back({entry, {}});
        } else if (const auto place = places.constFind(entry.subject); place != places.constEnd()) {
            states[*place].later.push_back(entry);
        }
    }
    return states;
}

Result<std::optional<PackageState>> Ledger::package(const QString &identifier) const
{
    Result<std::vector<PackageState>> all = packages();
    if (!all)
        return all.error();
    for (PackageState &state : *all) {
        if (state.package.subject == identifier)
            return std::optional(std::move(state));
    }
    return std::optional<PackageState>();
}

Result<std::vector<PackageState>> Ledger::due(const QDate &today) const
{
    Result<std::vector<PackageState>> all = packages();
    if (!all)
        return all;
    std::vector<PackageState> found;
    for (PackageState &state : *all) {
        const std::optional<QDate> date = state.retainUntil();
        if (!date || *date >= today)
            continue;
        const bool answered = std::any_of(state.later.begin(), state.later.end(), [&date](const LedgerEntry &entry) {
            return entry.at.date() > *date
                   && (entry.kind == EntryKind::Acknowledgement || entry.kind == EntryKind::Note);
        });
        if (!answered)
            found.push_back(std::move(state));
    }
    return found;
}

Result<QJsonArray> Ledger::exportAll() const
{
    const Result<std::vector<LedgerEntry>> all = entries();
    if (!all)
        return all.error();
    QJsonArray array;
    for (const LedgerEntry &entry : *all)
        array.append(object({{"number", qint64(entry.number)},
                             {"at", timeText(entry.at)},
                             {"kind", toText(entry.kind)},
                             {"subject", entry.subject},
                             {"content", entry.content},
                             {"chain", entry.chain}}));
    return array;
}

Result<int> Ledger::importAll(const QJsonArray &exported)
{
    if (exported.isEmpty())
        return 0;
    auto session = Session::open(m_file);
    if (!session)
        return session.error();
    Result<std::vector<LedgerEntry>> present = (*session)->entries();
    if (!present)
        return present.error();
    // Checked whole before the first is written.
    std::vector<LedgerEntry> fresh;
    QString chain = firstChain;
    for (const QJsonValue &value : exported) {
        const QJsonObject json = value.toObject();
        LedgerEntry entry;
        entry.number = json.value(QStringLiteral("number")).toInteger();
        const QString at = json.value(QStringLiteral("at")).toString();
        const QString kind = json.value(QStringLiteral("kind")).toString();
        entry.at = QDateTime::fromString(at, Qt::ISODateWithMs);
        entry.subject = json.value(QStringLiteral("subject")).toString();
        entry.content = json.value(QStringLiteral("content")).toObject();
        entry.chain = json.value(QStringLiteral("chain")).toString();
        const std::optional<EntryKind> known = entryKindFromText(kind);
        chain = nextChain(chain, entry.number, at, kind, entry.subject, contentText(entry.content));
        if (!known || chain != entry.chain)
            return Error{ErrorKind::Failure, QStringLiteral("the ledger in the backup is damaged"),
                         QStringLiteral("bad-backup")};
        entry.kind = *known;
        const auto index = std::size_t(entry.number - 1);
        if (index < present->size()) {
            if ((*present)[index].chain != entry.chain)
                return Error{
                    ErrorKind::Usage,
                    QStringLiteral("the ledger here and the one in the backup differ from entry %1 on; move %2 "
                                   "away first")
                        .arg(entry.number)
                        .arg(base::displayPath(m_file)),
                    QStringLiteral("ledgers-differ")};
            continue;
        }
        fresh.push_back(std::move(entry));
    }
    for (const LedgerEntry &entry : fresh) {
        const bool hasBefore = !present->empty();
        const Result<LedgerEntry> stored =
            (*session)->append(hasBefore ? present->back() : LedgerEntry(), hasBefore, entry);
        if (!stored)
            return stored.error();
        present->push_back(*stored);
    }
    return int(fresh.size());
}

std::filesystem::path ledgerFile()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return std::filesystem::path((data + QStringLiteral("/doorveil/ledger.sqlite")).toStdString());
}

} // namespace doorveil::consent
