// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/bech32_p.h"

#include <array>
#include <cstdint>
#include <vector>

namespace doorveil::package {

namespace {

const QByteArray alphabet = QByteArrayLiteral("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
constexpr qsizetype checksumLength = 6;
constexpr qsizetype longest = 1024;

/// The BCH checksum of BIP 173.
std::uint32_t polymod(const std::vector<std::uint8_t> &values)
{
    constexpr std::array<std::uint32_t, 5> generator{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    std::uint32_t checksum = 1;
    for (const std::uint8_t value : values) {
        const std::uint32_t top = checksum >> 25;
        checksum = ((checksum & 0x1ffffff) << 5) ^ value;
        for (std::size_t bit = 0; bit < generator.size(); ++bit) {
            if (((top >> bit) & 1U) != 0)
                checksum ^= generator[bit];
        }
    }
    return checksum;
}

} // namespace

std::optional<QByteArray> decodeBech32(const QString &text, const QString &prefix)
{
    if (text.size() > longest || (text != text.toLower() && text != text.toUpper()))
        return std::nullopt;
    const QByteArray lower = text.toLower().toLatin1();
    const QByteArray head = prefix.toLower().toLatin1();
    const qsizetype separator = lower.lastIndexOf('1');
    if (separator != head.size() || !lower.startsWith(head) || lower.size() - separator - 1 < checksumLength)
        return std::nullopt;

    std::vector<std::uint8_t> values;
    for (const char character : head)
        values.push_back(std::uint8_t(static_cast<unsigned char>(character) >> 5));
    values.push_back(0);
    for (const char character : head)
        values.push_back(std::uint8_t(character & 31));
    std::vector<std::uint8_t> data;
    for (qsizetype index = separator + 1; index < lower.size(); ++index) {
        const qsizetype value = alphabet.indexOf(lower[index]);
        if (value < 0)
            return std::nullopt;
        data.push_back(std::uint8_t(value));
    }
    values.insert(values.end(), data.begin(), data.end());
    if (polymod(values) != 1)
        return std::nullopt;
    data.resize(data.size() - checksumLength);

    // Groups of five bits to bytes; what is left over must be fewer than five zero bits.
    QByteArray bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const std::uint8_t value : data) {
        bits = (bits << 5) | value;
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes.append(char((bits >> count) & 0xff));
            bits &= (1U << count) - 1;
        }
    }
    if (count >= 5 || bits != 0)
        return std::nullopt;
    return bytes;
}

} // namespace doorveil::package
