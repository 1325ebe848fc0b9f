// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "benchlabels.h"
#include "redaction/coverplan.h"

#include <QTextStream>

#include <array>
#include <map>
#include <optional>

namespace doorveil::bench {

/// Of labelled objects, by the shorter side of a face or head or the width of a plate.
constexpr std::array<int, 3> sizeLimits{16, 32, 64};
constexpr std::size_t sizeClasses = sizeLimits.size() + 1;

/// Labelled frames with any label of a class of sizes, and those of them in which one is covered less than 90 %.
struct ClassLeak
{
    int frames = 0;
    int leaked = 0;
};

/// Figures of one kind and way of searching over some clips.
struct RecallFigures
{
    std::array<int, sizeClasses> labels{};
    std::array<int, sizeClasses> matched{}; ///< a found or followed box with IoU >= 0.5
    std::array<int, sizeClasses> covered{}; ///< at least 90 % of the label lies in the covered area
    int labelledFrames = 0;
    int leakedFrames = 0; ///< labelled frames in which any label is covered less than that
    ClassLeak largeFaces; ///< shorter side from 24 pixels (of faces and heads)
    ClassLeak smallFaces; ///< from 12 to below 24
    double longestLeak = 0.0; ///< milliseconds from the first leaked labelled frame to the next that is not, or the end
    int truePositives = 0; ///< regions of the kind in labelled frames that touch a label
    int falseRegions = 0; ///< regions of the kind in labelled frames that touch none, nor an ignored one
    double falseSubjects = 0.0; ///< tracks with such regions that touch none in any labelled frame. Without tracks each
                                ///< region is one, and frames without labels have as many as those with
    int otherHeads = 0; ///< regions made from a person's box in labelled frames that touch no label
    int frames = 0;
    double clipMilliseconds = 0.0; ///< 0 for stills
    double regions = 0.0; ///< of the kind, over all frames
    double coveredShare = 0.0; ///< of the picture, over all frames (all kinds)
    double milliseconds = 0.0; ///< CPU time of the search and the tracking, over all frames

    void add(const RecallFigures &other);
    [[nodiscard]] int allLabels() const;
    [[nodiscard]] int allCovered() const;
    [[nodiscard]] int allMatched() const;
    [[nodiscard]] double coveredPercent() const; ///< 100 without labels
    [[nodiscard]] double falseAFrame() const;
    [[nodiscard]] double areaPercent() const;
    [[nodiscard]] double millisecondsAFrame() const;
};

/// A box as found or followed in one frame.
struct SeenBox
{
    base::TrackKind kind = base::TrackKind::Face;
    base::Rectangle box;
};

/// What was found and covered in one frame.
struct FrameResult
{
    double milliseconds = 0.0; ///< since the clip's first frame
    base::Size picture;
    std::vector<SeenBox> boxes;
    std::vector<redaction::CoverRegion> regions; ///< of every kind; track 0 where there are no tracks
    double coveredShare = 0.0; ///< of the picture, by all regions

    /// With coveredShare worked out.
    [[nodiscard]] static FrameResult of(double milliseconds, base::Size picture, std::vector<SeenBox> boxes,
                                        std::vector<redaction::CoverRegion> regions);
};

/// Scores one clip's frames, in order, against the labels of one kind.
class ClipScore
{
public:
    /// The labels must outlive it.
    ClipScore(base::TrackKind kind, const KindLabels &labels) : m_kind(kind), m_labels(labels) { }

    void add(const FrameResult &result);
    /// One line for each label that is not covered and each region of the kind that touches none, of the frame that is
    /// added next; `place` begins each.
    void printFailures(QTextStream &out, const QString &place, const FrameResult &result) const;
    /// `end`: milliseconds from the clip's first frame to the end of its last; 0 for a still.
    [[nodiscard]] RecallFigures finish(double end);

private:
    [[nodiscard]] const FrameLabels *labels() const;
    void scoreLabels(const FrameResult &result, const FrameLabels &labels);
    void scoreRegions(const FrameResult &result, const FrameLabels &labels);

    base::TrackKind m_kind;
    const KindLabels &m_labels;
    RecallFigures m_figures;
    int m_untracked = 0; ///< false regions without a track
    std::map<std::int64_t, bool> m_tracks; ///< of the kind in labelled frames: whether all their regions were false
    std::optional<double> m_leakBegin;
};

} // namespace doorveil::bench
