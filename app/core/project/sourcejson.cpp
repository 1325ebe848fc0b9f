// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/documentjson_p.h"
#include "project/documentrules.h"
#include "project/jsonreader_p.h"

#include <array>

namespace doorveil::project::internal {

namespace {

constexpr std::int64_t anyInt = std::numeric_limits<int>::max();

base::Error invalid(const QString &what)
{
    return {base::ErrorKind::Failure, QStringLiteral("%1 is not valid").arg(what)};
}

template<typename T> Read<T> finished(const JsonReader &reader, T value)
{
    if (base::Result<void> done = reader.finish(); !done)
        return done.error();
    return value;
}

template<typename Item, typename Function>
std::vector<Item> readItems(JsonReader &reader, const QString &key, Function &&function)
{
    std::vector<Item> items;
    for (const QJsonValue &value : reader.array(key, limits::listLength)) {
        Read<Item> item = function(value);
        if (!item) {
            reader.fail(key + QStringLiteral(": ") + item.error().message);
            return {};
        }
        items.push_back(std::move(*item));
    }
    return items;
}

int readInt(JsonReader &reader, const QString &key)
{
    return int(reader.integer(key, -anyInt, anyInt));
}

QJsonArray rationalJson(const base::Rational &rational)
{
    return {qint64(rational.numerator), qint64(rational.denominator)};
}

Read<base::Rational> readRational(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    const std::optional<std::int64_t> numerator = wholeNumber(array.at(0));
    const std::optional<std::int64_t> denominator = wholeNumber(array.at(1));
    if (array.size() != 2 || !numerator || !denominator)
        return invalid(QStringLiteral("a ratio"));
    return base::Rational{*numerator, *denominator};
}

QString text(base::ChromaLayout chroma)
{
    constexpr std::array<const char *, 4> words{"grey", "420", "422", "444"};
    return QString::fromLatin1(words.at(std::size_t(chroma)));
}

std::optional<base::ChromaLayout> chromaFromText(const QString &word)
{
    for (const base::ChromaLayout chroma : {base::ChromaLayout::Grey, base::ChromaLayout::Yuv420,
                                            base::ChromaLayout::Yuv422, base::ChromaLayout::Yuv444}) {
        if (word == text(chroma))
            return chroma;
    }
    return std::nullopt;
}

QString text(base::FieldOrder order)
{
    constexpr std::array<const char *, 3> words{"progressive", "top-first", "bottom-first"};
    return QString::fromLatin1(words.at(std::size_t(order)));
}

std::optional<base::FieldOrder> fieldOrderFromText(const QString &word)
{
    for (const base::FieldOrder order :
         {base::FieldOrder::Progressive, base::FieldOrder::TopFirst, base::FieldOrder::BottomFirst}) {
        if (word == text(order))
            return order;
    }
    return std::nullopt;
}

QJsonObject colourJson(const base::ColourInfo &colour)
{
    return {{QStringLiteral("primaries"), colour.primaries},
            {QStringLiteral("transfer"), colour.transfer},
            {QStringLiteral("matrix"), colour.matrix},
            {QStringLiteral("fullRange"), colour.fullRange},
            {QStringLiteral("chromaLocation"), colour.chromaLocation}};
}

Read<base::ColourInfo> readColour(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::ColourInfo colour;
    colour.primaries = readInt(reader, QStringLiteral("primaries"));
    colour.transfer = readInt(reader, QStringLiteral("transfer"));
    colour.matrix = readInt(reader, QStringLiteral("matrix"));
    colour.fullRange = reader.boolean(QStringLiteral("fullRange"));
    colour.chromaLocation = readInt(reader, QStringLiteral("chromaLocation"));
    return finished(reader, colour);
}

QJsonObject audioJson(const base::AudioStreamInfo &stream)
{
    return {{QStringLiteral("streamIndex"), stream.streamIndex}, {QStringLiteral("codec"), stream.codec},
            {QStringLiteral("sampleRate"), stream.sampleRate},   {QStringLiteral("channels"), stream.channels},
            {QStringLiteral("language"), stream.language},       {QStringLiteral("isDefault"), stream.isDefault}};
}

Read<base::AudioStreamInfo> readAudio(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::AudioStreamInfo stream;
    stream.streamIndex = readInt(reader, QStringLiteral("streamIndex"));
    stream.codec = reader.text(QStringLiteral("codec"), limits::textLength);
    stream.sampleRate = readInt(reader, QStringLiteral("sampleRate"));
    stream.channels = readInt(reader, QStringLiteral("channels"));
    stream.language = reader.text(QStringLiteral("language"), limits::textLength);
    stream.isDefault = reader.boolean(QStringLiteral("isDefault"));
    return finished(reader, std::move(stream));
}

QJsonObject otherStreamJson(const base::OtherStreamInfo &stream)
{
    return {{QStringLiteral("streamIndex"), stream.streamIndex},
            {QStringLiteral("kind"), stream.kind},
            {QStringLiteral("codec"), stream.codec}};
}

Read<base::OtherStreamInfo> readOtherStream(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::OtherStreamInfo stream;
    stream.streamIndex = readInt(reader, QStringLiteral("streamIndex"));
    stream.kind = reader.text(QStringLiteral("kind"), limits::textLength);
    stream.codec = reader.text(QStringLiteral("codec"), limits::textLength);
    return finished(reader, std::move(stream));
}

QJsonObject tagJson(const base::Tag &tag)
{
    return {
        {QStringLiteral("place"), tag.place}, {QStringLiteral("key"), tag.key}, {QStringLiteral("value"), tag.value}};
}

Read<base::Tag> readTag(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::Tag tag;
    tag.place = reader.text(QStringLiteral("place"), limits::textLength);
    tag.key = reader.text(QStringLiteral("key"), limits::textLength);
    tag.value = reader.text(QStringLiteral("value"), limits::textLength);
    return finished(reader, std::move(tag));
}

Read<QString> readSentence(const QJsonValue &value)
{
    if (!value.isString() || value.toString().size() > limits::textLength)
        return invalid(QStringLiteral("a sentence"));
    return value.toString();
}

template<typename Items, typename Function> QJsonArray itemsJson(const Items &items, Function &&function)
{
    QJsonArray array;
    for (const auto &item : items)
        array.append(function(item));
    return array;
}

QJsonObject clipInfoJson(const base::ClipInfo &info)
{
    return {{QStringLiteral("container"), info.container},
            {QStringLiteral("videoStreamIndex"), info.videoStreamIndex},
            {QStringLiteral("videoCodec"), info.videoCodec},
            {QStringLiteral("storedWidth"), info.storedSize.width},
            {QStringLiteral("storedHeight"), info.storedSize.height},
            {QStringLiteral("quarterTurns"), info.orientation.quarterTurns},
            {QStringLiteral("mirrored"), info.orientation.mirrored},
            {QStringLiteral("sampleAspect"), rationalJson(info.sampleAspect)},
            {QStringLiteral("timeBase"), rationalJson(info.timeBase)},
            {QStringLiteral("averageFrameRate"), rationalJson(info.averageFrameRate)},
            {QStringLiteral("chroma"), text(info.layout.chroma)},
            {QStringLiteral("bitDepth"), info.layout.bitDepth},
            {QStringLiteral("colour"), colourJson(info.colour)},
            {QStringLiteral("fieldOrder"), text(info.fieldOrder)},
            {QStringLiteral("durationMilliseconds"), qint64(info.durationMilliseconds)},
            {QStringLiteral("frameCountEstimate"), qint64(info.frameCountEstimate)},
            {QStringLiteral("audioStreams"), itemsJson(info.audioStreams, audioJson)},
            {QStringLiteral("defaultAudioStream"), info.defaultAudioStream},
            {QStringLiteral("otherStreams"), itemsJson(info.otherStreams, otherStreamJson)},
            {QStringLiteral("tags"), itemsJson(info.tags, tagJson)},
            {QStringLiteral("assumptions"), QJsonArray::fromStringList(info.assumptions)}};
}

void readPicture(JsonReader &reader, base::ClipInfo &info)
{
    info.storedSize.width = int(reader.integer(QStringLiteral("storedWidth"), 0, limits::coordinate));
    info.storedSize.height = int(reader.integer(QStringLiteral("storedHeight"), 0, limits::coordinate));
    info.orientation.quarterTurns = int(reader.integer(QStringLiteral("quarterTurns"), 0, 3));
    info.orientation.mirrored = reader.boolean(QStringLiteral("mirrored"));
    info.sampleAspect = reader.read<base::Rational>(QStringLiteral("sampleAspect"), readRational);
    info.timeBase = reader.read<base::Rational>(QStringLiteral("timeBase"), readRational);
    info.averageFrameRate = reader.read<base::Rational>(QStringLiteral("averageFrameRate"), readRational);
    info.layout.chroma = reader.word(QStringLiteral("chroma"), chromaFromText);
    info.layout.bitDepth = int(reader.integer(QStringLiteral("bitDepth"), 1, 16));
    info.colour = reader.read<base::ColourInfo>(QStringLiteral("colour"), readColour);
    info.fieldOrder = reader.word(QStringLiteral("fieldOrder"), fieldOrderFromText);
}

Read<base::ClipInfo> readClipInfo(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::ClipInfo info;
    info.container = reader.text(QStringLiteral("container"), limits::textLength);
    info.videoStreamIndex = readInt(reader, QStringLiteral("videoStreamIndex"));
    info.videoCodec = reader.text(QStringLiteral("videoCodec"), limits::textLength);
    readPicture(reader, info);
    constexpr std::int64_t anyNumber = std::numeric_limits<std::int64_t>::max();
    info.durationMilliseconds = reader.integer(QStringLiteral("durationMilliseconds"), -anyNumber, anyNumber);
    info.frameCountEstimate = reader.integer(QStringLiteral("frameCountEstimate"), -anyNumber, anyNumber);
    info.audioStreams = readItems<base::AudioStreamInfo>(reader, QStringLiteral("audioStreams"), readAudio);
    info.defaultAudioStream = readInt(reader, QStringLiteral("defaultAudioStream"));
    info.otherStreams = readItems<base::OtherStreamInfo>(reader, QStringLiteral("otherStreams"), readOtherStream);
    info.tags = readItems<base::Tag>(reader, QStringLiteral("tags"), readTag);
    for (const QString &sentence : readItems<QString>(reader, QStringLiteral("assumptions"), readSentence))
        info.assumptions.append(sentence);
    if (info.defaultAudioStream >= int(info.audioStreams.size()))
        reader.fail(QStringLiteral("defaultAudioStream"));
    return finished(reader, std::move(info));
}

} // namespace

QJsonObject sourceJson(const SourceRecord &source)
{
    const QJsonObject losses = frameRecordJson({{}, source.losses});
    return {{QStringLiteral("path"), source.path},
            {QStringLiteral("nativePath"), QString::fromLatin1(source.nativePath.toBase64())},
            {QStringLiteral("sha256"), source.sha256},
            {QStringLiteral("bytes"), qint64(source.bytes)},
            {QStringLiteral("info"), clipInfoJson(source.info)},
            {QStringLiteral("lost"), losses}};
}

Read<SourceRecord> readSource(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    SourceRecord source;
    source.path = reader.text(QStringLiteral("path"), limits::textLength);
    source.nativePath =
        reader.read<QByteArray>(QStringLiteral("nativePath"), [](const QJsonValue &encoded) -> Read<QByteArray> {
            const auto decoded =
                QByteArray::fromBase64Encoding(encoded.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
            if (!encoded.isString() || !decoded || decoded.decoded.size() > limits::textLength)
                return invalid(QStringLiteral("base64"));
            return decoded.decoded;
        });
    source.sha256 = reader.text(QStringLiteral("sha256"), 64);
    source.bytes = reader.integer(QStringLiteral("bytes"), 0, std::numeric_limits<std::int64_t>::max());
    source.info = reader.read<base::ClipInfo>(QStringLiteral("info"), readClipInfo);
    source.losses = reader.read<FrameRecord>(QStringLiteral("lost"), readFrameRecord).losses;
    return finished(reader, std::move(source));
}

} // namespace doorveil::project::internal
