// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/confirmation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace doorveil::vision {

namespace {

constexpr std::array<double, 2> plateWidths{56.0, 88.0}; // pixels of the box as it is looked at
constexpr double largestPlateScale = 3.0;
// The mean of the looks is that much higher than the first alone for what is as rarely false: on 300 frames of labelled
// clips and copies 0.70 stands for 0.55.
constexpr float enlargedLead = 0.15F;
constexpr std::array<double, 2> faceWidths{48.0, 64.0};
constexpr double largestFaceScale = 3.0;
// A face of this width is seen in every detail when it is looked at. Of 104 finds of 72 pixels and more on the labelled
// clips those that were faces came to 0.86 and more together, the others to 0.33 and less.
constexpr int largeFace = 56;
constexpr float likelyFace = 0.5F;
constexpr float unlikelyFace = 0.2F;
constexpr float faceBeyondDoubt = 0.88F; // of the first

// Of another detector's finds. With the judge's weights of drawn plates alone, of 972 plates and 196 other finds of the
// labelled pictures, clips and their degraded copies (a good part of the latter plates without a label) these left 983
// and 154: 12 doubtful plates more, most of them smeared or grainy, and one less.
constexpr float sure = 0.65F; // plates in the dark reach 0.69 and more
constexpr float sureAtBothScales = 0.5F; // what is seen at one only is a lattice or a lamp
constexpr float unseen = 0.3F; // none of the plates that start a track is seen less well, but one
constexpr float beyondDoubt = 0.8F; // of the first: plates unlike those that the judge knows

// The first gives what it sees very weakly, too: smeared and grainy plates are among it, which the other must see the
// better. What is not held up must not even continue a track, or tracks of nothing grow long.
constexpr float leastOdds = 0.41F; // of the threshold's: 0.15 where that is 0.3, 0.33 where it is 0.55
constexpr float sureOfTheWeakest = 0.73F;

// Seen from the side and in squares of two rows a plate is about as wide as high; the networks' boxes of the widest are
// not quite five times so. Burnt-in text is longer.
constexpr double narrowest = 0.9;
constexpr double widest = 5.2;

/// The scores of the other's best finds in the box, at the scale at which it is best seen and at the worse one.
struct SecondLook
{
    float best = 0.0F;
    float worst = 0.0F;
};

/// How sure `detector` is of what lies in the box when it looks at `around` at that scale.
base::Result<float> scoreAt(Detector &detector, const base::Picture &picture, const base::Rectangle &box,
                            const base::Rectangle &around, double scale)
{
    const auto found = detector.detect(picture, around, scale);
    if (!found)
        return found.error();
    float score = 0.0F;
    for (const Detection &detection : *found) {
        const std::int64_t common = detection.box.intersected(box).area();
        if (common * 10 >= box.area() * 3 && common * 10 >= detection.box.area() * 3)
            score = std::max(score, detection.score);
    }
    return score;
}

base::Rectangle plateSurroundings(const base::Rectangle &box, base::Size picture)
{
    return box.grown(box.width * 3 / 4, std::max(box.height, box.width / 2)).clampedTo(picture);
}

base::Result<SecondLook> secondLook(Detector &other, const base::Picture &picture, const Detection &first, float least)
{
    const base::Rectangle &box = first.box;
    const base::Rectangle around = plateSurroundings(box, picture.size);
    std::vector<float> scores;
    double before = 0.0;
    for (const double width : plateWidths) {
        const double scale = std::min(width / box.width, largestPlateScale);
        if (scale == before)
            break;
        before = scale;
        const base::Result<float> score = scoreAt(other, picture, box, around, scale);
        if (!score)
            return score.error();
        scores.push_back(*score);
        if (first.score < least && *score < sureAtBothScales)
            break; // nothing holds it up any more
    }
    const auto [worst, best] = std::minmax_element(scores.begin(), scores.end());
    return SecondLook{*best, scores.size() == plateWidths.size() ? *worst : 0.0F};
}

/// Cut by the picture's left or right edge a plate may be of any shape.
bool hasPlateShape(const base::Rectangle &box, base::Size picture)
{
    const double shape = double(box.width) / box.height;
    const bool isCut = box.x <= 0 || box.right() >= picture.width;
    return shape < widest && (shape >= narrowest || isCut);
}

/// The least score that continues a track, of a detector whose finds start one from `threshold` on.
float leastOf(float threshold)
{
    const float odds = leastOdds * threshold / (1.0F - threshold);
    return odds / (1.0F + odds);
}

float judged(float first, const SecondLook &second, float least)
{
    const float both = (first + second.best) / 2.0F;
    if (second.best < sure)
        return std::min(first, both);
    const bool holdsUp = second.worst >= sureAtBothScales && (first >= least || second.best >= sureOfTheWeakest);
    return holdsUp ? std::max(first, both) : first;
}

float justBelow(float threshold)
{
    return std::nextafter(threshold, 0.0F);
}

float logarithmOfOdds(float score)
{
    const float bounded = std::clamp(score, 0.02F, 0.98F);
    return std::log(bounded / (1.0F - bounded));
}

/// The score of a plate's find after the second look.
base::Result<float> plateScore(const Detection &detection, Detector &other, const base::Picture &picture)
{
    const float least = leastOf(detection.threshold);
    const base::Result<SecondLook> second = secondLook(other, picture, detection, least);
    if (!second)
        return second.error();
    const bool mayStart =
        hasPlateShape(detection.box, picture.size) && (second->best >= unseen || detection.score >= beyondDoubt);
    const float score = judged(detection.score, *second, least);
    return mayStart ? score : std::min(score, justBelow(detection.threshold));
}

/// What a detector's own find comes to after looking at it again, scaled to each of `widths`: the mean of all looks, as
/// logarithms of odds.
base::Result<float> lookedAtAgain(const Detection &detection, Detector &own, const base::Picture &picture,
                                  const base::Rectangle &around, std::span<const double> widths, double largestScale)
{
    float sum = logarithmOfOdds(detection.score);
    double before = 0.0;
    float seen = 0.0F;
    for (const double width : widths) {
        const double scale = std::min(width / detection.box.width, largestScale);
        if (scale != before) { // small ones are as large as they get at every width: one look counts for all
            const base::Result<float> score = scoreAt(own, picture, detection.box, around, scale);
            if (!score)
                return score.error();
            seen = *score;
            before = scale;
        }
        sum += logarithmOfOdds(seen);
    }
    const float mean = sum / float(1 + widths.size());
    return 1.0F / (1.0F + std::exp(-mean));
}

/// How sure both are of a face that the first found.
base::Result<float> faceCertainty(const Detection &face, Detector &judge, const base::Picture &picture)
{
    const base::Rectangle &box = face.box;
    const base::Rectangle around = box.grown(box.width, box.height).clampedTo(picture.size);
    return lookedAtAgain(face, judge, picture, around, faceWidths, largestFaceScale);
}

/// Plates are seen well enlarged, or as they are: what is coarsely coded or grainy is a plate from afar only.
base::Result<float> ownPlateScore(const Detection &detection, Detector &own, const base::Picture &picture)
{
    const base::Rectangle around = plateSurroundings(detection.box, picture.size);
    const base::Result<float> mean = lookedAtAgain(detection, own, picture, around, plateWidths, largestPlateScale);
    if (!mean)
        return mean;
    const float score = std::max(detection.score, *mean - enlargedLead);
    return hasPlateShape(detection.box, picture.size) ? score : std::min(score, justBelow(detection.threshold));
}

/// The score of another detector's find after the second look: as it was, too low to start a track, or nothing.
base::Result<float> largeFaceScore(const Detection &detection, Detector &other, const base::Picture &picture)
{
    if (detection.box.width < largeFace || detection.score >= faceBeyondDoubt)
        return detection.score;
    const base::Result<float> all = faceCertainty(detection, other, picture);
    if (!all)
        return all.error();
    if (*all >= likelyFace)
        return detection.score;
    return *all >= unlikelyFace ? std::min(detection.score, justBelow(detection.threshold)) : 0.0F;
}

bool isOwn(const Detection &detection, const Detector &judge)
{
    return detection.detector == judge.info().id;
}

base::Result<float> scoreOf(const Detection &detection, Detector &judge, const base::Picture &picture)
{
    if (detection.kind == base::TrackKind::Face)
        return isOwn(detection, judge) ? faceCertainty(detection, judge, picture)
                                       : largeFaceScore(detection, judge, picture);
    return isOwn(detection, judge) ? ownPlateScore(detection, judge, picture) : plateScore(detection, judge, picture);
}

/// Next to nothing. Another detector's faces are left to its own weak threshold, unless they came to nothing.
bool isNothing(const Detection &detection, const Detector &judge)
{
    if (detection.kind == base::TrackKind::Face && !isOwn(detection, judge))
        return detection.score <= 0.0F;
    return detection.score < leastOf(detection.threshold);
}

} // namespace

base::Result<std::vector<Detection>> confirmed(std::vector<Detection> found, Detector &judge,
                                               const base::Picture &picture)
{
    for (Detection &detection : found) {
        if (detection.box.isEmpty())
            continue;
        const base::Result<float> score = scoreOf(detection, judge, picture);
        if (!score)
            return score.error();
        detection.score = *score;
    }
    std::erase_if(found, [&judge](const Detection &detection) { return isNothing(detection, judge); });
    return found;
}

base::Result<std::vector<Detection>> sureFaces(std::vector<Detection> found, Detector &judge,
                                               const base::Picture &picture, float least)
{
    std::vector<Detection> sure;
    for (Detection &face : found) {
        if (face.score < face.threshold)
            continue;
        const base::Result<float> certainty = faceCertainty(face, judge, picture);
        if (!certainty)
            return certainty.error();
        if (*certainty >= least)
            sure.push_back(std::move(face));
    }
    return sure;
}

} // namespace doorveil::vision
