// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/lookalikes.h"

#include "pipeline/clippictures.h"
#include "project/documentrules.h"

#include <algorithm>

namespace doorveil::pipeline {

namespace {

constexpr std::size_t viewsOfEach = 4;

/// The face's place by the proportions of people.
base::Rectangle faceOf(base::TrackKind kind, const base::Rectangle &box)
{
    if (kind == base::TrackKind::Head)
        return box.grown(-box.width / 6, -box.height / 6);
    if (kind != base::TrackKind::Person)
        return box;
    const int height = box.height / 8;
    const int width = height * 3 / 4;
    return {box.x + (box.width - width) / 2, box.y + height / 4, width, height};
}

/// Clear ones, spread over the track's time.
std::vector<base::Observation> viewsOf(const base::Track &track)
{
    std::vector<base::Observation> found;
    std::copy_if(track.observations.begin(), track.observations.end(), std::back_inserter(found), base::isSure);
    std::vector<base::Observation> views;
    const std::size_t count = std::min(viewsOfEach, found.size());
    for (std::size_t part = 0; part < count; ++part) {
        const auto begin = found.begin() + std::ptrdiff_t(part * found.size() / count);
        const auto end = found.begin() + std::ptrdiff_t((part + 1) * found.size() / count);
        views.push_back(*std::max_element(begin, end, [](const base::Observation &a, const base::Observation &b) {
            return (a.score + 0.05F) * float(a.box.area()) < (b.score + 0.05F) * float(b.box.area());
        }));
    }
    return views;
}

bool isSomebody(base::TrackKind kind)
{
    return kind == base::TrackKind::Face || kind == base::TrackKind::Head || kind == base::TrackKind::Person;
}

} // namespace

base::Result<Appearances> readAppearances(const project::ReviewDocument &document,
                                          const std::vector<std::int64_t> &tracks, const base::CancelToken &cancel)
{
    const base::Size size = document.source.info.displayedSize();
    struct View
    {
        std::int64_t track;
        base::Rectangle face; ///< in the part that is read
    };
    std::vector<View> views;
    std::vector<PartRequest> requests;
    for (const std::int64_t id : tracks) {
        const base::Track *track = project::findTrack(document, id);
        if (track == nullptr || !isSomebody(track->kind))
            continue;
        for (const base::Observation &seen : viewsOf(*track)) {
            const base::Rectangle face = faceOf(track->kind, seen.box);
            const base::Rectangle area = tracking::appearanceArea(face).clampedTo(size);
            if (area.isEmpty())
                continue;
            requests.push_back({std::int64_t(views.size()), seen.pts, area});
            views.push_back({id, {face.x - area.x, face.y - area.y, face.width, face.height}});
        }
    }
    std::map<std::int64_t, std::vector<tracking::Appearance>> seen;
    if (!requests.empty()) {
        const base::Result<void> read = readParts(
            document.source, requests,
            [&](const PartRequest &request, const base::Picture &picture) {
                const View &view = views[std::size_t(request.key)];
                seen[view.track].push_back(tracking::appearanceOf(picture, view.face));
            },
            cancel);
        if (!read)
            return read.error();
    }
    Appearances appearances;
    for (const std::int64_t id : tracks)
        appearances.emplace(id, std::make_shared<const tracking::Appearance>(tracking::meanOf(seen[id])));
    return appearances;
}

std::vector<AlikePair> alikePairs(const Appearances &some, const Appearances &others)
{
    std::vector<AlikePair> pairs;
    for (const auto &[first, appearance] : some) {
        for (const auto &[second, other] : others) {
            const bool isTurn = !some.contains(second) || !others.contains(first) || first < second;
            if (first == second || !isTurn)
                continue;
            const double likeness = tracking::likeness(*appearance, *other);
            if (likeness >= tracking::alikeFrom)
                pairs.push_back({first, second, likeness});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const AlikePair &a, const AlikePair &b) { return a.likeness > b.likeness; });
    return pairs;
}

} // namespace doorveil::pipeline
