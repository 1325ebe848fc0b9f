// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/descriptorsource_p.h"

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace doorveil::package {

DescriptorSource::DescriptorSource(int descriptor) : m_descriptor(descriptor)
{
    zip_error_init(&m_error);
}

DescriptorSource::~DescriptorSource()
{
    zip_error_fini(&m_error);
}

zip_source_t *DescriptorSource::makeSource()
{
    return zip_source_function_create(&DescriptorSource::handle, this, nullptr);
}

zip_int64_t DescriptorSource::handle(void *self, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    return static_cast<DescriptorSource *>(self)->handle(data, length, command);
}

zip_int64_t DescriptorSource::fail(int zipError)
{
    zip_error_set(&m_error, zipError, errno);
    return -1;
}

zip_int64_t DescriptorSource::read(void *data, zip_uint64_t length)
{
    ssize_t count = -1;
    do
        count = ::pread(m_descriptor, data, std::size_t(length), m_readPosition);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return fail(ZIP_ER_READ);
    m_readPosition += count;
    return count;
}

zip_int64_t DescriptorSource::write(const void *data, zip_uint64_t length)
{
    const char *bytes = static_cast<const char *>(data);
    zip_uint64_t done = 0;
    while (done < length) {
        const ssize_t count = ::pwrite(m_descriptor, bytes + done, std::size_t(length - done), m_writePosition);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail(ZIP_ER_WRITE);
        done += zip_uint64_t(count);
        m_writePosition += count;
    }
    return zip_int64_t(length);
}

zip_int64_t DescriptorSource::seek(off_t &position, void *data, zip_uint64_t length)
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return fail(ZIP_ER_SEEK);
    const zip_int64_t offset = zip_source_seek_compute_offset(
        zip_uint64_t(position), zip_uint64_t(std::max(status.st_size, position)), data, length, &m_error);
    if (offset < 0)
        return -1;
    position = off_t(offset);
    return 0;
}

zip_int64_t DescriptorSource::stat(void *data)
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return fail(ZIP_ER_READ);
    auto *result = static_cast<zip_stat_t *>(data);
    zip_stat_init(result);
    result->size = zip_uint64_t(status.st_size);
    result->valid |= ZIP_STAT_SIZE;
    return sizeof *result;
}

zip_int64_t DescriptorSource::handle(void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                              ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_COMMIT_WRITE,
                                              ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE,
                                              ZIP_SOURCE_TELL_WRITE, ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_OPEN:
        m_readPosition = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read(data, length);
    case ZIP_SOURCE_SEEK:
        return seek(m_readPosition, data, length);
    case ZIP_SOURCE_TELL:
        return m_readPosition;
    case ZIP_SOURCE_STAT:
        return stat(data);
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&m_error, data, length);
    case ZIP_SOURCE_BEGIN_WRITE:
        m_writePosition = 0;
        return ::ftruncate(m_descriptor, 0) == 0 ? 0 : fail(ZIP_ER_WRITE);
    case ZIP_SOURCE_WRITE:
        return write(data, length);
    case ZIP_SOURCE_SEEK_WRITE:
        return seek(m_writePosition, data, length);
    case ZIP_SOURCE_TELL_WRITE:
        return m_writePosition;
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
        return 0;
    default:
        errno = 0;
        return fail(ZIP_ER_OPNOTSUPP);
    }
}

} // namespace doorveil::package
