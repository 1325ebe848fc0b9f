// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/videoframe.h"

#include <cstring>
#include <memory>
#include <utility>

namespace doorveil::base {

namespace {
constexpr std::size_t rowAlignment = 64; // a cache line, and enough for AVX-512 loads

/// Room for the alignment and not an aligned block: glibc before 2.38 never gives such a block out again for the same
/// size, which left dozens of frames' worth of holes in each stage.
std::shared_ptr<std::byte[]> allocate(std::size_t bytes)
{
    std::size_t room = bytes + rowAlignment;
    const std::shared_ptr<std::byte[]> memory(new std::byte[room]);
    void *first = memory.get();
    std::align(rowAlignment, bytes, first, room);
    return {memory, static_cast<std::byte *>(first)};
}

std::ptrdiff_t strideOf(PixelLayout layout, Size planeSize)
{
    const std::size_t rowBytes = std::size_t(planeSize.width) * std::size_t(layout.bytesPerSample());
    return std::ptrdiff_t((rowBytes + rowAlignment - 1) / rowAlignment * rowAlignment);
}
} // namespace

VideoFrame::VideoFrame(Size storedSize, PixelLayout layout)
    : VideoFrame(storedSize, layout, allocate(bytesFor(storedSize, layout)))
{
}

VideoFrame::VideoFrame(Size storedSize, PixelLayout layout, std::shared_ptr<std::byte[]> memory)
    : m_storedSize(storedSize), m_layout(layout), m_memory(std::move(memory))
{
    for (int index = 0; index < layout.planeCount(); ++index) {
        Plane &plane = m_planes[std::size_t(index)];
        plane.data = m_memory.get() + m_bytes;
        plane.size = layout.planeSize(storedSize, index);
        plane.stride = strideOf(layout, plane.size);
        m_bytes += std::size_t(plane.stride) * std::size_t(plane.size.height);
    }
}

std::size_t VideoFrame::bytesFor(Size storedSize, PixelLayout layout)
{
    std::size_t bytes = 0;
    for (int index = 0; index < layout.planeCount(); ++index) {
        const Size size = layout.planeSize(storedSize, index);
        bytes += std::size_t(strideOf(layout, size)) * std::size_t(size.height);
    }
    return bytes;
}

void VideoFrame::detach()
{
    if (!m_memory || m_memory.use_count() == 1)
        return;
    auto own = allocate(m_bytes);
    std::memcpy(own.get(), m_memory.get(), m_bytes);
    for (Plane &plane : m_planes) {
        if (plane.data != nullptr)
            plane.data = own.get() + (plane.data - m_memory.get());
    }
    m_memory = std::move(own);
}

} // namespace doorveil::base
