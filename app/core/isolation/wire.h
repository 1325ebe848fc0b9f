// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <span>

namespace doorveil::isolation {

/// Builds the bytes of one message. Integers in the machine's own order: both ends run on one machine.
class WireWriter
{
public:
    void u32(std::uint32_t value);
    void i32(std::int32_t value);
    void i64(std::int64_t value);
    void flag(bool value);
    /// UTF-8 with its length before it; what is longer than `maximumBytes` is cut at a whole character.
    void text(const QString &value, std::size_t maximumBytes);
    void bytes(std::span<const std::byte> content);

    [[nodiscard]] const QByteArray &message() const { return m_message; }

private:
    QByteArray m_message;
};

/// Reads what WireWriter wrote, from somebody who may lie. After the first value that is missing or outside its range
/// every further one is 0 and failed() is true: check once at the end, use nothing before.
class WireReader
{
public:
    explicit WireReader(std::span<const std::byte> message) : m_rest(message) { }

    [[nodiscard]] std::uint32_t u32();
    [[nodiscard]] std::uint32_t u32(std::uint32_t lowest, std::uint32_t highest);
    [[nodiscard]] std::int32_t i32(std::int32_t lowest, std::int32_t highest);
    [[nodiscard]] std::int64_t i64(std::int64_t lowest, std::int64_t highest);
    [[nodiscard]] bool flag();
    [[nodiscard]] QString text(std::size_t maximumBytes);
    /// All that is left.
    [[nodiscard]] std::span<const std::byte> rest();

    void fail() { m_failed = true; }
    [[nodiscard]] bool failed() const { return m_failed; }
    /// Nothing failed and nothing is left over.
    [[nodiscard]] bool isComplete() const { return !m_failed && m_rest.empty(); }

private:
    template<typename T> T take();

    std::span<const std::byte> m_rest;
    bool m_failed = false;
};

} // namespace doorveil::isolation
