// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace doorveil::encode {

/// Random access to a file of untrusted content through one small buffer. A read that fails, or that reaches past the
/// end, gives zeros and is remembered: parsers check their sizes first, so that this only happens when the disk fails
/// or the file changes meanwhile. Each place that reads steadily forwards has a window of its own.
class ByteWindow
{
public:
    ByteWindow(int descriptor, std::int64_t fileSize) : m_descriptor(descriptor), m_fileSize(fileSize) { }

    [[nodiscard]] std::int64_t fileSize() const { return m_fileSize; }
    [[nodiscard]] bool failed() const { return m_failed; }

    [[nodiscard]] std::uint8_t u8(std::int64_t offset);
    [[nodiscard]] std::uint16_t u16(std::int64_t offset);
    [[nodiscard]] std::uint32_t u32(std::int64_t offset);
    [[nodiscard]] std::uint64_t u64(std::int64_t offset);
    /// False where one of the bytes is not zero.
    [[nodiscard]] bool isZero(std::int64_t begin, std::int64_t end);
    void copy(std::int64_t offset, std::span<std::uint8_t> target);

private:
    /// The bytes at offset, as many as the buffer has (at least one); empty where there are none.
    [[nodiscard]] std::span<const std::uint8_t> at(std::int64_t offset);

    int m_descriptor;
    std::int64_t m_fileSize;
    std::int64_t m_start = 0;
    std::size_t m_filled = 0;
    std::vector<std::uint8_t> m_buffer;
    bool m_failed = false;
};

} // namespace doorveil::encode
