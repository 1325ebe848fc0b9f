// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/camerazones.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "base/file.h"
#include "coretexts.h"
#include "project/documentrules.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::CameraZones)
};

constexpr qsizetype longestFile = 4 << 20;

base::Result<QJsonObject> readAll(const std::filesystem::path &file)
{
    std::error_code failed;
    if (!std::filesystem::exists(file, failed))
        return QJsonObject{};
    const base::Result<QByteArray> bytes = base::readSmallFile(file, longestFile);
    if (!bytes)
        return bytes.error();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return base::Error{base::ErrorKind::Failure,
                           Words::tr("%1 is damaged: %2. Move it away to keep zones for your cameras again.")
                               .arg(base::displayPath(file), error.errorString()),
                           QLatin1String(ownWords)};
    return document.object();
}

QJsonObject toJson(const CameraZone &zone)
{
    QJsonArray corners;
    for (const base::Point &corner : zone.polygon)
        corners.append(QJsonArray{corner.x, corner.y});
    return {{QStringLiteral("corners"), corners}, {QStringLiteral("label"), zone.label}};
}

/// Nothing for what is no zone of a document: the file is the owner's and may have been edited.
std::optional<CameraZone> zoneFrom(const QJsonValue &value)
{
    CameraZone zone;
    for (const QJsonValue &corner : value[QStringLiteral("corners")].toArray()) {
        if (!corner[0].isDouble() || !corner[1].isDouble())
            return std::nullopt;
        zone.polygon.push_back({corner[0].toInt(), corner[1].toInt()});
    }
    zone.label = value[QStringLiteral("label")].toString();
    if (!project::validate(base::Zone{1, zone.polygon, {}, zone.label}))
        return std::nullopt;
    return zone;
}

} // namespace

QString cameraKey(const project::SourceRecord &source)
{
    const base::Size size = source.info.displayedSize();
    QString name = QFileInfo(source.path).completeBaseName();
    static const QRegularExpression digits(QStringLiteral("[0-9]+"));
    name.replace(digits, QStringLiteral("#"));
    QStringList makers;
    for (const base::Tag &tag : source.info.tags) {
        const QString key = tag.key.toLower();
        if (key.contains(QStringLiteral("make")) || key.contains(QStringLiteral("model"))
            || key.contains(QStringLiteral("manufacturer")))
            makers += tag.value;
    }
    return QStringLiteral("%1x%2|%3|%4").arg(size.width).arg(size.height).arg(makers.join(QLatin1Char(' ')), name);
}

std::filesystem::path cameraZonesFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    return std::filesystem::path(folder.toStdString()) / "camera-zones.json";
}

base::Result<std::vector<CameraZone>> readCameraZones(const std::filesystem::path &file, const QString &camera)
{
    const base::Result<QJsonObject> all = readAll(file);
    if (!all)
        return all.error();
    std::vector<CameraZone> zones;
    for (const QJsonValue &value : all->value(camera).toArray()) {
        if (std::optional<CameraZone> zone = zoneFrom(value); zone && zones.size() < project::limits::zones)
            zones.push_back(std::move(*zone));
    }
    return zones;
}

base::Result<void> writeCameraZones(const std::filesystem::path &file, const QString &camera,
                                    const std::vector<CameraZone> &zones)
{
    base::Result<QJsonObject> all = readAll(file);
    if (!all)
        return all.error();
    QJsonArray list;
    for (const CameraZone &zone : zones)
        list.append(toJson(zone));
    if (list.isEmpty())
        all->remove(camera);
    else
        all->insert(camera, list);
    if (const base::Result<void> made = base::makePrivateFolder(file.parent_path()); !made)
        return made;
    base::DurableFile::Options options;
    options.replaceExisting = true;
    return base::writeDurably(file, QJsonDocument(*all).toJson(QJsonDocument::Indented), options);
}

} // namespace doorveil::ui
