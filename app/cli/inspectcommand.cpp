// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/inspectcommand.h"

#include "base/mediatime.h"
#include "cli/jsonlines.h"
#include "pipeline/jobs.h"

#include <QJsonArray>

namespace doorveil::cli {

namespace {

QString ratio(base::Rational value)
{
    return QStringLiteral("%1/%2").arg(value.numerator).arg(value.denominator);
}

QString fieldOrderText(base::FieldOrder order)
{
    switch (order) {
    case base::FieldOrder::TopFirst:
        return QStringLiteral("interlaced-top-first");
    case base::FieldOrder::BottomFirst:
        return QStringLiteral("interlaced-bottom-first");
    case base::FieldOrder::Progressive:
        break;
    }
    return QStringLiteral("progressive");
}

QJsonObject videoObject(const base::ClipInfo &info)
{
    const base::Size size = info.displayedSize();
    return {{QStringLiteral("stream"), info.videoStreamIndex},
            {QStringLiteral("codec"), info.videoCodec},
            {QStringLiteral("width"), size.width},
            {QStringLiteral("height"), size.height},
            {QStringLiteral("stored_width"), info.storedSize.width},
            {QStringLiteral("stored_height"), info.storedSize.height},
            {QStringLiteral("rotation"), info.orientation.degreesClockwise()},
            {QStringLiteral("mirrored"), info.orientation.mirrored},
            {QStringLiteral("sample_aspect"), ratio(info.sampleAspect)},
            {QStringLiteral("time_base"), ratio(info.timeBase)},
            {QStringLiteral("average_frame_rate"), ratio(info.averageFrameRate)},
            {QStringLiteral("frames_estimate"), qint64(info.frameCountEstimate)},
            {QStringLiteral("bit_depth"), info.layout.bitDepth},
            {QStringLiteral("full_range"), info.colour.fullRange},
            {QStringLiteral("colour_matrix"), info.colour.matrix},
            {QStringLiteral("field_order"), fieldOrderText(info.fieldOrder)}};
}

QJsonArray audioArray(const base::ClipInfo &info)
{
    QJsonArray streams;
    for (const base::AudioStreamInfo &stream : info.audioStreams)
        streams.append(QJsonObject{{QStringLiteral("stream"), stream.streamIndex},
                                   {QStringLiteral("codec"), stream.codec},
                                   {QStringLiteral("sample_rate"), stream.sampleRate},
                                   {QStringLiteral("channels"), stream.channels},
                                   {QStringLiteral("language"), stream.language},
                                   {QStringLiteral("default"), stream.isDefault}});
    return streams;
}

QJsonArray otherArray(const base::ClipInfo &info)
{
    QJsonArray streams;
    for (const base::OtherStreamInfo &stream : info.otherStreams)
        streams.append(QJsonObject{{QStringLiteral("stream"), stream.streamIndex},
                                   {QStringLiteral("kind"), stream.kind},
                                   {QStringLiteral("codec"), stream.codec}});
    return streams;
}

QJsonObject inspectObject(const project::SourceRecord &source)
{
    const base::ClipInfo &info = source.info;
    QJsonArray tags;
    for (const base::Tag &tag : info.tags)
        tags.append(QJsonObject{{QStringLiteral("place"), tag.place},
                                {QStringLiteral("key"), tag.key},
                                {QStringLiteral("value"), tag.value}});
    QJsonArray assumptions;
    for (const QString &assumption : info.assumptions)
        assumptions.append(assumption);
    return {{QStringLiteral("clip"), source.path},
            {QStringLiteral("sha256"), source.sha256},
            {QStringLiteral("bytes"), qint64(source.bytes)},
            {QStringLiteral("container"), info.container},
            {QStringLiteral("duration_ms"), qint64(info.durationMilliseconds)},
            {QStringLiteral("video"), videoObject(info)},
            {QStringLiteral("audio"), audioArray(info)},
            {QStringLiteral("other"), otherArray(info)},
            {QStringLiteral("tags"), tags},
            {QStringLiteral("assumptions"), assumptions}};
}

/// Tags come from an untrusted file: a terminal must not obey what is in them.
QString printable(const QString &text)
{
    QString safe;
    for (const QChar character : text)
        safe += character.isPrint() ? QString(character)
                                    : QStringLiteral("\\x%1").arg(character.unicode(), 2, 16, QLatin1Char('0'));
    return safe;
}

void printVideo(Context &context, const base::ClipInfo &info)
{
    const base::Size size = info.displayedSize();
    print(context, QStringLiteral("Video:      stream %1, %2, %3 × %4, %5 bit, %6")
                       .arg(info.videoStreamIndex)
                       .arg(info.videoCodec)
                       .arg(size.width)
                       .arg(size.height)
                       .arg(info.layout.bitDepth)
                       .arg(fieldOrderText(info.fieldOrder)));
    print(context, QStringLiteral("Rotation:   %1° clockwise%2")
                       .arg(info.orientation.degreesClockwise())
                       .arg(info.orientation.mirrored ? QStringLiteral(", mirrored") : QString()));
    if (info.sampleAspect != base::Rational{1, 1})
        print(context, QStringLiteral("Pixels:     %1 wide to high").arg(ratio(info.sampleAspect)));
    QString timing = QStringLiteral("Timing:     time base %1").arg(ratio(info.timeBase));
    if (info.averageFrameRate.isPositive())
        timing += QStringLiteral(", about %1 frames/s").arg(info.averageFrameRate.toDouble(), 0, 'f', 2);
    if (info.frameCountEstimate > 0)
        timing += QStringLiteral(", about %1 frames").arg(info.frameCountEstimate);
    print(context, timing);
}

void printStreams(Context &context, const base::ClipInfo &info)
{
    if (info.audioStreams.empty())
        print(context, QStringLiteral("Sound:      none"));
    for (const base::AudioStreamInfo &stream : info.audioStreams)
        print(context,
              QStringLiteral("Sound:      stream %1, %2, %3 Hz, %4 channels%5%6")
                  .arg(stream.streamIndex)
                  .arg(stream.codec)
                  .arg(stream.sampleRate)
                  .arg(stream.channels)
                  .arg(stream.language.isEmpty() ? QString() : QStringLiteral(", ") + printable(stream.language),
                       stream.isDefault ? QStringLiteral(", default") : QString()));
    for (const base::OtherStreamInfo &stream : info.otherStreams)
        print(context, QStringLiteral("Left out:   stream %1, %2, %3 (never exported)")
                           .arg(stream.streamIndex)
                           .arg(stream.kind, printable(stream.codec)));
}

} // namespace

QString InspectCommand::description() const
{
    return QStringLiteral("Shows what is in a clip: streams, rotation, timing, tags that identify");
}

QString InspectCommand::synopsis() const
{
    return QStringLiteral("CLIP [--json]");
}

std::vector<Option> InspectCommand::options() const
{
    return {{"json", {}, QStringLiteral("one JSON object on stdout instead of text")}};
}

base::Result<int> InspectCommand::run(Context &context, const Arguments &arguments)
{
    if (arguments.positional().size() != 1)
        return usageError(QStringLiteral("one clip is needed"));
    const auto clip = pipeline::importClip(arguments.positional().front(), context.cancel);
    if (!clip)
        return clip.error();
    const project::SourceRecord &source = clip->source;
    if (arguments.has("json")) {
        printJson(context, inspectObject(source));
        return exitDone;
    }
    print(context, QStringLiteral("Clip:       %1").arg(source.path));
    print(context, QStringLiteral("SHA-256:    %1").arg(source.sha256));
    print(context, QStringLiteral("Size:       %1 bytes").arg(source.bytes));
    print(context, QStringLiteral("Container:  %1").arg(source.info.container));
    print(context,
          QStringLiteral("Length:     %1")
              .arg(source.info.durationMilliseconds > 0 ? base::formatMilliseconds(source.info.durationMilliseconds)
                                                        : QStringLiteral("not stated")));
    printVideo(context, source.info);
    printStreams(context, source.info);
    for (const QString &assumption : source.info.assumptions)
        print(context, QStringLiteral("Assumed:    %1").arg(assumption));
    for (const base::Tag &tag : source.info.tags)
        print(context,
              QStringLiteral("Tag:        %1: %2 = %3").arg(tag.place, printable(tag.key), printable(tag.value)));
    return exitDone;
}

} // namespace doorveil::cli
