// SPDX-License-Identifier: GPL-3.0-or-later
// Systems whose worker process is not written yet: Windows (AppContainer, job object) and macOS (XPC helper).
#include "isolation/workersettings.h"

namespace doorveil::isolation {

namespace {
base::Error notSupported()
{
    return {base::ErrorKind::Failure,
            QStringLiteral("this build cannot decode clips: its decoder process exists for "
                           "Linux only so far"),
            QStringLiteral("not-confined")};
}
} // namespace

base::Result<std::unique_ptr<base::FrameSource>> openClipWith(const WorkerSettings &, int,
                                                              const base::FrameSourceOptions &)
{
    return notSupported();
}

base::Result<HelloMessage> askWorker(const WorkerSettings &)
{
    return notSupported();
}

} // namespace doorveil::isolation
