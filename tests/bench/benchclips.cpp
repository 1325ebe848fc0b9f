// SPDX-License-Identifier: GPL-3.0-or-later
#include "benchclips.h"

#include "base/file.h"
#include "isolation/videoreader.h"
#include "support/labelledpictures.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
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

void addClips(std::vector<LabelledClip> &clips, const QDir &folder, const QString &file, const QString &key,
              base::TrackKind kind)
{
    const QJsonObject all = readJson(folder.filePath(file))[QStringLiteral("clips")].toObject();
    for (const QString &name : all.keys()) {
        LabelledClip clip{QFileInfo(name).completeBaseName(), folder.filePath(name), false, kind, {}};
        const QJsonObject frames = all[name].toObject();
        for (const QString &index : frames.keys()) {
            const QJsonObject entry = frames[index].toObject();
            clip.frames[index.toInt()] = {cornerBoxes(entry[key].toArray()),
                                          cornerBoxes(entry[QStringLiteral("ignore")].toArray())};
        }
        clips.push_back(clip);
    }
}

void addRomanianClip(std::vector<LabelledClip> &clips, const QDir &folder)
{
    const QJsonObject frames =
        readJson(folder.filePath(QStringLiteral("romanian_plates_gt.json")))[QStringLiteral("frames")].toObject();
    LabelledClip clip{QStringLiteral("romanian_plates_2fps"),
                      folder.filePath(QStringLiteral("derived/romanian_plates_2fps.mp4")),
                      false,
                      base::TrackKind::Plate,
                      {}};
    for (const QString &index : frames.keys())
        clip.frames[index.toInt()] = {cornerBoxes(frames[index].toArray()), {}};
    if (!clip.frames.empty())
        clips.push_back(clip);
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

base::Rectangle scaledBox(const base::Rectangle &box, double factor)
{
    const auto scaled = [factor](int value) { return int(std::lround(value * factor)); };
    return {scaled(box.x), scaled(box.y), scaled(box.width), scaled(box.height)};
}

/// Where a wide lens shows what a straight one shows in a box: the box around its edge's points.
base::Rectangle behindLens(const base::Rectangle &box, double barrel, base::Size size)
{
    const double half = std::hypot(size.width, size.height) / 2.0;
    const auto moved = [&](double x, double y) {
        const double away = std::hypot(x - size.width / 2.0, y - size.height / 2.0) / half;
        double seen = away;
        for (int step = 0; step < 20; ++step) // Newton's method for seen (1 + barrel seen²) = away
            seen -= (seen * (1.0 + barrel * seen * seen) - away) / (1.0 + 3.0 * barrel * seen * seen);
        const double share = away > 0.0 ? seen / away : 1.0;
        return std::pair(size.width / 2.0 + (x - size.width / 2.0) * share,
                         size.height / 2.0 + (y - size.height / 2.0) * share);
    };
    constexpr int parts = 8;
    double left = size.width;
    double top = size.height;
    double right = 0.0;
    double bottom = 0.0;
    for (int part = 0; part <= parts; ++part) {
        const double x = box.x + double(box.width) * part / parts;
        const double y = box.y + double(box.height) * part / parts;
        for (const auto &[pointX, pointY] :
             {moved(x, box.y), moved(x, box.bottom()), moved(box.x, y), moved(box.right(), y)}) {
            left = std::min(left, pointX);
            top = std::min(top, pointY);
            right = std::max(right, pointX);
            bottom = std::max(bottom, pointY);
        }
    }
    const int x = int(std::lround(left));
    const int y = int(std::lround(top));
    return {x, y, int(std::lround(right)) - x, int(std::lround(bottom)) - y};
}

bool runFfmpeg(const QStringList &arguments)
{
    QProcess ffmpeg;
    ffmpeg.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    ffmpeg.start(QStringLiteral("ffmpeg"),
                 QStringList{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y")} + arguments);
    return ffmpeg.waitForFinished(-1) && ffmpeg.exitStatus() == QProcess::NormalExit && ffmpeg.exitCode() == 0;
}

/// Frames to keep for a lower rate: every n-th, and every labelled one.
std::vector<int> thinned(const LabelledClip &clip, double rate)
{
    std::vector<double> seconds;
    const QString problem = eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational timeBase) {
        seconds.push_back(double(frame.pts) * timeBase.toDouble());
        return true;
    });
    std::vector<int> kept;
    double next = 0.0;
    for (int index = 0; problem.isEmpty() && index < int(seconds.size()); ++index) {
        const bool due = seconds[std::size_t(index)] >= next - 1e-3;
        if (due || clip.frames.count(index) != 0)
            kept.push_back(index);
        if (due)
            next = seconds[std::size_t(index)] + 1.0 / rate;
    }
    return kept;
}

} // namespace

std::vector<LabelledClip> labelledClips(const QString &dataFolder)
{
    std::vector<LabelledClip> clips;
    const QDir folder(QDir(dataFolder).filePath(QStringLiteral("clips/dev")));
    addClips(clips, folder, QStringLiteral("faces_gt.json"), QStringLiteral("faces"), base::TrackKind::Face);
    addClips(clips, folder, QStringLiteral("plates_gt.json"), QStringLiteral("plates"), base::TrackKind::Plate);
    addRomanianClip(clips, folder);
    return clips;
}

std::vector<LabelledClip> labelledStills()
{
    std::vector<LabelledClip> stills;
    for (const char *folder : {"faces_dlib", "faces_misc", "plates_openalpr_us", "plates_openalpr_eu",
                               "plates_openalpr_br", "plates_romanian"}) {
        for (const testsupport::LabelledPicture &picture : testsupport::labelledPictures(QString::fromLatin1(folder)))
            stills.push_back({QString::fromLatin1(folder),
                              picture.path,
                              true,
                              picture.kind,
                              {{0, {picture.boxes, picture.ignored}}}});
    }
    return stills;
}

std::vector<Degradation> degradations()
{
    return {
        {QStringLiteral("infrared"), QStringLiteral("hue=s=0,eq=contrast=0.55:brightness=-0.2,noise=alls=14:allf=t"),
         32},
        {QStringLiteral("grain"), QStringLiteral("hue=s=0,eq=contrast=0.55:brightness=-0.2,noise=alls=14:allf=t"), 18},
        {QStringLiteral("half"), QStringLiteral("scale=trunc(iw/4)*2:trunc(ih/4)*2:flags=area"), 23, 0.5},
        {QStringLiteral("10fps"), {}, 20, 1.0, 0.0, 10.0},
        {QStringLiteral("crf38"), {}, 38},
        {QStringLiteral("barrel"), QStringLiteral("lenscorrection=k1=0.35:i=bilinear"), 23, 1.0, 0.35},
        {QStringLiteral("blur"), QStringLiteral("avgblur=sizeX=3:sizeY=0"), 23},
        {QStringLiteral("backlight"), QStringLiteral("curves=all='0/0 0.5/0.16 0.75/0.55 0.85/1 1/1'"), 28},
    };
}

LabelledClip degraded(const LabelledClip &clip, const Degradation &degradation, const QString &folder)
{
    LabelledClip result = clip;
    const QString name = clip.isPicture ? clip.name + QLatin1Char('-') + QFileInfo(clip.path).fileName() : clip.name;
    result.path = QDir(folder).filePath(name + QLatin1Char('-') + base::toText(clip.kind) + QLatin1Char('-')
                                        + degradation.name + QStringLiteral(".mp4"));
    result.isPicture = false;
    QStringList filters;
    if (clip.isPicture) // the encoder takes even sizes only
        filters.append(QStringLiteral("crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0"));
    if (!degradation.filter.isEmpty())
        filters.append(degradation.filter);
    if (degradation.frameRate > 0.0) {
        QStringList chosen;
        std::map<int, FrameLabels> moved;
        for (const int index : thinned(clip, degradation.frameRate)) {
            const auto labels = clip.frames.find(index);
            if (labels != clip.frames.end())
                moved[int(chosen.size())] = labels->second;
            chosen.append(QStringLiteral("eq(n,%1)").arg(index));
        }
        result.frames = moved;
        filters.append(QStringLiteral("select='%1'").arg(chosen.join(QLatin1Char('+'))));
    }
    base::Size size;
    if (degradation.barrel > 0.0)
        (void)eachFrame(clip, [&size](const base::VideoFrame &frame, base::Rational) {
            size = frame.displayedSize();
            return false;
        });
    for (auto &[index, labels] : result.frames) {
        for (auto *boxes : {&labels.boxes, &labels.ignored}) {
            for (base::Rectangle &box : *boxes)
                box = degradation.barrel > 0.0 ? behindLens(box, degradation.barrel, size)
                                               : scaledBox(box, degradation.scale);
        }
    }
    QStringList arguments{QStringLiteral("-i"), clip.path, QStringLiteral("-an")};
    if (!filters.isEmpty())
        arguments << QStringLiteral("-vf") << filters.join(QLatin1Char(','));
    arguments << QStringLiteral("-fps_mode") << QStringLiteral("passthrough") << QStringLiteral("-c:v")
              << QStringLiteral("libx264") << QStringLiteral("-pix_fmt") << QStringLiteral("yuv420p")
              << QStringLiteral("-crf") << QString::number(degradation.crf) << result.path;
    if (!runFfmpeg(arguments))
        result.path.clear();
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
