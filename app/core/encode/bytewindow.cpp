// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/bytewindow_p.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace doorveil::encode {

namespace {
constexpr std::size_t bufferSize = 1 << 16;
}

std::span<const std::uint8_t> ByteWindow::at(std::int64_t offset)
{
    if (offset < 0 || offset >= m_fileSize) {
        m_failed = true;
        return {};
    }
    if (offset < m_start || offset >= m_start + std::int64_t(m_filled)) {
        m_buffer.resize(bufferSize);
        ssize_t count = -1;
        do {
            count = pread(m_descriptor, m_buffer.data(), m_buffer.size(), offset);
        } while (count < 0 && errno == EINTR);
        m_start = offset;
        m_filled = std::size_t(std::max<ssize_t>(count, 0));
        if (m_filled == 0) {
            m_failed = true;
            return {};
        }
    }
    return std::span(m_buffer).first(m_filled).subspan(std::size_t(offset - m_start));
}

void ByteWindow::copy(std::int64_t offset, std::span<std::uint8_t> target)
{
    while (!target.empty()) {
        const std::span<const std::uint8_t> bytes = at(offset);
        if (bytes.empty()) {
            std::fill(target.begin(), target.end(), std::uint8_t(0));
            return;
        }
        const std::size_t part = std::min(bytes.size(), target.size());
        std::copy_n(bytes.begin(), part, target.begin());
        target = target.subspan(part);
        offset += std::int64_t(part);
    }
}

std::uint8_t ByteWindow::u8(std::int64_t offset)
{
    const std::span<const std::uint8_t> bytes = at(offset);
    return bytes.empty() ? std::uint8_t(0) : bytes.front();
}

std::uint16_t ByteWindow::u16(std::int64_t offset)
{
    std::array<std::uint8_t, 2> bytes{};
    copy(offset, bytes);
    return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);
}

std::uint32_t ByteWindow::u32(std::int64_t offset)
{
    std::array<std::uint8_t, 4> bytes{};
    copy(offset, bytes);
    return std::uint32_t(bytes[0]) << 24 | std::uint32_t(bytes[1]) << 16 | std::uint32_t(bytes[2]) << 8 | bytes[3];
}

std::uint64_t ByteWindow::u64(std::int64_t offset)
{
    return std::uint64_t(u32(offset)) << 32 | u32(offset + 4);
}

bool ByteWindow::isZero(std::int64_t begin, std::int64_t end)
{
    while (begin < end) {
        std::span<const std::uint8_t> bytes = at(begin);
        if (bytes.empty())
            return true; // failed() says so
        bytes = bytes.first(std::min(bytes.size(), std::size_t(end - begin)));
        if (std::any_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; }))
            return false;
        begin += std::int64_t(bytes.size());
    }
    return true;
}

} // namespace doorveil::encode
