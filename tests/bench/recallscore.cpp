// SPDX-License-Identifier: GPL-3.0-or-later
#include "recallscore.h"

#include <algorithm>

namespace doorveil::bench {

namespace {
constexpr double matchOverlap = 0.5;
constexpr double coveredEnough = 0.9;

std::size_t sizeClass(const base::Rectangle &box, base::TrackKind kind)
{
    const int side = kind == base::TrackKind::Plate ? box.width : std::min(box.width, box.height);
    std::size_t index = 0;
    while (index < sizeLimits.size() && side >= sizeLimits[index])
        ++index;
    return index;
}

/// Share of the box inside the union of the regions.
double coveredPart(const base::Rectangle &box, const std::vector<redaction::CoverRegion> &regions)
{
    if (box.isEmpty())
        return 1.0;
    std::vector<std::uint8_t> mask(std::size_t(box.area()), 0);
    for (const redaction::CoverRegion &region : regions) {
        const base::Rectangle common = region.region.intersected(box);
        for (int y = common.y; y < common.bottom(); ++y) {
            auto *row = mask.data() + std::size_t(y - box.y) * std::size_t(box.width) - box.x;
            std::fill(row + common.x, row + common.right(), std::uint8_t(1));
        }
    }
    return double(std::count(mask.begin(), mask.end(), std::uint8_t(1))) / double(box.area());
}

bool isOfKind(base::TrackKind region, base::TrackKind kind)
{
    return kind == base::TrackKind::Plate ? region == kind
                                          : region == base::TrackKind::Face || region == base::TrackKind::Head;
}

bool touches(const base::Rectangle &region, const std::vector<base::Rectangle> &boxes)
{
    return std::any_of(boxes.begin(), boxes.end(), [&](const base::Rectangle &box) {
        return region.intersected(box).area() * 10 >= box.area() * 3;
    });
}

bool isCovered(const base::Rectangle &label, const std::vector<redaction::CoverRegion> &regions)
{
    return coveredPart(label, regions) >= coveredEnough;
}

QString percent(int part, int whole)
{
    return whole > 0 ? QString::number(100.0 * part / whole, 'f', 1) : QStringLiteral("-");
}
} // namespace

void RecallFigures::add(const RecallFigures &other)
{
    for (std::size_t index = 0; index < sizeClasses; ++index) {
        labels[index] += other.labels[index];
        matched[index] += other.matched[index];
        covered[index] += other.covered[index];
    }
    labelledFrames += other.labelledFrames;
    leakedFrames += other.leakedFrames;
    truePositives += other.truePositives;
    falseRegions += other.falseRegions;
    otherHeads += other.otherHeads;
    frames += other.frames;
    regions += other.regions;
    coveredShare += other.coveredShare;
    milliseconds += other.milliseconds;
}

int RecallFigures::allLabels() const
{
    int sum = 0;
    for (const int count : labels)
        sum += count;
    return sum;
}

int RecallFigures::allCovered() const
{
    int sum = 0;
    for (const int count : covered)
        sum += count;
    return sum;
}

int RecallFigures::allMatched() const
{
    int sum = 0;
    for (const int count : matched)
        sum += count;
    return sum;
}

void score(RecallFigures &figures, const FrameResult &result, base::TrackKind kind, const FrameLabels *labels,
           base::Size picture)
{
    const base::Rectangle whole{0, 0, picture.width, picture.height};
    ++figures.frames;
    figures.coveredShare += coveredPart(whole, result.regions);
    for (const redaction::CoverRegion &region : result.regions)
        figures.regions += isOfKind(region.kind, kind) ? 1.0 : 0.0;
    if (labels == nullptr)
        return;
    ++figures.labelledFrames;
    bool leaked = false;
    for (const base::Rectangle &label : labels->boxes) {
        const std::size_t place = sizeClass(label, kind);
        ++figures.labels[place];
        const bool matched = std::any_of(result.boxes.begin(), result.boxes.end(), [&](const base::Rectangle &box) {
            return base::intersectionOverUnion(box, label) >= matchOverlap;
        });
        figures.matched[place] += matched ? 1 : 0;
        const bool covered = isCovered(label, result.regions);
        figures.covered[place] += covered ? 1 : 0;
        leaked = leaked || !covered;
    }
    figures.leakedFrames += leaked ? 1 : 0;
    for (const redaction::CoverRegion &region : result.regions) {
        const bool onLabel = touches(region.region, labels->boxes);
        const bool onIgnored = touches(region.region, labels->ignored);
        if (isOfKind(region.kind, kind)) {
            figures.truePositives += onLabel ? 1 : 0;
            figures.falseRegions += onLabel || onIgnored ? 0 : 1;
        } else if (region.kind == base::TrackKind::Person) {
            figures.otherHeads += onLabel || onIgnored ? 0 : 1;
        }
    }
}

void printFailures(QTextStream &out, const QString &place, const FrameResult &result, base::TrackKind kind,
                   const FrameLabels &labels)
{
    const auto line = [&](const char *what, const base::Rectangle &box) {
        out << QStringLiteral("%1 %2 %3,%4 %5x%6")
                   .arg(place, QString::fromLatin1(what))
                   .arg(box.x)
                   .arg(box.y)
                   .arg(box.width)
                   .arg(box.height);
    };
    for (const base::Rectangle &label : labels.boxes) {
        if (!isCovered(label, result.regions)) {
            line("missed", label);
            out << '\n';
        }
    }
    for (const redaction::CoverRegion &region : result.regions) {
        if (!isOfKind(region.kind, kind) || touches(region.region, labels.boxes)
            || touches(region.region, labels.ignored))
            continue;
        line("false", region.region);
        out << QStringLiteral(" %1 %2 track %3\n")
                   .arg(base::toText(region.origin))
                   .arg(region.score, 0, 'f', 2)
                   .arg(region.track);
    }
}

void printHeader(QTextStream &out)
{
    out << QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8 %9")
               .arg(QStringLiteral("clip or set"), -46)
               .arg(QStringLiteral("kind"), -6)
               .arg(QStringLiteral("search"), -9)
               .arg(QStringLiteral("labels"), 6)
               .arg(QStringLiteral("covered%"), 8)
               .arg(QStringLiteral("IoU.5%"), 6)
               .arg(QStringLiteral("<16 16-32 32-64 >64 px (covered/labels)"), -40)
               .arg(QStringLiteral("leaked"), 7)
               .arg(QStringLiteral("prec%"), 6)
        << QStringLiteral("  false/fr heads/fr regions/fr covered-area% ms/frame\n");
}

void printRow(QTextStream &out, const QString &clip, base::TrackKind kind, const QString &way,
              const RecallFigures &figures)
{
    QStringList classes;
    for (std::size_t index = 0; index < sizeClasses; ++index)
        classes.append(QStringLiteral("%1/%2").arg(figures.covered[index]).arg(figures.labels[index]));
    const double labelled = std::max(1, figures.labelledFrames);
    const double frames = std::max(1, figures.frames);
    out << QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8 %9")
               .arg(clip.left(46), -46)
               .arg(base::toText(kind), -6)
               .arg(way, -9)
               .arg(figures.allLabels(), 6)
               .arg(percent(figures.allCovered(), figures.allLabels()), 8)
               .arg(percent(figures.allMatched(), figures.allLabels()), 6)
               .arg(classes.join(QLatin1Char(' ')), -40)
               .arg(QStringLiteral("%1/%2").arg(figures.leakedFrames).arg(figures.labelledFrames), 7)
               .arg(percent(figures.truePositives, figures.truePositives + figures.falseRegions), 6)
        << QStringLiteral("  %1 %2 %3 %4 %5\n")
               .arg(figures.falseRegions / labelled, 8, 'f', 2)
               .arg(figures.otherHeads / labelled, 8, 'f', 2)
               .arg(figures.regions / frames, 10, 'f', 2)
               .arg(100.0 * figures.coveredShare / frames, 13, 'f', 1)
               .arg(figures.milliseconds / frames, 8, 'f', 1);
    out.flush();
}

} // namespace doorveil::bench
