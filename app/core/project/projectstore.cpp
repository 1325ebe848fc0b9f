// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/projectstore.h"

#include "base/durablefile.h"
#include "base/lockfile.h"
#include "base/log.h"
#include "project/database_p.h"
#include "project/documentrules.h"
#include "project/documentstorage_p.h"
#include "project/editlog_p.h"
#include "project/projectfile_p.h"
#include "project/schema_p.h"

#include <QJsonDocument>
#include <QThread>

#include <system_error>

namespace doorveil::project {

using base::Error;
using base::ErrorKind;
using base::Result;
using namespace internal; // the parts of a store

struct ProjectStore::State
{
    ~State()
    {
        database.reset();
        base::unlock(lock);
    }

    std::filesystem::path path;
    base::FileDescriptor lock; ///< declared before the database: released after it is closed
    std::unique_ptr<Database> database;
    ReviewDocument document;
    StateDigest digest;
    LogHead head;
    bool recovered = false;
    QThread *thread = QThread::currentThread();

    [[nodiscard]] Result<void> checkUse() const
    {
        if (QThread::currentThread() != thread)
            return Error{ErrorKind::Failure,
                         QStringLiteral("%1 is used from another thread than the one that opened it")
                             .arg(base::displayPath(path))};
        if (!isStillAt(path, lock.get()))
            return Error{ErrorKind::Failure,
                         QStringLiteral("%1 could not be saved: it was moved, replaced or deleted while it was open")
                             .arg(base::displayPath(path))};
        return {};
    }
};

namespace {

Error openError(const std::filesystem::path &path, const Error &cause)
{
    return projectError(path, cause, ErrorKind::InputNotOpenable);
}

Result<void> checkStructure(Database &database, bool thorough)
{
    const Result<QVariant> verdict = database.value(thorough ? QStringLiteral("PRAGMA integrity_check(1)")
                                                             : QStringLiteral("PRAGMA quick_check(1)"));
    if (!verdict)
        return verdict.error();
    if (verdict->toString() != QStringLiteral("ok"))
        return Error{ErrorKind::Failure, QStringLiteral("the file is damaged"), QStringLiteral("project-damaged")};
    if (!thorough)
        return {};
    bool orphans = false;
    const Result<void> read =
        database.forEachRow(QStringLiteral("PRAGMA foreign_key_check"), [&orphans](const QSqlQuery &) {
            orphans = true;
            return Result<void>();
        });
    if (read && orphans)
        return Error{ErrorKind::Failure, QStringLiteral("the file is damaged"), QStringLiteral("project-damaged")};
    return read;
}

Result<void> setClosed(Database &database, bool closed)
{
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO meta (key, value) VALUES ('closed', ?)"),
                            {closed ? QStringLiteral("yes") : QStringLiteral("no")});
}

Result<void> fillNew(Database &database, const ReviewDocument &document)
{
    return database.transaction([&database, &document]() -> Result<void> {
        if (Result<void> done = createSchema(database, schemaVersions()); !done)
            return done;
        if (Result<void> done = storeDocument(database, document); !done)
            return done;
        const Result<LogHead> head = beginLog(database, QDateTime::currentDateTimeUtc(), StateDigest(document).total());
        return head ? setClosed(database, true) : Result<void>(head.error());
    });
}

/// Builds a project in a file that nobody sees yet and reads it back.
Result<void> build(const std::filesystem::path &path, int descriptor, const ReviewDocument &document)
{
    const Result<QString> name = databaseName(path, descriptor);
    if (!name)
        return name.error();
    Result<std::unique_ptr<Database>> database = Database::open(*name, Database::Purpose::Building);
    if (!database)
        return database.error();
    if (Result<void> filled = fillNew(**database, document); !filled)
        return filled;
    const Result<ReviewDocument> stored = loadDocument(**database);
    if (!stored)
        return stored.error();
    if (*stored != document)
        return Error{ErrorKind::Failure, QStringLiteral("it would not come back from the file as it is")};
    return {};
}

/// hasEdits() goes by the name, so a group cannot call itself an analysis.
QString logName(const Edit &edit)
{
    const QString name = editName(edit);
    return name == QStringLiteral("SetAnalysis") && !std::holds_alternative<SetAnalysis>(edit)
               ? QStringLiteral("EditGroup")
               : name;
}

base::DurableFile::Options optionsFor(const ReviewDocument &document, bool replace)
{
    base::DurableFile::Options options;
    options.replaceExisting = replace;
    if (!document.source.nativePath.isEmpty()) {
        const std::filesystem::path clip(document.source.nativePath.toStdString());
        if (const Result<base::FileDescriptor> file = base::openInput(clip); file) {
            if (const Result<base::FileIdentity> identity = base::identityOf(file->get()); identity)
                options.neverOverwrite.push_back(*identity);
        }
    }
    return options;
}

} // namespace

ProjectStore::ProjectStore() : m_state(std::make_unique<State>()) { }

/// Nothing where the file may be replaced. `existing` keeps it locked until it is.
Result<void> ProjectStore::checkReplaceable(const std::filesystem::path &path, std::unique_ptr<ProjectStore> &existing)
{
    if (!isProjectFile(path))
        return {};
    Result<std::unique_ptr<ProjectStore>> opened = openAny(path);
    if (!opened)
        return Error{ErrorKind::Usage,
                     QStringLiteral("%1 is not replaced, because nobody can tell what it holds: %2. Move it away, or "
                                    "choose another name")
                         .arg(base::displayPath(path), opened.error().message),
                     opened.error().failureClass};
    if ((*opened)->hasEdits())
        return Error{ErrorKind::Usage,
                     QStringLiteral("%1 holds edits and is never replaced. Analyse it again with --again, or choose "
                                    "another name")
                         .arg(base::displayPath(path)),
                     QStringLiteral("project-has-edits")};
    existing = std::move(*opened);
    return {};
}

Result<void> ProjectStore::place(const std::filesystem::path &path, const ReviewDocument &document, bool replace)
{
    if (Result<void> valid = validate(document); !valid)
        return projectError(path, valid.error(), ErrorKind::Failure);
    Result<std::unique_ptr<base::DurableFile>> file = base::DurableFile::create(path, optionsFor(document, replace));
    if (!file)
        return file.error();
    std::unique_ptr<ProjectStore> existing;
    if (Result<void> replaceable = checkReplaceable(path, existing); !replaceable)
        return replaceable.error();
    if (Result<void> built = build((*file)->temporaryPath(), (*file)->descriptor(), document); !built)
        return projectError(path, built.error(), ErrorKind::Failure);
    if (existing)
        existing->close(); // nothing of it may be left beside the file; its lock stays until it is replaced
    if (Result<void> removed = removeCompanions(path); !removed)
        return removed.error();
    return (*file)->commit();
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::create(const std::filesystem::path &path,
                                                           const ReviewDocument &document, bool replace)
{
    if (Result<void> placed = place(path, document, replace); !placed)
        return placed.error();
    return open(path);
}

Result<void> ProjectStore::createWaiting(const std::filesystem::path &path, const std::filesystem::path &clip)
{
    ReviewDocument document;
    document.source.path = base::displayPath(clip);
    document.source.nativePath = QByteArray::fromStdString(clip.string());
    return place(path, document, false);
}

Result<std::optional<std::filesystem::path>> ProjectStore::waitingClip(const std::filesystem::path &path)
{
    const Result<std::unique_ptr<ProjectStore>> store = openAny(path);
    if (!store)
        return store.error();
    const ReviewDocument &document = (*store)->document();
    return document.analysis.done ? std::nullopt
                                  : std::optional<std::filesystem::path>(document.source.nativePath.toStdString());
}

Result<void> ProjectStore::removeWaiting(const std::filesystem::path &path)
{
    const Result<std::unique_ptr<ProjectStore>> store = openAny(path);
    if (!store)
        return store.error();
    if ((*store)->document().analysis.done)
        return Error{ErrorKind::Usage,
                     QStringLiteral("%1 is not removed: it holds an analysis").arg(base::displayPath(path))};
    (*store)->close(); // its lock stays until it is gone
    std::error_code failed;
    std::filesystem::remove(path, failed); // not synced: after a power cut the clip waits again
    if (failed)
        return Error{ErrorKind::Failure, QStringLiteral("%1 cannot be removed: %2")
                                             .arg(base::displayPath(path), QString::fromStdString(failed.message()))};
    return removeCompanions(path);
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::open(const std::filesystem::path &path)
{
    Result<std::unique_ptr<ProjectStore>> store = openAny(path);
    if (store && !(*store)->document().analysis.done)
        return openError(path, {ErrorKind::InputNotOpenable, QStringLiteral("its clip was not analysed yet"),
                                QStringLiteral("not-analysed")});
    return store;
}

Result<std::unique_ptr<ProjectStore>> ProjectStore::openAny(const std::filesystem::path &path)
{
    Result<base::FileDescriptor> lock = lockProject(path);
    if (!lock)
        return lock.error();
    if (Result<void> plain = checkCompanions(path); !plain)
        return plain.error();
    std::unique_ptr<ProjectStore> store(new ProjectStore);
    State &state = *store->m_state;
    state.path = path;
    state.lock = std::move(*lock);
    const Result<QString> name = databaseName(path, state.lock.get());
    if (!name)
        return name.error();
    Result<std::unique_ptr<Database>> opened = Database::open(*name, Database::Purpose::Editing);
    if (!opened)
        return openError(path, opened.error());
    Database &database = **opened;
    if (Result<void> known = openSchema(database, schemaVersions()); !known)
        return openError(path, known.error());
    const Result<QVariant> closed = database.value(QStringLiteral("SELECT value FROM meta WHERE key = 'closed'"));
    if (!closed)
        return openError(path, closed.error());
    state.recovered = closed->toString() != QStringLiteral("yes");
    if (Result<void> sound = checkStructure(database, state.recovered); !sound)
        return openError(path, sound.error());
    Result<ReviewDocument> document = loadDocument(database);
    if (!document)
        return openError(path, document.error());
    state.document = std::move(*document);
    state.digest = StateDigest(state.document);
    Result<LogHead> head = verifyLog(database, state.digest.total());
    if (!head)
        return openError(path, head.error());
    state.head = *head;
    if (Result<void> marked = setClosed(database, false); !marked)
        return openError(path, marked.error());
    if (Result<void> synced = syncFolderOf(path); !synced) // the log's name, which the line above made
        return openError(path, synced.error());
    state.database = std::move(*opened); // from here on the destructor closes it properly
    return store;
}

ProjectStore::~ProjectStore()
{
    close();
}

void ProjectStore::close()
{
    if (!m_state->database)
        return;
    if (m_state->checkUse()) {
        if (Result<void> marked = setClosed(*m_state->database, true); !marked)
            qCWarning(base::logProject) << "a project could not be marked as closed; it is checked at the next opening";
    }
    m_state->database.reset();
}

const std::filesystem::path &ProjectStore::path() const
{
    return m_state->path;
}

const ReviewDocument &ProjectStore::document() const
{
    return m_state->document;
}

Result<Edit> ProjectStore::apply(const Edit &edit)
{
    State &state = *m_state;
    if (Result<void> usable = state.checkUse(); !usable)
        return usable.error();
    ReviewDocument after = state.document;
    Result<Edit> inverse = project::apply(after, edit);
    if (!inverse)
        return inverse;
    StateDigest digest = state.digest;
    digest.update(state.document, after);
    LogEntry entry;
    entry.at = QDateTime::currentDateTimeUtc();
    entry.name = logName(edit);
    entry.edit = toJson(edit);
    LogHead head;
    const Result<void> stored = state.database->transaction([&]() -> Result<void> {
        if (Result<void> done = storeChanges(*state.database, state.document, after); !done)
            return done;
        Result<LogHead> next = appendToLog(*state.database, state.head, entry, digest.total());
        if (!next)
            return next.error();
        head = *next;
        return {};
    });
    if (!stored)
        return projectError(state.path, stored.error(), ErrorKind::Failure);
    state.document = std::move(after);
    state.digest = std::move(digest);
    state.head = head;
    return inverse;
}

Result<std::vector<LogEntry>> ProjectStore::log() const
{
    if (Result<void> usable = m_state->checkUse(); !usable)
        return usable.error();
    Result<std::vector<LogEntry>> entries = readLog(*m_state->database);
    if (!entries)
        return openError(m_state->path, entries.error());
    return entries;
}

bool ProjectStore::hasEdits() const
{
    return m_state->head.edited;
}

bool ProjectStore::wasRecovered() const
{
    return m_state->recovered;
}

Result<QJsonObject> ProjectStore::draft(const QString &name) const
{
    if (Result<void> usable = m_state->checkUse(); !usable)
        return usable.error();
    const Result<QVariant> data = m_state->database->value(
        QStringLiteral("SELECT data FROM drafts WHERE name = ? AND length(data) < 16777216"), {name});
    if (!data)
        return openError(m_state->path, data.error());
    return QJsonDocument::fromJson(data->toString().toUtf8()).object();
}

Result<void> ProjectStore::setDraft(const QString &name, const QJsonObject &draft)
{
    if (Result<void> usable = m_state->checkUse(); !usable)
        return usable;
    const QString data = QString::fromUtf8(QJsonDocument(draft).toJson(QJsonDocument::Compact));
    const Result<void> stored = m_state->database->execute(
        QStringLiteral("INSERT OR REPLACE INTO drafts (name, data) VALUES (?, ?)"), {name, data});
    return stored ? stored : Result<void>(projectError(m_state->path, stored.error(), ErrorKind::Failure));
}

bool isProjectFile(const std::filesystem::path &path)
{
    const Result<base::FileDescriptor> file = base::openInput(path);
    return file && hasProjectHeader(file->get());
}

} // namespace doorveil::project
