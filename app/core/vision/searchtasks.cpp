// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/searchtasks_p.h"

#include "base/picture.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace doorveil::vision {

namespace {

/// A part of a frame in colour.
struct CutOut
{
    base::Rectangle area;
    base::Picture picture;
};

/// The parts of the frame that the tasks look at: one for all where that is less work than one for each. A little more
/// than is searched, so that a detector knows which of its area's edges are the picture's.
std::vector<CutOut> cutOutsFor(const std::vector<SearchTask> &tasks, const base::VideoFrame &frame)
{
    constexpr int border = 4;
    std::vector<base::Rectangle> areas;
    base::Rectangle all;
    std::int64_t pixels = 0;
    for (const SearchTask &task : tasks) {
        const base::Rectangle area = task.area.grown(border, border).clampedTo(frame.displayedSize());
        if (area.isEmpty() || std::find(areas.begin(), areas.end(), area) != areas.end())
            continue;
        areas.push_back(area);
        all = all.united(area);
        pixels += area.area();
    }
    if (!areas.empty() && pixels >= all.area())
        areas.assign(1, all);
    std::vector<CutOut> cutOuts;
    for (const base::Rectangle &area : areas)
        cutOuts.push_back({area, base::toPicture(frame, area)});
    return cutOuts;
}

base::Result<std::vector<Detection>> search(const SearchTask &task, const std::vector<CutOut> &cutOuts)
{
    const auto cutOut = std::find_if(cutOuts.begin(), cutOuts.end(), [&](const CutOut &candidate) {
        return candidate.area.intersected(task.area) == task.area;
    });
    if (cutOut == cutOuts.end())
        return std::vector<Detection>{}; // outside the picture
    const base::Rectangle inside{task.area.x - cutOut->area.x, task.area.y - cutOut->area.y, task.area.width,
                                 task.area.height};
    auto found = task.finder.detector->detect(cutOut->picture, inside, task.finder.scale);
    if (!found)
        return found;
    std::erase_if(*found, [&](const Detection &detection) {
        return task.finder.largest > 0 && std::min(detection.box.width, detection.box.height) > task.finder.largest;
    });
    for (Detection &detection : *found) {
        detection.box.x += cutOut->area.x;
        detection.box.y += cutOut->area.y;
    }
    return found;
}

double costOf(const SearchTask &task)
{
    return double(task.area.area()) * task.finder.scale * task.finder.scale;
}

} // namespace

base::Result<std::vector<Detection>> TaskRunner::run(const std::vector<SearchTask> &tasks,
                                                     const base::VideoFrame &frame)
{
    const std::vector<CutOut> cutOuts = cutOutsFor(tasks, frame);
    std::vector<base::Result<std::vector<Detection>>> found(tasks.size(), std::vector<Detection>{});
    std::vector<std::size_t> byCost(tasks.size());
    std::iota(byCost.begin(), byCost.end(), std::size_t(0));
    // The longest first, so that no thread waits long for another at the end.
    std::stable_sort(byCost.begin(), byCost.end(),
                     [&](std::size_t a, std::size_t b) { return costOf(tasks[a]) > costOf(tasks[b]); });
    for (const std::size_t index : byCost)
        m_pool.start([&, index] { found[index] = search(tasks[index], cutOuts); });
    m_pool.waitForDone();
    std::vector<Detection> all;
    for (base::Result<std::vector<Detection>> &result : found) {
        if (!result)
            return result;
        all.insert(all.end(), std::make_move_iterator(result->begin()), std::make_move_iterator(result->end()));
    }
    return all;
}

} // namespace doorveil::vision
