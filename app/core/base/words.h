// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace doorveil::base {

/// The words that formats and the command line have for the values of an enumeration, in the order people see them.
/// Words are ASCII, and each value and each word stands in it once. Modules keep their tables to themselves, and offer
/// toText() and the like for each enumeration.
template<typename Enum, std::size_t Count> using Words = std::array<std::pair<Enum, const char *>, Count>;

/// Empty for a value without a word.
template<typename Enum, std::size_t Count> [[nodiscard]] QString wordFor(const Words<Enum, Count> &words, Enum value)
{
    for (const auto &[candidate, word] : words) {
        if (candidate == value)
            return QString::fromLatin1(word);
    }
    return {};
}

/// Nothing for any other text; upper and lower case differ.
template<typename Enum, std::size_t Count>
[[nodiscard]] std::optional<Enum> valueFor(const Words<Enum, Count> &words, const QString &text)
{
    for (const auto &[value, word] : words) {
        if (text == QLatin1String(word))
            return value;
    }
    return std::nullopt;
}

/// All words, for lists and error messages.
template<typename Enum, std::size_t Count> [[nodiscard]] QStringList listOf(const Words<Enum, Count> &words)
{
    QStringList list;
    for (const auto &[value, word] : words)
        list.append(QString::fromLatin1(word));
    return list;
}

} // namespace doorveil::base
