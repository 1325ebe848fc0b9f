// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/searchtasks_p.h"

#include "base/handover.h"
#include "vision/confirmation.h"
#include "vision/tiltedfaces.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace doorveil::vision {

namespace {

double costOf(const SearchTask &task)
{
    return double(task.area.area()) * task.finder.scale * task.finder.scale;
}

base::Result<std::vector<Detection>> look(const Finder &finder, const base::Picture &picture,
                                          const base::Rectangle &area, const std::vector<base::Rectangle> &hiddenPlates)
{
    if (finder.across != PictureEdge::None)
        return facesAcross(finder.across, *finder.detector, *finder.second, picture, area, finder.scale);
    if (finder.tilt != 0.0)
        return tiltedFaces(finder.tilt, *finder.detector, *finder.second, picture, area, finder.scale);
    if (finder.vehicles != nullptr && finder.offVehicle == OffVehicle::Dropped) {
        const base::Result<bool> worthwhile = mayHoldVehicle(*finder.vehicles, picture, area);
        if (!worthwhile)
            return worthwhile.error();
        if (!*worthwhile)
            return std::vector<Detection>{};
    }
    auto found = finder.detector->detect(picture, area, finder.scale);
    if (found && finder.second != nullptr)
        found = confirmed(std::move(*found), *finder.second, picture);
    if (found && finder.vehicles != nullptr)
        found = weighedByVehicles(std::move(*found), *finder.vehicles, picture, finder.offVehicle, hiddenPlates);
    return found;
}

} // namespace

SearchBatch::SearchBatch(std::vector<SearchTask> tasks, const base::VideoFrame &frame,
                         std::vector<base::Rectangle> hiddenPlates)
    : m_tasks(std::move(tasks)),
      m_hiddenPlates(std::move(hiddenPlates)),
      m_found(m_tasks.size(), std::vector<Detection>{}),
      m_left(std::ptrdiff_t(m_tasks.size()))
{
    cutOut(frame);
}

SearchBatch::~SearchBatch()
{
    m_left.wait();
}

/// One part for all tasks where that is less work than one for each. A little more than is searched, so that a detector
/// knows which of its area's edges are the picture's.
void SearchBatch::cutOut(const base::VideoFrame &frame)
{
    constexpr int border = 4;
    std::vector<base::Rectangle> areas;
    base::Rectangle all;
    std::int64_t pixels = 0;
    for (const SearchTask &task : m_tasks) {
        const base::Rectangle area = task.area.grown(border, border).clampedTo(frame.displayedSize());
        if (area.isEmpty() || std::find(areas.begin(), areas.end(), area) != areas.end())
            continue;
        areas.push_back(area);
        all = all.united(area);
        pixels += area.area();
    }
    if (!areas.empty() && pixels >= all.area())
        areas.assign(1, all);
    for (const base::Rectangle &area : areas)
        m_cutOuts.push_back({area, base::toPicture(frame, area)});
}

void SearchBatch::search(std::size_t index)
{
    const SearchTask &task = m_tasks[index];
    const auto cutOut = std::find_if(m_cutOuts.begin(), m_cutOuts.end(), [&task](const CutOut &candidate) {
        return candidate.area.intersected(task.area) == task.area;
    });
    if (cutOut == m_cutOuts.end())
        return; // outside the picture
    const base::Rectangle inside{task.area.x - cutOut->area.x, task.area.y - cutOut->area.y, task.area.width,
                                 task.area.height};
    std::vector<base::Rectangle> hidden = m_hiddenPlates;
    for (base::Rectangle &plate : hidden) {
        plate.x -= cutOut->area.x;
        plate.y -= cutOut->area.y;
    }
    auto found = look(task.finder, cutOut->picture, inside, hidden);
    if (found) {
        std::erase_if(*found, [&task](const Detection &detection) {
            return task.finder.largest > 0 && std::min(detection.box.width, detection.box.height) > task.finder.largest;
        });
        for (Detection &detection : *found) {
            detection.box.x += cutOut->area.x;
            detection.box.y += cutOut->area.y;
        }
    }
    m_found[index] = std::move(found);
}

base::Result<std::vector<Detection>> SearchBatch::take()
{
    m_left.wait();
    std::vector<Detection> all;
    for (base::Result<std::vector<Detection>> &result : m_found) {
        if (!result)
            return result;
        all.insert(all.end(), std::make_move_iterator(result->begin()), std::make_move_iterator(result->end()));
    }
    return all;
}

std::unique_ptr<SearchBatch> TaskRunner::start(std::vector<SearchTask> tasks, const base::VideoFrame &frame,
                                               std::vector<base::Rectangle> hiddenPlates)
{
    auto batch = std::make_unique<SearchBatch>(std::move(tasks), frame, std::move(hiddenPlates));
    std::vector<std::size_t> byCost(batch->m_tasks.size());
    std::iota(byCost.begin(), byCost.end(), std::size_t(0));
    // The longest first, so that no thread waits long for another at the end.
    std::stable_sort(byCost.begin(), byCost.end(), [&batch](std::size_t a, std::size_t b) {
        return costOf(batch->m_tasks[a]) > costOf(batch->m_tasks[b]);
    });
    for (const std::size_t index : byCost) {
        m_pool.start(base::Handed([part = batch.get(), index] {
            part->search(index);
            part->m_left.count_down();
        }));
    }
    return batch;
}

} // namespace doorveil::vision
