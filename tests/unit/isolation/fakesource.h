// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"

#include <QByteArray>
#include <QMap>

#include <functional>
#include <memory>

namespace doorveil::testing {

/// A source whose "clip" is a line of text, such as "frames=20 width=64 height=48 mode=crash at=5". Frames are drawn
/// from their number, so that host and worker can be compared. The same code runs in the test and in its worker.
struct FakeClip
{
    QMap<QByteArray, QByteArray> words;

    [[nodiscard]] static FakeClip read(int descriptor);
    [[nodiscard]] int number(const char *key, int otherwise) const;
    [[nodiscard]] QByteArray text(const char *key) const;
};

/// What a worker does when it reaches the frame named by `at=`; gets the clip. Nothing: it carries on.
using Deed = std::function<base::Result<void>(const FakeClip &)>;

[[nodiscard]] base::Result<std::unique_ptr<base::FrameSource>>
openFake(int descriptor, const base::FrameSourceOptions &options, const Deed &deed);

} // namespace doorveil::testing
