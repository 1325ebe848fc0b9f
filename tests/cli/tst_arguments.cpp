// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <QTest>

using namespace doorveil;
using cli::Arguments;

class TestArguments final : public QObject
{
    Q_OBJECT

private slots:
    void valuesAndFlags();
    void bytesAreKept();
    void everythingAfterDashesIsPositional();
    void mistakes_data();
    void mistakes();
};

namespace {
const std::vector<cli::Option> options{{"output", QStringLiteral("FILE"), {}, 'o'}, {"force", {}, {}}};
}

void TestArguments::valuesAndFlags()
{
    for (const std::vector<std::string> &words : {std::vector<std::string>{"in", "-o", "out", "--force"},
                                                  {"--output=out", "in", "--force"},
                                                  {"--force", "--output", "out", "in"}}) {
        const auto arguments = Arguments::parse(words, options);
        QVERIFY(arguments);
        QCOMPARE(arguments->text("output"), std::optional(QStringLiteral("out")));
        QVERIFY(arguments->has("force"));
        QCOMPARE(arguments->positional(), std::vector<std::string>{"in"});
    }
}

void TestArguments::bytesAreKept()
{
    const std::string name = "clip \xff\n.mp4";
    const auto arguments = Arguments::parse({"-o", name, name}, options);
    QVERIFY(arguments);
    QCOMPARE(arguments->path("output")->native(), name);
    QCOMPARE(arguments->positional().front(), name);
    QVERIFY(!cli::readable(name).contains(QLatin1Char('\n')));
}

void TestArguments::everythingAfterDashesIsPositional()
{
    const auto arguments = Arguments::parse({"--", "--force", "-"}, options);
    QVERIFY(arguments);
    QVERIFY(!arguments->has("force"));
    QCOMPARE(arguments->positional(), (std::vector<std::string>{"--force", "-"}));
}

void TestArguments::mistakes_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::newRow("unknown") << QStringList{QStringLiteral("--nothing")};
    QTest::newRow("unknown letter") << QStringList{QStringLiteral("-x")};
    QTest::newRow("letters run together") << QStringList{QStringLiteral("-oout")};
    QTest::newRow("value missing") << QStringList{QStringLiteral("-o")};
    QTest::newRow("flag with a value") << QStringList{QStringLiteral("--force=yes")};
    QTest::newRow("twice") << QStringList{QStringLiteral("--force"), QStringLiteral("--force")};
}

void TestArguments::mistakes()
{
    QFETCH(QStringList, words);
    std::vector<std::string> bytes;
    for (const QString &word : words)
        bytes.push_back(word.toStdString());
    const auto arguments = Arguments::parse(bytes, options);
    QVERIFY(!arguments);
    QCOMPARE(arguments.error().kind, base::ErrorKind::Usage);
}

QTEST_GUILESS_MAIN(TestArguments)
#include "tst_arguments.moc"
