// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordfixture.h"

#include "consent/statement.h"

#include <QCryptographicHash>
#include <QTimeZone>

namespace doorveil::consenttest {

using namespace consent;

namespace {

QString hashOf(const char *text)
{
    return QString::fromLatin1(QCryptographicHash::hash(QByteArray(text), QCryptographicHash::Sha256).toHex());
}

std::vector<CheckFact> allChecks()
{
    std::vector<CheckFact> checks;
    for (const char *key : {"a", "b", "c", "d", "e"})
        checks.push_back({QString::fromLatin1(key),
                          true,
                          {{QStringLiteral("figure_%1").arg(QLatin1String(key)), 41.257},
                           {QStringLiteral("count_%1").arg(QLatin1String(key)), 7}}});
    return checks;
}

ClipFacts clip(int number)
{
    ClipFacts facts;
    facts.file = QStringLiteral("clip-00%1.redacted.mp4").arg(number);
    facts.bytes = 120'000 + number;
    facts.sha256 = hashOf(number == 1 ? "clip one" : "clip two");
    facts.durationMilliseconds = 4'200 + number;
    facts.width = 1'280 + number;
    facts.height = 960 + number;
    facts.frameRate = {15'000 + number, 1'001};
    facts.frames = 63 + number;
    facts.report = QStringLiteral("clip-00%1.report.json").arg(number);
    facts.reportSha256 = hashOf(number == 1 ? "report one" : "report two");
    facts.sourceSha256 = hashOf(number == 1 ? "source one" : "source two");
    facts.sourceBytes = 500'000 + number;
    facts.sourceCodec = number == 1 ? QStringLiteral("h264") : QStringLiteral("hevc");
    facts.sourceFrames = 300 + number;
    facts.lostFrames = 20 + number;
    facts.damagedFrames = 10 + number;
    facts.trimBeginMilliseconds = 1'000 + number;
    facts.trimEndMilliseconds = 5'201 + number;
    facts.firstFramePts = 90'000 + number;
    facts.lastFramePts = 460'000 + number;
    facts.wholeClip = false;
    facts.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(21, 10, number), Qt::OffsetFromUTC, -5 * 3600);
    facts.clockOffsetMilliseconds = 2'500 + number;
    facts.people = {{Treatment::Redacted, {}, {}, 2},
                    {Treatment::Unredacted, QStringLiteral("household"), QStringLiteral("given"), 3},
                    {Treatment::Partly, QStringLiteral("request-subject"), QStringLiteral("not-asked"), 4}};
    facts.plates = number == 1 ? Treatment::Redacted : Treatment::Partly;
    facts.plateTracks = 30 + number;
    facts.zones = 40 + number;
    facts.hasAudio = number == 2;
    facts.sound = number == 2 ? Treatment::Partly : Treatment::Redacted;
    facts.operations = {{QStringLiteral("face"), QStringLiteral("blur-membrane"), 51, 52, true},
                        {QStringLiteral("plate"), QStringLiteral("solid-fill"), 53, 54, true},
                        {QStringLiteral("region"), QStringLiteral("cosmetic-mosaic"), 55, 56, false},
                        {QStringLiteral("time"), QStringLiteral("trim"), 0, 57, true}};
    facts.metadataRemoved = {QStringLiteral("location-%1").arg(number), QStringLiteral("make")};
    facts.streamsRemoved = {QStringLiteral("subtitle (mov_text) %1").arg(number)};
    facts.reviewed = number == 1;
    facts.reviewedAt = QDateTime(QDate(2026, 3, 6), QTime(8, 30, number), Qt::OffsetFromUTC, -5 * 3600);
    facts.framesWatched = number == 1 ? facts.frames : 12;
    facts.manualEdits = 70 + number;
    facts.openChecks = 80 + number;
    facts.checks = allChecks();
    facts.secondPassDetectors = {QStringLiteral("second-%1").arg(number)};
    facts.basicDetectors = number == 2;
    facts.detectors = {{QStringLiteral("detector-%1").arg(number), QStringLiteral("2023-%1").arg(number),
                        number == 1 ? hashOf("model") : QString(), QStringLiteral("face"),
                        QStringLiteral("0.%1").arg(number), QStringLiteral("0.%19").arg(number),
                        QStringLiteral("MIT-%1").arg(number)}};
    facts.decoderStatement = QStringLiteral("decoder isolated (test)");
    return facts;
}

} // namespace

Request fullRequest(RequestKind kind)
{
    Request request;
    request.kind = kind;
    request.basis = usualBasis(kind);
    request.recipient = {QStringLiteral("Springfield Police Department"),
                         RecipientKind::LawEnforcement,
                         QStringLiteral("Burglary Unit"),
                         QStringLiteral("Det. R. Ortiz"),
                         QStringLiteral("B-4711"),
                         QStringLiteral("+1 555 0142"),
                         QStringLiteral("the department's web page"),
                         QStringLiteral("1 Civic Plaza"),
                         IdentityCheck::CallBack,
                         DeliveryChannel::AgencyPortal,
                         QStringLiteral("evidence.example.org")};
    request.caseNumber = QStringLiteral("2026-00873");
    request.investigationCode = QStringLiteral("INV-55-KX");
    request.receivedAt = QDateTime(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, -5 * 3600);
    request.receivedVia = QStringLiteral("a post in the app");
    request.incidentType = QStringLiteral("package theft");
    const QTimeZone zone("America/New_York");
    request.window = {QDateTime(QDate(2026, 3, 4), QTime(21, 0), zone),
                      QDateTime(QDate(2026, 3, 4), QTime(23, 0), zone),
                      QStringLiteral("America/New_York"),
                      {}};
    request.area = QStringLiteral("Maple Street 100 to 300");
    request.purpose = QStringLiteral("find who took the parcels");
    request.document = {QStringLiteral("letter of request"), QStringLiteral("County Court"), QStringLiteral("SW-99"),
                        QStringLiteral("2026-03-05"), hashOf("document")};
    request.sharer = {QStringLiteral("A. Owner"), QStringLiteral("owner@example.org"), SharerCapacity::Tenant, false,
                      QStringLiteral("US-NY")};
    request.conditions.onwardExceptions = onwardExceptionWords();
    request.conditions.informOnUse = true;
    request.conditions.retainUntil = QDate(2026, 9, 30);
    request.conditions.deleteAfterEvent = QStringLiteral("the case is closed");
    request.conditions.storageLocation = QStringLiteral("the department's evidence system");
    request.conditions.validUntil = QDate(2027, 3, 5);
    request.decision = {DecisionOutcome::ShareInPart, true, QStringLiteral("two clips of the family"),
                        QStringLiteral("kept at home")};
    request.cameraLabel = QStringLiteral("front door");
    return request;
}

RecordFacts fullFacts(RequestKind kind)
{
    RecordFacts facts;
    facts.request = fullRequest(kind);
    facts.clips = {clip(1), clip(2)};
    facts.signer = {QStringLiteral("Alex Owner"),
                    QStringLiteral("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUotSehyHehleEWwrLznxhcRFxLvDKkPdHYD6na6fPC"),
                    QStringLiteral("SHA256:dr5TAb1iNQXUgg892OHZ9NTEHVcHevhqhppYNwr3YJY")};
    facts.tool.version = QStringLiteral("0.9.1");
    facts.tool.build = QStringLiteral("abc123def456");
    facts.tool.system = QStringLiteral("Test System 1");
    facts.tool.libraries = {QStringLiteral("libavcodec 59.1"), QStringLiteral("Qt 6.4")};
    facts.unreviewedReason = QStringLiteral("there was no time before the hearing");
    facts.log = {QStringLiteral("processing-log.jsonl"), hashOf("log")};
    facts.decidedAt = QDateTime(QDate(2026, 3, 6), QTime(9, 0), Qt::OffsetFromUTC, -5 * 3600);
    facts.createdAt = QDateTime(QDate(2026, 3, 6), QTime(9, 15), Qt::OffsetFromUTC, -5 * 3600);
    facts.identifier = QStringLiteral("5b1c7a52-0d1e-4f6a-8b3c-2f9d7e6a1c44");
    facts.replaces = QStringLiteral("77777777-0d1e-4f6a-8b3c-2f9d7e6a1c44");
    return facts;
}

QJsonObject fullRecord(RequestKind kind)
{
    return withStatement(buildRecord(fullFacts(kind)), {QStringLiteral("statement.txt"), hashOf("text")},
                         {QStringLiteral("statement.html"), hashOf("html")});
}

} // namespace doorveil::consenttest
