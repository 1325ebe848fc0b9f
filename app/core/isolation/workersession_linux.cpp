// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/workersettings.h"

#include "isolation/workerprocess.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

namespace doorveil::isolation {

namespace {

base::Error systemError(const QString &what)
{
    return {base::ErrorKind::Failure, QStringLiteral("%1: %2").arg(what, QString::fromLocal8Bit(std::strerror(errno)))};
}

/// A running worker that was greeted.
base::Result<std::unique_ptr<WorkerClip>> beginSession(const WorkerSettings &settings, int clip)
{
    auto ring = FrameRing::create();
    if (!ring)
        return ring.error();
    std::array<int, 2> sockets{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0)
        return systemError(QStringLiteral("the decoder process cannot be started"));
    base::FileDescriptor hostEnd(sockets[0]);
    base::FileDescriptor workerEnd(sockets[1]);
    auto worker = startWorker(settings.program, clip, ring->descriptor(), workerEnd.get());
    workerEnd = {};
    if (!worker)
        return worker.error();
    auto session =
        std::make_unique<WorkerClip>(std::move(*worker), std::move(hostEnd), std::move(*ring), settings.limits);
    const auto hello = session->greet();
    if (!hello)
        return hello.error();
    return session;
}

} // namespace

base::Result<std::unique_ptr<base::FrameSource>> openClipWith(const WorkerSettings &settings, int descriptor,
                                                              const base::FrameSourceOptions &options)
{
    const auto clip = reopenReadOnly(descriptor);
    if (!clip)
        return clip.error();
    const auto bytes = base::sizeOf(clip->get());
    if (!bytes)
        return bytes.error();
    WorkerSettings bounded = settings;
    bounded.limits.frames = std::min(settings.limits.frames, std::max<std::int64_t>(*bytes, 1));
    auto session = beginSession(bounded, clip->get());
    if (!session)
        return session.error();
    if (const auto opened = (*session)->open(options); !opened)
        return opened.error();
    return std::unique_ptr<base::FrameSource>(std::move(*session));
}

base::Result<HelloMessage> askWorker(const WorkerSettings &settings)
{
    const base::FileDescriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!nothing.isValid())
        return systemError(QStringLiteral("/dev/null cannot be opened"));
    auto session = beginSession(settings, nothing.get());
    if (!session)
        return session.error();
    return (*session)->greet();
}

} // namespace doorveil::isolation
