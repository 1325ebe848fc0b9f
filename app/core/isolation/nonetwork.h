// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace doorveil::isolation {

/// How well this system keeps the program from the network.
struct NetworkRefusal
{
    bool enforced = false;
    QString statement; ///< one sentence for people: "network refused by the system" or "not enforced on this system"
};

/// From here on no thread of this process, nor any child, can open a socket other than AF_UNIX and AF_NETLINK (refused
/// with EACCES), nor set up an io_uring, which could do the same unseen. For good: call it first thing in main(). Where
/// a system has no such rule the result says so; an error means that it has one and setting it up failed.
[[nodiscard]] base::Result<NetworkRefusal> refuseNetwork();

} // namespace doorveil::isolation
