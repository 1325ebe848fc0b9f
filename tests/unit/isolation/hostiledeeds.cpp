// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostiledeeds.h"

#include "isolation/protocol.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace doorveil::testing {

namespace {

using Attack = long (*)();

struct NamedAttack
{
    const char *name;
    Attack attack; ///< negative where the system refused it
};

long forkAChild()
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(0);
    return child > 0 ? ::waitpid(child, nullptr, 0) : child;
}

long runAProgram()
{
    std::array<char *, 1> nothing{nullptr};
    return ::execve("/bin/true", nothing.data(), nothing.data());
}

long makeMemoryExecutable()
{
    void *memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return ::mprotect(memory, 4096, PROT_READ | PROT_EXEC);
}

long mapExecutableMemory()
{
    void *memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? -1 : 0;
}

long openWithOpenat2()
{
    open_how how{};
    how.flags = O_RDONLY;
    return ::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how);
}

long sendADescriptor()
{
    std::array<char, CMSG_SPACE(sizeof(int))> control{};
    QByteArray harmless = isolation::encodeLoss(0, {});
    iovec content{harmless.data(), std::size_t(harmless.size())};
    msghdr message{};
    message.msg_iov = &content;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int descriptor = isolation::clipDescriptor;
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return ::sendmsg(isolation::socketDescriptor, &message, MSG_NOSIGNAL);
}

long setUpAnIoRing()
{
    std::array<char, 256> parameters{};
    return ::syscall(SYS_io_uring_setup, 4, parameters.data());
}

constexpr std::array attacks{
    NamedAttack{"open", [] { return long(::open("/etc/passwd", O_RDONLY)); }},
    NamedAttack{"create", [] { return long(::open("/tmp", O_WRONLY | O_TMPFILE, 0600)); }},
    NamedAttack{"openat2", openWithOpenat2},
    NamedAttack{"proc-self-fd", [] { return long(::open("/proc/self/fd/3", O_RDWR)); }},
    NamedAttack{"socket-inet", [] { return long(::socket(AF_INET, SOCK_STREAM, 0)); }},
    NamedAttack{"socket-unix", [] { return long(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
    NamedAttack{"exec", runAProgram},
    NamedAttack{"fork", forkAChild},
    NamedAttack{"ptrace", [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); }},
    NamedAttack{"write-to-execute", makeMemoryExecutable},
    NamedAttack{"map-executable", mapExecutableMemory},
    // Signal 0 asks only whether a signal would be allowed.
    NamedAttack{"kill-parent", [] { return long(::kill(::getppid(), 0)); }},
    NamedAttack{"write-clip", [] { return long(::write(isolation::clipDescriptor, "gone", 4)); }},
    NamedAttack{"io-uring", setUpAnIoRing},
    NamedAttack{"grow-ring", [] { return long(::ftruncate(isolation::ringDescriptor, off_t(1) << 30)); }},
    NamedAttack{"shrink-ring", [] { return long(::ftruncate(isolation::ringDescriptor, 0)); }},
    NamedAttack{"send-descriptor", sendADescriptor},
};

base::Result<void> attack(const NamedAttack &entry)
{
    errno = 0;
    const long outcome = entry.attack();
    const QString text = outcome < 0 ? QStringLiteral("blocked: %1").arg(QString::fromLatin1(std::strerror(errno)))
                                     : QStringLiteral("SUCCEEDED");
    return base::Error{base::ErrorKind::Failure, text};
}

void crash()
{
    volatile int *nowhere = nullptr;
    *nowhere = 1; // the crash under test
}

base::Result<void> eatMemory()
{
    std::size_t taken = 0;
    constexpr std::size_t step = std::size_t(64) << 20;
    constexpr std::size_t plenty = std::size_t(64) << 30;
    while (taken < plenty) {
        void *memory =
            ::mmap(nullptr, step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (memory == MAP_FAILED)
            throw std::bad_alloc();
        taken += step;
    }
    return base::Error{base::ErrorKind::Failure, QStringLiteral("SUCCEEDED")};
}

} // namespace

base::Result<void> hostileDeed(const FakeClip &clip)
{
    const QByteArray mode = clip.text("mode");
    for (const NamedAttack &entry : attacks) {
        if (mode == entry.name)
            return attack(entry);
    }
    if (mode == "crash")
        crash();
    if (mode == "abort")
        std::abort();
    if (mode == "exit")
        ::_exit(3);
    if (mode == "throw")
        throw std::runtime_error("planted");
    if (mode == "spin" || mode == "refuse-slowly") {
        volatile bool endless = true;
        while (endless) { }
    }
    if (mode == "sleep") {
        while (true)
            ::recv(isolation::socketDescriptor, nullptr, 0, MSG_PEEK | MSG_TRUNC | MSG_WAITALL);
    }
    if (mode == "memory")
        return eatMemory();
    if (mode == "garbage")
        ::send(isolation::socketDescriptor, "garbage garbage garbage", 23, MSG_NOSIGNAL);
    return {};
}

} // namespace doorveil::testing
