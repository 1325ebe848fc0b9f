// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"
#include "base/track.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace doorveil::bench {

/// What is in one frame.
struct FrameLabels
{
    std::vector<base::Rectangle> boxes; ///< must be covered
    std::vector<base::Rectangle> ignored; ///< neither for nor against
};

/// A clip or a still picture with labels of one kind on some of its frames, counted from 0.
struct LabelledClip
{
    QString name;
    QString path;
    bool isPicture = false;
    base::TrackKind kind = base::TrackKind::Face;
    std::map<int, FrameLabels> frames;
};

/// Clips of `clips/dev` and pictures of `images` below the test data folder; empty where it is missing.
[[nodiscard]] std::vector<LabelledClip> labelledClips(const QString &dataFolder);
[[nodiscard]] std::vector<LabelledClip> labelledStills();

/// A copy of a clip as a worse camera would have taken it.
struct Degradation
{
    QString name; ///< "infrared", "grain" (the same, coded finely), "half", "barrel", "blur", "backlight", …
    QString filter; ///< of ffmpeg; empty for none
    int crf = 18;
    double scale = 1.0; ///< of the labels
    double barrel = 0.0; ///< of the labels: what is seen at a distance r of the middle (half the diagonal is 1) was at
                         ///< r (1 + barrel r²)
    double frameRate = 0.0; ///< labelled frames are kept, others thinned out to about this rate; 0 keeps all
};
[[nodiscard]] std::vector<Degradation> degradations();

/// Makes the copy in `folder` with the ffmpeg program and moves the labels with it. A name and a reason on stderr and
/// an empty path where that fails.
[[nodiscard]] LabelledClip degraded(const LabelledClip &clip, const Degradation &degradation, const QString &folder);

/// Calls back with every frame in order; an error text where the clip or picture cannot be read.
[[nodiscard]] QString eachFrame(const LabelledClip &clip,
                                const std::function<bool(const base::VideoFrame &, base::Rational timeBase)> &visit);

} // namespace doorveil::bench
