// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/documentjson_p.h"
#include "project/documentrules.h"
#include "project/edit.h"
#include "project/jsonreader_p.h"

#include <map>

namespace doorveil::project {

using base::Result;

namespace {

using namespace internal; // the readers and writers of the parts
using GroupPointer = std::shared_ptr<const EditGroup>;

constexpr int deepestGroup = 32; ///< an inverse may be a few levels deeper than what apply() takes
constexpr std::size_t largestGroup = 1'000'000;

// The member names of more than one operation.
const QString trackKey = QStringLiteral("track");
const QString ptsKey = QStringLiteral("pts");
const QString rangeKey = QStringLiteral("range");
const QString checkKey = QStringLiteral("check");
const QString zoneKey = QStringLiteral("zone");
const QString observationsKey = QStringLiteral("observations");

/// The members of each operation but "op".
struct Writer
{
    QJsonObject operator()(const AddTrack &edit) const { return {{trackKey, trackJson(edit.track)}}; }
    QJsonObject operator()(const RemoveTrack &edit) const { return {{trackKey, qint64(edit.track)}}; }
    QJsonObject operator()(const MoveObservation &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {QStringLiteral("observation"), observationJson(edit.observation)}};
    }
    QJsonObject operator()(const RemoveObservation &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {ptsKey, qint64(edit.pts)}};
    }
    QJsonObject operator()(const ReplaceObservations &edit) const
    {
        return {{trackKey, qint64(edit.track)},
                {rangeKey, rangeJson(edit.range)},
                {observationsKey, observationsJson(edit.observations)}};
    }
    QJsonObject operator()(const SplitTrack &edit) const
    {
        return {{trackKey, qint64(edit.track)},
                {ptsKey, qint64(edit.pts)},
                {QStringLiteral("newTrack"), qint64(edit.newTrack)}};
    }
    QJsonObject operator()(const MergeTracks &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {QStringLiteral("merged"), qint64(edit.merged)}};
    }
    QJsonObject operator()(const SetKind &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {QStringLiteral("kind"), base::toText(edit.kind)}};
    }
    QJsonObject operator()(const SetLabel &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {QStringLiteral("label"), edit.label}};
    }
    QJsonObject operator()(const SetDecision &edit) const
    {
        return {{trackKey, qint64(edit.track)}, {QStringLiteral("decision"), decisionJson(edit.decision)}};
    }
    QJsonObject operator()(const SetTrackStyle &edit) const
    {
        QJsonObject json{{trackKey, qint64(edit.track)}};
        if (edit.style)
            json.insert(QStringLiteral("style"), base::toText(*edit.style));
        return json;
    }
    QJsonObject operator()(const AddZone &edit) const { return {{zoneKey, zoneJson(edit.zone)}}; }
    QJsonObject operator()(const RemoveZone &edit) const { return {{zoneKey, qint64(edit.zone)}}; }
    QJsonObject operator()(const ChangeZone &edit) const { return {{zoneKey, zoneJson(edit.zone)}}; }
    QJsonObject operator()(const SetTrim &edit) const
    {
        return edit.trim ? QJsonObject{{rangeKey, rangeJson(*edit.trim)}} : QJsonObject{};
    }
    QJsonObject operator()(const MuteRange &edit) const { return {{rangeKey, rangeJson(edit.range)}}; }
    QJsonObject operator()(const UnmuteRange &edit) const { return {{rangeKey, rangeJson(edit.range)}}; }
    QJsonObject operator()(const SetClipSettings &edit) const
    {
        return {{QStringLiteral("settings"), settingsJson(edit.settings)}};
    }
    QJsonObject operator()(const AddCheck &edit) const { return {{checkKey, checkJson(edit.check)}}; }
    QJsonObject operator()(const RemoveCheck &edit) const { return {{checkKey, qint64(edit.check)}}; }
    QJsonObject operator()(const ChangeCheck &edit) const { return {{checkKey, checkJson(edit.check)}}; }
    QJsonObject operator()(const SettleCheck &edit) const
    {
        return {{checkKey, qint64(edit.check)}, {QStringLiteral("settled"), edit.settled}};
    }
    QJsonObject operator()(const SetWatched &edit) const
    {
        return {{QStringLiteral("watched"), rangesJson(edit.watched)}};
    }
    QJsonObject operator()(const SetReviewed &edit) const { return {{QStringLiteral("reviewed"), edit.reviewed}}; }
    QJsonObject operator()(const RelinkSource &edit) const
    {
        return {{QStringLiteral("path"), edit.path},
                {QStringLiteral("nativePath"), QString::fromLatin1(edit.nativePath.toBase64())},
                {QStringLiteral("sha256"), edit.sha256}};
    }
    QJsonObject operator()(const SetAnalysis &edit) const
    {
        QJsonArray tracks;
        for (const base::Track &track : edit.tracks)
            tracks.append(trackJson(track));
        QJsonArray checks;
        for (const CheckItem &check : edit.checks)
            checks.append(checkJson(check));
        QJsonObject json{{QStringLiteral("analysis"), analysisJson(edit.analysis)},
                         {QStringLiteral("tracks"), tracks},
                         {QStringLiteral("checks"), checks}};
        if (edit.frames)
            json.insert(QStringLiteral("frames"), frameRecordJson(*edit.frames));
        return json;
    }
    QJsonObject operator()(const GroupPointer &group) const
    {
        QJsonArray edits;
        if (group) {
            for (const Edit &edit : group->edits)
                edits.append(toJson(edit));
        }
        return {{QStringLiteral("name"), group ? group->name : QString()}, {QStringLiteral("edits"), edits}};
    }
};

QString operationName(const Edit &edit)
{
    return std::holds_alternative<GroupPointer>(edit) ? QStringLiteral("EditGroup") : editName(edit);
}

std::int64_t readId(JsonReader &reader, const QString &key)
{
    return reader.integer(key, 1, limits::ticks);
}

std::int64_t readTicks(JsonReader &reader, const QString &key)
{
    return reader.integer(key, -limits::ticks, limits::ticks);
}

template<typename Item, typename Function>
std::vector<Item> readItems(JsonReader &reader, const QString &key, std::size_t longest, Function &&function)
{
    std::vector<Item> items;
    for (const QJsonValue &value : reader.array(key, longest)) {
        Read<Item> item = function(value);
        if (!item) {
            reader.fail(key + QStringLiteral(": ") + item.error().message);
            return {};
        }
        items.push_back(std::move(*item));
    }
    return items;
}

Edit readRelink(JsonReader &reader)
{
    RelinkSource edit;
    edit.path = reader.text(QStringLiteral("path"), limits::textLength);
    edit.nativePath =
        QByteArray::fromBase64(reader.text(QStringLiteral("nativePath"), 2 * limits::textLength).toLatin1());
    edit.sha256 = reader.text(QStringLiteral("sha256"), 64);
    return edit;
}

Edit readSetAnalysis(JsonReader &reader)
{
    SetAnalysis edit;
    edit.analysis = reader.read<AnalysisRecord>(QStringLiteral("analysis"), readAnalysis);
    edit.tracks = readItems<base::Track>(reader, QStringLiteral("tracks"), limits::tracks, readTrack);
    edit.checks = readItems<CheckItem>(reader, QStringLiteral("checks"), limits::checks, readCheck);
    if (reader.has(QStringLiteral("frames")))
        edit.frames = reader.read<FrameRecord>(QStringLiteral("frames"), readFrameRecord);
    return edit;
}

Edit readSetTrackStyle(JsonReader &reader)
{
    SetTrackStyle edit{readId(reader, trackKey), std::nullopt};
    if (reader.has(QStringLiteral("style")))
        edit.style = reader.word(QStringLiteral("style"), base::coverStyleFromText);
    return edit;
}

Edit readSetTrim(JsonReader &reader)
{
    SetTrim edit;
    if (reader.has(rangeKey))
        edit.trim = reader.read<base::TimeRange>(rangeKey, readRange);
    return edit;
}

using ReadEdit = Edit (*)(JsonReader &);

// Members of a braced list are evaluated in order.
const std::map<QString, ReadEdit> &trackReaders()
{
    static const std::map<QString, ReadEdit> readers{
        {QStringLiteral("AddTrack"),
         [](JsonReader &reader) -> Edit { return AddTrack{reader.read<base::Track>(trackKey, readTrack)}; }},
        {QStringLiteral("RemoveTrack"),
         [](JsonReader &reader) -> Edit { return RemoveTrack{readId(reader, trackKey)}; }},
        {QStringLiteral("MoveObservation"),
         [](JsonReader &reader) -> Edit {
             return MoveObservation{readId(reader, trackKey),
                                    reader.read<base::Observation>(QStringLiteral("observation"), readObservation)};
         }},
        {QStringLiteral("RemoveObservation"),
         [](JsonReader &reader) -> Edit {
             return RemoveObservation{readId(reader, trackKey), readTicks(reader, ptsKey)};
         }},
        {QStringLiteral("ReplaceObservations"),
         [](JsonReader &reader) -> Edit {
             return ReplaceObservations{readId(reader, trackKey), reader.read<base::TimeRange>(rangeKey, readRange),
                                        reader.read<std::vector<base::Observation>>(observationsKey, readObservations)};
         }},
        {QStringLiteral("SplitTrack"),
         [](JsonReader &reader) -> Edit {
             return SplitTrack{readId(reader, trackKey), readTicks(reader, ptsKey),
                               readId(reader, QStringLiteral("newTrack"))};
         }},
        {QStringLiteral("MergeTracks"),
         [](JsonReader &reader) -> Edit {
             return MergeTracks{readId(reader, trackKey), readId(reader, QStringLiteral("merged"))};
         }},
        {QStringLiteral("SetKind"),
         [](JsonReader &reader) -> Edit {
             return SetKind{readId(reader, trackKey), reader.word(QStringLiteral("kind"), base::trackKindFromText)};
         }},
        {QStringLiteral("SetLabel"),
         [](JsonReader &reader) -> Edit {
             return SetLabel{readId(reader, trackKey), reader.text(QStringLiteral("label"), limits::labelLength)};
         }},
        {QStringLiteral("SetDecision"),
         [](JsonReader &reader) -> Edit {
             return SetDecision{readId(reader, trackKey),
                                reader.read<base::Decision>(QStringLiteral("decision"), readDecision)};
         }},
        {QStringLiteral("SetTrackStyle"), readSetTrackStyle},
    };
    return readers;
}

const std::map<QString, ReadEdit> &clipReaders()
{
    static const std::map<QString, ReadEdit> readers{
        {QStringLiteral("AddZone"),
         [](JsonReader &reader) -> Edit { return AddZone{reader.read<base::Zone>(zoneKey, readZone)}; }},
        {QStringLiteral("RemoveZone"), [](JsonReader &reader) -> Edit { return RemoveZone{readId(reader, zoneKey)}; }},
        {QStringLiteral("ChangeZone"),
         [](JsonReader &reader) -> Edit { return ChangeZone{reader.read<base::Zone>(zoneKey, readZone)}; }},
        {QStringLiteral("SetTrim"), readSetTrim},
        {QStringLiteral("MuteRange"),
         [](JsonReader &reader) -> Edit { return MuteRange{reader.read<base::TimeRange>(rangeKey, readRange)}; }},
        {QStringLiteral("UnmuteRange"),
         [](JsonReader &reader) -> Edit { return UnmuteRange{reader.read<base::TimeRange>(rangeKey, readRange)}; }},
        {QStringLiteral("SetClipSettings"),
         [](JsonReader &reader) -> Edit {
             return SetClipSettings{reader.read<ClipSettings>(QStringLiteral("settings"), readSettings)};
         }},
        {QStringLiteral("AddCheck"),
         [](JsonReader &reader) -> Edit { return AddCheck{reader.read<CheckItem>(checkKey, readCheck)}; }},
        {QStringLiteral("RemoveCheck"),
         [](JsonReader &reader) -> Edit { return RemoveCheck{readId(reader, checkKey)}; }},
        {QStringLiteral("ChangeCheck"),
         [](JsonReader &reader) -> Edit { return ChangeCheck{reader.read<CheckItem>(checkKey, readCheck)}; }},
        {QStringLiteral("SettleCheck"),
         [](JsonReader &reader) -> Edit {
             return SettleCheck{readId(reader, checkKey), reader.boolean(QStringLiteral("settled"))};
         }},
        {QStringLiteral("SetWatched"),
         [](JsonReader &reader) -> Edit {
             return SetWatched{reader.read<std::vector<base::TimeRange>>(QStringLiteral("watched"), readRanges)};
         }},
        {QStringLiteral("SetReviewed"),
         [](JsonReader &reader) -> Edit { return SetReviewed{reader.boolean(QStringLiteral("reviewed"))}; }},
        {QStringLiteral("RelinkSource"), readRelink},
        {QStringLiteral("SetAnalysis"), readSetAnalysis},
    };
    return readers;
}

base::Error invalidEdit(const QString &reason)
{
    return {base::ErrorKind::Failure, QStringLiteral("this is no valid edit: %1").arg(reason)};
}

Result<Edit> readEdit(const QJsonObject &json, int depth);

Result<Edit> readGroup(JsonReader &reader, int depth)
{
    if (depth > deepestGroup)
        return invalidEdit(QStringLiteral("groups are nested too deeply"));
    EditGroup group;
    group.name = reader.text(QStringLiteral("name"), limits::labelLength);
    for (const QJsonValue &value : reader.array(QStringLiteral("edits"), largestGroup)) {
        Result<Edit> edit = readEdit(value.toObject(), depth);
        if (!edit)
            return edit;
        group.edits.push_back(std::move(*edit));
    }
    if (Result<void> done = reader.finish(); !done)
        return invalidEdit(done.error().message);
    return Edit(std::make_shared<const EditGroup>(std::move(group)));
}

Result<Edit> readEdit(const QJsonObject &json, int depth)
{
    JsonReader reader(json);
    const QString operation = reader.text(QStringLiteral("op"), 64);
    if (operation == QStringLiteral("EditGroup"))
        return readGroup(reader, depth + 1);
    for (const std::map<QString, ReadEdit> *readers : {&trackReaders(), &clipReaders()}) {
        const auto found = readers->find(operation);
        if (found == readers->end())
            continue;
        Edit edit = found->second(reader);
        if (Result<void> done = reader.finish(); !done)
            return invalidEdit(done.error().message);
        return edit;
    }
    return invalidEdit(QStringLiteral("there is no operation \"%1\"").arg(operation));
}

} // namespace

QJsonObject toJson(const Edit &edit)
{
    QJsonObject json = std::visit(Writer{}, edit);
    json.insert(QStringLiteral("op"), operationName(edit));
    return json;
}

Result<Edit> editFromJson(const QJsonObject &json)
{
    return readEdit(json, 0);
}

} // namespace doorveil::project
