// SPDX-License-Identifier: GPL-3.0-or-later
#include "obstacles.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <seccomp.h>
#include <sys/prctl.h>
#include <vector>

namespace doorveil::testing {

namespace {

struct Refusal
{
    const char *call;
    int code;
    std::vector<scmp_arg_cmp> when;
};

void refuse(const std::vector<Refusal> &refusals)
{
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    bool good = filter != nullptr;
    for (const Refusal &refusal : refusals) {
        const int number = ::seccomp_syscall_resolve_name(refusal.call);
        good = good
               && ::seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(std::uint32_t(refusal.code)), number,
                                           unsigned(refusal.when.size()), refusal.when.data())
                      == 0;
    }
    if (!good || ::seccomp_load(filter) != 0)
        std::abort();
    ::seccomp_release(filter);
}

} // namespace

void forbidSystemCallFilters()
{
    refuse({{"seccomp", ENOSYS, {}}, {"prctl", EINVAL, {SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)}}});
}

void hideLandlock()
{
    refuse({{"landlock_create_ruleset", ENOSYS, {}}});
}

void breakLandlock()
{
    refuse({{"landlock_restrict_self", E2BIG, {}}});
}

} // namespace doorveil::testing
