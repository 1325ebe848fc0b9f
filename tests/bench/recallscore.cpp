// SPDX-License-Identifier: GPL-3.0-or-later
#include "recallscore.h"

#include <algorithm>
#include <numeric>

namespace doorveil::bench {

namespace {
constexpr double matchOverlap = 0.5;
constexpr double coveredEnough = 0.9;
constexpr int largeFace = 24; // pixels
constexpr int smallFace = 12;

int sideOf(const base::Rectangle &box, base::TrackKind kind)
{
    return kind == base::TrackKind::Plate ? box.width : std::min(box.width, box.height);
}

std::size_t sizeClass(int side)
{
    std::size_t index = 0;
    while (index < sizeLimits.size() && side >= sizeLimits[index])
        ++index;
    return index;
}

/// Share of the box inside the union of the regions.
double coveredPart(const base::Rectangle &box, const std::vector<redaction::CoverRegion> &regions)
{
    if (box.isEmpty())
        return 1.0;
    std::vector<std::uint8_t> mask(std::size_t(box.area()), 0);
    for (const redaction::CoverRegion &region : regions) {
        const base::Rectangle common = region.region.intersected(box);
        for (int y = common.y; y < common.bottom(); ++y) {
            auto *row = mask.data() + std::size_t(y - box.y) * std::size_t(box.width) - box.x;
            std::fill(row + common.x, row + common.right(), std::uint8_t(1));
        }
    }
    return double(std::count(mask.begin(), mask.end(), std::uint8_t(1))) / double(box.area());
}

bool isFaceOrHead(base::TrackKind kind)
{
    return kind == base::TrackKind::Face || kind == base::TrackKind::Head;
}

/// Whether a region counts as a find of the labelled kind: a head turned away is covered by the head that is made from
/// a body.
bool isOfKind(base::TrackKind region, base::TrackKind labelled)
{
    switch (labelled) {
    case base::TrackKind::Face:
        return isFaceOrHead(region);
    case base::TrackKind::Head:
        return region == base::TrackKind::Head || region == base::TrackKind::Person;
    case base::TrackKind::Person:
        return isFaceOrHead(region) || region == base::TrackKind::Person;
    case base::TrackKind::Plate:
    case base::TrackKind::Region:
        break;
    }
    return region == labelled;
}

/// Whether a box can be the labelled thing itself; a body is no head.
bool canMatch(base::TrackKind box, base::TrackKind labelled)
{
    return labelled == base::TrackKind::Plate ? box == labelled : isFaceOrHead(box);
}

bool touches(const base::Rectangle &region, const std::vector<base::Rectangle> &boxes)
{
    return std::any_of(boxes.begin(), boxes.end(), [&](const base::Rectangle &box) {
        return region.intersected(box).area() * 10 >= box.area() * 3;
    });
}

bool isCovered(const base::Rectangle &label, const FrameResult &result)
{
    // Labels may reach out of the picture, covers do not.
    return coveredPart(label.clampedTo(result.picture), result.regions) >= coveredEnough;
}

void add(ClassLeak &sum, const ClassLeak &other)
{
    sum.frames += other.frames;
    sum.leaked += other.leaked;
}

template<std::size_t size> int sumOf(const std::array<int, size> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), 0);
}

void printBox(QTextStream &out, const QString &place, const char *what, const base::Rectangle &box)
{
    out << QStringLiteral("%1 %2 %3,%4 %5x%6")
               .arg(place, QString::fromLatin1(what))
               .arg(box.x)
               .arg(box.y)
               .arg(box.width)
               .arg(box.height);
}
} // namespace

void RecallFigures::add(const RecallFigures &other)
{
    for (std::size_t index = 0; index < sizeClasses; ++index) {
        labels[index] += other.labels[index];
        matched[index] += other.matched[index];
        covered[index] += other.covered[index];
    }
    labelledFrames += other.labelledFrames;
    leakedFrames += other.leakedFrames;
    bench::add(largeFaces, other.largeFaces);
    bench::add(smallFaces, other.smallFaces);
    longestLeak = std::max(longestLeak, other.longestLeak);
    truePositives += other.truePositives;
    falseRegions += other.falseRegions;
    falseSubjects += other.falseSubjects;
    otherHeads += other.otherHeads;
    frames += other.frames;
    clipMilliseconds += other.clipMilliseconds;
    regions += other.regions;
    coveredShare += other.coveredShare;
    milliseconds += other.milliseconds;
}

int RecallFigures::allLabels() const
{
    return sumOf(labels);
}

int RecallFigures::allCovered() const
{
    return sumOf(covered);
}

int RecallFigures::allMatched() const
{
    return sumOf(matched);
}

double RecallFigures::coveredPercent() const
{
    return allLabels() > 0 ? 100.0 * allCovered() / allLabels() : 100.0;
}

double RecallFigures::falseAFrame() const
{
    return falseRegions / double(std::max(1, labelledFrames));
}

double RecallFigures::areaPercent() const
{
    return 100.0 * coveredShare / std::max(1, frames);
}

double RecallFigures::millisecondsAFrame() const
{
    return milliseconds / std::max(1, frames);
}

FrameResult FrameResult::of(double milliseconds, base::Size picture, std::vector<SeenBox> boxes,
                            std::vector<redaction::CoverRegion> regions)
{
    const double share = coveredPart({0, 0, picture.width, picture.height}, regions);
    return {milliseconds, picture, std::move(boxes), std::move(regions), share};
}

const FrameLabels *ClipScore::labels() const
{
    const auto found = m_labels.find(m_figures.frames);
    return found != m_labels.end() ? &found->second : nullptr;
}

void ClipScore::add(const FrameResult &result)
{
    const FrameLabels *labels = this->labels();
    ++m_figures.frames;
    m_figures.coveredShare += result.coveredShare;
    for (const redaction::CoverRegion &region : result.regions)
        m_figures.regions += isOfKind(region.kind, m_kind) ? 1.0 : 0.0;
    if (labels == nullptr)
        return;
    ++m_figures.labelledFrames;
    scoreLabels(result, *labels);
    scoreRegions(result, *labels);
}

void ClipScore::scoreLabels(const FrameResult &result, const FrameLabels &labels)
{
    bool leaked = false;
    ClassLeak large;
    ClassLeak small;
    for (const base::Rectangle &label : labels.boxes) {
        const int side = sideOf(label, m_kind);
        const std::size_t place = sizeClass(side);
        ++m_figures.labels[place];
        const bool matched = std::any_of(result.boxes.begin(), result.boxes.end(), [&](const SeenBox &seen) {
            return canMatch(seen.kind, m_kind) && base::intersectionOverUnion(seen.box, label) >= matchOverlap;
        });
        m_figures.matched[place] += matched ? 1 : 0;
        const bool covered = isCovered(label, result);
        m_figures.covered[place] += covered ? 1 : 0;
        leaked = leaked || !covered;
        if (m_kind == base::TrackKind::Plate || side < smallFace)
            continue;
        ClassLeak &ofSize = side >= largeFace ? large : small;
        ofSize.frames = 1;
        ofSize.leaked |= covered ? 0 : 1;
    }
    bench::add(m_figures.largeFaces, large);
    bench::add(m_figures.smallFaces, small);
    m_figures.leakedFrames += leaked ? 1 : 0;
    if (leaked) {
        m_leakBegin = m_leakBegin.value_or(result.milliseconds);
    } else if (m_leakBegin) {
        m_figures.longestLeak = std::max(m_figures.longestLeak, result.milliseconds - *m_leakBegin);
        m_leakBegin.reset();
    }
}

void ClipScore::scoreRegions(const FrameResult &result, const FrameLabels &labels)
{
    for (const redaction::CoverRegion &region : result.regions) {
        const bool onLabel = touches(region.region, labels.boxes);
        const bool isFalse = !onLabel && !touches(region.region, labels.ignored);
        if (isOfKind(region.kind, m_kind)) {
            m_figures.truePositives += onLabel ? 1 : 0;
            m_figures.falseRegions += isFalse ? 1 : 0;
            if (region.track == 0)
                m_untracked += isFalse ? 1 : 0;
            else
                m_tracks[region.track] = isFalse && m_tracks.try_emplace(region.track, true).first->second;
        } else if (region.kind == base::TrackKind::Person) {
            m_figures.otherHeads += isFalse ? 1 : 0;
        }
    }
}

void ClipScore::printFailures(QTextStream &out, const QString &place, const FrameResult &result) const
{
    const FrameLabels *labels = this->labels();
    if (labels == nullptr)
        return;
    for (const base::Rectangle &label : labels->boxes) {
        if (!isCovered(label, result)) {
            printBox(out, place, "missed", label);
            out << ' ' << base::toText(m_kind) << '\n';
        }
    }
    for (const redaction::CoverRegion &region : result.regions) {
        if (!isOfKind(region.kind, m_kind) || touches(region.region, labels->boxes)
            || touches(region.region, labels->ignored))
            continue;
        printBox(out, place, "false", region.region);
        out << QStringLiteral(" %1 %2 %3 track %4\n")
                   .arg(base::toText(region.kind), base::toText(region.origin))
                   .arg(region.score, 0, 'f', 2)
                   .arg(region.track);
    }
}

RecallFigures ClipScore::finish(double end)
{
    if (m_leakBegin) {
        m_figures.longestLeak = std::max(m_figures.longestLeak, end - *m_leakBegin);
        m_leakBegin.reset();
    }
    m_figures.clipMilliseconds = end;
    m_figures.falseSubjects =
        double(std::count_if(m_tracks.begin(), m_tracks.end(), [](const auto &track) { return track.second; }));
    if (m_untracked > 0)
        m_figures.falseSubjects += double(m_untracked) * m_figures.frames / m_figures.labelledFrames;
    return m_figures;
}

} // namespace doorveil::bench
