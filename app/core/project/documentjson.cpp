// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/documentjson_p.h"

#include "project/documentrules.h"
#include "project/jsonreader_p.h"

namespace doorveil::project::internal {

namespace {

base::Error invalid(const QString &what)
{
    return {base::ErrorKind::Failure, QStringLiteral("%1 is not valid").arg(what)};
}

/// A list of exactly `count` whole numbers, from `first` on.
std::optional<std::vector<std::int64_t>> wholeNumbers(const QJsonArray &array, qsizetype first, qsizetype count)
{
    if (array.size() < first + count)
        return std::nullopt;
    std::vector<std::int64_t> numbers;
    for (qsizetype index = first; index < first + count; ++index) {
        const std::optional<std::int64_t> number = wholeNumber(array.at(index));
        if (!number)
            return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

bool areCoordinates(const std::vector<std::int64_t> &numbers, std::size_t first = 0)
{
    return std::all_of(numbers.begin() + std::ptrdiff_t(first), numbers.end(), [](std::int64_t number) {
        return number >= -limits::coordinate && number <= limits::coordinate;
    });
}

template<typename Items, typename Function> QJsonArray listJson(const Items &items, Function &&function)
{
    QJsonArray array;
    for (const auto &item : items)
        array.append(function(item));
    return array;
}

template<typename Item, typename Function>
Read<std::vector<Item>> readList(const QJsonValue &value, std::size_t longest, Function &&function)
{
    const QJsonArray array = value.toArray();
    if (!value.isArray() || std::size_t(array.size()) > longest)
        return invalid(QStringLiteral("a list"));
    std::vector<Item> items;
    items.reserve(std::size_t(array.size()));
    for (const QJsonValue &element : array) {
        Read<Item> item = function(element);
        if (!item)
            return item.error();
        items.push_back(std::move(*item));
    }
    return items;
}

/// The value where all of its members were there.
template<typename T> Read<T> finished(const JsonReader &reader, T value)
{
    if (base::Result<void> done = reader.finish(); !done)
        return done.error();
    return value;
}

QJsonObject detectorJson(const DetectorRecord &detector)
{
    return {{QStringLiteral("id"), detector.id},
            {QStringLiteral("version"), detector.version},
            {QStringLiteral("sha256"), detector.sha256},
            {QStringLiteral("kind"), detector.kind},
            {QStringLiteral("threshold"), detector.threshold},
            {QStringLiteral("aloneThreshold"), detector.aloneThreshold},
            {QStringLiteral("licence"), detector.licence}};
}

Read<DetectorRecord> readDetector(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    DetectorRecord detector;
    detector.id = reader.text(QStringLiteral("id"), limits::textLength);
    detector.version = reader.text(QStringLiteral("version"), limits::textLength);
    detector.sha256 = reader.text(QStringLiteral("sha256"), limits::textLength);
    detector.kind = reader.text(QStringLiteral("kind"), limits::textLength);
    detector.threshold = reader.number(QStringLiteral("threshold"));
    const QString alone = QStringLiteral("aloneThreshold"); // of projects that are older there is none
    detector.aloneThreshold = reader.has(alone) ? reader.number(alone) : detector.threshold;
    detector.licence = reader.text(QStringLiteral("licence"), limits::textLength);
    return finished(reader, std::move(detector));
}

QJsonValue lossJson(const base::Loss &loss)
{
    return QJsonArray{qint64(loss.pts), loss.reason};
}

Read<base::Loss> readLoss(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    const auto numbers = wholeNumbers(array, 0, 1);
    if (array.size() != 2 || !numbers || !array.at(1).isString() || array.at(1).toString().size() > limits::textLength)
        return invalid(QStringLiteral("a lost frame"));
    return base::Loss{numbers->front(), array.at(1).toString()};
}

QJsonValue frameJson(const base::FrameTime &frame)
{
    return QJsonArray{qint64(frame.pts), qint64(frame.duration), frame.damaged};
}

Read<base::FrameTime> readFrame(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    const auto numbers = wholeNumbers(array, 0, 2);
    if (array.size() != 3 || !numbers || !array.at(2).isBool())
        return invalid(QStringLiteral("a frame"));
    return base::FrameTime{numbers->at(0), numbers->at(1), array.at(2).toBool()};
}

} // namespace

QJsonArray rectangleJson(const base::Rectangle &rectangle)
{
    return {rectangle.x, rectangle.y, rectangle.width, rectangle.height};
}

Read<base::Rectangle> readRectangle(const QJsonValue &value)
{
    const auto numbers = wholeNumbers(value.toArray(), 0, 4);
    if (value.toArray().size() != 4 || !numbers || !areCoordinates(*numbers))
        return invalid(QStringLiteral("a rectangle"));
    return base::Rectangle{int(numbers->at(0)), int(numbers->at(1)), int(numbers->at(2)), int(numbers->at(3))};
}

QJsonArray rangeJson(const base::TimeRange &range)
{
    return {qint64(range.begin), qint64(range.end)};
}

Read<base::TimeRange> readRange(const QJsonValue &value)
{
    const auto numbers = wholeNumbers(value.toArray(), 0, 2);
    if (value.toArray().size() != 2 || !numbers)
        return invalid(QStringLiteral("a time range"));
    return base::TimeRange{numbers->at(0), numbers->at(1)};
}

QJsonArray rangesJson(const std::vector<base::TimeRange> &ranges)
{
    return listJson(ranges, rangeJson);
}

Read<std::vector<base::TimeRange>> readRanges(const QJsonValue &value)
{
    return readList<base::TimeRange>(value, limits::ranges, readRange);
}

QJsonArray observationJson(const base::Observation &observation)
{
    return {qint64(observation.pts),  observation.box.x,      observation.box.y,
            observation.box.width,    observation.box.height, base::toText(observation.origin),
            double(observation.score)};
}

Read<base::Observation> readObservation(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    const auto numbers = wholeNumbers(array, 0, 5);
    const std::optional<base::Origin> origin = base::originFromText(array.at(5).toString());
    if (array.size() != 7 || !numbers || !areCoordinates(*numbers, 1) || !origin || !array.at(6).isDouble())
        return invalid(QStringLiteral("a box"));
    const base::Rectangle box{int(numbers->at(1)), int(numbers->at(2)), int(numbers->at(3)), int(numbers->at(4))};
    base::Observation observation{numbers->front(), box, *origin, 0.0F};
    const double score = array.at(6).toDouble();
    if (!(score >= 0.0 && score <= 1.0)) // before the conversion: a float cannot hold every double
        return invalid(QStringLiteral("a box's score"));
    observation.score = float(score);
    return observation;
}

QJsonArray observationsJson(const std::vector<base::Observation> &observations)
{
    return listJson(observations, observationJson);
}

Read<std::vector<base::Observation>> readObservations(const QJsonValue &value)
{
    return readList<base::Observation>(value, limits::observations, readObservation);
}

QJsonObject decisionJson(const base::Decision &decision)
{
    return {{QStringLiteral("kind"), base::toText(decision.kind)},
            {QStringLiteral("reason"), base::toText(decision.reason)},
            {QStringLiteral("consent"), base::toText(decision.consent)}};
}

Read<base::Decision> readDecision(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::Decision decision;
    decision.kind = reader.word(QStringLiteral("kind"), base::decisionKindFromText);
    decision.reason = reader.word(QStringLiteral("reason"), base::showReasonFromText);
    decision.consent = reader.word(QStringLiteral("consent"), base::consentStatusFromText);
    return finished(reader, decision);
}

QJsonObject trackHeadJson(const base::Track &track)
{
    QJsonObject json{{QStringLiteral("id"), qint64(track.id)},
                     {QStringLiteral("kind"), base::toText(track.kind)},
                     {QStringLiteral("decision"), decisionJson(track.decision)},
                     {QStringLiteral("label"), track.label}};
    if (track.style)
        json.insert(QStringLiteral("style"), base::toText(*track.style));
    return json;
}

QJsonObject trackJson(const base::Track &track)
{
    QJsonObject json = trackHeadJson(track);
    json.insert(QStringLiteral("observations"), observationsJson(track.observations));
    return json;
}

namespace {

base::Track readHead(JsonReader &reader)
{
    base::Track track;
    track.id = reader.integer(QStringLiteral("id"), 1, limits::ticks);
    track.kind = reader.word(QStringLiteral("kind"), base::trackKindFromText);
    track.decision = reader.read<base::Decision>(QStringLiteral("decision"), readDecision);
    track.label = reader.text(QStringLiteral("label"), limits::labelLength);
    if (reader.has(QStringLiteral("style")))
        track.style = reader.word(QStringLiteral("style"), base::coverStyleFromText);
    return track;
}

} // namespace

Read<base::Track> readTrackHead(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::Track track = readHead(reader);
    return finished(reader, std::move(track));
}

Read<base::Track> readTrack(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    base::Track track = readHead(reader);
    track.observations = reader.read<std::vector<base::Observation>>(QStringLiteral("observations"), readObservations);
    return finished(reader, std::move(track));
}

QJsonObject zoneJson(const base::Zone &zone)
{
    QJsonObject json{{QStringLiteral("id"), qint64(zone.id)},
                     {QStringLiteral("polygon"), listJson(zone.polygon,
                                                          [](const base::Point &corner) {
                                                              return QJsonArray{corner.x, corner.y};
                                                          })},
                     {QStringLiteral("label"), zone.label}};
    if (zone.range)
        json.insert(QStringLiteral("range"), rangeJson(*zone.range));
    return json;
}

Read<base::Zone> readZone(const QJsonValue &value)
{
    const auto readCorner = [](const QJsonValue &corner) -> Read<base::Point> {
        const auto numbers = wholeNumbers(corner.toArray(), 0, 2);
        if (corner.toArray().size() != 2 || !numbers || !areCoordinates(*numbers))
            return invalid(QStringLiteral("a corner"));
        return base::Point{int(numbers->at(0)), int(numbers->at(1))};
    };
    JsonReader reader(value.toObject());
    base::Zone zone;
    zone.id = reader.integer(QStringLiteral("id"), 1, limits::ticks);
    zone.polygon = reader.read<base::Polygon>(QStringLiteral("polygon"), [&readCorner](const QJsonValue &corners) {
        return readList<base::Point>(corners, limits::corners, readCorner);
    });
    if (reader.has(QStringLiteral("range")))
        zone.range = reader.read<base::TimeRange>(QStringLiteral("range"), readRange);
    zone.label = reader.text(QStringLiteral("label"), limits::labelLength);
    return finished(reader, std::move(zone));
}

QJsonObject checkJson(const CheckItem &check)
{
    return {{QStringLiteral("id"), qint64(check.id)},          {QStringLiteral("kind"), check.kind},
            {QStringLiteral("track"), qint64(check.track)},    {QStringLiteral("pts"), qint64(check.pts)},
            {QStringLiteral("box"), rectangleJson(check.box)}, {QStringLiteral("settled"), check.settled}};
}

Read<CheckItem> readCheck(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    CheckItem check;
    check.id = reader.integer(QStringLiteral("id"), 1, limits::ticks);
    check.kind = reader.text(QStringLiteral("kind"), 64);
    check.track = reader.integer(QStringLiteral("track"), 0, limits::ticks);
    check.pts = reader.integer(QStringLiteral("pts"), -limits::ticks, limits::ticks);
    check.box = reader.read<base::Rectangle>(QStringLiteral("box"), readRectangle);
    check.settled = reader.boolean(QStringLiteral("settled"));
    return finished(reader, std::move(check));
}

QJsonObject settingsJson(const ClipSettings &settings)
{
    QJsonObject json{{QStringLiteral("style"), base::toText(settings.style)},
                     {QStringLiteral("scope"), base::toText(settings.scope)},
                     {QStringLiteral("keepAudio"), settings.keepAudio},
                     {QStringLiteral("mutedRanges"), rangesJson(settings.mutedRanges)},
                     {QStringLiteral("clockOffsetMilliseconds"), qint64(settings.clockOffsetMilliseconds)}};
    if (settings.trim)
        json.insert(QStringLiteral("trim"), rangeJson(*settings.trim));
    if (settings.recordedAt) {
        // A local time means another instant on another computer; with its offset it does not.
        const QDateTime &time = *settings.recordedAt;
        const QDateTime fixed = time.timeSpec() == Qt::UTC ? time : time.toOffsetFromUtc(time.offsetFromUtc());
        json.insert(QStringLiteral("recordedAt"), fixed.toString(Qt::ISODateWithMs));
    }
    return json;
}

Read<ClipSettings> readSettings(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    ClipSettings settings;
    settings.style = reader.word(QStringLiteral("style"), base::coverStyleFromText);
    settings.scope = reader.word(QStringLiteral("scope"), base::coverScopeFromText);
    settings.keepAudio = reader.boolean(QStringLiteral("keepAudio"));
    if (reader.has(QStringLiteral("trim")))
        settings.trim = reader.read<base::TimeRange>(QStringLiteral("trim"), readRange);
    settings.mutedRanges = reader.read<std::vector<base::TimeRange>>(QStringLiteral("mutedRanges"), readRanges);
    if (reader.has(QStringLiteral("recordedAt"))) {
        settings.recordedAt = QDateTime::fromString(reader.text(QStringLiteral("recordedAt"), 40), Qt::ISODateWithMs);
        if (!settings.recordedAt->isValid() || settings.recordedAt->timeSpec() == Qt::LocalTime)
            reader.fail(QStringLiteral("recordedAt"));
    }
    settings.clockOffsetMilliseconds =
        reader.integer(QStringLiteral("clockOffsetMilliseconds"), -limits::ticks, limits::ticks);
    return finished(reader, std::move(settings));
}

QJsonObject analysisJson(const AnalysisRecord &analysis)
{
    return {{QStringLiteral("done"), analysis.done},
            {QStringLiteral("basic"), analysis.basic},
            {QStringLiteral("detectors"), listJson(analysis.detectors, detectorJson)},
            {QStringLiteral("programVersion"), analysis.programVersion}};
}

Read<AnalysisRecord> readAnalysis(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    AnalysisRecord analysis;
    analysis.done = reader.boolean(QStringLiteral("done"));
    analysis.basic = reader.boolean(QStringLiteral("basic"));
    analysis.detectors =
        reader.read<std::vector<DetectorRecord>>(QStringLiteral("detectors"), [](const QJsonValue &detectors) {
            return readList<DetectorRecord>(detectors, limits::listLength, readDetector);
        });
    analysis.programVersion = reader.text(QStringLiteral("programVersion"), limits::textLength);
    return finished(reader, std::move(analysis));
}

QJsonObject frameRecordJson(const FrameRecord &record)
{
    return {{QStringLiteral("frames"), listJson(record.frames, frameJson)},
            {QStringLiteral("losses"), listJson(record.losses, lossJson)}};
}

namespace {

std::vector<base::Loss> readLosses(JsonReader &reader)
{
    return reader.read<std::vector<base::Loss>>(QStringLiteral("losses"), [](const QJsonValue &losses) {
        return readList<base::Loss>(losses, limits::losses, readLoss);
    });
}

} // namespace

Read<FrameRecord> readFrameRecord(const QJsonValue &value)
{
    JsonReader reader(value.toObject());
    FrameRecord record;
    record.frames = reader.read<std::vector<base::FrameTime>>(QStringLiteral("frames"), [](const QJsonValue &frames) {
        return readList<base::FrameTime>(frames, limits::frames, readFrame);
    });
    record.losses = readLosses(reader);
    return finished(reader, std::move(record));
}

} // namespace doorveil::project::internal
