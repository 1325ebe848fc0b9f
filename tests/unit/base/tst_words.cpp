// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/words.h"

#include <QTest>

using namespace doorveil;

namespace {

enum class Season { Spring, Summer, Autumn };

constexpr base::Words<Season, 2> seasons{{{Season::Summer, "summer"}, {Season::Spring, "early-spring"}}};

} // namespace

class TestWords final : public QObject
{
    Q_OBJECT

private slots:
    void aValueHasItsWordAndBack();
    void whatIsNotInTheTableHasNothing();
    void theListKeepsTheOrder();
};

void TestWords::aValueHasItsWordAndBack()
{
    QCOMPARE(base::wordFor(seasons, Season::Spring), QStringLiteral("early-spring"));
    QCOMPARE(base::wordFor(seasons, Season::Summer), QStringLiteral("summer"));
    QCOMPARE(base::valueFor(seasons, QStringLiteral("early-spring")), std::optional(Season::Spring));
    QCOMPARE(base::valueFor(seasons, QStringLiteral("summer")), std::optional(Season::Summer));
}

void TestWords::whatIsNotInTheTableHasNothing()
{
    QVERIFY(base::wordFor(seasons, Season::Autumn).isEmpty());
    for (const char *text : {"", "autumn", "Summer", "summer ", "early", "0"})
        QVERIFY2(!base::valueFor(seasons, QString::fromLatin1(text)), text);
    QVERIFY(!base::valueFor(seasons, QString()));
}

void TestWords::theListKeepsTheOrder()
{
    QCOMPARE(base::listOf(seasons), (QStringList{QStringLiteral("summer"), QStringLiteral("early-spring")}));
}

QTEST_APPLESS_MAIN(TestWords)
#include "tst_words.moc"
