// SPDX-License-Identifier: GPL-3.0-or-later
#include "translation.h"

#include "consent/statement.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace doorveil::ui {

QStringList Translation::languages()
{
    return {QStringLiteral("en"), QStringLiteral("es")};
}

QString Translation::nameOf(const QString &code)
{
    const QLocale locale(code);
    QString name = locale.nativeLanguageName();
    // "American English", "español de España": the country is not meant.
    if (code == QLatin1String("en"))
        name = QStringLiteral("English");
    else if (code == QLatin1String("es"))
        name = QStringLiteral("Español");
    return name;
}

void Translation::setLanguage(const QString &code)
{
    const QLocale system = QLocale::system();
    QString language = code;
    if (language.isEmpty())
        language = system.name().section(QLatin1Char('_'), 0, 0);
    if (!languages().contains(language))
        language = QStringLiteral("en");
    // The system's own formats where it speaks that language: 24-hour clocks, decimal signs.
    const bool isSystems = system.name().section(QLatin1Char('_'), 0, 0) == language;
    QLocale::setDefault(isSystems ? system : QLocale(language));

    QCoreApplication::removeTranslator(&m_ours);
    QCoreApplication::removeTranslator(&m_qt);
    if (m_qt.load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // English, too: it holds the plural forms.
    if (m_ours.load(QStringLiteral(":/doorveil/translations/doorveil_%1.qm").arg(language)))
        QCoreApplication::installTranslator(&m_ours);
}

QString statementLanguage()
{
    const QString language = QLocale().name().left(2);
    return consent::statementLanguages().contains(language) ? language : QStringLiteral("en");
}

} // namespace doorveil::ui
