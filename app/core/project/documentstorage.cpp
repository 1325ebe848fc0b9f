// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/documentstorage_p.h"

#include "project/compactform_p.h"
#include "project/documentjson_p.h"
#include "project/documentrules.h"
#include "project/jsonreader_p.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::int64_t largestJson = 256 << 20;
constexpr std::int64_t largestPacked = 512 << 20;

Error damaged(const QString &what)
{
    return {ErrorKind::Failure, what, QStringLiteral("project-damaged")};
}

QByteArray bytesOf(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray hashOf(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

QJsonObject reviewJson(const ReviewDocument &document)
{
    return {{QStringLiteral("reviewed"), document.reviewed}, {QStringLiteral("watched"), rangesJson(document.watched)}};
}

bool sameSource(const SourceRecord &a, const SourceRecord &b)
{
    return a.path == b.path && a.nativePath == b.nativePath && a.sha256 == b.sha256 && a.bytes == b.bytes
           && a.info == b.info && a.losses == b.losses;
}

bool sameHead(const base::Track &a, const base::Track &b)
{
    return a.kind == b.kind && a.decision == b.decision && a.style == b.style && a.label == b.label;
}

QByteArray trackHash(const base::Track &track)
{
    return hashOf(bytesOf(trackHeadJson(track)) + hashOf(packObservations(track.observations)));
}

/// Calls the functions for what `after` has and `before` has not (or not equal), and for what is gone. Both sorted by
/// id.
template<typename Item, typename Changed, typename Gone>
Result<void> forEachDifference(const std::vector<Item> &before, const std::vector<Item> &after, Changed &&changed,
                               Gone &&gone)
{
    auto old = before.begin();
    for (const Item &item : after) {
        for (; old != before.end() && old->id < item.id; ++old) {
            if (Result<void> done = gone(*old); !done)
                return done;
        }
        const Item *same = old != before.end() && old->id == item.id ? &*old++ : nullptr;
        if (same != nullptr && *same == item)
            continue;
        if (Result<void> done = changed(same, item); !done)
            return done;
    }
    for (; old != before.end(); ++old) {
        if (Result<void> done = gone(*old); !done)
            return done;
    }
    return {};
}

Result<void> putPart(Database &database, const QString &name, const QJsonObject &json)
{
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO parts (name, data) VALUES (?, ?)"),
                            {name, QString::fromUtf8(bytesOf(json))});
}

Result<void> putFrames(Database &database, const std::vector<base::FrameTime> &frames)
{
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO frames (id, data) VALUES (1, ?)"),
                            {compress(packFrames(frames))});
}

Result<void> putTrack(Database &database, const base::Track *before, const base::Track &track)
{
    if (before == nullptr || !sameHead(*before, track)) {
        // Not INSERT OR REPLACE: replacing would take the boxes along.
        const Result<void> done = database.execute(
            QStringLiteral("INSERT INTO tracks (id, kind, decision, reason, consent, style, label) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, "
                           "decision = excluded.decision, reason = excluded.reason, consent = excluded.consent, "
                           "style = excluded.style, label = excluded.label"),
            {qint64(track.id), base::toText(track.kind), base::toText(track.decision.kind),
             base::toText(track.decision.reason), base::toText(track.decision.consent),
             track.style ? QVariant(base::toText(*track.style)) : QVariant(),
             track.label.isNull() ? QStringLiteral("") : track.label});
        if (!done)
            return done;
    }
    if (before != nullptr && before->observations == track.observations)
        return {};
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO observations (track, data) VALUES (?, ?)"),
                            {qint64(track.id), packObservations(track.observations)});
}

Result<void> putZone(Database &database, const base::Zone &zone)
{
    return database.execute(QStringLiteral("INSERT OR REPLACE INTO zones (id, data) VALUES (?, ?)"),
                            {qint64(zone.id), QString::fromUtf8(bytesOf(zoneJson(zone)))});
}

Result<void> putCheck(Database &database, const CheckItem &check)
{
    return database.execute(
        QStringLiteral("INSERT OR REPLACE INTO checks (id, kind, track, pts, x, y, width, height, settled) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {qint64(check.id), check.kind, check.track != 0 ? QVariant(qint64(check.track)) : QVariant(), qint64(check.pts),
         check.box.x, check.box.y, check.box.width, check.box.height, check.settled ? 1 : 0});
}

Result<void> removeRow(Database &database, const char *table, std::int64_t id)
{
    return database.execute(QStringLiteral("DELETE FROM %1 WHERE id = ?").arg(QLatin1String(table)), {qint64(id)});
}

Result<void> storeParts(Database &database, const ReviewDocument *before, const ReviewDocument &after)
{
    Result<void> done;
    if (done && (before == nullptr || !sameSource(before->source, after.source)))
        done = putPart(database, QStringLiteral("source"), sourceJson(after.source));
    if (done && (before == nullptr || before->source.frames != after.source.frames))
        done = putFrames(database, after.source.frames);
    if (done && (before == nullptr || before->analysis != after.analysis))
        done = putPart(database, QStringLiteral("analysis"), analysisJson(after.analysis));
    if (done && (before == nullptr || before->settings != after.settings))
        done = putPart(database, QStringLiteral("settings"), settingsJson(after.settings));
    if (done && (before == nullptr || before->reviewed != after.reviewed || before->watched != after.watched))
        done = putPart(database, QStringLiteral("review"), reviewJson(after));
    return done;
}

Result<void> storeLists(Database &database, const ReviewDocument &before, const ReviewDocument &after)
{
    Result<void> done = forEachDifference(
        before.tracks, after.tracks,
        [&database](const base::Track *old, const base::Track &track) { return putTrack(database, old, track); },
        [&database](const base::Track &track) { return removeRow(database, "tracks", track.id); });
    if (!done)
        return done;
    done = forEachDifference(
        before.zones, after.zones,
        [&database](const base::Zone *, const base::Zone &zone) { return putZone(database, zone); },
        [&database](const base::Zone &zone) { return removeRow(database, "zones", zone.id); });
    if (!done)
        return done;
    return forEachDifference(
        before.checks, after.checks,
        [&database](const CheckItem *, const CheckItem &check) { return putCheck(database, check); },
        [&database](const CheckItem &check) { return removeRow(database, "checks", check.id); });
}

/// Refuses a table that would not fit in memory before any of it is read.
Result<void> checkSize(Database &database, const char *table, std::size_t mostRows, std::int64_t largestRow)
{
    for (const auto &[what, most] :
         {std::pair{"count(*)", std::int64_t(mostRows)}, std::pair{"coalesce(max(length(data)), 0)", largestRow},
          std::pair{"coalesce(sum(length(data)), 0)", largestPacked}}) {
        const Result<QVariant> size =
            database.value(QStringLiteral("SELECT %1 FROM %2").arg(QLatin1String(what), QLatin1String(table)));
        if (!size)
            return size.error();
        if (size->toLongLong() > most)
            return damaged(QStringLiteral("it holds more than a project can"));
    }
    return {};
}

Result<QJsonObject> objectOf(const QVariant &text)
{
    QJsonParseError problem;
    const QJsonDocument json = QJsonDocument::fromJson(text.toString().toUtf8(), &problem);
    if (problem.error != QJsonParseError::NoError || !json.isObject())
        return damaged(QStringLiteral("a part of it is no valid JSON"));
    return json.object();
}

Result<QJsonObject> loadPart(Database &database, const QString &name)
{
    const Result<QVariant> data = database.value(QStringLiteral("SELECT data FROM parts WHERE name = ?"), {name});
    if (!data)
        return data.error();
    if (data->isNull())
        return damaged(QStringLiteral("its part \"%1\" is missing").arg(name));
    return objectOf(*data);
}

/// Puts a part where it belongs.
template<typename T>
Result<void> loadInto(Database &database, const char *name, Read<T> (*read)(const QJsonValue &), T &target)
{
    const Result<QJsonObject> json = loadPart(database, QString::fromLatin1(name));
    if (!json)
        return json.error();
    Read<T> part = read(*json);
    if (!part)
        return part.error().prefixed(QString::fromLatin1(name));
    target = std::move(*part);
    return {};
}

Result<void> loadFrames(Database &database, ReviewDocument &document)
{
    const Result<QVariant> data = database.value(QStringLiteral("SELECT data FROM frames WHERE id = 1"));
    if (!data)
        return data.error();
    const Result<QByteArray> packed = decompress(data->toByteArray(), largestPacked);
    if (!packed)
        return packed.error();
    Result<std::vector<base::FrameTime>> frames = unpackFrames(*packed);
    if (!frames)
        return frames.error();
    document.source.frames = std::move(*frames);
    return {};
}

struct ReviewPart
{
    std::vector<base::TimeRange> watched;
    bool reviewed = false;
};

Read<ReviewPart> readReview(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    ReviewPart part;
    part.reviewed = reader.boolean(QStringLiteral("reviewed"));
    part.watched = reader.read<std::vector<base::TimeRange>>(QStringLiteral("watched"), readRanges);
    if (Result<void> done = reader.finish(); !done)
        return done.error();
    return part;
}

Result<void> loadParts(Database &database, ReviewDocument &document)
{
    ReviewPart review;
    Result<void> done = checkSize(database, "parts", 16, largestJson);
    if (done)
        done = loadInto(database, "source", readSource, document.source);
    if (done)
        done = loadInto(database, "analysis", readAnalysis, document.analysis);
    if (done)
        done = loadInto(database, "settings", readSettings, document.settings);
    if (done)
        done = loadInto(database, "review", readReview, review);
    document.watched = std::move(review.watched);
    document.reviewed = review.reviewed;
    if (done)
        done = checkSize(database, "frames", 1, largestPacked);
    return done ? loadFrames(database, document) : done;
}

Result<base::Track> trackOf(const QSqlQuery &row)
{
    // Through the same reader as the log, so that there is one set of checks.
    QJsonObject head{{QStringLiteral("id"), row.value(0).toLongLong()},
                     {QStringLiteral("kind"), row.value(1).toString()},
                     {QStringLiteral("decision"), QJsonObject{{QStringLiteral("kind"), row.value(2).toString()},
                                                              {QStringLiteral("reason"), row.value(3).toString()},
                                                              {QStringLiteral("consent"), row.value(4).toString()}}},
                     {QStringLiteral("label"), row.value(6).toString()}};
    if (!row.value(5).isNull())
        head.insert(QStringLiteral("style"), row.value(5).toString());
    Read<base::Track> track = readTrackHead(head);
    if (!track)
        return track;
    Result<std::vector<base::Observation>> observations = unpackObservations(row.value(7).toByteArray());
    if (!observations)
        return observations.error();
    track->observations = std::move(*observations);
    return track;
}

Result<void> loadTracks(Database &database, ReviewDocument &document)
{
    if (Result<void> fits = checkSize(database, "observations", limits::tracks, largestPacked); !fits)
        return fits;
    const Result<QVariant> heads =
        database.value(QStringLiteral("SELECT count(*) + total(length(label) > 4000) * 1000000000 FROM tracks"));
    if (!heads)
        return heads.error();
    if (heads->toDouble() > double(limits::tracks))
        return damaged(QStringLiteral("it holds more than a project can"));
    return database.forEachRow(
        QStringLiteral("SELECT id, kind, decision, reason, consent, style, label, data FROM tracks "
                       "LEFT JOIN observations ON track = id ORDER BY id"),
        [&document](const QSqlQuery &row) -> Result<void> {
            Result<base::Track> track = trackOf(row);
            if (!track)
                return damaged(
                    QStringLiteral("track %1: %2").arg(row.value(0).toLongLong()).arg(track.error().message));
            document.tracks.push_back(std::move(*track));
            return {};
        });
}

Result<void> loadZones(Database &database, ReviewDocument &document)
{
    if (Result<void> fits = checkSize(database, "zones", limits::zones, largestJson); !fits)
        return fits;
    return database.forEachRow(QStringLiteral("SELECT id, data FROM zones ORDER BY id"),
                               [&document](const QSqlQuery &row) -> Result<void> {
                                   const Result<QJsonObject> json = objectOf(row.value(1));
                                   if (!json)
                                       return json.error();
                                   Read<base::Zone> zone = readZone(*json);
                                   if (!zone)
                                       return zone.error();
                                   if (zone->id != row.value(0).toLongLong())
                                       return damaged(QStringLiteral("a zone has two ids"));
                                   document.zones.push_back(std::move(*zone));
                                   return {};
                               });
}

Result<void> loadChecks(Database &database, ReviewDocument &document)
{
    const Result<QVariant> count = database.value(QStringLiteral("SELECT count(*) FROM checks"));
    if (!count)
        return count.error();
    if (count->toLongLong() > qlonglong(limits::checks))
        return damaged(QStringLiteral("it holds more than a project can"));
    return database.forEachRow(
        QStringLiteral(
            "SELECT id, kind, coalesce(track, 0), pts, x, y, width, height, settled FROM checks ORDER BY id"),
        [&document](const QSqlQuery &row) -> Result<void> {
            const auto number = [&row](int column) { return row.value(column).toLongLong(); };
            const Read<CheckItem> check =
                readCheck(QJsonObject{{QStringLiteral("id"), number(0)},
                                      {QStringLiteral("kind"), row.value(1).toString()},
                                      {QStringLiteral("track"), number(2)},
                                      {QStringLiteral("pts"), number(3)},
                                      {QStringLiteral("box"), QJsonArray{number(4), number(5), number(6), number(7)}},
                                      {QStringLiteral("settled"), number(8) == 1}});
            if (!check)
                return check.error();
            document.checks.push_back(*check);
            return {};
        });
}

enum Section : char { Parts = 'p', Tracks = 't', Zones = 'z', Checks = 'c' };
enum PartId : std::int64_t { SourcePart, FramesPart, AnalysisPart, SettingsPart, ReviewPartId };

} // namespace

StateDigest::StateDigest(const ReviewDocument &document)
{
    m_parts[{Parts, SourcePart}] = hashOf(bytesOf(sourceJson(document.source)));
    m_parts[{Parts, FramesPart}] = hashOf(packFrames(document.source.frames));
    m_parts[{Parts, AnalysisPart}] = hashOf(bytesOf(analysisJson(document.analysis)));
    m_parts[{Parts, SettingsPart}] = hashOf(bytesOf(settingsJson(document.settings)));
    m_parts[{Parts, ReviewPartId}] = hashOf(bytesOf(reviewJson(document)));
    for (const base::Track &track : document.tracks)
        m_parts[{Tracks, track.id}] = trackHash(track);
    for (const base::Zone &zone : document.zones)
        m_parts[{Zones, zone.id}] = hashOf(bytesOf(zoneJson(zone)));
    for (const CheckItem &check : document.checks)
        m_parts[{Checks, check.id}] = hashOf(bytesOf(checkJson(check)));
}

void StateDigest::update(const ReviewDocument &before, const ReviewDocument &after)
{
    if (!sameSource(before.source, after.source))
        m_parts[{Parts, SourcePart}] = hashOf(bytesOf(sourceJson(after.source)));
    if (before.source.frames != after.source.frames)
        m_parts[{Parts, FramesPart}] = hashOf(packFrames(after.source.frames));
    if (before.analysis != after.analysis)
        m_parts[{Parts, AnalysisPart}] = hashOf(bytesOf(analysisJson(after.analysis)));
    if (before.settings != after.settings)
        m_parts[{Parts, SettingsPart}] = hashOf(bytesOf(settingsJson(after.settings)));
    if (before.reviewed != after.reviewed || before.watched != after.watched)
        m_parts[{Parts, ReviewPartId}] = hashOf(bytesOf(reviewJson(after)));

    const auto updateList = [this](const auto &old, const auto &now, Section section, const auto &hash) {
        (void)forEachDifference(
            old, now,
            [this, section, &hash](const auto *, const auto &item) {
                m_parts[{section, item.id}] = hash(item);
                return Result<void>();
            },
            [this, section](const auto &item) {
                m_parts.erase({section, item.id});
                return Result<void>();
            });
    };
    updateList(before.tracks, after.tracks, Tracks, trackHash);
    updateList(before.zones, after.zones, Zones,
               [](const base::Zone &zone) { return hashOf(bytesOf(zoneJson(zone))); });
    updateList(before.checks, after.checks, Checks,
               [](const CheckItem &check) { return hashOf(bytesOf(checkJson(check))); });
}

QString StateDigest::total() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const auto &[key, part] : m_parts) {
        hash.addData(QByteArrayView(&key.first, 1));
        hash.addData(QByteArray::number(qint64(key.second)) + '\n');
        hash.addData(part);
    }
    return QString::fromLatin1(hash.result().toHex());
}

Result<void> storeDocument(Database &database, const ReviewDocument &document)
{
    if (Result<void> done = storeParts(database, nullptr, document); !done)
        return done;
    return storeLists(database, {}, document);
}

Result<void> storeChanges(Database &database, const ReviewDocument &before, const ReviewDocument &after)
{
    if (Result<void> done = storeParts(database, &before, after); !done)
        return done;
    return storeLists(database, before, after);
}

Result<ReviewDocument> loadDocument(Database &database)
{
    ReviewDocument document;
    Result<void> done = loadParts(database, document);
    if (done)
        done = loadTracks(database, document);
    if (done)
        done = loadZones(database, document);
    if (done)
        done = loadChecks(database, document);
    if (done)
        done = validate(document);
    if (!done)
        return done.error();
    return document;
}

} // namespace doorveil::project::internal
