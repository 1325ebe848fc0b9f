// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/videoframe.h"

#include <filesystem>
#include <vector>

/// The project's own moving picture: a drawn street door seen from above the bell, people who walk up to it and a car
/// with a plate that passes. Used by `bootstrap run` without a clip, by tests and by the screenshots of the manual.
/// Everything in it is drawn by this code; nobody real is in it.
namespace doorveil::testsupport {

struct DemoSettings
{
    base::Size size = {960, 540};
    int framesPerSecond = 15;
    int frameCount = 120;
};

/// What is drawn where, in displayed pixels, for tests.
struct DemoTruth
{
    std::vector<base::Rectangle> faces;
    std::vector<base::Rectangle> plates;
};

/// Frame `index` of the clip: the same arguments give the same samples. pts is `index` in 1 / framesPerSecond.
[[nodiscard]] base::VideoFrame drawDemoFrame(const DemoSettings &settings, int index, DemoTruth *truth = nullptr);

/// The whole clip as an MP4 made by the project's own writer. Errors name the file.
[[nodiscard]] base::Result<void> writeDemoClip(const std::filesystem::path &path, const DemoSettings &settings);

} // namespace doorveil::testsupport
