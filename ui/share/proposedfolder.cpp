// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/proposedfolder.h"

#include <QDate>
#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace doorveil::ui {

QString proposedFolder(const QString &what, const QString &who)
{
    QString name = who.toLower();
    name.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    constexpr qsizetype longest = 40;
    if (name.size() > longest) // at a word's end
        name = name.left(std::max(name.lastIndexOf(QLatin1Char('-'), longest), longest / 2));
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    QString folder =
        documents + QStringLiteral("/Doorveil/") + what + QLatin1Char('-') + QDate::currentDate().toString(Qt::ISODate);
    if (!name.isEmpty())
        folder += QLatin1Char('-') + name;
    return QDir::toNativeSeparators(folder);
}

} // namespace doorveil::ui
