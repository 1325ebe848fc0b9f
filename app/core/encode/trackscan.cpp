// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/trackscan_p.h"

#include <algorithm>
#include <array>

namespace doorveil::encode {

namespace {

constexpr std::uint16_t undetermined = 0x55c4; ///< language "und", three letters of five bits (ISO 14496-12, 8.4.2.3)

void scanTrackHeader(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings)
{
    // ISO 14496-12, 8.3.2: times, identity, duration, layer, group, volume, matrix, size.
    const bool wide = file.u8(box.content) == 1;
    const QString path = QStringLiteral("moov/trak/tkhd");
    if (wide)
        checkFixed(file, box, path, {96, {{4, 20}, {24, 28}, {36, 44}, {50, 52}}}, findings);
    else
        checkFixed(file, box, path, {84, {{4, 12}, {16, 20}, {24, 32}, {38, 40}}}, findings);
    track.trackDuration = wide ? file.u64(box.content + 28) : file.u32(box.content + 20);
}

void scanEditList(ByteWindow &file, const ScanBox &edits, ScanTrack &track, Findings &findings)
{
    const QString path = QStringLiteral("moov/trak/edts");
    for (const ScanBox &box : boxesIn(file, edits.content, edits.end, path, findings)) {
        if (box.type != code("elst") || track.hasEditList) {
            reportUnknown(box, path, findings);
            continue;
        }
        track.hasEditList = true;
        const bool wide = file.u8(box.content) == 1;
        if (box.contentSize() != (wide ? 28 : 20) || file.u32(box.content + 4) != 1) {
            findings.add(QStringLiteral("An edit list has more than one entry, or one of a wrong size."));
            continue;
        }
        track.editDuration = wide ? file.u64(box.content + 8) : file.u32(box.content + 8);
        track.editStart = wide ? std::int64_t(file.u64(box.content + 16)) : std::int32_t(file.u32(box.content + 12));
        if (file.u32(box.end - 4) != 0x10000)
            findings.add(QStringLiteral("An edit list changes the speed."));
    }
}

void scanMediaHeader(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings)
{
    const bool wide = file.u8(box.content) == 1;
    const std::int64_t after = box.content + (wide ? 32 : 20);
    checkFixed(file, box, QStringLiteral("moov/trak/mdia/mdhd"),
               wide ? FixedBox{36, {{4, 20}, {34, 36}}} : FixedBox{24, {{4, 12}, {22, 24}}}, findings);
    track.timeScale = file.u32(box.content + (wide ? 20 : 12));
    track.mediaDuration = wide ? file.u64(box.content + 24) : file.u32(box.content + 16);
    if (file.u16(after) != undetermined)
        findings.add(QStringLiteral("A track names a language."));
}

void scanHandler(ByteWindow &file, const ScanBox &box, ScanTrack &track, Findings &findings)
{
    if (box.contentSize() < 20) {
        findings.add(QStringLiteral("A track's handler is too short."));
        return;
    }
    track.handler = file.u32(box.content + 8);
    const std::int64_t name = std::min(box.content + 24, box.end);
    if (!file.isZero(box.content, box.content + 8) || !file.isZero(box.content + 12, name))
        findings.add(QStringLiteral("A track's handler names a manufacturer."));
    if (!file.isZero(name, box.end))
        findings.add(QStringLiteral("A track's handler has a name."));
}

/// "url ", flag "in this file", no text (ISO 14496-12, 8.7.2).
void scanDataInformation(ByteWindow &file, const ScanBox &box, Findings &findings)
{
    constexpr std::array<std::uint32_t, 7> expected = {28, code("dref"), 0, 1, 12, code("url "), 1};
    bool same = box.contentSize() == std::int64_t(sizeof expected);
    for (std::size_t index = 0; same && index < expected.size(); ++index)
        same = file.u32(box.content + 4 * std::int64_t(index)) == expected[index];
    if (!same)
        findings.add(QStringLiteral("A track's samples lie elsewhere, or its data reference says more than “here”."));
}

/// How many samples of sound a decoder needs to run in: "roll", and nothing else (ISO 14496-12, 10.1).
void scanSampleGroup(ByteWindow &file, const ScanBox &box, Findings &findings)
{
    constexpr std::int64_t mostBytes = 64;
    const bool description = box.type == code("sgpd");
    const std::int64_t entries = box.content + (description ? 12 : 8);
    const std::int64_t entrySize = description ? 2 : 8;
    if (box.contentSize() > mostBytes || box.contentSize() < entries + 4 - box.content
        || file.u32(box.content + 4) != code("roll")
        || box.end - entries - 4 != std::int64_t(file.u32(entries)) * entrySize)
        findings.add(QStringLiteral("The sample group “%1” is none that an export has.").arg(codeText(box.type)));
}

void scanTables(ByteWindow &file, const ScanBox &tables, ScanTrack &track, Findings &findings)
{
    const QString path = QStringLiteral("moov/trak/mdia/minf/stbl");
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxesIn(file, tables.content, tables.end, path, findings)) {
        if (isRepeated(seen, box, path, findings))
            continue;
        switch (box.type) {
        case code("stsd"):
            scanSampleDescription(file, box, track, findings);
            break;
        case code("stts"):
            track.stts = box;
            break;
        case code("ctts"):
            track.ctts = box;
            break;
        case code("stss"):
            track.stss = box;
            break;
        case code("stsc"):
            track.stsc = box;
            break;
        case code("stsz"):
            track.stsz = box;
            break;
        case code("stco"):
        case code("co64"):
            if (track.chunkOffsets.isPresent())
                findings.add(QStringLiteral("A track has two tables of chunks."));
            track.chunkOffsets = box;
            break;
        case code("sgpd"):
        case code("sbgp"):
            scanSampleGroup(file, box, findings);
            break;
        default:
            reportUnknown(box, path, findings);
        }
    }
    for (const ScanBox *table : {&track.stts, &track.stsc, &track.stsz, &track.chunkOffsets}) {
        if (!table->isPresent())
            findings.add(QStringLiteral("A track lacks one of its tables."));
    }
}

void scanMediaInformation(ByteWindow &file, const ScanBox &information, ScanTrack &track, Findings &findings)
{
    const QString path = QStringLiteral("moov/trak/mdia/minf");
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxesIn(file, information.content, information.end, path, findings)) {
        if (isRepeated(seen, box, path, findings))
            continue;
        switch (box.type) {
        case code("vmhd"):
            checkFixed(file, box, pathOf(path, box.type), {12, {{4, 12}}}, findings);
            break;
        case code("smhd"):
            checkFixed(file, box, pathOf(path, box.type), {8, {{4, 8}}}, findings);
            break;
        case code("dinf"):
            scanDataInformation(file, box, findings);
            break;
        case code("stbl"):
            scanTables(file, box, track, findings);
            break;
        default:
            reportUnknown(box, path, findings);
        }
    }
}

void scanMedia(ByteWindow &file, const ScanBox &media, ScanTrack &track, Findings &findings)
{
    const QString path = QStringLiteral("moov/trak/mdia");
    const std::vector<ScanBox> boxes = boxesIn(file, media.content, media.end, path, findings);
    // What a sample description means depends on the handler, wherever it stands.
    for (const ScanBox &box : boxes) {
        if (box.type == code("hdlr"))
            scanHandler(file, box, track, findings);
    }
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxes) {
        if (isRepeated(seen, box, path, findings) || box.type == code("hdlr"))
            continue;
        if (box.type == code("mdhd"))
            scanMediaHeader(file, box, track, findings);
        else if (box.type == code("minf"))
            scanMediaInformation(file, box, track, findings);
        else
            reportUnknown(box, path, findings);
    }
}

} // namespace

QString pathOf(const QString &parent, std::uint32_t type)
{
    return parent + QLatin1Char('/') + codeText(type);
}

void checkFixed(ByteWindow &file, const ScanBox &box, const QString &path, const FixedBox &rule, Findings &findings)
{
    if (box.contentSize() != rule.size) {
        findings.add(QStringLiteral("%1 has %2 bytes instead of %3.").arg(path).arg(box.contentSize()).arg(rule.size));
        return;
    }
    for (const auto &[begin, end] : rule.zeros) {
        if (!file.isZero(box.content + begin, box.content + end)) {
            findings.add(QStringLiteral("%1 holds a date or another value that has to be zero.").arg(path));
            return;
        }
    }
}

bool isRepeated(std::vector<std::uint32_t> &seen, const ScanBox &box, const QString &parent, Findings &findings)
{
    if (std::find(seen.begin(), seen.end(), box.type) != seen.end()) {
        findings.add(QStringLiteral("%1 has a second box “%2”.").arg(parent, codeText(box.type)));
        return true;
    }
    seen.push_back(box.type);
    return false;
}

void checkFree(ByteWindow &file, const ScanBox &box, Findings &findings)
{
    if (!file.isZero(box.content, box.end))
        findings.add(QStringLiteral("A box of free space is not empty."));
}

void reportUnknown(const ScanBox &box, const QString &parent, Findings &findings)
{
    findings.add(QStringLiteral("%1 has a box “%2” of %3 bytes, which an export does not have.")
                     .arg(parent, codeText(box.type))
                     .arg(box.end - box.begin));
}

ScanTrack scanTrack(ByteWindow &file, const ScanBox &trackBox, Findings &findings)
{
    ScanTrack track;
    const QString path = QStringLiteral("moov/trak");
    std::vector<std::uint32_t> seen;
    for (const ScanBox &box : boxesIn(file, trackBox.content, trackBox.end, path, findings)) {
        if (isRepeated(seen, box, path, findings))
            continue;
        switch (box.type) {
        case code("tkhd"):
            scanTrackHeader(file, box, track, findings);
            break;
        case code("edts"):
            scanEditList(file, box, track, findings);
            break;
        case code("mdia"):
            scanMedia(file, box, track, findings);
            break;
        default:
            reportUnknown(box, path, findings);
        }
    }
    return track;
}

} // namespace doorveil::encode
