// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/checkitems.h"

#include <algorithm>
#include <optional>

namespace doorveil::pipeline {

namespace {

/// A find this close to its detector's threshold may be nothing, and may as well be somebody hardly seen.
constexpr double weakMargin = 0.1;
/// Somebody who leaves does so over an edge: a box that far from every edge ended inside.
constexpr int edgeMarginDivisor = 40;

std::optional<base::Observation> firstOf(const base::Track &track, base::Origin origin)
{
    const auto found = std::find_if(track.observations.begin(), track.observations.end(),
                                    [origin](const base::Observation &seen) { return seen.origin == origin; });
    return found == track.observations.end() ? std::nullopt : std::optional(*found);
}

std::optional<base::Observation> lastDetected(const base::Track &track)
{
    const auto found =
        std::find_if(track.observations.rbegin(), track.observations.rend(),
                     [](const base::Observation &seen) { return seen.origin == base::Origin::Detected; });
    return found == track.observations.rend() ? std::nullopt : std::optional(*found);
}

double thresholdOf(const project::ReviewDocument &document, base::TrackKind kind)
{
    double threshold = 0.0;
    for (const project::DetectorRecord &detector : document.analysis.detectors) {
        if (detector.kind == base::toText(kind))
            threshold = threshold == 0.0 ? detector.threshold : std::min(threshold, detector.threshold);
    }
    return threshold;
}

bool endsInside(const project::ReviewDocument &document, const base::Track &track, const base::Rectangle &box)
{
    if (track.observations.back().pts >= document.source.frames.back().pts)
        return false;
    const base::Size size = document.source.info.displayedSize();
    const int margin = std::max(4, std::max(size.width, size.height) / edgeMarginDivisor);
    const base::Rectangle inner = base::Rectangle{0, 0, size.width, size.height}.grown(-margin, -margin);
    return box.intersected(inner) == box;
}

bool hasFace(const project::ReviewDocument &document, const base::Track &person)
{
    for (const base::Track &track : document.tracks) {
        if (track.kind != base::TrackKind::Face && track.kind != base::TrackKind::Head)
            continue;
        for (const base::Observation &face : track.observations) {
            const auto body =
                std::lower_bound(person.observations.begin(), person.observations.end(), face.pts,
                                 [](const base::Observation &seen, std::int64_t pts) { return seen.pts < pts; });
            if (body != person.observations.end() && body->pts == face.pts
                && 2 * body->box.intersected(face.box).area() >= face.box.area())
                return true;
        }
    }
    return false;
}

} // namespace

std::vector<project::CheckItem> checkItems(const project::ReviewDocument &document)
{
    std::vector<project::CheckItem> items;
    const auto add = [&items](const char *kind, std::int64_t track, const base::Observation &at) {
        items.push_back({0, QString::fromLatin1(kind), track, at.pts, at.box, false});
    };
    for (const base::Track &track : document.tracks) {
        if (const auto bridged = firstOf(track, base::Origin::Interpolated))
            add("bridged-gap", track.id, *bridged);
    }
    for (const base::Track &track : document.tracks) {
        const auto best =
            std::max_element(track.observations.begin(), track.observations.end(),
                             [](const base::Observation &a, const base::Observation &b) { return a.score < b.score; });
        if (best != track.observations.end() && double(best->score) < thresholdOf(document, track.kind) + weakMargin)
            add("weak-score", track.id, *best);
    }
    for (const base::Track &track : document.tracks) {
        if (const auto last = lastDetected(track); last && endsInside(document, track, last->box))
            add("track-ends-inside", track.id, *last);
    }
    for (const base::Track &track : document.tracks) {
        if (track.kind == base::TrackKind::Person && !track.observations.empty() && !hasFace(document, track))
            add("person-without-face", track.id, track.observations.front());
    }
    bool before = false;
    for (const base::FrameTime &frame : document.source.frames) {
        if (frame.damaged && !before)
            add("damaged-frames", 0, {frame.pts, {}, base::Origin::Detected, 0.0F});
        before = frame.damaged;
    }
    std::int64_t id = 0;
    for (project::CheckItem &item : items)
        item.id = ++id;
    return items;
}

} // namespace doorveil::pipeline
