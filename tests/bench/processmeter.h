// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCommandLineOption>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace doorveil::bench {

/// What one run of a program cost, its children included.
struct Measurement
{
    int exitCode = -1;
    double wallSeconds = 0;
    double processorSeconds = 0; ///< user and system, of all children waited for
    std::int64_t peakProportionalBytes =
        0; ///< highest sum of PSS over the process and all below it, sampled every 50 ms
};

/// `--cli`: the program to be measured, the one of this build where nothing is said.
[[nodiscard]] QCommandLineOption cliOption();

/// The sum of PSS over a process and all below it.
[[nodiscard]] std::int64_t treeBytes(qint64 root);

/// Runs a program to its end, its output thrown away. Linux only (reads /proc).
[[nodiscard]] Measurement run(const QString &program, const QStringList &arguments);

} // namespace doorveil::bench
