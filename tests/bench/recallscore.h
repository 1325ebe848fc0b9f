// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchclips.h"
#include "redaction/coverplan.h"

#include <QString>
#include <QTextStream>

#include <array>
#include <map>

namespace doorveil::bench {

/// Of labelled objects, by the shorter side of a face or the width of a plate.
constexpr std::array<int, 3> sizeLimits{16, 32, 64};
constexpr std::size_t sizeClasses = sizeLimits.size() + 1;

/// Figures of one way of searching over some clips.
struct RecallFigures
{
    std::array<int, sizeClasses> labels{};
    std::array<int, sizeClasses> matched{}; ///< a found or followed box with IoU >= 0.5
    std::array<int, sizeClasses> covered{}; ///< at least 90 % of the label lies in the covered area
    int labelledFrames = 0;
    int leakedFrames = 0; ///< labelled frames in which any label is covered less than that
    int truePositives = 0; ///< regions of the kind in labelled frames that touch a label
    int falseRegions = 0; ///< regions of the kind in labelled frames that touch none, nor an ignored one
    int otherHeads = 0; ///< regions made from a person's box in labelled frames that touch no label (heads turned away)
    int frames = 0;
    double regions = 0.0; ///< of the kind, over all frames
    double coveredShare = 0.0; ///< of the picture, over all frames (all kinds)
    double milliseconds = 0.0; ///< CPU time of the search and the tracking, over all frames

    void add(const RecallFigures &other);
    [[nodiscard]] int allLabels() const;
    [[nodiscard]] int allCovered() const;
    [[nodiscard]] int allMatched() const;
};

/// Boxes as found or followed, and areas as covered, in one frame.
struct FrameResult
{
    std::vector<base::Rectangle> boxes; ///< of the labelled kind
    std::vector<redaction::CoverRegion> regions; ///< of every kind
};

/// Adds one frame's figures; `labels` null where the frame has none.
void score(RecallFigures &figures, const FrameResult &result, base::TrackKind kind, const FrameLabels *labels,
           base::Size picture);

/// One line for each label that is not covered and each region of the kind that touches none, beginning with `place`.
void printFailures(QTextStream &out, const QString &place, const FrameResult &result, base::TrackKind kind,
                   const FrameLabels &labels);

void printHeader(QTextStream &out);
void printRow(QTextStream &out, const QString &clip, base::TrackKind kind, const QString &way,
              const RecallFigures &figures);

} // namespace doorveil::bench
