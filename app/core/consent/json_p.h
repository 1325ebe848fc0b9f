// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <initializer_list>
#include <utility>

namespace doorveil::consent::internal {

/// An object from ASCII keys.
[[nodiscard]] inline QJsonObject object(std::initializer_list<std::pair<const char *, QJsonValue>> members)
{
    QJsonObject result;
    for (const auto &[key, value] : members)
        result.insert(QLatin1String(key), value);
    return result;
}

/// The value at a path of keys such as "vs:request/window/start"; undefined where it is not there.
[[nodiscard]] inline QJsonValue at(const QJsonObject &root, const char *path)
{
    QJsonValue value = root;
    for (const QString &key : QString::fromLatin1(path).split(QLatin1Char('/')))
        value = value.toObject().value(key);
    return value;
}

/// Qt leaves out the offset of a time in a zone; what we write always carries one. Empty for no time.
[[nodiscard]] inline QString timeWithOffset(const QDateTime &moment, Qt::DateFormat format = Qt::ISODate)
{
    return moment.isValid() ? moment.toOffsetFromUtc(moment.offsetFromUtc()).toString(format) : QString();
}

[[nodiscard]] inline QString textAt(const QJsonObject &root, const char *path)
{
    return at(root, path).toString();
}

} // namespace doorveil::consent::internal
