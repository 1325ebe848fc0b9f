// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/statement.h"

#include "base/mediatime.h"
#include "base/toml.h"
#include "consent/consentrecord.h"
#include "consent/json_p.h"
#include "consent/resources_p.h"

#include <QHash>

namespace doorveil::consent {

using internal::at;
using internal::textAt;

namespace {

/// The texts of one language. A missing one is a defect: its key shows, and a test compares the languages' keys.
class Wording
{
public:
    static base::Result<Wording> load(const QString &language)
    {
        const QByteArray file = internal::resource(QStringLiteral("statement/%1.toml").arg(language));
        if (file.isEmpty())
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("there is no statement in the language `%1`").arg(language)};
        const auto table = base::TomlTable::parse(file, language + QStringLiteral(".toml"));
        if (!table)
            return table.error();
        Wording wording;
        for (const QString &section : table->keys()) {
            const auto inner = table->findTable(section);
            if (!inner)
                return inner.error();
            for (const QString &key : (*inner)->keys()) {
                const auto value = (*inner)->requireString(key);
                if (!value)
                    return value.error();
                wording.m_texts.insert(section + QLatin1Char('.') + key, *value);
            }
        }
        return wording;
    }

    [[nodiscard]] QString operator()(const char *key) const { return text(QString::fromLatin1(key)); }
    /// One word of an enumeration; words of other versions stay as they are.
    [[nodiscard]] QString word(const char *section, const QString &value) const
    {
        return m_texts.value(QString::fromLatin1(section) + QLatin1Char('.') + value, value);
    }
    [[nodiscard]] const QHash<QString, QString> &texts() const { return m_texts; }

private:
    [[nodiscard]] QString text(const QString &key) const { return m_texts.value(key, QStringLiteral("[%1]").arg(key)); }

    QHash<QString, QString> m_texts;
};

QString number(const QJsonValue &value)
{
    return QString::number(value.toInteger());
}

/// What a figure of a check says, as the record has it.
QString plainJson(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return number(value);
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
}

class Writer
{
public:
    Writer(const QJsonObject &record, const Wording &words) : m_record(record), m_words(words) { }

    Statement write(const QString &language)
    {
        m_statement.language = language;
        const bool withdrawal = isWithdrawal(m_record);
        const bool disclosure = isDisclosure(m_record);
        m_statement.title = m_words(withdrawal   ? "title.withdrawal"
                                    : disclosure ? "title.disclosure"
                                                 : "title.consent");
        if (withdrawal) {
            m_statement.introduction = {m_words("intro.withdrawal"), m_words("intro.effect")};
            withdrawn();
        } else {
            m_statement.introduction = {m_words(disclosure ? "intro.disclosure" : "intro.consent"),
                                        m_words("intro.people")};
        }
        sharer();
        recipient();
        request();
        items();
        people();
        redaction();
        review();
        limits();
        conditions();
        event();
        tool();
        signature();
        return m_statement;
    }

private:
    void section(const char *key) { m_statement.sections.push_back({m_words(key), {}}); }
    void add(const QString &line) { m_statement.sections.back().lines.append(line); }

    template<typename... Values> void line(const char *key, const Values &...values)
    {
        // One call, so that a value that holds a percent sign is not taken for a place.
        if constexpr (sizeof...(values) == 0)
            add(m_words(key));
        else
            add(m_words(key).arg(values...));
    }
    /// A labelled value; nothing where it is empty.
    void field(const char *key, const QString &value)
    {
        if (!value.isEmpty())
            line(key, value);
    }
    void field(const char *key, const char *path) { field(key, textAt(m_record, path)); }
    [[nodiscard]] QString yesNo(const QJsonValue &value) const
    {
        return m_words(value.toBool() ? "word.yes" : "word.no");
    }
    [[nodiscard]] QString word(const char *section, const char *path) const
    {
        return m_words.word(section, textAt(m_record, path));
    }

    void withdrawn()
    {
        section("heading.withdrawal");
        const QJsonObject state = at(m_record, "dpv:hasConsentStatus").toArray().first().toObject();
        field("withdrawal.of", "dct:replaces/@id");
        field("withdrawal.at", state.value(QStringLiteral("dpv:isIndicatedAtTime")).toString());
        field("withdrawal.by", state.value(QStringLiteral("signedAs")).toString());
        field("withdrawal.reason", state.value(QStringLiteral("reason")).toString());
    }

    void sharer()
    {
        section("heading.sharer");
        field("sharer.name", "vs:sharer/dpv:hasName");
        field("sharer.signed", "vs:sharer/signedAs");
        line("sharer.capacity", word("capacity", "vs:sharer/capacity"));
        line("sharer.device", yesNo(at(m_record, "vs:sharer/ownsDevice")));
        field("field.contact", "vs:sharer/dpv:hasContact");
        field("field.address", "vs:sharer/dpv:hasAddress");
        const QJsonValue where = at(m_record, "dpv:hasJurisdiction");
        field("sharer.jurisdiction", where.isObject() ? where.toObject().value(QStringLiteral("@id")).toString().mid(4)
                                                      : m_words.word("value", where.toString()));
    }

    void recipient()
    {
        section("heading.recipient");
        field("recipient.name", "vs:recipient/dpv:hasName");
        line("recipient.kind", word("recipient-kind", "vs:recipient/kind"));
        field("recipient.unit", "vs:recipient/unit");
        field("recipient.officer", "vs:recipient/officer");
        field("recipient.badge", "vs:recipient/badgeNumber");
        field("field.contact", "vs:recipient/dpv:hasContact");
        field("recipient.contact-source", "vs:recipient/contactSource");
        field("field.address", "vs:recipient/dpv:hasAddress");
        line("recipient.verified", word("identity-check", "vs:recipientVerified"));
        line("recipient.channel", word("channel", "vs:deliveryChannel/channel"));
        field("recipient.host", "vs:deliveryChannel/host");
    }

    void request()
    {
        section("heading.request");
        line("request.kind", word("kind", "vs:request/kind"));
        line("request.basis", word("basis", "vs:request/basis"));
        field("request.received", "vs:request/receivedAt");
        field("request.via", "vs:request/receivedVia");
        field("request.case", "vs:request/caseNumber");
        field("request.code", "vs:request/investigationCode");
        if (at(m_record, "vs:request/notProvided").toBool())
            line("request.no-case");
        field("request.incident", "vs:request/incidentType");
        field("request.area", "vs:request/area");
        line("request.purpose", m_words.word("value", textAt(m_record, "dpv:hasPurpose/statement")));
        line("request.window", textAt(m_record, "vs:request/window/start"), textAt(m_record, "vs:request/window/end"),
             textAt(m_record, "vs:request/window/timezone"));
        line("request.outcome", word("outcome", "vs:request/outcome"));
        const QJsonObject document = at(m_record, "vs:request/documentRef").toObject();
        if (!document.isEmpty()) {
            const auto text = [&document](const char *key) { return document.value(QLatin1String(key)).toString(); };
            line("request.document", text("kind"), text("issuer"), text("number"), text("date"));
            field("request.document-hash", text("sha256"));
        }
    }

    void items()
    {
        section("heading.items");
        for (const QJsonValue &value : at(m_record, "vs:items").toArray()) {
            const QJsonObject item = value.toObject();
            const auto text = [&item](const char *path) { return textAt(item, path); };
            const auto count = [&item](const char *path) { return number(at(item, path)); };
            const auto time = [&item](const char *path) {
                return base::formatMilliseconds(at(item, path).toInteger());
            };
            line("item.file", text("file"), text("mediaType"));
            line("item.picture", count("width"), count("height"), time("durationMs"), count("frames"),
                 text("frameRate"), count("bytes"));
            line(at(item, "hasAudio").toBool() ? "item.sound" : "item.no-sound");
            line("item.hash", text("sha256"));
            line("item.report", text("report/file"), text("report/sha256"));
            field("item.camera", text("source/cameraLabel"));
            line(at(item, "trim/wholeClip").toBool() ? "item.whole" : "item.trim", time("trim/sourceStartMs"),
                 time("trim/sourceEndMs"));
            line("item.frames", count("trim/framesIn"), count("trim/framesOut"), count("trim/framesDropped"),
                 count("trim/framesDamaged"), count("trim/firstFramePts"), count("trim/lastFramePts"));
            if (!text("recordedAt/time").isEmpty())
                line("item.recorded", text("recordedAt/time"), count("recordedAt/clockOffsetMs"));
            field("item.codec", text("source/codec"));
            if (!text("source/sha256").isEmpty())
                line("item.source", text("source/sha256"), count("source/bytes"));
        }
        line(at(m_record, "vs:withheld/withheld").toBool() ? "item.withheld" : "item.not-withheld");
        field("item.withheld-note", "vs:withheld/note");
    }

    void people()
    {
        section("heading.people");
        const QJsonArray persons = at(m_record, "vs:personsDepicted").toArray();
        if (persons.isEmpty())
            line("people.none");
        for (const QJsonValue &value : persons) {
            const QJsonObject person = value.toObject();
            const auto text = [&person](const char *key) { return person.value(QLatin1String(key)).toString(); };
            const QString treatment = m_words.word("treatment", text("treatment"));
            if (text("reasonUnredacted").isEmpty())
                line("people.redacted", text("localLabel"), text("file"), treatment,
                     number(person.value(QStringLiteral("tracks"))));
            else
                line("people.shown", text("localLabel"), text("file"), treatment,
                     number(person.value(QStringLiteral("tracks"))), m_words.word("reason", text("reasonUnredacted")),
                     m_words.word("consent", text("consent")));
        }
        for (const QJsonValue &value : at(m_record, "vs:objectsDepicted").toArray()) {
            const QJsonObject seen = value.toObject();
            const auto treatment = [&](const char *key) {
                return m_words.word("treatment", seen.value(QLatin1String(key)).toString());
            };
            line("people.objects", seen.value(QStringLiteral("file")).toString(), treatment("plates"),
                 number(seen.value(QStringLiteral("plateTracks"))), treatment("audioSpeech"),
                 treatment("screensAndDocuments"), treatment("houseNumbers"), treatment("osd"),
                 number(seen.value(QStringLiteral("zones"))));
        }
    }

    void redaction()
    {
        section("heading.redaction");
        for (const QJsonValue &value : at(m_record, "vs:redaction/operations").toArray()) {
            const QJsonObject operation = value.toObject();
            const auto text = [&operation](const char *key) { return operation.value(QLatin1String(key)).toString(); };
            line("redaction.operation", text("file"), m_words.word("class", text("class")),
                 m_words.word("operator", text("operator")), number(operation.value(QStringLiteral("tracks"))),
                 number(operation.value(QStringLiteral("framesAffected"))),
                 m_words(operation.value(QStringLiteral("irreversible")).toBool() ? "redaction.irreversible"
                                                                                  : "redaction.reversible"));
        }
        for (const QJsonValue &value : at(m_record, "vs:redaction/metadataRemoved").toArray()) {
            const QJsonObject removed = value.toObject();
            const auto list = [&](const char *key) {
                QStringList kinds;
                for (const QJsonValue &kind : removed.value(QLatin1String(key)).toArray())
                    kinds.append(kind.toString());
                return kinds.isEmpty() ? m_words("word.none") : kinds.join(QStringLiteral(", "));
            };
            line("redaction.metadata", removed.value(QStringLiteral("file")).toString(), list("metadata"),
                 list("streams"));
        }
    }

    void review()
    {
        section("heading.review");
        for (const QJsonValue &value : at(m_record, "vs:redaction/review").toArray()) {
            const QJsonObject entry = value.toObject();
            const auto text = [&entry](const char *key) { return entry.value(QLatin1String(key)).toString(); };
            if (entry.value(QStringLiteral("reviewed")).toBool())
                line("review.done", text("file"), text("reviewedBy"), text("reviewedAt"));
            else
                line("review.not-done", text("file"), text("reasonNotReviewed"));
            line(entry.value(QStringLiteral("fullPlaybackWatched")).toBool() ? "review.watched-all"
                                                                             : "review.watched-part",
                 number(entry.value(QStringLiteral("framesReviewed"))),
                 number(entry.value(QStringLiteral("framesExported"))),
                 number(entry.value(QStringLiteral("manualEdits"))), number(entry.value(QStringLiteral("openChecks"))));
        }
        for (const QJsonValue &value : at(m_record, "vs:redaction/qa").toArray()) {
            const QJsonObject entry = value.toObject();
            line("review.checked", entry.value(QStringLiteral("file")).toString(),
                 entry.value(QStringLiteral("verifiedSha256")).toString());
            const QJsonObject checks = entry.value(QStringLiteral("checks")).toObject();
            for (const QString &key : checks.keys()) {
                const QJsonObject check = checks.value(key).toObject();
                QStringList figures;
                const QJsonObject all = check.value(QStringLiteral("figures")).toObject();
                for (auto figure = all.begin(); figure != all.end(); ++figure)
                    figures.append(figure.key() + QStringLiteral(": ") + plainJson(figure.value()));
                line("review.check", m_words.word("check", key),
                     m_words(check.value(QStringLiteral("passed")).toBool() ? "review.passed" : "review.failed"),
                     figures.join(QStringLiteral("; ")));
            }
            QStringList detectors;
            for (const QJsonValue &name : entry.value(QStringLiteral("secondDetectors")).toArray())
                detectors.append(name.toString());
            line("review.second", detectors.isEmpty() ? m_words("word.none") : detectors.join(QStringLiteral(", ")),
                 number(entry.value(QStringLiteral("residualDetections"))));
            line("review.independence",
                 m_words.word("value", entry.value(QStringLiteral("pixelIndependenceTest")).toString()));
        }
    }

    void limits()
    {
        section("heading.limits");
        for (const QJsonValue &limit : at(m_record, "vs:redaction/knownLimits").toArray())
            add(m_words.word("limit", limit.toString()));
    }

    void conditions()
    {
        section("heading.conditions");
        const QJsonObject asked = at(m_record, "vs:conditions").toObject();
        line(asked.value(QStringLiteral("force")).toString() == QLatin1String("wishes") ? "conditions.wishes"
                                                                                        : "conditions.offered");
        line("conditions.status", m_words.word("condition-status", asked.value(QStringLiteral("status")).toString()));
        for (const char *key : {"noFaceRecognition", "noOnwardSharing", "noPublicRelease", "noModelTraining",
                                "noReversal", "informOnUse"}) {
            if (asked.value(QLatin1String(key)).toBool())
                add(m_words.word("condition", QString::fromLatin1(key)));
        }
        QStringList exceptions;
        for (const QJsonValue &exception : asked.value(QStringLiteral("onwardExceptions")).toArray())
            exceptions.append(m_words.word("exception", exception.toString()));
        if (!exceptions.isEmpty())
            line("conditions.exceptions", exceptions.join(QStringLiteral(", ")));
        field("conditions.retain", asked.value(QStringLiteral("retainUntil")).toString());
        field("conditions.delete-after", asked.value(QStringLiteral("deleteAfterEvent")).toString());
        field("conditions.storage", asked.value(QStringLiteral("storageLocation")).toString());
        field("conditions.valid", "vs:validUntil");
    }

    void event()
    {
        section("heading.event");
        const QJsonObject given = isDisclosure(m_record)
                                      ? at(m_record, "vs:disclosureEvent").toObject()
                                      : at(m_record, "dpv:hasConsentStatus").toArray().first().toObject();
        line(isDisclosure(m_record) ? "event.disclosed" : "event.given",
             given.value(QStringLiteral("dpv:isIndicatedAtTime")).toString(),
             given.value(QStringLiteral("dpv:hasIndicationMethod")).toString());
        field("event.until", textAt(given, "dpv:hasDuration/statement"));
        QStringList places;
        for (const QJsonValue &place : at(m_record, "dpv:hasConsentControl/dpv:isExercisedAt").toArray())
            places.append(place.toString());
        line(isDisclosure(m_record) ? "event.contact" : "event.withdraw", places.join(QStringLiteral("; ")));
        line("event.effect");
        line("event.notice", textAt(m_record, "dpv:hasNotice/dct:identifier"),
             textAt(m_record, "dpv:hasNotice/version"), textAt(m_record, "dpv:hasNotice/dct:language"),
             textAt(m_record, "dpv:hasNotice/sha256"));
    }

    void tool()
    {
        section("heading.tool");
        QStringList libraries;
        for (const QJsonValue &library : at(m_record, "vs:tool/libraries").toArray())
            libraries.append(library.toString());
        line("tool.program", textAt(m_record, "vs:tool/name"), textAt(m_record, "vs:tool/version"),
             textAt(m_record, "vs:tool/build"), textAt(m_record, "vs:tool/system"));
        field("tool.libraries", libraries.join(QStringLiteral(", ")));
        field("tool.decoder", "vs:tool/decoder");
        for (const QJsonValue &value : at(m_record, "vs:models").toArray()) {
            const QJsonObject model = value.toObject();
            const auto text = [&model](const char *key) { return model.value(QLatin1String(key)).toString(); };
            const QString alone = text("aloneThreshold"); // records of earlier versions have none
            line("tool.model", text("name"), text("version"), m_words.word("class", text("role")), text("threshold"),
                 alone.isEmpty() ? text("threshold") : alone, text("licence"),
                 text("sha256").isEmpty() ? m_words("word.embedded") : text("sha256"));
        }
        line("tool.log", textAt(m_record, "vs:log/file"), textAt(m_record, "vs:log/sha256"),
             textAt(m_record, "vs:digestAlgorithm"));
    }

    void signature()
    {
        section("heading.signature");
        line("signature.fingerprint", textAt(m_record, "vs:signingKey/fingerprint"));
        line("signature.key", textAt(m_record, "vs:signingKey/publicKey"),
             textAt(m_record, "vs:signingKey/signatureFormat"));
        line("signature.record", recordIdentifier(m_record), textAt(m_record, "dct:created"));
        if (!isWithdrawal(m_record))
            field("signature.replaces", "dct:replaces/@id");
        line("signature.check");
    }

    const QJsonObject &m_record;
    const Wording &m_words;
    Statement m_statement;
};

} // namespace

QStringList statementLanguages()
{
    return {QStringLiteral("en"), QStringLiteral("es")};
}

base::Result<Statement> makeStatement(const QJsonObject &record, const QString &language)
{
    const QString chosen = language.isEmpty() ? textAt(record, "dct:language") : language;
    const base::Result<Wording> words = Wording::load(chosen);
    if (!words)
        return words.error();
    return Writer(record, *words).write(chosen);
}

QString statementText(const Statement &statement)
{
    QString text = statement.title + QLatin1Char('\n') + QString(statement.title.size(), QLatin1Char('='))
                   + QStringLiteral("\n\n");
    for (const QString &line : statement.introduction)
        text += line + QStringLiteral("\n\n");
    for (const Statement::Section &section : statement.sections) {
        text +=
            section.heading + QLatin1Char('\n') + QString(section.heading.size(), QLatin1Char('-')) + QLatin1Char('\n');
        for (const QString &line : section.lines)
            text += QStringLiteral("* ") + QString(line).replace(QLatin1Char('\n'), QStringLiteral("\n  "))
                    + QLatin1Char('\n');
        text += QLatin1Char('\n');
    }
    return text;
}

QString statementHtml(const Statement &statement)
{
    const auto escaped = [](const QString &text) {
        return text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    };
    QString html = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\">\n"
                                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                                  "style-src 'unsafe-inline'\">\n<title>%2</title>\n<style>"
                                  "body{font-family:sans-serif;max-width:46em;margin:2em auto;padding:0 1em;"
                                  "line-height:1.45;color:#111;background:#fff}"
                                  "li{margin:.25em 0;overflow-wrap:anywhere}h2{border-bottom:1px solid #999}"
                                  "</style>\n</head>\n<body>\n")
                       .arg(escaped(statement.language), escaped(statement.title));
    html += QStringLiteral("<h1>") + escaped(statement.title) + QStringLiteral("</h1>\n");
    for (const QString &line : statement.introduction)
        html += QStringLiteral("<p>") + escaped(line) + QStringLiteral("</p>\n");
    for (const Statement::Section &section : statement.sections) {
        html += QStringLiteral("<h2>") + escaped(section.heading) + QStringLiteral("</h2>\n<ul>\n");
        for (const QString &line : section.lines)
            html += QStringLiteral("<li>") + escaped(line) + QStringLiteral("</li>\n");
        html += QStringLiteral("</ul>\n");
    }
    return html + QStringLiteral("</body>\n</html>\n");
}

QString statementWord(const QString &language, const char *section, const QString &word)
{
    const base::Result<Wording> words = Wording::load(language);
    return words ? words->word(section, word) : word;
}

base::Result<QStringList> statementWords(const QString &language)
{
    const base::Result<Wording> words = Wording::load(language);
    if (!words)
        return words.error();
    QStringList all;
    for (auto text = words->texts().begin(); text != words->texts().end(); ++text)
        all.append(text.key() + QStringLiteral("=") + text.value());
    all.sort();
    return all;
}

} // namespace doorveil::consent
