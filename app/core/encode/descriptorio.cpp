// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/descriptorio_p.h"

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

extern "C" {
#include <libavutil/error.h>
#include <libavutil/mem.h>
}

namespace doorveil::encode {

namespace {
constexpr int bufferSize = 1 << 18;
}

std::unique_ptr<DescriptorIo> DescriptorIo::create(int descriptor, Access access)
{
    std::unique_ptr<DescriptorIo> io(new DescriptorIo(descriptor));
    const bool writes = access == Access::ReadWrite;
    auto *buffer = static_cast<unsigned char *>(av_malloc(bufferSize));
    if (buffer == nullptr)
        return nullptr;
    io->m_context.reset(avio_alloc_context(buffer, bufferSize, writes ? 1 : 0, io.get(), &DescriptorIo::read,
                                           writes ? &DescriptorIo::write : nullptr, &DescriptorIo::seek));
    if (!io->m_context) {
        av_free(buffer);
        return nullptr;
    }
    return io;
}

int DescriptorIo::failed(int code)
{
    if (m_firstError == 0)
        m_firstError = code;
    return AVERROR(code);
}

int DescriptorIo::read(void *opaque, std::uint8_t *buffer, int size)
{
    auto *self = static_cast<DescriptorIo *>(opaque);
    ssize_t count = -1;
    do {
        count = pread(self->m_descriptor, buffer, std::size_t(size), self->m_position);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return self->failed(errno);
    if (count == 0)
        return AVERROR_EOF;
    self->m_position += count;
    return int(count);
}

int DescriptorIo::write(void *opaque, std::uint8_t *buffer, int size)
{
    auto *self = static_cast<DescriptorIo *>(opaque);
    int done = 0;
    while (done < size) {
        const ssize_t count = pwrite(self->m_descriptor, buffer + done, std::size_t(size - done), self->m_position);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return self->failed(count < 0 ? errno : EIO);
        done += int(count);
        self->m_position += count;
    }
    return size;
}

std::int64_t DescriptorIo::seek(void *opaque, std::int64_t offset, int whence)
{
    auto *self = static_cast<DescriptorIo *>(opaque);
    struct stat status = {};
    switch (whence & ~AVSEEK_FORCE) {
    case SEEK_SET:
        break;
    case SEEK_CUR:
        offset += self->m_position;
        break;
    case SEEK_END:
    case AVSEEK_SIZE:
        if (fstat(self->m_descriptor, &status) != 0)
            return self->failed(errno);
        if ((whence & ~AVSEEK_FORCE) == AVSEEK_SIZE)
            return status.st_size;
        offset += status.st_size;
        break;
    default:
        return AVERROR(EINVAL);
    }
    if (offset < 0)
        return AVERROR(EINVAL);
    self->m_position = offset;
    return offset;
}

} // namespace doorveil::encode
