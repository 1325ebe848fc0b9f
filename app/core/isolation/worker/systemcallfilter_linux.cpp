// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/worker/systemcallfilter_linux.h"

#include "isolation/protocol.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <vector>

namespace doorveil::isolation::worker {

namespace {

struct FilterRelease
{
    void operator()(void *filter) const { ::seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterRelease>;

/// Memory, time, thread bookkeeping, and reading from descriptors that are open already: no call here takes a path,
/// makes a descriptor or reaches another process.
constexpr std::array allowedAlways{
    "brk",
    "clock_gettime",
    "clock_nanosleep",
    "close",
    "exit",
    "exit_group",
    "fstat",
    "futex",
    "getpid",
    "getrandom",
    "gettid",
    "gettimeofday",
    "lseek",
    "madvise",
    "membarrier",
    "mremap",
    "munmap",
    "nanosleep",
    "pread64",
    "read",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_getaffinity",
    "sched_yield",
    "set_robust_list",
    "sigaltstack",
};

/// Libraries try these and go on without: looking for configuration, processors, terminals. `open` and its kin are
/// not killed because the C library itself opens files in passing (time zone, processor list).
constexpr std::array refusedPolitely{
    "access",
    "faccessat",
    "faccessat2",
    "fcntl",
    "getcwd",
    "getdents64",
    "ioctl",
    "lstat",
    "open",
    "openat",
    "openat2",
    "prlimit64",
    "readlink",
    "readlinkat",
    "sched_getparam",
    "sched_getscheduler",
    "sched_setaffinity",
    "sched_setscheduler",
    "setpriority",
    "stat",
    "statfs",
    "statx",
    "sysinfo",
    "uname",
};

class FilterBuilder
{
public:
    FilterBuilder() : m_filter(::seccomp_init(SCMP_ACT_KILL_PROCESS)) { }

    void rule(std::uint32_t action, const char *name, std::initializer_list<scmp_arg_cmp> conditions = {})
    {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR)
            return; // this libseccomp does not know it: it stays killed
        note(::seccomp_rule_add_array(m_filter.get(), action, number, unsigned(conditions.size()), conditions.begin()));
    }
    void allow(const char *name, std::initializer_list<scmp_arg_cmp> conditions = {})
    {
        rule(SCMP_ACT_ALLOW, name, conditions);
    }
    void refuse(const char *name, int code, std::initializer_list<scmp_arg_cmp> conditions = {})
    {
        rule(SCMP_ACT_ERRNO(static_cast<std::uint32_t>(code)), name, conditions);
    }
    void attribute(scmp_filter_attr name, std::uint32_t value)
    {
        note(::seccomp_attr_set(m_filter.get(), name, value));
    }

    [[nodiscard]] base::Result<void> load()
    {
        if (m_filter && m_failure == 0)
            note(::seccomp_load(m_filter.get()));
        if (m_filter && m_failure == 0)
            return {};
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("the system call filter (seccomp) cannot be set up: %1")
                               .arg(QString::fromLatin1(std::strerror(m_filter ? m_failure : ENOMEM)))};
    }

private:
    void note(int result)
    {
        if (result != 0 && m_failure == 0)
            m_failure = -result;
    }

    Filter m_filter;
    int m_failure = 0;
};

/// Memory that can be executed is never made. Refused, not killed: a scaler that would generate code falls back.
void memoryRules(FilterBuilder &filter)
{
    for (const char *name : {"mmap", "mprotect"}) {
        filter.allow(name, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
        filter.refuse(name, EPERM, {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)});
    }
}

/// Threads, not processes. clone3 hides its flags behind a pointer; without it the C library uses clone.
void threadRules(FilterBuilder &filter)
{
    filter.allow("clone", {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
    filter.refuse("clone3", ENOSYS);
    filter.allow("prctl", {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)});
    // abort() sends itself a signal; nobody else can be reached.
    filter.allow("tgkill", {SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))});
}

/// Writing goes to standard error (a pipe) and the socket only; no descriptor is passed on.
void descriptorRules(FilterBuilder &filter)
{
    filter.allow("write", {SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)});
    filter.allow("writev", {SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO)});
    filter.allow("sendto", {SCMP_A0(SCMP_CMP_EQ, socketDescriptor), SCMP_A4(SCMP_CMP_EQ, 0)});
    filter.allow("recvfrom", {SCMP_A0(SCMP_CMP_EQ, socketDescriptor)});
    // The C library's fstat(); a path cannot be told from the empty one here, but nothing beyond metadata is read.
    filter.allow("newfstatat", {SCMP_A0(SCMP_CMP_LE, socketDescriptor), SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)});
    filter.refuse("newfstatat", EPERM, {SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH)});
}

} // namespace

base::Result<void> installSystemCallFilter()
{
    FilterBuilder filter;
    filter.attribute(SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    filter.attribute(SCMP_FLTATR_CTL_TSYNC, 1); // every thread, should there be any
    filter.attribute(SCMP_FLTATR_CTL_OPTIMIZE, 2); // a binary tree instead of a list
    for (const char *name : allowedAlways)
        filter.allow(name);
    for (const char *name : refusedPolitely)
        filter.refuse(name, EPERM);
    memoryRules(filter);
    threadRules(filter);
    descriptorRules(filter);
    return filter.load();
}

} // namespace doorveil::isolation::worker
