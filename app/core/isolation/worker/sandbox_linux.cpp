// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/worker/worker.h"

#include "isolation/worker/landlock_linux.h"
#include "isolation/worker/systemcallfilter_linux.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace doorveil::isolation::worker {

namespace {

/// Enough for 8K frames with their references and the ring; address space, so memory never exceeds it.
constexpr rlim_t addressSpaceBytes = rlim_t(4) << 30;
constexpr rlim_t openFiles = 16;

struct Limit
{
    __rlimit_resource resource;
    rlim_t value;
    const char *name;
};

base::Error failed(const char *what)
{
    return {base::ErrorKind::Failure,
            QStringLiteral("%1: %2").arg(QString::fromLatin1(what), QString::fromLatin1(std::strerror(errno)))};
}

base::Result<void> setLimits()
{
    // No CPU limit: long clips and hours of playback are legitimate; the host watches the wall clock.
    constexpr std::array limits{
        Limit{RLIMIT_CORE, 0, "core dumps cannot be switched off"},
        Limit{RLIMIT_FSIZE, 0, "writing files cannot be switched off"},
        Limit{RLIMIT_NOFILE, openFiles, "open files cannot be limited"},
        Limit{RLIMIT_AS, addressSpaceBytes, "memory cannot be limited"},
    };
    for (const Limit &limit : limits) {
        rlimit current{};
        if (::getrlimit(limit.resource, &current) != 0)
            return failed(limit.name);
        const rlim_t value = std::min(limit.value, current.rlim_max);
        const rlimit wanted{value, value};
        if (::setrlimit(limit.resource, &wanted) != 0)
            return failed(limit.name);
    }
    return {};
}

base::Result<void> setProcessFlags()
{
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
        return failed("this process cannot be tied to its parent");
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return failed("this process cannot be closed to debuggers");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failed("new privileges cannot be ruled out");
    return {};
}

} // namespace

base::Result<Confined> confine()
{
    if (const auto done = setLimits(); !done)
        return done.error();
    if (const auto done = setProcessFlags(); !done)
        return done.error();
    const auto landlockAbi = restrictByLandlock();
    if (!landlockAbi)
        return landlockAbi.error();
    if (const auto done = installSystemCallFilter(); !done)
        return done.error();
    return Confined{true, *landlockAbi};
}

} // namespace doorveil::isolation::worker
