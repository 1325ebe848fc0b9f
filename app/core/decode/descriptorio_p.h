// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "decode/ffmpeg_p.h"

#include <QByteArray>

namespace doorveil::decode {

/// FFmpeg's I/O on a borrowed descriptor: read-only, with an offset of its own (pread), so that several readers can
/// share one descriptor. Must outlive the format context that uses it and must not move.
class DescriptorIo
{
public:
    /// The context is null where memory is short.
    explicit DescriptorIo(int descriptor);
    DescriptorIo(const DescriptorIo &) = delete;
    DescriptorIo &operator=(const DescriptorIo &) = delete;

    [[nodiscard]] AVIOContext *context() const { return m_context.get(); }
    /// Up to `size` bytes from there, without moving the offset.
    [[nodiscard]] QByteArray bytesAt(std::int64_t position, int size) const;
    /// Bytes in the file; -1 where the system does not tell.
    [[nodiscard]] std::int64_t fileSize() const;

private:
    static int read(void *opaque, std::uint8_t *buffer, int size);
    static std::int64_t seek(void *opaque, std::int64_t offset, int whence);

    int m_descriptor;
    std::int64_t m_offset = 0;
    IoContextPointer m_context;
};

} // namespace doorveil::decode
