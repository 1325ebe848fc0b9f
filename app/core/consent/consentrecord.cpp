// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/consentrecord.h"

#include "consent/json_p.h"
#include "consent/resources_p.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <cmath>

namespace doorveil::consent {

using internal::at;
using internal::object;
using internal::textAt;
using internal::timeWithOffset;

namespace {

QJsonObject reference(const char *iri)
{
    return object({{"@id", QString::fromLatin1(iri)}});
}

QJsonObject typed(const char *type)
{
    return object({{"@type", QString::fromLatin1(type)}});
}

void insertText(QJsonObject &target, const char *key, const QString &text)
{
    if (!text.isEmpty())
        target.insert(QLatin1String(key), text);
}

QJsonObject context()
{
    const auto typedTerm = [](const char *id, const char *type) {
        return object({{"@id", QString::fromLatin1(id)}, {"@type", QString::fromLatin1(type)}});
    };
    return object({
        {"@vocab", QString::fromLatin1(shareNamespace)},
        {"vs", object({{"@id", QString::fromLatin1(shareNamespace)}, {"@prefix", true}})},
        {"dct", QStringLiteral("http://purl.org/dc/terms/")},
        {"dpv", QStringLiteral("https://w3id.org/dpv#")},
        {"law", QStringLiteral("https://w3id.org/dpv/sector/law#")},
        {"pd", QStringLiteral("https://w3id.org/dpv/pd#")},
        {"ai", QStringLiteral("https://w3id.org/dpv/ai#")},
        {"loc", QStringLiteral("https://w3id.org/dpv/loc#")},
        {"odrl", QStringLiteral("http://www.w3.org/ns/odrl/2/")},
        {"schema", QStringLiteral("https://schema.org/")},
        {"xsd", QStringLiteral("http://www.w3.org/2001/XMLSchema#")},
        {"dct:created", typedTerm("http://purl.org/dc/terms/created", "xsd:dateTime")},
        {"dct:conformsTo", typedTerm("http://purl.org/dc/terms/conformsTo", "@id")},
        {"dpv:isIndicatedAtTime", typedTerm("https://w3id.org/dpv#isIndicatedAtTime", "xsd:dateTime")},
        {"odrl:action", typedTerm("http://www.w3.org/ns/odrl/2/action", "@id")},
        {"odrl:target", typedTerm("http://www.w3.org/ns/odrl/2/target", "@id")},
        {"odrl:leftOperand", typedTerm("http://www.w3.org/ns/odrl/2/leftOperand", "@id")},
        {"odrl:operator", typedTerm("http://www.w3.org/ns/odrl/2/operator", "@id")},
        {"odrl:assigner", typedTerm("http://www.w3.org/ns/odrl/2/assigner", "@id")},
    });
}

/// Fractions as texts: byte-exact and canonical JSON coincide only for integers.
QJsonValue withoutFractions(const QJsonValue &value)
{
    if (value.isDouble()) {
        const double number = value.toDouble();
        if (std::isfinite(number) && number == std::floor(number) && std::abs(number) < 9e15)
            return qint64(number);
        return QString::number(number, 'g', 6);
    }
    if (value.isArray()) {
        QJsonArray result;
        for (const QJsonValue &element : value.toArray())
            result.append(withoutFractions(element));
        return result;
    }
    if (value.isObject()) {
        QJsonObject result;
        const QJsonObject members = value.toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            result.insert(member.key(), withoutFractions(member.value()));
        return result;
    }
    return value;
}

const char *recipientClass(RecipientKind kind)
{
    return kind == RecipientKind::LawEnforcement ? "dpv:LawEnforcementOrganisation" : "dpv:Organisation";
}

const char *purposeIri(const Request &request)
{
    switch (request.recipient.kind) {
    case RecipientKind::LawEnforcement:
        return request.basis == RequestBasis::Emergency ? "dpv:ProtectionOfPublicSecurity" : "law:CrimeInvestigation";
    case RecipientKind::Court:
    case RecipientKind::Lawyer:
        return "law:LegalEvidenceCollection";
    default:
        return "dpv:Purpose";
    }
}

class Builder
{
public:
    explicit Builder(const RecordFacts &facts)
        : m_facts(facts),
          m_request(facts.request),
          m_compelled(facts.request.basis == RequestBasis::Compelled),
          m_name(facts.request.sharer.name.isEmpty() ? facts.signer.typedName : facts.request.sharer.name)
    {
    }

    QJsonObject build()
    {
        header();
        parties();
        request();
        scope();
        people();
        conditions();
        event();
        redaction();
        tool();
        return m_record;
    }

private:
    void put(const char *key, const QJsonValue &value) { m_record.insert(QLatin1String(key), value); }

    void header()
    {
        put("@context", context());
        put("@id", QStringLiteral("urn:uuid:") + m_facts.identifier);
        put("@type", m_compelled ? QJsonArray{QStringLiteral("vs:DisclosureRecord")}
                                 : QJsonArray{QStringLiteral("dpv:ConsentRecord")});
        put("dct:conformsTo", QJsonArray{QString::fromLatin1(profileIri),
                                         QStringLiteral("https://w3id.org/dpv/schema/dpv-27560#record")});
        put("dct:identifier", m_facts.identifier);
        put("dct:created", timeWithOffset(m_facts.createdAt));
        put("dct:language", m_request.language);
        if (!m_facts.replaces.isEmpty())
            put("dct:replaces", object({{"@id", QStringLiteral("urn:uuid:") + m_facts.replaces}}));
        put("dct:title", m_compelled ? QStringLiteral("Disclosure record") : QStringLiteral("Consent record"));
    }

    void parties()
    {
        QJsonObject sharer =
            object({{"@id", QStringLiteral("_:sharer")},
                    {"@type", QJsonArray{QStringLiteral("dpv:DataSubject"), QStringLiteral("dpv:DataController")}},
                    {"dpv:hasIdentifier", QStringLiteral("sharer")},
                    {"dpv:hasName", m_name},
                    {"dpv:hasContact", m_request.sharer.contact},
                    {"dpv:hasAddress", QString()},
                    {"capacity", toText(m_request.sharer.capacity)},
                    {"ownsDevice", m_request.sharer.ownsDevice}});
        sharer.insert(QStringLiteral("signedAs"), m_facts.signer.typedName);
        put("vs:sharer", sharer);
        put("vs:signingKey", object({{"publicKey", m_facts.signer.publicKey},
                                     {"fingerprint", m_facts.signer.fingerprint},
                                     {"signatureFormat", QStringLiteral("SSHSIG, namespace file")}}));

        const Recipient &who = m_request.recipient;
        put("vs:recipient", object({{"@id", QStringLiteral("_:recipient")},
                                    {"@type", QJsonArray{QString::fromLatin1(recipientClass(who.kind)),
                                                         QStringLiteral("dpv:Recipient")}},
                                    {"dpv:hasIdentifier", QStringLiteral("recipient")},
                                    {"dpv:hasName", who.organisation},
                                    {"dpv:hasContact", who.contact},
                                    {"dpv:hasAddress", who.address},
                                    {"kind", toText(who.kind)},
                                    {"unit", who.unit},
                                    {"officer", who.officer},
                                    {"badgeNumber", who.badgeNumber},
                                    {"contactSource", who.contactSource}}));
        put("vs:recipientVerified", toText(who.identityCheck));
        put("vs:deliveryChannel", object({{"channel", toText(who.channel)}, {"host", who.channelHost}}));

        put("dpv:hasDataSubject", object({{"@id", QStringLiteral("_:sharer")}}));
        put("dpv:hasDataController", QJsonArray{reference("_:sharer"), reference("_:recipient")});
        put("dpv:hasRecipient", reference("_:recipient"));
        const QString &where = m_request.sharer.jurisdiction;
        static const QRegularExpression code(QStringLiteral("\\A[A-Z]{2}(-[A-Z0-9]{1,3})?\\z"));
        if (where.isEmpty())
            put("dpv:hasJurisdiction", QStringLiteral("not stated"));
        else if (code.match(where).hasMatch())
            put("dpv:hasJurisdiction", object({{"@id", QStringLiteral("loc:") + where}}));
        else
            put("dpv:hasJurisdiction", where);
    }

    void request()
    {
        const RequestWindow &window = m_request.window;
        QJsonObject asked = object({
            {"kind", toText(m_request.kind)},
            {"basis", toText(m_request.basis)},
            {"receivedAt", timeWithOffset(m_request.receivedAt)},
            {"receivedVia", m_request.receivedVia},
            {"caseNumber", m_request.caseNumber},
            {"investigationCode", m_request.investigationCode},
            {"incidentType", m_request.incidentType},
            {"area", m_request.area},
            {"purpose", m_request.purpose},
            {"window", object({{"start", timeWithOffset(window.start)},
                               {"end", timeWithOffset(window.end)},
                               {"timezone", window.timeZone}})},
            {"dpv:hasRequestStatus", reference("dpv:RequestAccepted")},
            {"outcome", toText(m_request.decision.outcome)},
        });
        if (m_request.caseNumber.isEmpty() && m_request.investigationCode.isEmpty())
            asked.insert(QStringLiteral("notProvided"), true);
        const DocumentReference &document = m_request.document;
        if (!document.kind.isEmpty() || !document.sha256.isEmpty()) {
            QJsonObject paper = object({{"kind", document.kind},
                                        {"issuer", document.issuer},
                                        {"number", document.number},
                                        {"date", document.date}});
            insertText(paper, "sha256", document.sha256);
            asked.insert(QStringLiteral("documentRef"), paper);
        }
        put("vs:request", asked);
        put("dpv:hasPurpose",
            object({{"@id", QString::fromLatin1(purposeIri(m_request))},
                    {"statement", m_request.purpose.isEmpty() ? QStringLiteral("not stated") : m_request.purpose}}));
    }

    void scope()
    {
        QJsonArray items;
        for (const ClipFacts &clip : m_facts.clips)
            items.append(item(clip));
        put("vs:items", items);
        put("vs:withheld",
            object({{"withheld", m_request.decision.withheld}, {"note", m_request.decision.withheldNote}}));
        QJsonArray data{reference("pd:Picture")};
        const auto any = [this](const auto &test) {
            return std::any_of(m_facts.clips.begin(), m_facts.clips.end(), test);
        };
        if (any([](const ClipFacts &clip) {
                return clip.plates == Treatment::Unredacted || clip.plates == Treatment::Partly;
            }))
            data.append(reference("pd:VehicalLicenseNumber")); // DPV's own spelling
        if (any([](const ClipFacts &clip) { return clip.hasAudio; }))
            data.append(reference("pd:VoiceCommunicationRecording"));
        put("dpv:hasPersonalData", data);
        put("dpv:hasProcessing", QJsonArray{reference("dpv:Share"), reference("dpv:DataRedaction")});
    }

    [[nodiscard]] QJsonObject item(const ClipFacts &clip) const
    {
        QJsonObject source = object({{"cameraLabel", m_request.cameraLabel}, {"codec", clip.sourceCodec}});
        if (m_request.includeSourceHash) {
            source.insert(QStringLiteral("sha256"), clip.sourceSha256);
            source.insert(QStringLiteral("bytes"), qint64(clip.sourceBytes));
        }
        QJsonObject result = object({
            {"file", QStringLiteral("data/") + clip.file},
            {"bytes", qint64(clip.bytes)},
            {"sha256", clip.sha256},
            {"mediaType", QStringLiteral("video/mp4")},
            {"durationMs", qint64(clip.durationMilliseconds)},
            {"width", clip.width},
            {"height", clip.height},
            {"frameRate", QStringLiteral("%1/%2").arg(clip.frameRate.numerator).arg(clip.frameRate.denominator)},
            {"frames", qint64(clip.frames)},
            {"hasAudio", clip.hasAudio},
            {"report", object({{"file", QStringLiteral("data/") + clip.report}, {"sha256", clip.reportSha256}})},
            {"source", source},
            {"trim", object({{"sourceStartMs", qint64(clip.trimBeginMilliseconds)},
                             {"sourceEndMs", qint64(clip.trimEndMilliseconds)},
                             {"firstFramePts", qint64(clip.firstFramePts)},
                             {"lastFramePts", qint64(clip.lastFramePts)},
                             {"framesIn", qint64(clip.sourceFrames)},
                             {"framesOut", qint64(clip.frames)},
                             {"framesDropped", qint64(clip.lostFrames)},
                             {"framesDamaged", qint64(clip.damagedFrames)},
                             {"wholeClip", clip.wholeClip}})},
        });
        if (clip.recordedAt)
            result.insert(QStringLiteral("recordedAt"),
                          object({{"time", timeWithOffset(*clip.recordedAt)},
                                  {"clockOffsetMs", qint64(clip.clockOffsetMilliseconds)},
                                  {"offsetMethod", QStringLiteral("stated by the owner")}}));
        return result;
    }

    void people()
    {
        QJsonArray persons;
        QJsonArray objects;
        int number = 0;
        for (const ClipFacts &clip : m_facts.clips) {
            for (const DepictedPerson &person : clip.people) {
                QJsonObject entry = object({{"localLabel", QStringLiteral("P%1").arg(++number)},
                                            {"file", QStringLiteral("data/") + clip.file},
                                            {"treatment", toText(person.treatment)},
                                            {"tracks", qint64(person.subjects)}});
                if (person.treatment != Treatment::Redacted) {
                    entry.insert(QStringLiteral("reasonUnredacted"), person.reason);
                    entry.insert(QStringLiteral("consent"), person.consent);
                    entry.insert(QStringLiteral("dpv:hasConsentStatus"), personStatus(person.consent));
                }
                persons.append(entry);
            }
            objects.append(object({{"file", QStringLiteral("data/") + clip.file},
                                   {"plates", toText(clip.plates)},
                                   {"plateTracks", qint64(clip.plateTracks)},
                                   {"audioSpeech", toText(clip.sound)},
                                   {"screensAndDocuments", toText(Treatment::NotAssessed)},
                                   {"houseNumbers", toText(Treatment::NotAssessed)},
                                   {"osd", toText(Treatment::NotAssessed)},
                                   {"zones", qint64(clip.zones)}}));
        }
        put("vs:personsDepicted", persons);
        put("vs:objectsDepicted", objects);
    }

    static QJsonObject personStatus(const QString &consent)
    {
        if (consent == QLatin1String("self") || consent == QLatin1String("given")
            || consent == QLatin1String("guardian"))
            return reference("dpv:ConsentGiven");
        if (consent == QLatin1String("refused"))
            return reference("dpv:ConsentRefused");
        return reference("dpv:ConsentUnknown");
    }

    [[nodiscard]] QJsonObject rule(const char *action) const
    {
        return object({{"odrl:action", QString::fromLatin1(action)}, {"odrl:target", QStringLiteral("_:package")}});
    }

    void conditions()
    {
        const Conditions &asked = m_request.conditions;
        QJsonArray prohibitions;
        if (asked.noFaceRecognition) {
            for (const char *action : {"ai:FaceRecognition", "ai:BiometricIdentification", "ai:EmotionRecognition"})
                prohibitions.append(rule(action));
        }
        if (asked.noOnwardSharing) {
            for (const char *action : {"odrl:distribute", "odrl:grantUse"}) {
                QJsonObject entry = rule(action);
                entry.insert(QStringLiteral("exceptions"), QJsonArray::fromStringList(asked.onwardExceptions));
                prohibitions.append(entry);
            }
        }
        if (asked.noPublicRelease)
            prohibitions.append(rule("vs:publish"));
        if (asked.noModelTraining)
            prohibitions.append(rule("vs:trainModel"));
        if (asked.noReversal)
            prohibitions.append(rule("vs:reverseRedaction"));
        QJsonArray duties;
        if (asked.retainUntil) {
            QJsonObject entry = rule("odrl:delete");
            entry.insert(QStringLiteral("odrl:constraint"),
                         object({{"odrl:leftOperand", QStringLiteral("odrl:dateTime")},
                                 {"odrl:operator", QStringLiteral("odrl:lteq")},
                                 {"odrl:rightOperand", asked.retainUntil->toString(Qt::ISODate)}}));
            duties.append(entry);
        }
        if (!asked.deleteAfterEvent.isEmpty()) {
            QJsonObject entry = rule("odrl:delete");
            entry.insert(QStringLiteral("afterEvent"), asked.deleteAfterEvent);
            duties.append(entry);
        }
        if (asked.informOnUse)
            duties.append(rule("odrl:inform"));

        QJsonObject permission = rule("odrl:use");
        permission.insert(QStringLiteral("odrl:constraint"),
                          object({{"odrl:leftOperand", QStringLiteral("odrl:purpose")},
                                  {"odrl:operator", QStringLiteral("odrl:isA")},
                                  {"odrl:rightOperand", QString::fromLatin1(purposeIri(m_request))}}));
        QJsonObject offer = object({{"@type", QStringLiteral("odrl:Offer")},
                                    {"odrl:assigner", QStringLiteral("_:sharer")},
                                    {"odrl:permission", QJsonArray{permission}},
                                    {"odrl:prohibition", prohibitions},
                                    {"odrl:obligation", duties},
                                    {"status", QStringLiteral("requested")},
                                    {"force", m_compelled ? QStringLiteral("wishes") : QStringLiteral("terms-offered")},
                                    {"noFaceRecognition", asked.noFaceRecognition},
                                    {"noOnwardSharing", asked.noOnwardSharing},
                                    {"onwardExceptions", QJsonArray::fromStringList(asked.onwardExceptions)},
                                    {"noPublicRelease", asked.noPublicRelease},
                                    {"noModelTraining", asked.noModelTraining},
                                    {"noReversal", asked.noReversal},
                                    {"informOnUse", asked.informOnUse}});
        QJsonArray storage{object(
            {{"@type", QStringLiteral("dpv:StorageLocation")},
             {"statement", asked.storageLocation.isEmpty() ? QStringLiteral("not stated") : asked.storageLocation}})};
        if (asked.retainUntil) {
            offer.insert(QStringLiteral("retainUntil"), asked.retainUntil->toString(Qt::ISODate));
            storage.append(object(
                {{"@type", QJsonArray{QStringLiteral("dpv:StorageDuration"), QStringLiteral("dpv:UntilTimeDuration")}},
                 {"statement", asked.retainUntil->toString(Qt::ISODate)}}));
        }
        if (!asked.deleteAfterEvent.isEmpty()) {
            offer.insert(QStringLiteral("deleteAfterEvent"), asked.deleteAfterEvent);
            storage.append(object(
                {{"@type", QJsonArray{QStringLiteral("dpv:StorageDuration"), QStringLiteral("dpv:UntilEventDuration")}},
                 {"statement", asked.deleteAfterEvent}}));
        }
        if (storage.size() == 1)
            storage.append(object(
                {{"@type", QStringLiteral("dpv:StorageDuration")}, {"statement", QStringLiteral("not stated")}}));
        insertText(offer, "storageLocation", asked.storageLocation);
        put("vs:conditions", offer);
        put("dpv:hasStorageCondition", storage);
        put("vs:validUntil", asked.validUntil.toString(Qt::ISODate));
    }

    void event()
    {
        const QString method = QStringLiteral("typed name in %1 %2").arg(m_facts.tool.name, m_facts.tool.version);
        QJsonObject given = object(
            {{"dpv:isIndicatedBy", reference("_:sharer")},
             {"dpv:isIndicatedAtTime", timeWithOffset(m_facts.decidedAt)},
             {"dpv:hasIndicationMethod", method},
             {"dpv:hasDuration", object({{"@type", QStringLiteral("dpv:UntilTimeDuration")},
                                         {"statement", m_request.conditions.validUntil.toString(Qt::ISODate)}})}});
        if (m_compelled) {
            given.insert(QStringLiteral("@type"), QJsonArray{QStringLiteral("vs:CompelledDisclosure")});
            put("vs:disclosureEvent", given);
        } else {
            given.insert(QStringLiteral("@type"), QJsonArray{QStringLiteral("dpv:ConsentGiven"),
                                                             QStringLiteral("dpv:ExplicitlyExpressedConsent")});
            put("dpv:hasConsentStatus", QJsonArray{given});
        }
        const QByteArray notice = noticeText(m_request.language).toUtf8();
        put("dpv:hasNotice",
            object({{"@type", m_compelled ? QStringLiteral("dpv:Notice") : QStringLiteral("dpv:ConsentNotice")},
                    {"dct:identifier", QStringLiteral("doorveil-sharing-notice")},
                    {"version", noticeVersion()},
                    {"dct:language", m_request.language},
                    {"sha256",
                     QString::fromLatin1(QCryptographicHash::hash(notice, QCryptographicHash::Sha256).toHex())}}));
        put("dpv:hasConsentControl",
            object({{"@type", QStringLiteral("dpv:WithdrawConsent")},
                    {"dpv:isExercisedAt",
                     QJsonArray{m_request.recipient.contact.isEmpty() ? m_request.recipient.organisation
                                                                      : m_request.recipient.contact,
                                m_request.sharer.contact.isEmpty() ? m_name : m_request.sharer.contact}}}));
        put("vs:withdrawalEffect", QStringLiteral("future-use-only"));
    }

    void redaction()
    {
        QJsonArray operations;
        QJsonArray reviews;
        QJsonArray checks;
        QJsonArray removed;
        QStringList limits{QStringLiteral("clothing-gait-voice"), QStringLiteral("detector-can-miss"),
                           QStringLiteral("screens-and-texts-not-searched")};
        for (const ClipFacts &clip : m_facts.clips) {
            const QString file = QStringLiteral("data/") + clip.file;
            for (const RedactionOperation &operation : clip.operations)
                operations.append(object({{"file", file},
                                          {"class", operation.subject},
                                          {"operator", operation.method},
                                          {"tracks", qint64(operation.tracks)},
                                          {"framesAffected", qint64(operation.framesAffected)},
                                          {"irreversible", operation.irreversible}}));
            QJsonObject review = object({{"file", file},
                                         {"reviewed", clip.reviewed},
                                         {"framesReviewed", qint64(clip.framesWatched)},
                                         {"framesExported", qint64(clip.frames)},
                                         {"fullPlaybackWatched", clip.framesWatched >= clip.frames},
                                         {"manualEdits", qint64(clip.manualEdits)},
                                         {"openChecks", qint64(clip.openChecks)}});
            if (clip.reviewed)
                review.insert(QStringLiteral("reviewedBy"), m_facts.signer.typedName);
            if (clip.reviewed && clip.reviewedAt)
                review.insert(QStringLiteral("reviewedAt"), timeWithOffset(*clip.reviewedAt));
            if (!clip.reviewed)
                review.insert(QStringLiteral("reasonNotReviewed"), m_facts.unreviewedReason);
            reviews.append(review);
            QJsonObject outcome;
            for (const CheckFact &check : clip.checks)
                outcome.insert(check.key,
                               object({{"passed", check.passed}, {"figures", withoutFractions(check.figures)}}));
            checks.append(object({{"file", file},
                                  {"verifiedSha256", clip.sha256},
                                  {"checks", outcome},
                                  {"secondDetectors", QJsonArray::fromStringList(clip.secondPassDetectors)},
                                  {"residualDetections", 0},
                                  {"pixelIndependenceTest", QStringLiteral("not-run-on-this-clip")}}));
            removed.append(object({{"file", file},
                                   {"metadata", QJsonArray::fromStringList(clip.metadataRemoved)},
                                   {"streams", QJsonArray::fromStringList(clip.streamsRemoved)}}));
            if (clip.basicDetectors && !limits.contains(QStringLiteral("basic-detectors-used")))
                limits.append(QStringLiteral("basic-detectors-used"));
            if (!clip.reviewed && !limits.contains(QStringLiteral("not-reviewed")))
                limits.append(QStringLiteral("not-reviewed"));
            if (clip.hasAudio && !limits.contains(QStringLiteral("sound-kept")))
                limits.append(QStringLiteral("sound-kept"));
            if (!clip.decoderIsolated && !limits.contains(QStringLiteral("decoder-not-isolated")))
                limits.append(QStringLiteral("decoder-not-isolated"));
            const bool mosaic = std::any_of(clip.operations.begin(), clip.operations.end(),
                                            [](const RedactionOperation &entry) { return !entry.irreversible; });
            if (mosaic && !limits.contains(QStringLiteral("mosaic-is-cosmetic")))
                limits.append(QStringLiteral("mosaic-is-cosmetic"));
        }
        put("vs:redaction", object({{"operations", operations},
                                    {"metadataRemoved", removed},
                                    {"review", reviews},
                                    {"qa", checks},
                                    {"knownLimits", QJsonArray::fromStringList(limits)}}));
    }

    void tool()
    {
        const ToolFacts &facts = m_facts.tool;
        put("vs:tool",
            object({{"name", facts.name},
                    {"version", facts.version},
                    {"build", facts.build},
                    {"system", facts.system},
                    {"libraries", QJsonArray::fromStringList(facts.libraries)},
                    {"decoder", m_facts.clips.empty() ? QString() : m_facts.clips.front().decoderStatement}}));
        QJsonArray models;
        QSet<QString> known;
        for (const ClipFacts &clip : m_facts.clips) {
            for (const DetectorFact &detector : clip.detectors) {
                const QString key = detector.id + detector.role + detector.sha256;
                if (known.contains(key))
                    continue;
                known.insert(key);
                models.append(object({{"name", detector.id},
                                      {"version", detector.version},
                                      {"sha256", detector.sha256},
                                      {"role", detector.role},
                                      {"threshold", detector.threshold},
                                      {"aloneThreshold", detector.aloneThreshold},
                                      {"licence", detector.licence}}));
            }
        }
        put("vs:models", models);
        put("vs:log", object({{"file", QStringLiteral("data/") + m_facts.log.file}, {"sha256", m_facts.log.sha256}}));
        put("vs:digestAlgorithm", QStringLiteral("sha-256"));
    }

    const RecordFacts &m_facts;
    const Request &m_request;
    bool m_compelled;
    QString m_name;
    QJsonObject m_record;
};

} // namespace

QString toText(Treatment treatment)
{
    switch (treatment) {
    case Treatment::Redacted:
        return QStringLiteral("redacted");
    case Treatment::Unredacted:
        return QStringLiteral("unredacted");
    case Treatment::Partly:
        return QStringLiteral("partly");
    case Treatment::NotPresent:
        return QStringLiteral("not-present");
    case Treatment::NotAssessed:
        break;
    }
    return QStringLiteral("not-assessed");
}

QJsonObject buildRecord(const RecordFacts &facts)
{
    return Builder(facts).build();
}

QJsonObject withStatement(const QJsonObject &record, const FileReference &text, const FileReference &html)
{
    QJsonObject complete = record;
    complete.insert(QStringLiteral("vs:humanReadable"),
                    QJsonArray{object({{"file", QStringLiteral("data/") + text.file}, {"sha256", text.sha256}}),
                               object({{"file", QStringLiteral("data/") + html.file}, {"sha256", html.sha256}})});
    return complete;
}

bool isDisclosure(const QJsonObject &record)
{
    return textAt(record, "vs:request/basis") == QLatin1String("compelled");
}

bool isWithdrawal(const QJsonObject &record)
{
    const QJsonArray states = at(record, "dpv:hasConsentStatus").toArray();
    return std::any_of(states.begin(), states.end(), [](const QJsonValue &state) {
        return state.toObject()
            .value(QStringLiteral("@type"))
            .toArray()
            .contains(QStringLiteral("dpv:ConsentWithdrawn"));
    });
}

QString recordIdentifier(const QJsonObject &record)
{
    return record.value(QStringLiteral("dct:identifier")).toString();
}

QJsonObject buildWithdrawal(const QJsonObject &original, const QString &typedName, const QString &reason,
                            const QDateTime &at, const QString &identifier)
{
    QJsonObject record = original;
    record.insert(QStringLiteral("@id"), QStringLiteral("urn:uuid:") + identifier);
    record.insert(QStringLiteral("@type"), QJsonArray{QStringLiteral("dpv:ConsentRecord")});
    record.insert(QStringLiteral("dct:identifier"), identifier);
    record.insert(QStringLiteral("dct:created"), timeWithOffset(at));
    record.insert(QStringLiteral("dct:title"), QStringLiteral("Withdrawal record"));
    record.insert(QStringLiteral("dct:replaces"),
                  object({{"@id", QStringLiteral("urn:uuid:") + recordIdentifier(original)}}));
    record.remove(QStringLiteral("vs:disclosureEvent"));
    record.remove(QStringLiteral("vs:humanReadable"));
    QJsonObject event = object({{"@type", QJsonArray{QStringLiteral("dpv:ConsentWithdrawn"),
                                                     QStringLiteral("dpv:ExplicitlyExpressedConsent")}},
                                {"dpv:isIndicatedBy", reference("_:sharer")},
                                {"dpv:isIndicatedAtTime", timeWithOffset(at)},
                                {"dpv:hasIndicationMethod", QStringLiteral("typed name")},
                                {"signedAs", typedName},
                                {"dpv:hasDuration", typed("dpv:EndlessDuration")}});
    insertText(event, "reason", reason);
    record.insert(QStringLiteral("dpv:hasConsentStatus"), QJsonArray{event});
    return record;
}

QByteArray recordBytes(const QJsonObject &record)
{
    return QJsonDocument(record).toJson(QJsonDocument::Indented);
}

QString noticeText(const QString &language)
{
    return QString::fromUtf8(internal::resource(QStringLiteral("notices/sharing-1.%1.txt").arg(language)));
}

QString noticeVersion()
{
    return QStringLiteral("1");
}

QString newIdentifier()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

} // namespace doorveil::consent
