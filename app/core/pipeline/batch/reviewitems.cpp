// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/reviewitems.h"

#include "base/mediatime.h"
#include "project/documentrules.h"

#include <algorithm>

namespace doorveil::pipeline::batch {

namespace {

class Collector
{
public:
    Collector(const project::ReviewDocument &document, const ExportPlan &plan, const ReviewRules &rules)
        : m_document(document), m_plan(plan), m_rules(rules)
    {
    }

    std::vector<ReviewItem> run()
    {
        addChecks();
        addFinds();
        addWeakScores();
        addGaps();
        if (asked("lost-frames")) {
            for (const base::Loss &loss : m_document.source.losses)
                add("lost-frames", loss.pts);
        }
        if (asked("basic-detectors") && m_document.analysis.basic)
            m_items.push_back({QStringLiteral("basic-detectors"), -1, -1});
        if (asked("nobody-found") && m_document.tracks.empty())
            m_items.push_back({QStringLiteral("nobody-found"), -1, -1});
        std::stable_sort(m_items.begin(), m_items.end(),
                         [](const ReviewItem &a, const ReviewItem &b) { return a.atMilliseconds < b.atMilliseconds; });
        return std::move(m_items);
    }

private:
    [[nodiscard]] bool asked(const char *reason) const { return m_rules.reasons.contains(QLatin1String(reason)); }

    [[nodiscard]] bool isExported(std::int64_t pts) const { return pts >= m_plan.begin() && pts < m_plan.end(); }

    [[nodiscard]] bool isExported(const base::Track &track) const
    {
        return std::any_of(track.observations.begin(), track.observations.end(),
                           [this](const base::Observation &seen) { return isExported(seen.pts); });
    }

    void add(const char *reason, std::int64_t pts)
    {
        const std::int64_t begin = shownMilliseconds(m_document.source, m_plan.begin());
        const std::int64_t at = shownMilliseconds(m_document.source, pts);
        m_items.push_back({QString::fromLatin1(reason), at, isExported(pts) ? at - begin : -1});
    }

    /// What the analysis itself marked. Where the policy has its own measure for a reason, that one counts instead.
    void addChecks()
    {
        for (const project::CheckItem &check : m_document.checks) {
            const QByteArray kind = check.kind.toLatin1();
            const bool ownMeasure =
                (kind == "weak-score" && m_rules.weakScore) || (kind == "bridged-gap" && m_rules.gapMilliseconds);
            if (!asked(kind.constData()) || ownMeasure)
                continue;
            const base::Track *track = check.track > 0 ? project::findTrack(m_document, check.track) : nullptr;
            if (track != nullptr ? isExported(*track) : isExported(check.pts))
                add(kind.constData(), check.pts);
        }
    }

    void addFinds()
    {
        if (!asked("second-opinion"))
            return;
        for (const base::Track &track : m_document.tracks) {
            const auto find =
                std::find_if(track.observations.begin(), track.observations.end(),
                             [](const base::Observation &seen) { return seen.origin == base::Origin::Verification; });
            if (find != track.observations.end())
                add("second-opinion", find->pts);
        }
    }

    void addWeakScores()
    {
        if (!asked("weak-score") || !m_rules.weakScore)
            return;
        for (const base::Track &track : m_document.tracks) {
            const base::Observation *best = nullptr;
            for (const base::Observation &seen : track.observations) {
                if (isFind(seen) && (best == nullptr || seen.score > best->score))
                    best = &seen;
            }
            if (best != nullptr && isExported(track) && double(best->score) < *m_rules.weakScore)
                add("weak-score", best->pts);
        }
    }

    void addGaps()
    {
        if (!asked("bridged-gap") || !m_rules.gapMilliseconds)
            return;
        for (const base::Track &track : m_document.tracks) {
            const base::Observation *before = nullptr;
            for (const base::Observation &seen : track.observations) {
                if (!isSure(seen))
                    continue;
                const bool gap = before != nullptr
                                 && base::toMilliseconds(seen.pts - before->pts, m_document.source.info.timeBase)
                                        >= *m_rules.gapMilliseconds;
                if (gap && isExported(before->pts))
                    add("bridged-gap", before->pts);
                before = &seen;
            }
        }
    }

    const project::ReviewDocument &m_document;
    const ExportPlan &m_plan;
    const ReviewRules &m_rules;
    std::vector<ReviewItem> m_items;
};

} // namespace

std::vector<ReviewItem> reviewItems(const project::ReviewDocument &document, const ExportPlan &plan,
                                    const ReviewRules &rules)
{
    return Collector(document, plan, rules).run();
}

} // namespace doorveil::pipeline::batch
