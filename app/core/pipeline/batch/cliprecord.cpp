// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/cliprecord.h"

#include "base/words.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace doorveil::pipeline::batch {

namespace {

constexpr base::Words<ClipState, 3> stateWords{
    {{ClipState::Started, "started"}, {ClipState::Done, "done"}, {ClipState::Failed, "failed"}}};
constexpr base::Words<base::ErrorKind, 6> kindWords{{{base::ErrorKind::Failure, "failure"},
                                                     {base::ErrorKind::Usage, "usage"},
                                                     {base::ErrorKind::InputNotOpenable, "input-not-openable"},
                                                     {base::ErrorKind::CheckFailed, "check-failed"},
                                                     {base::ErrorKind::ReviewMissing, "review-missing"},
                                                     {base::ErrorKind::Cancelled, "cancelled"}}};

/// Reads members and remembers whether one was missing or of another type.
class Members
{
public:
    explicit Members(const QJsonObject &object) : m_object(object) { }

    [[nodiscard]] QString text(const char *key) { return take(key, QJsonValue::String).toString(); }
    [[nodiscard]] std::int64_t integer(const char *key) { return take(key, QJsonValue::Double).toInteger(); }
    [[nodiscard]] bool boolean(const char *key) { return take(key, QJsonValue::Bool).toBool(); }
    [[nodiscard]] QJsonArray array(const char *key) { return take(key, QJsonValue::Array).toArray(); }
    template<typename Value, std::size_t count>
    [[nodiscard]] Value word(const char *key, const base::Words<Value, count> &words)
    {
        const std::optional<Value> value = base::valueFor(words, text(key));
        if (!value)
            m_complete = false;
        return value.value_or(words.front().first);
    }
    void fail() { m_complete = false; }
    [[nodiscard]] bool isComplete() const { return m_complete; }

private:
    QJsonValue take(const char *key, QJsonValue::Type type)
    {
        QJsonValue value = m_object.value(QLatin1String(key));
        if (value.type() != type)
            m_complete = false;
        return value;
    }

    QJsonObject m_object;
    bool m_complete = true;
};

} // namespace

QString toText(ClipState state)
{
    return base::wordFor(stateWords, state);
}

QString toText(base::ErrorKind kind)
{
    return base::wordFor(kindWords, kind);
}

QJsonObject toJson(const ClipRecord &record)
{
    QJsonArray review;
    for (const ReviewItem &item : record.review)
        review.append(QJsonObject{{QStringLiteral("reason"), item.reason},
                                  {QStringLiteral("at_ms"), qint64(item.atMilliseconds)},
                                  {QStringLiteral("exported_at_ms"), qint64(item.exportedAtMilliseconds)}});
    QJsonObject json{{QStringLiteral("record"), 1},
                     {QStringLiteral("name"), record.name},
                     {QStringLiteral("clip"), record.clip},
                     {QStringLiteral("copies"), QJsonArray::fromStringList(record.copies)},
                     {QStringLiteral("camera"), record.camera},
                     {QStringLiteral("source_sha256"), record.key.source},
                     {QStringLiteral("rules_sha256"), record.key.rules},
                     {QStringLiteral("program_sha256"), record.key.program},
                     {QStringLiteral("models_sha256"), record.key.models},
                     {QStringLiteral("state"), toText(record.state)},
                     {QStringLiteral("attempts"), record.attempts},
                     {QStringLiteral("output_sha256"), record.outputSha256},
                     {QStringLiteral("report_sha256"), record.reportSha256},
                     {QStringLiteral("frames"), qint64(record.frames)},
                     {QStringLiteral("tracks"), qint64(record.tracks)},
                     {QStringLiteral("basic"), record.basic},
                     {QStringLiteral("project"), record.hasProject},
                     {QStringLiteral("review"), review}};
    if (record.state == ClipState::Failed) {
        json[QStringLiteral("kind")] = toText(record.failure.kind);
        json[QStringLiteral("class")] = record.failure.failureClass;
        json[QStringLiteral("message")] = record.failure.message;
    }
    return json;
}

base::Result<ClipRecord> clipRecordFromJson(const QByteArray &text, const QString &file)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    Members members(document.object());
    ClipRecord record;
    if (members.integer("record") != 1)
        members.fail();
    record.name = members.text("name");
    record.clip = members.text("clip");
    for (const QJsonValue &copy : members.array("copies"))
        record.copies.append(copy.toString());
    record.camera = members.text("camera");
    record.key = {members.text("source_sha256"), members.text("rules_sha256"), members.text("program_sha256"),
                  members.text("models_sha256")};
    record.state = members.word("state", stateWords);
    record.attempts = int(members.integer("attempts"));
    record.outputSha256 = members.text("output_sha256");
    record.reportSha256 = members.text("report_sha256");
    record.frames = members.integer("frames");
    record.tracks = members.integer("tracks");
    record.basic = members.boolean("basic");
    record.hasProject = members.boolean("project");
    for (const QJsonValue &value : members.array("review")) {
        Members item(value.toObject());
        record.review.push_back({item.text("reason"), item.integer("at_ms"), item.integer("exported_at_ms")});
        if (!item.isComplete())
            members.fail();
    }
    if (record.state == ClipState::Failed)
        record.failure = {members.word("kind", kindWords), members.text("message"), members.text("class")};
    // A record that somebody sent must not lead out of its folder.
    const QStringList parts = record.name.split(QLatin1Char('/'));
    if (record.name.isEmpty() || parts.contains(QString()) || parts.contains(QStringLiteral(".."))
        || record.name.startsWith(QLatin1Char('.')))
        members.fail();
    if (members.isComplete())
        return record;
    return base::Error{
        base::ErrorKind::InputNotOpenable,
        QStringLiteral("%1 is no record of a batch; delete it, and the clip it was about is done again").arg(file)};
}

} // namespace doorveil::pipeline::batch
