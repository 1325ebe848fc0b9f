// SPDX-License-Identifier: GPL-3.0-or-later
#include "rawzip.h"

#include <QtEndian>

namespace doorveil::testsupport {

namespace {

quint32 crcOf(const QByteArray &bytes)
{
    quint32 crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= quint8(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

template<typename Number> void put(QByteArray &target, Number number)
{
    char bytes[sizeof(Number)];
    qToLittleEndian(number, bytes);
    target.append(bytes, sizeof bytes);
}

} // namespace

QByteArray rawZip(const std::vector<RawEntry> &entries)
{
    QByteArray file;
    QByteArray directory;
    for (const RawEntry &entry : entries) {
        const quint32 offset = quint32(file.size());
        const quint32 size = entry.statedSize.value_or(quint32(entry.content.size()));
        const quint32 crc = entry.statedCrc.value_or(crcOf(entry.content));
        const auto common = [&](QByteArray &target) {
            put<quint16>(target, 10);
            put<quint16>(target, entry.flags);
            put<quint16>(target, entry.method);
            put<quint16>(target, 0);
            put<quint16>(target, 33);
            put<quint32>(target, crc);
            put<quint32>(target, entry.method == 0 ? size : quint32(entry.content.size()));
            put<quint32>(target, size);
            put<quint16>(target, quint16(entry.name.size()));
            put<quint16>(target, 0);
        };
        file += "PK\x03\x04";
        common(file);
        file += entry.name + entry.content;
        directory += "PK\x01\x02";
        put<quint16>(directory, (3 << 8) | 10); // made on UNIX
        common(directory);
        put<quint16>(directory, 0);
        put<quint16>(directory, 0);
        put<quint16>(directory, 0);
        put<quint32>(directory, entry.attributes);
        put<quint32>(directory, offset);
        directory += entry.name;
    }
    const quint32 start = quint32(file.size());
    file += directory;
    file += "PK\x05\x06";
    put<quint32>(file, 0);
    put<quint16>(file, quint16(entries.size()));
    put<quint16>(file, quint16(entries.size()));
    put<quint32>(file, quint32(directory.size()));
    put<quint32>(file, start);
    put<quint16>(file, 0);
    return file;
}

} // namespace doorveil::testsupport
