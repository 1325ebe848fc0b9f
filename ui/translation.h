// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <QTranslator>

namespace doorveil::ui {

/// The language of the window: our texts, Qt's own where they are installed, and number and date formats. Changing it
/// sends LanguageChange to every widget.
class Translation
{
public:
    /// "en", "es"; empty: as the system, English where there is no translation.
    void setLanguage(const QString &code);

    /// Codes of the translations that are shipped.
    [[nodiscard]] static QStringList languages();
    /// A language by its own name: "English", "Español".
    [[nodiscard]] static QString nameOf(const QString &code);

private:
    QTranslator m_ours;
    QTranslator m_qt;
};

/// The language that the window speaks now, of those that statements are written in: "en" or "es".
[[nodiscard]] QString statementLanguage();

} // namespace doorveil::ui
