// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace doorveil::project::internal {

/// A whole number exactly as written; nothing for fractions, other types and what 64 bits do not hold.
[[nodiscard]] inline std::optional<std::int64_t> wholeNumber(const QJsonValue &value)
{
    // toInteger gives its argument for anything else, so two different arguments tell.
    const std::int64_t first = value.toInteger(0);
    return first == value.toInteger(1) ? std::optional(first) : std::nullopt;
}

/// Reads the members of one JSON object and remembers the first problem, so that the caller asks once, at the end.
/// Everything read has bounds, and members that nobody asked for are a problem too.
class JsonReader
{
public:
    explicit JsonReader(const QJsonObject &object) : m_object(object) { }

    [[nodiscard]] bool has(const QString &key) const { return m_object.contains(key); }

    std::int64_t integer(const QString &key, std::int64_t lowest, std::int64_t highest)
    {
        const std::optional<std::int64_t> number = wholeNumber(take(key));
        if (number && *number >= lowest && *number <= highest)
            return *number;
        fail(key);
        return lowest;
    }
    double number(const QString &key)
    {
        const QJsonValue value = take(key);
        if (!value.isDouble() || !std::isfinite(value.toDouble()))
            fail(key);
        return value.toDouble();
    }
    bool boolean(const QString &key)
    {
        const QJsonValue value = take(key);
        if (!value.isBool())
            fail(key);
        return value.toBool();
    }
    QString text(const QString &key, qsizetype longest)
    {
        const QJsonValue value = take(key);
        if (!value.isString() || value.toString().size() > longest)
            fail(key);
        return value.toString();
    }
    template<typename Enum> Enum word(const QString &key, std::optional<Enum> (*parse)(const QString &))
    {
        const std::optional<Enum> value = parse(take(key).toString());
        if (!value)
            fail(key);
        return value.value_or(Enum{});
    }
    QJsonObject object(const QString &key)
    {
        const QJsonValue value = take(key);
        if (!value.isObject())
            fail(key);
        return value.toObject();
    }
    QJsonArray array(const QString &key, std::size_t longest)
    {
        const QJsonValue value = take(key);
        if (!value.isArray() || std::size_t(value.toArray().size()) > longest)
            fail(key);
        return value.toArray();
    }
    /// Hands a member to another function that gives a Result.
    template<typename T, typename Function> T read(const QString &key, Function &&function)
    {
        base::Result<T> value = function(take(key));
        if (!value)
            fail(key + QStringLiteral(": ") + value.error().message);
        return value ? std::move(*value) : T{};
    }
    void fail(const QString &problem)
    {
        if (!m_problem)
            m_problem = problem;
    }

    /// Nothing where everything was there and nothing else.
    [[nodiscard]] base::Result<void> finish() const
    {
        if (m_problem)
            return base::Error{base::ErrorKind::Failure,
                               QStringLiteral("\"%1\" is missing or not valid").arg(*m_problem)};
        for (const QString &key : m_object.keys()) {
            if (!m_taken.contains(key))
                return base::Error{base::ErrorKind::Failure, QStringLiteral("\"%1\" is not known").arg(key.left(64))};
        }
        return {};
    }

private:
    QJsonValue take(const QString &key)
    {
        m_taken.insert(key);
        return m_object.value(key);
    }

    QJsonObject m_object;
    QSet<QString> m_taken;
    std::optional<QString> m_problem;
};

} // namespace doorveil::project::internal
