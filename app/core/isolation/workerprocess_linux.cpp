// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/workerprocess.h"

#include "isolation/protocol.h"

#include <array>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace doorveil::isolation {

namespace {

constexpr std::size_t errorOutputLimit = 4096;

base::Error notStarted(int code)
{
    return {
        base::ErrorKind::Failure,
        QStringLiteral("the decoder process cannot be started: %1").arg(QString::fromLocal8Bit(std::strerror(code)))};
}

/// posix_spawn's file actions, freed with the object.
class SpawnActions
{
public:
    SpawnActions() { m_valid = ::posix_spawn_file_actions_init(&m_actions) == 0; }
    ~SpawnActions()
    {
        if (m_valid)
            ::posix_spawn_file_actions_destroy(&m_actions);
    }
    SpawnActions(const SpawnActions &) = delete;
    SpawnActions &operator=(const SpawnActions &) = delete;

    /// The sources are 10 or above, so that no target overwrites a source that is still needed.
    void place(int from, int to) { m_valid = m_valid && ::posix_spawn_file_actions_adddup2(&m_actions, from, to) == 0; }
    void openNull(int to)
    {
        m_valid = m_valid && ::posix_spawn_file_actions_addopen(&m_actions, to, "/dev/null", O_RDWR, 0) == 0;
    }
    void closeFrom(int first)
    {
        m_valid = m_valid && ::posix_spawn_file_actions_addclosefrom_np(&m_actions, first) == 0;
    }
    [[nodiscard]] const posix_spawn_file_actions_t *get() const { return m_valid ? &m_actions : nullptr; }

private:
    posix_spawn_file_actions_t m_actions{};
    bool m_valid = false;
};

/// Own session: Ctrl-C and Ctrl-Z in a terminal are for the host. No blocked signals, default handlers.
class SpawnAttributes
{
public:
    SpawnAttributes()
    {
        sigset_t none;
        sigset_t all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        m_initialised = ::posix_spawnattr_init(&m_attributes) == 0;
        m_valid = m_initialised && ::posix_spawnattr_setsigmask(&m_attributes, &none) == 0
                  && ::posix_spawnattr_setsigdefault(&m_attributes, &all) == 0
                  && ::posix_spawnattr_setflags(&m_attributes,
                                                POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
                         == 0;
    }
    ~SpawnAttributes()
    {
        if (m_initialised)
            ::posix_spawnattr_destroy(&m_attributes);
    }
    SpawnAttributes(const SpawnAttributes &) = delete;
    SpawnAttributes &operator=(const SpawnAttributes &) = delete;
    [[nodiscard]] const posix_spawnattr_t *get() const { return m_valid ? &m_attributes : nullptr; }

private:
    posix_spawnattr_t m_attributes{};
    bool m_initialised = false;
    bool m_valid = false;
};

/// Only what the program loader and the sanitizers need: bundles set LD_LIBRARY_PATH. Nothing here reaches the sandbox.
std::vector<std::string> workerEnvironment()
{
    std::vector<std::string> environment;
    for (const char *name : {"LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
        const char *value = ::secure_getenv(name);
        if (value != nullptr)
            environment.push_back(std::string(name) + "=" + value);
    }
    return environment;
}

base::FileDescriptor duplicatedHigh(int descriptor)
{
    constexpr int lowest = 10;
    return base::FileDescriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, lowest));
}

struct WorkerFiles
{
    base::FileDescriptor clip;
    base::FileDescriptor ring;
    base::FileDescriptor socket;
    base::FileDescriptor errorOutput;

    [[nodiscard]] bool isValid() const
    {
        return clip.isValid() && ring.isValid() && socket.isValid() && errorOutput.isValid();
    }
};

int spawn(const std::filesystem::path &program, const WorkerFiles &files, pid_t &process)
{
    SpawnActions actions;
    actions.openNull(0);
    actions.openNull(1);
    actions.place(files.errorOutput.get(), 2);
    actions.place(files.clip.get(), clipDescriptor);
    actions.place(files.ring.get(), ringDescriptor);
    actions.place(files.socket.get(), socketDescriptor);
    actions.closeFrom(socketDescriptor + 1);
    const SpawnAttributes attributes;
    if (actions.get() == nullptr || attributes.get() == nullptr)
        return ENOMEM;

    std::string name = program.native();
    std::array<char *, 2> arguments{name.data(), nullptr};
    std::vector<std::string> environment = workerEnvironment();
    std::vector<char *> environmentPointers;
    environmentPointers.reserve(environment.size() + 1);
    for (std::string &entry : environment)
        environmentPointers.push_back(entry.data());
    environmentPointers.push_back(nullptr);
    return ::posix_spawn(&process, program.c_str(), actions.get(), attributes.get(), arguments.data(),
                         environmentPointers.data());
}

/// Owns the process through a thread of its own, the keeper, that starts it and waits for its end. The kernel sends
/// a worker its parent-death signal when the *thread* that started it ends (prctl(2)), so that thread has to live as
/// long as the worker does.
class WorkerProcess final : public WorkerHandle
{
public:
    explicit WorkerProcess(base::FileDescriptor errorOutput) : m_errorOutput(std::move(errorOutput)) { }

    ~WorkerProcess() override
    {
        kill();
        if (m_keeper.joinable())
            m_keeper.join();
    }

    WorkerProcess(const WorkerProcess &) = delete;
    WorkerProcess &operator=(const WorkerProcess &) = delete;

    base::Result<void> start(const std::filesystem::path &program, WorkerFiles files)
    {
        sigset_t all;
        sigset_t before;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before); // the host's signals are for the host's threads
        int failure = 0;
        try {
            m_keeper = std::thread([this, program, &files] { keep(program, files); });
        } catch (const std::system_error &error) {
            failure = error.code().value();
        }
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        if (failure != 0)
            return notStarted(failure);
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_spawned; });
        if (m_spawnError != 0)
            return notStarted(m_spawnError);
        return {};
    }

    void kill() override
    {
        const std::lock_guard lock(m_mutex);
        if (m_process > 0 && !m_reaped)
            ::kill(m_process, SIGKILL);
    }

    WorkerEnd waitForEnd(std::chrono::milliseconds limit) override
    {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait_for(lock, limit, [this] { return m_reaped; }))
            return {};
        if (m_end.errorOutput.isNull())
            m_end.errorOutput = readErrorOutput();
        return m_end;
    }

private:
    /// `files` belongs to start(), which waits until the process was started.
    void keep(const std::filesystem::path &program, WorkerFiles &files)
    {
        pid_t process = 0;
        const int failure = spawn(program, files, process);
        files = {}; // with the host's ends closed, the worker's end is seen on the socket
        {
            const std::lock_guard lock(m_mutex);
            m_process = failure == 0 ? process : 0;
            m_spawnError = failure;
            m_spawned = true;
        }
        m_changed.notify_all();
        if (failure == 0)
            reap(process);
    }

    void reap(pid_t process)
    {
        siginfo_t information{};
        while (::waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) != 0 && errno == EINTR) { }
        const std::lock_guard lock(m_mutex); // no kill() between the end of the number's validity and m_reaped
        int status = 0;
        while (::waitpid(process, &status, 0) < 0 && errno == EINTR) { }
        m_end.kind = WIFSIGNALED(status) ? WorkerEnd::Kind::Signalled : WorkerEnd::Kind::Exited;
        m_end.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
        m_reaped = true;
        m_changed.notify_all();
    }

    QByteArray readErrorOutput() const
    {
        QByteArray output(qsizetype(errorOutputLimit), Qt::Uninitialized);
        const ssize_t length = ::read(m_errorOutput.get(), output.data(), errorOutputLimit);
        output.truncate(length > 0 ? length : 0);
        return output;
    }

    base::FileDescriptor m_errorOutput;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_spawned = false;
    bool m_reaped = false;
    int m_spawnError = 0;
    pid_t m_process = 0;
    WorkerEnd m_end;
    std::thread m_keeper;
};

} // namespace

base::Result<std::unique_ptr<WorkerHandle>> startWorker(const std::filesystem::path &program, int clip, int ring,
                                                        int socket)
{
    // The worker never waits for somebody to read its standard error: what does not fit is lost.
    std::array<int, 2> pipe{-1, -1};
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return notStarted(errno);
    base::FileDescriptor readEnd(pipe[0]);
    const base::FileDescriptor writeEnd(pipe[1]);
    WorkerFiles files{duplicatedHigh(clip), duplicatedHigh(ring), duplicatedHigh(socket),
                      duplicatedHigh(writeEnd.get())};
    if (!files.isValid())
        return notStarted(errno);
    auto process = std::make_unique<WorkerProcess>(std::move(readEnd));
    const base::Result<void> started = process->start(program, std::move(files));
    if (!started)
        return started.error();
    return std::unique_ptr<WorkerHandle>(std::move(process));
}

base::Result<base::FileDescriptor> reopenReadOnly(int descriptor)
{
    const std::string name = "/proc/self/fd/" + std::to_string(descriptor);
    base::FileDescriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (file.isValid())
        return file;
    // Without /proc: a copy shares the access mode, which must not be more than reading.
    const int reason = errno;
    const int flags = ::fcntl(descriptor, F_GETFL);
    if (flags >= 0 && (flags & O_ACCMODE) == O_RDONLY)
        file = base::FileDescriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (!file.isValid())
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("the file cannot be handed to the decoder for reading only: %1")
                               .arg(QString::fromLocal8Bit(std::strerror(reason)))};
    return file;
}

} // namespace doorveil::isolation
