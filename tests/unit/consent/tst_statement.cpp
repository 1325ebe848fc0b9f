// SPDX-License-Identifier: GPL-3.0-or-later
// The statement says what the record says, in both languages, and nothing that Doorveil must not claim.
#include "consent/consentrecord.h"
#include "consent/request.h"
#include "consent/statement.h"
#include "recordfixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace doorveil;
using namespace doorveil::consent;
using consenttest::fullRecord;

namespace {

/// Members that are for machines: linked-data terms whose meaning the statement gives in words of its own.
bool isStructure(const QString &path)
{
    static const QRegularExpression pattern(QStringLiteral(
        "^/(@context|@id$|@type|dct:conformsTo|dct:title|dct:language|vs:humanReadable|dpv:hasDataSubject|"
        "dpv:hasDataController|dpv:hasRecipient|dpv:hasPersonalData|dpv:hasProcessing|dpv:hasStorageCondition|"
        "vs:withdrawalEffect)"
        "|/(@id|@type|dpv:hasIdentifier)$|/@type\\[\\d\\]$"
        "|/(dpv:hasRequestStatus|dpv:isIndicatedBy|dpv:hasConsentStatus/@id)"
        "|^/vs:conditions/odrl:|/vs:personsDepicted\\[\\d+\\]/dpv:hasConsentStatus"
        // the purpose and the offset's method are told by what they stand beside
        "|^/vs:request/purpose$|/recordedAt/offsetMethod$"
        // dct:replaces is an object with an @id; the text has it, and the next test looks for it
        "|^/dct:replaces"));
    return pattern.match(path).hasMatch();
}

struct Leaf
{
    QString path;
    QJsonValue value;
};

void collect(const QJsonValue &value, const QString &path, std::vector<Leaf> &leaves)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype index = 0; index < array.size(); ++index)
            collect(array.at(index), path + QStringLiteral("[%1]").arg(index), leaves);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            collect(member.value(), path + QLatin1Char('/') + member.key(), leaves);
    } else {
        leaves.push_back({path, value});
    }
}

/// The same value with the leaf at `path` replaced.
QJsonValue replaced(const QJsonValue &value, const QString &path, const QString &here, const QJsonValue &by)
{
    if (here == path)
        return by;
    if (!path.startsWith(here))
        return value;
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        for (qsizetype index = 0; index < array.size(); ++index)
            array.replace(index, replaced(array.at(index), path, here + QStringLiteral("[%1]").arg(index), by));
        return array;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            member.value() = replaced(member.value(), path, here + QLatin1Char('/') + member.key(), by);
        return object;
    }
    return value;
}

/// Another value of the same kind: of an enumeration another word of it, else something new.
QJsonValue other(const Leaf &leaf)
{
    if (leaf.value.isBool())
        return !leaf.value.toBool();
    if (leaf.value.isDouble())
        return leaf.value.toInteger() + 1'000'000;
    const QString text = leaf.value.toString();
    const QString key = leaf.path.section(QLatin1Char('/'), -1);
    if (key == QLatin1String("force"))
        return text == QLatin1String("wishes") ? QStringLiteral("terms-offered") : QStringLiteral("wishes");
    if (key == QLatin1String("dct:language"))
        return QStringLiteral("xx");
    return text + QStringLiteral("-other");
}

QString textOf(const QJsonObject &record, const QString &language)
{
    const auto statement = makeStatement(record, language);
    return statement ? statementText(*statement) : QString();
}

QString htmlOf(const QJsonObject &record, const QString &language)
{
    const auto statement = makeStatement(record, language);
    return statement ? statementHtml(*statement) : QString();
}

} // namespace

class TestStatement final : public QObject
{
    Q_OBJECT

private slots:
    void everyFactOfTheRecordIsTold_data();
    void everyFactOfTheRecordIsTold();
    void htmlAndTextSayTheSame();
    void languagesHaveTheSameWords();
    void wordsOfEveryEnumerationAreThere_data();
    void wordsOfEveryEnumerationAreThere();
    void hostileTextsStayTexts();
    void disclosureSpeaksOfWishes();
    void nothingForbiddenIsSaid();
    void forbiddenWordsAreFound();
    void withdrawalSaysWhatItDoes();
};

void TestStatement::everyFactOfTheRecordIsTold_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("kind");
    for (const QString &language : statementLanguages()) {
        for (const RequestKind kind : {RequestKind::PublicRequest, RequestKind::SearchWarrant})
            QTest::newRow(qPrintable(language + QLatin1Char(' ') + toText(kind))) << language << int(kind);
    }
}

/// Changes each value of the record in turn: the statement has to change with it, in the text and in the page.
void TestStatement::everyFactOfTheRecordIsTold()
{
    QFETCH(QString, language);
    QFETCH(int, kind);
    const QJsonObject record = fullRecord(RequestKind(kind));
    std::vector<Leaf> leaves;
    collect(record, {}, leaves);
    const QString text = textOf(record, language);
    const QString html = htmlOf(record, language);
    QVERIFY(!text.isEmpty());
    QVERIFY(!text.contains(QRegularExpression(QStringLiteral("%\\d|\\[[a-z-]+\\.[a-z-]+\\]"))));
    QStringList silent;
    int told = 0;
    for (const Leaf &leaf : leaves) {
        if (isStructure(leaf.path))
            continue;
        const QJsonObject changed = replaced(record, leaf.path, {}, other(leaf)).toObject();
        QVERIFY2(changed != record, qPrintable(leaf.path));
        if (textOf(changed, language) == text || htmlOf(changed, language) == html)
            silent.append(leaf.path);
        else
            ++told;
    }
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join(QLatin1Char('\n'))));
    QVERIFY2(told > 150, qPrintable(QString::number(told)));
    QVERIFY(
        text.contains(record.value(QStringLiteral("dct:replaces")).toObject().value(QStringLiteral("@id")).toString()));
}

void TestStatement::htmlAndTextSayTheSame()
{
    const auto statement = makeStatement(fullRecord());
    QVERIFY(statement);
    QString html = statementHtml(*statement);
    const QString text = statementText(*statement);
    int lines = 0;
    for (const Statement::Section &section : statement->sections) {
        QVERIFY2(!section.lines.isEmpty(), qPrintable(section.heading));
        for (const QString &line : section.lines) {
            QVERIFY(text.contains(line));
            QVERIFY2(html.contains(line.toHtmlEscaped()), qPrintable(line));
            ++lines;
        }
    }
    QCOMPARE(html.count(QStringLiteral("<li>")), lines);
    QCOMPARE(text.count(QStringLiteral("\n* ")), lines);
    // No outside parts.
    QVERIFY(!html.contains(QRegularExpression(QStringLiteral("<(script|img|link|iframe|a )|https?:|url\\("))));
}

void TestStatement::languagesHaveTheSameWords()
{
    const auto english = statementWords(QStringLiteral("en"));
    const auto spanish = statementWords(QStringLiteral("es"));
    QVERIFY(english && spanish);
    const auto shape = [](const QStringList &words) {
        QStringList shapes;
        for (const QString &word : words) {
            QStringList places;
            static const QRegularExpression place(QStringLiteral("%\\d"));
            for (auto matches = place.globalMatch(word); matches.hasNext();)
                places.append(matches.next().captured());
            places.sort();
            shapes.append(word.section(QLatin1Char('='), 0, 0) + QLatin1Char(' ') + places.join(QLatin1Char(' ')));
        }
        return shapes;
    };
    QCOMPARE(shape(*english), shape(*spanish));
    int same = 0;
    for (qsizetype index = 0; index < english->size(); ++index)
        same += english->at(index) == spanish->at(index) && english->at(index).size() > 40 ? 1 : 0;
    QCOMPARE(same, 0); // nothing long was left untranslated
}

void TestStatement::wordsOfEveryEnumerationAreThere_data()
{
    QTest::addColumn<QString>("key");
    const auto rows = [](const char *section, const QStringList &words) {
        for (const QString &word : words) {
            const QString key = QString::fromLatin1(section) + QLatin1Char('.') + word;
            QTest::newRow(qPrintable(key)) << key;
        }
    };
    rows("kind", requestKindWords());
    rows("basis", requestBasisWords());
    rows("recipient-kind", recipientKindWords());
    rows("identity-check", identityCheckWords());
    rows("channel", deliveryChannelWords());
    rows("capacity", sharerCapacityWords());
    rows("outcome", decisionOutcomeWords());
    rows("exception", onwardExceptionWords());
}

void TestStatement::wordsOfEveryEnumerationAreThere()
{
    QFETCH(QString, key);
    for (const QString &language : statementLanguages()) {
        const auto words = statementWords(language);
        QVERIFY(words);
        QCOMPARE(
            words->filter(QRegularExpression(QLatin1Char('^') + QRegularExpression::escape(key) + QLatin1Char('=')))
                .size(),
            1);
    }
}

void TestStatement::hostileTextsStayTexts()
{
    RecordFacts facts = consenttest::fullFacts();
    facts.request.purpose = QStringLiteral("<script>alert(1)</script> %1 %2 & \"quotes\"\nsecond line");
    facts.request.recipient.organisation = QStringLiteral("100%1 <b>Police</b>");
    const auto statement = makeStatement(buildRecord(facts));
    QVERIFY(statement);
    QVERIFY(!statementHtml(*statement).contains(QStringLiteral("<script>")));
    QVERIFY(!statementHtml(*statement).contains(QStringLiteral("<b>")));
    QVERIFY(statementText(*statement).contains(QStringLiteral("100%1 <b>Police</b>")));
    QVERIFY(statementText(*statement).contains(QStringLiteral("%1 %2 &")));
}

void TestStatement::disclosureSpeaksOfWishes()
{
    const QString disclosure = textOf(fullRecord(RequestKind::SearchWarrant), QStringLiteral("en"));
    QVERIFY(disclosure.contains(QStringLiteral("wishes")));
    QVERIFY(disclosure.contains(QStringLiteral("Nobody consented")));
    const QString consent = textOf(fullRecord(), QStringLiteral("en"));
    QVERIFY(!consent.contains(QStringLiteral("wishes and may not apply")));
}

namespace {

/// What Doorveil never says (DESIGN section 7), in both languages.
const QRegularExpression &forbidden()
{
    static const QRegularExpression pattern(
        QStringLiteral(
            "anonym|court[- ]?proof|tamper[- ]?proof|admissible|"
            "(police|agency|recipient)[^.]{0,30}\\b(must|has to|have to|is bound "
            "to)\\b[^.]{0,30}(condition|follow|obey)|"
            "withdraw[^.]{0,40}\\b(delete|erase|remove)s?\\b|"
            "(people|persons|everybody|person) (filmed|depicted|in the picture)[^.]{0,30}\\b(consented|agreed)\\b|"
            "an[oó]nim|a prueba de juicio|v[aá]lido ante (un|el) (juez|tribunal|juzgado)|"
            "(polic[ií]a|agencia|quien recibe)[^.]{0,30}\\b(debe|tiene que|est[aá] obligad)[^.]{0,30}condici|"
            "retirada[^.]{0,40}\\b(borra|elimina|suprime)|"
            "personas (filmadas|grabadas)[^.]{0,30}(consintieron|dieron su consentimiento)"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern;
}

} // namespace

void TestStatement::nothingForbiddenIsSaid()
{
    const QDir root(QStringLiteral(DOORVEIL_SOURCE_DIR));
    QStringList found;
    int files = 0;
    const auto scan = [&](const QString &folder, const QStringList &names) {
        QDirIterator entries(root.filePath(folder), names, QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            QFile file(entries.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            ++files;
            const QString text = QString::fromUtf8(file.readAll()).simplified();
            for (auto matches = forbidden().globalMatch(text); matches.hasNext();)
                found.append(root.relativeFilePath(file.fileName()) + QStringLiteral(": ") + matches.next().captured());
        }
    };
    scan(QStringLiteral("resources"),
         {QStringLiteral("*.toml"), QStringLiteral("*.txt"), QStringLiteral("*.json"), QStringLiteral("*.ts")});
    scan(QStringLiteral("app"),
         {QStringLiteral("*command.cpp"), QStringLiteral("request*.cpp"), QStringLiteral("verifytext.cpp"),
          QStringLiteral("packag*.cpp"), QStringLiteral("withdrawal.cpp"), QStringLiteral("consentrecord.cpp")});
    scan(QStringLiteral("ui"), {QStringLiteral("*.cpp"), QStringLiteral("*.ts")});
    for (const QString &language : statementLanguages()) {
        for (const QString &word : requestKindWords()) {
            if (word == QLatin1String("preservation-request"))
                continue;
            const QString text = textOf(fullRecord(*requestKindFromText(word)), language);
            QVERIFY2(!forbidden().match(text).hasMatch(), qPrintable(forbidden().match(text).captured()));
        }
        QVERIFY(!forbidden().match(noticeText(language)).hasMatch());
        QVERIFY(!noticeText(language).isEmpty());
    }
    QVERIFY(files > 15);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void TestStatement::forbiddenWordsAreFound()
{
    for (const char *sentence :
         {"The clip is anonymous.", "This is court-proof evidence.", "The police must follow these conditions.",
          "A withdrawal deletes the copy.", "The people filmed consented.", "El vídeo es anónimo.",
          "La policía debe cumplir estas condiciones.", "La retirada borra la copia.",
          "Las personas filmadas dieron su consentimiento."})
        QVERIFY2(forbidden().match(QString::fromUtf8(sentence)).hasMatch(), sentence);
}

void TestStatement::withdrawalSaysWhatItDoes()
{
    const QJsonObject record =
        buildWithdrawal(fullRecord(), QStringLiteral("Alex Owner"), QStringLiteral("they passed it on"),
                        QDateTime(QDate(2026, 5, 1), QTime(10, 0), Qt::OffsetFromUTC, 0), newIdentifier());
    for (const QString &language : statementLanguages()) {
        const QString text = textOf(record, language);
        QVERIFY(text.contains(QStringLiteral("they passed it on")));
        QVERIFY(text.contains(QStringLiteral("5b1c7a52-0d1e-4f6a-8b3c-2f9d7e6a1c44")));
        QVERIFY(text.contains(QStringLiteral("2026-05-01T10:00:00Z")));
        QVERIFY(!forbidden().match(text).hasMatch());
    }
}

QTEST_GUILESS_MAIN(TestStatement)
#include "tst_statement.moc"
