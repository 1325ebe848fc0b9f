// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testdata.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

/// Runs programs under strace: to see the order of their system calls, and to make one fail or kill the program there.
namespace doorveil::testsupport {

/// Empty where strace works here; otherwise why not.
[[nodiscard]] QString whyNoTracing();

/// Ends the test program where a sanitizer reported something in another one: tests in which a run may fail would take
/// its exit code for the failure that they wait for.
void stopAtSanitizerReport(const QByteArray &errors);

struct TracedRun
{
    bool finished = false; ///< false: it was killed
    int exitCode = -1;
    QByteArray output; ///< of the program's standard output
    QByteArray errors;
    QStringList calls; ///< one line a system call, finished ones only, in the order they returned
};

/// `calls` names the system calls to record ("fsync,rename"), `injection` what strace is to do
/// ("fsync:error=EIO:when=2"; empty for nothing). Descriptors are shown with their paths.
[[nodiscard]] TracedRun runTraced(const QString &program, const QStringList &arguments, const QString &calls,
                                  const QString &injection = {});

/// Whether each line that `acknowledges` follows, in this order: syncing the file after its last write, giving it its
/// name, syncing its folder; all with success. Empty where so, else what is wrong.
[[nodiscard]] QString whyNotDurable(const QStringList &calls, const QString &target,
                                    const std::function<bool(const QString &)> &acknowledges);

/// Whether at each line that `acknowledges` everything written to files in the folder is synced, and the folder itself
/// after the last file was made in it. Empty where so, else what is wrong.
[[nodiscard]] QString whyNotSynced(const QStringList &calls, const QString &folder,
                                   const std::function<bool(const QString &)> &acknowledges);

/// DOORVEIL_FULL=1: the full number of trials rather than the quick one.
[[nodiscard]] int trials(int quick, int full);

} // namespace doorveil::testsupport

/// Tests that need strace skip loudly where it cannot run (no ptrace in some containers).
#define DOORVEIL_NEEDS_TRACING() DOORVEIL_NEEDS_SYSTEM(doorveil::testsupport::whyNoTracing())
