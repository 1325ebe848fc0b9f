// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/wire.h"

#include <QStringDecoder>

#include <cstring>

namespace doorveil::isolation {

namespace {

template<typename T> void append(QByteArray &message, T value)
{
    const qsizetype offset = message.size();
    message.resize(offset + qsizetype(sizeof value));
    std::memcpy(message.data() + offset, &value, sizeof value);
}

/// The first byte of a UTF-8 character is none of the form 10xxxxxx.
qsizetype cutAtCharacter(const QByteArray &utf8, qsizetype length)
{
    while (length > 0 && (static_cast<unsigned char>(utf8[length]) & 0xC0U) == 0x80U)
        --length;
    return length;
}

} // namespace

void WireWriter::u32(std::uint32_t value)
{
    append(m_message, value);
}

void WireWriter::i32(std::int32_t value)
{
    append(m_message, value);
}

void WireWriter::i64(std::int64_t value)
{
    append(m_message, value);
}

void WireWriter::flag(bool value)
{
    u32(value ? 1 : 0);
}

void WireWriter::text(const QString &value, std::size_t maximumBytes)
{
    QByteArray utf8 = value.toUtf8();
    if (std::size_t(utf8.size()) > maximumBytes)
        utf8.truncate(cutAtCharacter(utf8, qsizetype(maximumBytes)));
    u32(std::uint32_t(utf8.size()));
    m_message.append(utf8);
}

void WireWriter::bytes(std::span<const std::byte> content)
{
    const qsizetype offset = m_message.size();
    m_message.resize(offset + qsizetype(content.size()));
    if (!content.empty())
        std::memcpy(m_message.data() + offset, content.data(), content.size());
}

template<typename T> T WireReader::take()
{
    T value{};
    if (m_failed || m_rest.size() < sizeof value) {
        m_failed = true;
        return value;
    }
    std::memcpy(&value, m_rest.data(), sizeof value);
    m_rest = m_rest.subspan(sizeof value);
    return value;
}

std::uint32_t WireReader::u32()
{
    return take<std::uint32_t>();
}

std::uint32_t WireReader::u32(std::uint32_t lowest, std::uint32_t highest)
{
    const auto value = take<std::uint32_t>();
    if (value < lowest || value > highest)
        m_failed = true;
    return m_failed ? 0 : value;
}

std::int32_t WireReader::i32(std::int32_t lowest, std::int32_t highest)
{
    const auto value = take<std::int32_t>();
    if (value < lowest || value > highest)
        m_failed = true;
    return m_failed ? 0 : value;
}

std::int64_t WireReader::i64(std::int64_t lowest, std::int64_t highest)
{
    const auto value = take<std::int64_t>();
    if (value < lowest || value > highest)
        m_failed = true;
    return m_failed ? 0 : value;
}

bool WireReader::flag()
{
    return u32(0, 1) == 1;
}

QString WireReader::text(std::size_t maximumBytes)
{
    const auto length = std::size_t(take<std::uint32_t>());
    if (m_failed || length > maximumBytes || length > m_rest.size()) {
        m_failed = true;
        return {};
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const auto *characters = reinterpret_cast<const char *>(m_rest.data());
    const QString value = decoder(QByteArrayView(characters, qsizetype(length)));
    if (decoder.hasError()) {
        m_failed = true;
        return {};
    }
    m_rest = m_rest.subspan(length);
    return value;
}

std::span<const std::byte> WireReader::rest()
{
    if (m_failed)
        return {};
    const std::span<const std::byte> all = m_rest;
    m_rest = {};
    return all;
}

} // namespace doorveil::isolation
