// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"
#include "vision/detector.h"

#include <QThreadPool>

#include <vector>

namespace doorveil::vision {

/// A detector and how it is to look.
struct Finder
{
    Detector *detector = nullptr;
    double scale = 1.0;
    int largest = 0; ///< shorter side of finds that count, pixels of the picture; 0 for any
};

/// One detector on one area of a frame: what a thread does at a time.
struct SearchTask
{
    Finder finder;
    base::Rectangle area;
};

/// Searches several areas of a frame at once, on as many threads as there are processors. The finds come in the order
/// of the tasks, whatever the number of threads. Not thread-safe.
class TaskRunner
{
public:
    [[nodiscard]] base::Result<std::vector<Detection>> run(const std::vector<SearchTask> &tasks,
                                                           const base::VideoFrame &frame);

private:
    QThreadPool m_pool;
};

} // namespace doorveil::vision
