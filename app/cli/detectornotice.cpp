// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/detectornotice.h"

#include "base/file.h"
#include "base/mediatime.h"

#include <QStringList>

#include <algorithm>

namespace doorveil::cli {

namespace {
constexpr std::size_t listedLosses = 10;
}

void sayAnalysis(Context &context, const project::ReviewDocument &document)
{
    if (document.analysis.basic) {
        say(context, QStringLiteral("WARNING: the BASIC DETECTORS were used, because no verified model is installed. "
                                    "They miss small, turned and dark faces."));
        say(context, QStringLiteral("         Look at every frame before you share the clip, or install the models "
                                    "(`doorveil-models install`) and run this again."));
    }
    const auto count = [&document](base::TrackKind kind) {
        return std::count_if(document.tracks.begin(), document.tracks.end(),
                             [kind](const base::Track &track) { return track.kind == kind; });
    };
    say(context, QStringLiteral("%1 frames: %2 faces, %3 heads, %4 plates, %5 people found")
                     .arg(document.source.frames.size())
                     .arg(count(base::TrackKind::Face))
                     .arg(count(base::TrackKind::Head))
                     .arg(count(base::TrackKind::Plate))
                     .arg(count(base::TrackKind::Person)));
    for (const QString &assumption : document.source.info.assumptions)
        say(context, QStringLiteral("Assumed: %1").arg(assumption));
    const std::vector<base::Loss> &losses = document.source.losses;
    if (losses.empty())
        return;
    say(context, QStringLiteral("%1 stretches could not be decoded and are left out:").arg(losses.size()));
    const std::int64_t start = document.source.frames.empty() ? 0 : document.source.frames.front().pts;
    for (std::size_t index = 0; index < std::min(losses.size(), listedLosses); ++index)
        say(context, QStringLiteral("  %1: %2")
                         .arg(base::formatMilliseconds(
                                  base::toMilliseconds(losses[index].pts - start, document.source.info.timeBase)),
                              losses[index].reason));
    if (losses.size() > listedLosses)
        say(context, QStringLiteral("  … and %1 more; the report lists all").arg(losses.size() - listedLosses));
}

} // namespace doorveil::cli
