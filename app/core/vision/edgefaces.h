// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "vision/detector.h"

#include <vector>

namespace doorveil::vision {

enum class PictureEdge { None, Left, Right, Lower };

/// Faces that an edge of the picture cuts in two. Detectors know whole faces: of somebody of whom half is in the
/// picture they often see nothing. So the strip along the edge is continued beyond it by its mirror image, which makes
/// a whole face of half of one (below the eyes it makes something like one), and what is found across the edge counts,
/// cut to the picture.
///
/// A mirror makes much that is none look like a face, too: a find counts only if `judge` is sure of it as well.
///
/// `strip`: the part of `picture` to search; it must touch the edge that is named. `scale` as in Detector::detect().
[[nodiscard]] base::Result<std::vector<Detection>> facesAcross(PictureEdge edge, Detector &detector, Detector &judge,
                                                               const base::Picture &picture,
                                                               const base::Rectangle &strip, double scale);

/// The strip along the edge of an area that touches it, wide enough for somebody at the door; empty where the area does
/// not touch it.
[[nodiscard]] base::Rectangle stripAlong(PictureEdge edge, const base::Rectangle &area, base::Size picture);

} // namespace doorveil::vision
