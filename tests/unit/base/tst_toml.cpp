// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/toml.h"

#include <QTest>

using namespace doorveil::base;

namespace {
Result<TomlTable> parsed(const char *text)
{
    return TomlTable::parse(QByteArray(text), QStringLiteral("request.toml"));
}
} // namespace

class TestToml final : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryType();
    void namesLineAndColumnOfASyntaxError();
    void namesLineAndColumnOfAWrongType();
    void saysWhatIsMissing();
    void listsUnknownKeys();
    void refusesNonsense_data();
    void refusesNonsense();
    void namesAMissingFile();
};

void TestToml::readsEveryType()
{
    const auto document = parsed("name = \"gate\"\ncount = 3\nratio = 0.5\nwhole = 2\non = true\n"
                                 "list = [\"a\", \"b\"]\n[inner]\nkey = 1\n[[part]]\nx = 1\n[[part]]\nx = 2\n");
    QVERIFY(document);
    QCOMPARE(*document->requireString(QStringLiteral("name")), QStringLiteral("gate"));
    QCOMPARE(*document->requireInteger(QStringLiteral("count")), 3);
    QCOMPARE(*document->requireNumber(QStringLiteral("ratio")), 0.5);
    QCOMPARE(*document->requireNumber(QStringLiteral("whole")), 2.0);
    QCOMPARE(document->findBoolean(QStringLiteral("on"))->value(), true);
    QCOMPARE(document->findStrings(QStringLiteral("list"))->value(),
             QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    const auto inner = document->findTable(QStringLiteral("inner"));
    QVERIFY(inner && *inner);
    QCOMPARE(*(*inner)->requireInteger(QStringLiteral("key")), 1);
    const auto parts = document->findTables(QStringLiteral("part"));
    QVERIFY(parts);
    QCOMPARE(parts->size(), std::size_t(2));
    QCOMPARE(*(*parts)[1].requireInteger(QStringLiteral("x")), 2);
    QCOMPARE(document->unknownKeys(), QStringList({QStringLiteral("request.toml:10:1: part[1].x: unknown key")}));
    QVERIFY(!*document->findString(QStringLiteral("absent")));
}

void TestToml::namesLineAndColumnOfASyntaxError()
{
    const auto document = parsed("a = 1\nb = = 2\n");
    QVERIFY(!document);
    QCOMPARE(document.error().kind, ErrorKind::Usage);
    QVERIFY2(document.error().message.startsWith(QLatin1String("request.toml:2:")),
             qPrintable(document.error().message));
}

void TestToml::namesLineAndColumnOfAWrongType()
{
    const auto document = parsed("a = 1\n[[part]]\nname = 7\n");
    QVERIFY(document);
    const auto wrong = document->findString(QStringLiteral("a"));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().message, QStringLiteral("request.toml:1:5: a: must be a text in quotes"));
    const auto parts = document->findTables(QStringLiteral("part"));
    QVERIFY(parts);
    QCOMPARE(parts->front().requireString(QStringLiteral("name")).error().message,
             QStringLiteral("request.toml:3:8: part[1].name: must be a text in quotes"));
}

void TestToml::saysWhatIsMissing()
{
    const auto document = parsed("a = \"\"\n");
    QVERIFY(document);
    QVERIFY(document->requireString(QStringLiteral("b")).error().message.contains(QLatin1String("b: is missing")));
    QVERIFY(document->requireString(QStringLiteral("a")).error().message.contains(QLatin1String("must not be empty")));
}

void TestToml::listsUnknownKeys()
{
    const auto document = parsed("known = 1\nmispelt = 2\n[inner]\nother = 3\n");
    QVERIFY(document);
    QVERIFY(document->requireInteger(QStringLiteral("known")));
    QVERIFY(document->findTable(QStringLiteral("inner")));
    const QStringList wanted{QStringLiteral("request.toml:4:1: inner.other: unknown key"),
                             QStringLiteral("request.toml:2:1: mispelt: unknown key")};
    QCOMPARE(document->unknownKeys(), wanted);
    QVERIFY(!document->refuseUnknownKeys());
}

void TestToml::refusesNonsense_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("binary") << QByteArray("\x00\x01\xff", 3);
    QTest::newRow("not UTF-8") << QByteArray("a = \"\xff\"");
    QTest::newRow("deep nesting") << QByteArray("a = ") + QByteArray(100000, '[');
    QTest::newRow("twice the same key") << QByteArray("a = 1\na = 2");
}

void TestToml::refusesNonsense()
{
    QFETCH(const QByteArray, content);
    QVERIFY(!TomlTable::parse(content, QStringLiteral("x")));
}

void TestToml::namesAMissingFile()
{
    const auto document = TomlTable::parseFile("/nonexistent/policy.toml");
    QVERIFY(!document);
    QVERIFY(document.error().message.contains(QLatin1String("/nonexistent/policy.toml")));
}

QTEST_GUILESS_MAIN(TestToml)
#include "tst_toml.moc"
