// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/labels.h"

#include "base/durablefile.h"
#include "pipeline/source.h"
#include "redaction/regiongeometry.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace doorveil::pipeline {

namespace {

struct LabelledFrame
{
    std::vector<base::Rectangle> faces;
    std::vector<base::Rectangle> heads;
    std::vector<base::Rectangle> plates;
    std::vector<base::Rectangle> ignored;
};

LabelledFrame labelsAt(const project::ReviewDocument &document, std::int64_t pts)
{
    LabelledFrame frame;
    std::vector<base::Rectangle> bodies;
    for (const base::Track &track : document.tracks) {
        const base::Observation *seen = base::observationAt(track, pts);
        if (seen == nullptr || track.decision.kind == base::DecisionKind::Dismissed)
            continue;
        if (seen->origin == base::Origin::Extended || track.kind == base::TrackKind::Region)
            frame.ignored.push_back(seen->box);
        else if (track.kind == base::TrackKind::Face)
            frame.faces.push_back(seen->box);
        else if (track.kind == base::TrackKind::Head)
            frame.heads.push_back(seen->box);
        else if (track.kind == base::TrackKind::Plate)
            frame.plates.push_back(seen->box);
        else
            bodies.push_back(seen->box);
    }
    for (const base::Rectangle &body : bodies) {
        const base::Rectangle head = redaction::likelyHeadOfPerson(body);
        const auto isThere = [&head](const base::Rectangle &known) { // somebody else's may touch it
            return head.intersected(known).area() * 10 >= std::min(head.area(), known.area()) * 3;
        };
        if (std::none_of(frame.faces.begin(), frame.faces.end(), isThere)
            && std::none_of(frame.heads.begin(), frame.heads.end(), isThere))
            frame.heads.push_back(head);
    }
    for (const base::Zone &zone : document.zones) {
        if (!zone.range || zone.range->contains(pts))
            frame.ignored.push_back(base::boundingRectangle(zone.polygon));
    }
    return frame;
}

QJsonArray corners(const std::vector<base::Rectangle> &boxes, base::Size picture)
{
    QJsonArray array;
    for (const base::Rectangle &box : boxes) {
        const base::Rectangle visible = box.clampedTo(picture);
        if (!visible.isEmpty())
            array.append(QJsonArray{visible.x, visible.y, visible.right(), visible.bottom()});
    }
    return array;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QByteArray labelsOf(const project::ReviewDocument &document, int step)
{
    const base::Size picture = document.source.info.displayedSize();
    // A line a frame, for people who correct the file by hand; QJsonDocument would take a line for each number.
    QByteArray text = compact({{QStringLiteral("clip"), QFileInfo(document.source.path).fileName()},
                               {QStringLiteral("format"), QLatin1String(labels::format)},
                               {QStringLiteral("version"), labels::version}});
    text.chop(1);
    text += ",\"frames\":{";
    const std::size_t every = std::size_t(std::max(1, step));
    for (std::size_t index = 0; index < document.source.frames.size(); index += every) {
        const LabelledFrame frame = labelsAt(document, document.source.frames[index].pts);
        text += index > 0 ? ",\n\"" : "\n\"";
        text += QByteArray::number(qulonglong(index)) + "\":"
                + compact({{QLatin1String(labels::faces), corners(frame.faces, picture)},
                           {QLatin1String(labels::heads), corners(frame.heads, picture)},
                           {QLatin1String(labels::plates), corners(frame.plates, picture)},
                           {QLatin1String(labels::ignored), corners(frame.ignored, picture)}});
    }
    text += "\n}}\n";
    return text;
}

base::Result<void> writeLabels(const project::ReviewDocument &document, int step, const std::filesystem::path &target,
                               bool replaceExisting, const std::filesystem::path &projectFile)
{
    base::DurableFile::Options options;
    options.replaceExisting = replaceExisting;
    options.neverOverwrite = identitiesOf({sourcePath(document.source), projectFile});
    return base::writeDurably(target, labelsOf(document, step), options);
}

} // namespace doorveil::pipeline
