// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/request.h"
#include "consent/requestfile.h"
#include "consent/window.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <functional>

using namespace doorveil;
using namespace doorveil::consent;

using Change = std::function<void(Request &)>;
Q_DECLARE_METATYPE(Change)

namespace {

Request goodRequest()
{
    QDateTime now(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, -5 * 3600);
    const auto request = requestFromToml(requestTemplate(now), QStringLiteral("template"));
    Request good = request ? *request : Request();
    good.recipient.badgeNumber = QStringLiteral("B-1");
    good.recipient.contactSource = QStringLiteral("the agency's page");
    good.recipient.identityCheck = IdentityCheck::CallBack;
    return good;
}

QStringList idsOf(const Request &request, RequestProblem::Level atMost = RequestProblem::Level::Unusual)
{
    QStringList ids;
    for (const RequestProblem &problem : problemsOf(request)) {
        if (problem.level <= atMost)
            ids.append(problem.id);
    }
    return ids;
}

project::SourceRecord clipOf(std::int64_t seconds)
{
    project::SourceRecord source;
    source.info.timeBase = {1, 1000};
    for (std::int64_t second = 0; second < seconds; ++second)
        source.frames.push_back({second * 1000, 1000, false});
    return source;
}

} // namespace

class TestRequest final : public QObject
{
    Q_OBJECT

private slots:
    void templateIsValidAsItStands();
    void problemsAreFound_data();
    void problemsAreFound();
    void kindsAndBasesAgree();
    void jsonRoundTrip();
    void badFilesNameThePlace_data();
    void badFilesNameThePlace();
    void documentIsHashed();
    void timesOfAZone_data();
    void timesOfAZone();
    void windowChoosesClipsAndTrims();
};

void TestRequest::templateIsValidAsItStands()
{
    for (const QDateTime &now : {QDateTime(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, -5 * 3600),
                                 QDateTime(QDate(2028, 2, 29), QTime(0, 0), Qt::OffsetFromUTC, 0),
                                 QDateTime(QDate(2026, 11, 2), QTime(23, 59), Qt::OffsetFromUTC, 9 * 3600)}) {
        const auto request = requestFromToml(requestTemplate(now), QStringLiteral("template"));
        QVERIFY2(request, request ? "" : qPrintable(request.error().message));
        const auto valid = checkValid(*request);
        QVERIFY2(valid, valid ? "" : qPrintable(valid.error().message));
        QCOMPARE(exampleValues(*request).size(), 4);
        QVERIFY(!requestTemplate(now).contains('%'));
    }
    Request edited = goodRequest();
    edited.recipient.organisation = QStringLiteral("Springfield PD");
    QCOMPARE(exampleValues(edited).size(), 3);
}

void TestRequest::problemsAreFound_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("id");
    const auto row = [](const char *id, const Change &change) {
        QTest::newRow(id) << change << QString::fromLatin1(id);
    };
    row("no-recipient", [](Request &request) { request.recipient.organisation.clear(); });
    row("basis-contradicts-kind", [](Request &request) { request.kind = RequestKind::SearchWarrant; });
    row("no-time-received", [](Request &request) { request.receivedAt = {}; });
    row("no-window", [](Request &request) { request.window = {}; });
    row("window-backwards", [](Request &request) { std::swap(request.window.start, request.window.end); });
    row("no-validity", [](Request &request) { request.conditions.validUntil = {}; });
    row("validity-over", [](Request &request) { request.conditions.validUntil = QDate(2020, 1, 1); });
    row("unknown-language", [](Request &request) { request.language = QStringLiteral("fr"); });
    row("no-document", [](Request &request) {
        request.kind = RequestKind::Subpoena;
        request.basis = RequestBasis::Compelled;
    });
    row("bad-document-hash", [](Request &request) { request.document.sha256 = QStringLiteral("12"); });
    row("unknown-exception",
        [](Request &request) { request.conditions.onwardExceptions = {QStringLiteral("anybody")}; });
    row("link-as-host",
        [](Request &request) { request.recipient.channelHost = QStringLiteral("https://portal.example/x"); });
    row("no-case-number", [](Request &request) { request.caseNumber.clear(); });
    row("no-contact", [](Request &request) { request.recipient.contact.clear(); });
    row("no-contact-source", [](Request &request) { request.recipient.contactSource.clear(); });
    row("no-officer", [](Request &request) { request.recipient.officer.clear(); });
    row("no-badge-number", [](Request &request) { request.recipient.badgeNumber.clear(); });
    row("identity-not-checked", [](Request &request) { request.recipient.identityCheck = IdentityCheck::None; });
    row("no-way-received", [](Request &request) { request.receivedVia.clear(); });
    row("no-purpose", [](Request &request) { request.purpose.clear(); });
    row("no-area", [](Request &request) { request.area.clear(); });
    row("no-jurisdiction", [](Request &request) { request.sharer.jurisdiction.clear(); });
    row("document-not-kept", [](Request &request) {
        request.kind = RequestKind::Subpoena;
        request.basis = RequestBasis::Compelled;
        request.document = {QStringLiteral("subpoena"), QStringLiteral("court"), QStringLiteral("1"), {}, {}};
    });
    row("long-window", [](Request &request) { request.window.end = request.window.start.addSecs(12 * 3600 + 1); });
    row("local-time", [](Request &request) { request.window.notes = {QStringLiteral("twice")}; });
    row("window-ahead", [](Request &request) {
        request.window.start = request.receivedAt.addDays(1);
        request.window.end = request.window.start.addSecs(60);
    });
    row("reads-as-compelled",
        [](Request &request) { request.purpose = QStringLiteral("You must provide the video under a Warrant"); });
    row("retention-over", [](Request &request) { request.conditions.retainUntil = QDate(2020, 1, 1); });
}

void TestRequest::problemsAreFound()
{
    QFETCH(Change, change);
    QFETCH(QString, id);
    Request request = goodRequest();
    QCOMPARE(idsOf(request), QStringList());
    change(request);
    QVERIFY2(idsOf(request).contains(id), qPrintable(idsOf(request).join(QLatin1Char(' '))));
}

void TestRequest::kindsAndBasesAgree()
{
    int allowed = 0;
    for (const QString &kind : requestKindWords()) {
        QVERIFY2(agrees(*requestKindFromText(kind), usualBasis(*requestKindFromText(kind))), qPrintable(kind));
        for (const QString &basis : requestBasisWords())
            allowed += agrees(*requestKindFromText(kind), *requestBasisFromText(basis)) ? 1 : 0;
    }
    QCOMPARE(allowed, 15 + 4 + 3); // one each, but for `other` and preservation requests
    QVERIFY(!agrees(RequestKind::EmergencyRequest, RequestBasis::Compelled));
    Request emergency = goodRequest();
    emergency.kind = RequestKind::EmergencyRequest;
    emergency.basis = RequestBasis::Emergency;
    QVERIFY(checkValid(emergency));
    QVERIFY(idsOf(emergency, RequestProblem::Level::Notice).contains(QStringLiteral("about-emergency")));
}

void TestRequest::jsonRoundTrip()
{
    Request request = goodRequest();
    request.decision = {DecisionOutcome::Decline, true, QStringLiteral("more"), QStringLiteral("no")};
    request.document = {QStringLiteral("letter"), QStringLiteral("me"), QStringLiteral("7"),
                        QStringLiteral("2026-01-01"), QString(64, QLatin1Char('a'))};
    const auto again = requestFromJson(toJson(request), QStringLiteral("json"));
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QCOMPARE(toJson(*again), toJson(request));
    QCOMPARE(again->window.start, request.window.start);
    QVERIFY(*again == request);
}

void TestRequest::badFilesNameThePlace_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *from, const char *to, const char *message) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(message);
    };
    row("unknown key", "unit = \"\"", "unitt = \"\"", "r.toml:25:1: unitt: unknown key");
    row("unknown kind", "kind = \"direct-ask\"", "kind = \"polite-ask\"", "kind: `polite-ask` is not known");
    row("no kind", "kind = \"direct-ask\"", "", "kind: is missing");
    row("wrong type", "area = \"around the front door\"", "area = 5", "area: must be a text");
    row("no zone", "America/New_York", "Mars/Olympus", "`Mars/Olympus` is no time zone");
    row("received without offset", "received = \"2026-03-05T09:30:00-05:00\"", "received = \"2026-03-05T09:30:00\"",
        "received: must be a time with offset");
    row("bad date", "valid_until = \"2027-03-05\"", "valid_until = \"soon\"", "valid_until: must be a date");
    row("link instead of host", "host = \"\"", "host = \"https://portal.example/secret\"", "must be a host name only");
    row("control character", "unit = \"\"", "unit = \"a\\u0007b\"", "holds a control character");
    row("syntax", "kind = ", "kind : ", "r.toml:");
    row("missing document file", "# file = \"warrant.pdf\"", "file = \"warrant.pdf\"", "warrant.pdf");
}

void TestRequest::badFilesNameThePlace()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QString, message);
    QByteArray text = requestTemplate(QDateTime(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, -5 * 3600));
    QVERIFY(text.contains(from));
    text.replace(text.indexOf(from), from.size(), to);
    const auto request = requestFromToml(text, QStringLiteral("r.toml"));
    QVERIFY(!request);
    QVERIFY2(request.error().message.contains(message), qPrintable(request.error().message));
}

void TestRequest::documentIsHashed()
{
    QTemporaryDir folder;
    QFile document(folder.filePath(QStringLiteral("warrant.pdf")));
    QVERIFY(document.open(QIODevice::WriteOnly) && document.write("warrant") == 7);
    document.close();
    QByteArray text = requestTemplate(QDateTime(QDate(2026, 3, 5), QTime(9, 30), Qt::OffsetFromUTC, 0));
    text.replace("# file = \"warrant.pdf\"", "file = \"warrant.pdf\"");
    QFile file(folder.filePath(QStringLiteral("r.toml")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    const auto request = readRequestFile(file.fileName().toStdString());
    QVERIFY2(request, request ? "" : qPrintable(request.error().message));
    QCOMPARE(request->document.sha256,
             QString::fromLatin1(QCryptographicHash::hash("warrant", QCryptographicHash::Sha256).toHex()));
    // The same as JSON.
    QFile json(folder.filePath(QStringLiteral("r.json")));
    const QByteArray jsonText = QJsonDocument(toJson(*request)).toJson();
    QVERIFY(json.open(QIODevice::WriteOnly) && json.write(jsonText) == jsonText.size());
    json.close();
    const auto again = readRequestFile(json.fileName().toStdString());
    QVERIFY2(again, again ? "" : qPrintable(again.error().message));
    QVERIFY(*again == *request);
}

void TestRequest::timesOfAZone_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("utc");
    QTest::addColumn<int>("notes");
    QTest::newRow("winter") << QStringLiteral("2026-01-04T21:00:00") << QStringLiteral("America/New_York")
                            << QStringLiteral("2026-01-05T02:00:00Z") << 0;
    QTest::newRow("summer") << QStringLiteral("2026-07-04 21:00:00") << QStringLiteral("America/New_York")
                            << QStringLiteral("2026-07-05T01:00:00Z") << 0;
    QTest::newRow("does not exist") << QStringLiteral("2026-03-08T02:30:00") << QStringLiteral("America/New_York")
                                    << QStringLiteral("2026-03-08T07:30:00Z") << 1;
    QTest::newRow("twice") << QStringLiteral("2026-11-01T01:30:00") << QStringLiteral("America/New_York") << QString()
                           << 1;
    QTest::newRow("own offset") << QStringLiteral("2026-01-04T21:00:00+01:00") << QStringLiteral("Asia/Tokyo")
                                << QStringLiteral("2026-01-04T20:00:00Z") << 0;
}

void TestRequest::timesOfAZone()
{
    QFETCH(QString, text);
    QFETCH(QString, zone);
    QFETCH(QString, utc);
    QFETCH(int, notes);
    QStringList found;
    const auto moment = momentInZone(text, zone, found);
    QVERIFY2(moment, moment ? "" : qPrintable(moment.error().message));
    if (!utc.isEmpty())
        QCOMPARE(moment->toUTC().toString(Qt::ISODate), utc);
    QCOMPARE(found.size(), notes);
}

void TestRequest::windowChoosesClipsAndTrims()
{
    Request request = goodRequest();
    const QTimeZone zone("America/New_York");
    request.window.start = QDateTime(QDate(2026, 3, 4), QTime(21, 0), zone);
    request.window.end = QDateTime(QDate(2026, 3, 4), QTime(21, 1), zone);
    const project::SourceRecord source = clipOf(60);
    project::ClipSettings settings;
    QCOMPARE(matchWindow(request.window, source, settings).relation, WindowRelation::Unknown);

    settings.recordedAt = QDateTime(QDate(2026, 3, 5), QTime(2, 0), Qt::UTC); // 21:00 there
    QCOMPARE(matchWindow(request.window, source, settings).relation, WindowRelation::Inside);
    const QDateTime whole = *settings.recordedAt;
    settings.recordedAt = whole.addSecs(-20);
    WindowMatch match = matchWindow(request.window, source, settings);
    QCOMPARE(match.relation, WindowRelation::Partly);
    QCOMPARE(match.beginMilliseconds, 20'000);
    QCOMPARE(match.endMilliseconds, 60'000);
    settings.recordedAt = whole.addSecs(20);
    match = matchWindow(request.window, source, settings);
    QCOMPARE(match.beginMilliseconds, 0);
    QCOMPARE(match.endMilliseconds, 40'000);
    settings.recordedAt = whole.addSecs(60); // begins when the window ends
    QCOMPARE(matchWindow(request.window, source, settings).relation, WindowRelation::Outside);
    settings.recordedAt = whole.addSecs(-60); // ends when the window begins
    QCOMPARE(matchWindow(request.window, source, settings).relation, WindowRelation::Outside);

    // The camera's clock went an hour ahead.
    settings.recordedAt = whole.addSecs(3600);
    QCOMPARE(matchWindow(request.window, source, settings).relation, WindowRelation::Outside);
    settings.clockOffsetMilliseconds = -3'600'000;
    match = matchWindow(request.window, source, settings);
    QCOMPARE(match.relation, WindowRelation::Inside);
    QVERIFY(!match.guessed);

    // Nobody said when; the name does, in local time.
    project::SourceRecord named = source;
    named.path =
        QStringLiteral("/clips/porch_%1.mp4").arg(whole.toLocalTime().toString(QStringLiteral("yyyyMMdd_HHmmss")));
    settings = {};
    match = matchWindow(request.window, named, settings);
    QCOMPARE(match.relation, WindowRelation::Inside);
    QVERIFY(match.guessed);
    settings.clockOffsetMilliseconds = -20'000;
    QCOMPARE(matchWindow(request.window, named, settings).beginMilliseconds, 20'000);

    std::vector<project::ReviewDocument> documents(3);
    for (project::ReviewDocument &document : documents)
        document.source = source;
    documents[0].settings.recordedAt = request.window.start.addSecs(-3600);
    documents[1].settings.recordedAt = request.window.start.addSecs(30);
    QCOMPARE(clipsInside(request.window, documents), std::vector<std::size_t>{1});
}

QTEST_GUILESS_MAIN(TestRequest)
#include "tst_request.moc"
