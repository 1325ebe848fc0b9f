// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/trackscan_p.h"

#include <algorithm>

namespace doorveil::encode {

namespace {

/// Reads a parameter set of avcC; a longer one than any encoder writes is a finding.
QByteArray parameterSet(ByteWindow &file, std::int64_t begin, std::int64_t size)
{
    QByteArray content(size, '\0');
    file.copy(begin, {reinterpret_cast<std::uint8_t *>(content.data()), std::size_t(size)});
    return content;
}

/// avcC (ISO 14496-15, 5.3.3.1): version, profile, lengths, SPS, PPS, and for High profiles four bytes more.
void scanDecoderConfiguration(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings)
{
    constexpr int longestSet = 1024;
    const auto broken = [&findings] {
        findings.add(QStringLiteral("The video's decoder configuration is not as an export has it."));
    };
    std::int64_t position = box.content + 5;
    if (box.contentSize() < 7 || file.u8(box.content) != 1) {
        broken();
        return;
    }
    track.nalLengthSize = (file.u8(box.content + 4) & 3) + 1;
    // First the sequence parameter sets (unit type 7), then the picture parameter sets (8).
    for (const int unitType : {7, 8}) {
        if (position >= box.end) {
            broken();
            return;
        }
        const int count = file.u8(position) & (unitType == 7 ? 0x1f : 0xff);
        ++position;
        for (int index = 0; index < count; ++index) {
            const std::int64_t size = position + 2 <= box.end ? file.u16(position) : 0;
            position += 2;
            if (size < 1 || size > longestSet || size > box.end - position || (file.u8(position) & 0x1f) != unitType) {
                broken();
                return;
            }
            track.parameterSets.append(parameterSet(file, position, size));
            position += size;
        }
    }
    // Chroma format, two depths, no extension sets.
    const std::int64_t rest = box.end - position;
    if (rest != 0 && (rest != 4 || file.u8(box.end - 1) != 0))
        broken();
}

void scanColour(ByteWindow &file, const ScanBox &box, Findings &findings)
{
    // An ICC profile can hold any text.
    if (box.contentSize() != 11 || file.u32(box.content) != code("nclx") || (file.u8(box.end - 1) & 0x7f) != 0)
        findings.add(QStringLiteral("The video's colour description is no plain “nclx”."));
}

void scanVideoEntry(ByteWindow &file, const ScanBox &entry, ScanTrack &track, Findings &findings)
{
    // VisualSampleEntry (ISO 14496-12, 12.1.3): reserved and pre-defined fields, size, resolution, compressor name.
    constexpr int fixedBytes = 78;
    const QString path = QStringLiteral("moov/trak/…/stsd/avc1");
    if (entry.contentSize() < fixedBytes) {
        findings.add(QStringLiteral("The video's description is too short."));
        return;
    }
    const std::int64_t fixed = entry.content;
    if (!file.isZero(fixed, fixed + 6) || !file.isZero(fixed + 8, fixed + 24) || !file.isZero(fixed + 36, fixed + 40))
        findings.add(QStringLiteral("The video's description names a vendor, or has a value that has to be zero."));
    if (!file.isZero(fixed + 42, fixed + 74))
        findings.add(QStringLiteral("The video's description names a compressor."));
    bool hasConfiguration = false;
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxesIn(file, fixed + fixedBytes, entry.end, path, findings)) {
        if (isRepeated(seen, box, path, findings))
            continue;
        if (box.type == code("avcC")) {
            hasConfiguration = true;
            scanDecoderConfiguration(file, box, track, findings);
        } else if (box.type == code("colr")) {
            scanColour(file, box, findings);
        } else if (box.type == code("pasp")) {
            checkFixed(file, box, pathOf(path, box.type), {8, {}}, findings);
        } else if (box.type == code("btrt")) {
            checkFixed(file, box, pathOf(path, box.type), {12, {}}, findings);
        } else if (box.type == code("fiel")) {
            checkFixed(file, box, pathOf(path, box.type), {2, {}}, findings);
        } else {
            reportUnknown(box, path, findings);
        }
    }
    if (!hasConfiguration)
        findings.add(QStringLiteral("The video's description has no decoder configuration."));
}

/// One descriptor of esds: a tag and a length of up to four bytes (ISO 14496-1, 8.3.3).
struct Descriptor
{
    int tag = 0;
    std::int64_t content = 0;
    std::int64_t end = 0;
};

Descriptor descriptorAt(ByteWindow &file, std::int64_t position, std::int64_t end)
{
    if (end - position < 2)
        return {};
    const int tag = file.u8(position++);
    std::int64_t size = 0;
    for (int length = 0; length < 4 && position < end; ++length) {
        const int byte = file.u8(position++);
        size = size << 7 | (byte & 0x7f);
        if ((byte & 0x80) == 0)
            return size <= end - position ? Descriptor{tag, position, position + size} : Descriptor{};
    }
    return {};
}

/// Exactly: ES (no URL, no dependency) { decoder configuration (AAC) { specific info }, sync layer (predefined 2) }.
bool isPlainAacDescriptor(ByteWindow &file, const ScanBox &box)
{
    constexpr int longestInfo = 64;
    const Descriptor stream = descriptorAt(file, box.content + 4, box.end);
    if (stream.tag != 3 || stream.end != box.end || stream.end - stream.content < 3 || file.u8(stream.content + 2) != 0)
        return false;
    const Descriptor decoder = descriptorAt(file, stream.content + 3, stream.end);
    if (decoder.tag != 4 || decoder.end - decoder.content < 13 || file.u8(decoder.content) != 0x40)
        return false;
    const Descriptor info = descriptorAt(file, decoder.content + 13, decoder.end);
    if (info.tag != 5 || info.end != decoder.end || info.end - info.content > longestInfo)
        return false;
    const Descriptor layer = descriptorAt(file, decoder.end, stream.end);
    return layer.tag == 6 && layer.end == stream.end && layer.end - layer.content == 1 && file.u8(layer.content) == 2;
}

void scanSoundEntry(ByteWindow &file, const ScanBox &entry, Findings &findings)
{
    // AudioSampleEntry (ISO 14496-12, 12.2.3).
    constexpr int fixedBytes = 28;
    const QString path = QStringLiteral("moov/trak/…/stsd/mp4a");
    if (entry.contentSize() < fixedBytes) {
        findings.add(QStringLiteral("The sound's description is too short."));
        return;
    }
    const std::int64_t fixed = entry.content;
    if (!file.isZero(fixed, fixed + 6) || !file.isZero(fixed + 8, fixed + 16) || !file.isZero(fixed + 20, fixed + 24))
        findings.add(QStringLiteral("The sound's description names a vendor, or has a value that has to be zero."));
    bool hasConfiguration = false;
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxesIn(file, fixed + fixedBytes, entry.end, path, findings)) {
        if (isRepeated(seen, box, path, findings))
            continue;
        if (box.type == code("esds")) {
            hasConfiguration = true;
            if (!isPlainAacDescriptor(file, box))
                findings.add(QStringLiteral("The sound's decoder configuration is not as an export has it."));
        } else if (box.type == code("btrt")) {
            checkFixed(file, box, pathOf(path, box.type), {12, {}}, findings);
        } else {
            reportUnknown(box, path, findings);
        }
    }
    if (!hasConfiguration)
        findings.add(QStringLiteral("The sound's description has no decoder configuration."));
}

} // namespace

void scanSampleDescription(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings)
{
    const QString path = QStringLiteral("moov/trak/…/stsd");
    if (box.contentSize() < 8 || file.u32(box.content + 4) != 1) {
        findings.add(QStringLiteral("A track has more than one sample description, or none."));
        return;
    }
    bool first = true;
    for (const ScanBox &entry : boxesIn(file, box.content + 8, box.end, path, findings)) {
        if (first && track.isVideo() && entry.type == code("avc1"))
            scanVideoEntry(file, entry, track, findings);
        else if (first && track.handler == code("soun") && entry.type == code("mp4a"))
            scanSoundEntry(file, entry, findings);
        else
            reportUnknown(entry, path, findings);
        first = false;
    }
}

} // namespace doorveil::encode
