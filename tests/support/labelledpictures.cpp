// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/labelledpictures.h"

#include "support/testdata.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamReader>

#include <cmath>
#include <cstring>

namespace doorveil::testsupport {

namespace {

/// [x1, y1, x2, y2] in pixels.
std::vector<base::Rectangle> cornerBoxes(const QJsonArray &array)
{
    std::vector<base::Rectangle> boxes;
    for (const QJsonValue &value : array) {
        const QJsonArray corners = value.toArray();
        const auto corner = [&](int index) { return int(std::lround(corners.at(index).toDouble())); };
        boxes.push_back({corner(0), corner(1), corner(2) - corner(0), corner(3) - corner(1)});
    }
    return boxes;
}

std::vector<LabelledPicture> fromJson(const QDir &folder, const QString &file, const QString &key, base::TrackKind kind)
{
    std::vector<LabelledPicture> pictures;
    QFile labels(folder.filePath(file));
    if (!labels.open(QIODevice::ReadOnly))
        return pictures;
    const QJsonObject images = QJsonDocument::fromJson(labels.readAll())[QStringLiteral("images")].toObject();
    for (const QString &name : images.keys()) {
        const QJsonObject entry = images[name].toObject();
        pictures.push_back({folder.filePath(name), kind, cornerBoxes(entry[key].toArray()),
                            cornerBoxes(entry[QStringLiteral("ignore")].toArray())});
    }
    return pictures;
}

/// dlib's imglab format.
std::vector<LabelledPicture> fromImglab(const QDir &folder, const QString &file)
{
    std::vector<LabelledPicture> pictures;
    QFile labels(folder.filePath(file));
    if (!labels.open(QIODevice::ReadOnly))
        return pictures;
    QXmlStreamReader xml(&labels);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        const auto number = [&](const char *name) { return attributes.value(QLatin1String(name)).toInt(); };
        if (xml.name() == QLatin1String("image")) {
            const QString name = attributes.value(QLatin1String("file")).toString();
            pictures.push_back({folder.filePath(name), base::TrackKind::Face, {}, {}});
        } else if (xml.name() == QLatin1String("box") && !pictures.empty()) {
            const base::Rectangle box{number("left"), number("top"), number("width"), number("height")};
            const bool ignored = attributes.value(QLatin1String("ignore")) == QLatin1String("1");
            (ignored ? pictures.back().ignored : pictures.back().boxes).push_back(box);
        }
    }
    return pictures;
}

/// One text file a picture, tab separated: file, x, y, width, height, characters.
std::vector<LabelledPicture> fromTextFiles(const QDir &folder)
{
    std::vector<LabelledPicture> pictures;
    for (const QString &name : folder.entryList({QStringLiteral("*.txt")}, QDir::Files, QDir::Name)) {
        QFile labels(folder.filePath(name));
        if (!labels.open(QIODevice::ReadOnly))
            continue;
        const QStringList fields = QString::fromUtf8(labels.readLine()).split(QLatin1Char('\t'));
        if (fields.size() < 5)
            continue;
        const auto number = [&](int index) { return fields[index].toInt(); };
        pictures.push_back(
            {folder.filePath(fields[0]), base::TrackKind::Plate, {{number(1), number(2), number(3), number(4)}}, {}});
    }
    return pictures;
}

QImage view(const base::Picture &picture)
{
    return {picture.bgr.data(), picture.size.width, picture.size.height, qsizetype(picture.size.width) * 3,
            QImage::Format_BGR888};
}

base::Picture toPicture(const QImage &image)
{
    base::Picture picture;
    if (image.isNull())
        return picture;
    const QImage bgr = image.convertToFormat(QImage::Format_BGR888);
    picture.size = {bgr.width(), bgr.height()};
    const std::size_t row = std::size_t(bgr.width()) * 3;
    picture.bgr.resize(row * std::size_t(bgr.height()));
    for (int y = 0; y < bgr.height(); ++y)
        std::memcpy(picture.bgr.data() + std::size_t(y) * row, bgr.constScanLine(y), row);
    return picture;
}

} // namespace

std::vector<LabelledPicture> labelledPictures(const QString &folder)
{
    const QString path = testData(QStringLiteral("images/") + folder);
    if (path.isEmpty())
        return {};
    const QDir where(path);
    if (folder == QLatin1String("faces_dlib")) {
        std::vector<LabelledPicture> pictures = fromImglab(where, QStringLiteral("training.xml"));
        const std::vector<LabelledPicture> more = fromImglab(where, QStringLiteral("testing.xml"));
        pictures.insert(pictures.end(), more.begin(), more.end());
        return pictures;
    }
    if (folder == QLatin1String("faces_misc"))
        return fromJson(where, QStringLiteral("faces_gt.json"), QStringLiteral("faces"), base::TrackKind::Face);
    if (folder == QLatin1String("plates_romanian"))
        return fromJson(where, QStringLiteral("plates_gt.json"), QStringLiteral("plates"), base::TrackKind::Plate);
    return fromTextFiles(where);
}

base::Picture loadPicture(const QString &path)
{
    return toPicture(QImage(path));
}

base::Picture scaledPicture(const base::Picture &picture, double factor)
{
    const QImage image = view(picture);
    return toPicture(image.scaled(int(std::lround(picture.size.width * factor)),
                                  int(std::lround(picture.size.height * factor)), Qt::IgnoreAspectRatio,
                                  Qt::SmoothTransformation));
}

base::Rectangle scaledBox(const base::Rectangle &box, double factor)
{
    const auto scaled = [factor](int value) { return int(std::lround(value * factor)); };
    return {scaled(box.x), scaled(box.y), scaled(box.width), scaled(box.height)};
}

bool isHit(const base::Rectangle &find, const base::Rectangle &label, double overlap)
{
    const double covered = double(find.intersected(label).area()) / double(std::max<std::int64_t>(label.area(), 1));
    return covered > 0.5 && base::intersectionOverUnion(find, label) > overlap;
}

} // namespace doorveil::testsupport
