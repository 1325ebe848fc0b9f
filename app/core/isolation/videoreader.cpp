// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/videoreader.h"

#include "base/blockingwork.h"
#include "isolation/workersettings.h"

#include <mutex>

namespace doorveil::isolation {

namespace {

Confinement describe(const HelloMessage &hello)
{
    Confinement confinement;
    confinement.systemCallFilter = hello.systemCallFilter;
    confinement.fileSystemRules = hello.landlockAbi > 0;
    confinement.landlockAbi = hello.landlockAbi;
    if (hello.systemCallFilter && hello.landlockAbi > 0)
        confinement.statement = QStringLiteral("decoder isolated (seccomp, Landlock %1)").arg(hello.landlockAbi);
    else if (hello.systemCallFilter)
        confinement.statement = QStringLiteral("decoder isolated (seccomp; this kernel has no Landlock)");
    else
        confinement.statement = QStringLiteral("decoder not isolated on this system");
    return confinement;
}

} // namespace

bool isUnconfinedBuild()
{
#ifdef DOORVEIL_UNCONFINED_WORKER
    return true;
#else
    return false;
#endif
}

base::Result<std::unique_ptr<base::FrameSource>> openClip(int descriptor, const base::FrameSourceOptions &options)
{
    base::enterBlockingWork(base::BlockingWork::Decoding);
    const auto program = workerPath();
    if (!program)
        return program.error();
    WorkerSettings settings;
    settings.program = *program;
    settings.limits.acceptUnconfined = isUnconfinedBuild();
    return openClipWith(settings, descriptor, options);
}

base::Result<Confinement> confinement()
{
    static std::mutex mutex;
    static std::optional<Confinement> known;
    const std::lock_guard lock(mutex);
    if (known)
        return *known;
    const auto program = workerPath();
    if (!program)
        return program.error();
    WorkerSettings settings;
    settings.program = *program;
    settings.limits.acceptUnconfined = true; // to report it
    const auto hello = askWorker(settings);
    if (!hello)
        return hello.error();
    known = describe(*hello);
    return *known;
}

} // namespace doorveil::isolation
