// SPDX-License-Identifier: GPL-3.0-or-later
#include "degradedclips.h"

#include "support/labelledpictures.h"

#include <QDir>
#include <QFileInfo>
#include <QProcess>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace doorveil::bench {

namespace {

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

/// Frames to keep for a lower rate, one of each time 1 / rate: a labelled one where there is one, else the first.
std::vector<int> thinned(const LabelledClip &clip, double rate)
{
    std::set<int> labelled;
    for (const auto &[kind, frames] : clip.labels) {
        for (const auto &[index, labels] : frames)
            labelled.insert(index);
    }
    std::vector<int> kept;
    std::optional<double> first;
    std::int64_t last = -1;
    int index = 0;
    const QString problem = eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational timeBase) {
        const double seconds = double(frame.pts) * timeBase.toDouble();
        first = first.value_or(seconds);
        const auto turn = std::int64_t(std::floor((seconds - *first) * rate + 1e-3));
        if (turn > last)
            kept.push_back(index);
        else if (labelled.count(index) != 0 && labelled.count(kept.back()) == 0)
            kept.back() = index;
        last = turn;
        ++index;
        return true;
    });
    return problem.isEmpty() ? kept : std::vector<int>();
}

} // namespace

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
    result.name += QLatin1Char(' ') + degradation.name;
    result.path = QDir(folder).filePath(name + QLatin1Char('-') + degradation.name + QStringLiteral(".mp4"));
    result.isPicture = false;
    QStringList filters;
    if (clip.isPicture) // the encoder takes even sizes only
        filters.append(QStringLiteral("crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0"));
    if (!degradation.filter.isEmpty())
        filters.append(degradation.filter);
    if (degradation.frameRate > 0.0) {
        QStringList chosen;
        result.labels.clear();
        for (const int index : thinned(clip, degradation.frameRate)) {
            for (const auto &[kind, frames] : clip.labels) {
                if (const auto labels = frames.find(index); labels != frames.end())
                    result.labels[kind][int(chosen.size())] = labels->second;
            }
            chosen.append(QStringLiteral("eq(n,%1)").arg(index));
        }
        filters.append(QStringLiteral("select='%1'").arg(chosen.join(QLatin1Char('+'))));
    }
    base::Size size;
    if (degradation.barrel > 0.0)
        (void)eachFrame(clip, [&size](const base::VideoFrame &frame, base::Rational) {
            size = frame.displayedSize();
            return false;
        });
    for (auto &[kind, frames] : result.labels) {
        for (auto &[index, labels] : frames) {
            for (auto *boxes : {&labels.boxes, &labels.ignored}) {
                for (base::Rectangle &box : *boxes)
                    box = degradation.barrel > 0.0 ? behindLens(box, degradation.barrel, size)
                                                   : testsupport::scaledBox(box, degradation.scale);
            }
        }
    }
    QStringList arguments{QStringLiteral("-i"), clip.path, QStringLiteral("-an")};
    if (!filters.isEmpty())
        arguments << QStringLiteral("-vf") << filters.join(QLatin1Char(','));
    arguments << QStringLiteral("-fps_mode") << QStringLiteral("passthrough") << QStringLiteral("-c:v")
              << QStringLiteral("libx264") << QStringLiteral("-threads")
              << QStringLiteral("1") // the same on every machine
              << QStringLiteral("-pix_fmt") << QStringLiteral("yuv420p") << QStringLiteral("-crf")
              << QString::number(degradation.crf) << result.path;
    if (!runFfmpeg(arguments))
        result.path.clear();
    return result;
}

} // namespace doorveil::bench
