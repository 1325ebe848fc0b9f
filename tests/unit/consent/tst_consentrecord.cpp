// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/consentrecord.h"
#include "recordfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <functional>

using namespace doorveil;
using namespace doorveil::consent;
using consenttest::fullFacts;
using consenttest::fullRecord;

using Change = std::function<void(QJsonObject &)>;
Q_DECLARE_METATYPE(Change)

class TestConsentRecord final : public QObject
{
    Q_OBJECT

private slots:
    void everyKindIsValid_data();
    void everyKindIsValid();
    void defectsAreRefused_data();
    void defectsAreRefused();
    void compelledIsNoConsent();
    void holdsIntegersAndAsciiKeysOnly();
    void mandatoryFieldsOfTheStandard();
    void sourceHashCanBeLeftOut();
    void peopleAreListedWithTheirOwnStatus();
    void sameFactsGiveTheSameBytes();
    void withdrawalIsValid();
    void hostileRecordsAreRefused();
    void conditionsBecomeRules();
};

void TestConsentRecord::everyKindIsValid_data()
{
    QTest::addColumn<QString>("kind");
    const QStringList words = requestKindWords();
    QCOMPARE(words.size(), 17);
    for (const QString &word : words) {
        if (word != QLatin1String("preservation-request"))
            QTest::newRow(qPrintable(word)) << word;
    }
}

void TestConsentRecord::everyKindIsValid()
{
    QFETCH(QString, kind);
    const auto valid = validateRecord(fullRecord(*requestKindFromText(kind)));
    QVERIFY2(valid, valid ? "" : qPrintable(valid.error().message));
}

void TestConsentRecord::defectsAreRefused_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    // Every member that the schema demands.
    const QJsonObject record = fullRecord();
    for (const QString &key : record.keys()) {
        if (key != QLatin1String("dct:replaces"))
            row(qPrintable(QStringLiteral("without ") + key), [key](QJsonObject &changed) { changed.remove(key); });
    }
    const auto inside = [](const char *outer, const char *inner, const QJsonValue &value) {
        return [=](QJsonObject &changed) {
            QJsonObject object = changed.value(QLatin1String(outer)).toObject();
            object.insert(QLatin1String(inner), value);
            changed.insert(QLatin1String(outer), object);
        };
    };
    const auto inFirst = [](const char *list, const char *key, const QJsonValue &value) {
        return [=](QJsonObject &changed) {
            QJsonArray array = changed.value(QLatin1String(list)).toArray();
            QJsonObject first = array.first().toObject();
            first.insert(QLatin1String(key), value);
            array.replace(0, first);
            changed.insert(QLatin1String(list), array);
        };
    };
    row("unknown member", [](QJsonObject &changed) { changed.insert(QStringLiteral("vs:face"), 1); });
    row("unknown kind", inside("vs:request", "kind", QStringLiteral("order")));
    row("preservation", inside("vs:request", "kind", QStringLiteral("preservation-request")));
    row("declined", inside("vs:request", "outcome", QStringLiteral("decline")));
    row("compelled consent", inside("vs:request", "basis", QStringLiteral("compelled")));
    row("time without offset", inside("vs:request", "receivedAt", QStringLiteral("2026-03-05T09:30:00")));
    row("nameless recipient", inside("vs:recipient", "dpv:hasName", QString()));
    row("not signed as anybody", inside("vs:sharer", "signedAs", QString()));
    row("agreed", inside("vs:conditions", "status", QStringLiteral("agreed")));
    row("secret link", inside("vs:deliveryChannel", "host", QStringLiteral("https://portal.example/abc")));
    row("short hash", inFirst("vs:items", "sha256", QStringLiteral("abcd")));
    row("traversal", inFirst("vs:items", "file", QStringLiteral("data/../clip.mp4")));
    row("absolute path", inFirst("vs:items", "file", QStringLiteral("/etc/passwd")));
    row("negative size", inFirst("vs:items", "bytes", -1));
    row("fraction", inFirst("vs:items", "durationMs", 1.5));
    row("consent of somebody covered", inFirst("vs:personsDepicted", "consent", QStringLiteral("given")));
    row("a name instead of P1", inFirst("vs:personsDepicted", "localLabel", QStringLiteral("Eve")));
    row("somebody shown without a reason", inFirst("vs:personsDepicted", "treatment", QStringLiteral("unredacted")));
    row("two kinds of truth", [](QJsonObject &changed) {
        changed.insert(QStringLiteral("vs:disclosureEvent"),
                       changed.value(QStringLiteral("dpv:hasConsentStatus")).toArray().first());
    });
    row("failed check", [](QJsonObject &changed) {
        QJsonObject redaction = changed.value(QStringLiteral("vs:redaction")).toObject();
        QJsonArray qa = redaction.value(QStringLiteral("qa")).toArray();
        QJsonObject entry = qa.first().toObject();
        QJsonObject checks = entry.value(QStringLiteral("checks")).toObject();
        QJsonObject check = checks.value(QStringLiteral("c")).toObject();
        check.insert(QStringLiteral("passed"), false);
        checks.insert(QStringLiteral("c"), check);
        entry.insert(QStringLiteral("checks"), checks);
        qa.replace(0, entry);
        redaction.insert(QStringLiteral("qa"), qa);
        changed.insert(QStringLiteral("vs:redaction"), redaction);
    });
    row("irreversible mosaic", [](QJsonObject &changed) {
        QJsonObject redaction = changed.value(QStringLiteral("vs:redaction")).toObject();
        QJsonArray operations = redaction.value(QStringLiteral("operations")).toArray();
        QJsonObject mosaic = operations.at(2).toObject();
        mosaic.insert(QStringLiteral("irreversible"), true);
        operations.replace(2, mosaic);
        redaction.insert(QStringLiteral("operations"), operations);
        changed.insert(QStringLiteral("vs:redaction"), redaction);
    });
    row("unreviewed without a reason", [](QJsonObject &changed) {
        QJsonObject redaction = changed.value(QStringLiteral("vs:redaction")).toObject();
        QJsonArray reviews = redaction.value(QStringLiteral("review")).toArray();
        QJsonObject second = reviews.at(1).toObject();
        second.remove(QStringLiteral("reasonNotReviewed"));
        reviews.replace(1, second);
        redaction.insert(QStringLiteral("review"), reviews);
        changed.insert(QStringLiteral("vs:redaction"), redaction);
    });
}

void TestConsentRecord::defectsAreRefused()
{
    QFETCH(Change, change);
    QJsonObject record = fullRecord();
    QVERIFY(validateRecord(record));
    change(record);
    const auto valid = validateRecord(record);
    QVERIFY(!valid);
    QCOMPARE(valid.error().failureClass, QStringLiteral("invalid-record"));
    QCOMPARE(valid.error().kind, base::ErrorKind::CheckFailed);
}

void TestConsentRecord::compelledIsNoConsent()
{
    for (const RequestKind kind : {RequestKind::Subpoena, RequestKind::CourtOrder, RequestKind::SearchWarrant}) {
        const QJsonObject record = fullRecord(kind);
        QVERIFY(isDisclosure(record));
        QVERIFY(!record.contains(QStringLiteral("dpv:hasConsentStatus")));
        QVERIFY(!recordBytes(record).contains("ConsentGiven\"\n            ],\n            \"dpv:hasDuration"));
        QCOMPARE(record.value(QStringLiteral("dct:title")).toString(), QStringLiteral("Disclosure record"));
        QCOMPARE(record.value(QStringLiteral("vs:conditions")).toObject().value(QStringLiteral("force")).toString(),
                 QStringLiteral("wishes"));
    }
    // An emergency is decided by the owner.
    QVERIFY(!isDisclosure(fullRecord(RequestKind::EmergencyRequest)));
    QVERIFY(fullRecord(RequestKind::EmergencyRequest).contains(QStringLiteral("dpv:hasConsentStatus")));
}

namespace {

void collect(const QJsonValue &value, const QString &path, QStringList &fractions, QStringList &keys)
{
    if (value.isDouble() && value.toDouble() != double(value.toInteger()))
        fractions.append(path);
    if (value.isArray()) {
        for (const QJsonValue &element : value.toArray())
            collect(element, path + QStringLiteral("[]"), fractions, keys);
    }
    const QJsonObject members = value.toObject();
    for (auto member = members.begin(); member != members.end(); ++member) {
        keys.append(member.key());
        collect(member.value(), path + QLatin1Char('/') + member.key(), fractions, keys);
    }
}

} // namespace

void TestConsentRecord::holdsIntegersAndAsciiKeysOnly()
{
    QStringList fractions;
    QStringList keys;
    collect(fullRecord(), {}, fractions, keys);
    QVERIFY2(fractions.isEmpty(), qPrintable(fractions.join(QLatin1Char(' '))));
    QVERIFY(keys.size() > 200);
    for (const QString &key : keys) {
        for (const QChar character : key)
            QVERIFY2(character.unicode() < 128, qPrintable(key));
    }
    // The figures of the checks had fractions.
    QVERIFY(recordBytes(fullRecord()).contains("\"41.257\""));
}

/// ISO/IEC TS 27560:2023, by the mapping of the W3C DPVCG guide. docs/formats.md has the same table.
void TestConsentRecord::mandatoryFieldsOfTheStandard()
{
    const QJsonObject record = fullRecord();
    for (const char *key : {"dct:conformsTo", "dct:identifier", "dpv:hasDataSubject", "dpv:hasNotice", "dct:language",
                            "dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasDataController", "dpv:hasStorageCondition",
                            "dpv:hasJurisdiction", "dpv:hasRecipient", "dpv:hasConsentControl", "dpv:hasConsentStatus"})
        QVERIFY2(record.contains(QLatin1String(key)), key);
    for (const char *party : {"vs:sharer", "vs:recipient"}) {
        const QJsonObject object = record.value(QLatin1String(party)).toObject();
        for (const char *key : {"dpv:hasIdentifier", "dpv:hasName", "dpv:hasAddress", "dpv:hasContact", "@type"})
            QVERIFY2(object.contains(QLatin1String(key)), key);
    }
    const QJsonObject event = record.value(QStringLiteral("dpv:hasConsentStatus")).toArray().first().toObject();
    for (const char *key : {"dpv:isIndicatedAtTime", "dpv:hasDuration", "dpv:isIndicatedBy", "@type"})
        QVERIFY2(event.contains(QLatin1String(key)), key);
    QFile formats(QStringLiteral(DOORVEIL_SOURCE_DIR "/docs/formats.md"));
    QVERIFY(formats.open(QIODevice::ReadOnly));
    const QByteArray text = formats.readAll();
    for (const char *term : {"schema_version",    "record_id",        "pii_principal_id", "privacy_notice",
                             "language",          "purpose",          "pii_type",         "pii_controllers",
                             "storage_locations", "retention_period", "jurisdiction",     "recipient_third_parties",
                             "withdrawal_method", "party_id",         "party_name",       "party_address",
                             "party_contact",     "party_type",       "event_time",       "validity_duration",
                             "entity_id",         "event_type",       "event_state"})
        QVERIFY2(text.contains(QByteArray("`") + term + '`'), term);
}

void TestConsentRecord::sourceHashCanBeLeftOut()
{
    RecordFacts facts = fullFacts();
    const QString hash = facts.clips[0].sourceSha256;
    QVERIFY(recordBytes(buildRecord(facts)).contains(hash.toLatin1()));
    facts.request.includeSourceHash = false;
    QVERIFY(!recordBytes(buildRecord(facts)).contains(hash.toLatin1()));
}

void TestConsentRecord::peopleAreListedWithTheirOwnStatus()
{
    const QJsonArray people = fullRecord().value(QStringLiteral("vs:personsDepicted")).toArray();
    QCOMPARE(people.size(), 6);
    const QJsonObject covered = people.at(0).toObject();
    QCOMPARE(covered.value(QStringLiteral("localLabel")).toString(), QStringLiteral("P1"));
    QVERIFY(!covered.contains(QStringLiteral("consent")));
    const QJsonObject shown = people.at(1).toObject();
    QCOMPARE(shown.value(QStringLiteral("consent")).toString(), QStringLiteral("given"));
    const QJsonObject notAsked = people.at(2).toObject();
    QCOMPARE(notAsked.value(QStringLiteral("dpv:hasConsentStatus")).toObject().value(QStringLiteral("@id")).toString(),
             QStringLiteral("dpv:ConsentUnknown"));
    QCOMPARE(people.at(5).toObject().value(QStringLiteral("localLabel")).toString(), QStringLiteral("P6"));
}

void TestConsentRecord::sameFactsGiveTheSameBytes()
{
    QCOMPARE(recordBytes(fullRecord()), recordBytes(fullRecord()));
    QVERIFY(recordBytes(fullRecord()).endsWith("}\n"));
    // Read and written again they are the same: what is verified is what was signed.
    const QByteArray bytes = recordBytes(fullRecord());
    QCOMPARE(recordBytes(QJsonDocument::fromJson(bytes).object()), bytes);
}

void TestConsentRecord::withdrawalIsValid()
{
    const QJsonObject original = fullRecord();
    const QJsonObject record =
        buildWithdrawal(original, QStringLiteral("Alex Owner"), QStringLiteral("they passed it on"),
                        QDateTime(QDate(2026, 5, 1), QTime(10, 0), Qt::OffsetFromUTC, 0), newIdentifier());
    const auto valid = validateRecord(record);
    QVERIFY2(valid, valid ? "" : qPrintable(valid.error().message));
    QVERIFY(isWithdrawal(record));
    QVERIFY(!isWithdrawal(original));
    QCOMPARE(record.value(QStringLiteral("dct:replaces")).toObject().value(QStringLiteral("@id")).toString(),
             QStringLiteral("urn:uuid:") + recordIdentifier(original));
    QVERIFY(recordIdentifier(record) != recordIdentifier(original));
    // A consent that pretends to be none, and the other way round.
    QJsonObject wrong = original;
    wrong.insert(QStringLiteral("dpv:hasConsentStatus"), record.value(QStringLiteral("dpv:hasConsentStatus")));
    QVERIFY(!validateRecord(wrong));
}

void TestConsentRecord::hostileRecordsAreRefused()
{
    QVERIFY(!validateRecord({}));
    QJsonObject record = fullRecord();
    record.insert(QStringLiteral("vs:validUntil"), QString(2'000'000, QLatin1Char('1')));
    QVERIFY(!validateRecord(record)); // and no stack runs out in the pattern matcher
    QJsonValue deep = QStringLiteral("x");
    for (int level = 0; level < 500; ++level)
        deep = QJsonArray{deep};
    record = fullRecord();
    record.insert(QStringLiteral("dct:replaces"), deep);
    QVERIFY(!validateRecord(record));
}

void TestConsentRecord::conditionsBecomeRules()
{
    RecordFacts facts = fullFacts();
    const auto actions = [](const QJsonObject &record, const char *list) {
        QStringList found;
        for (const QJsonValue &rule :
             record.value(QStringLiteral("vs:conditions")).toObject().value(QLatin1String(list)).toArray())
            found.append(rule.toObject().value(QStringLiteral("odrl:action")).toString());
        return found;
    };
    QVERIFY(actions(buildRecord(facts), "odrl:prohibition").contains(QStringLiteral("ai:FaceRecognition")));
    QVERIFY(actions(buildRecord(facts), "odrl:prohibition").contains(QStringLiteral("odrl:distribute")));
    QCOMPARE(
        actions(buildRecord(facts), "odrl:obligation"),
        (QStringList{QStringLiteral("odrl:delete"), QStringLiteral("odrl:delete"), QStringLiteral("odrl:inform")}));
    facts.request.conditions = {};
    facts.request.conditions.noFaceRecognition = false;
    facts.request.conditions.noOnwardSharing = false;
    facts.request.conditions.noPublicRelease = false;
    facts.request.conditions.noModelTraining = false;
    facts.request.conditions.noReversal = false;
    facts.request.conditions.validUntil = QDate(2027, 1, 1);
    const QJsonObject bare =
        withStatement(buildRecord(facts), {QStringLiteral("statement.txt"), QString(64, QLatin1Char('a'))},
                      {QStringLiteral("statement.html"), QString(64, QLatin1Char('b'))});
    QVERIFY(actions(bare, "odrl:prohibition").isEmpty());
    const auto valid = validateRecord(bare);
    QVERIFY2(valid, valid ? "" : qPrintable(valid.error().message));
}

QTEST_GUILESS_MAIN(TestConsentRecord)
#include "tst_consentrecord.moc"
