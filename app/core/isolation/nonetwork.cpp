// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/nonetwork.h"

#ifdef Q_OS_LINUX
#include <cerrno>
#include <cstring>
#include <memory>
#include <seccomp.h>
#include <sys/socket.h>
#endif

namespace doorveil::isolation {

#ifdef Q_OS_LINUX

namespace {

struct FilterReleaser
{
    void operator()(void *filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterReleaser>;

/// Refuses every address family but the two that stay on this machine. A rule takes one comparison of an argument, so
/// the families between them are listed.
int refuseSockets(void *filter)
{
    static_assert(AF_UNIX == 1 && AF_NETLINK == 16);
    const auto refuse = [filter](scmp_compare how, scmp_datum_t family) {
        const scmp_arg_cmp compare{0, how, family, 0};
        return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket), 1, &compare);
    };
    int failed = refuse(SCMP_CMP_LT, AF_UNIX);
    for (scmp_datum_t family = AF_UNIX + 1; failed == 0 && family < AF_NETLINK; ++family)
        failed = refuse(SCMP_CMP_EQ, family);
    return failed != 0 ? failed : refuse(SCMP_CMP_GT, AF_NETLINK);
}

int setUp()
{
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    if (!filter)
        return -ENOMEM;
    // All threads, also those that exist already.
    if (const int failed = seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1); failed != 0)
        return failed;
    if (const int failed = refuseSockets(filter.get()); failed != 0)
        return failed;
    // ENOSYS: libraries fall back to ordinary calls.
    if (const int failed = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(io_uring_setup), 0);
        failed != 0)
        return failed;
    return seccomp_load(filter.get());
}

} // namespace

base::Result<NetworkRefusal> refuseNetwork()
{
    if (const int failed = setUp(); failed != 0)
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("the network could not be refused (%1); not continuing without that")
                               .arg(QString::fromLocal8Bit(std::strerror(-failed)))};
    return NetworkRefusal{true, QStringLiteral("network refused by the system (seccomp)")};
}

#else

base::Result<NetworkRefusal> refuseNetwork()
{
    return NetworkRefusal{false, QStringLiteral("not enforced on this system")};
}

#endif

} // namespace doorveil::isolation
