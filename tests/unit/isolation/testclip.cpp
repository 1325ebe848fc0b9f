// SPDX-License-Identifier: GPL-3.0-or-later
#include "testclip.h"

#include <QtGlobal>

#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace doorveil::testing {

base::FileDescriptor fakeClipFile(const QByteArray &words, int bytes)
{
    base::FileDescriptor file(::memfd_create("fake clip", MFD_CLOEXEC));
    const QByteArray content = words.leftJustified(bytes, ' ');
    if (::write(file.get(), content.constData(), std::size_t(content.size())) != content.size())
        qFatal("a test clip cannot be written");
    return file;
}

isolation::WorkerSettings testWorker(const char *name)
{
    isolation::WorkerSettings settings;
    settings.program = std::filesystem::path(DOORVEIL_TEST_WORKER);
    if (*name != '\0')
        settings.program += std::string("-") + name;
    settings.limits.acceptUnconfined = isolation::isUnconfinedBuild();
    return settings;
}

bool sameFrame(const base::VideoFrame &a, const base::VideoFrame &b)
{
    if (a.storedSize() != b.storedSize() || a.layout() != b.layout() || a.pts != b.pts || a.duration != b.duration
        || a.orientation != b.orientation || a.colour != b.colour || a.fieldOrder != b.fieldOrder
        || a.damaged != b.damaged)
        return false;
    for (int index = 0; index < a.layout().planeCount(); ++index) {
        const auto &left = a.plane(index);
        const auto &right = b.plane(index);
        const std::size_t bytes = std::size_t(left.size.width) * std::size_t(a.layout().bytesPerSample());
        for (int row = 0; row < left.size.height; ++row) {
            if (std::memcmp(left.data + row * left.stride, right.data + row * right.stride, bytes) != 0)
                return false;
        }
    }
    return true;
}

Harvest harvest(base::FrameSource &source, std::size_t most)
{
    Harvest result;
    while (result.frames.size() < most) {
        auto next = source.nextFrame();
        if (!next) {
            result.error = next.error();
            break;
        }
        if (!next->has_value())
            break;
        result.frames.push_back(std::move(**next));
    }
    return result;
}

} // namespace doorveil::testing
