// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace doorveil::consent {

/// The consent record in plain words. Made from the record alone, so the two cannot differ.
struct Statement
{
    struct Section
    {
        QString heading;
        QStringList lines;
    };
    QString language;
    QString title;
    QStringList introduction;
    std::vector<Section> sections;
};

/// In the record's language (`dct:language`), or another one of "en" and "es" for the preview. Usage where the
/// language is unknown.
[[nodiscard]] base::Result<Statement> makeStatement(const QJsonObject &record, const QString &language = {});

/// UTF-8 with line feeds, at most some long lines: a text editor shows it.
[[nodiscard]] QString statementText(const Statement &statement);
/// One self-contained page without scripts, links or outside parts.
[[nodiscard]] QString statementHtml(const Statement &statement);

/// The words of a language: keys and texts of resources/statement/<language>.toml, for tests that scan them.
[[nodiscard]] base::Result<QStringList> statementWords(const QString &language);
[[nodiscard]] QStringList statementLanguages();
/// One word of an enumeration as the statement says it: statementWord("es", "kind", "media"). The word itself where it
/// is not known.
[[nodiscard]] QString statementWord(const QString &language, const char *section, const QString &word);

} // namespace doorveil::consent
