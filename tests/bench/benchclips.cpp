// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchclips.h"

#include "base/file.h"
#include "isolation/videoreader.h"
#include "pipeline/labels.h"
#include "support/labelledpictures.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <algorithm>
#include <cmath>

namespace doorveil::bench {

namespace {

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

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

LabelledClip &clipOf(std::vector<LabelledClip> &clips, const QString &path)
{
    const auto known =
        std::find_if(clips.begin(), clips.end(), [&path](const LabelledClip &clip) { return clip.path == path; });
    if (known != clips.end())
        return *known;
    return clips.emplace_back(LabelledClip{QFileInfo(path).completeBaseName(), path, false, {}});
}

void addClips(std::vector<LabelledClip> &clips, const QDir &folder, const QString &file, const QString &key,
              base::TrackKind kind)
{
    const QJsonObject all = readJson(folder.filePath(file))[QStringLiteral("clips")].toObject();
    for (const QString &name : all.keys()) {
        KindLabels &labels = clipOf(clips, folder.filePath(name)).labels[kind];
        const QJsonObject frames = all[name].toObject();
        for (const QString &index : frames.keys()) {
            const QJsonObject entry = frames[index].toObject();
            labels[index.toInt()] = {cornerBoxes(entry[key].toArray()),
                                     cornerBoxes(entry[QStringLiteral("ignore")].toArray())};
        }
    }
}

void addRomanianClip(std::vector<LabelledClip> &clips, const QDir &folder)
{
    const QJsonObject frames =
        readJson(folder.filePath(QStringLiteral("romanian_plates_gt.json")))[QStringLiteral("frames")].toObject();
    if (frames.isEmpty())
        return;
    LabelledClip &clip = clipOf(clips, folder.filePath(QStringLiteral("derived/romanian_plates_2fps.mp4")));
    for (const QString &index : frames.keys())
        clip.labels[base::TrackKind::Plate][index.toInt()] = {cornerBoxes(frames[index].toArray()), {}};
}

/// The project's own labels, in place of others of the same clip.
base::Result<void> addOwnLabels(std::vector<LabelledClip> &clips, const QDir &folder)
{
    const QDir own(labelFolder());
    const QStringList names =
        own.entryList({QLatin1Char('*') + QLatin1String(pipeline::labels::fileSuffix)}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        base::Result<LabelFile> file = readLabels(own.filePath(name));
        if (!file)
            return file.error();
        bool isThere = false;
        for (const QString &place : {file->clip, QStringLiteral("derived/") + file->clip}) {
            if (!QFile::exists(folder.filePath(place)))
                continue;
            clipOf(clips, folder.filePath(place)).labels = file->labels;
            isThere = true;
        }
        if (!isThere)
            QTextStream(stderr) << own.filePath(name) << ": there is no " << file->clip << " in the test data\n";
    }
    return {};
}

std::uint8_t level(double value)
{
    return std::uint8_t(std::clamp(std::lround(value), 0L, 255L));
}

/// BT.601, full range, 4:4:4.
base::VideoFrame toFrame(const base::Picture &picture)
{
    base::VideoFrame frame(picture.size, {base::ChromaLayout::Yuv444, 8});
    frame.colour.matrix = 6;
    frame.colour.fullRange = true;
    for (int y = 0; y < picture.size.height; ++y) {
        const std::uint8_t *row = picture.bgr.data() + std::size_t(y) * std::size_t(picture.size.width) * 3;
        for (int x = 0; x < picture.size.width; ++x) {
            const double blue = row[3 * x];
            const double green = row[3 * x + 1];
            const double red = row[3 * x + 2];
            const double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
            frame.plane(0).data[y * frame.plane(0).stride + x] = std::byte(level(luma));
            frame.plane(1).data[y * frame.plane(1).stride + x] = std::byte(level(128 + (blue - luma) * 0.564));
            frame.plane(2).data[y * frame.plane(2).stride + x] = std::byte(level(128 + (red - luma) * 0.713));
        }
    }
    return frame;
}

} // namespace

base::Result<std::vector<LabelledClip>> labelledClips(const QString &dataFolder)
{
    std::vector<LabelledClip> clips;
    const QDir folder(QDir(dataFolder).filePath(QStringLiteral("clips/dev")));
    addClips(clips, folder, QStringLiteral("faces_gt.json"), QStringLiteral("faces"), base::TrackKind::Face);
    addClips(clips, folder, QStringLiteral("plates_gt.json"), QStringLiteral("plates"), base::TrackKind::Plate);
    addRomanianClip(clips, folder);
    if (const base::Result<void> added = addOwnLabels(clips, folder); !added)
        return added.error();
    return clips;
}

base::Result<std::vector<LabelledClip>> labelledStills()
{
    const base::Result<PictureBoxes> more =
        readPictureBoxes(QDir(labelFolder()).filePath(QStringLiteral("more_plates.txt")));
    if (!more)
        return more.error();
    std::vector<LabelledClip> stills;
    for (const char *folder : {"faces_dlib", "faces_misc", "plates_openalpr_us", "plates_openalpr_eu",
                               "plates_openalpr_br", "plates_romanian"}) {
        const QString set = QString::fromLatin1(folder);
        for (const testsupport::LabelledPicture &picture : testsupport::labelledPictures(set)) {
            FrameLabels labels{picture.boxes, picture.ignored};
            const auto known = more->find(set + QLatin1Char('/') + QFileInfo(picture.path).fileName());
            if (known != more->end())
                labels.ignored.insert(labels.ignored.end(), known->second.begin(), known->second.end());
            stills.push_back({set, picture.path, true, {{picture.kind, {{0, std::move(labels)}}}}});
        }
    }
    return stills;
}

base::Result<LabelledClip> anyClip(const QString &path)
{
    const QFileInfo clip(path);
    LabelledClip result{clip.completeBaseName(), path, false, {}};
    const QString name = clip.fileName() + QLatin1String(pipeline::labels::fileSuffix);
    for (const QDir &folder : {clip.dir(), QDir(labelFolder())}) {
        if (!folder.exists(name))
            continue;
        base::Result<LabelFile> file = readLabels(folder.filePath(name));
        if (!file)
            return file.error();
        result.labels = file->labels;
        break;
    }
    return result;
}

QString eachFrame(const LabelledClip &clip,
                  const std::function<bool(const base::VideoFrame &, base::Rational timeBase)> &visit)
{
    if (clip.isPicture) {
        const base::Picture picture = testsupport::loadPicture(clip.path);
        if (picture.isNull())
            return QStringLiteral("%1 is no picture").arg(clip.path);
        (void)visit(toFrame(picture), {1, 1000});
        return {};
    }
    auto descriptor = base::openInput(clip.path.toStdString());
    if (!descriptor)
        return descriptor.error().message;
    auto source = isolation::openClip(descriptor->get());
    if (!source)
        return source.error().message;
    const base::Rational timeBase = (*source)->info().timeBase;
    while (true) {
        auto frame = (*source)->nextFrame();
        if (!frame)
            return frame.error().message;
        if (!*frame || !visit(**frame, timeBase))
            return {};
    }
}

} // namespace doorveil::bench
