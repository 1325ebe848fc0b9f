// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/track.h"

#include <QString>

#include <map>
#include <vector>

namespace doorveil::bench {

/// What is in one frame.
struct FrameLabels
{
    std::vector<base::Rectangle> boxes; ///< must be covered
    std::vector<base::Rectangle> ignored; ///< neither for nor against
};

/// By index of the frame, counted from 0.
using KindLabels = std::map<int, FrameLabels>;

/// By kind: Face, Head (of people whose face is not visible), Person (faces and heads together), Plate. A kind that
/// nobody looked for is missing.
using ClipLabels = std::map<base::TrackKind, KindLabels>;

/// A file of labels (docs/formats.md).
struct LabelFile
{
    QString clip; ///< file name
    ClipLabels labels;
};

/// An error names the file and the place in it: nothing is guessed, because a label that is lost makes figures better.
[[nodiscard]] base::Result<LabelFile> readLabels(const QString &path);

/// By picture, as a path below the test data's images/.
using PictureBoxes = std::map<QString, std::vector<base::Rectangle>>;

/// A text file: a box a line, picture, left, top, width and height; lines that begin with # say nothing. An error names
/// file and line.
[[nodiscard]] base::Result<PictureBoxes> readPictureBoxes(const QString &path);

/// The project's own labels.
[[nodiscard]] QString labelFolder();

} // namespace doorveil::bench
