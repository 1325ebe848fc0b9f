// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <zip.h>

#include <sys/types.h>

namespace doorveil::package {

/// libzip reads from and writes to a borrowed descriptor through this, so that no path is opened and the file keeps
/// its owner. Must outlive the archive that uses its source.
class DescriptorSource
{
public:
    explicit DescriptorSource(int descriptor);
    ~DescriptorSource();
    DescriptorSource(const DescriptorSource &) = delete;
    DescriptorSource &operator=(const DescriptorSource &) = delete;

    /// A new source; libzip owns it once an archive was opened with it. Null when memory is out.
    [[nodiscard]] zip_source_t *makeSource();

private:
    static zip_int64_t handle(void *self, void *data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t handle(void *data, zip_uint64_t length, zip_source_cmd_t command);
    zip_int64_t fail(int zipError);
    zip_int64_t read(void *data, zip_uint64_t length);
    zip_int64_t write(const void *data, zip_uint64_t length);
    zip_int64_t seek(off_t &position, void *data, zip_uint64_t length);
    zip_int64_t stat(void *data);

    int m_descriptor;
    off_t m_readPosition = 0;
    off_t m_writePosition = 0;
    zip_error_t m_error = {};
};

} // namespace doorveil::package
