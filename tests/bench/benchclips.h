// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"
#include "benchlabels.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace doorveil::bench {

/// A clip or a still picture, with what is known of it.
struct LabelledClip
{
    QString name;
    QString path;
    bool isPicture = false;
    ClipLabels labels;
};

/// Clips of `clips/dev` below the test data folder, with the project's own labels (labelFolder()) where there are some,
/// else with those of the test data. An error where a file of labels is malformed.
[[nodiscard]] base::Result<std::vector<LabelledClip>> labelledClips(const QString &dataFolder);
/// Pictures of `images` below the test data folder; empty where it is missing. Plates without a label of which the
/// project knows (`more_plates.txt` in labelFolder()) count neither for nor against.
[[nodiscard]] base::Result<std::vector<LabelledClip>> labelledStills();
/// Any clip, with the labels beside it, else those of the project for a clip of that name, else none.
[[nodiscard]] base::Result<LabelledClip> anyClip(const QString &path);

/// Calls back with every frame in order; an error text where the clip or picture cannot be read.
[[nodiscard]] QString eachFrame(const LabelledClip &clip,
                                const std::function<bool(const base::VideoFrame &, base::Rational timeBase)> &visit);

} // namespace doorveil::bench
