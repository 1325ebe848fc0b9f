// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/avhandles_p.h"

#include "base/result.h"

#include <cstdint>

namespace doorveil::encode {

/// FFmpeg's I/O on a borrowed descriptor, without a path. Each one has its own position (pread, pwrite), so a reader
/// beside the writer, as the fast start pass needs, does not disturb it. The first failure's errno is kept, because
/// muxers do not hand every failed write on.
class DescriptorIo
{
public:
    enum class Access { ReadOnly, ReadWrite };

    /// Nothing where memory runs out.
    [[nodiscard]] static std::unique_ptr<DescriptorIo> create(int descriptor, Access access);

    [[nodiscard]] AVIOContext *context() const { return m_context.get(); }
    [[nodiscard]] int firstError() const { return m_firstError; } ///< an errno value, 0 for none

private:
    explicit DescriptorIo(int descriptor) : m_descriptor(descriptor) { }
    static int read(void *opaque, std::uint8_t *buffer, int size);
    static int write(void *opaque, std::uint8_t *buffer, int size);
    static std::int64_t seek(void *opaque, std::int64_t offset, int whence);
    int failed(int code);

    int m_descriptor;
    std::int64_t m_position = 0;
    int m_firstError = 0;
    IoContextHandle m_context;
};

} // namespace doorveil::encode
