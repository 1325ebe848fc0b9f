// SPDX-License-Identifier: GPL-3.0-or-later
#include "recalltable.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <optional>

namespace doorveil::bench {

namespace {

constexpr double mostFalseAFrame = 0.5;
constexpr double mostArea = 12.0; // percent of the picture
constexpr double mostSmallLeaks = 1.0; // percent of the frames with faces of 12 to 24 pixels

QString percent(int part, int whole)
{
    return whole > 0 ? QString::number(100.0 * part / whole, 'f', 1) : QStringLiteral("-");
}

QString ofClass(const ClassLeak &leak)
{
    return leak.frames > 0 ? QStringLiteral("%1/%2").arg(leak.leaked).arg(leak.frames) : QStringLiteral("-");
}

struct Aim
{
    const char *set;
    double faces; ///< percent of the labels covered
    double plates;
};

/// 0: nothing is said of what is covered, but of false regions and area.
constexpr Aim aims[] = {{"clips", 99, 95},
                        {"infrared", 95, 85},
                        {"half", 97, 90},
                        {"10fps", 99, 95},
                        {"crf38", 97, 90},
                        {"barrel", 99, 90},
                        {"grain", 0, 0},
                        {"blur", 0, 0},
                        {"backlight", 0, 0},
                        {"stills", 99, 0},
                        {"faces_dlib", 99, 0},
                        {"faces_misc", 99, 0},
                        {"plates_openalpr_us", 0, 98},
                        {"plates_openalpr_eu", 0, 98},
                        {"plates_openalpr_br", 0, 98},
                        {"plates_romanian", 0, 92}};

std::optional<double> aimOf(const QString &set, base::TrackKind kind)
{
    for (const Aim &aim : aims) {
        if (set != QLatin1String(aim.set))
            continue;
        const double value = kind == base::TrackKind::Plate ? aim.plates : aim.faces;
        return value > 0.0 ? std::optional(value) : std::nullopt;
    }
    return std::nullopt;
}

QString verdict(bool reached)
{
    return reached ? QStringLiteral("reached") : QStringLiteral("MISSED");
}

} // namespace

bool hasGoals(const QString &set)
{
    return std::any_of(std::begin(aims), std::end(aims),
                       [&set](const Aim &aim) { return set == QLatin1String(aim.set); });
}

void printHeader(QTextStream &out)
{
    out << QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8 %9")
               .arg(QStringLiteral("clip or set"), -46)
               .arg(QStringLiteral("kind"), -6)
               .arg(QStringLiteral("search"), -6)
               .arg(QStringLiteral("labels"), 6)
               .arg(QStringLiteral("covered%"), 8)
               .arg(QStringLiteral("IoU.5%"), 6)
               .arg(QStringLiteral("<16 16-32 32-64 >64 px (covered/labels)"), -40)
               .arg(QStringLiteral("leaked"), 9)
               .arg(QStringLiteral(">=24px"), 9)
        << QStringLiteral("    12-24 leak-ms  prec% false/fr false/min heads/fr regions/fr area% ms/frame\n");
}

void printRow(QTextStream &out, const QString &clip, base::TrackKind kind, const QString &way,
              const RecallFigures &figures, bool measured)
{
    QStringList classes;
    for (std::size_t index = 0; index < sizeClasses; ++index)
        classes.append(QStringLiteral("%1/%2").arg(figures.covered[index]).arg(figures.labels[index]));
    const QString none = QStringLiteral("-");
    const double minutes = figures.clipMilliseconds / 60000.0;
    out << QStringLiteral("%1 %2 %3 %4 %5 %6 %7 %8 %9")
               .arg(clip.left(46), -46)
               .arg(base::toText(kind), -6)
               .arg(way, -6)
               .arg(figures.allLabels(), 6)
               .arg(percent(figures.allCovered(), figures.allLabels()), 8)
               .arg(percent(figures.allMatched(), figures.allLabels()), 6)
               .arg(classes.join(QLatin1Char(' ')), -40)
               .arg(QStringLiteral("%1/%2").arg(figures.leakedFrames).arg(figures.labelledFrames), 9)
               .arg(ofClass(figures.largeFaces), 9)
        << QStringLiteral(" %1 %2 %3 %4 %5 %6 %7 %8 %9\n")
               .arg(ofClass(figures.smallFaces), 8)
               .arg(minutes > 0.0 ? QString::number(figures.longestLeak, 'f', 0) : none, 7)
               .arg(percent(figures.truePositives, figures.truePositives + figures.falseRegions), 6)
               .arg(figures.falseAFrame(), 8, 'f', 2)
               .arg(minutes > 0.0 ? QString::number(figures.falseSubjects / minutes, 'f', 1) : none, 9)
               .arg(figures.otherHeads / double(std::max(1, figures.labelledFrames)), 8, 'f', 2)
               .arg(figures.regions / std::max(1, figures.frames), 10, 'f', 2)
               .arg(figures.areaPercent(), 5, 'f', 1)
               .arg(measured ? QString::number(figures.millisecondsAFrame(), 'f', 1) : none, 8);
    out.flush();
}

void printGoals(QTextStream &out, const QString &set, base::TrackKind kind, const RecallFigures &figures)
{
    QStringList texts;
    if (const std::optional<double> aim = aimOf(set, kind); aim && figures.allLabels() > 0) {
        // Stills: faces from 16 pixels.
        RecallFigures counted = figures;
        const bool isStills = set == QLatin1String("stills") || set.startsWith(QLatin1String("faces_"));
        if (isStills)
            counted.labels[0] = counted.covered[0] = 0;
        texts.append(QStringLiteral("covered%1 %2 of %3 % %4")
                         .arg(isStills ? QStringLiteral(" (>=16px)") : QString())
                         .arg(counted.coveredPercent(), 0, 'f', 1)
                         .arg(*aim)
                         .arg(verdict(counted.coveredPercent() >= *aim)));
    }
    if (set == QLatin1String("clips") && figures.largeFaces.frames > 0)
        texts.append(QStringLiteral("leaked >=24px %1 of 0 %2")
                         .arg(figures.largeFaces.leaked)
                         .arg(verdict(figures.largeFaces.leaked == 0)));
    if (set == QLatin1String("clips") && figures.smallFaces.frames > 0)
        texts.append(
            QStringLiteral("leaked 12-24px %1 of at most %2 % %3")
                .arg(percent(figures.smallFaces.leaked, figures.smallFaces.frames))
                .arg(mostSmallLeaks)
                .arg(verdict(100.0 * figures.smallFaces.leaked <= mostSmallLeaks * figures.smallFaces.frames)));
    texts.append(QStringLiteral("false %1 of at most %2 %3")
                     .arg(figures.falseAFrame(), 0, 'f', 2)
                     .arg(mostFalseAFrame)
                     .arg(verdict(figures.falseAFrame() <= mostFalseAFrame)));
    texts.append(QStringLiteral("area %1 of at most %2 % %3")
                     .arg(figures.areaPercent(), 0, 'f', 1)
                     .arg(mostArea)
                     .arg(verdict(figures.areaPercent() <= mostArea)));
    out << QStringLiteral("    goals: ") << texts.join(QStringLiteral(" | ")) << '\n' << Qt::flush;
}

} // namespace doorveil::bench
