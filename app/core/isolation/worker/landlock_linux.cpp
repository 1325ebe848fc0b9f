// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/worker/landlock_linux.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <sys/syscall.h>
#include <unistd.h>

namespace doorveil::isolation::worker {

namespace {

// The call numbers are the same on every architecture; the C library of Debian 12 has no wrappers, and its
// <linux/landlock.h> ends at ABI 2. Values from the kernel's include/uapi/linux/landlock.h.
constexpr long createRulesetCall = 444;
constexpr long restrictSelfCall = 446;
constexpr std::uint32_t createRulesetVersion = 1U << 0;

struct RulesetAttributes
{
    std::uint64_t handledFileAccess = 0;
    std::uint64_t handledNetworkAccess = 0; ///< ABI 4
    std::uint64_t scoped = 0; ///< ABI 6
};

constexpr std::uint64_t firstBits(int count)
{
    return (std::uint64_t(1) << count) - 1;
}

/// The kernel refuses rights that it does not know, so each ABI gets exactly its own.
RulesetAttributes allRights(int abi)
{
    constexpr int firstFileRights = 13; // execute … make symlink
    RulesetAttributes attributes;
    int fileRights = firstFileRights;
    fileRights += abi >= 2 ? 1 : 0; // refer (rename and link across folders)
    fileRights += abi >= 3 ? 1 : 0; // truncate
    fileRights += abi >= 5 ? 1 : 0; // ioctl on devices
    attributes.handledFileAccess = firstBits(fileRights);
    attributes.handledNetworkAccess = abi >= 4 ? firstBits(2) : 0; // bind and connect TCP
    attributes.scoped = abi >= 6 ? firstBits(2) : 0; // abstract Unix sockets, signals
    return attributes;
}

std::size_t attributesSize(int abi)
{
    return abi >= 6   ? sizeof(RulesetAttributes)
           : abi >= 4 ? offsetof(RulesetAttributes, scoped)
                      : offsetof(RulesetAttributes, handledNetworkAccess);
}

base::Error refused(const char *what)
{
    return {
        base::ErrorKind::Failure,
        QStringLiteral("Landlock: %1: %2").arg(QString::fromLatin1(what), QString::fromLatin1(std::strerror(errno)))};
}

} // namespace

base::Result<int> restrictByLandlock()
{
    const long abi = ::syscall(createRulesetCall, nullptr, std::size_t(0), createRulesetVersion);
    if (abi < 0 && (errno == ENOSYS || errno == EOPNOTSUPP))
        return 0; // not compiled in, or not enabled at boot
    if (abi < 1)
        return refused("its version is not told");
    const RulesetAttributes attributes = allRights(int(abi));
    const long ruleset = ::syscall(createRulesetCall, &attributes, attributesSize(int(abi)), std::uint32_t(0));
    if (ruleset < 0)
        return refused("no rule set");
    const long restricted = ::syscall(restrictSelfCall, int(ruleset), std::uint32_t(0));
    const int reason = errno;
    ::close(int(ruleset));
    errno = reason;
    if (restricted != 0)
        return refused("this process cannot be restricted");
    return int(abi);
}

} // namespace doorveil::isolation::worker
