// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/requestfile.h"

#include "base/file.h"
#include "base/toml.h"
#include "consent/json_p.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QTimeZone>

#include <memory>

namespace doorveil::consent {

using base::Error;
using base::ErrorKind;
using base::Result;
using internal::object;
using internal::timeWithOffset;

namespace {

constexpr qsizetype longestText = 4000;

/// The counterpart of base::TomlTable for JSON, as far as requests need it.
class JsonTable
{
public:
    JsonTable(QJsonObject object, QString path) : m_object(std::move(object)), m_path(std::move(path)) { }

    [[nodiscard]] Error errorAt(const QString &key, const QString &what) const
    {
        return {ErrorKind::Usage, QStringLiteral("%1%2: %3").arg(m_path, key, what), QStringLiteral("invalid-file")};
    }
    [[nodiscard]] bool contains(const QString &key) const { return m_object.contains(key); }
    [[nodiscard]] Result<std::optional<QString>> findString(const QString &key)
    {
        const QJsonValue value = take(key);
        if (value.isUndefined() || value.isNull())
            return std::optional<QString>();
        if (!value.isString())
            return errorAt(key, QStringLiteral("must be a text"));
        return std::optional(value.toString());
    }
    [[nodiscard]] Result<std::optional<QString>> findTimeText(const QString &key) { return findString(key); }
    [[nodiscard]] Result<std::optional<bool>> findBoolean(const QString &key)
    {
        const QJsonValue value = take(key);
        if (value.isUndefined() || value.isNull())
            return std::optional<bool>();
        if (!value.isBool())
            return errorAt(key, QStringLiteral("must be true or false"));
        return std::optional(value.toBool());
    }
    [[nodiscard]] Result<std::optional<QStringList>> findStrings(const QString &key)
    {
        const QJsonValue value = take(key);
        if (value.isUndefined() || value.isNull())
            return std::optional<QStringList>();
        QStringList strings;
        for (const QJsonValue &element : value.toArray()) {
            if (!element.isString())
                return errorAt(key, QStringLiteral("must be a list of texts"));
            strings.append(element.toString());
        }
        if (!value.isArray())
            return errorAt(key, QStringLiteral("must be a list of texts"));
        return std::optional(strings);
    }
    [[nodiscard]] Result<std::optional<JsonTable>> findTable(const QString &key)
    {
        const QJsonValue value = take(key);
        if (value.isUndefined() || value.isNull())
            return std::optional<JsonTable>();
        if (!value.isObject())
            return errorAt(key, QStringLiteral("must be an object"));
        return std::optional(JsonTable(value.toObject(), m_path + key + QLatin1Char('.')));
    }
    [[nodiscard]] Result<void> refuseUnknownKeys() const
    {
        for (const QString &key : m_object.keys()) {
            if (!m_known.contains(key))
                return errorAt(key, QStringLiteral("unknown key"));
        }
        return {};
    }

private:
    QJsonValue take(const QString &key)
    {
        m_known.insert(key);
        return m_object.value(key);
    }

    QJsonObject m_object;
    QString m_path;
    QSet<QString> m_known;
};

/// Reads a request from a table of either form. The first error is kept; later reads do nothing.
template<typename Table> class Reader
{
public:
    Reader(Table root, std::filesystem::path folder) : m_root(std::move(root)), m_folder(std::move(folder)) { }

    Result<Request> read()
    {
        Request request;
        readRequest(m_root, request);
        section("window", [&](Table &table) { readWindow(table, request.window); });
        section("document", [&](Table &table) { readDocument(table, request.document); });
        section("sharer", [&](Table &table) { readSharer(table, request.sharer); });
        section("conditions", [&](Table &table) { readConditions(table, request.conditions); });
        section("decision", [&](Table &table) { readDecision(table, request.decision); });
        section("delivery", [&](Table &table) { readDelivery(table, request.recipient); });
        if (!m_error)
            keep(m_root.refuseUnknownKeys());
        if (m_error)
            return *m_error;
        return request;
    }

private:
    template<typename T> void keep(const Result<T> &result)
    {
        if (!result && !m_error)
            m_error = result.error();
    }

    template<typename Function> void section(const char *name, const Function &function)
    {
        if (m_error)
            return;
        auto table = m_root.findTable(QString::fromLatin1(name));
        keep(table);
        if (m_error || !table->has_value())
            return;
        function(**table);
        if (!m_error)
            keep((**table).refuseUnknownKeys());
    }

    void text(Table &table, const char *key, QString &target)
    {
        const QString name = QString::fromLatin1(key);
        const auto value = table.findString(name);
        keep(value);
        if (m_error || !value->has_value())
            return;
        target = (**value).trimmed();
        if (target.size() > longestText)
            keep(Result<void>(table.errorAt(name, QStringLiteral("is longer than %1 characters").arg(longestText))));
        for (const QChar character : target) {
            if (character.unicode() < 0x20 && character != QLatin1Char('\n') && character != QLatin1Char('\t'))
                keep(Result<void>(table.errorAt(name, QStringLiteral("holds a control character"))));
        }
    }

    void boolean(Table &table, const char *key, bool &target)
    {
        const auto value = table.findBoolean(QString::fromLatin1(key));
        keep(value);
        if (!m_error)
            target = value->value_or(target);
    }

    template<typename Enum>
    bool word(Table &table, const char *key, std::optional<Enum> (*parse)(const QString &), const QStringList &words,
              Enum &target)
    {
        const QString name = QString::fromLatin1(key);
        const auto value = table.findString(name);
        keep(value);
        if (m_error || !value->has_value())
            return false;
        const std::optional<Enum> parsed = parse(**value);
        if (!parsed) {
            keep(Result<void>(table.errorAt(
                name,
                QStringLiteral("`%1` is not known; it takes %2").arg(**value, words.join(QStringLiteral(", "))))));
            return false;
        }
        target = *parsed;
        return true;
    }

    std::optional<QString> timeText(Table &table, const char *key)
    {
        const auto value = table.findTimeText(QString::fromLatin1(key));
        keep(value);
        if (m_error || !value->has_value() || (**value).trimmed().isEmpty())
            return std::nullopt;
        return (**value).trimmed();
    }

    std::optional<QDate> date(Table &table, const char *key)
    {
        const std::optional<QString> value = timeText(table, key);
        if (!value)
            return std::nullopt;
        const QDate date = QDate::fromString(*value, Qt::ISODate);
        if (!date.isValid()) {
            keep(Result<void>(table.errorAt(QString::fromLatin1(key), QStringLiteral("must be a date: YYYY-MM-DD"))));
            return std::nullopt;
        }
        return date;
    }

    void readRequest(Table &table, Request &request)
    {
        const bool hasKind = word(table, "kind", requestKindFromText, requestKindWords(), request.kind);
        if (!hasKind && !m_error)
            keep(Result<void>(table.errorAt(QStringLiteral("kind"), QStringLiteral("is missing"))));
        request.basis = usualBasis(request.kind);
        word(table, "basis", requestBasisFromText, requestBasisWords(), request.basis);
        Recipient &recipient = request.recipient;
        recipient.kind = usualRecipient(request.kind);
        word(table, "recipient_kind", recipientKindFromText, recipientKindWords(), recipient.kind);
        text(table, "agency", recipient.organisation);
        text(table, "unit", recipient.unit);
        text(table, "officer", recipient.officer);
        text(table, "badge_number", recipient.badgeNumber);
        text(table, "contact", recipient.contact);
        text(table, "contact_source", recipient.contactSource);
        text(table, "address", recipient.address);
        word(table, "identity_check", identityCheckFromText, identityCheckWords(), recipient.identityCheck);
        text(table, "case_number", request.caseNumber);
        text(table, "investigation_code", request.investigationCode);
        text(table, "received_via", request.receivedVia);
        text(table, "incident_type", request.incidentType);
        text(table, "area", request.area);
        text(table, "purpose", request.purpose);
        text(table, "language", request.language);
        text(table, "camera_label", request.cameraLabel);
        boolean(table, "include_source_hash", request.includeSourceHash);
        if (const std::optional<QString> received = timeText(table, "received")) {
            request.receivedAt =
                QDateTime::fromString(QString(*received).replace(QLatin1Char(' '), QLatin1Char('T')), Qt::ISODate);
            if (!request.receivedAt.isValid() || request.receivedAt.timeSpec() == Qt::LocalTime)
                keep(Result<void>(
                    table.errorAt(QStringLiteral("received"),
                                  QStringLiteral("must be a time with offset, such as 2026-03-05T09:30:00-05:00"))));
        }
    }

    void readWindow(Table &table, RequestWindow &window)
    {
        text(table, "timezone", window.timeZone);
        const std::optional<QString> start = timeText(table, "start");
        const std::optional<QString> end = timeText(table, "end");
        if (m_error)
            return;
        const auto moment = [&](const char *key, const std::optional<QString> &value, QDateTime &target) {
            if (!value)
                return;
            const Result<QDateTime> parsed = momentInZone(*value, window.timeZone, window.notes);
            if (parsed)
                target = *parsed;
            else
                keep(Result<void>(table.errorAt(QString::fromLatin1(key), parsed.error().message)));
        };
        moment("start", start, window.start);
        moment("end", end, window.end);
    }

    void readDocument(Table &table, DocumentReference &document)
    {
        text(table, "kind", document.kind);
        text(table, "issuer", document.issuer);
        text(table, "number", document.number);
        if (const std::optional<QString> written = timeText(table, "date"))
            document.date = *written;
        text(table, "sha256", document.sha256);
        QString file;
        text(table, "file", file);
        if (m_error || file.isEmpty())
            return;
        const auto opened = base::openInput(m_folder / file.toStdString());
        keep(opened);
        if (m_error)
            return;
        const Result<QString> hash = base::sha256Of(opened->get());
        keep(hash);
        if (m_error)
            return;
        if (!document.sha256.isEmpty() && document.sha256 != *hash)
            keep(Result<void>(
                table.errorAt(QStringLiteral("sha256"), QStringLiteral("is not the SHA-256 of %1").arg(file))));
        document.sha256 = *hash;
    }

    void readSharer(Table &table, Sharer &sharer)
    {
        text(table, "name", sharer.name);
        text(table, "contact", sharer.contact);
        text(table, "jurisdiction", sharer.jurisdiction);
        word(table, "capacity", sharerCapacityFromText, sharerCapacityWords(), sharer.capacity);
        boolean(table, "owns_device", sharer.ownsDevice);
    }

    void readConditions(Table &table, Conditions &conditions)
    {
        boolean(table, "no_face_recognition", conditions.noFaceRecognition);
        boolean(table, "no_onward_sharing", conditions.noOnwardSharing);
        boolean(table, "no_public_release", conditions.noPublicRelease);
        boolean(table, "no_model_training", conditions.noModelTraining);
        boolean(table, "no_reversal", conditions.noReversal);
        boolean(table, "inform_on_use", conditions.informOnUse);
        text(table, "delete_after_event", conditions.deleteAfterEvent);
        text(table, "storage_location", conditions.storageLocation);
        conditions.retainUntil = date(table, "retain_until");
        conditions.validUntil = date(table, "valid_until").value_or(QDate());
        const auto exceptions = table.findStrings(QStringLiteral("onward_exceptions"));
        keep(exceptions);
        if (!m_error)
            conditions.onwardExceptions = exceptions->value_or(QStringList());
    }

    void readDecision(Table &table, Decision &decision)
    {
        word(table, "outcome", decisionOutcomeFromText, decisionOutcomeWords(), decision.outcome);
        boolean(table, "withheld", decision.withheld);
        text(table, "withheld_note", decision.withheldNote);
        text(table, "note", decision.note);
    }

    void readDelivery(Table &table, Recipient &recipient)
    {
        word(table, "channel", deliveryChannelFromText, deliveryChannelWords(), recipient.channel);
        text(table, "host", recipient.channelHost);
        static const QRegularExpression secret(QStringLiteral("[/?#@]"));
        if (!m_error && recipient.channelHost.contains(secret))
            keep(Result<void>(table.errorAt(
                QStringLiteral("host"),
                QStringLiteral("must be a host name only: a link may be secret, and this goes into the package"))));
    }

    Table m_root;
    std::filesystem::path m_folder;
    std::optional<Error> m_error;
};

} // namespace

Result<QDateTime> momentInZone(const QString &text, const QString &timeZone, QStringList &notes)
{
    const QTimeZone zone(timeZone.toLatin1());
    if (timeZone.isEmpty() || !zone.isValid())
        return Error{ErrorKind::Usage, QStringLiteral("`%1` is no time zone; write one such as America/New_York in "
                                                      "`timezone`")
                                           .arg(timeZone)};
    QString plain = text;
    plain.replace(QLatin1Char(' '), QLatin1Char('T'));
    const QDateTime parsed = QDateTime::fromString(plain, Qt::ISODate);
    if (!parsed.isValid() || !plain.contains(QLatin1Char('T')))
        return Error{ErrorKind::Usage,
                     QStringLiteral("`%1` is no date and time such as 2026-03-04T21:00:00").arg(text)};
    if (parsed.timeSpec() != Qt::LocalTime)
        return parsed.toTimeZone(zone);
    QDateTime moment(parsed.date(), parsed.time(), zone);
    if (!moment.isValid() || moment.time() != parsed.time()) {
        notes.append(
            QStringLiteral("%1 does not exist in %2: the clocks were put forward then; the hour after is taken")
                .arg(text, timeZone));
        if (!moment.isValid())
            moment = QDateTime(parsed.date(), parsed.time().addSecs(3600), zone);
        return moment;
    }
    // Where the clocks are put back an hour has two meanings: a moment an hour off shows the same wall clock.
    for (const int shift : {-3600, 3600}) {
        const QDateTime other = moment.addSecs(shift);
        if (other.date() == moment.date() && other.time() == moment.time())
            notes.append(QStringLiteral("%1 exists twice in %2: the clocks were put back then; %3 is taken")
                             .arg(text, timeZone, timeWithOffset(moment)));
    }
    return moment;
}

Result<Request> requestFromToml(const QByteArray &text, const QString &name, const std::filesystem::path &folder)
{
    Result<base::TomlTable> table = base::TomlTable::parse(text, name);
    if (!table)
        return table.error();
    return Reader<base::TomlTable>(std::move(*table), folder).read();
}

Result<Request> requestFromJson(const QJsonObject &json, const QString &name, const std::filesystem::path &folder)
{
    return Reader<JsonTable>(JsonTable(json, name + QStringLiteral(": ")), folder).read();
}

Result<Request> readRequestFile(const std::filesystem::path &path)
{
    constexpr std::int64_t largest = 1 << 20;
    const Result<QByteArray> text = base::readSmallFile(path, largest);
    if (!text)
        return text.error();
    const QString name = base::displayPath(path);
    if (path.extension() != ".json")
        return requestFromToml(*text, name, path.parent_path());
    QJsonParseError failed;
    const QJsonDocument document = QJsonDocument::fromJson(*text, &failed);
    if (failed.error != QJsonParseError::NoError || !document.isObject())
        return Error{
            ErrorKind::Usage,
            QStringLiteral("%1: no JSON object: %2 (at byte %3)").arg(name, failed.errorString()).arg(failed.offset),
            QStringLiteral("invalid-file")};
    return requestFromJson(document.object(), name, path.parent_path());
}

QJsonObject toJson(const Request &request)
{
    const Recipient &recipient = request.recipient;
    const Conditions &conditions = request.conditions;
    QJsonObject json = object({{"kind", toText(request.kind)},
                               {"basis", toText(request.basis)},
                               {"agency", recipient.organisation},
                               {"recipient_kind", toText(recipient.kind)},
                               {"unit", recipient.unit},
                               {"officer", recipient.officer},
                               {"badge_number", recipient.badgeNumber},
                               {"contact", recipient.contact},
                               {"contact_source", recipient.contactSource},
                               {"address", recipient.address},
                               {"identity_check", toText(recipient.identityCheck)},
                               {"case_number", request.caseNumber},
                               {"investigation_code", request.investigationCode},
                               {"received_via", request.receivedVia},
                               {"incident_type", request.incidentType},
                               {"area", request.area},
                               {"purpose", request.purpose},
                               {"language", request.language},
                               {"camera_label", request.cameraLabel},
                               {"include_source_hash", request.includeSourceHash}});
    if (request.receivedAt.isValid())
        json.insert(QStringLiteral("received"), request.receivedAt.toString(Qt::ISODate));
    json.insert(QStringLiteral("window"), object({{"start", timeWithOffset(request.window.start)},
                                                  {"end", timeWithOffset(request.window.end)},
                                                  {"timezone", request.window.timeZone}}));
    json.insert(QStringLiteral("document"), object({{"kind", request.document.kind},
                                                    {"issuer", request.document.issuer},
                                                    {"number", request.document.number},
                                                    {"date", request.document.date},
                                                    {"sha256", request.document.sha256}}));
    json.insert(QStringLiteral("sharer"), object({{"name", request.sharer.name},
                                                  {"contact", request.sharer.contact},
                                                  {"capacity", toText(request.sharer.capacity)},
                                                  {"owns_device", request.sharer.ownsDevice},
                                                  {"jurisdiction", request.sharer.jurisdiction}}));
    QJsonObject stated = object({{"no_face_recognition", conditions.noFaceRecognition},
                                 {"no_onward_sharing", conditions.noOnwardSharing},
                                 {"onward_exceptions", QJsonArray::fromStringList(conditions.onwardExceptions)},
                                 {"no_public_release", conditions.noPublicRelease},
                                 {"no_model_training", conditions.noModelTraining},
                                 {"no_reversal", conditions.noReversal},
                                 {"inform_on_use", conditions.informOnUse},
                                 {"delete_after_event", conditions.deleteAfterEvent},
                                 {"storage_location", conditions.storageLocation}});
    if (conditions.retainUntil)
        stated.insert(QStringLiteral("retain_until"), conditions.retainUntil->toString(Qt::ISODate));
    if (conditions.validUntil.isValid())
        stated.insert(QStringLiteral("valid_until"), conditions.validUntil.toString(Qt::ISODate));
    json.insert(QStringLiteral("conditions"), stated);
    json.insert(QStringLiteral("decision"), object({{"outcome", toText(request.decision.outcome)},
                                                    {"withheld", request.decision.withheld},
                                                    {"withheld_note", request.decision.withheldNote},
                                                    {"note", request.decision.note}}));
    json.insert(QStringLiteral("delivery"),
                object({{"channel", toText(recipient.channel)}, {"host", recipient.channelHost}}));
    return json;
}

} // namespace doorveil::consent
