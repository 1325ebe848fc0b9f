// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/batchfolder.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <system_error>

namespace doorveil::pipeline::batch {

namespace {

namespace fs = std::filesystem;

constexpr const char *stateFolder = ".doorveil-batch";
constexpr const char *recordsFolder = "clips";

fs::path recordsIn(const fs::path &folder)
{
    return folder / stateFolder / recordsFolder;
}

fs::path shardsFile(const fs::path &folder)
{
    return folder / stateFolder / "shards.json";
}

base::Result<void> replace(const fs::path &path, const QJsonObject &object)
{
    base::DurableFile::Options options;
    options.replaceExisting = true;
    return base::writeDurably(path, QJsonDocument(object).toJson(QJsonDocument::Indented), options);
}

base::Result<std::vector<Shard>> readShards(const fs::path &folder)
{
    std::vector<Shard> shards;
    std::error_code failed;
    if (!fs::exists(shardsFile(folder), failed))
        return shards;
    const base::Result<QByteArray> text = base::readSmallFile(shardsFile(folder));
    if (!text)
        return text.error();
    const QJsonArray list = QJsonDocument::fromJson(*text).object().value(QStringLiteral("shards")).toArray();
    for (const QJsonValue &value : list)
        shards.push_back({value.toObject().value(QStringLiteral("index")).toInt(),
                          value.toObject().value(QStringLiteral("count")).toInt()});
    return shards;
}

} // namespace

bool Shard::takes(const QString &sha256) const
{
    bool isHex = false;
    const quint64 number = sha256.left(16).toULongLong(&isHex, 16);
    return isHex && number % quint64(count) == quint64(index - 1);
}

bool BatchFolder::hasState(const fs::path &path)
{
    std::error_code failed;
    return fs::is_directory(recordsIn(path), failed);
}

OutputPaths BatchFolder::outputsIn(const fs::path &folder, const QString &name)
{
    const fs::path stem = folder / fs::path(name.toStdString());
    const auto with = [&stem](const char *ending) {
        fs::path path = stem;
        path += ending;
        return path;
    };
    return {with(".mp4"), with(".doorveil"), with(".report.json")};
}

base::Result<std::vector<ClipRecord>> BatchFolder::readRecords(const fs::path &path)
{
    std::vector<ClipRecord> records;
    std::error_code failed;
    fs::directory_iterator entries(recordsIn(path), failed);
    if (failed)
        return records;
    for (const fs::directory_entry &entry : entries) {
        if (entry.path().extension() != ".json")
            continue;
        const base::Result<QByteArray> text = base::readSmallFile(entry.path());
        if (!text)
            return text.error();
        base::Result<ClipRecord> record = clipRecordFromJson(*text, base::displayPath(entry.path()));
        if (!record)
            return record.error();
        records.push_back(std::move(*record));
    }
    std::sort(records.begin(), records.end(), [](const ClipRecord &a, const ClipRecord &b) { return a.name < b.name; });
    return records;
}

base::Result<std::unique_ptr<BatchFolder>> BatchFolder::open(const fs::path &path, bool resume)
{
    const bool existed = hasState(path);
    if (const base::Result<void> made = base::makeFolders(recordsIn(path)); !made)
        return made.error();
    std::unique_ptr<BatchFolder> folder(new BatchFolder);
    folder->m_path = path;
    base::Result<std::unique_ptr<base::LockFile>> lock = base::LockFile::acquire(path / stateFolder / "lock");
    if (!lock) {
        if (lock.error().failureClass == QStringLiteral("in-use"))
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("another batch is writing to %1; wait for it, or use another folder")
                                   .arg(base::displayPath(path)),
                               lock.error().failureClass};
        return lock.error();
    }
    folder->m_lock = std::move(*lock);
    base::removeStaleTemporaries(recordsIn(path));
    base::Result<std::vector<ClipRecord>> records = readRecords(path);
    if (!records)
        return records.error();
    if (existed && !resume && !records->empty())
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 holds an earlier batch: go on with it by --resume, or use another folder")
                               .arg(base::displayPath(path))};
    for (ClipRecord &record : *records)
        folder->m_records.emplace(record.name, std::move(record));
    base::Result<std::vector<Shard>> shards = readShards(path);
    if (!shards)
        return shards.error();
    folder->m_shards = std::move(*shards);
    return folder;
}

fs::path BatchFolder::recordPath(const QString &name) const
{
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    return recordsIn(m_path) / (hash.toStdString() + ".json");
}

std::vector<ClipRecord> BatchFolder::records() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<ClipRecord> all;
    all.reserve(m_records.size());
    for (const auto &[name, record] : m_records)
        all.push_back(record);
    return all;
}

std::optional<ClipRecord> BatchFolder::find(const QString &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_records.find(name);
    return found == m_records.end() ? std::nullopt : std::optional(found->second);
}

base::Result<void> BatchFolder::store(const ClipRecord &record)
{
    if (const base::Result<void> written = replace(recordPath(record.name), toJson(record)); !written)
        return written;
    const std::lock_guard lock(m_mutex);
    m_records[record.name] = record;
    return {};
}

void BatchFolder::forget(const QString &name)
{
    std::error_code failed;
    fs::remove(recordPath(name), failed); // what stays behind says "started", and is begun again
    const std::lock_guard lock(m_mutex);
    m_records.erase(name);
}

base::Result<void> BatchFolder::setShards(const std::vector<Shard> &shards)
{
    std::vector<Shard> sorted = shards;
    std::sort(sorted.begin(), sorted.end(), [](const Shard &a, const Shard &b) {
        return a.count != b.count ? a.count < b.count : a.index < b.index;
    });
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (sorted == m_shards)
        return {};
    QJsonArray list;
    for (const Shard &shard : sorted)
        list.append(QJsonObject{{QStringLiteral("index"), shard.index}, {QStringLiteral("count"), shard.count}});
    if (const base::Result<void> written = replace(shardsFile(m_path), {{QStringLiteral("shards"), list}}); !written)
        return written;
    m_shards = std::move(sorted);
    return {};
}

} // namespace doorveil::pipeline::batch
