// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/finds.h"

#include "pipeline/follow.h"
#include "pipeline/jobs.h"
#include "pipeline/source.h"
#include "project/documentrules.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace doorveil::pipeline {

namespace {

constexpr std::size_t mostFollowed = 50; // two decoders each, from the key frame before; usually there are one or two

bool isSighting(const base::Observation &observation)
{
    return observation.score > 0.0F;
}

/// Moves the observations from `seen` on, in the order of the iterators, with what `seen` shows.
template<typename Iterator>
base::Result<void> goAlong(const project::SourceRecord &source, Iterator seen, Iterator end, bool backwards,
                           const base::CancelToken &cancel)
{
    const auto held = std::size_t(std::distance(seen, end)) - 1;
    if (held == 0)
        return {};
    base::Result<Followed> followed =
        followBox(source, {seen->box, frameIndex(source, seen->pts), backwards, held}, {}, cancel);
    if (!followed)
        return followed.error();
    base::Track path;
    path.observations = std::move(followed->observations);
    base::Rectangle box = seen->box;
    for (Iterator observation = std::next(seen); observation != end; ++observation) {
        if (const base::Observation *at = base::observationAt(path, observation->pts))
            box = at->box;
        observation->box = box; // where it was last, once it is lost
    }
    return {};
}

} // namespace

base::Result<std::vector<base::Track>> followFinds(const project::SourceRecord &source, std::vector<base::Track> finds,
                                                   const base::CancelToken &cancel)
{
    for (std::size_t number = 0; number < std::min(finds.size(), mostFollowed); ++number) {
        std::vector<base::Observation> &all = finds[number].observations;
        const auto first = std::find_if(all.begin(), all.end(), isSighting);
        const auto last = std::find_if(all.rbegin(), all.rend(), isSighting);
        if (first == all.end())
            continue;
        for (const base::Result<void> &gone :
             {goAlong(source, std::prev(last.base()), all.end(), false, cancel),
              goAlong(source, std::make_reverse_iterator(std::next(first)), all.rend(), true, cancel)}) {
            if (!gone && gone.error().kind == base::ErrorKind::Cancelled)
                return gone.error();
        }
    }
    return finds;
}

std::vector<base::Track> numberedFinds(const project::ReviewDocument &document, const std::vector<base::Track> &finds)
{
    std::int64_t id = std::max(project::nextTrackId(document), project::nextZoneId(document));
    std::vector<base::Track> numbered = finds;
    for (base::Track &find : numbered)
        find.id = id++;
    return numbered;
}

void addFinds(project::ReviewDocument &document, const std::vector<base::Track> &finds)
{
    std::vector<base::Track> numbered = numberedFinds(document, finds);
    std::move(numbered.begin(), numbered.end(), std::back_inserter(document.tracks));
}

project::Edit editForFinds(const project::ReviewDocument &document, const std::vector<base::Track> &finds)
{
    auto group = std::make_shared<project::EditGroup>();
    group->name = QStringLiteral("AddFinds");
    std::int64_t check = project::nextCheckId(document);
    for (const base::Track &find : numberedFinds(document, finds)) {
        const auto best =
            std::max_element(find.observations.begin(), find.observations.end(),
                             [](const base::Observation &a, const base::Observation &b) { return a.score < b.score; });
        project::CheckItem item;
        item.id = check++;
        item.kind = QString::fromLatin1(project::verificationFind);
        item.track = find.id;
        item.pts = best->pts;
        item.box = best->box;
        group->edits.emplace_back(project::AddTrack{find});
        group->edits.emplace_back(project::AddCheck{item});
    }
    return std::shared_ptr<const project::EditGroup>(std::move(group));
}

} // namespace doorveil::pipeline
