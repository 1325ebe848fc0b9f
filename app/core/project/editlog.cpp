// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/editlog_p.h"

#include "project/compactform_p.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <array>

namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::int64_t largestEdit = 1 << 30; ///< bytes of JSON
constexpr std::int64_t mostEntries = 10'000'000;
constexpr qsizetype compressFrom = 2048; ///< bytes; shorter lines stay readable with any SQLite tool

const QString timeFormat = QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz");

Error broken(const QString &what)
{
    return {ErrorKind::Failure, what, QStringLiteral("project-log-broken")};
}

/// Each field with its length in front, so that no two lists of fields give the same bytes.
QString linkOf(const std::vector<QByteArray> &fields)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArray &field : fields) {
        hash.addData(QByteArray::number(field.size()) + ':');
        hash.addData(field);
    }
    return QString::fromLatin1(hash.result().toHex());
}

QString firstLink(const QString &id, const QString &created, const QString &state)
{
    return linkOf({QByteArrayLiteral("doorveil project log 1"), id.toUtf8(), created.toUtf8(), state.toUtf8()});
}

QString nextLink(const QString &before, std::int64_t number, const QString &at, const QString &name,
                 const QByteArray &edit, const QString &state)
{
    return linkOf(
        {before.toUtf8(), QByteArray::number(qint64(number)), at.toUtf8(), name.toUtf8(), edit, state.toUtf8()});
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(timeFormat) + QLatin1Char('Z');
}

Result<void> setMeta(Database &database, const char *key, const QString &value)
{
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)"),
                            {QString::fromLatin1(key), value});
}

Result<QString> meta(Database &database, const char *key)
{
    const Result<QVariant> value = database.value(
        QStringLiteral("SELECT value FROM meta WHERE key = ? AND length(value) < 1000"), {QString::fromLatin1(key)});
    if (!value)
        return value.error();
    if (value->isNull())
        return broken(QStringLiteral("its record \"%1\" is missing").arg(QLatin1String(key)));
    return value->toString();
}

QString headText(const LogHead &head)
{
    return QStringLiteral("%1 %2").arg(head.entries).arg(head.chain);
}

/// A line as stored.
struct StoredLine
{
    std::int64_t number = 0;
    QString at;
    QString name;
    QByteArray edit; ///< JSON
    QString state;
    QString chain;
};

Result<StoredLine> lineOf(const QSqlQuery &row)
{
    StoredLine line{row.value(0).toLongLong(),  row.value(1).toString(), row.value(2).toString(),
                    row.value(3).toByteArray(), row.value(5).toString(), row.value(6).toString()};
    if (row.value(4).toInt() == 0)
        return line;
    Result<QByteArray> plain = decompress(line.edit, largestEdit);
    if (!plain)
        return broken(QStringLiteral("line %1 of its edit log is damaged").arg(line.number));
    line.edit = std::move(*plain);
    return line;
}

Result<void> forEachLine(Database &database, const std::function<Result<void>(const StoredLine &)> &function)
{
    const Result<QVariant> count = database.value(
        QStringLiteral("SELECT count(*) + total(length(edit) > %1 OR length(name) > 4000 OR "
                       "length(at) > 4000 OR length(state) > 4000 OR length(chain) > 4000) * 1e12 FROM log")
            .arg(largestEdit));
    if (!count)
        return count.error();
    if (count->toDouble() > double(mostEntries))
        return broken(QStringLiteral("its edit log is longer than a project's can be"));
    return database.forEachRow(
        QStringLiteral("SELECT number, at, name, edit, compressed, state, chain FROM log ORDER BY number"),
        [&function](const QSqlQuery &row) -> Result<void> {
            const Result<StoredLine> line = lineOf(row);
            return line ? function(*line) : Result<void>(line.error());
        });
}

} // namespace

Result<LogHead> beginLog(Database &database, const QDateTime &created, const QString &state)
{
    std::array<quint32, 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    QString id;
    for (const quint32 word : random)
        id += QStringLiteral("%1").arg(word, 8, 16, QLatin1Char('0'));
    const QString time = timeText(created);
    const LogHead head{0, firstLink(id, time, state), false};
    for (const auto &[key, value] : {std::pair{"id", id}, std::pair{"created", time}, std::pair{"initial-state", state},
                                     std::pair{"head", headText(head)}}) {
        if (Result<void> done = setMeta(database, key, value); !done)
            return done.error();
    }
    return head;
}

Result<LogHead> appendToLog(Database &database, const LogHead &head, const LogEntry &entry, const QString &state)
{
    const QByteArray edit = QJsonDocument(entry.edit).toJson(QJsonDocument::Compact);
    if (edit.size() > largestEdit)
        return broken(QStringLiteral("the edit is larger than a project can hold"));
    const QString at = timeText(entry.at);
    const std::int64_t number = head.entries + 1;
    const LogHead next{number, nextLink(head.chain, number, at, entry.name, edit, state),
                       head.edited || entry.name != QStringLiteral("SetAnalysis")};
    const bool compressed = edit.size() >= compressFrom;
    const Result<void> inserted = database.execute(
        QStringLiteral(
            "INSERT INTO log (number, at, name, edit, compressed, state, chain) VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {qint64(number), at, entry.name, compressed ? compress(edit) : edit, compressed ? 1 : 0, state, next.chain});
    if (!inserted)
        return inserted.error();
    if (Result<void> done = setMeta(database, "head", headText(next)); !done)
        return done.error();
    return next;
}

Result<LogHead> verifyLog(Database &database, const QString &state)
{
    const Result<QString> id = meta(database, "id");
    const Result<QString> created = meta(database, "created");
    const Result<QString> initialState = meta(database, "initial-state");
    const Result<QString> storedHead = meta(database, "head");
    for (const Result<QString> *value : {&id, &created, &initialState, &storedHead}) {
        if (!*value)
            return value->error();
    }
    LogHead head{0, firstLink(*id, *created, *initialState), false};
    QString lastState = *initialState;
    const Result<void> read = forEachLine(database, [&head, &lastState](const StoredLine &line) -> Result<void> {
        if (line.number != head.entries + 1)
            return broken(QStringLiteral("line %1 of its edit log is missing").arg(head.entries + 1));
        if (line.chain != nextLink(head.chain, line.number, line.at, line.name, line.edit, line.state))
            return broken(QStringLiteral("line %1 of its edit log, or one before it, was changed").arg(line.number));
        head = {line.number, line.chain, head.edited || line.name != QStringLiteral("SetAnalysis")};
        lastState = line.state;
        return {};
    });
    if (!read)
        return read.error();
    if (headText(head) != *storedHead)
        return broken(QStringLiteral("lines at the end of its edit log are missing"));
    if (lastState != state)
        return broken(QStringLiteral("its content is not what its edit log says"));
    return head;
}

Result<std::vector<LogEntry>> readLog(Database &database)
{
    std::vector<LogEntry> entries;
    const Result<void> read = forEachLine(database, [&entries](const StoredLine &line) -> Result<void> {
        const QJsonDocument json = QJsonDocument::fromJson(line.edit);
        if (!json.isObject())
            return broken(QStringLiteral("line %1 of its edit log is damaged").arg(line.number));
        entries.push_back(
            {line.number, QDateTime::fromString(line.at, Qt::ISODateWithMs), line.name, json.object(), line.chain});
        return {};
    });
    if (!read)
        return read.error();
    return entries;
}

} // namespace doorveil::project::internal
