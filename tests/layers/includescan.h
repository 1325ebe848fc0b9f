// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

/// The layer rules of docs/architecture.md, checked on the text: distribution headers compile even where nothing is
/// linked, so linking alone proves nothing.
namespace doorveil::layers {

/// What one module may include.
struct Rule
{
    QSet<QString> modules; ///< other modules of the project
    QSet<QString> libraries; ///< third-party libraries, by the names of libraryOf()
    QSet<QString> qtModules; ///< besides QtCore
};

/// The table, by module name ("base" … "download", "cli", "ui").
[[nodiscard]] QMap<QString, Rule> rules();

/// The third-party library an include belongs to ("ffmpeg", "opencv", "dlib", …); empty for system and own headers.
[[nodiscard]] QString libraryOf(const QString &include);

/// The Qt module of an include such as <QSqlQuery> ("QtSql"); empty for others.
[[nodiscard]] QString qtModuleOf(const QString &include);

/// Violations in one file, each a sentence with the file's name. `isPrivate`: a .cpp or *_p.h file.
[[nodiscard]] QStringList violations(const QString &module, const QString &fileName, const QString &text);

} // namespace doorveil::layers
