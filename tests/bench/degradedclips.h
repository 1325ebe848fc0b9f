// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchclips.h"

namespace doorveil::bench {

/// A copy of a clip as a worse camera would have taken it.
struct Degradation
{
    QString name; ///< "infrared", "grain" (the same, coded finely), "half", "barrel", "blur", "backlight", …
    QString filter; ///< of ffmpeg; empty for none
    int crf = 18;
    double scale = 1.0; ///< of the labels
    double barrel = 0.0; ///< of the labels: what is seen at a distance r of the middle (half the diagonal is 1) was at
                         ///< r (1 + barrel r²)
    double frameRate = 0.0; ///< one frame is kept for each time of it, a labelled one if there is one; 0 keeps all
};
[[nodiscard]] std::vector<Degradation> degradations();

/// Makes the copy in `folder` with the ffmpeg program and moves the labels with it; the copy's name ends
/// with that of the degradation. A name and a reason on stderr and
/// an empty path where that fails.
[[nodiscard]] LabelledClip degraded(const LabelledClip &clip, const Degradation &degradation, const QString &folder);

} // namespace doorveil::bench
