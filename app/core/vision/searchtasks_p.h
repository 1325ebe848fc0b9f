// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/picture.h"
#include "base/result.h"
#include "base/videoframe.h"
#include "vision/detector.h"
#include "vision/edgefaces.h"
#include "vision/vehiclecontext.h"

#include <QThreadPool>

#include <cstddef>
#include <latch>
#include <memory>
#include <vector>

namespace doorveil::vision {

/// A detector and how it is to look.
struct Finder
{
    Detector *detector = nullptr;
    double scale = 1.0;
    int largest = 0; ///< shorter side of finds that count, pixels of the picture; 0 for any
    Detector *second = nullptr; ///< judges what was found (confirmation.h), where there is one
    Detector *vehicles = nullptr; ///< weighs plates that were found (vehiclecontext.h), where there is one
    OffVehicle offVehicle = OffVehicle::Doubted;
    PictureEdge across = PictureEdge::None; ///< looks for faces that are cut by this edge (edgefaces.h)
    double tilt = 0.0; ///< turns the picture by so many degrees, for faces that lean (tiltedfaces.h)
};

/// One detector on one area of a frame: what a thread does at a time.
struct SearchTask
{
    Finder finder;
    base::Rectangle area;
};

/// The tasks of one frame, underway or done. Destroying it awaits them.
class SearchBatch
{
public:
    /// `hiddenPlates`: as SceneSearch::push() takes them.
    SearchBatch(std::vector<SearchTask> tasks, const base::VideoFrame &frame,
                std::vector<base::Rectangle> hiddenPlates);
    ~SearchBatch();
    SearchBatch(const SearchBatch &) = delete;
    SearchBatch &operator=(const SearchBatch &) = delete;

    /// Awaits all tasks. The finds come in the order of the tasks, whatever the number of threads. Once.
    [[nodiscard]] base::Result<std::vector<Detection>> take();

private:
    friend class TaskRunner;

    /// A part of the frame in colour.
    struct CutOut
    {
        base::Rectangle area;
        base::Picture picture;
    };

    void cutOut(const base::VideoFrame &frame);
    void search(std::size_t index);

    std::vector<SearchTask> m_tasks;
    std::vector<CutOut> m_cutOuts;
    std::vector<base::Rectangle> m_hiddenPlates;
    std::vector<base::Result<std::vector<Detection>>> m_found;
    std::latch m_left; ///< tasks that are not done
};

/// Searches several areas of a frame at once, on as many threads as there are processors; batches one after the other.
/// Not thread-safe. Batches must not outlive it.
class TaskRunner
{
public:
    [[nodiscard]] std::unique_ptr<SearchBatch> start(std::vector<SearchTask> tasks, const base::VideoFrame &frame,
                                                     std::vector<base::Rectangle> hiddenPlates);

private:
    QThreadPool m_pool;
};

} // namespace doorveil::vision
