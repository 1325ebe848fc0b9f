// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/framesource.h"
#include "isolation/workersettings.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace doorveil::testing {

/// An anonymous file that holds a FakeClip's line, padded so that it may hold `bytes` frames.
[[nodiscard]] base::FileDescriptor fakeClipFile(const QByteArray &words, int bytes = 2000);

/// Settings with the test worker of the build tree. `name` picks what it does before it serves: "" as the real one,
/// "unconfined", "no-seccomp", "no-landlock", "landlock-fails" (see testworker.cpp).
[[nodiscard]] isolation::WorkerSettings testWorker(const char *name = "");

/// The same frame, samples and all.
[[nodiscard]] bool sameFrame(const base::VideoFrame &a, const base::VideoFrame &b);

/// Why a result is an error; empty where it is none. For QVERIFY2.
template<typename T> [[nodiscard]] QByteArray reasonOf(const base::Result<T> &result)
{
    return result ? QByteArray() : result.error().message.toUtf8();
}

/// All that a source gives until it ends or fails.
struct Harvest
{
    std::vector<base::VideoFrame> frames;
    std::optional<base::Error> error;
};
[[nodiscard]] Harvest harvest(base::FrameSource &source, std::size_t most = 1'000'000);

} // namespace doorveil::testing
