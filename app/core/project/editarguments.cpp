// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/editarguments.h"

#include "base/file.h"
#include "project/argumentreader_p.h"
#include "project/documentrules.h"

#include <QDateTime>
#include <QFile>

#include <algorithm>

namespace doorveil::project {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

using internal::ArgumentReader;
using Build = Result<Edit> (*)(ArgumentReader &);

/// An operation with the function that makes its edit.
struct Entry
{
    EditOperation operation;
    Build build = nullptr;
};

Error usage(const QString &message)
{
    return {ErrorKind::Usage, message};
}

EditArgument required(const char *key, const QString &type, const char *help)
{
    return {QString::fromLatin1(key), type, true, QString::fromUtf8(help)};
}

EditArgument optional(const char *key, const QString &type, const char *help)
{
    return {QString::fromLatin1(key), type, false, QString::fromUtf8(help)};
}

const QString idType = QStringLiteral("number");
const QString timeType = QStringLiteral("time");
const QString boxType = QStringLiteral("x,y,w,h");
const QString textType = QStringLiteral("text");
const QString yesNoType = QStringLiteral("yes|no");

EditArgument trackArgument()
{
    return required("track", idType, "the track's id");
}

std::vector<EditArgument> rangeArguments(const char *what)
{
    return {optional("from", timeType, what),
            optional("to", timeType, "the end, itself not in it; without it the clip's")};
}

/// Boxes the owner drew: the same in every frame of the range.
std::vector<base::Observation> drawn(const ReviewDocument &document, const base::TimeRange &range,
                                     const base::Rectangle &box)
{
    std::vector<base::Observation> boxes;
    for (const base::FrameTime &frame : document.source.frames) {
        if (range.contains(frame.pts))
            boxes.push_back({frame.pts, box, base::Origin::Manual, 0.0F});
    }
    return boxes;
}

Result<Edit> addTrack(ArgumentReader &reader)
{
    base::Track track;
    track.id = nextTrackId(reader.document());
    track.kind = reader.word("kind", base::trackKindFromText, internal::kindWords());
    track.label = reader.text("label");
    track.observations = drawn(reader.document(), reader.frameRange(), reader.box("box"));
    if (track.observations.empty() && !reader.problem())
        return usage(QStringLiteral("no frame is shown between from and to"));
    return Edit(AddTrack{track});
}

Result<Edit> removeTrack(ArgumentReader &reader)
{
    return Edit(RemoveTrack{reader.id("track")});
}

Result<Edit> moveObservation(ArgumentReader &reader)
{
    return Edit(
        MoveObservation{reader.id("track"), {reader.frame("at"), reader.box("box"), base::Origin::Manual, 0.0F}});
}

Result<Edit> removeObservation(ArgumentReader &reader)
{
    return Edit(RemoveObservation{reader.id("track"), reader.frame("at")});
}

Result<Edit> replaceObservations(ArgumentReader &reader)
{
    ReplaceObservations edit{reader.id("track"), reader.frameRange(), {}};
    if (reader.has("box"))
        edit.observations = drawn(reader.document(), edit.range, reader.box("box"));
    return Edit(edit);
}

Result<Edit> splitTrack(ArgumentReader &reader)
{
    return Edit(SplitTrack{reader.id("track"), reader.boundary("at"),
                           reader.has("newTrack") ? reader.id("newTrack") : nextTrackId(reader.document())});
}

Result<Edit> mergeTracks(ArgumentReader &reader)
{
    return Edit(MergeTracks{reader.id("track"), reader.id("merged")});
}

Result<Edit> setKind(ArgumentReader &reader)
{
    return Edit(SetKind{reader.id("track"), reader.word("kind", base::trackKindFromText, internal::kindWords())});
}

Result<Edit> setLabel(ArgumentReader &reader)
{
    return Edit(SetLabel{reader.id("track"), reader.text("label")});
}

Result<Edit> setDecision(ArgumentReader &reader)
{
    SetDecision edit{reader.id("track"), {}};
    edit.decision.kind = reader.word("decision", base::decisionKindFromText, internal::decisionWords());
    const bool show = edit.decision.kind == base::DecisionKind::Show;
    for (const char *key : {"reason", "consent"}) {
        if (show && !reader.has(key) && !reader.problem())
            return usage(QStringLiteral("showing somebody needs reason=%1 and consent=%2")
                             .arg(internal::reasonWords(), internal::consentWords()));
        if (!show && reader.has(key))
            reader.fail(key, QStringLiteral("goes with decision=show only"));
    }
    if (show) {
        edit.decision.reason = reader.word("reason", base::showReasonFromText, internal::reasonWords());
        edit.decision.consent = reader.word("consent", base::consentStatusFromText, internal::consentWords());
    }
    return Edit(edit);
}

Result<Edit> setTrackStyle(ArgumentReader &reader)
{
    SetTrackStyle edit{reader.id("track"), std::nullopt};
    if (reader.text("style") != QStringLiteral("clip"))
        edit.style = reader.word("style", base::coverStyleFromText, internal::styleWords() + QStringLiteral("|clip"));
    return Edit(edit);
}

base::Polygon cornersOf(ArgumentReader &reader)
{
    if (reader.has("polygon"))
        return reader.polygon("polygon");
    const base::Rectangle box = reader.box("box");
    return {{box.x, box.y}, {box.right(), box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()}};
}

Result<void> checkCorners(const ArgumentReader &reader, bool needed)
{
    if (reader.has("polygon") && reader.has("box"))
        return usage(QStringLiteral("a zone has either polygon= or box="));
    if (needed && !reader.has("polygon") && !reader.has("box"))
        return usage(QStringLiteral("a zone needs polygon=\"x,y x,y x,y\" or box=x,y,w,h"));
    return {};
}

Result<Edit> addZone(ArgumentReader &reader)
{
    if (Result<void> corners = checkCorners(reader, true); !corners)
        return corners.error();
    base::Zone zone{nextZoneId(reader.document()), cornersOf(reader), std::nullopt, reader.text("label")};
    if (reader.has("from") || reader.has("to"))
        zone.range = reader.frameRange();
    return Edit(AddZone{zone});
}

Result<Edit> removeZone(ArgumentReader &reader)
{
    return Edit(RemoveZone{reader.id("zone")});
}

Result<Edit> changeZone(ArgumentReader &reader)
{
    if (Result<void> corners = checkCorners(reader, false); !corners)
        return corners.error();
    const std::int64_t id = reader.id("zone");
    const base::Zone *before = findZone(reader.document(), id);
    if (before == nullptr)
        return usage(QStringLiteral("there is no zone %1").arg(id));
    base::Zone zone = *before;
    if (reader.has("polygon") || reader.has("box"))
        zone.polygon = cornersOf(reader);
    if (reader.has("label"))
        zone.label = reader.text("label");
    const bool whole = reader.has("whole") && reader.yesOrNo("whole");
    if (whole && (reader.has("from") || reader.has("to")))
        return usage(QStringLiteral("whole=yes goes without from= and to="));
    if (whole)
        zone.range.reset();
    else if (reader.has("from") || reader.has("to"))
        zone.range = reader.frameRange();
    return Edit(ChangeZone{zone});
}

Result<Edit> setTrim(ArgumentReader &reader)
{
    const bool whole = reader.has("whole") && reader.yesOrNo("whole");
    const bool ends = reader.has("from") || reader.has("to");
    if (whole == ends && !reader.problem())
        return usage(QStringLiteral("give from= or to= (or both), or whole=yes to keep the whole clip"));
    return Edit(whole ? SetTrim{} : SetTrim{reader.frameRange()});
}

Result<Edit> muteRange(ArgumentReader &reader)
{
    return Edit(MuteRange{reader.exactRange()});
}

Result<Edit> unmuteRange(ArgumentReader &reader)
{
    return Edit(UnmuteRange{reader.exactRange()});
}

Result<Edit> setClipSettings(ArgumentReader &reader)
{
    ClipSettings settings = reader.document().settings;
    if (reader.has("style"))
        settings.style = reader.word("style", base::coverStyleFromText, internal::styleWords());
    if (reader.has("cover"))
        settings.scope = reader.word("cover", base::coverScopeFromText, internal::scopeWords());
    if (reader.has("audio")) {
        settings.keepAudio = reader.text("audio") == QStringLiteral("keep");
        if (!settings.keepAudio && reader.text("audio") != QStringLiteral("mute"))
            reader.fail("audio", QStringLiteral("has to be mute or keep"));
    }
    if (reader.has("recordedAt")) {
        settings.recordedAt.reset();
        if (reader.text("recordedAt") != QStringLiteral("none")) {
            const QDateTime time = QDateTime::fromString(reader.text("recordedAt"), Qt::ISODateWithMs);
            if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
                reader.fail("recordedAt", QStringLiteral("has to be a date and time with its offset, such as "
                                                         "2024-05-01T18:30:00+02:00, or none"));
            settings.recordedAt = time;
        }
    }
    if (reader.has("clockOffset"))
        settings.clockOffsetMilliseconds = reader.wholeNumber("clockOffset");
    return Edit(SetClipSettings{settings});
}

Result<Edit> settleCheck(ArgumentReader &reader)
{
    return Edit(SettleCheck{reader.id("check"), !reader.has("settled") || reader.yesOrNo("settled")});
}

Result<Edit> setWatched(ArgumentReader &reader)
{
    return Edit(SetWatched{reader.ranges("ranges")});
}

Result<Edit> setReviewed(ArgumentReader &reader)
{
    return Edit(SetReviewed{reader.yesOrNo("reviewed")});
}

Result<Edit> relinkSource(ArgumentReader &reader)
{
    const QByteArray native = QFile::encodeName(reader.text("path"));
    const std::filesystem::path path = std::filesystem::absolute(native.toStdString());
    const Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return file.error();
    const Result<QString> hash = base::sha256Of(file->get());
    if (!hash)
        return hash.error();
    return Edit(RelinkSource{base::displayPath(path), QByteArray::fromStdString(path.string()), *hash});
}

std::vector<EditArgument> with(std::vector<EditArgument> arguments, const std::vector<EditArgument> &more)
{
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::vector<Entry> trackEntries()
{
    const QString kinds = internal::kindWords();
    return {
        {{QStringLiteral("AddTrack"), QStringLiteral("Covers something that was not found, with one box."),
          with({required("kind", kinds, "what it is"),
                required("box", boxType, "where, in pixels of the displayed picture"),
                optional("label", textType, "your name for it")},
               rangeArguments("its first frame; without it the clip's first"))},
         addTrack},
        {{QStringLiteral("RemoveTrack"), QStringLiteral("Removes a track with all its boxes."), {trackArgument()}},
         removeTrack},
        {{QStringLiteral("MoveObservation"),
          QStringLiteral("Moves, resizes or adds the box of one frame."),
          {trackArgument(), required("at", timeType, "the frame"), required("box", boxType, "the new box")}},
         moveObservation},
        {{QStringLiteral("RemoveObservation"),
          QStringLiteral("Removes the box of one frame; never a track's only one."),
          {trackArgument(), required("at", timeType, "the frame")}},
         removeObservation},
        {{QStringLiteral("ReplaceObservations"),
          QStringLiteral("Gives a track one box over a range, or none (to shorten a cover)."),
          with({trackArgument(), optional("box", boxType, "the box; without it those of the range are removed")},
               rangeArguments("the first frame of the range; without it the clip's first"))},
         replaceObservations},
        {{QStringLiteral("SplitTrack"),
          QStringLiteral("Makes two tracks of one, from a frame on."),
          {trackArgument(), required("at", timeType, "the first frame of the second track"),
           optional("newTrack", idType, "the second track's id; without it the next free one")}},
         splitTrack},
        {{QStringLiteral("MergeTracks"),
          QStringLiteral("Makes one track of two of one kind; covered unless they agree."),
          {trackArgument(), required("merged", idType, "the track that goes into it")}},
         mergeTracks},
        {{QStringLiteral("SetKind"),
          QStringLiteral("Says what a track is."),
          {trackArgument(), required("kind", kinds, "what it is")}},
         setKind},
        {{QStringLiteral("SetLabel"),
          QStringLiteral("Names a track, for yourself."),
          {trackArgument(), required("label", textType, "the name; empty for none")}},
         setLabel},
        {{QStringLiteral("SetDecision"),
          QStringLiteral("Covers or shows a subject, or dismisses a false find."),
          {trackArgument(), required("decision", internal::decisionWords(), "what to do"),
           optional("reason", internal::reasonWords(), "why it is shown; needed with show"),
           optional("consent", internal::consentWords(), "what the person said; needed with show")}},
         setDecision},
        {{QStringLiteral("SetTrackStyle"),
          QStringLiteral("Gives a track a cover style of its own."),
          {trackArgument(),
           required("style", internal::styleWords() + QStringLiteral("|clip"), "the style; clip for the clip's")}},
         setTrackStyle},
    };
}

std::vector<Entry> clipEntries()
{
    const EditArgument polygon = optional("polygon", QStringLiteral("\"x,y x,y x,y…\""), "the corners in order");
    const EditArgument box = optional("box", boxType, "a rectangle, instead of corners");
    const EditArgument label = optional("label", textType, "your name for it");
    return {
        {{QStringLiteral("AddZone"), QStringLiteral("Covers an area, for a range or the whole clip."),
          with({polygon, box, label}, rangeArguments("the first frame; without from and to the whole clip"))},
         addZone},
        {{QStringLiteral("RemoveZone"), QStringLiteral("Removes a zone."), {required("zone", idType, "the zone's id")}},
         removeZone},
        {{QStringLiteral("ChangeZone"), QStringLiteral("Changes what is given of a zone."),
          with({required("zone", idType, "the zone's id"), polygon, box, label,
                optional("whole", yesNoType, "yes: for the whole clip")},
               rangeArguments("the first frame"))},
         changeZone},
        {{QStringLiteral("SetTrim"), QStringLiteral("Says which part of the clip is exported."),
          with({optional("whole", yesNoType, "yes: the whole clip")}, rangeArguments("the first frame to keep"))},
         setTrim},
        {{QStringLiteral("MuteRange"), QStringLiteral("Silences kept sound over a range."),
          rangeArguments("where silence begins; without it the clip's beginning")},
         muteRange},
        {{QStringLiteral("UnmuteRange"), QStringLiteral("Lets kept sound be heard again over a range."),
          rangeArguments("where it begins; without it the clip's beginning")},
         unmuteRange},
        {{QStringLiteral("SetClipSettings"),
          QStringLiteral("Changes what is given of the clip's settings."),
          {optional("style", internal::styleWords(), "how covers look"),
           optional("cover", internal::scopeWords(), "how much of a person is covered"),
           optional("audio", QStringLiteral("mute|keep"), "whether sound is exported"),
           optional("recordedAt", QStringLiteral("date and time|none"),
                    "when the clip was recorded, with its UTC offset"),
           optional("clockOffset", QStringLiteral("milliseconds"), "how far the camera's clock was wrong")}},
         setClipSettings},
        {{QStringLiteral("SettleCheck"),
          QStringLiteral("Marks a thing to check as settled."),
          {required("check", idType, "the check's id"), optional("settled", yesNoType, "no: open again")}},
         settleCheck},
        {{QStringLiteral("SetWatched"),
          QStringLiteral("Says which parts were watched in covered view."),
          {required("ranges", QStringLiteral("time-time,…"), "all of them; empty for none")}},
         setWatched},
        {{QStringLiteral("SetReviewed"),
          QStringLiteral("Marks the clip as reviewed, or not."),
          {required("reviewed", yesNoType, "yes, once finds of the verification are settled")}},
         setReviewed},
        {{QStringLiteral("RelinkSource"),
          QStringLiteral("Says where the clip is now; its SHA-256 has to agree."),
          {required("path", textType, "the file")}},
         relinkSource},
    };
}

const std::vector<Entry> &entries()
{
    static const std::vector<Entry> all = [] {
        std::vector<Entry> list = trackEntries();
        std::vector<Entry> more = clipEntries();
        std::move(more.begin(), more.end(), std::back_inserter(list));
        return list;
    }();
    return all;
}

QString namesOf(const std::vector<Entry> &list)
{
    QStringList names;
    for (const Entry &entry : list)
        names.append(entry.operation.name);
    return names.join(QStringLiteral(", "));
}

/// Every key known, every required one there.
Result<void> checkKeys(const EditOperation &operation, const QMap<QString, QString> &values)
{
    QStringList keys;
    for (const EditArgument &argument : operation.arguments) {
        keys.append(argument.key);
        if (argument.required && !values.contains(argument.key))
            return usage(QStringLiteral("%1=%2 is missing").arg(argument.key, argument.type));
    }
    for (const QString &key : values.keys()) {
        if (!keys.contains(key))
            return usage(QStringLiteral("\"%1\" is not one of its keys, which are %2")
                             .arg(key.left(80), keys.join(QStringLiteral(", "))));
    }
    return {};
}

} // namespace

const std::vector<EditOperation> &editOperations()
{
    static const std::vector<EditOperation> operations = [] {
        std::vector<EditOperation> list;
        for (const Entry &entry : entries())
            list.push_back(entry.operation);
        return list;
    }();
    return operations;
}

Result<Edit> editFromKeyValues(const QString &operation, const QMap<QString, QString> &values,
                               const ReviewDocument &document)
{
    const auto entry = std::find_if(entries().begin(), entries().end(), [&operation](const Entry &candidate) {
        return candidate.operation.name == operation;
    });
    if (entry == entries().end())
        return usage(
            QStringLiteral("there is no operation \"%1\"; there are %2").arg(operation.left(80), namesOf(entries())));
    if (Result<void> known = checkKeys(entry->operation, values); !known)
        return known.error().prefixed(operation);
    ArgumentReader reader(values, document);
    Result<Edit> edit = entry->build(reader);
    if (reader.problem())
        return usage(*reader.problem()).prefixed(operation);
    return edit ? edit : Result<Edit>(edit.error().prefixed(operation));
}

QString editOperationsText()
{
    QString text;
    for (const EditOperation &operation : editOperations()) {
        text += QStringLiteral("%1\n    %2\n").arg(operation.name, operation.help);
        for (const EditArgument &argument : operation.arguments) {
            const QString word = argument.key + QLatin1Char('=') + argument.type;
            text += QStringLiteral("    %1  %2\n")
                        .arg(argument.required ? word : QLatin1Char('[') + word + QLatin1Char(']'), argument.help);
        }
    }
    return text
           + QStringLiteral("\nA time is HH:MM:SS.mmm from the first frame, or a whole number of ticks (pts). "
                            "A box is in pixels of the displayed picture.\n");
}

} // namespace doorveil::project
