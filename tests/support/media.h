// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

/// Test clips made on the spot with the `ffmpeg` program, which every machine that builds Doorveil has.
namespace doorveil::testsupport {

/// Runs `ffmpeg` with these arguments (the quiet and overwrite options are added) and waits. False, with what it said
/// in the test's log, where it fails or is missing. `output` takes what it writes to stdout.
[[nodiscard]] bool runFfmpeg(const QStringList &arguments, QByteArray *output = nullptr);

/// Runs `ffprobe -v error` likewise and returns its lines.
[[nodiscard]] QStringList runFfprobe(const QStringList &arguments);

/// A moving test picture with the frame counter of framecounter.h burnt in, starting at 0.
struct CounterClip
{
    base::Size size{320, 240};
    int frames = 50;
    QString rate = QStringLiteral("25");
    QString filters; ///< applied after the counter, such as "setpts=…"
    QStringList inputs; ///< further inputs, such as {"-f", "lavfi", "-i", "sine"}
    QStringList encoder{QStringLiteral("-c:v"),     QStringLiteral("libx264"), QStringLiteral("-preset"),
                        QStringLiteral("veryfast"), QStringLiteral("-crf"),    QStringLiteral("18"),
                        QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p")};
};

/// Writes it to `path`, whose ending chooses the container.
[[nodiscard]] bool makeCounterClip(const QString &path, const CounterClip &clip);

/// Writes the nine numbers of a display matrix (16.16) into the first picture track header of an MP4.
[[nodiscard]] bool patchDisplayMatrix(const QString &path, const std::int32_t (&matrix)[9]);

[[nodiscard]] QByteArray readAll(const QString &path);
[[nodiscard]] bool writeAll(const QString &path, const QByteArray &bytes);

} // namespace doorveil::testsupport
