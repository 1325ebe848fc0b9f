// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/descriptorio_p.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace doorveil::decode {

namespace {
constexpr int bufferSize = 64 * 1024; // few system calls a frame, little to throw away on a seek
} // namespace

DescriptorIo::DescriptorIo(int descriptor) : m_descriptor(descriptor)
{
    auto *buffer = static_cast<unsigned char *>(av_malloc(bufferSize));
    if (buffer == nullptr)
        return;
    m_context.reset(avio_alloc_context(buffer, bufferSize, 0, this, &DescriptorIo::read, nullptr, &DescriptorIo::seek));
    if (!m_context)
        av_free(buffer);
}

QByteArray DescriptorIo::bytesAt(std::int64_t position, int size) const
{
    QByteArray bytes(size, Qt::Uninitialized);
    ssize_t count = 0;
    do {
        count = ::pread(m_descriptor, bytes.data(), std::size_t(size), position);
    } while (count < 0 && errno == EINTR);
    bytes.truncate(count > 0 ? qsizetype(count) : 0);
    return bytes;
}

std::int64_t DescriptorIo::fileSize() const
{
    struct stat status = {};
    return ::fstat(m_descriptor, &status) == 0 ? std::int64_t(status.st_size) : -1;
}

int DescriptorIo::read(void *opaque, std::uint8_t *buffer, int size)
{
    auto *self = static_cast<DescriptorIo *>(opaque);
    ssize_t count = 0;
    do {
        count = ::pread(self->m_descriptor, buffer, std::size_t(size), self->m_offset);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return AVERROR(errno);
    if (count == 0)
        return AVERROR_EOF;
    self->m_offset += count;
    return int(count);
}

std::int64_t DescriptorIo::seek(void *opaque, std::int64_t offset, int whence)
{
    auto *self = static_cast<DescriptorIo *>(opaque);
    const std::int64_t size = self->fileSize();
    whence &= ~AVSEEK_FORCE;
    if (whence == AVSEEK_SIZE)
        return size >= 0 ? size : AVERROR(ENOSYS);

    std::int64_t origin = 0;
    if (whence == SEEK_CUR)
        origin = self->m_offset;
    else if (whence == SEEK_END && size >= 0)
        origin = size;
    else if (whence != SEEK_SET)
        return AVERROR(EINVAL);
    std::int64_t position = 0;
    if (__builtin_add_overflow(origin, offset, &position) || position < 0)
        return AVERROR(EINVAL);
    self->m_offset = position;
    return position;
}

} // namespace doorveil::decode
