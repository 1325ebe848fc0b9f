// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/framesource.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

/// What the tests of decode share.
namespace doorveil::decodetesting {

/// A clip with the descriptor it is read from.
struct OpenedClip
{
    base::FileDescriptor descriptor;
    std::unique_ptr<base::FrameSource> source; ///< null where it was refused
    QString error;
    base::ErrorKind errorKind = base::ErrorKind::Failure;

    [[nodiscard]] base::FrameSource *operator->() const { return source.get(); }
};

[[nodiscard]] OpenedClip open(const QString &path, const base::FrameSourceOptions &options = {});

/// A delivered frame, without its samples.
struct SeenFrame
{
    std::int64_t pts = 0;
    std::int64_t duration = 0;
    std::int64_t counter = -1; ///< the burnt-in number
    bool damaged = false;
    base::FieldOrder fieldOrder = base::FieldOrder::Progressive;
    QByteArray hash; ///< SHA-1 of the samples, planes in order, rows without padding

    bool operator==(const SeenFrame &) const = default;
};

[[nodiscard]] SeenFrame look(const base::VideoFrame &frame);
/// The rest of a clip; stops where there is an error (which fails the count that the test compares).
[[nodiscard]] std::vector<SeenFrame> decodeAll(base::FrameSource &source);
[[nodiscard]] std::vector<std::int64_t> countersOf(const std::vector<SeenFrame> &frames);
[[nodiscard]] std::vector<std::int64_t> ptsOf(const std::vector<SeenFrame> &frames);
/// first, first + 1, … (count numbers).
[[nodiscard]] std::vector<std::int64_t> numbers(std::int64_t first, std::int64_t count);

/// One hash of all frames, and what the same samples hash to as `ffmpeg -f rawvideo` writes them.
[[nodiscard]] QByteArray sampleHash(base::FrameSource &source);
[[nodiscard]] QByteArray referenceHash(const QString &path, int videoStream, const QString &pixelFormat = {});

} // namespace doorveil::decodetesting
