// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/scenesearch.h"

#include "base/picture.h"
#include "vision/changemap_p.h"
#include "vision/keptfinds_p.h"
#include "vision/searchareas_p.h"
#include "vision/searchlayer_p.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace doorveil::vision {

namespace {
/// Each kind of search has its own memory of what it has seen.
enum Layer : std::size_t { CoarseFaces, FineFaces, Plates, Persons, LayerCount };

// Small faces belong to people who are small altogether: only small changes are searched enlarged at every turn.
constexpr int smallChange = 320;
constexpr int refreshSide = 640;
constexpr int refreshMargin = 64;
constexpr int middlingSide = 400;
constexpr int comfortableSide = 717;
// Of an enlarged area: keeps the basic detectors' enlargement within memory and patience.
constexpr double mostPixels = 9e6;
constexpr double intervalSlack = 0.005; // frame times are rounded

base::TrackKind kindOf(Layer layer)
{
    return layer == Plates    ? base::TrackKind::Plate
           : layer == Persons ? base::TrackKind::Person
                              : base::TrackKind::Face;
}

struct Finder
{
    Detector *detector = nullptr;
    std::vector<double> scales;
};
} // namespace

struct SceneSearch::State
{
    DetectorSet *detectors = nullptr;
    SceneSearchSettings settings;
    ChangeMap map;
    std::array<SearchLayer, LayerCount> layers;
    KeptFinds kept;
    std::int64_t frameIndex = -1;
    double now = 0.0;
    base::Size size;
    std::vector<std::pair<base::Rectangle, double>> walkers; ///< recent person boxes and when they were found

    void advance(const base::VideoFrame &frame);
    [[nodiscard]] bool isUsed(Layer layer) const;
    [[nodiscard]] double intervalOf(Layer layer, const ChangedArea &area) const;
    [[nodiscard]] std::vector<SearchArea> areasOf(Layer layer);
    [[nodiscard]] std::vector<Finder> findersOf(Layer layer, const base::Rectangle &area) const;
    [[nodiscard]] base::Result<void> searchLayer(Layer layer, const base::VideoFrame &frame,
                                                 std::vector<Detection> &found, std::vector<base::Rectangle> &searched);
};

namespace {
double fineScaleOf(const DetectorInfo &info, double smallestFace)
{
    if (info.smallestSide <= 0 || smallestFace <= 0.0)
        return 2.0;
    const double needed = info.smallestSide / smallestFace;
    return needed <= 1.0 ? 1.0 : needed <= 2.0 ? 2.0 : needed <= 3.0 ? 3.0 : 4.0;
}

double fitting(double scale, const base::Rectangle &area)
{
    return std::min(scale, std::max(1.0, std::sqrt(mostPixels / double(std::max<std::int64_t>(area.area(), 1)))));
}

/// 1 and, for areas of middling size, a half: the detectors themselves add a reduced picture to larger ones only, and
/// somebody at the door fills more of the picture than a network can see at once.
std::vector<double> coarseScales(const DetectorInfo &info, const base::Rectangle &area)
{
    const int side = std::max(area.width, area.height);
    if (info.embedded || side <= middlingSide || side > comfortableSide)
        return {1.0};
    return {1.0, 0.5};
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

void SceneSearch::State::advance(const base::VideoFrame &frame)
{
    ++frameIndex;
    now = settings.timeBase.isPositive() ? double(frame.pts) * settings.timeBase.toDouble() : 0.1 * double(frameIndex);
    size = frame.displayedSize();
    int factor = 1;
    const base::GreyPicture grey = base::toGreyPicture(frame, ChangeMap::longestSide, &factor);
    map.update(grey, factor, size);
    if (map.isCut()) {
        kept.clear();
        walkers.clear();
    }
    for (SearchLayer &layer : layers) {
        if (map.isCut() || settings.searchEverything)
            layer.reset(map);
        else
            layer.update(map);
    }
    kept.check(map);
    std::erase_if(walkers, [this](const auto &walker) { return now - walker.second > 1.0; });
}

bool SceneSearch::State::isUsed(Layer layer) const
{
    switch (layer) {
    case Plates:
        return !detectors->plates.empty();
    case Persons:
        return !detectors->persons.empty();
    default:
        return !detectors->faces.empty();
    }
}

double SceneSearch::State::intervalOf(Layer layer, const ChangedArea &area) const
{
    switch (layer) {
    case CoarseFaces:
        return settings.faceInterval;
    case FineFaces:
        return std::max(area.area.width, area.area.height) <= smallChange ? settings.faceInterval
                                                                          : settings.largeFaceInterval;
    case Plates: {
        const bool walked = std::any_of(walkers.begin(), walkers.end(), [&](const auto &walker) {
            const base::Rectangle box = walker.first.grown(walker.first.width / 2, walker.first.height / 4);
            return box.intersected(area.area).area() * 10 >= area.area.area() * 7;
        });
        return walked ? settings.personPlateInterval : settings.plateInterval;
    }
    default:
        return settings.personInterval;
    }
}

std::vector<SearchArea> SceneSearch::State::areasOf(Layer layer)
{
    std::vector<base::Rectangle> due;
    std::vector<ChangedArea> changed = layers[layer].changedAreas(map);
    const std::vector<ChangedArea> doubtful = kept.doubtful(kindOf(layer));
    changed.insert(changed.end(), doubtful.begin(), doubtful.end());
    for (const ChangedArea &area : changed) {
        if (now - area.lastSearched >= intervalOf(layer, area) - intervalSlack)
            due.push_back(area.area);
    }
    std::vector<SearchArea> areas = planSearchAreas(due, kept.boxes(), size);
    const ChangedArea waiting = layers[layer].longestWaiting(map);
    if (areas.empty() && now - waiting.lastSearched >= settings.refreshSeconds) {
        const base::Rectangle tile =
            waiting.area.grown((refreshSide - waiting.area.width) / 2, (refreshSide - waiting.area.height) / 2)
                .clampedTo(size);
        areas.push_back({tile, {settledPart(tile, refreshMargin, size), waiting.area}});
    }
    return areas;
}

std::vector<Finder> SceneSearch::State::findersOf(Layer layer, const base::Rectangle &area) const
{
    std::vector<Finder> finders;
    switch (layer) {
    case CoarseFaces:
        for (const auto &detector : detectors->faces)
            finders.push_back({detector.get(), coarseScales(detector->info(), area)});
        break;
    case FineFaces:
        for (const auto &detector : detectors->faces) {
            const double scale = fitting(fineScaleOf(detector->info(), settings.smallestFace), area);
            if (scale > 1.0)
                finders.push_back({detector.get(), {scale}});
        }
        break;
    case Plates:
        for (const auto &detector : detectors->plates)
            finders.push_back({detector.get(), {1.0}});
        break;
    default:
        for (const auto &detector : detectors->persons)
            finders.push_back({detector.get(), {1.0}});
        break;
    }
    return finders;
}

base::Result<void> SceneSearch::State::searchLayer(Layer layer, const base::VideoFrame &frame,
                                                   std::vector<Detection> &found,
                                                   std::vector<base::Rectangle> &searched)
{
    for (const SearchArea &search : areasOf(layer)) {
        // A little more than is searched, so that the detector knows which of the area's edges are the picture's.
        const base::Rectangle cutOut = search.area.grown(4, 4).clampedTo(size);
        const base::Picture picture = base::toPicture(frame, cutOut);
        const base::Rectangle inside{search.area.x - cutOut.x, search.area.y - cutOut.y, search.area.width,
                                     search.area.height};
        for (const Finder &finder : findersOf(layer, search.area)) {
            for (const double scale : finder.scales) {
                auto detections = finder.detector->detect(picture, inside, scale);
                if (!detections)
                    return detections.error();
                for (Detection &detection : detections.value()) {
                    detection.box.x += cutOut.x;
                    detection.box.y += cutOut.y;
                    found.push_back(std::move(detection));
                }
            }
        }
        for (const base::Rectangle &part : search.settled)
            layers[layer].markSearched(part, now, map);
        searched.push_back(search.area);
    }
    return {};
}

SceneSearch::SceneSearch(DetectorSet &detectors, const SceneSearchSettings &settings)
    : m_state(std::make_unique<State>())
{
    m_state->detectors = &detectors;
    m_state->settings = settings;
}

SceneSearch::~SceneSearch() = default;

base::Result<SceneFinds> SceneSearch::search(const base::VideoFrame &frame)
{
    State &state = *m_state;
    SceneFinds finds;
    if (frame.isNull())
        return finds;
    state.advance(frame);
    finds.cut = state.map.isCut();
    std::vector<Detection> found;
    std::array<std::vector<base::Rectangle>, LayerCount> searched;
    // Persons first: they tell where plates need not be looked for at every turn.
    for (const Layer layer : {Persons, CoarseFaces, FineFaces, Plates}) {
        if (!state.isUsed(layer))
            continue;
        const std::size_t before = found.size();
        if (auto done = state.searchLayer(layer, frame, found, searched[layer]); !done)
            return done.error();
        if (layer == Persons) {
            for (std::size_t index = before; index < found.size(); ++index)
                state.walkers.emplace_back(found[index].box, state.now);
        }
    }
    finds.detections = state.kept.update(withoutDoubles(std::move(found)), searched[CoarseFaces], searched[Plates],
                                         searched[Persons], state.map, state.now);
    finds.moving = movingAreas(state.map);
    for (const std::vector<base::Rectangle> &areas : searched)
        finds.searched.insert(finds.searched.end(), areas.begin(), areas.end());
    return finds;
}

} // namespace doorveil::vision
