// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchclips.h"
#include "recallscore.h"

#include "vision/detectorset.h"

namespace doorveil::bench {

struct SearchOptions
{
    QString dumpFolder; ///< pictures of the labelled frames with what is covered go there; empty for none
    int dumpEvery = 0; ///< and of every n-th frame
    bool list = false; ///< name what is missed and what is false
};

/// What one way of searching gave for a clip, by kind of label (face where the clip has none).
struct ClipFigures
{
    std::map<base::TrackKind, RecallFigures> figures;
    QString failures; ///< lines, where they were asked for
    QString problem; ///< why there are no figures, or not all; empty for none
};

/// The reference: each frame by itself, faces at the picture's own size, plates in the whole picture as large as the
/// network's input; the box of every find of 0.5, of plates 0.3, and more grown by 30 % a side.
[[nodiscard]] ClipFigures searchPlainly(const LabelledClip &clip, vision::DetectorSet &detectors);

/// The program's own way: search of what changed, tracks, and the plan of what is covered.
[[nodiscard]] ClipFigures searchFully(const LabelledClip &clip, vision::DetectorSet &detectors,
                                      const SearchOptions &options);

} // namespace doorveil::bench
