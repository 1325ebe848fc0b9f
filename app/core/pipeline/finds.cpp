// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/finds.h"

#include "pipeline/jobs.h"
#include "project/documentrules.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace doorveil::pipeline {

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
