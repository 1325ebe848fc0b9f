// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/scenesearch.h"

#include "base/blockingwork.h"
#include "base/picture.h"
#include "vision/changemap_p.h"
#include "vision/keptfinds_p.h"
#include "vision/searchareas_p.h"
#include "vision/searchlayer_p.h"
#include "vision/searchtasks_p.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <iterator>

namespace doorveil::vision {

namespace {
/// Each kind of search has its own memory of what it has seen.
/// TurnFaces at every turn, at a scale that suits what moves; NativeFaces at the picture's own size, where that is
/// finer; FineFaces enlarged; EdgeFaces across the picture's edges; TiltedFaces and LyingFaces in the picture
/// turned to both sides.
enum Layer : std::size_t {
    TurnFaces,
    NativeFaces,
    FineFaces,
    EdgeFaces,
    TiltedFaces,
    LyingFaces,
    Plates,
    Persons,
    LayerCount
};

// A standing person is seven to eight heads high, so that somebody who fills a change of this height has a face of
// some 35 pixels: what is higher is searched at a smaller scale at every turn, and at full scale less often.
constexpr int turnHeight = 320;
// Small faces belong to people who are small altogether: only small changes are searched enlarged at every turn.
constexpr int smallHeight = 200;
// An enlarged search is for what the search at full size cannot see; its larger finds are mostly false.
constexpr double largestFineFind = 2.5; // of the detector's smallest side
// How long somebody who was found is taken to be about where he was.
constexpr double walkerSeconds = 2.0;
constexpr std::size_t mostWalkers = 200;
constexpr int refreshSide = 640;
constexpr int refreshMargin = 64;
// Plates and people: one pass of their networks is at the size they were trained for, however small the area.
constexpr int fixedInputSide = 448;
constexpr int largePicture = 960;
// In the first picture of a scene, which may be the only one, plates on vehicles are looked for enlarged, too: pale
// ones without contrast are seen so.
constexpr double firstPlateScale = 2.0;
constexpr int largestFirstPlate = 40; // of the shorter side; larger ones are seen as they are
// Of an enlarged area: keeps memory and patience within bounds.
constexpr double mostPixels = 9e6;
// Upright faces are found up to 20 or 25 degrees to each side; turned by these angles the picture shows the others up
// to 110.
constexpr double tilted = 40.0;
constexpr double lying = 85.0;
constexpr double intervalSlack = 0.005; // frame times are rounded
constexpr std::size_t mostUnderway = 3;

base::TrackKind kindOf(Layer layer)
{
    return layer == Plates    ? base::TrackKind::Plate
           : layer == Persons ? base::TrackKind::Person
                              : base::TrackKind::Face;
}

struct PlannedLayer
{
    Layer layer = TurnFaces;
    std::vector<SearchArea> areas;
};

/// A frame whose search has begun.
struct Underway
{
    SearchedFrame searched; ///< without what is still being found
    std::unique_ptr<SearchBatch> batch;
    std::array<std::vector<base::Rectangle>, LayerCount> areas;
    cv::Mat picture; ///< the change map's small one
    double time = 0.0; ///< seconds
};
} // namespace

struct SceneSearch::State
{
    DetectorSet *detectors = nullptr;
    SceneSearchSettings settings;
    ChangeMap map;
    std::array<SearchLayer, LayerCount> layers;
    std::array<double, LayerCount> lastSearch{}; ///< seconds
    KeptFinds kept;
    std::int64_t frameIndex = -1;
    double now = 0.0;
    base::Size size;
    TaskRunner runner;
    std::vector<std::pair<base::Rectangle, double>> walkers; ///< recent person boxes and when they were found
    std::deque<Underway> underway;
    std::deque<SearchedFrame> done; ///< not yet handed out

    [[nodiscard]] base::Result<void> begin(base::VideoFrame frame, bool atOnce,
                                           std::vector<base::Rectangle> hiddenPlates);
    [[nodiscard]] base::Result<void> completeFirst();
    [[nodiscard]] base::Result<void> completeAll();
    [[nodiscard]] std::optional<SearchedFrame> nextDone();
    [[nodiscard]] base::Result<void> advance(const base::VideoFrame &frame);
    [[nodiscard]] bool isUsed(Layer layer) const;
    /// Somebody taller than `height` was found there a moment ago, over at least so many tenths of the area.
    [[nodiscard]] bool isWalker(const base::Rectangle &area, int height, int tenths) const;
    [[nodiscard]] double intervalOf(Layer layer, const ChangedArea &area, bool atOnce) const;
    [[nodiscard]] double leastPauseOf(Layer layer) const;
    [[nodiscard]] std::vector<SearchArea> areasOf(Layer layer, bool atOnce);
    [[nodiscard]] bool isFirstOfScene() const { return frameIndex == 0 || map.isCut(); }
    [[nodiscard]] double plateScaleOf(const DetectorInfo &info) const;
    [[nodiscard]] std::vector<Finder> findersOf(Layer layer, const SearchArea &search) const;
    void addEdgeTasks(const SearchArea &search, std::vector<SearchTask> &tasks) const;
    [[nodiscard]] std::vector<SearchTask> tasksFor(const std::vector<PlannedLayer> &planned) const;
};

namespace {
double fineScaleOf(const DetectorInfo &info, double smallestFace)
{
    const double needed = smallestFace > 0.0 ? info.smallestSide / smallestFace : 1.0;
    for (const double scale : {1.0, 1.25, 1.5, 2.0, 3.0}) {
        if (needed <= scale)
            return scale;
    }
    return 4.0;
}

double fitting(double scale, const base::Rectangle &area)
{
    return std::min(scale, std::max(1.0, std::sqrt(mostPixels / double(std::max<std::int64_t>(area.area(), 1)))));
}

/// Of the search at every turn: as small as what moves there allows.
double turnScale(const SearchArea &search)
{
    base::Rectangle changed;
    for (const base::Rectangle &part : search.changed)
        changed = changed.united(part);
    for (const double scale : {0.25, 0.35, 0.5, 0.75}) {
        if (scale * changed.height >= turnHeight)
            return scale;
    }
    return 1.0;
}

/// For what is seldom: half of that is a quarter of the work, and leaves out people far away.
double coarseScale(const SearchArea &search)
{
    const double turn = turnScale(search);
    return search.area.height * turn > turnHeight ? turn / 2 : turn;
}

std::vector<base::Rectangle> movingAreas(const ChangeMap &map)
{
    std::vector<base::Rectangle> areas;
    const cv::Mat &moving = map.moving();
    for (int row = 0; row < moving.rows; ++row) {
        int begin = -1;
        for (int column = 0; column <= moving.cols; ++column) {
            const bool moves = column < moving.cols && moving.at<std::uint8_t>(row, column) != 0;
            if (moves && begin < 0)
                begin = column;
            if (!moves && begin >= 0) {
                areas.push_back(map.areaOfBlocks({begin, row, column - begin, 1}));
                begin = -1;
            }
        }
    }
    return areas;
}
} // namespace

base::Result<void> SceneSearch::State::advance(const base::VideoFrame &frame)
{
    ++frameIndex;
    now = settings.timeBase.isPositive() ? double(frame.pts) * settings.timeBase.toDouble() : 0.1 * double(frameIndex);
    size = frame.displayedSize();
    int factor = 1;
    const base::GreyPicture grey = base::toGreyPicture(frame, ChangeMap::longestSide, &factor);
    map.update(grey, factor, size);
    if (map.isCut()) {
        if (const base::Result<void> completed = completeAll(); !completed)
            return completed; // these are of the scene before
        lastSearch.fill(SearchLayer::never);
        kept.clear();
        walkers.clear();
    }
    for (SearchLayer &layer : layers) {
        if (map.isCut() || settings.searchEverything)
            layer.reset(map);
    }
    kept.check(map, map.current());
    std::erase_if(walkers, [this](const auto &walker) { return now - walker.second > walkerSeconds; });
    return {};
}

bool SceneSearch::State::isUsed(Layer layer) const
{
    switch (layer) {
    case Plates:
        return !detectors->plates.empty();
    case Persons:
        return !detectors->persons.empty();
    case FineFaces:
        return settings.smallestFace > 0.0 && !detectors->faces.empty();
    default:
        return !detectors->faces.empty();
    }
}

bool SceneSearch::State::isWalker(const base::Rectangle &area, int height, int tenths) const
{
    return std::any_of(walkers.begin(), walkers.end(), [&](const auto &walker) {
        const base::Rectangle box = walker.first.grown(walker.first.width / 3, walker.first.height / 5);
        return walker.first.height > height && box.intersected(area).area() * 10 >= area.area() * tenths;
    });
}

double SceneSearch::State::intervalOf(Layer layer, const ChangedArea &area, bool atOnce) const
{
    switch (layer) {
    case TurnFaces:
        return atOnce ? 0.0 : settings.faceInterval;
    case NativeFaces:
        return settings.nativeFaceInterval;
    case EdgeFaces:
        return settings.edgeFaceInterval;
    case TiltedFaces:
        return settings.tiltedFaceInterval;
    case LyingFaces:
        return settings.lyingFaceInterval;
    case FineFaces:
        // What moves inside a large body is a part of it, a hand or a bag, and no small face.
        if (area.area.height > smallHeight || isWalker(area.area, smallHeight, 8))
            return settings.largeFaceInterval;
        return atOnce ? 0.0 : settings.faceInterval;
    case Plates: {
        const bool upright = area.area.height * 2 > area.area.width * 3; // no vehicle
        if (upright || isWalker(area.area, 0, 4))
            return settings.personPlateInterval;
        return atOnce ? 0.0 : settings.plateInterval;
    }
    default:
        return settings.personInterval;
    }
}

/// Between two searches anywhere: what changes in between is still known when its turn comes.
double SceneSearch::State::leastPauseOf(Layer layer) const
{
    switch (layer) {
    case Plates:
        return settings.plateInterval;
    case Persons:
        return settings.personInterval;
    case EdgeFaces:
    case TiltedFaces:
    case LyingFaces:
        return settings.edgeFaceInterval;
    default:
        return 0.0;
    }
}

std::vector<SearchArea> SceneSearch::State::areasOf(Layer layer, bool atOnce)
{
    const bool fixedInput = layer == Plates || layer == Persons;
    if (!(atOnce && fixedInput) && now - lastSearch[layer] < leastPauseOf(layer) - intervalSlack)
        return {};
    std::vector<base::Rectangle> due;
    layers[layer].update(map);
    std::vector<ChangedArea> changed = layers[layer].changedAreas(map);
    if (layer == NativeFaces) // lower ones were searched at full size in their turn
        std::erase_if(changed, [](const ChangedArea &area) { return area.area.height <= turnHeight; });
    if (layer == TurnFaces || fixedInput) {
        const std::vector<ChangedArea> doubtful = kept.doubtful(kindOf(layer));
        changed.insert(changed.end(), doubtful.begin(), doubtful.end());
    }
    for (const ChangedArea &area : changed) {
        const double interval = intervalOf(layer, area, atOnce);
        if (now - area.lastSearched >= interval - intervalSlack)
            due.push_back(area.area);
    }
    std::vector<SearchArea> areas =
        planSearchAreas(due, kept.boxes(kindOf(layer)), size, fixedInput ? fixedInputSide : 0);
    const ChangedArea waiting = layers[layer].longestWaiting(map);
    if (areas.empty() && now - waiting.lastSearched >= settings.refreshSeconds) {
        const base::Rectangle tile =
            waiting.area.grown((refreshSide - waiting.area.width) / 2, (refreshSide - waiting.area.height) / 2)
                .clampedTo(size);
        areas.push_back({tile, {tile}, {settledPart(tile, refreshMargin, size), waiting.area}});
    }
    if (!areas.empty())
        lastSearch[layer] = now;
    return areas;
}

/// In large pictures the embedded detector looks for small plates at full size, so that the downloaded one at its side
/// need not. In small ones each finds plates that the other does not.
double SceneSearch::State::plateScaleOf(const DetectorInfo &info) const
{
    const bool isHelped = !info.embedded && detectors->plates.size() > 1;
    return isHelped && std::max(size.width, size.height) >= largePicture ? settings.plateScale / 2
                                                                         : settings.plateScale;
}

std::vector<Finder> SceneSearch::State::findersOf(Layer layer, const SearchArea &search) const
{
    std::vector<Finder> finders;
    switch (layer) {
    case TurnFaces:
        for (const auto &detector : detectors->faces)
            finders.push_back({detector.get(), turnScale(search), 0, detectors->judgeOf(*detector)});
        break;
    case NativeFaces:
        for (const auto &detector : detectors->faces) {
            if (turnScale(search) < 1.0)
                finders.push_back({detector.get(), 1.0, 0, detectors->judgeOf(*detector)});
        }
        break;
    case FineFaces:
        for (const auto &detector : detectors->faces) {
            const double scale = fitting(fineScaleOf(detector->info(), settings.smallestFace), search.area);
            if (scale > 1.0)
                finders.push_back({detector.get(), scale, int(largestFineFind * detector->info().smallestSide),
                                   detectors->judgeOf(*detector)});
        }
        break;
    case TiltedFaces:
    case LyingFaces:
        for (const auto &detector : detectors->faces) {
            const double angle = layer == TiltedFaces ? tilted : lying;
            for (const double degrees : {angle, -angle}) {
                if (Detector *judge = detectors->judgeOf(*detector))
                    finders.push_back(
                        {.detector = detector.get(), .scale = coarseScale(search), .second = judge, .tilt = degrees});
            }
        }
        break;
    case Plates:
        for (const auto &detector : detectors->plates)
            finders.push_back({detector.get(), plateScaleOf(detector->info()), 0, detectors->judgeOf(*detector),
                               detectors->vehicles.get()});
        if (isFirstOfScene() && detectors->vehicles) {
            Detector &own = *detectors->plates.back();
            finders.push_back({&own, fitting(firstPlateScale, search.area), largestFirstPlate, detectors->judgeOf(own),
                               detectors->vehicles.get(), OffVehicle::Dropped});
        }
        break;
    case EdgeFaces: // strips of the area: addEdgeTasks()
        break;
    default:
        for (const auto &detector : detectors->persons)
            finders.push_back({detector.get(), 1.0, 0});
        break;
    }
    return finders;
}

/// For faces that the picture's edges cut.
void SceneSearch::State::addEdgeTasks(const SearchArea &search, std::vector<SearchTask> &tasks) const
{
    for (const PictureEdge edge : {PictureEdge::Left, PictureEdge::Right, PictureEdge::Lower}) {
        const base::Rectangle strip = stripAlong(edge, search.area, size);
        for (const auto &detector : detectors->faces) {
            Detector *judge = detectors->judgeOf(*detector);
            if (!strip.isEmpty() && judge != nullptr)
                tasks.push_back(
                    {{.detector = detector.get(), .scale = coarseScale(search), .second = judge, .across = edge},
                     strip});
        }
    }
}

std::vector<SearchTask> SceneSearch::State::tasksFor(const std::vector<PlannedLayer> &planned) const
{
    std::vector<SearchTask> tasks;
    for (const PlannedLayer &plan : planned) {
        for (const SearchArea &search : plan.areas) {
            for (const Finder &finder : findersOf(plan.layer, search))
                tasks.push_back({finder, search.area});
            if (plan.layer == EdgeFaces)
                addEdgeTasks(search, tasks);
        }
    }
    return tasks;
}

base::Result<void> SceneSearch::State::begin(base::VideoFrame frame, bool atOnce,
                                             std::vector<base::Rectangle> hiddenPlates)
{
    if (const base::Result<void> advanced = advance(frame); !advanced)
        return advanced;
    Underway next;
    next.picture = map.current();
    next.time = now;
    SceneFinds &finds = next.searched.finds;
    finds.change = map.change();
    finds.moving = movingAreas(map);
    std::vector<PlannedLayer> planned;
    for (const Layer layer : {Persons, TurnFaces, NativeFaces, FineFaces, EdgeFaces, TiltedFaces, LyingFaces, Plates}) {
        if (isUsed(layer))
            planned.push_back({layer, areasOf(layer, atOnce || map.change() == base::SceneChange::Jump)});
    }
    for (const PlannedLayer &plan : planned) {
        for (const SearchArea &search : plan.areas) {
            for (const base::Rectangle &part : search.settled)
                layers[plan.layer].markSearched(part, now, map);
            next.areas[plan.layer].push_back(search.area);
        }
    }
    for (const std::vector<base::Rectangle> &areas : next.areas)
        finds.searched.insert(finds.searched.end(), areas.begin(), areas.end());
    next.batch = runner.start(tasksFor(planned), frame, std::move(hiddenPlates));
    next.searched.frame = std::move(frame);
    next.searched.atOnce = atOnce;
    underway.push_back(std::move(next));
    return {};
}

base::Result<void> SceneSearch::State::completeFirst()
{
    Underway first = std::move(underway.front());
    underway.pop_front();
    base::Result<std::vector<Detection>> found = first.batch->take();
    if (!found)
        return found.error();
    kept.check(map, first.picture);
    SceneFinds &finds = first.searched.finds;
    finds.detections = kept.update(withoutDoubles(std::move(*found)), first.areas[TurnFaces], first.areas[Plates],
                                   first.areas[Persons], map, first.picture, first.time);
    for (const Detection &detection : finds.detections) { // for later frames; who stands still is not found anew
        if (detection.kind == base::TrackKind::Person)
            walkers.emplace_back(detection.box, first.time);
    }
    if (walkers.size() > mostWalkers)
        walkers.erase(walkers.begin(), walkers.end() - std::ptrdiff_t(mostWalkers));
    done.push_back(std::move(first.searched));
    return {};
}

base::Result<void> SceneSearch::State::completeAll()
{
    while (!underway.empty()) {
        if (const base::Result<void> completed = completeFirst(); !completed)
            return completed;
    }
    return {};
}

std::optional<SearchedFrame> SceneSearch::State::nextDone()
{
    if (done.empty())
        return std::nullopt;
    std::optional<SearchedFrame> next = std::move(done.front());
    done.pop_front();
    return next;
}

SceneSearch::SceneSearch(DetectorSet &detectors, const SceneSearchSettings &settings)
    : m_state(std::make_unique<State>())
{
    m_state->detectors = &detectors;
    m_state->settings = settings;
}

SceneSearch::~SceneSearch() = default;

base::Result<std::optional<SearchedFrame>> SceneSearch::push(base::VideoFrame frame, bool atOnce,
                                                             std::vector<base::Rectangle> hiddenPlates)
{
    base::enterBlockingWork(base::BlockingWork::Detection);
    if (!frame.isNull()) {
        if (const base::Result<void> begun = m_state->begin(std::move(frame), atOnce, std::move(hiddenPlates)); !begun)
            return begun.error();
    }
    while (m_state->underway.size() >= mostUnderway) {
        if (const base::Result<void> completed = m_state->completeFirst(); !completed)
            return completed.error();
    }
    return m_state->nextDone();
}

base::Result<std::optional<SearchedFrame>> SceneSearch::flush()
{
    base::enterBlockingWork(base::BlockingWork::Detection);
    if (const base::Result<void> completed = m_state->completeAll(); !completed)
        return completed.error();
    return m_state->nextDone();
}

} // namespace doorveil::vision
