// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchlabels.h"

#include "pipeline/labels.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <cmath>
#include <optional>

namespace doorveil::bench {

namespace {

namespace words = pipeline::labels;

using Boxes = std::vector<base::Rectangle>;

Boxes together(Boxes one, const Boxes &other)
{
    one.insert(one.end(), other.begin(), other.end());
    return one;
}

class Reader
{
public:
    explicit Reader(const QString &path) : m_path(path) { }

    base::Result<LabelFile> read()
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly))
            return error(file.errorString());
        const QByteArray text = file.readAll();
        QJsonParseError parsed;
        const QJsonObject root = QJsonDocument::fromJson(text, &parsed).object();
        if (parsed.error != QJsonParseError::NoError)
            return error(
                QStringLiteral("line %1: %2").arg(text.left(parsed.offset).count('\n') + 1).arg(parsed.errorString()));
        for (const QString &key : root.keys()) {
            if (key != QLatin1String("format") && key != QLatin1String("version") && key != QLatin1String("clip")
                && key != QLatin1String("frames"))
                return error(key + QStringLiteral(": no such key"));
        }
        if (root[QStringLiteral("format")] != QLatin1String(words::format))
            return error(QStringLiteral("format: not “%1”").arg(QLatin1String(words::format)));
        if (root[QStringLiteral("version")] != words::version)
            return error(QStringLiteral("version: not %1").arg(words::version));
        LabelFile result;
        result.clip = root[QStringLiteral("clip")].toString();
        if (result.clip.isEmpty() || result.clip.contains(QLatin1Char('/')))
            return error(QStringLiteral("clip: not the name of a file"));
        const QJsonObject frames = root[QStringLiteral("frames")].toObject();
        if (frames.isEmpty())
            return error(QStringLiteral("frames: none"));
        for (const QString &key : frames.keys()) {
            if (!addFrame(result.labels, key, frames[key]))
                return *m_error;
        }
        return result;
    }

private:
    base::Error error(const QString &what) const
    {
        return {base::ErrorKind::Failure, QStringLiteral("%1: %2").arg(m_path, what)};
    }

    [[nodiscard]] bool refuse(const QString &what)
    {
        m_error = error(what);
        return false;
    }

    [[nodiscard]] bool addFrame(ClipLabels &labels, const QString &key, const QJsonValue &value)
    {
        const QString place = QStringLiteral("frames/") + key;
        bool isNumber = false;
        const int index = key.toInt(&isNumber);
        if (!isNumber || index < 0 || key != QString::number(index))
            return refuse(place + QStringLiteral(": not the index of a frame"));
        const QJsonObject frame = value.toObject();
        std::map<QString, Boxes> found;
        for (const char *kind : {words::faces, words::heads, words::plates, words::ignored}) {
            const QString name = QString::fromLatin1(kind);
            if (!addBoxes(found[name], place + QLatin1Char('/') + name, frame[name]))
                return false;
        }
        for (const QString &name : frame.keys()) {
            if (found.find(name) == found.end())
                return refuse(place + QLatin1Char('/') + name + QStringLiteral(": no such kind"));
        }
        const auto of = [&found](const char *kind) { return found[QString::fromLatin1(kind)]; };
        // A cover on somebody turned away is no false face, nor one on a face a false head.
        labels[base::TrackKind::Face][index] = {of(words::faces), together(of(words::ignored), of(words::heads))};
        labels[base::TrackKind::Head][index] = {of(words::heads), together(of(words::ignored), of(words::faces))};
        labels[base::TrackKind::Person][index] = {together(of(words::faces), of(words::heads)), of(words::ignored)};
        labels[base::TrackKind::Plate][index] = {of(words::plates), of(words::ignored)};
        return true;
    }

    [[nodiscard]] bool addBoxes(Boxes &boxes, const QString &place, const QJsonValue &value)
    {
        if (!value.isArray())
            return refuse(place + QStringLiteral(": missing, or no list"));
        const QJsonArray list = value.toArray();
        for (int index = 0; index < int(list.size()); ++index) {
            const QString here = QStringLiteral("%1/%2").arg(place).arg(index);
            const QJsonArray corners = list[index].toArray();
            if (corners.size() != 4)
                return refuse(here + QStringLiteral(": not [left, top, right, bottom]"));
            std::array<int, 4> numbers{};
            for (int corner = 0; corner < 4; ++corner) {
                if (!corners[corner].isDouble() || std::abs(corners[corner].toDouble()) > furthest)
                    return refuse(here + QStringLiteral(": not four numbers of pixels"));
                numbers[std::size_t(corner)] = int(std::lround(corners[corner].toDouble()));
            }
            const base::Rectangle box{numbers[0], numbers[1], numbers[2] - numbers[0], numbers[3] - numbers[1]};
            if (box.isEmpty())
                return refuse(here + QStringLiteral(": right and bottom are not beyond left and top"));
            boxes.push_back(box);
        }
        return true;
    }

    static constexpr double furthest = 1 << 20; // pixels; as project/documentrules.h
    QString m_path;
    std::optional<base::Error> m_error;
};

} // namespace

base::Result<LabelFile> readLabels(const QString &path)
{
    return Reader(path).read();
}

base::Result<PictureBoxes> readPictureBoxes(const QString &path)
{
    QFile file(path);
    const auto error = [&path](const QString &what) {
        return base::Error{base::ErrorKind::Failure, QStringLiteral("%1: %2").arg(path, what)};
    };
    if (!file.open(QIODevice::ReadOnly))
        return error(file.errorString());
    PictureBoxes boxes;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (int index = 0; index < int(lines.size()); ++index) {
        if (lines[index].isEmpty() || lines[index].startsWith(QLatin1Char('#')))
            continue;
        const QStringList fields = lines[index].split(QLatin1Char(' '));
        std::vector<int> numbers;
        for (const QString &field : fields.mid(1)) {
            bool isNumber = false;
            numbers.push_back(field.toInt(&isNumber));
            if (!isNumber)
                numbers.clear();
        }
        if (fields.size() != 5 || numbers.size() != 4 || numbers[2] <= 0 || numbers[3] <= 0)
            return error(QStringLiteral("line %1: not a picture, left, top, width and height").arg(index + 1));
        boxes[fields[0]].push_back({numbers[0], numbers[1], numbers[2], numbers[3]});
    }
    return boxes;
}

QString labelFolder()
{
    return QStringLiteral(DOORVEIL_BENCH_LABELS);
}

} // namespace doorveil::bench
