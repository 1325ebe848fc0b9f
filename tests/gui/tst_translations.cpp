// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/media.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

/// "context: text" of every message that is not finished, and of every placeholder that a translation lost.
QStringList problemsIn(const QString &file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return {file + QStringLiteral(" cannot be read")};
    QStringList problems;
    QXmlStreamReader xml(&input);
    QString context;
    QString source;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement())
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("source")) {
            source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            const bool unfinished = xml.attributes().value(QLatin1String("type")) == QLatin1String("unfinished");
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            if (unfinished || text.trimmed().isEmpty())
                problems += context + QStringLiteral(" is not translated: ") + source;
            for (const QString &place : {QStringLiteral("%1"), QStringLiteral("%2")}) {
                if (!unfinished && source.contains(place) != text.contains(place))
                    problems += context + QStringLiteral(" lost %1 or %2: ") + source;
            }
        }
    }
    if (xml.hasError())
        problems += xml.errorString();
    return problems;
}

/// What reading the sources' texts anew into a copy of the file would leave untranslated.
QStringList problemsAfterUpdate(const QString &sources, const QString &file, bool pluralOnly)
{
    QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("copy_%1").arg(QFileInfo(file).fileName()));
    if (!QFile::copy(file, copy))
        return {file + QStringLiteral(" cannot be copied")};
    QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-no-obsolete"), QStringLiteral("-locations"),
                          QStringLiteral("none")};
    if (pluralOnly)
        arguments += QStringLiteral("-pluralonly");
    arguments += {sources, QStringLiteral("-ts"), copy};
    if (QProcess::execute(QStringLiteral(DOORVEIL_LUPDATE), arguments) != 0)
        return {QStringLiteral("lupdate failed")};
    return problemsIn(copy);
}

} // namespace

class TestTranslations final : public QObject
{
    Q_OBJECT

private slots:
    void everythingIsTranslated_data();
    void everythingIsTranslated();
    void newTextIsNoticed();
};

void TestTranslations::everythingIsTranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English (plural forms)") << QStringLiteral("en");
    QTest::newRow("Spanish") << QStringLiteral("es");
}

void TestTranslations::everythingIsTranslated()
{
    QFETCH(QString, language);
    const QString root = QStringLiteral(DOORVEIL_SOURCE_DIR);
    const QStringList problems = problemsAfterUpdate(
        root + QStringLiteral("/ui"), root + QStringLiteral("/resources/translations/doorveil_%1.ts").arg(language),
        language == QLatin1String("en"));
    QVERIFY2(problems.isEmpty(), qPrintable(QStringLiteral("run the target update_translations and translate:\n")
                                            + problems.join(QLatin1Char('\n'))));
}

void TestTranslations::newTextIsNoticed()
{
    // Control: a text that nobody translated yet.
    QTemporaryDir folder;
    QVERIFY(doorveil::testsupport::writeAll(
        folder.filePath(QStringLiteral("planted.cpp")),
        "#include <QObject>\nclass Planted : public QObject\n{\n    Q_OBJECT\n    QString text() { return "
        "tr(\"nobody translated this\"); }\n};\n"));
    const QStringList problems = problemsAfterUpdate(
        folder.path(), QStringLiteral(DOORVEIL_SOURCE_DIR "/resources/translations/doorveil_es.ts"), false);
    QCOMPARE(problems.size(), 1);
    QVERIFY(problems.front().contains(QStringLiteral("nobody translated this")));
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
