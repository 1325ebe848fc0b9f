// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/containerend_p.h"

#include <QtEndian>

#include <algorithm>
#include <bit>
#include <optional>

namespace doorveil::decode {

namespace {

/// An EBML number (RFC 8794, section 4) and the bytes it takes.
struct EbmlNumber
{
    std::uint64_t value = 0;
    int length = 0;
    bool isUnknown = false; // all bits set: written before the size was known
};

std::optional<EbmlNumber> readEbmlSize(const QByteArray &bytes, qsizetype position)
{
    if (position >= bytes.size())
        return std::nullopt;
    const auto first = std::uint8_t(bytes[position]);
    const int length = std::countl_zero(first) + 1;
    if (length > 8 || position + length > bytes.size())
        return std::nullopt;
    EbmlNumber number{std::uint64_t(first) & ((std::uint64_t(1) << (8 - length)) - 1), length, false};
    for (int index = 1; index < length; ++index)
        number.value = number.value << 8 | std::uint8_t(bytes[position + index]);
    number.isUnknown = number.value == (std::uint64_t(1) << (7 * length)) - 1;
    return number;
}

bool matroskaEndsEarly(const DescriptorIo &file, std::uint64_t fileSize)
{
    constexpr int idBytes = 4; // of the EBML header and of the segment
    const QByteArray head = file.bytesAt(0, 4096);
    const auto header = readEbmlSize(head, idBytes);
    if (!header || header->value > std::uint64_t(head.size()))
        return false;
    const auto segment = idBytes + qsizetype(header->length) + qsizetype(header->value);
    if (head.mid(segment, idBytes) != QByteArray::fromHex("18538067"))
        return false;
    const auto size = readEbmlSize(head, segment + idBytes);
    return size && !size->isUnknown && std::uint64_t(segment + idBytes + size->length) + size->value > fileSize;
}

bool riffEndsEarly(const DescriptorIo &file, std::uint64_t fileSize)
{
    const QByteArray head = file.bytesAt(0, 8);
    return head.size() == 8 && qFromLittleEndian<std::uint32_t>(head.constData() + 4) + std::uint64_t(8) > fileSize;
}

// ISO/IEC 14496-12, 4.2: boxes follow each other, each with its size.
bool boxesEndEarly(const DescriptorIo &file, std::uint64_t fileSize)
{
    constexpr int mostBoxes = 100'000; // fragmented clips have two a fragment
    std::uint64_t position = 0;
    for (int count = 0; count < mostBoxes && position < fileSize; ++count) {
        const QByteArray head = file.bytesAt(std::int64_t(position), 16);
        if (head.size() < 8)
            return true;
        std::uint64_t size = qFromBigEndian<std::uint32_t>(head.constData());
        if (size == 0)
            return false; // to the end of the file, wherever that is
        if (size == 1) {
            if (head.size() < 16)
                return true;
            size = qFromBigEndian<std::uint64_t>(head.constData() + 8);
        }
        if (size < 8)
            return false;
        if (size > fileSize - position)
            return true;
        position += size;
    }
    return false;
}

} // namespace

bool endsBeforeItsEnd(const DescriptorIo &file)
{
    const std::int64_t fileSize = file.fileSize();
    const QByteArray head = file.bytesAt(0, 12);
    if (fileSize <= 0 || head.size() < 12)
        return false;
    if (head.startsWith(QByteArray::fromHex("1a45dfa3")))
        return matroskaEndsEarly(file, std::uint64_t(fileSize));
    if (head.startsWith("RIFF") && head.mid(8, 4) == "AVI ")
        return riffEndsEarly(file, std::uint64_t(fileSize));
    const QByteArray type = head.mid(4, 4);
    if (type == "ftyp" || type == "moov" || type == "mdat" || type == "free" || type == "wide")
        return boxesEndEarly(file, std::uint64_t(fileSize));
    return false;
}

} // namespace doorveil::decode
