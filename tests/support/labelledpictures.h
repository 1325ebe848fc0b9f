// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/track.h"
#include "base/videoframe.h"

#include <QString>

#include <vector>

namespace doorveil::testsupport {

/// A still picture of the test data with what is in it.
struct LabelledPicture
{
    QString path;
    base::TrackKind kind = base::TrackKind::Face;
    std::vector<base::Rectangle> boxes; ///< must be found
    std::vector<base::Rectangle> ignored; ///< finding them counts neither for nor against
};

/// The labelled pictures of one folder below images/: "faces_dlib", "faces_misc", "plates_openalpr_us" (…_eu, …_br) or
/// "plates_romanian". Empty where the test data is missing.
[[nodiscard]] std::vector<LabelledPicture> labelledPictures(const QString &folder);

/// Decodes a JPEG or PNG file as stored; a null picture where that fails.
[[nodiscard]] base::Picture loadPicture(const QString &path);

/// Smoothly scaled; used to make small faces of large ones.
[[nodiscard]] base::Picture scaledPicture(const base::Picture &picture, double factor);
[[nodiscard]] base::Rectangle scaledBox(const base::Rectangle &box, double factor);

/// Whether a find covers a labelled box: their overlap is above `overlap` of their union,
/// and more than half of the box is covered.
[[nodiscard]] bool isHit(const base::Rectangle &find, const base::Rectangle &label, double overlap = 0.25);

} // namespace doorveil::testsupport
