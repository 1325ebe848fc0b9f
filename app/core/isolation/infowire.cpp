// SPDX-License-Identifier: GPL-3.0-or-later
// The serialised form of ClipInfo: bounded when written, checked field by field when read.
#include "isolation/protocol.h"
#include "isolation/wire.h"

#include <algorithm>
#include <limits>

namespace doorveil::isolation {

namespace {

constexpr std::size_t nameBytes = 256;
constexpr std::size_t valueBytes = 4096;
constexpr std::size_t maximumAudioStreams = 64;
constexpr std::size_t maximumOtherStreams = 1024;
constexpr std::size_t maximumTags = 4096;
constexpr std::size_t maximumAssumptions = 64;
constexpr std::size_t tagRoom = maximumInfoBytes / 4; ///< bytes after which no further tag is written
constexpr std::int64_t highestRatio = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t highestDuration = std::int64_t(1) << 53;

void write(WireWriter &writer, base::Rational ratio)
{
    writer.i64(ratio.numerator);
    writer.i64(ratio.denominator);
}

base::Rational readRatio(WireReader &reader, std::int64_t lowestNumerator)
{
    base::Rational ratio;
    ratio.numerator = reader.i64(lowestNumerator, highestRatio);
    ratio.denominator = reader.i64(1, highestRatio);
    return ratio;
}

void writePicture(WireWriter &writer, const base::ClipInfo &info)
{
    writer.i32(info.videoStreamIndex);
    writer.text(info.videoCodec, nameBytes);
    writer.i32(info.storedSize.width);
    writer.i32(info.storedSize.height);
    writer.i32(info.orientation.quarterTurns);
    writer.flag(info.orientation.mirrored);
    write(writer, info.sampleAspect);
    write(writer, info.timeBase);
    write(writer, info.averageFrameRate);
    writer.i32(static_cast<std::int32_t>(info.layout.chroma));
    writer.i32(info.layout.bitDepth);
    writer.i32(info.colour.primaries);
    writer.i32(info.colour.transfer);
    writer.i32(info.colour.matrix);
    writer.flag(info.colour.fullRange);
    writer.i32(info.colour.chromaLocation);
    writer.i32(static_cast<std::int32_t>(info.fieldOrder));
}

void readPicture(WireReader &reader, base::ClipInfo &info)
{
    info.videoStreamIndex = reader.i32(-1, 65535);
    info.videoCodec = reader.text(nameBytes);
    info.storedSize.width = reader.i32(0, maximumSide);
    info.storedSize.height = reader.i32(0, maximumSide);
    info.orientation.quarterTurns = reader.i32(0, 3);
    info.orientation.mirrored = reader.flag();
    info.sampleAspect = readRatio(reader, 1);
    info.timeBase = readRatio(reader, 1);
    info.averageFrameRate = readRatio(reader, 0);
    info.layout.chroma = base::ChromaLayout(reader.i32(0, 3));
    info.layout.bitDepth = reader.i32(8, 10);
    if (info.layout.bitDepth == 9)
        reader.fail();
    info.colour.primaries = reader.i32(0, 255);
    info.colour.transfer = reader.i32(0, 255);
    info.colour.matrix = reader.i32(0, 255);
    info.colour.fullRange = reader.flag();
    info.colour.chromaLocation = reader.i32(0, 6);
    info.fieldOrder = base::FieldOrder(reader.i32(0, 2));
}

void writeStreams(WireWriter &writer, const base::ClipInfo &info)
{
    const std::size_t audioCount = std::min(info.audioStreams.size(), maximumAudioStreams);
    writer.u32(std::uint32_t(audioCount));
    for (std::size_t index = 0; index < audioCount; ++index) {
        const base::AudioStreamInfo &stream = info.audioStreams[index];
        writer.i32(stream.streamIndex);
        writer.text(stream.codec, nameBytes);
        writer.i32(stream.sampleRate);
        writer.i32(stream.channels);
        writer.text(stream.language, nameBytes);
        writer.flag(stream.isDefault);
    }
    writer.i32(info.defaultAudioStream < int(audioCount) ? info.defaultAudioStream : -1);
    const std::size_t otherCount = std::min(info.otherStreams.size(), maximumOtherStreams);
    writer.u32(std::uint32_t(otherCount));
    for (std::size_t index = 0; index < otherCount; ++index) {
        const base::OtherStreamInfo &stream = info.otherStreams[index];
        writer.i32(stream.streamIndex);
        writer.text(stream.kind, nameBytes);
        writer.text(stream.codec, nameBytes);
    }
}

void readStreams(WireReader &reader, base::ClipInfo &info)
{
    const std::uint32_t audioCount = reader.u32(0, maximumAudioStreams);
    for (std::uint32_t index = 0; index < audioCount && !reader.failed(); ++index) {
        base::AudioStreamInfo stream;
        stream.streamIndex = reader.i32(0, 65535);
        stream.codec = reader.text(nameBytes);
        stream.sampleRate = reader.i32(0, 768'000);
        stream.channels = reader.i32(0, 64);
        stream.language = reader.text(nameBytes);
        stream.isDefault = reader.flag();
        info.audioStreams.push_back(stream);
    }
    info.defaultAudioStream = reader.i32(-1, std::int32_t(info.audioStreams.size()) - 1);
    const std::uint32_t otherCount = reader.u32(0, maximumOtherStreams);
    for (std::uint32_t index = 0; index < otherCount && !reader.failed(); ++index) {
        base::OtherStreamInfo stream;
        stream.streamIndex = reader.i32(0, 65535);
        stream.kind = reader.text(nameBytes);
        stream.codec = reader.text(nameBytes);
        info.otherStreams.push_back(stream);
    }
}

/// Tags fill what room there is; that some were left out is said among the assumptions.
bool writeTags(WireWriter &writer, const base::ClipInfo &info)
{
    WireWriter tags;
    std::uint32_t count = 0;
    for (const base::Tag &tag : info.tags) {
        if (count == maximumTags || std::size_t(tags.message().size()) > tagRoom)
            break;
        tags.text(tag.place, nameBytes);
        tags.text(tag.key, nameBytes);
        tags.text(tag.value, valueBytes);
        ++count;
    }
    writer.u32(count);
    writer.bytes(std::as_bytes(std::span(tags.message().constData(), std::size_t(tags.message().size()))));
    return count == info.tags.size();
}

void readTags(WireReader &reader, base::ClipInfo &info)
{
    const std::uint32_t count = reader.u32(0, maximumTags);
    for (std::uint32_t index = 0; index < count && !reader.failed(); ++index) {
        base::Tag tag;
        tag.place = reader.text(nameBytes);
        tag.key = reader.text(nameBytes);
        tag.value = reader.text(valueBytes);
        info.tags.push_back(tag);
    }
}

void writeAssumptions(WireWriter &writer, QStringList assumptions, bool allTags)
{
    if (!allTags)
        assumptions.prepend(QStringLiteral("the file holds more tags than are listed"));
    const auto count = std::min(std::size_t(assumptions.size()), maximumAssumptions);
    writer.u32(std::uint32_t(count));
    for (std::size_t index = 0; index < count; ++index)
        writer.text(assumptions.at(qsizetype(index)), valueBytes);
}

void readAssumptions(WireReader &reader, base::ClipInfo &info)
{
    const std::uint32_t count = reader.u32(0, maximumAssumptions);
    for (std::uint32_t index = 0; index < count && !reader.failed(); ++index)
        info.assumptions.append(reader.text(valueBytes));
}

} // namespace

std::vector<QByteArray> encodeInfo(const base::ClipInfo &info)
{
    WireWriter content;
    content.text(info.container, nameBytes);
    writePicture(content, info);
    content.i64(info.durationMilliseconds);
    content.i64(info.frameCountEstimate);
    writeStreams(content, info);
    const bool allTags = writeTags(content, info);
    writeAssumptions(content, info.assumptions, allTags);

    const QByteArray &all = content.message();
    std::vector<QByteArray> messages;
    qsizetype offset = 0;
    do {
        const qsizetype length = std::min(all.size() - offset, qsizetype(maximumPartBytes));
        WireWriter part;
        part.u32(static_cast<std::uint32_t>(MessageType::Info));
        part.u32(0);
        part.flag(offset + length == all.size());
        part.bytes(std::as_bytes(std::span(all.constData() + offset, std::size_t(length))));
        messages.push_back(part.message());
        offset += length;
    } while (offset < all.size());
    return messages;
}

std::optional<base::ClipInfo> decodeInfo(std::span<const std::byte> content, bool video)
{
    if (content.size() > maximumInfoBytes)
        return std::nullopt;
    WireReader reader(content);
    base::ClipInfo info;
    info.container = reader.text(nameBytes);
    readPicture(reader, info);
    info.durationMilliseconds = reader.i64(0, highestDuration);
    info.frameCountEstimate = reader.i64(0, highestDuration);
    readStreams(reader, info);
    readTags(reader, info);
    readAssumptions(reader, info);
    if (!reader.isComplete() || (video && frameBytes(info.storedSize, info.layout) == 0))
        return std::nullopt;
    return info;
}

} // namespace doorveil::isolation
